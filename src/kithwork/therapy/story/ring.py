"""How the ring of "How it goes round" is drawn: a disc a step, arrows between them, and a gap where it could stop.

Four steps stand as in the leaflet. Other numbers stand evenly on a ring of the same size, on smaller discs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import asin, cos, degrees, radians, sin
from textwrap import shorten, wrap
from typing import Protocol

from django.utils.translation import gettext as _

from kithwork.ipt.cycle_steps import CENTRE, Station, stations
from kithwork.therapy.story.queries import ShownStep

WIDTH, HEIGHT = 390, 432
CENTRE_X, CENTRE_Y = 195.0, 222.0
BARB, BARB_ANGLE, BARB_TURN = 17.0, 37.0, 14.0
LINE, IDEA_LINE, IDEA_CHARS, IDEA_LINES = 18.0, 17.0, 14, 4
IDEA_AWAY, IDEA_UP = 134.0, 44.0
FOUR = 4
MANY_RING = 138.0


@dataclass(frozen=True)
class Sizes:
    """How large the ring and its discs are for a number of steps. Angles go from a disc's middle along the ring."""

    ring: float
    disc: float
    font: float
    longest_line: int
    arrow: tuple[float, float]
    gap: tuple[float, float]


SIZES = {
    2: Sizes(108, 51, 16, 11, (32, 148), (80, 92)),
    3: Sizes(108, 51, 16, 11, (31.5, 88), (52, 64)),
    FOUR: Sizes(108, 51, 16, 11, (31.5, 57), (35.5, 46.5)),
    5: Sizes(128, 47, 14.5, 10, (24.5, 46.5), (26, 46)),
    6: Sizes(134, 45, 13, 10, (22.5, 37), (24, 36)),
}


def sizes_for(steps: int) -> Sizes:
    """Two people may add steps that the other does not see: past six the discs are small and hold a number alone."""
    if steps in SIZES:
        return SIZES[steps]
    turn = 360 / steps
    disc = min(30.0, MANY_RING * sin(radians(turn / 2)) - 4)
    half = 2 * degrees(asin(disc / 2 / MANY_RING))
    return Sizes(MANY_RING, disc, 14, 0, (half + 2, turn - half - 3), (half + 2, turn - half - 2))


class Step(Protocol):
    """What a step has to tell to be drawn, now or in an earlier picture."""

    @property
    def station(self) -> Station: ...

    @property
    def is_gap(self) -> bool: ...

    @property
    def idea(self) -> str: ...


@dataclass(frozen=True)
class TextLine:
    """One line of text and where it stands."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Disc:
    """One station on the ring."""

    station: Station
    number: int
    url: str
    chosen: bool
    x: float
    y: float
    lines: tuple[TextLine, ...]
    below: tuple[TextLine, ...]
    radius: float
    font: float


@dataclass(frozen=True)
class Arrow:
    """The way from one station to the next. ``ends`` are the two sides of a gap, ``idea`` what could open it."""

    path: str
    next: bool
    ends: tuple[tuple[float, float], ...]
    idea: tuple[TextLine, ...]
    anchor: str


@dataclass(frozen=True)
class Ring:
    """The whole picture."""

    discs: tuple[Disc, ...]
    arrows: tuple[Arrow, ...]
    number: int  # of the chosen disc; 0: none is
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def count(self) -> int:
        return len(self.discs)

    @property
    def question(self) -> tuple[TextLine, ...]:
        """What stands in the middle."""
        return _centred(CENTRE_X, CENTRE_Y, balanced(_(CENTRE)))


def draw(steps: Sequence[Step], chosen: Station | None, url: Callable[[str], str]) -> Ring:
    """Draw the ring with one step chosen, or none; ``url`` says where a step leads."""
    sizes, turn = sizes_for(len(steps)), 360 / len(steps)
    pen = _Pen(sizes, turn)
    key = chosen.key if chosen else ""
    discs = tuple(
        pen.disc(place, step.station, step.station.key == key, url) for place, step in enumerate(steps)
    )
    arrows = tuple(pen.arrow(place, step, step.station.key == key) for place, step in enumerate(steps))
    return Ring(discs, arrows, next((disc.number for disc in discs if disc.chosen), 0))


def plain(chosen: Station, url: Callable[[str], str]) -> Ring:
    """The ring as it is told to everybody."""
    return draw([ShownStep(station) for station in stations], chosen, url)


def _centred(x: float, y: float, lines: Sequence[str], line: float = LINE) -> tuple[TextLine, ...]:
    top = y + 5.5 - line * (len(lines) - 1) / 2
    return tuple(TextLine(x, round(top + line * n, 1), text) for n, text in enumerate(lines))


MOST_LINES = 4


def balanced(label: str, longest: int = 11) -> tuple[str, ...]:
    """Break a label into at least two lines, as few and as even as will fit on a disc."""
    words = [
        shorten(word, longest, placeholder="…") if len(word) > longest else word for word in label.split()
    ]
    for count in range(min(2, len(words)), len(words) + 1):
        best = min(_breaks(words, count), key=_unevenness)
        if max(map(len, best)) <= longest and count <= MOST_LINES:
            return best
    return tuple(wrap(label, longest, max_lines=MOST_LINES, placeholder=" …"))


def _unevenness(lines: Sequence[str]) -> tuple[int, int]:
    lengths = [len(line) for line in lines]
    return max(lengths), sum(length**2 for length in lengths)


def _breaks(words: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    for cuts in combinations(range(1, len(words)), count - 1):
        edges = (0, *cuts, len(words))
        yield tuple(" ".join(words[a:b]) for a, b in pairwise(edges))


@dataclass(frozen=True)
class _Pen:
    """Draws for one number of steps; ``turn`` is the angle from one disc to the next."""

    sizes: Sizes
    turn: float

    def disc(self, place: int, station: Station, chosen: bool, url: Callable[[str], str]) -> Disc:
        """One step on the ring."""
        sizes = self.sizes
        x, y = self._at(self.turn * place)
        line = LINE * sizes.font / 16
        label = balanced(_(station.label), sizes.longest_line) if sizes.longest_line else (str(place + 1),)
        placed = _centred(x, y, label, line)
        words = wrap(_(station.below), 24) if self.turn * FOUR == 360 else []
        below = tuple(TextLine(x, y + sizes.disc + 22 + LINE * n, text) for n, text in enumerate(words))
        return Disc(station, place + 1, url(station.key), chosen, x, y, placed, below, sizes.disc, sizes.font)

    def arrow(self, place: int, step: Step, is_next: bool) -> Arrow:
        """The way to the next step, open where it could stop."""
        start, end = (self.turn * place + angle for angle in self.sizes.arrow)
        if not step.is_gap:
            return Arrow(f"{self._arc(start, end)}{self._head(end)}", is_next, (), (), "start")
        near, far = (self.turn * place + angle for angle in self.sizes.gap)
        # Between small discs there is no room for two halves of an arrow: only the open ends show.
        halves = f"{self._arc(start, near)}{self._arc(far, end)}{self._head(end)}"
        path = halves if self.turn * FOUR >= 360 else ""
        idea, anchor = self._idea(place, step.idea)
        return Arrow(path, is_next, (self._at(near), self._at(far)), idea, anchor)

    def _idea(self, place: int, idea: str) -> tuple[tuple[TextLine, ...], str]:
        """What could open the gap, outside the ring. There is room for it where four steps stand."""
        if not idea or self.turn * FOUR != 360:
            return (), "start"
        middle = radians(self.turn * (place + 0.5))
        x = round(CENTRE_X + IDEA_AWAY * sin(middle))
        y = round(CENTRE_Y - IDEA_AWAY * cos(middle) - (IDEA_UP if cos(middle) > 0 else 0))
        lines = wrap(idea, IDEA_CHARS, max_lines=IDEA_LINES, placeholder=" …")
        anchor = "start" if sin(middle) > 0 else "end"
        return tuple(TextLine(x, y + IDEA_LINE * n, line) for n, line in enumerate(lines)), anchor

    def _at(self, angle: float) -> tuple[float, float]:
        """A place on the ring; 0 degrees is the top, and it goes round clockwise."""
        turn, away = radians(angle), self.sizes.ring
        return round(CENTRE_X + away * sin(turn), 1), round(CENTRE_Y - away * cos(turn), 1)

    def _arc(self, start: float, end: float) -> str:
        (x1, y1), (x2, y2) = self._at(start), self._at(end)
        return f"M{x1} {y1}A{self.sizes.ring:g} {self.sizes.ring:g} 0 0 1 {x2} {y2}"

    def _head(self, angle: float) -> str:
        """Two barbs that meet in the arrow's tip."""
        tip = self._at(angle)
        # The way there, seen from the tip: back along the ring, turned a little because an arc bends.
        back = angle - 90 - BARB_TURN / 2
        left, right = (_barb(tip, back + side) for side in (-BARB_ANGLE, BARB_ANGLE))
        return f"M{left[0]} {left[1]}L{tip[0]} {tip[1]} {right[0]} {right[1]}"


def _barb(tip: tuple[float, float], angle: float) -> tuple[float, float]:
    turn = radians(angle)
    return round(tip[0] + BARB * sin(turn), 1), round(tip[1] - BARB * cos(turn), 1)
