"""Five minutes before a session: what the page gathers, what it asks to open with, and what it never holds."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.cast import NOW, browser
from tests.filling import at_table, check_in, choose, meet, meet_weekly, plan_today

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.preparing import Moment, open_with, openings, questions, still_open
from kithwork.ipt.protocol import Phase
from kithwork.ipt.protocols import get as protocol
from kithwork.therapy.course.models import Course
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.focus.kinds import kinds
from kithwork.therapy.focus.rough import read_day
from kithwork.therapy.people import actions as people
from kithwork.therapy.sessions import actions as sessions
from kithwork.therapy.together.dates import days_near
from kithwork.therapy.together.overview import SharedItem
from kithwork.therapy.together.prepare import highlights, prepare

SHARED = Sharing.SHARED


def page_of(cast):
    course = Course.objects.get(pk=cast.mayas.pk)
    joan = at_table(cast, course, NOW)
    return prepare(joan, course, zone=ZoneInfo("Europe/London"), today=NOW.date())


def keys(found):
    return [one.key for one in found.questions]


def test_before_the_first_session_it_asks_what_brings_somebody(cast):
    plan_today(cast, cast.mayas)
    before = page_of(cast)

    assert (before.session, before.work.phase, before.last, before.no_check_in) == (
        1,
        Phase.BEGINNING,
        None,
        True,
    )
    assert keys(before) == ["what_brings", "people"]


def test_what_was_shared_since_the_last_session_is_there_and_what_was_before_is_not(cast):
    maya, earlier = cast.maya_now(), NOW - timedelta(days=9)
    diary.write_entry(
        by=cast.maya_now(earlier), on=earlier.date(), mood=3, words="Before.",
        sharing=SHARED, words_sharing=SHARED,
    )  # fmt: skip
    meet_weekly(cast, cast.mayas, 1)
    diary.write_entry(
        by=maya, on=NOW.date(), mood=1, words="On the stairs.", sharing=SHARED, words_sharing=SHARED
    )
    diary.write_entry(
        by=cast.maya_now(NOW - timedelta(minutes=5)), on=NOW.date(), mood=4, words="Kept.", sharing=SHARED
    )
    sessions.add_agenda_item(by=maya, text="The row", sharing=SHARED)

    before = page_of(cast)

    assert [(item.words, item.mood) for item in before.said.diary] == [("On the stairs.", 1), ("", 4)]
    assert [line.text for line in before.agenda if line.from_client] == ["The row"]
    assert keys(before) == ["since_last", "brought", "days_apart"]


def test_who_moved_what_was_tried_and_what_the_numbers_did(cast):
    joan = at_table(cast, cast.mayas, NOW - timedelta(days=9))
    sam = people.add_person(by=joan, label="Sam", relation="partner", ring=1, sharing=SHARED)
    check_in(cast, cast.mayas, 12, days_ago=8)
    meet_weekly(cast, cast.mayas, 1)
    sessions.add_try_out(
        by=at_table(cast, cast.mayas, NOW - timedelta(days=6)), what="Ask Sam", person=sam.pk
    )
    people.place(by=cast.maya_now(NOW - timedelta(days=1)), person=sam, ring=2)
    check_in(cast, cast.mayas, 19, days_ago=1)

    before = page_of(cast)

    assert before.moves == ["Sam moved further away, from Closest to Close."]
    assert [(one.what.text, one.person, one.done) for one in before.tries] == [("Ask Sam", "Sam", False)]
    assert [(one.title, one.since_before_words, one.has_moved) for one in before.scores[:1]] == [
        ("PHQ-9", "7 higher than last time", True)
    ]
    assert keys(before) == ["since_last", "tried", "score_moved"]


def test_an_appointment_that_did_not_take_place_changes_the_question(cast):
    meet_weekly(cast, cast.mayas, 1)
    meet(cast, cast.mayas, NOW - timedelta(days=1), attendance="client_cancelled")

    before = page_of(cast)

    assert (before.missed, keys(before)[0]) == ("Cancelled by your client", "since_missed")


def test_what_leaves_nothing_is_never_called_open(cast):
    ipt = protocol("ipt_16")

    opened = [task.key for task in still_open(ipt, 4, 16, there={"check_in", "experiences", "cycle"})]

    assert opened == [
        "ask_safety", "earlier_times", "put_down", "timeline_start", "timeline_finish", "circles", "inventory",
    ]  # fmt: skip
    assert still_open(ipt, 1, 16, there=()) == ()


def test_what_stands_in_the_record_is_not_open(cast):
    meet_weekly(cast, cast.mayas, 4)
    assert "circles" in {task.key for task in page_of(cast).work.still_open}

    people.add_person(by=cast.maya_now(), label="Kept", relation="friend", ring=1, sharing=Sharing.JUST_ME)
    assert "circles" in {task.key for task in page_of(cast).work.still_open}
    people.add_person(by=cast.maya_now(), label="Sam", relation="partner", ring=1, sharing=SHARED)

    assert "circles" not in {task.key for task in page_of(cast).work.still_open}


@pytest.mark.parametrize(
    ("day", "in_days"),
    [("27 March", 9), ("18 March 2019", 0), ("12 March", -6), ("9 April", None), ("29 February", None)],
)
def test_a_day_that_matters_is_near_for_three_weeks_and_the_week_after(cast, day, in_days):
    chosen = choose(cast, cast.mayas, area="grief")
    joan = at_table(cast, cast.mayas, NOW)
    words = {"what": "His birthday"}
    focus.add_item(
        by=joan, focus=chosen, kind=kinds.get("date"), words=words, sharing=SHARED, **read_day(day)
    )

    found = days_near(at_table(cast, cast.mayas, NOW), today=NOW.date())

    assert [(one.what, one.in_days) for one in found] == (
        [] if in_days is None else [("His birthday", in_days)]
    )


def test_days_with_words_come_first_then_the_lowest_and_the_highest():
    days = [
        SharedItem(date(2025, 3, n), NOW, "diary", words, mood=mood)
        for n, mood, words in [(1, 3, ""), (2, 5, ""), (3, 2, "Said."), (4, 1, ""), (5, 3, "")]
    ]

    assert [item.on.day for item in highlights(days)] == [2, 3, 4]


def test_every_question_says_why_and_where_from():
    assert [one.key for one in (*openings, *questions) if not (one.fits and one.source.of)] == []
    moment = Moment(n=16, phase=Phase.ENDING, is_last=True, missed=True, there=frozenset(questions.keys()))
    assert [one.key for one in open_with(moment)] == ["last_time", "near_date", "brought"]


def test_the_page_is_staffs_alone_and_says_so(cast):
    plan_today(cast, cast.mayas)
    where = f"/course/{cast.mayas.pk}/prepare/"

    page = browser(cast.joan).get(where).content.decode()

    assert "Only staff see this page, and only what Maya shares is on it." in page
    assert (
        browser(cast.maya).get(where).status_code,
        browser(cast.maya).get("/me/prepare/").status_code,
    ) == (404, 404)
