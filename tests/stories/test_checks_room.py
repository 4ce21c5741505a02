"""The session room in a real browser: nothing of staff's own on a shared screen, order by keyboard, nothing lost."""

import re

import pytest

from tests.stories.desk import course_of, fill, send
from tests.stories.test_every_page import faults_of, runs_sideways

NOTE = "#note textarea[name=note]"
LINES = "[data-kw-line]"


def room_of(visits, name="Maya Ellis", **more):
    """Joan in front of a course, and the address of its session."""
    joan = visits.open("joan", **more)
    joan.goto("/clinic/caseload/")
    joan.get_by_role("link", name=name).first.click()
    return joan, f"{course_of(joan)}sessions/"


def order(page):
    return page.eval_on_selector_all(LINES, "all => all.map(one => one.dataset.what.split(' cnry')[0])")


def state(page):
    return page.locator("#note [data-kw-draft-state]")


def said(page, words):
    """Wait until somebody who listens has been told."""
    page.locator("#kw-status", has_text=words).wait_for(state="attached")


def kept(page):
    """The draft that is being written has reached the server."""
    return page.expect_response(lambda answer: answer.url.endswith("/note/draft/") and answer.ok)


def test_no_staff_note_is_on_a_shared_screen(visits):
    """Session room in screen-share mode: no staff note visible, nor anywhere in the page."""
    joan, sessions = room_of(visits)
    joan.goto(f"{sessions}5/")
    joan.fill(NOTE, "Only for my own eyes.")
    with joan.expect_navigation():
        joan.locator("#note button.kw-button--primary").click()
    assert joan.locator(NOTE).input_value() == "Only for my own eyes."
    words = "Only for my own eyes."

    joan.get_by_role("link", name="Share the screen").click()
    joan.wait_for_selector("[data-kw='page:session-screen']")
    assert words not in joan.content()
    assert joan.locator("textarea[name=note], textarea[name=summary], [data-state=therapist]").count() == 0
    assert faults_of(joan) == []
    assert not runs_sideways(joan)

    # What is looked at in the middle is the page that both have, without a way to anything else.
    joan.get_by_role("link", name="Circles", exact=True).click()
    framed = joan.frame_locator("iframe[name=look]")
    framed.locator("[data-kw='page:circles']").wait_for()
    assert framed.locator("nav[aria-label=Main], .kw-tabs").count() == 0
    joan.get_by_role("link", name="Stop sharing the screen").click()
    assert joan.locator(NOTE).input_value() == words


def test_a_page_for_staff_alone_is_not_shown_in_the_frame(visits):
    joan, sessions = room_of(visits)
    joan.goto(f"{sessions}5/screen/")
    joan.get_by_role("link", name="Focus", exact=True).click()
    joan.frame_locator("iframe[name=look]").locator("[data-kw='page:focus']").wait_for()

    joan.frame(name="look").evaluate("address => { location.assign(address) }", f"{sessions}4/note/")

    joan.frame_locator("iframe[name=look]").locator("[data-kw='page:alone']").wait_for()


def test_the_agenda_is_ordered_by_keyboard(visits):
    """Reorder the agenda by keyboard: arrow keys on a line, the focus stays, and it is said aloud."""
    joan, sessions = room_of(visits)
    joan.goto(f"{sessions}5/")
    first, second = order(joan)
    for _ in range(80):
        joan.keyboard.press("Tab")
        if joan.evaluate("document.activeElement.matches('[data-kw-grip]')"):
            break
    with joan.expect_response(lambda answer: "/agenda/" in answer.url):
        joan.keyboard.press("ArrowDown")
    said(joan, "2 of 2")

    assert order(joan) == [second, first]
    focused = "document.activeElement.closest('[data-kw-line]').dataset.what.split(' cnry')[0]"
    assert joan.evaluate(focused) == first
    joan.reload()
    assert order(joan) == [second, first]


def test_the_agenda_is_ordered_by_buttons_and_by_pointer(visits):
    joan, sessions = room_of(visits)
    joan.goto(f"{sessions}5/screen/")
    first, second = order(joan)
    with joan.expect_response(lambda answer: "/agenda/" in answer.url):
        joan.locator(LINES).nth(1).locator("button[value=up]").click()
    said(joan, "1 of 2")
    assert order(joan) == [second, first]

    grip, last = joan.locator("[data-kw-grip]").first.bounding_box(), joan.locator(LINES).last.bounding_box()
    joan.mouse.move(grip["x"] + 8, grip["y"] + 8)
    joan.mouse.down()
    joan.mouse.move(grip["x"] + 8, last["y"] + last["height"] - 4, steps=6)
    with joan.expect_response(lambda answer: "/agenda/" in answer.url):
        joan.mouse.up()
    said(joan, "2 of 2")
    joan.reload()
    assert order(joan) == [first, second]


def test_what_is_being_written_outlives_the_browser(visits):
    """The browser goes away in the middle of a sentence; in a new one the words stand there, and say what they are."""
    joan, sessions = room_of(visits)
    joan.goto(f"{sessions}5/")
    joan.locator(NOTE).fill("Half a thought about Sat")
    assert "Not saved yet" in state(joan).inner_text()
    with kept(joan):
        pass
    joan.wait_for_selector("#note [data-kw-draft-state][data-state=kept]")
    joan.context.close()
    visits.contexts.remove(joan.context)

    again, _ = room_of(visits)
    again.goto(f"{sessions}5/")
    assert again.locator(NOTE).input_value() == "Half a thought about Sat"
    assert "Not saved yet" in state(again).inner_text()
    with again.expect_navigation():
        again.locator("#note button.kw-button--primary").click()
    assert state(again).inner_text().strip() == "Saved."


def test_another_button_of_the_room_takes_nothing_of_the_note_away(visits):
    joan, sessions = room_of(visits)
    joan.goto(f"{sessions}5/")
    joan.locator(NOTE).fill("Typed just before.")
    joan.locator("#work input[name=techniques][value=role_play]").check(force=True)
    with joan.expect_navigation():
        joan.locator("#work form button").last.click()

    assert joan.locator(NOTE).input_value() == "Typed just before."
    assert joan.locator("#work input[value=role_play]").is_checked()


def test_without_a_network_it_is_said_and_tried_again(visits):
    joan, sessions = room_of(visits)
    joan.goto(f"{sessions}5/")
    joan.context.set_offline(True)
    joan.locator(NOTE).fill("Written in a tunnel.")
    joan.wait_for_selector("#note [data-kw-draft-state][data-state=failed]")
    assert "on this page only" in state(joan).inner_text()

    joan.context.set_offline(False)
    joan.wait_for_selector("#note [data-kw-draft-state][data-state=kept]")
    joan.reload()
    assert joan.locator(NOTE).input_value() == "Written in a tunnel."


def test_the_whole_room_without_javascript(visits):
    """Open, order, link, work, choose, write, close, look over and share: plain links and forms."""
    joan, sessions = room_of(visits, javascript=False)
    joan.goto(f"{sessions}5/")
    first, second = re.findall(r'data-what="([^"]*?)(?: cnry[^"]*)?"', joan.content())
    send(joan, form="main form[action$='/5/open/']")
    joan.locator("[data-kw-line]").first.locator("button[value=down]").click()
    assert re.findall(r'data-what="([^"]*?)(?: cnry[^"]*)?"', joan.content()) == [second, first]
    joan.locator("[data-kw-line]").first.locator("button[value=done]").click()

    fill(joan, {"link": "Lowest on Saturday."}, form="main form[action$='/5/link/']")
    send(joan, form="main form[action$='/5/link/']")
    joan.locator("#work input[value=role_play]").check(force=True)
    joan.locator("#work form button").last.click()
    # Somebody at the clinic worries about Maya's safety with Sam: until that is settled nothing is offered to be tried.
    joan.locator("#try [data-kw=withheld]").wait_for()
    assert joan.locator("form[action$='/5/try/']").count() == 0
    joan.fill(NOTE, "Calm today.")
    joan.locator("#note button.kw-button--primary").click()
    assert joan.locator(NOTE).input_value() == "Calm today."

    fill(joan, {"attendance": "attended"}, form="main form[action$='/5/close/']")
    send(joan, form="main form[action$='/5/close/']")
    joan.fill("textarea[name=summary]", "Saturday, and what comes after it.")
    joan.get_by_role("button", name="Save").click()
    joan.get_by_role("link", name=re.compile("Look at the summary")).click()
    joan.get_by_role("button", name="Share it").click()

    maya = visits.open("maya", javascript=False)
    maya.goto("/me/sessions/5/")
    for words in ("Saturday, and what comes after it.", "Lowest on Saturday."):
        assert maya.get_by_text(words).first.is_visible()
    assert "Calm today." not in maya.content()


@pytest.mark.parametrize("javascript", [True, False])
def test_others_see_only_what_was_picked(visits, javascript):
    joan, sessions = room_of(visits, "Hanna Weiss", javascript=javascript)
    joan.goto(f"{sessions}12/screen/")

    text = joan.locator("main").inner_text()
    assert "What Emil can do" in text
    assert "Ring Lotte first, once" in text
    assert "divided the house" not in text
    assert joan.locator("main form, main iframe, main a").count() == 0


def test_the_sheet_prints_on_its_own(visits):
    joan, sessions = room_of(visits)
    joan.goto(f"{sessions}5/paper/")
    joan.emulate_media(media="print")

    assert joan.locator("nav:visible, .kw-no-print:visible, form:visible").count() == 0
    assert joan.get_by_text("Held on").first.is_visible()
