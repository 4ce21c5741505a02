"""Courses with something in them, made through the rooms' own actions."""

from datetime import timedelta

from kithwork.clinic.today.actions import begin_course
from kithwork.therapy.checkins import actions as checkins
from kithwork.therapy.course.models import Course
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.sessions.actions import close_room, open_room, plan
from tests.cast import NOW


def phq9(total, item9=0):
    """Nine answers that add up to a total, item 9 as said."""
    rest, answers = total - item9, []
    for left in range(8, 0, -1):
        value = min(3, -(-rest // left))
        answers.append(value)
        rest -= value
    return [*answers, item9]


def another_course(cast, name, **fields):
    """One more course of Joan's."""
    return begin_course(
        by=cast.viewer(cast.joan).who("therapist"), clinic=cast.clinic, name=name, protocol="ipt_16",
        now=NOW - timedelta(days=28), **fields,
    )  # fmt: skip


def meet(cast, course, at, attendance="attended"):
    """Plan, begin and end one session."""
    made = plan(by=at_table(cast, course, at), at=at, how="in_person")
    made = open_room(by=at_table(cast, course, at), session=made)
    later = at + timedelta(minutes=50)
    return close_room(by=at_table(cast, course, later), session=made, attendance=attendance)


def meet_weekly(cast, course, times):
    """So many sessions, the last one a week ago."""
    for week in range(times, 0, -1):
        meet(cast, course, NOW - timedelta(days=7 * week))


def check_in(cast, course, total, *, days_ago, item9=0, gad7=None):
    """A check-in that was filled in on paper."""
    moment = NOW - timedelta(days=days_ago)
    answers = {"phq9": phq9(total, item9) if total is not None else [None] * 9, "gad7": gad7 or [1] * 7}
    return checkins.enter_for_client(by=at_table(cast, course, moment), answers=answers, on=moment.date())


def choose(cast, course, area="dispute"):
    """What the work is on."""
    return focus.choose(by=at_table(cast, course, NOW), area=area)


def plan_today(cast, course, hours=0):
    """A session planned for today."""
    return plan(by=at_table(cast, course, NOW), at=NOW + timedelta(hours=hours), how="video")


def at_table(cast, course, moment):
    return cast.audience(cast.joan, Course.objects.get(pk=course.pk), now=moment)
