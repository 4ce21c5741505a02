"""How the ring of "How it goes round" is drawn: four discs, arrows between them, and a gap where it could stop."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import cos, radians, sin
from textwrap import wrap

from kithwork.ipt.cycle_steps import CENTRE, Station, stations
from kithwork.therapy.story.queries import ShownStep

WIDTH, HEIGHT = 390, 432
CENTRE_X, CENTRE_Y, ROUND, DISC = 195.0, 222.0, 108.0, 51.0
ARROW = (31.5, 57.0)  # degrees after a disc's middle, along the ring
GAP = (35.5, 46.5)
BARB, BARB_ANGLE, BARB_TURN = 17.0, 37.0, 14.0
LINE, IDEA_LINE, IDEA_CHARS, IDEA_LINES, LONGEST_LINE = 18.0, 17.0, 14, 4, 11
IDEA_AT = ((290, 84, "start"), (290, 316, "start"), (100, 316, "end"), (100, 84, "end"))


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
    chosen: Station
    number: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def question(self) -> tuple[TextLine, ...]:
        """What stands in the middle."""
        return _centred(CENTRE_X, CENTRE_Y, balanced(CENTRE))


def draw(steps: Sequence[ShownStep], chosen: Station, url: Callable[[str], str]) -> Ring:
    """Draw the ring with one station chosen; ``url`` says where a station leads."""
    discs = tuple(_disc(place, step.station, step.station == chosen, url) for place, step in enumerate(steps))
    arrows = tuple(_arrow(place, step, step.station == chosen) for place, step in enumerate(steps))
    number = next(disc.number for disc in discs if disc.chosen)
    return Ring(discs, arrows, chosen, number)


def plain(chosen: Station, url: Callable[[str], str]) -> Ring:
    """The ring as it is told to everybody."""
    return draw([ShownStep(station) for station in stations], chosen, url)


def _disc(place: int, station: Station, chosen: bool, url: Callable[[str], str]) -> Disc:
    x, y = _at(90 * place)
    placed = _centred(x, y, balanced(station.label))
    below = tuple(
        TextLine(x, y + DISC + 22 + LINE * n, line) for n, line in enumerate(wrap(station.below, 24))
    )
    return Disc(station, place + 1, url(station.key), chosen, x, y, placed, below)


def _centred(x: float, y: float, lines: Sequence[str]) -> tuple[TextLine, ...]:
    top = y + 5.5 - LINE * (len(lines) - 1) / 2
    return tuple(TextLine(x, round(top + LINE * n, 1), line) for n, line in enumerate(lines))


def balanced(label: str) -> tuple[str, ...]:
    """Break a label into at least two lines, as few and as even as will fit on a disc."""
    words = label.split()
    for count in range(min(2, len(words)), len(words) + 1):
        best = min(_breaks(words, count), key=_unevenness)
        if max(map(len, best)) <= LONGEST_LINE:
            return best
    return tuple(words)


def _unevenness(lines: Sequence[str]) -> tuple[int, int]:
    lengths = [len(line) for line in lines]
    return max(lengths), sum(length**2 for length in lengths)


def _breaks(words: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    for cuts in combinations(range(1, len(words)), count - 1):
        edges = (0, *cuts, len(words))
        yield tuple(" ".join(words[a:b]) for a, b in pairwise(edges))


def _arrow(place: int, step: ShownStep, is_next: bool) -> Arrow:
    start, end = (90 * place + angle for angle in ARROW)
    if not step.is_gap:
        return Arrow(f"{_arc(start, end)}{_head(end)}", is_next, (), (), "start")
    near, far = (90 * place + angle for angle in GAP)
    x, y, anchor = IDEA_AT[place]
    idea = wrap(step.idea, IDEA_CHARS, max_lines=IDEA_LINES, placeholder=" …") if step.idea else []
    lines = tuple(TextLine(x, y + IDEA_LINE * n, line) for n, line in enumerate(idea))
    return Arrow(
        f"{_arc(start, near)}{_arc(far, end)}{_head(end)}", is_next, (_at(near), _at(far)), lines, anchor
    )


def _at(angle: float, away: float = ROUND) -> tuple[float, float]:
    """A place on the ring; 0 degrees is the top, and it goes round clockwise."""
    turn = radians(angle)
    return round(CENTRE_X + away * sin(turn), 1), round(CENTRE_Y - away * cos(turn), 1)


def _arc(start: float, end: float) -> str:
    (x1, y1), (x2, y2) = _at(start), _at(end)
    return f"M{x1} {y1}A{ROUND:g} {ROUND:g} 0 0 1 {x2} {y2}"


def _head(angle: float) -> str:
    """Two barbs that meet in the arrow's tip."""
    tip = _at(angle)
    # The way there, seen from the tip: back along the ring, turned a little because an arc bends.
    back = angle - 90 - BARB_TURN / 2
    left, right = (_barb(tip, back + side) for side in (-BARB_ANGLE, BARB_ANGLE))
    return f"M{left[0]} {left[1]}L{tip[0]} {tip[1]} {right[0]} {right[1]}"


def _barb(tip: tuple[float, float], angle: float) -> tuple[float, float]:
    turn = radians(angle)
    return round(tip[0] + BARB * sin(turn), 1), round(tip[1] - BARB * cos(turn), 1)
