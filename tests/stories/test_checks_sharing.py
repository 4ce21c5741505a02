"""How much I want to say, and to whom: what two people in two browsers see of it."""

import re

from tests.stories.conftest import PHONE
from tests.stories.desk import course_of, fill, send

READ = "It may have been read before."


def course_of_maya(joan):
    joan.goto("/clinic/caseload/")
    joan.goto(joan.get_by_role("link", name="Maya").first.get_attribute("href"))
    return course_of(joan)


def main_of(page, address):
    page.goto(address)
    return page.locator("main").inner_text()


def open_all(page):
    page.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")


def choose_readers(page, form, sharing):
    """Press the card that says who it is for, as a thumb would."""
    one = page.locator(f"{form} [name=sharing][value={sharing}]").get_attribute("id")
    page.locator(f"{form} label[for={one}]").click()


def add_event(maya, title, sharing):
    maya.goto("/me/story/")
    open_all(maya)
    form = "main form:has([name=title])"
    fill(maya, {"title": title, "when": "March 2025"}, form=form)
    choose_readers(maya, form, sharing)
    send(maya, form=form)


def open_event(page, story, title):
    """Open one event from the table."""
    page.goto(story)
    row = page.locator("[data-kw=event-row]").filter(has_text=title)
    page.goto(row.get_by_role("link", name="Change").get_attribute("href"))
    open_all(page)


def change_event(maya, title, sharing):
    open_event(maya, "/me/story/", title)
    choose_readers(maya, "main form:has([name=title])", sharing)
    send(maya, form="main form:has([name=title])")


def test_a_private_event_is_no_item_no_count_and_no_gap(visits):
    """A private entry: the therapist sees no item, no count and no gap."""
    joan, maya = visits.open("joan"), visits.open("maya", device=PHONE)
    course = course_of_maya(joan)
    pages = [f"{course}{page}" for page in ("", "story/", "people/", "first/", "diary/")]
    before = [main_of(joan, page) for page in pages]

    add_event(maya, "What I told nobody", "just-me")

    assert "What I told nobody" in main_of(maya, "/me/story/")
    assert [main_of(joan, page) for page in pages] == before


def test_shared_later_it_appears_with_that_days_date(visits):
    """Share it: it appears as shared with today’s date. Un-share: it vanishes, and the page says it may be read."""
    joan, maya = visits.open("joan"), visits.open("maya", device=PHONE)
    course = course_of_maya(joan)
    add_event(maya, "What I tell later", "later")
    assert "What I tell later" not in main_of(joan, f"{course}story/")

    change_event(maya, "What I tell later", "shared")

    assert "What I tell later" in main_of(joan, f"{course}story/")
    open_event(joan, f"{course}story/", "What I tell later")
    assert joan.get_by_text("Shared 18 March").first.is_visible()

    change_event(maya, "What I tell later", "just-me")

    said = maya.locator("[data-kw=saved]").first.inner_text()
    assert READ in said
    assert "Joan last opened your record on 18 March." in said
    assert "What I tell later" not in main_of(joan, f"{course}story/")


def test_skipping_every_optional_question_is_never_scolded(visits):
    """Skip every optional question: no scolding; what was refused says "You chose not to say"."""
    maya = visits.open("maya", device=PHONE)
    maya.goto("/me/people/")
    maya.locator("main").get_by_role("link", name="Leah").first.click()
    maya.goto(re.sub(r"circles/\?person=([^&]+).*", r"\1/", maya.url))
    send(maya, form="main form#card")
    assert maya.locator("[data-kw=saved]").first.is_visible()
    assert maya.locator("main .kw-error, main .kw-error-summary").count() == 0

    maya.locator("label[for=id_hard_rather_not]").click()
    assert maya.locator("label[for=id_hard_may_tell]").is_visible()
    send(maya, form="main form#card")

    assert maya.locator("#f-hard").get_by_text("You chose not to say").is_visible()
    assert maya.locator("#id_hard_rather_not").is_checked()
    maya.locator("label[for=id_hard_rather_not]").click()
    send(maya, form="main form#card")
    assert maya.locator("#f-hard").get_by_text("You chose not to say").count() == 0


def test_what_waits_is_decided_by_keyboard(visits):
    """Decide later, by keyboard alone: from Today to the page, choose, save, and it is shared."""
    joan, maya = visits.open("joan"), visits.open("maya")
    course = course_of_maya(joan)
    assert "That I stop counting." not in joan.content()
    maya.goto("/me/")
    link = maya.get_by_role("link", name=re.compile("wanted to decide about"))
    link.focus()
    maya.keyboard.press("Enter")
    maya.wait_for_url("**/me/to-decide/")
    piece = maya.locator("[data-kw=waiting]").filter(has_text="That I stop counting.")
    piece.locator("input:checked").focus()
    maya.keyboard.press("ArrowRight")
    assert piece.locator("input[value=shared]").is_checked()
    with maya.expect_navigation():
        maya.keyboard.press("Enter")

    assert (
        "Joan can see what you shared, from today on." in maya.locator("[data-kw=saved]").first.inner_text()
    )
    assert maya.get_by_text("That I stop counting.").count() == 0
    joan.goto(f"{course}people/")
    joan.locator("main").get_by_role("link", name="Sam").first.click()
    joan.goto(re.sub(r"circles/\?person=([^&]+).*", r"\1/", joan.url))
    assert "That I stop counting." in joan.content()


def test_what_waits_is_decided_without_javascript(visits):
    """The same page without JavaScript: a plain form, and what is left alone goes on waiting."""
    maya = visits.open("maya", device=PHONE, javascript=False)
    add_plain_event(maya, "For another day")
    maya.goto("/me/to-decide/")
    assert maya.get_by_text("For another day").first.is_visible()

    piece = maya.locator("[data-kw=waiting]").filter(has_text="For another day")
    piece.locator("label", has_text="Just me").click()
    maya.get_by_role("button", name="Save my choices").click()

    assert "Saved" in maya.locator("[data-kw=saved]").first.inner_text()
    assert maya.locator("[data-kw=waiting]").filter(has_text="For another day").count() == 0


def add_plain_event(maya, title):
    maya.goto("/me/story/")
    form = maya.locator("main form:has([name=title])")
    for summary in maya.locator("main details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()
    form.locator("[name=title]").fill(title)
    form.locator("[name=when]").fill("March 2025")
    form.locator("label", has_text="Decide later").click()
    form.locator("button:not([type=button])").first.click()


def test_an_unrelated_member_of_staff_is_stopped(visits):
    """An unrelated member of staff is stopped: the page is as if it were not. (There is no breaking of the glass yet,
    so nobody is asked why.)"""
    joan, mira = visits.open("joan"), visits.open("mira")
    course = course_of_maya(joan)
    assert joan.goto(f"{course}people/").status == 200

    def answer(address):
        shown = mira.goto(address)
        return shown.status, mira.content()

    assert answer(f"{course}people/") == answer("/course/AAAAAAAAAAAAAAAAAAAAAA/people/")
    assert answer(f"{course}people/")[0] == 404
