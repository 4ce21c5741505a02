"""The timeline: mood on one lane, what happened between people on another, on dates as rough as memory.

A link joins any two things that tended to go together. It says nothing about which led to which unless
somebody chooses to.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from kithwork.ipt.date_words import MONTHS, UnclearDate
from kithwork.ipt.rough_dates import OLDEST_YEAR, FuzzyDate, Roughness, Season
from kithwork.ipt.shelf import Choice, Shelf
from kithwork.refusal import Refusal

__all__ = [
    "FIRST_PROMPT",
    "MONTHS",
    "OLDEST_YEAR",
    "USUAL_LINK",
    "End",
    "Episode",
    "FuzzyDate",
    "Roughness",
    "Season",
    "UnclearDate",
    "Window",
    "check_link",
    "effects",
    "lanes",
    "link_ends",
    "link_kinds",
    "zooms",
]

FIRST_PROMPT = "Work backwards from now. A year or a season is enough."

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
        Choice("rather_not_say", "Rather not say"),
    ),
)

link_ends = Shelf(
    "things that can be linked",
    (
        Choice("event", "something that happened"),
        Choice("symptom", "something I felt"),
        Choice("person", "a person"),
        Choice("score", "a check-in"),
        Choice("diary", "a day in the diary"),
        Choice("step", "a step of how it goes round"),
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

zooms = Shelf(
    "ways to look at the timeline",
    (
        Choice("all", "Everything"),
        Choice("years", "Years", "ten years"),
        Choice("months", "Months", "a year"),
        Choice("weeks", "Weeks", "twelve weeks"),
    ),
)
YEARS, MONTHS_SHOWN, WEEKS = 10, 12, 12


@dataclass(frozen=True)
class Window:
    """The stretch of time that is looked at: ten years, a year by its months, or twelve weeks."""

    zoom: str
    first: date
    last: date

    @classmethod
    def holding(cls, day: date, zoom: str) -> Self:
        """The stretch that ends with the year, the month or the week of a day. Weeks begin on Monday."""
        zooms.get(zoom)
        day = max(day, date(OLDEST_YEAR, 1, 1))
        if zoom == "years":
            year = max(day.year, OLDEST_YEAR + YEARS - 1)
            return cls(zoom, date(year - YEARS + 1, 1, 1), date(year, 12, 31))
        if zoom == "months":
            last = FuzzyDate(day.year, day.month)
            return cls(zoom, last.moved(1 - MONTHS_SHOWN).earliest, last.latest)
        sunday = day + timedelta(days=6 - day.weekday())
        return cls(zoom, sunday - timedelta(days=7 * WEEKS - 1), sunday)

    @classmethod
    def around(cls, day: date, zoom: str, *, today: date) -> Self:
        """The stretch with a day in its middle, but none of it further ahead than today's own stretch."""
        size = cls.holding(day, zoom)
        return cls.holding(min(day + (size.last - size.first) / 2, today), zoom)

    @property
    def earlier(self) -> Self | None:
        """The stretch before; None where no memory goes."""
        before = self.first - timedelta(days=1)
        return type(self).holding(before, self.zoom) if before.year >= OLDEST_YEAR else None

    def later(self, today: date) -> Self | None:
        """The stretch after; None where today is in this one."""
        if self.last >= today:
            return None
        after = self.last + (self.last - self.first) + timedelta(days=1)
        return type(self).holding(min(after, today), self.zoom)

    def touches(self, first: date, last: date) -> bool:
        """Whether something that lasted from one day to another has any of it in this stretch."""
        return first <= self.last and last >= self.first


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
