"""How courses ended: waits from the referral, shares in whole per cent, and rules that name the cuts counted by."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.cast import browser
from tests.filling import another_course, at_table, meet

from kithwork.change import MeasureTable, Rate, national_table
from kithwork.clinic.outcomes.national import WAITS, _whole_percent, national, told
from kithwork.clinic.outcomes.tests.test_curves import columns
from kithwork.foundation.accounts.models import Clinic
from kithwork.therapy.course.actions import close
from kithwork.therapy.course.models import Course
from kithwork.therapy.sessions.actions import close_room, open_room, plan

WEEK = timedelta(weeks=1)


def ended_course(cast, first, *, waited=None):
    """A finished course of two sessions; so many days from its referral to the first, or no day of referral."""
    course = another_course(cast, "Ben Hart")
    on = first.date() - timedelta(days=waited) if waited is not None else None
    Course.objects.filter(pk=course.pk).update(referred_on=on)
    meet(cast, course, first - WEEK, attendance="not_there")
    begin_and_close_late(cast, course, first)
    meet(cast, course, first + WEEK)
    close(by=at_table(cast, course, first + 2 * WEEK), course=course, how="completed")


def begin_and_close_late(cast, course, at):
    """The therapist ends the session in Kithwork two days after it."""
    made = open_room(
        by=at_table(cast, course, at), session=plan(by=at_table(cast, course, at), at=at, how="video")
    )
    close_room(by=at_table(cast, course, at + timedelta(days=2)), session=made)


def waits():
    names = {label for label, _rule in WAITS.values()}
    return {one.label: one.words for one in national().figures if one.label in names}


def test_waits_run_from_the_referral_to_the_first_session_held(cast):
    Clinic.objects.update(time_zone="Pacific/Auckland")
    first = datetime(2025, 3, 4, 8, 30, tzinfo=ZoneInfo("Pacific/Auckland"))  # by UTC still the 3rd
    for waited in [0, *[42] * 5, *[43] * 2, *[126] * 3, *[127] * 5, *[None] * 5]:
        ended_course(cast, first, waited=waited)

    # Of 21 courses 6 began in 42 days and 11 in 126; those without a day of referral are among the 21.
    assert waits() == {
        "First session within 6 weeks": "29 % of 20",
        "First session within 18 weeks": "52 % of 20",
    }
    assert "29 % of 20" in browser(cast.ravi).get("/clinic/outcomes/").content.decode()


def test_where_no_referral_is_known_no_wait_is_shown(cast):
    for _ in range(5):
        ended_course(cast, datetime(2025, 3, 4, 8, 30, tzinfo=ZoneInfo("Europe/London")))

    assert (national().finished, waits()) == (5, {})


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(5, 40, 13), (7, 200, 4), (9, 200, 5), (44, 353, 12), (1, 3, 33), (2, 3, 67), (5, 5, 100)],
    ids=["12.5", "3.5", "4.5", "12.46: rounded once", "a third", "two thirds", "all"],
)
def test_a_half_of_a_per_cent_goes_upwards(part, whole, percent):
    assert _whole_percent(Rate(part, whole)) == percent


def test_the_page_says_thirteen_for_twelve_and_a_half():
    found = columns(*[(18, 6, 14, 5)] * 5, *[(18, 17, 14, 13)] * 35)

    assert told(found).figures[0].words == "13 % of 40"


def rules(table):
    found = told(columns(*[(18, 6, 14, 5)] * 5, *[(18, 17, 14, 13)] * 5), table=table)
    return {one.label: (one.words, one.rule) for one in found.figures}


def other_table(**numbers: str) -> MeasureTable:
    """The table that ships, with other cuts and changes: phq9_caseness, gad7_reliable_change, …"""
    ships = national_table()
    measures = dict(ships.measures)
    for name, points in numbers.items():
        key, what = name.split("_", 1)
        other: dict[str, Any] = {what: Decimal(points)}
        measures[key] = replace(measures[key], **other)
    return replace(ships, measures=measures)


def test_the_rules_name_the_cuts_and_changes_of_the_table():
    said = rules(national_table())

    recovery, improvement = said["Recovery"], said["Reliable improvement"]
    assert (recovery[0], improvement[0]) == ("50 % of 10", "50 % of 10")
    assert recovery[1].startswith("At or above a cut at first (PHQ-9: 10, GAD-7: 8), below both at last.")
    assert improvement[1].startswith(
        "One questionnaire lower by 6 (PHQ-9) or 4 (GAD-7) points, neither higher"
    )


def test_another_table_is_counted_by_and_named():
    table = other_table(
        phq9_caseness="19", gad7_caseness="14.5", phq9_reliable_change="1", gad7_reliable_change="2.5"
    )

    said = rules(table)

    assert said["Recovery"][0] == "Not shown"  # all ten are below both cuts now
    assert "(PHQ-9: 19, GAD-7: 14.5)" in said["Recovery"][1]
    assert said["Reliable improvement"][0] == "100 % of 10"
    assert "lower by 1 (PHQ-9) or 2.5 (GAD-7) points" in said["Reliable improvement"][1]
