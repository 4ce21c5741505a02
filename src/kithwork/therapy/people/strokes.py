"""The pen strokes of the circles: lines that say how it is between two people, and where somebody came from."""

import math
from collections.abc import Callable

from kithwork.therapy.people.drawing import CENTRE

Point = tuple[float, float]

WAVE, SWING = 9.0, 8.0  # half a wave's length, and how far its curve reaches
TOOTH, BITE = 6.5, 5.0
HEAD = 7.0


def line(kind: str, start: Point, end: Point) -> str:
    """The path of a line: straight, wavy, zigzag; a dotted one is straight and dotted by its class."""
    draw = {"up_and_down": _wave, "tense": _zigzag}.get(kind, _straight)
    return draw(start, end)


def _straight(start: Point, end: Point) -> str:
    return f"M{_at(start)}L{_at(end)}"


def _wave(start: Point, end: Point) -> str:
    along, count = _walk(start, end, WAVE)
    curves = [
        f"Q{_at(along(n + 0.5, SWING if n % 2 else -SWING))} {_at(along(n + 1, 0))}" for n in range(count)
    ]
    return f"M{_at(start)}{''.join(curves)}"


def _zigzag(start: Point, end: Point) -> str:
    along, count = _walk(start, end, TOOTH)
    teeth = [_at(along(n, BITE if n % 2 else -BITE)) for n in range(1, count)]
    return f"M{_at(start)}L{' '.join([*teeth, _at(end)])}"


def _walk(start: Point, end: Point, step: float) -> tuple[Callable[[float, float], Point], int]:
    """A way to say "after n steps, so far to the side", and how many steps there are."""
    length = math.dist(start, end)
    count = max(1, round(length / step))
    ahead = ((end[0] - start[0]) / count, (end[1] - start[1]) / count)
    aside = (-(end[1] - start[1]) / (length or 1), (end[0] - start[0]) / (length or 1))

    def along(steps: float, off: float) -> Point:
        return start[0] + ahead[0] * steps + aside[0] * off, start[1] + ahead[1] * steps + aside[1] * off

    return along, count


def arrow(start: Point, end: Point, *, leaves: float, stops: float) -> tuple[str, str]:
    """The shaft and the head of an arrow between two discs; both empty when they stand too close for one."""
    length = math.dist(start, end)
    if length < leaves + stops + HEAD:
        return "", ""
    ahead = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    tail = (start[0] + ahead[0] * leaves, start[1] + ahead[1] * leaves)
    tip = (end[0] - ahead[0] * stops, end[1] - ahead[1] * stops)
    barbs = [_turned(ahead, turn) for turn in (150, -150)]
    ends = [_at((tip[0] + x * HEAD, tip[1] + y * HEAD)) for x, y in barbs]
    return _straight(tail, tip), f"M{ends[0]}L{_at(tip)} {ends[1]}"


def _turned(way: Point, degrees: float) -> Point:
    turn = math.radians(degrees)
    sine, cosine = math.sin(turn), math.cos(turn)
    return way[0] * cosine - way[1] * sine, way[0] * sine + way[1] * cosine


def ring_name_path(radius: float) -> str:
    """The curve at the bottom of a ring on which its name is written, left to right."""
    reach = min(60.0, radius * 0.9)
    drop = math.sqrt(radius**2 - reach**2)
    left, right = (CENTRE - reach, CENTRE + drop), (CENTRE + reach, CENTRE + drop)
    return f"M{_at(left)}A{radius:.1f} {radius:.1f} 0 0 0 {_at(right)}"


def _at(place: Point) -> str:
    return f"{place[0]:.1f} {place[1]:.1f}"
