"""A talk typed in becomes turns, which are moved, given their meaning, and shared; what is kept stays on her page."""

import pytest

from tests.stories.conftest import DESK, PHONE
from tests.stories.desk import course_of

SCRIPT = "Me: You said you would ring.\nSam (quietly): I forgot.\nMe: (silence)"
NEW = "/me/worksheets/new/conversation/"
ROW = ".sheet-edit__row"


def mayas_sheets(joan):
    """The therapist's list of Maya's sheets."""
    joan.goto("/clinic/caseload/")
    joan.get_by_role("link", name="Maya Ellis").first.click()
    joan.wait_for_url("**/course/**")
    return f"{course_of(joan)}worksheets/"


def lines(page):
    """Each turn that has something in it, as it stands on the form."""
    speakers = page.locator("[name=turns-speaker]").evaluate_all("boxes => boxes.map(box => box.value)")
    words = page.locator("[name=turns-words]").evaluate_all("boxes => boxes.map(box => box.value)")
    return [(who, said) for who, said in zip(speakers, words, strict=True) if who or said]


def type_in(page):
    page.goto(NEW)
    page.get_by_text("Type or paste the talk at once").click()
    page.fill("[name=turns_script]", SCRIPT)
    page.get_by_role("button", name="Make turns of it").click()
    page.wait_for_load_state()


def carry(page, number, over):
    """Take a turn by its grip and let it go over another."""
    grip = page.locator(f"{ROW} [data-kw-grip]").nth(number)
    grip.evaluate("grip => grip.scrollIntoView({block: 'center'})")
    at, to = grip.bounding_box(), page.locator(ROW).nth(over).bounding_box()
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    page.mouse.move(at["x"] + 20, to["y"] + to["height"] / 2, steps=8)
    page.mouse.move(at["x"] + 20, to["y"] + 8, steps=4)
    page.mouse.up()


def save(page, readers):
    page.locator(f"[name=sharing][value={readers}]").check(force=True)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_selector("[data-kw='page:worksheet']")


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_a_talk_is_typed_moved_given_meaning_shared_and_seen(visits, device):
    maya = visits.open("maya", device=device)
    type_in(maya)
    assert lines(maya) == [("Me", "You said you would ring."), ("Sam", "I forgot."), ("Me", "")]

    maya.get_by_role("button", name="Move up: Turn 2").click()
    assert lines(maya)[0] == ("Sam", "I forgot.")
    assert maya.locator("[data-kw-status]").inner_text() == "Turn 1"
    # The button is the same one, so that the next press moves the same turn on.
    maya.keyboard.press("Tab")
    maya.keyboard.press("Enter")
    assert lines(maya)[1] == ("Sam", "I forgot.")
    carry(maya, 2, over=1)
    assert lines(maya) == [("Me", "You said you would ring."), ("Me", ""), ("Sam", "I forgot.")]

    maya.locator(ROW).nth(0).get_by_text("Meaning and feeling").click()
    maya.locator("[name=turns-meant]").nth(0).fill("I missed you.")
    save(maya, "shared")
    hers = maya.locator("main").inner_text()
    assert "I missed you." in hers
    sheet = maya.url.partition("/worksheets/")[2].split("/")[0]

    joan = visits.open("joan")
    joan.goto(f"{mayas_sheets(joan)}{sheet}/")
    turns = [turn.inner_text().split("\n") for turn in joan.locator("[data-kw=turn]").all()]
    assert [turn[0] for turn in turns] == ["Me", "Me", "Sam"]
    assert ("I missed you." in turns[0], "(silence)" in turns[1], "quietly" in turns[2]) == (True, True, True)


def test_a_kept_talk_is_on_her_page_and_nowhere_on_the_other_side(visits):
    maya, joan = visits.open("maya", device=PHONE), visits.open("joan")
    listed = mayas_sheets(joan)
    type_in(maya)
    maya.fill("[name=turning_point]", "Where I went quiet, for nobody else.")
    save(maya, "just-me")
    assert "for nobody else" in maya.locator("main").inner_text()
    sheet = maya.url.partition("/worksheets/")[2].split("/")[0]

    joan.goto(listed)
    there = joan.content()
    answer = joan.goto(f"{listed}{sheet}/")

    assert ("for nobody else" in there, sheet in there, answer.status) == (False, False, 404)


def test_without_scripts_turns_are_made_moved_and_kept_by_the_same_buttons(visits):
    maya = visits.open("maya", device=PHONE, javascript=False)
    type_in(maya)
    maya.get_by_role("button", name="Move up: Turn 2").click()
    maya.get_by_role("button", name="Take out: Turn 3").click()
    maya.get_by_role("button", name="Add a turn").click()
    maya.locator("[name=turns-words]").nth(2).fill("All right.")
    maya.get_by_role("button", name="Save", exact=True).last.click()

    turns = maya.locator("[data-kw=turn]")
    assert [one.split("\n")[0] for one in turns.all_inner_texts()] == ["Sam", "Me", "All right."]


def test_what_is_being_written_is_kept_as_a_draft_until_it_is_saved(visits):
    maya = visits.open("maya", device=PHONE)
    maya.goto("/me/worksheets/new/feelings/")
    with maya.expect_response(lambda answer: "/draft/" in answer.url, timeout=30_000):
        maya.fill("[name=words]", "Between two saves.")
    maya.goto("/me/worksheets/new/feelings/")
    assert maya.input_value("[name=words]") == "Between two saves."
    assert maya.locator("[data-kw=draft]").count() == 1
