"""Days that come round again after a loss: when the next one is, as exactly as it was remembered.

Some days come back harder, and grief that was put off often shows on them. So the two can see them coming. A day that
was written with its year comes round as well: what happened on it once is remembered on it again.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from kithwork.ipt.rough_dates import FuzzyDate, Season
from kithwork.ipt.sources import design, sourced

SOURCES = (
    sourced("dates on which grief comes back", "abstract of a manual's chapter on grief"),
    design("that a day ahead is shown before the session, and how far ahead"),
)
AHEAD = timedelta(days=28)
"""How far ahead a page looks, if nobody says otherwise: long enough to plan the day together."""


@dataclass(frozen=True)
class Coming:
    """The next time that a remembered day, month or season comes round, and how many years it has been then."""

    first: date
    last: date
    years: int | None

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last


def next_time(
    *, year: int | None, month: int | None, day: int | None, season: Season | None, today: date
) -> Coming | None:
    """The next time, today included; while a month or season lasts, that is the present one.

    ``year``: when it was, or will be for the first time; None for a day of every year. Nothing comes round of a
    year alone. 29 February is kept on the 28th where there is none.
    """
    if month is None and season is None:
        return None
    for turn in range(today.year - 1, today.year + 3):
        turn = max(turn, year or turn)
        if turn > date.max.year - 1:
            return None
        then = _in_year(turn, month, day, season)
        if then.latest >= today:
            return Coming(
                then.earliest, then.latest, turn - year if year is not None and turn > year else None
            )
    return None


def _in_year(year: int, month: int | None, day: int | None, season: Season | None) -> FuzzyDate:
    longest = calendar.monthrange(year, month)[1] if month else None
    return FuzzyDate(year, month, min(day, longest) if day and longest else day, season)
