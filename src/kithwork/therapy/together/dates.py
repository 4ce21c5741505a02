"""Days that matter and are near: to come within three weeks, or just past."""

from dataclasses import dataclass
from datetime import date, timedelta

from kithwork.foundation.passages.audience import Audience
from kithwork.therapy.focus.queries import dates_that_matter

AHEAD, BEHIND = timedelta(days=21), timedelta(days=7)


@dataclass(frozen=True)
class NearDay:
    """A day that belongs to somebody who died, and the day on which it falls this time."""

    on: date
    what: str
    in_days: int  # below 0 where it has just been


def days_near(audience: Audience, *, today: date) -> list[NearDay]:
    """The days that fall within three weeks, or fell in the last one; the first to come stands first."""
    soon = dates_that_matter(audience, today - BEHIND, within=BEHIND + AHEAD)
    return [NearDay(one.coming.first, one.what, (one.coming.first - today).days) for one in soon]
