"""The timeline: mood on one lane, what happened between people on another, on dates as rough as memory.

A link joins any two things that tended to go together. It says nothing about which led to which unless
somebody chooses to.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering
from typing import Any, Self

from kithwork.ipt.shelf import Choice, Shelf
from kithwork.refusal import Refusal

FIRST_PROMPT = "Work backwards from now. A year or a season is enough."
OLDEST_YEAR = 1900

lanes = Shelf(
    "lanes",
    (
        Choice("mood", "Mood"),
        Choice("relationships", "Me and other people"),
        Choice("work", "Work and everything else"),
    ),
)

effects = Shelf(
    "effects on mood",
    (
        Choice("lower", "Lower mood around then"),
        Choice("better", "Better mood around then"),
        Choice("both", "Some of both"),
        Choice("none", "No difference"),
        Choice("not_sure", "Not sure"),
    ),
)

link_ends = Shelf(
    "things that can be linked",
    (
        Choice("event", "something that happened"),
        Choice("symptom", "something I felt"),
        Choice("person", "a person"),
        Choice("score", "a check-in"),
    ),
)

link_kinds = Shelf(
    "kinds of link",
    (
        Choice("together", "They tended to go together"),
        Choice("before", "The first came before the second"),
        Choice("after", "The first came after the second"),
    ),
)
USUAL_LINK = "together"


class UnclearDate(Refusal):
    """A date that cannot be read, or that cannot be."""

    code = "unclear-date"


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


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SEASON_WORDS = {season.value: season for season in Season} | {"fall": Season.AUTUMN}
_MONTH_WORDS = (
    {name.lower(): n for n, name in enumerate(MONTHS, 1)}
    | {name[:3].lower(): n for n, name in enumerate(MONTHS, 1)}
    | {"sept": 9}
)
_ROUGH_WORDS = re.compile(r"^(about|around|roughly|in|since|the|of|circa|c\.)\s+")
_YEAR = re.compile(r"(?P<year>\d{4})")
_NUMBERED = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})")
_WRITTEN = re.compile(r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<word>[a-z]+)\s+(?P<year>\d{4})")
_WRITTEN_US = re.compile(r"(?P<word>[a-z]+)\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<year>\d{4})")
_WINTER = re.compile(r"winter\s+(?P<year>\d{4})\s*[/\u2013-]\s*(?P<second>\d{4}|\d{2})")
_SEASON_KEY = re.compile(r"(?P<year>\d{4})-(?P<word>[a-z]+)")
_SLASHED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")


@total_ordering
@dataclass(frozen=True)
class FuzzyDate:
    """A date as exact as memory has it: a year, a season, a month or a day.

    A winter is named by the year in which it begins and shown with both, "winter 2022/23". Sorted by
    middle, then the wider one first, as they stand on the axis.
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: Season | None = None

    def __post_init__(self) -> None:
        if (self.day is not None and self.month is None) or (self.season and self.month is not None):
            raise ValueError("a day has a month, and a season has none")
        try:
            _ = self.midpoint
        except ValueError as trouble:
            raise UnclearDate(
                "There is no such date.", next_step="Check the day and the month, or write only the year."
            ) from trouble

    @classmethod
    def parse(cls, text: str, *, today: date | None = None) -> Self:
        """Read a date from plain words: "2020", "spring 2022", "March 2021", "5 March 2021", "2021-03-05".

        Refuses with :class:`UnclearDate` what has no year, what can be read in two ways (5/3/2021), what
        cannot be (31 June), what is before 1900 and, when ``today`` is given, what has not yet come.
        """
        found = cls(**_read(_tidy(text)))
        if found.year < OLDEST_YEAR:
            raise UnclearDate("That is a long time ago.", next_step="Check the year.")
        if today is not None and found.earliest > today:
            raise UnclearDate("That date has not come yet.", next_step="Check the year.")
        return found

    @property
    def key(self) -> str:
        """The date as it is kept: "2020", "2022-spring", "2021-03" or "2021-03-05". It can be read back."""
        if self.season:
            return f"{self.year}-{self.season.value}"
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    @property
    def earliest(self) -> date:
        """The first day it can mean."""
        month = self.season.first_month if self.season else _or_first(self.month)
        return date(self.year, month, _or_first(self.day))

    @property
    def latest(self) -> date:
        """The last day it can mean."""
        if self.day is not None:
            return self.earliest
        if self.season:
            last = self.season.first_month + 2
            return _month_end(self.year + last // 13, last - 12 * (last // 13))
        return _month_end(self.year, self.month or 12)

    @property
    def midpoint(self) -> date:
        """The day in the middle, where it stands on the axis."""
        return self.earliest + timedelta(days=(self.latest - self.earliest).days // 2)

    def __lt__(self, other: "FuzzyDate") -> bool:
        return self._place() < other._place()

    def _place(self) -> tuple[date, date]:
        return self.midpoint, self.earliest

    def __str__(self) -> str:
        if self.season is Season.WINTER:
            return f"winter {self.year}/{(self.year + 1) % 100:02}"
        words = (self.day, self.season, MONTHS[self.month - 1] if self.month else None, self.year)
        return " ".join(str(word) for word in words if word)


def _or_first(part: int | None) -> int:
    # Not `part or 1`: a month or day written as 0 has to be refused, not mended.
    return 1 if part is None else part


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _tidy(text: str) -> str:
    plain = " ".join(text.lower().replace(",", " ").split())
    while _ROUGH_WORDS.match(plain):
        plain = _ROUGH_WORDS.sub("", plain)
    return plain


def _read(plain: str) -> dict[str, Any]:
    for pattern in (_YEAR, _NUMBERED, _MONTH_YEAR):
        if match := pattern.fullmatch(plain):
            return {name: int(value) for name, value in match.groupdict().items() if value}
    if match := _WINTER.fullmatch(plain):
        return _read_winter(int(match["year"]), match["second"])
    for pattern in (_WRITTEN, _WRITTEN_US, _SEASON_KEY):
        if match := pattern.fullmatch(plain):
            return _read_word(match.groupdict())
    if _SLASHED.fullmatch(plain):
        raise UnclearDate(
            "That date can be read in two ways.", next_step="Write the month as a word, such as 5 March 2021."
        )
    raise _unreadable()


def _read_word(found: dict[str, str | None]) -> dict[str, Any]:
    word, day, year = str(found["word"]), found.get("day"), int(str(found["year"]))
    if word in _SEASON_WORDS and not day:
        return {"year": year, "season": _SEASON_WORDS[word]}
    if word in _MONTH_WORDS:
        return {"year": year, "month": _MONTH_WORDS[word], "day": int(day) if day else None}
    raise _unreadable()


def _read_winter(year: int, second: str) -> dict[str, Any]:
    if int(second) not in (year + 1, (year + 1) % 100):
        raise UnclearDate("A winter runs into the next year.", next_step="Write it as winter 2022/23.")
    return {"year": year, "season": Season.WINTER}


def _unreadable() -> UnclearDate:
    return UnclearDate(
        "That date could not be read.",
        next_step="Write a year, or something like spring 2022, March 2021 or 5 March 2021.",
    )


@dataclass(frozen=True)
class Episode:
    """A time of low mood: when it began and when it eased, as far as it is known."""

    began: FuzzyDate | None = None
    eased: FuzzyDate | None = None

    def __post_init__(self) -> None:
        if self.began and self.eased and self.eased.latest < self.began.earliest:
            raise UnclearDate("It cannot have eased before it began.", next_step="Check the two dates.")

    @property
    def is_now(self) -> bool:
        """Whether it began and has not been said to have eased."""
        return self.began is not None and self.eased is None


@dataclass(frozen=True)
class End:
    """One end of a link: what kind of thing, and which one."""

    kind: str
    id: str


def check_link(one: End, other: End, *, kind: str = USUAL_LINK) -> None:
    """Allow a link between any two different things. No direction has to be chosen."""
    link_ends.get(one.kind)
    link_ends.get(other.kind)
    link_kinds.get(kind)
    if one == other:
        raise Refusal(
            "A link joins two different things.", next_step="Choose another.", code="link-to-itself"
        )
