"""Dates as rough as memory: a year or about a year, a season, a month, a day. Moving one keeps how rough it is."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, total_ordering
from typing import Self

from kithwork.ipt import date_words
from kithwork.ipt.date_words import MONTHS, UnclearDate

OLDEST_YEAR = 1900


class Season(StrEnum):
    """A season of the northern year."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"

    @property
    def first_month(self) -> int:
        """March, June, September or December."""
        return 3 * (list(Season).index(self) + 1)


class Roughness(StrEnum):
    """How exactly something is remembered."""

    YEAR = "year"
    SEASON = "season"
    MONTH = "month"
    DAY = "day"


@total_ordering
@dataclass(frozen=True)
class FuzzyDate:
    """A date as exact as memory has it: about a year, a year, a season, a month or a day.

    About a year is that year and one on either side. A winter is named by the year in which it begins and
    shown with both, "winter 2022/23". Sorted by middle, then the wider one first, as they stand on the axis.
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: Season | None = None
    about: bool = False

    def __post_init__(self) -> None:
        if (self.day is not None and self.month is None) or (self.season and self.month is not None):
            raise ValueError("a day has a month, and a season has none")
        if self.about and self.roughness is not Roughness.YEAR:
            raise ValueError("only a year is about")
        try:
            _ = self.midpoint
        except ValueError as trouble:
            raise self._no_such_date() from trouble

    def _no_such_date(self) -> UnclearDate:
        """A gentle correction: how many days the month has, where that is the trouble."""
        if self.day and self.month and self.month <= len(MONTHS) and self.year in range(1, 10_000):
            days, name = monthrange(self.year, self.month)[1], f"{MONTHS[self.month - 1]} {self.year}"
            return UnclearDate(
                "{month} has {days} days.",
                next_step="Write {days} {month}, or only {month}.",
                days=days,
                month=name,
            )
        return UnclearDate(
            "There is no such date.", next_step="Check the day and the month, or write only the year."
        )

    @classmethod
    def parse(cls, text: str, *, today: date | None = None, latest: date | None = None) -> Self:
        """Read a date from plain words: "2020", "spring 2022", "March 2021", "5 March 2021", "2021-03-05".

        When ``today`` is given, also "about ten years ago", "last March" and "yesterday". Refuses with
        :class:`UnclearDate` what has no year, what can be read in two ways (5/3/2021), what cannot be (31 June),
        what is before 1900 and what comes after ``latest``, which is today unless it is named.
        """
        parts = date_words.read(text, today=today)
        season = Season(parts.pop("season")) if "season" in parts else None
        found = cls(season=season, **parts)
        if found.year < OLDEST_YEAR:
            raise UnclearDate("That is a long time ago.", next_step="Check the year.")
        if last := latest or today:
            found.check_has_come(last)
        return found

    def check_has_come(self, latest: date) -> None:
        """Refuse what lies ahead: the timeline holds what has happened."""
        if self.earliest > latest:
            raise UnclearDate("That date has not come yet.", next_step="Check the year.")

    @property
    def key(self) -> str:
        """The date as it is kept: "2020", "about-2020", "2022-spring", "2021-03", "2021-03-05". It can be read back."""
        if self.season:
            return f"{self.year}-{self.season.value}"
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(["about", *parts] if self.about else parts)

    @property
    def roughness(self) -> Roughness:
        """How exactly it is remembered."""
        if self.season:
            return Roughness.SEASON
        if self.month is None:
            return Roughness.YEAR
        return Roughness.MONTH if self.day is None else Roughness.DAY

    @cached_property
    def earliest(self) -> date:
        """The first day it can mean."""
        month = self.season.first_month if self.season else _or_first(self.month)
        return date(self.year - self.about, month, _or_first(self.day))

    @cached_property
    def latest(self) -> date:
        """The last day it can mean."""
        if self.day is not None:
            return self.earliest
        if self.season:
            last = self.season.first_month + 2
            return _month_end(self.year + last // 13, last - 12 * (last // 13))
        return _month_end(self.year + self.about, self.month or 12)

    @cached_property
    def midpoint(self) -> date:
        """The day in the middle, where it stands on the axis."""
        return self.earliest + timedelta(days=(self.latest - self.earliest).days // 2)

    def on(self, day: date) -> Self:
        """The date of the same roughness that holds a day: "spring 2022" put on 9 August 2023 is "summer 2023"."""
        if self.season:
            months = day.year * 12 + day.month - 3  # counted from the spring, so that a winter runs on
            return replace(self, year=months // 12, season=list(Season)[months % 12 // 3])
        month = day.month if self.month is not None else None
        return replace(self, year=day.year, month=month, day=day.day if self.day is not None else None)

    def moved(self, steps: int) -> Self:
        """So many of its own steps later, or earlier: years, seasons, months or days."""
        if self.day is not None:
            return self.on(self.earliest + timedelta(days=steps))
        size = {Roughness.YEAR: 12, Roughness.SEASON: 3, Roughness.MONTH: 1}[self.roughness]
        months = self.year * 12 + (
            self.midpoint.month - 1 if not self.season else self.season.first_month - 1
        )
        months += steps * size
        return self.on(date(months // 12, months % 12 + 1, 1))

    def __lt__(self, other: "FuzzyDate") -> bool:
        return self._place() < other._place()

    def _place(self) -> tuple[date, date]:
        return self.midpoint, self.earliest

    def __str__(self) -> str:
        if self.season is Season.WINTER:
            return f"winter {self.year}/{(self.year + 1) % 100:02}"
        month = MONTHS[self.month - 1] if self.month else None
        words = ("about" if self.about else None, self.day, self.season, month, self.year)
        return " ".join(str(word) for word in words if word)


def _or_first(part: int | None) -> int:
    # Not `part or 1`: a month or day written as 0 has to be refused, not mended.
    return 1 if part is None else part


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
