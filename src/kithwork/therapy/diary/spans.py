"""A week or a month of the diary. A day without an entry is simply not there, and neither is a week."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from django.utils.translation import gettext as _

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.ui.dates import say_date
from kithwork.therapy.diary.queries import Day, days_between, days_with_entries

WEEK = timedelta(days=6)


@dataclass(frozen=True)
class DayMark:
    """One day that has an entry: the last mood that was said, and everybody who was in it."""

    on: date
    mood: int | None
    people: tuple[str, ...]

    @property
    def weekday(self) -> str:
        """ "Mon" """
        return say_date(self.on, "D")


@dataclass(frozen=True)
class Span:
    """A week or a month, with the nearest days before and after it that have an entry."""

    kind: str
    title: str
    days: list[Day]
    earlier: date | None
    later: date | None

    @property
    def marks(self) -> list[DayMark]:
        """One mark for each day."""
        return marks(self.days)


def week_of(on: date) -> tuple[date, date]:
    """Monday to Sunday."""
    first = on - timedelta(days=on.weekday())
    return first, first + WEEK


def month_of(on: date) -> tuple[date, date]:
    """The first to the last."""
    return on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])


SPANS = {"week": week_of, "month": month_of}


def span(
    audience: Audience, kind: str, on: date | None, *, today: date, people: Mapping[str, str], zone: tzinfo
) -> Span:
    """The week or month around a day; without one, that of the newest entry that this audience may see."""
    there = days_with_entries(audience)
    first, last = SPANS[kind](on or (there[-1] if there else today))
    title = say_date(first, "F Y")
    if kind == "week":
        title = _("{first} to {last}").format(first=say_date(first, "j F"), last=say_date(last, "j F"))
    return Span(
        kind, title, days_between(audience, first, last, people=people, zone=zone),
        earlier=max((one for one in there if one < first), default=None),
        later=min((one for one in there if one > last), default=None),
    )  # fmt: skip


def marks(days: Iterable[Day]) -> list[DayMark]:
    """One mark a day, oldest first, from entries of which the earlier come first."""
    found: dict[date, DayMark] = {}
    for day in days:
        was = found.get(day.on, DayMark(day.on, None, ()))
        found[day.on] = DayMark(
            day.on, day.mood or was.mood, tuple(dict.fromkeys([*was.people, *day.people]))
        )
    return sorted(found.values(), key=lambda mark: mark.on)
