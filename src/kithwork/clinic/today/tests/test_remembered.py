"""A list reads a course anew once something was done in it, whatever it was."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from tests.cast import NOW
from tests.filling import another_course, at_table, check_in, choose, meet, phq9, plan_today

from kithwork.clinic.today.facts import Done, facts_of
from kithwork.clinic.today.remembered import Remembered
from kithwork.therapy.checkins import actions as checkins
from kithwork.therapy.course import contracts
from kithwork.therapy.course.access import open_courses
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.reviews.actions import record_review
from kithwork.therapy.sessions import actions as sessions

SESSIONS = ("id", "n", "kind", "planned_at", "opened_at", "closed_at", "attendance")


@pytest.fixture
def opened(cast):
    return lambda: open_courses(cast.viewer(cast.joan), page="test", now=NOW)


def told(opened):
    """All that a list knows of what was done."""
    return [
        (
            one.course.pk,
            *(getattr(one.done, name) for name in vars(Done(one.done.contract)) if name != "sessions"),
            [[getattr(session, name) for name in SESSIONS] for session in one.done.sessions],
        )
        for one in facts_of(opened)
    ]


def acts(cast, course):
    """Everything that can change what a list says of a course, one after the other."""

    def joan():
        return at_table(cast, course, NOW)

    yield meet(cast, course, NOW - timedelta(days=14))
    last = meet(cast, course, NOW - timedelta(days=7))
    yield last
    yield sessions.correct(by=joan(), session=last, kind=last.kind, attendance="client_cancelled")
    planned = plan_today(cast, course)
    yield planned
    yield sessions.change_plan(
        by=joan(), session=planned, at=NOW + timedelta(hours=2), how="video", minutes=50
    )
    yield sessions.open_room(by=joan(), session=planned)
    yield sessions.close_room(by=joan(), session=planned)
    sent = check_in(cast, course, 18, days_ago=7)
    yield sent
    yield checkins.correct(by=joan(), check_in=sent, answers={"phq9": phq9(12)}, on=NOW.date())
    mine = cast.maya_now()
    begun = checkins.open_check_in(by=mine)
    yield begun
    yield checkins.answer_all(by=mine, check_in=begun, answers={"phq9": phq9(9)})
    yield checkins.send(by=mine, check_in=begun)
    chosen = choose(cast, course)
    yield chosen
    yield focus.replace(by=joan(), focus=chosen, area="grief")
    yield record_review(by=joan(), course=course, decisions=["go_on"])
    contract = contracts.offer(by=joan(), sessions=12)
    yield contract
    yield contracts.sign(by=joan(), contract=contract, party="therapist")
    yield contracts.sign(by=joan(), contract=contract, party="client", manner="in_room")


def test_whatever_is_done_in_a_course_is_on_the_next_list(cast, opened):
    another_course(cast, "Ben Hart")
    seen = [told(opened())]
    for _done in acts(cast, cast.mayas):
        now = opened()
        kept, anew = told(now), told([replace(one, acted=b"") for one in now])
        assert kept == anew
        seen.append(kept)

    changed = [before != after for before, after in pairwise(seen)]
    assert changed.count(True) >= 14, changed  # most of these acts are seen on a list


def test_looking_changes_nothing_and_an_act_does(cast, opened):
    [before], [looked] = opened(), opened()
    plan_today(cast, cast.mayas)
    [after] = opened()

    assert looked.acted == before.acted
    assert after.acted not in {b"", before.acted}


def test_what_is_kept_is_for_those_who_see_as_much(opened):
    kept: Remembered[str] = Remembered()
    [one] = opened()
    kept.keep(one, "read")
    less = replace(one, audience=replace(one.audience, sees=frozenset()))

    assert (kept.of(one), kept.of(less)) == ("read", None)


def test_the_longest_kept_goes_first(cast, opened):
    for name in ("Ben Hart", "Ana"):
        another_course(cast, name)
    first, second, third = opened()
    kept: Remembered[int] = Remembered(most=2)
    for number, one in enumerate((first, second, first, third)):
        kept.keep(one, number)

    assert [kept.of(one) for one in (first, second, third)] == [2, None, 3]
