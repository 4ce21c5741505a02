"""Hours of one's own clock, on the nights on which clocks are changed too."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kithwork.therapy.reminders.times import drop_at, is_quiet, next_time

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        (time(20, 59), False),
        (time(21), True),
        (time(23), True),
        (time(0), True),
        (time(7, 59), True),
        (time(8), False),
    ],
)
def test_quiet_hours_go_past_midnight(at, quiet):
    assert is_quiet(at, time(21), time(8)) is quiet


def test_equal_ends_are_no_quiet_hours():
    assert not is_quiet(time(3), time(8), time(8))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (
            "2025-03-29T20:00",
            "2025-03-30T18:00",
        ),  # the clock goes forward in between: 7 pm is an hour earlier
        ("2025-10-25T20:00", "2025-10-26T19:00"),  # and back again
        ("2025-03-29T18:59", "2025-03-29T19:00"),
    ],
)
def test_seven_in_the_evening_stays_seven_when_the_clock_is_changed(after, expected):
    assert next_time(utc(after), time(19), LONDON) == utc(expected)


def test_an_hour_that_the_clock_jumps_over_comes_right_after_the_jump():
    found = next_time(utc("2025-03-30T00:30"), time(1, 30), LONDON)

    assert (found, found.astimezone(LONDON).time()) == (utc("2025-03-30T01:30"), time(2, 30))


def test_an_hour_that_the_clock_shows_twice_counts_once():
    first = next_time(utc("2025-10-25T12:00"), time(1, 30), LONDON)

    assert (first, next_time(first, time(1, 30), LONDON)) == (
        utc("2025-10-26T00:30"),
        utc("2025-10-27T01:30"),
    )


@pytest.mark.parametrize("zone", [LONDON, NEW_YORK], ids=str)
def test_whatever_may_still_leave_leaves_outside_the_quiet_hours_on_every_day_of_a_year(zone):
    quiet, due, late = (time(1, 30), time(9, 15)), utc("2025-01-01T00:00"), []
    for _ in range(366):
        due = next_time(due, time(0, 45), zone)
        until = drop_at(due, *quiet, zone)
        moments = (due + timedelta(minutes=n) for n in range(0, 130, 5))
        late += [one for one in moments if one < until and is_quiet(one.astimezone(zone).time(), *quiet)]

    assert late == []
