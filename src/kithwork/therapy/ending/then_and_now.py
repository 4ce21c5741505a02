"""Then and now: the first and the latest of each, side by side, as numbers with their days."""

from dataclasses import dataclass
from datetime import date

from kithwork.foundation.passages.audience import Audience
from kithwork.instruments import get as get_instrument
from kithwork.therapy.checkins.queries import scores
from kithwork.therapy.formulation.queries import ShownGoal, goals
from kithwork.therapy.people.queries import Circles, circles, days_placed, end_of_day

INSTRUMENTS = ("phq9", "gad7")
BOTH = 2


@dataclass(frozen=True)
class ScorePair:
    """A questionnaire's first whole total and its latest. One alone is "so far", not a comparison."""

    label: str
    first: tuple[date, int]
    latest: tuple[date, int] | None


@dataclass(frozen=True)
class ThenAndNow:
    """Everything that is laid side by side."""

    scores: list[ScorePair]
    circles: Circles
    circles_then: date | None
    goals: list[ShownGoal]


def then_and_now(audience: Audience) -> ThenAndNow:
    """Compare the first and the latest of check-ins, circles and goals. What is missing is not made up."""
    days = days_placed(audience)
    then = min(days) if len(days) >= BOTH else None
    moment = end_of_day(audience, then) if then else None
    return ThenAndNow(
        scores=score_pairs(audience),
        circles=circles(audience, view="now", since=moment),
        circles_then=then,
        goals=goals(audience),
    )


def score_pairs(audience: Audience) -> list[ScorePair]:
    """Each questionnaire's first whole total beside its latest."""
    return [pair for key in INSTRUMENTS if (pair := _pair(audience, key))]


def _pair(audience: Audience, instrument: str) -> ScorePair | None:
    whole = [(point.on, point.total) for point in scores(audience, instrument) if point.total is not None]
    if not whole:
        return None
    latest = whole[-1] if len(whole) >= BOTH else None
    return ScorePair(get_instrument(instrument).short_title, whole[0], latest)
