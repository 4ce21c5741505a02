"""Check-ins in a browser: who sees it before the first question, blanks that are no zeros, and nothing lost."""

import json
import re

import pytest

from tests.stories.conftest import DESK, PHONE
from tests.stories.desk import course_of, fill

SCOLDING = ("overdue", "you must", "required", "please answer", "incomplete", "you missed", "you forgot")


def begin(page):
    """Begin a check-in, or go on with the one that was begun; gives its address."""
    page.goto("/me/check-in/")
    page.get_by_role("button", name=re.compile("Begin|Go on with it")).click()
    page.wait_for_url("**/check-in/*/**")
    return page.url.split("?")[0]


def choose(page, value):
    """Answer the question in hand, and go on."""
    page.locator(f"input[name=answer][value='{value}']").check(force=True)
    with page.expect_navigation():
        page.locator(".checkin-ways button").first.click()


def skip(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Skip this one").click()


def place(page):
    return page.locator(".kw-steps").inner_text()


def send(page):
    with page.expect_navigation():
        page.locator("#send button").click()


def take_back(page):
    """Leave the clinic as it was found, for the next story."""
    page.locator("summary", has_text="Take it back").click()
    with page.expect_navigation():
        page.locator("form[action$='/take-back/'] button").click()


def start_over(page):
    """Whatever draft another story has left is sent and taken back."""
    here = begin(page)
    page.goto(f"{here}answers/")
    send(page)
    take_back(page)


@pytest.fixture
def maya(visits):
    page = visits.open("maya", device=PHONE)
    start_over(page)
    return page


def test_the_page_names_who_will_see_it_before_question_one(maya):
    """Who sees the answers stands on the page before any question does."""
    maya.goto("/me/check-in/")
    main = maya.locator("main").inner_text()

    assert "Joan sees your answers once you send them" in main
    assert "goes to Joan straight away" in main
    assert maya.locator("main input[type=radio]").count() == 0


def test_two_blank_items_show_no_total_and_no_zero(visits, maya):
    """Two items, and the one on difficulty, left blank: no total is shown, to nobody, and no blank is a nought."""
    here = begin(maya)
    maya.goto(f"{here}all/")
    answers = {f"phq9_{n}": "2" for n in range(1, 8)} | {f"gad7_{n}": "1" for n in range(1, 8)}
    fill(maya, answers)
    maya.locator("main form button.kw-button--primary").last.click()
    send(maya)

    phq9 = maya.locator("section[aria-labelledby=phq9]").inner_text()
    assert ("Not complete" in phq9, "7 of 9 answered, so no total" in phq9) == (True, True)
    assert (re.search(r"\b0\b|Not at all", phq9), phq9.count("You chose not to say")) == (None, 3)

    joan = visits.open("joan", device=DESK)
    joan.goto("/clinic/caseload/")
    joan.get_by_role("link", name="Maya Ellis").first.click()
    joan.goto(f"{course_of(joan)}check-in/")
    summary, items = joan.locator("section:has(#phq9) table").all()
    assert summary.locator("tbody tr").last.locator("td").nth(1).inner_text() == "Not complete"
    joan.locator("section:has(#phq9) summary").click()
    assert [row.locator("td").last.locator("span").first.inner_text() for row in items.locator("tbody tr").all()] == [
        *["2"] * 7, "–", "–", "–",
    ]  # fmt: skip
    assert items.locator("tfoot td").last.inner_text() == "–"
    take_back(maya)


def test_killing_the_browser_after_each_answer_loses_none_and_scores_no_part(visits, maya):
    """The browser is closed after every answer: at most one answer is lost, and no partial form is scored."""
    kept = maya.context.storage_state()
    here = begin(maya)
    maya.context.close()
    for n in range(1, 17):
        page = visits.open(device=PHONE, storage_state=kept)
        page.goto(here)
        assert place(page) == f"{n} of 16"
        choose(page, "0")
        page.context.close()

    last = visits.open(device=PHONE, storage_state=kept)
    last.goto("/me/progress/")
    before = last.locator("main").inner_text()
    last.goto(here)
    answers = last.locator(".checkin-answers > div dd:not(.checkin-answers__change)").all_inner_texts()
    assert answers == ["Not at all"] * 16
    send(last)
    assert last.locator("section[aria-labelledby=phq9] .kw-figure").inner_text() == "0"
    take_back(last)
    last.goto("/me/progress/")
    assert last.locator("main").inner_text() == before


def test_without_javascript_the_whole_check_in_works(visits):
    """Script off: opening, one question a page, the one on difficulty, look over, send, receipt."""
    page = visits.open("maya", device=PHONE, javascript=False)
    start_over(page)
    begin(page)
    for n in range(1, 10):
        assert place(page) == f"{n} of 16"
        choose(page, "1" if n < 9 else "0")
    assert "how difficult have these problems made it" in page.locator("h1").inner_text()
    choose(page, "1")
    for n in range(10, 17):
        assert place(page) == f"{n} of 16"
        choose(page, "0")
    send(page)

    assert "Saved" in page.locator("[data-kw=saved]").first.inner_text()
    assert "Somewhat difficult" in page.locator("section[aria-labelledby=phq9]").inner_text()
    page.locator("summary", has_text="Take it back").click()
    page.locator("form[action$='/take-back/'] button").click()


def test_a_draft_goes_on_on_another_device(visits, maya):
    """Begun on a phone, it goes on at a desk where it stopped."""
    begin(maya)
    choose(maya, "2")
    choose(maya, "refused")
    skip(maya)

    desk = visits.open("maya", device=DESK)
    here = begin(desk)

    assert place(desk) == "4 of 16"
    desk.goto(f"{here}?item=1")
    assert desk.locator("input[name=answer][value='2']").is_checked()
    desk.goto(f"{here}?item=2")
    assert desk.locator("input[name=answer][value=refused]").is_checked()
    desk.goto(f"{here}?item=3")
    assert desk.locator("input[name=answer]:checked").count() == 0


def test_every_question_can_be_skipped_or_refused_without_a_word_of_blame(maya):
    """All skipped or refused: no scolding anywhere, and each stands as "You chose not to say"."""
    begin(maya)
    seen = []
    for n in range(1, 17):
        seen.append(maya.locator("main").inner_text())
        skip(maya) if n % 2 else choose(maya, "refused")
    seen.append(maya.locator("main").inner_text())
    assert seen[-1].count("You chose not to say") == 16

    send(maya)
    seen.append(maya.locator("main").inner_text())
    assert seen[-1].count("You chose not to say") == 16
    assert [
        word for word in SCOLDING if word in json.dumps(seen).lower().replace("no permission required", "")
    ] == []
    take_back(maya)
