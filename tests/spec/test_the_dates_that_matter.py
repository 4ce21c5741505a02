"""Rulebook: days come round after a loss, as exactly as they were remembered."""

from datetime import date

import pytest

from kithwork.ipt.dates_that_matter import Coming, next_time
from kithwork.ipt.rough_dates import Season

TODAY = date(2025, 3, 18)


def when(*, year=None, month=None, day=None, season=None, today=TODAY):
    return next_time(year=year, month=month, day=day, season=season, today=today)


def on(day, years=None):
    return Coming(day, day, years)


@pytest.mark.parametrize(
    ("said", "coming"),
    [
        ({"month": 3, "day": 18}, on(date(2025, 3, 18))),
        ({"month": 3, "day": 17}, on(date(2026, 3, 17))),
        ({"year": 2023, "month": 4, "day": 2}, on(date(2025, 4, 2), 2)),
        ({"year": 2025, "month": 1, "day": 9}, on(date(2026, 1, 9), 1)),
        ({"month": 2, "day": 29}, on(date(2026, 2, 28))),
        ({"month": 3}, Coming(date(2025, 3, 1), date(2025, 3, 31), None)),
        ({"year": 2022, "season": Season.SPRING}, Coming(date(2025, 3, 1), date(2025, 5, 31), 3)),
    ],
)
def test_the_next_time_is_today_or_later_and_as_rough_as_it_was_said(said, coming):
    assert when(**said) == coming


def test_a_winter_that_began_last_year_is_still_this_one():
    found = when(season=Season.WINTER, today=date(2025, 1, 10))

    assert found == Coming(date(2024, 12, 1), date(2025, 2, 28), None)


def test_a_day_that_has_not_been_yet_comes_when_it_was_said_to():
    assert when(year=2026, month=1, day=9) == on(date(2026, 1, 9))


def test_a_year_alone_comes_round_on_no_day():
    assert when(year=2023) is None
