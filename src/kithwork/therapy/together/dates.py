"""Days that matter and are near: those that a room keeps, and when they come round next.

A room that keeps such days gives them by a function of its own; it is named in ``KEPT_BY``, and that is all.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read_many
from kithwork.therapy.focus.models import GriefDate
from kithwork.therapy.focus.queries import standing

AHEAD, BEHIND = timedelta(days=21), timedelta(days=7)


@dataclass(frozen=True)
class Kept:
    """A day of the year that somebody wrote down, and what it is."""

    month: int
    day: int
    what: str


@dataclass(frozen=True)
class NearDay:
    """The same with the day on which it falls this time."""

    on: date
    what: str
    in_days: int  # below 0 where it has just been


def _of_grief(audience: Audience) -> Iterable[Kept]:
    """The days that belong to somebody who died, of a focus that stands; one without a day of its own is no day."""
    focuses = {one.pk for one in standing(audience)}
    rows = [
        row for row in GriefDate.seen.all_of(audience)
        if row.removed_at is None and row.focus_id in focuses and row.day and row.part.isdigit()
    ]  # fmt: skip
    words = read_many([audience], rows)
    for row in rows:
        said = words.get((row.pk, "what"))
        yield Kept(int(row.part), row.day or 1, said.text if said else "")


KEPT_BY: tuple[Callable[[Audience], Iterable[Kept]], ...] = (_of_grief,)


def days_near(audience: Audience, *, today: date) -> list[NearDay]:
    """The days that fall within three weeks, or fell in the last one; the first to come stands first.

    Rule: a day comes round every year, whatever year it was written with; 29 February falls on the 28th between leap
    years.
    """
    found = [_near(kept, today) for give in KEPT_BY for kept in give(audience)]
    return sorted((one for one in found if one is not None), key=lambda one: (one.on, one.what))


def _near(kept: Kept, today: date) -> NearDay | None:
    for year in (today.year - 1, today.year, today.year + 1):
        on = date(year, kept.month, min(kept.day, monthrange(year, kept.month)[1]))
        if -BEHIND <= on - today <= AHEAD:
            return NearDay(on, kept.what, (on - today).days)
    return None
