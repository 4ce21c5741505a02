"""The sheet that the weeks are drawn on: its width, its days from left to right, and the shapes put on it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

LETTER = 6.7  # a letter's usual width at 13 px, to keep words apart without measuring them


@dataclass(frozen=True)
class Layout:
    """A sheet to draw on. ``names_above`` puts the name of a lane over it, where the sheet is narrow."""

    width: float
    margin: float
    names_above: bool


WIDE = Layout(640, 14, names_above=False)
NARROW = Layout(320, 8, names_above=True)


class Text(NamedTuple):
    """Words at a place."""

    x: float
    y: float
    words: str
    anchor: str = "middle"


class Box(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Axis:
    """Days from left to right."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return round(self.left + (self.right - self.left) * (day - self.first).days / span, 1)

    def holds(self, first: date, last: date) -> bool:
        return first <= self.last and last >= self.first

    def clip(self, day: date) -> date:
        return min(max(day, self.first), self.last)

    @property
    def per_day(self) -> float:
        return (self.right - self.left) / max((self.last - self.first).days, 1)


def shorten(words: str, longest: int) -> str:
    """Words cut to fit; the table beside the drawing has them whole."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
