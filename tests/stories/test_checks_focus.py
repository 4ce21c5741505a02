"""The four workspaces, by two people in two browsers: what each writes, what is kept, and where it goes from there."""

import re

import pytest

from tests.stories.conftest import DESK, PHONE
from tests.stories.desk import course_of, fill, send
from tests.stories.test_every_page import runs_sideways

# Who works on what in the demo: client, her therapist, and the client's name in the caseload.
PAIRS = {"dispute": ("maya", "joan", "Maya Ellis"), "grief": ("carl", "mira", "Carl Lindqvist")}


def open_course(page, name):
    page.goto("/clinic/caseload/")
    page.locator("main a", has_text=name).first.click()
    return course_of(page)


def add(page, room, kind, fields):
    """Write one thing into a list of the workspace, by its own link."""
    page.goto(room)
    page.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    page.locator(f"main a[href$='/add/{kind}/']").first.click()
    fill(page, fields)
    send(page)


def words_on(page, room):
    page.goto(room)
    return page.locator("main").inner_text()


@pytest.fixture
def pair(visits, request):
    """A client on a phone and her therapist at a desk, both before one workspace; and its two addresses."""
    client, therapist, name = PAIRS[request.param]
    hers, theirs = visits.open(client, device=PHONE), visits.open(therapist, device=DESK)
    return hers, theirs, "/me/focus/", f"{open_course(theirs, name)}focus/"


@pytest.mark.parametrize("pair", ["dispute"], indirect=True)
def test_a_conflict_moves_from_stage_to_stage_and_what_is_kept_is_seen_by_her_alone(pair):
    maya, joan, hers, theirs = pair
    add(
        joan,
        theirs,
        "stage",
        {"stage": "renegotiation", "on": "2025-03-18", "they_hope": "To be asked, too."},
    )
    add(maya, hers, "option", {"option": "Write him a letter first.", "sharing": "just-me"})
    add(
        maya,
        hers,
        "option",
        {"option": "Walk by the canal, and ask there.", "for_it": "Air.", "sharing": "shared"},
    )

    mine, joans = words_on(maya, hers), words_on(joan, theirs)

    assert "Write him a letter first." in mine
    assert "Write him a letter first." not in joans
    for page in (mine, joans):
        assert "To be asked, too." in page
        assert "Walk by the canal, and ask there." in page
        assert re.search(r"Stuck\s+11 Mar 2025\s+Still trying\s+18 Mar 2025", page)
        assert "Where it stands: Still trying" in page
    assert "written by Maya" in joans
    assert not runs_sideways(maya)


@pytest.mark.parametrize("pair", ["dispute"], indirect=True)
def test_from_a_possibility_to_something_to_try_and_a_goal(pair):
    maya, joan, hers, _theirs = pair
    maya.goto(hers)
    item = maya.locator(".kw-items__item", has_text="Ask him on Sunday morning")
    item.locator("summary").click()
    item.get_by_text("Make it something to try").click()
    fill(maya, {"what": "Ask Sam for half an hour on Sunday.", "sharing": "shared"})
    send(maya)
    maya.get_by_text("Ask Sam for half an hour on Sunday.").first.wait_for()

    maya.goto(hers)
    item = maya.locator(".kw-items__item", has_text="Ask him on Sunday morning")
    item.locator("summary").click()
    item.get_by_text("Make it a goal").click()
    fill(maya, {"goal": "Half an hour about money, each week", "by_day": "2025-05-13"})
    send(maya)

    joan.goto(f"{course_of(joan)}formulation/goals/")
    goals = joan.locator("main").inner_text()
    assert "Half an hour about money, each week" in goals
    assert "By 13 May 2025, roughly" in goals

    # Three stand now: a fourth is refused, and the page says what can be done.
    maya.goto("/me/formulation/goals/add/")
    assert maya.get_by_text("Three goals are enough at a time.").is_visible()
    maya.get_by_role("link", name="replace").last.click()
    fill(maya, {"goal": "One talk about money a month"})
    send(maya)
    assert "Half an hour about money, each week" in words_on(maya, "/me/formulation/goals/")
    assert maya.locator("main details summary", has_text="Half an hour about money, each week").is_visible()


@pytest.mark.parametrize("pair", ["grief"], indirect=True)
def test_a_story_is_sorted_and_days_that_matter_are_seen_coming(pair):
    carl, mira, hers, theirs = pair
    kept = words_on(carl, hers)
    assert "That I went home to sleep." in kept
    assert "That I went home to sleep." not in words_on(mira, theirs)

    carl.goto(hers)
    story = carl.locator(".kw-items__item", has_text="We met on the ferry")
    story.locator("summary").first.click()
    story.get_by_text("Sort it, piece by piece").click()
    carl.get_by_text("Stands already in:").first.wait_for()
    fill(carl, {"piece_4": "lost"})
    send(carl)
    add(carl, hers, "date", {"what": "Our ferry", "when": "21 June", "sharing": "shared"})
    add(mira, theirs, "reconnect", {"step": "The allotment, one hour."})

    for page in (words_on(carl, hers), words_on(mira, theirs)):
        # The story stays whole, and its part stands where it belongs.
        assert page.count("The hospital rang at six in the morning.") == 2
        assert re.search(r"Our ferry|next on 21 June 2025", page)
        assert "next on 9 April 2025" in page
        assert "The allotment, one hour." in page
    assert not runs_sideways(carl)


def test_two_roles_stand_beside_each_other_and_another_focus_leaves_the_old_one_to_be_read(visits):
    joan = visits.open("joan", device=DESK)
    room = f"{open_course(joan, 'Gareth Pugh')}focus/"
    add(joan, room, "old-hard", {"item": "The noise in my ears."})
    add(joan, room, "new-good", {"item": "A course that I would not have dared."})
    boxes = {
        key: joan.locator(f"#list-{key}").bounding_box()
        for key in ("old-good", "old-hard", "new-good", "new-hard")
    }
    assert boxes["old-good"]["x"] == boxes["old-hard"]["x"] < boxes["new-good"]["x"] == boxes["new-hard"]["x"]
    assert boxes["old-good"]["y"] == boxes["new-good"]["y"] < boxes["old-hard"]["y"] == boxes["new-hard"]["y"]
    assert "Telling Mam." not in words_on(joan, room)

    joan.locator("main a[href$='/replace/']").first.click()
    fill(joan, {"area": "grief", "in_our_words": "His father, in the same week."})
    send(joan)
    joan.get_by_role("link", name=re.compile("Life change")).click()
    before = joan.locator("main").inner_text()
    assert "The noise in my ears." in before
    assert joan.locator("main form").count() == 0


def test_small_steps_are_tried_and_people_counted_without_javascript(visits):
    joan = visits.open("joan", device=PHONE, javascript=False)
    room = f"{open_course(joan, 'Eleni Kosta')}focus/"
    joan.goto(room)
    step = joan.locator(".kw-items--ladder > .kw-items__item", has_text="Ask the neighbour in")
    step.get_by_role("link", name="Write down a try").click()
    joan.fill("[name=what_happened]", "She came for ten minutes and stayed for an hour.")
    joan.locator("main form button.kw-button--primary").click()

    step = joan.locator(".kw-items--ladder > .kw-items__item", has_text="Ask the neighbour in")
    step.get_by_text("She came for ten minutes and stayed for an hour.").wait_for()
    assert "Write to Dimitra" not in joan.locator("main").inner_text()
    assert joan.locator("table", has_text="People and groups on the circles").locator("tbody tr").count() >= 2


def test_three_questions_then_three_others_and_how_suggestions_stand(visits):
    maya, joan = visits.open("maya", device=PHONE, javascript=False), visits.open("joan", device=DESK)
    maya.goto("/me/focus/")
    first = maya.locator(".kw-asked__link").all_inner_texts()[:3]
    with maya.expect_navigation():
        maya.get_by_role("link", name="Ask me something else").click()
    second = maya.locator(".kw-asked__link").all_inner_texts()[:3]
    assert (len(first), len(second), set(first) & set(second)) == (3, 3, set())
    maya.locator(".kw-asked__link").first.click()
    assert second[0] in maya.locator("main form").inner_text()

    joan.goto(f"{open_course(joan, 'Maya Ellis')}focus/")
    joan.get_by_text("Say how they stand").click()
    joan.get_by_label("Go through what has been tried already").select_option("not_for_us")
    joan.locator("form[action$='/next/'] button").click()
    maya.goto("/me/focus/")
    assert (
        "Not for us"
        in maya.locator("li", has_text="Go through what has been tried already").first.inner_text()
    )
