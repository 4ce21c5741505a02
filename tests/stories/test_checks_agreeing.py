"""What the two agree on, in two browsers: one picture that both write at once, signatures that an edit undoes, and
a course that is lengthened."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import PHONE
from tests.stories.desk import arc, course_of, fill, send, write
from tests.stories.test_every_page import faults_of

PART = "/formulation/parts/events/"
BOX = "main textarea[name=events]"


def pages_of(visits, *, part_of="formulation/write/"):
    """Joan at her desk and Maya on her phone, both before the same page; gives the course's address too."""
    joan, maya = visits.open("joan"), visits.open("maya", device=PHONE)
    joan.goto("/clinic/caseload/")
    joan.locator("a[href^='/course/']", has_text="Maya").first.click()
    course = course_of(joan)
    joan.goto(f"{course}{part_of}")
    maya.goto(f"/me/{part_of}")
    return joan, maya, course


def number(page):
    """How many sessions a page says that the course has."""
    return re.findall(r"of (\d+)", arc(page))


def save(page, words):
    write(page, PART, {"events": words})


def sign(page):
    send(page, form="main #signatures form[action$='/sign/']")


def test_check_23_two_browsers_write_one_part_and_both_are_offered_both_texts(visits):
    """The second save is refused with both texts; what is saved then stands for both."""
    joan, maya, course = pages_of(visits, part_of="formulation/")
    beside = visits.open("joan", javascript=False)  # without a script no page is told of the other's save
    beside.goto(f"{course}formulation/write/")
    save(maya, "What the first one wrote.")

    fill(beside, {"events": "What the second one wrote."}, form=f"main form[action$='{PART}']")
    send(beside, form=f"main form[action$='{PART}']")

    assert "What the first one wrote." in beside.locator("[aria-label='Two texts']").inner_text()
    assert beside.locator(BOX).input_value() == "What the second one wrote."
    assert faults_of(joan) == []
    send(beside, form=f"main form[action$='{PART}']")
    maya.goto("/me/formulation/")
    assert "What the second one wrote." in maya.locator("main").inner_text()


def test_each_sees_within_two_seconds_what_the_other_saved_and_keeps_her_own_words(visits):
    """A box that nobody touched takes the newer words; one that somebody writes in keeps its own, and shows both."""
    joan, maya, _ = pages_of(visits)
    save(joan, "Joan’s newer words.")
    expect(maya.locator(BOX)).to_have_value("Joan’s newer words.", timeout=4_000)
    expect(maya.locator("#part-events [data-kw-newer]")).to_contain_text("Joan saved this part")

    maya.locator(BOX).fill("Maya has begun to write.")
    save(joan, "Joan’s newest words.")
    newer = maya.locator("#part-events [data-kw-newer]")
    expect(newer).to_contain_text("Joan’s newest words.", timeout=4_000)
    assert maya.locator(BOX).input_value() == "Maya has begun to write."
    expect(maya.locator("[data-kw-status]")).to_contain_text("Joan saved this part")
    assert faults_of(maya) == []

    send(maya, form=f"main form[action$='{PART}']")
    assert "Joan’s newest words." in maya.locator("[aria-label='Two texts']").inner_text()
    assert maya.locator(BOX).input_value() == "Maya has begun to write."


def test_check_24_both_sign_a_word_is_edited_and_the_signatures_need_renewing(visits):
    """An edit makes a wording that nobody has signed; the signed one holds until both sign again."""
    joan, maya, course = pages_of(visits, part_of="formulation/")
    save(joan, "What both will sign.")
    sign(joan)
    maya.goto("/me/formulation/")
    sign(maya)
    joan.goto(f"{course}formulation/")
    assert joan.locator("#picture-state").inner_text() == "Agreed"

    maya.goto("/me/formulation/")
    save(maya, "What both have signed.")
    expect(joan.locator("#picture-state")).to_have_text("Changed since it was agreed", timeout=4_000)
    assert joan.locator("#signatures .kw-badge--signed").count() == 0
    # She has not read these words yet: they cannot be signed by a press that was meant for others.
    assert joan.locator("#signatures form[action$='/sign/']").count() == 0
    assert joan.get_by_role("link", name="Read them again, then sign").is_visible()
    joan.get_by_role("link", name="See what changed").click()
    assert "[− will sign. −]" in " ".join(joan.locator(".kw-compare del").first.inner_text().split())
    assert "[+ have signed. +]" in " ".join(joan.locator(".kw-compare ins").first.inner_text().split())
    assert faults_of(joan) == []

    maya.goto("/me/formulation/")
    maya.get_by_role("link", name="As a letter").click()
    assert "What both will sign." in maya.locator("[data-kw=letter]").inner_text()
    maya.goto("/me/formulation/")
    sign(maya)
    joan.goto(f"{course}formulation/")
    sign(joan)
    assert joan.locator("#picture-state").inner_text() == "Agreed"
    assert joan.locator("#signatures .kw-badge--signed").count() == 2


def test_a_piece_is_ticked_by_the_keyboard_and_stands_in_the_words(visits):
    """Space ticks, the part is saved, and the piece says that it is in the words."""
    _, maya, _ = pages_of(visits)
    desk = maya.locator("#part-people")
    desk.locator("summary").focus()
    maya.keyboard.press("Enter")
    piece = desk.locator("label", has_text="Leah (closest)")
    piece.locator("input").focus()
    maya.keyboard.press("Space")
    with maya.expect_navigation():
        desk.get_by_role("button", name="Save this part").press("Enter")

    assert "Leah (closest)" in maya.locator("#part-people textarea").input_value()
    maya.locator("#part-people summary").click()
    assert "is in the words" in maya.locator("#part-people li", has_text="Leah (closest)").inner_text()


@pytest.mark.parametrize("javascript", [True, False], ids=["with a script", "without"])
def test_a_course_is_lengthened_with_a_reason_and_both_signatures(visits, javascript):
    """Proposed by one, read side by side, signed by both; the number on every page is the one that both signed."""
    joan, maya = visits.open("joan"), visits.open("maya", device=PHONE, javascript=javascript)
    longer = "20" if javascript else "22"
    maya.goto("/me/contract/")
    was = number(maya)
    maya.locator("main details summary").first.click()
    form = "main form:has([name=sessions])"
    fill(maya, {"sessions": longer, "reason": "major_event", "why": "The letter from work."}, form=form)
    send(maya, form=form)
    assert number(maya) == was

    send(maya, form="main #proposed form[action$='/sign/']")
    joan.goto("/clinic/caseload/")
    joan.locator("a[href^='/course/']", has_text="Maya").first.click()
    joan.goto(f"{course_of(joan)}contract/")
    joan.get_by_role("link", name="What would change, side by side").click()
    assert "The letter from work." in joan.locator(".course-beside").inner_text()
    assert faults_of(joan) == []
    joan.go_back()
    send(joan, form="main #proposed form:has([value=therapist])")
    assert f"of {longer}" in arc(joan)
    maya.goto("/me/contract/")
    assert f"of {longer}" in arc(maya)
    assert faults_of(maya) == [] if javascript else True
