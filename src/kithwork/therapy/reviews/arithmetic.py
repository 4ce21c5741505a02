"""The arithmetic of change on a course's check-ins: a subtraction, and the rule that it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kithwork.change import national_table
from kithwork.foundation.passages.audience import Audience
from kithwork.instruments import get
from kithwork.therapy.checkins.queries import scores

INSTRUMENTS = ("phq9", "gad7")


@dataclass(frozen=True)
class Moved:
    """A questionnaire's first whole total, the one before the last and the last, and how many points are reliable.

    ``latest_on`` is the day of the newest form, whole or not; where that one has no total, ``is_newest`` is false.
    """

    instrument: str
    title: str
    first: int
    first_on: date
    last: int
    last_on: date
    before: int | None
    before_on: date | None
    points: int
    is_newest: bool

    @property
    def since_first(self) -> int:
        return self.last - self.first

    @property
    def since_before(self) -> int | None:
        return None if self.before is None else self.last - self.before

    @property
    def has_two(self) -> bool:
        """Whether there are two totals to subtract."""
        return self.before is not None

    @property
    def is_reliable(self) -> bool:
        """Whether the difference since the first is at least the points of the rule."""
        return abs(self.since_first) >= self.points

    @property
    def has_moved(self) -> bool:
        """The same for the difference since the one before."""
        return self.since_before is not None and abs(self.since_before) >= self.points

    @property
    def since_first_words(self) -> str:
        """ "3 lower than at first"."""
        return _points(
            self.since_first, lower=_("%(points)s lower than at first"), higher=_("%(points)s higher than at first"),
            same=_("the same as at first"),
        )  # fmt: skip

    @property
    def since_before_words(self) -> str:
        """ "2 higher than last time"; nothing where there is no last time."""
        if self.since_before is None:
            return ""
        return _points(
            self.since_before, lower=_("%(points)s lower than last time"), higher=_("%(points)s higher than last time"),
            same=_("the same as last time"),
        )  # fmt: skip

    @property
    def kept(self) -> dict[str, int | str]:
        """What a review keeps of it."""
        return {"instrument": self.instrument, "first": self.first, "last": self.last, "points": self.points}


def _points(difference: int, *, lower: str, higher: str, same: str) -> str:
    if difference == 0:
        return same
    return (lower if difference < 0 else higher) % {"points": abs(difference)}


def moved(audience: Audience) -> list[Moved]:
    """What has moved on each questionnaire that comes round; one without a whole form is not here.

    Rule: a reliable change is the number of points of the national definitions, as it stands in ``kithwork.change``. A
    form with an answer missing has no total and is passed over, never counted as 0.
    """
    found = (_moved(audience, key) for key in INSTRUMENTS)
    return [one for one in found if one is not None]


def _moved(audience: Audience, instrument: str) -> Moved | None:
    forms = scores(audience, instrument)
    totals = [(one.on, one.total) for one in forms if one.total is not None]
    if not totals:
        return None
    (first_on, first), (last_on, last) = totals[0], totals[-1]
    before_on, before = totals[-2] if len(totals) > 1 else (None, None)
    return Moved(
        instrument=instrument, title=get(instrument).short_title, first=first, first_on=first_on, last=last,
        last_on=last_on, before=before, before_on=before_on, points=reliable_points(instrument),
        is_newest=forms[-1].total is not None,
    )  # fmt: skip


def reliable_points(instrument: str) -> int:
    """How many points are a reliable change, by the national definitions."""
    return int(national_table().measures[instrument].reliable_change)


def phq9_totals(audience: Audience) -> Sequence[int | None]:
    """The PHQ-9 totals, oldest first; None where a form was not complete."""
    return [one.total for one in scores(audience, "phq9")]
