"""Mood and relationships on one time axis: the geometry of the drawing, in plain Python.

Missing is absent: a check-in without a total leaves a gap in its line, a day without an entry has no mark, and two
points are needed for a line. Nothing here says that one thing led to another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithwork.foundation.ui.dates import say_date
from kithwork.therapy.together.level_panel import (
    LEVEL_HEIGHT,
    CirclesRow,
    LevelPanel,
    Levels,
    circles_row,
    level_panel,
)
from kithwork.therapy.together.sheet import LETTER, WIDE, Axis, Box, Layout, Text, shorten

Shape = Literal["lower", "better", "other"]  # how mood was around then

ROW, NAME_ROW, LABEL_GAP = 28.0, 20.0, 22.0
PER_POINT = 4.6  # the same for every questionnaire, so that a point is a point
MARK, TIDE, SMALLEST_TIDE, DOT_TIDE = 7.0, 6.5, 4.0, 2.4
TOP, BELOW_PANELS = 40.0, 18.0
REMEMBERED = 512  # parts of a drawing that have no words of anybody's: numbers and days alone, that nobody's name is on
LONG_GAP = timedelta(days=28)  # no line joins two totals further apart


@dataclass(frozen=True)
class Stretch:
    """A named part of a questionnaire's scale."""

    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Measure:
    """One questionnaire: its totals by day (None: not complete), and what stands beside its scale."""

    name: str
    highest: int
    totals: tuple[tuple[date, int | None], ...]
    stretches: tuple[Stretch, ...] = ()
    numbers: tuple[int, ...] = ()
    key: str = ""  # of the instrument
    sums: tuple[
        tuple[float, str, bool], ...
    ] = ()  # lines of arithmetic rules: where, the name, whether it is below


@dataclass(frozen=True)
class Happening:
    """Something that happened, on a day or somewhere between two."""

    title: str
    first: date
    last: date
    shape: Shape = "lower"


@dataclass(frozen=True)
class Lane:
    """What happened with one person, or with none."""

    name: str
    happenings: tuple[Happening, ...]


@dataclass(frozen=True)
class Picture:
    """Everything that goes on one axis, as one viewer may see it."""

    first: date
    today: date
    sessions: tuple[tuple[int, date], ...] = ()
    measures: tuple[Measure, ...] = ()
    moods: tuple[tuple[date, int], ...] = ()
    lanes: tuple[Lane, ...] = ()
    mood_lane: str = "Diary"
    level: Levels | None = None  # the days with their slow level take the place of the diary's lane
    circles: tuple[date, ...] = ()  # days on which somebody was placed


class Dot(NamedTuple):
    """One total, with its number where there is room for it."""

    x: float
    y: float
    value: Text | None


@dataclass(frozen=True)
class Panel:
    """One questionnaire's part of the drawing."""

    name: Text
    bands: tuple[Box, ...]
    labels: tuple[Text, ...]
    rules: tuple[Box, ...]
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    second: bool
    sums: tuple[tuple[Box, Text], ...] = ()


class Tide(NamedTuple):
    """One day's mood."""

    x: float
    y: float
    r: float
    mood: int

    @property
    def is_dot(self) -> bool:
        """Whether it is too small to be seen filling."""
        return self.r < SMALLEST_TIDE

    @property
    def box(self) -> Box:
        return Box(
            round(self.x - self.r, 1), round(self.y - self.r, 1), round(2 * self.r, 1), round(2 * self.r, 1)
        )


class Mark(NamedTuple):
    """One happening on its lane: a shape for a day, a capsule for a stretch of days. A better time is a disc."""

    x: float
    y: float
    shape: Shape
    label: Text
    span: Box | None = None

    @property
    def path(self) -> str:
        """The outline: a triangle for a time of lower mood, a diamond where that was not said."""
        x, y, r = self.x, self.y, MARK
        if self.shape == "lower":
            return f"M{x:g} {y - r:g} {x + r:g} {y + r - 1:g}H{x - r:g}Z"
        return f"M{x:g} {y - r:g} {x + r:g} {y:g} {x:g} {y + r:g} {x - r:g} {y:g}Z"


class LaneLine(NamedTuple):
    """One lane: its name, its line, and what stands on it."""

    name: Text
    y: float
    x1: float
    x2: float
    marks: tuple[Mark, ...] = ()
    tides: tuple[Tide, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """The whole, ready for a template."""

    width: float
    height: float
    bottom: float
    sessions: tuple[Text, ...]
    session_lines: tuple[float, ...]
    today: Text
    today_x: float
    panels: tuple[Panel, ...]
    lanes: tuple[LaneLine, ...]
    dates: tuple[Text, ...]
    level: LevelPanel | None = None
    circles: CirclesRow | None = None


def draw(picture: Picture, layout: Layout = WIDE) -> Drawing:
    """Draw a picture on a sheet: questionnaires above, the diary and the people below, one axis for all."""
    axis = _axis(picture, layout)
    y = TOP
    panels: list[Panel] = []
    for number, measure in enumerate(picture.measures):
        panels.append(_panel(measure, axis, top=y, second=number > 0))
        y += measure.highest * PER_POINT + LABEL_GAP + 10
    y += BELOW_PANELS if panels else 0
    level = None
    if picture.level:
        level = level_panel(picture.level, axis, layout, name=picture.mood_lane, top=y)
    lanes, y = _lanes(picture, axis, layout, y + LEVEL_HEIGHT + LABEL_GAP + 10 if level else y)
    circles = circles_row(picture.circles, axis, layout, y)
    y += ROW + (NAME_ROW if layout.names_above else 0) if circles else 0
    return Drawing(
        width=layout.width, height=round(y + 22, 1), bottom=round(y, 1),
        sessions=_session_names(picture, axis), session_lines=tuple(axis.x(on) for _, on in picture.sessions),
        today=_today(picture, axis, layout), today_x=axis.x(picture.today), panels=tuple(panels), lanes=lanes,
        dates=_dates(picture, axis, y + 16), level=level, circles=circles,
    )  # fmt: skip


def summary(picture: Picture) -> str:
    """The drawing in a sentence or two, for whoever does not see it."""
    parts = [_measure_in_words(measure) for measure in picture.measures]
    events = sum(len(lane.happenings) for lane in picture.lanes)
    parts += [_entries(len(picture.moods))] if picture.moods else []
    parts += [_happenings(events)] if events else []
    return "; ".join(parts) or _("Nothing to draw yet")


def too_early(picture: Picture) -> bool:
    """Whether no questionnaire has two totals yet, so that no line can be drawn."""
    return all(sum(total is not None for _, total in measure.totals) < 2 for measure in picture.measures)


def spaced(places: Sequence[float], gap: float) -> list[int]:
    """Which of some places, left to right, can carry words without touching: the last always, the first nearly."""
    kept: list[int] = []
    for index, place in enumerate(places):
        if not kept or place - places[kept[-1]] >= gap:
            kept.append(index)
    last = len(places) - 1
    if kept and kept[-1] != last:
        while kept and places[last] - places[kept[-1]] < gap:
            kept.pop()
        kept.append(last)
    return kept


def _entries(n: int) -> str:
    return ngettext("{n} diary entry", "{n} diary entries", n).format(n=n)


def _happenings(n: int) -> str:
    return ngettext("{n} thing that happened", "{n} things that happened", n).format(n=n)


def _measure_in_words(measure: Measure) -> str:
    given = [total for _, total in measure.totals if total is not None]
    if not given:
        return _("{name}: no total yet").format(name=measure.name)
    if len(given) == 1:
        return f"{measure.name}: {given[0]}"
    return _("{name} from {first} to {last} over {n} check-ins").format(
        name=measure.name, first=given[0], last=given[-1], n=len(given)
    )


def _axis(picture: Picture, layout: Layout) -> Axis:
    last = max([picture.today, picture.first + timedelta(days=7), *(on for _, on in picture.sessions)])
    beside = [stretch.name for measure in picture.measures for stretch in measure.stretches]
    beside += [str(number) for measure in picture.measures for number in measure.numbers]
    if not layout.names_above:
        beside += [lane.name for lane in picture.lanes] + [picture.mood_lane]
    gutter = max((len(shorten(name, 16)) for name in beside), default=0) * LETTER + 12
    # The first and the last day keep half a label's room, so that nothing is cut at the edges.
    return Axis(picture.first, last, round(gutter + 14, 1), layout.width - layout.margin - 18)


@lru_cache(maxsize=REMEMBERED)
def _panel(measure: Measure, axis: Axis, *, top: float, second: bool) -> Panel:
    def y(total: float) -> float:
        return round(top + (measure.highest - total) * PER_POINT, 1)

    given = [(axis.x(on), y(total), total) for on, total in measure.totals if total is not None]
    numbered = set(spaced([x for x, _, _ in given], 19))
    dots = tuple(
        Dot(x, at, Text(x, at - 11, str(total)) if index in numbered else None)
        for index, (x, at, total) in enumerate(given)
    )
    return Panel(
        name=Text(0, round(top - 9, 1), measure.name, "start"), bands=_bands(measure, axis, y(0), top),
        labels=_beside(measure, axis, y(0)), rules=_rules(measure, axis, y(0)),
        lines=tuple(_lines(measure, axis, y(0))), dots=dots, second=second,
        sums=tuple(_sum(name, axis, y(at), below=name_below) for at, name, name_below in measure.sums),
    )  # fmt: skip


def _bands(measure: Measure, axis: Axis, foot: float, top: float) -> tuple[Box, ...]:
    """Every second stretch is shaded; without named stretches, none is."""
    left, width = axis.left - 10, round(axis.right - axis.left + 24, 1)
    boxes = []
    for stretch in measure.stretches[1::2]:
        high = max(round(foot - (stretch.last + 0.5) * PER_POINT, 1), top)
        low = round(foot - (stretch.first - 0.5) * PER_POINT, 1)
        boxes.append(Box(left, high, width, round(low - high, 1)))
    return tuple(boxes)


def _rules(measure: Measure, axis: Axis, foot: float) -> tuple[Box, ...]:
    """A hairline at each number beside the scale."""
    left, width = axis.left - 10, round(axis.right - axis.left + 24, 1)
    return tuple(Box(left, round(foot - number * PER_POINT, 1), width, 0) for number in measure.numbers)


def _beside(measure: Measure, axis: Axis, foot: float) -> tuple[Text, ...]:
    x = axis.left - 18
    named = [(stretch.name, (stretch.first + stretch.last) / 2) for stretch in measure.stretches]
    named += [(str(number), float(number)) for number in measure.numbers]
    return tuple(Text(x, round(foot - at * PER_POINT + 4, 1), name, "end") for name, at in named)


def _sum(name: str, axis: Axis, y: float, *, below: bool) -> tuple[Box, Text]:
    """A rule's line with its name at the left: there the first total stands, which no such line comes near."""
    right = axis.right + 14
    rule = Box(axis.left - 10, y, round(right - axis.left + 10, 1), 0)
    return rule, Text(axis.left + 8, round(y + (13 if below else -4), 1), name, "start")


def _lines(measure: Measure, axis: Axis, foot: float) -> Iterable[str]:
    """The line, broken where a check-in has no total, and over a long gap."""
    run: list[str] = []
    before = axis.first
    for on, total in (*measure.totals, (axis.last, None)):
        if total is None or on - before > LONG_GAP:
            if len(run) > 1:
                yield "M" + " ".join(run)
            run = []
        if total is not None:
            run.append(f"{axis.x(on):g} {foot - total * PER_POINT:g}")
            before = on


def _lanes(picture: Picture, axis: Axis, layout: Layout, y: float) -> tuple[tuple[LaneLine, ...], float]:
    lines: list[LaneLine] = []
    if picture.moods and picture.level is None:
        y += NAME_ROW if layout.names_above else 0
        lines.append(_mood_lane(picture, axis, layout, y))
        y += ROW
    for lane in picture.lanes:
        y += NAME_ROW if layout.names_above else 0
        line, rows = _lane(lane, axis, layout, y)
        lines.append(line)
        y += ROW * rows
    return tuple(lines), y - ROW / 2 + 6


def _mood_lane(picture: Picture, axis: Axis, layout: Layout, y: float) -> LaneLine:
    """Circles that fill while each has room; on a long course small dots, higher for better days."""
    tides, name = _tides(picture.moods, axis, y), _lane_name(picture.mood_lane, axis, layout, y)
    return LaneLine(name, y, axis.left - 10, axis.right + 14, tides=tides)


@lru_cache(maxsize=REMEMBERED)
def _tides(moods: tuple[tuple[date, int], ...], axis: Axis, y: float) -> tuple[Tide, ...]:
    room = min(TIDE, round(axis.per_day * 0.75, 1))
    dots = room < SMALLEST_TIDE
    return tuple(
        Tide(axis.x(on), round(y - (mood - 3) * 4, 1) if dots else y, DOT_TIDE if dots else room, mood)
        for on, mood in moods
    )


def _lane(lane: Lane, axis: Axis, layout: Layout, y: float) -> tuple[LaneLine, int]:
    """One lane. Words stand after their mark, or before it; those that would touch others go to a row below."""
    shown = sorted(
        (one for one in lane.happenings if axis.holds(one.first, one.last)),
        key=lambda one: (one.first, one.title),
    )
    rows: list[list[Reach]] = []
    marks = []
    for number, happening in enumerate(shown):
        after = shown[number + 1] if number + 1 < len(shown) else None
        row, reach = _place(
            happening, rows, axis, layout, until=_ends(after, axis)[0] - MARK if after else layout.width
        )
        marks.append(_mark(happening, axis, layout, y=y + row * ROW, words_before=reach.words_before))
    line = LaneLine(
        _lane_name(lane.name, axis, layout, y), y, axis.left - 10, axis.right + 14, marks=tuple(marks)
    )
    return line, max(len(rows), 1)


class Reach(NamedTuple):
    """How far a mark and its words reach, left to right, and on which side of it the words stand."""

    start: float
    stop: float
    words_before: bool


def _place(
    happening: Happening, rows: list[list[Reach]], axis: Axis, layout: Layout, *, until: float
) -> tuple[int, Reach]:
    """The first row with room; in each, words after the mark are tried before words ahead of it."""
    ways = _ways(happening, axis, layout)
    for number, row in enumerate(rows):
        for way in ways:
            if way.start >= row[-1].stop + 6 and (way.words_before or way.stop <= until):
                row.append(way)
                return number, way
    fits = [way for way in ways if way.words_before or way.stop <= until] or ways
    rows.append([fits[0]])
    return len(rows) - 1, fits[0]


def _ways(happening: Happening, axis: Axis, layout: Layout) -> list[Reach]:
    first, last = _ends(happening, axis)
    words = len(shorten(happening.title, _longest(layout))) * LETTER + 12
    after, before = Reach(first - MARK, last + words, False), Reach(first - words, last + MARK, True)
    if after.stop > layout.width:
        return [before]
    return [after, before] if before.start >= axis.left else [after]


def _lane_name(name: str, axis: Axis, layout: Layout, y: float) -> Text:
    if layout.names_above:
        return Text(0, round(y - 15, 1), name, "start")
    return Text(axis.left - 18, round(y + 4.5, 1), shorten(name, 16), "end")


def _ends(happening: Happening, axis: Axis) -> tuple[float, float]:
    return axis.x(axis.clip(happening.first)), axis.x(axis.clip(happening.last))


def _mark(happening: Happening, axis: Axis, layout: Layout, *, y: float, words_before: bool) -> Mark:
    first, last = _ends(happening, axis)
    place, anchor = (first - 12, "end") if words_before else (last + 12, "start")
    label = Text(round(place, 1), y + 4.5, shorten(happening.title, _longest(layout)), anchor)
    if last - first < 2 * MARK:
        return Mark(round((first + last) / 2, 1), y, happening.shape, label)
    return Mark(first, y, happening.shape, label, span=Box(first, y - 6, round(last - first, 1), 12))


def _longest(layout: Layout) -> int:
    return 22 if layout.names_above else 30


def _session_names(picture: Picture, axis: Axis) -> tuple[Text, ...]:
    places = [(axis.x(on), n) for n, on in picture.sessions]
    kept = spaced([x for x, _ in places], 26)
    now = axis.x(picture.today)
    return tuple(Text(x, 14, f"S{n}") for x, n in (places[index] for index in kept) if abs(x - now) >= 32)


def _today(picture: Picture, axis: Axis, layout: Layout) -> Text:
    x = axis.x(picture.today)
    return Text(x, 14, _("Today"), "end" if x > layout.width - 20 else "middle")


def _dates(picture: Picture, axis: Axis, y: float) -> tuple[Text, ...]:
    days = sorted({on for _, on in picture.sessions} | {picture.first, picture.today})
    # A day that stands next to another one needs no date of its own.
    days = [day for day, after in pairwise([*days, axis.last + timedelta(days=30)]) if (after - day).days > 1]
    places = [axis.x(day) for day in days]
    return tuple(Text(places[n], round(y, 1), say_date(days[n], "j M")) for n in spaced(places, 52))
