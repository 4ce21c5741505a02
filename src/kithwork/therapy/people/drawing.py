"""Where everybody stands on the circles: plain geometry, worked out only from the people it is given.

Units are those of the picture (400 × 400), degrees run clockwise from the top. The same people give the same
picture, so nobody who is kept from a reader can be felt in it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

SIZE = 400
CENTRE = SIZE / 2
OUTER = 190.0
BASE = (85.0, 128.0, 164.0, OUTER)  # the rings' outer edges while nobody crowds them
ME = 17.0
DISC = 19.0
GHOST = 11.0
GAP = 3.0  # between two discs
LETTER = 8.0  # a letter of a name is about as wide
NAME_HEIGHT = 15.0
LONGEST_NAME = 14
BOTTOM = 180
KEPT_FREE = 14  # degrees either side of the bottom, for the rings' names
# The area in which a disc with its name is comfortable, ring by ring.
NEEDS = (3900.0, 3400.0, 2900.0, 2700.0)
THINNEST = 18.0  # a ring never gets thinner: its name has to fit
OVERLAP = 40.0  # how much worse an overlap is than a person standing a degree further round

Side = Literal["below", "above", "right", "left", "nowhere"]
A_CROWD, CROWD_AIR = 20, 1.5  # from so many people on, names need a little more air above and below
REMEMBERED = 256  # pictures: the same people stand where they stood until somebody is moved
NAMES_MAY_SHARE, NAME_MAY_TOUCH_DISC = 1.0, 4.0  # areas too small for an eye


@dataclass(frozen=True)
class Figure:
    """Somebody to be drawn, without any words. ``angle`` is where they were put; None lets the picture choose."""

    id: str
    letters: int  # of the name, as it is written under the disc
    ring: int
    angle: int | None = None
    was: tuple[int, int | None] | None = None  # ring and angle before
    wide: bool = False  # a group: discs stand behind its disc
    note_letters: int = 0


@dataclass(frozen=True)
class Spot:
    """Where somebody is drawn, and on which side of the disc the name stands.

    "nowhere": the picture has no room left for the name, so it stands in a list beside it.
    """

    id: str
    x: float
    y: float
    ring: int
    angle: int
    side: Side


@dataclass(frozen=True)
class Before:
    """Where somebody was drawn before."""

    id: str
    x: float
    y: float
    ring: int


@dataclass(frozen=True)
class Layout:
    """The whole picture: the rings' radii, innermost first, everybody's spot, and where some were before."""

    radii: tuple[float, ...]
    disc: float
    spots: tuple[Spot, ...]
    before: tuple[Before, ...]


@dataclass(frozen=True)
class Box:
    """An area that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """The area that two boxes share."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    @property
    def outside(self) -> float:
        """How much of it lies outside the picture."""
        over = max(0.0, 1 - self.left) + max(0.0, self.right - SIZE + 1)
        return over * 20 + (max(0.0, 1 - self.top) + max(0.0, self.bottom - SIZE + 1)) * 20


@dataclass(frozen=True)
class _Taken:
    """What stands on the picture so far: discs with their radii, and boxes of names."""

    discs: list[tuple[float, float, float]]
    boxes: list[Box]


def shorten(name: str) -> str:
    """A name as it fits under a disc; the whole name is read out and stands in the list."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def point(radius: float, angle: float) -> tuple[float, float]:
    """A place on the picture, in picture units, from its distance to the middle and its direction."""
    turn = math.radians(angle)
    return round(CENTRE + radius * math.sin(turn), 1), round(CENTRE - radius * math.cos(turn), 1)


def radii_for(counts: Mapping[int, int]) -> tuple[float, ...]:
    """The rings' outer edges, innermost first: a crowded ring grows, the others give way."""
    base = [_area(outer, inner) for outer, inner in zip(BASE, (0.0, *BASE[:-1]), strict=True)]
    needs = [counts.get(ring, 0) * NEEDS[ring - 1] for ring in range(1, 5)]
    areas = _shared_out(base, needs)
    edges, inner = [], 0.0
    for ring, area in enumerate(areas):
        rest = (len(areas) - 1 - ring) * THINNEST
        edge = min(max(math.sqrt(inner**2 + area / math.pi), inner + THINNEST), OUTER - rest)
        edges.append(round(edge, 1))
        inner = edge
    return (*edges[:-1], OUTER)


def _area(outer: float, inner: float) -> float:
    return math.pi * (outer**2 - inner**2)


def _shared_out(base: Sequence[float], needs: Sequence[float]) -> list[float]:
    """Give every ring its usual area or what it needs, and scale the uncrowded ones down to make room."""
    total = sum(base)
    crowded = [need > usual for need, usual in zip(needs, base, strict=True)]
    taken = sum(need for need, is_crowded in zip(needs, crowded, strict=True) if is_crowded)
    left = sum(usual for usual, is_crowded in zip(base, crowded, strict=True) if not is_crowded)
    scale = max(0.12, (total - taken) / left) if left else 1.0
    shares = [need if full else usual * scale for need, usual, full in zip(needs, base, crowded, strict=True)]
    return [share * total / sum(shares) for share in shares]


def arrange(figures: Iterable[Figure]) -> Layout:
    """Find a place for everybody: as near as possible to where they were put, no disc and no name covered."""
    everybody = list(figures)
    layout = _arranged(tuple(replace(one, id=str(place)) for place, one in enumerate(everybody)))
    return replace(
        layout,
        spots=tuple(replace(spot, id=one.id) for spot, one in zip(layout.spots, everybody, strict=True)),
        before=tuple(replace(one, id=everybody[int(one.id)].id) for one in layout.before),
    )


@lru_cache(maxsize=REMEMBERED)
def _arranged(everybody: tuple[Figure, ...]) -> Layout:
    """The same for people without their ids: what is remembered here is a picture of nobody."""
    counts = {ring: sum(figure.ring == ring for figure in everybody) for ring in range(1, 5)}
    radii = radii_for(counts)
    disc = _disc(max(counts.values(), default=0), len(everybody))
    taken = _Taken([(CENTRE, CENTRE, ME)], [_ring_name(ring, radii) for ring in range(1, 5)])
    spots: dict[str, Spot] = {}
    # Those who were put somewhere come first: whoever may stand anywhere makes way.
    for figure in sorted(everybody, key=lambda one: one.angle is None):
        wished = figure.angle if figure.angle is not None else _roomiest(figure.ring, spots.values())
        spot = _best(replace(figure, angle=wished), radii, disc, taken)
        spots[figure.id] = spot
        taken.discs.append((spot.x, spot.y, disc))
        taken.boxes.append(_name_box(figure, spot, disc))
    spots = _readable(everybody, spots, disc)
    before = [_before(figure, spots[figure.id], radii, taken) for figure in everybody if figure.was]
    return Layout(radii, disc, tuple(spots[figure.id] for figure in everybody), tuple(before))


def _readable(figures: Sequence[Figure], spots: Mapping[str, Spot], disc: float) -> dict[str, Spot]:
    """Leave out a name that would lie on another name or disc, those of later comers first."""
    left = dict(spots)
    air = CROWD_AIR if len(figures) > A_CROWD else 0.0
    boxes = {figure.id: _with_air(_name_box(figure, spots[figure.id], disc), air) for figure in figures}
    discs = {one.id: _square(one.x, one.y, disc) for one in spots.values()}
    for one in reversed([figure.id for figure in figures]):
        on_names = any(
            boxes[one].overlap(box) > NAMES_MAY_SHARE for other, box in boxes.items() if other != one
        )
        on_discs = any(
            boxes[one].overlap(box) > NAME_MAY_TOUCH_DISC for other, box in discs.items() if other != one
        )
        if on_names or on_discs or boxes[one].outside:
            left[one] = replace(spots[one], side="nowhere")
            boxes[one] = Box(0, 0, 0, 0)
    return left


def _with_air(box: Box, air: float) -> Box:
    return replace(box, top=box.top - air, bottom=box.bottom + air)


def _disc(most: int, altogether: int) -> float:
    """How large the discs are: a crowd makes them a little smaller."""
    if most <= 7 and altogether <= 14:
        return DISC
    return DISC - 3 if altogether <= 20 else DISC - 5


def band(ring: int, radii: Sequence[float]) -> tuple[float, float]:
    """A ring's inner and outer edge."""
    return (radii[ring - 2] if ring > 1 else 0.0), radii[ring - 1]


def middle(ring: int, radii: Sequence[float]) -> float:
    """How far from the middle people of a ring stand when there is room."""
    inner, outer = band(ring, radii)
    return round(outer * 0.62 if ring == 1 else (inner + outer) / 2, 1)


def _ring_name(ring: int, radii: Sequence[float]) -> Box:
    half = (26, 18, 42, 26)[ring - 1]
    bottom = CENTRE + radii[ring - 1]
    return Box(CENTRE - half, bottom - 17, CENTRE + half, bottom - 3)


def _roomiest(ring: int, spots: Iterable[Spot]) -> int:
    """The middle of the widest free arc of a ring, seen from the bottom, which stays free."""
    start = (315, 70, 20, 290)[ring - 1]
    angles = sorted(spot.angle for spot in spots if spot.ring == ring)
    if not angles:
        return start
    stops = sorted([*angles, BOTTOM])
    ends = zip(stops, [*stops[1:], stops[0]], strict=True)
    gaps = [((after - before) % 360 or 360, before) for before, after in ends]
    widest, begins = max(gaps, key=lambda gap: (gap[0], -gap[1]))
    return round(begins + widest / 2) % 360


@cache
def _tries() -> tuple[tuple[float, int, float, Side], ...]:
    """Every way to stand, the nearest first: what it costs, degrees away, share of the band, side of the name."""
    sides: tuple[tuple[Side, float], ...] = (("below", 0), ("above", 3), ("right", 8), ("left", 8))
    tries = [
        (abs(turn) * 0.6 + abs(share - 0.5) * 14 + extra, turn, share, side)
        for turn in range(-175, 181, 5)
        for share in (0.5, 0.3, 0.7, 0.12, 0.88)
        for side, extra in sides
    ]
    return tuple(sorted(tries, key=lambda one: (one[0], one[1] < 0, abs(one[1]), one[2], one[3])))


def _best(figure: Figure, radii: Sequence[float], disc: float, taken: _Taken) -> Spot:
    """The cheapest way to stand; the first that covers nothing ends the search."""
    best, least = None, math.inf
    wished = figure.angle or 0
    for cost, turn, share, side in _tries():
        if cost >= least:
            break
        angle = (wished + turn) % 360
        if abs(angle - BOTTOM) < KEPT_FREE:
            continue
        x, y = point(_radius(figure.ring, radii, share, disc), angle)
        spot = Spot(figure.id, x, y, figure.ring, angle, side)
        price = cost + _crowding(figure, spot, disc, taken, least - cost)
        if price < least:
            best, least = spot, price
    assert best is not None
    return best


def _radius(ring: int, radii: Sequence[float], share: float, disc: float) -> float:
    """A distance inside a ring: half way is its middle, the ends keep the disc's centre well inside."""
    inner, outer = band(ring, radii)
    usual = middle(ring, radii)
    least = max(inner + 5, ME + disc + GAP) if ring == 1 else inner + 5
    most = outer - min(disc, (outer - inner) / 2)
    if share <= 0.5:
        return min(usual, least + (usual - least) * share * 2)
    return max(usual, usual + (most - usual) * (share - 0.5) * 2)


def _crowding(figure: Figure, spot: Spot, disc: float, taken: _Taken, bearable: float) -> float:
    """What a spot covers, as a price; not worked out to the end once it is more than bearable."""
    reach = disc + GAP
    near = [reach + radius - math.hypot(spot.x - x, spot.y - y) for x, y, radius in taken.discs]
    price = sum(close for close in near if close > 0) * OVERLAP
    if price > bearable:
        return price
    name, own = _name_box(figure, spot, disc), _square(spot.x, spot.y, disc)
    price += name.outside + _line_through(name, spot)
    price += sum(name.overlap(_square(x, y, radius)) for x, y, radius in taken.discs) * OVERLAP / 10
    for box in taken.boxes:
        price += (box.overlap(name) + box.overlap(own)) * OVERLAP / 10
    return price


def _line_through(name: Box, spot: Spot) -> float:
    """A name that stands on the line to "me" is a little harder to read."""
    toward_x, toward_y = CENTRE - spot.x, CENTRE - spot.y
    for step in (0.15, 0.3, 0.45):
        x, y = spot.x + toward_x * step, spot.y + toward_y * step
        if name.left < x < name.right and name.top < y < name.bottom:
            return 2.0
    return 0.0


def _square(x: float, y: float, radius: float) -> Box:
    # A disc's corners are empty: a name may reach a little into the square around it.
    reach = radius * 0.88
    return Box(x - reach, y - reach, x + reach, y + reach)


def _name_box(figure: Figure, spot: Spot, disc: float) -> Box:
    half = max(figure.letters * LETTER, figure.note_letters * LETTER * 0.55) / 2 + 2
    if spot.side == "below":
        return Box(spot.x - half, spot.y + disc + 1, spot.x + half, spot.y + disc + 2 + NAME_HEIGHT)
    if spot.side == "above":
        return Box(spot.x - half, spot.y - disc - 2 - NAME_HEIGHT, spot.x + half, spot.y - disc - 1)
    start = disc + (8 if figure.wide and spot.side == "right" else 3)
    if spot.side == "right":
        return Box(spot.x + start, spot.y - 8, spot.x + start + half * 2, spot.y + 8)
    return Box(spot.x - start - half * 2, spot.y - 8, spot.x - start, spot.y + 8)


def _before(figure: Figure, spot: Spot, radii: Sequence[float], taken: _Taken) -> Before:
    """Where somebody was: as near to the old place as the others leave room."""
    assert figure.was is not None
    ring, angle = figure.was
    wished = angle if angle is not None else spot.angle
    places = [(wished + turn, *point(middle(ring, radii), wished + turn)) for turn in range(-40, 41, 8)]
    _, x, y = min(places, key=lambda at: abs(at[0] - wished) * 0.2 + _ghost_crowding(at[1], at[2], taken))
    return Before(figure.id, x, y, ring)


def _ghost_crowding(x: float, y: float, taken: _Taken) -> float:
    ghost = _square(x, y, GHOST)
    close = sum(max(0.0, GHOST + radius + 4 - math.hypot(x - dx, y - dy)) for dx, dy, radius in taken.discs)
    return close * 4 + sum(ghost.overlap(box) for box in taken.boxes)
