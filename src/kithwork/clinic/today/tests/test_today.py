"""A therapist's day: sessions, what needs a look and why, and what private records must not change."""

import re
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, browser
from tests.filling import (
    another_course,
    at_table,
    check_in,
    choose,
    meet,
    meet_weekly,
    plan_today,
)

from kithwork.clinic.today import queries
from kithwork.clinic.today.facts import facts_of
from kithwork.clinic.today.looks import looks
from kithwork.foundation.trail.queries import events_of
from kithwork.ipt.safety import review_fields
from kithwork.therapy.course.access import open_courses
from kithwork.therapy.course.actions import close
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.letters import actions as letters
from kithwork.therapy.safety import actions as safety
from kithwork.therapy.safety.queries import open_flags
from kithwork.therapy.sessions.actions import close_room, plan

CHANGES = re.compile(rb'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"')
TRAIL = ("foundation_event", "foundation_chain", "SAVEPOINT", "BEGIN", "COMMIT")


def facts(cast):
    return facts_of(open_courses(cast.viewer(cast.joan), page="test", now=NOW))


def kinds(cast):
    return [(look.kind, look.facts.name) for look in looks(facts(cast), today=NOW.date())]


def test_todays_sessions_stand_by_their_time_with_their_number(cast):
    ben = another_course(cast, "Ben Hart", offered=12)
    meet_weekly(cast, ben, 2)
    plan_today(cast, cast.mayas, hours=2)
    plan_today(cast, ben)

    shown = queries.todays_sessions(facts(cast), now=NOW)

    assert [(one.at, one.name, one.note) for one in shown] == [
        ("1:30 pm", "Ben Hart", "Session 3 of 12 (to be agreed)"),
        ("3:30 pm", "Maya Ellis", "Session 1 of 16 (to be agreed)"),
    ]
    assert shown[0].room == f"/course/{ben.pk}/sessions/3/"


def test_a_session_of_another_day_is_not_todays(cast):
    plan_today(cast, cast.mayas, hours=30)

    assert queries.todays_sessions(facts(cast), now=NOW) == []


def test_nothing_waiting_is_said(cast):
    plan_today(cast, cast.mayas)

    page = browser(cast.joan).get("/clinic/").content.decode()

    assert "Nothing waiting. 1 session today." in page


def test_item_9_comes_with_owner_time_and_what_closes_it(cast):
    check_in(cast, cast.mayas, 18, days_ago=1, item9=1)

    [look] = [one for one in looks(facts(cast), today=NOW.date()) if one.kind == "safety"]

    assert (look.owner, look.by, look.url) == (
        "Joan Hale", "Tuesday 18 March, 1:30 pm", f"/course/{cast.mayas.pk}/safety/",
    )  # fmt: skip
    assert "“Several days”" in look.reason
    page = browser(cast.joan).get("/clinic/").content.decode()
    assert 'data-kw="flag" data-kind="safety"' in page
    assert [word for word in ("overdue", "late", "risk") if word in page.lower()] == []


def test_it_goes_with_a_review_and_with_nothing_else(cast):
    check_in(cast, cast.mayas, 18, days_ago=1, item9=1)
    joan = at_table(cast, cast.mayas, NOW)
    assert kinds(cast) == [("safety", "Maya Ellis")]

    words = {field.key: "Asked, and talked about it." for field in review_fields}
    safety.record_review(by=joan, flag=open_flags(joan)[0], decisions=["talked"], words=words)

    assert kinds(cast) == []


def answer_weekly(cast, totals):
    """One check-in a week, the last one yesterday."""
    for weeks_ago, total in zip(range(len(totals) - 1, -1, -1), totals, strict=True):
        check_in(cast, cast.mayas, total, days_ago=7 * weeks_ago or 1)


@pytest.mark.parametrize(
    ("first", "latest", "check_ins", "shown"),
    [(19, 18, 4, True), (19, 14, 4, True), (19, 13, 4, False), (19, 18, 3, False), (12, 15, 4, True)],
    ids=["one point", "five points", "six points", "before the fourth check-in", "more than before"],
)
def test_little_change_is_arithmetic(cast, first, latest, check_ins, shown):
    answer_weekly(cast, [first] * (check_ins - 1) + [latest])

    assert (("little-change", "Maya Ellis") in kinds(cast)) is shown


def test_the_clinic_chooses_how_many_points(cast):
    cast.clinic.little_change_points = 3
    cast.clinic.save()
    answer_weekly(cast, [19, 19, 19, 16])

    assert kinds(cast) == []


def test_a_form_with_an_answer_missing_is_no_number(cast):
    answer_weekly(cast, [19, 19, 19, None])

    assert kinds(cast) == []


def test_little_change_shows_its_sum(cast):
    answer_weekly(cast, [19, 19, 19, 18])

    [look] = looks(facts(cast), today=NOW.date())

    assert look.reason == "PHQ-9 is 19 to 18 since 25 February. A change under 6 may be chance."
    assert "19 − 18 = 1 is less than 6" in look.why


def test_a_missed_session_waits_until_the_next_is_planned(cast):
    meet(cast, cast.mayas, NOW - timedelta(days=2), attendance="not_there")
    assert kinds(cast) == [("missed", "Maya Ellis")]

    plan_today(cast, cast.mayas, hours=48)

    assert kinds(cast) == []


def test_a_session_today_without_a_check_in_is_stated_plainly(cast):
    meet_weekly(cast, cast.mayas, 1)
    plan_today(cast, cast.mayas)
    assert kinds(cast) == [("check-in", "Maya Ellis")]

    check_in(cast, cast.mayas, 18, days_ago=1)

    assert kinds(cast) == []


def test_a_letter_waits_until_it_is_sent_or_put_aside(cast):
    begun, now = at_table(cast, cast.mayas, NOW - timedelta(days=15)), cast.audience(cast.joan, cast.mayas)
    letter = letters.begin(by=begun, kind="did_not_attend")

    assert kinds(cast) == [("letter", "Maya Ellis")]
    letters.put_aside(by=now, letter=letter)
    assert kinds(cast) == []

    fresh = letters.begin(by=now, kind="did_not_attend")
    assert kinds(cast) == []
    signed = letters.sign_off(by=now, letter=fresh)
    assert kinds(cast) == [("letter", "Maya Ellis")]
    letters.record_sent(by=now, letter=signed, how="post", on=NOW.date())
    assert kinds(cast) == []


def test_one_page_is_one_read_on_each_courses_trail(cast):
    ben = another_course(cast, "Ben Hart")
    before = {course.pk: len(events_of(course.pk)) for course in (cast.mayas, ben, cast.carls)}

    browser(cast.joan).get("/clinic/")

    after = {course: events_of(course) for course in before}
    assert [len(after[course]) - before[course] for course in before] == [1, 1, 0]
    assert [(event.act, event.page, event.who_name) for event in after[ben.pk][:1]] == [
        ("read", "clinic-today", "Joan Hale")
    ]


@pytest.mark.parametrize("path", ["/clinic/", "/clinic/caseload/?show=all"])
def test_three_courses_cost_no_more_queries_than_one(cast, path):
    def fill(course):
        check_in(cast, course, 18, days_ago=1, item9=1)
        meet_weekly(cast, course, 1)
        plan_today(cast, course)
        choose(cast, course)

    page = browser(cast.joan)
    fill(cast.mayas)
    page.get(path)
    one = counted(page, path)
    for name in ("Ben Hart", "Dora Lind"):
        fill(another_course(cast, name))
    page.get(path)  # their plans are read once in the life of the process

    assert counted(page, path) == one


def counted(page, path):
    """How many queries a page asks, the trail's own rows aside: those are one event a course by rule."""
    with (
        CaptureQueriesContext(connections["default"]) as data,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        assert page.get(path).status_code == 200
    asked = [query["sql"] for query in [*data.captured_queries, *keys.captured_queries]]
    return len([sql for sql in asked if not any(word in sql for word in TRAIL)])


@pytest.mark.parametrize("path", ["/clinic/", "/clinic/caseload/"])
def test_what_a_client_keeps_changes_no_byte(cast, path):
    page = browser(cast.joan)
    before = CHANGES.sub(b"", page.get(path).content)

    diary.write_entry(by=cast.maya_now(), on=NOW.date(), mood=1, words="Nobody knows.")
    draft = browser(cast.maya)
    draft.post("/me/check-in/", {"key": "k" * 24})

    assert CHANGES.sub(b"", page.get(path).content) == before


def test_each_sees_their_own_courses_and_no_other(cast):
    joans, miras = (browser(who).get("/clinic/caseload/").content for who in (cast.joan, cast.mira))

    assert (b"Maya Ellis" in joans, b"Carl" in joans, b"Maya" in miras, b"Carl Lindqvist" in miras) == (
        True, False, False, True,
    )  # fmt: skip


@pytest.mark.parametrize("path", ["/clinic/", "/clinic/caseload/", "/clinic/clients/new/"])
def test_who_may_open_a_therapists_pages(cast, path):
    people = {"joan": 200, "sade": 200 if path == "/clinic/" else 404, "ravi": 404, "ada": 404, "maya": 404}

    assert {who: browser(getattr(cast, who)).get(path).status_code for who in people} == people


def test_a_supervisors_day_shows_no_course(cast):
    page = browser(cast.sade).get("/clinic/").content.decode()

    assert "You have no courses of your own here." in page
    assert [name for name in ("Maya", "Carl") if name in page] == []


def test_a_planned_session_that_nobody_recorded_is_raised_once_a_day_has_passed(cast):
    plan(by=at_table(cast, cast.mayas, NOW - timedelta(days=4)), at=NOW - timedelta(hours=24), how="video")
    assert kinds(cast) == []
    dora = another_course(cast, "Dora Lind")
    made = plan(by=at_table(cast, dora, NOW - timedelta(days=4)), at=NOW - timedelta(hours=25), how="video")

    [look] = looks(facts(cast), today=NOW.date())

    assert (look.kind, look.client, look.reason, look.url) == (
        "not-recorded", "Dora Lind",
        "Session 1 was planned for Monday 17 March, 12:30 pm. Nothing says whether it took place.",
        f"/course/{dora.pk}/sessions/1/",
    )  # fmt: skip
    assert browser(cast.joan).get(look.url).status_code == 200
    close_room(by=at_table(cast, dora, NOW), session=made, attendance="not_there")
    assert kinds(cast) == [("missed", "Dora Lind")]


def test_a_missed_session_is_raised_though_an_older_one_is_not_recorded(cast):
    plan(by=at_table(cast, cast.mayas, NOW - timedelta(days=9)), at=NOW - timedelta(days=8), how="video")
    meet(cast, cast.mayas, NOW - timedelta(days=2), attendance="not_there")

    assert kinds(cast) == [("not-recorded", "Maya Ellis"), ("missed", "Maya Ellis")]


def test_a_course_that_has_ended_has_no_session_today(cast):
    made = plan_today(cast, cast.mayas)
    assert [row.course for row in queries.todays_sessions(facts(cast), now=NOW)] == [made.course_id]

    close(by=at_table(cast, cast.mayas, NOW), course=cast.mayas, how="completed")

    assert queries.todays_sessions(facts(cast), now=NOW) == []
