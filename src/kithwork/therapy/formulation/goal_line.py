"""A goal's ratings drawn over time: a dot a rating, joined in their order. What was not said leaves no dot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kithwork.ipt.goals import HIGHEST

WIDTH, HEIGHT = 260, 84
LEFT, RIGHT, TOP, BOTTOM = 22, 12, 8, 10


@dataclass(frozen=True)
class Dot:
    """One rating: where it stands, and what it says."""

    x: float
    y: float
    on: date
    rating: int


@dataclass(frozen=True)
class GoalLine:
    """The drawing, in its own units."""

    dots: list[Dot]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM

    @property
    def path(self) -> str:
        """The corners of the line through the dots."""
        return " ".join(f"{dot.x:g},{dot.y:g}" for dot in self.dots)

    @property
    def middle(self) -> float:
        """Where 5 of 10 stands."""
        return (self.top + self.bottom) / 2


def goal_line(ratings: Sequence[tuple[date, int | None]]) -> GoalLine | None:
    """Draw ratings, oldest first, at their distance in days; those of one day stand beside each other in order."""
    said = [(on, value) for on, value in ratings if value is not None]
    if not said:
        return None
    days = [(on - said[0][0]).days for on, _value in said]
    places = days if days[-1] else list(range(len(said)))
    span = max(places[-1], 1)
    return GoalLine(
        [
            Dot(round(LEFT + (WIDTH - LEFT - RIGHT) * place / span, 1), _height(value), on, value)
            for place, (on, value) in zip(places, said, strict=True)
        ]
    )


def _height(value: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / HIGHEST, 1)
