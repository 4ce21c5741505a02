"""The diary's panel: the single days behind, the slow level with its band before them; and the circles' row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import isnan

from django.utils.translation import gettext as _

from kithwork.change import slow_level
from kithwork.therapy.together.sheet import Axis, Box, Layout, Text

PER_MOOD, LEVEL_HEIGHT, LOWEST, HIGHEST = 17.0, 68.0, 1, 5
Days = tuple[tuple[date, int], ...]


@dataclass(frozen=True)
class Levels:
    """The days on which mood was said, and the level on each day that has one: its value, from, to."""

    moods: Days
    on_days: tuple[tuple[date, float, float, float], ...]

    @property
    def newest(self) -> tuple[date, float, float, float] | None:
        return self.on_days[-1] if self.on_days else None


@dataclass(frozen=True)
class LevelPanel:
    """The diary's part of the drawing."""

    name: Text
    labels: tuple[Text, ...]
    frame: Box
    days: tuple[tuple[float, float], ...]
    bands: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class CirclesRow:
    """A mark for each day on which somebody was placed; it leads to the circles of that day."""

    name: Text
    y: float
    x1: float
    x2: float
    marks: tuple[tuple[float, date], ...]


def levels(moods: Days) -> Levels:
    """The slow level from the first entry to the last. Days without an entry are missing, never low."""
    if not moods:
        return Levels((), ())
    start, count = moods[0][0], (moods[-1][0] - moods[0][0]).days + 1
    days = [(on - start).days for on, _mood in moods]
    level = slow_level(days, [mood for _on, mood in moods], at=range(count))
    rows = zip(range(count), level.value, level.low, level.high, strict=True)
    return Levels(
        moods,
        tuple(
            (start + timedelta(days=n), float(value), float(low), float(high))
            for n, value, low, high in rows
            if not isnan(value)
        ),
    )


def level_panel(found: Levels, axis: Axis, *, name: str, top: float) -> LevelPanel:
    """Draw it. The band ends at the ends of the scale, for no day can be beyond them."""

    def y(mood: float) -> float:
        return round(top + (HIGHEST - min(max(mood, LOWEST), HIGHEST)) * PER_MOOD, 1)

    left, right = axis.left - 10, axis.right + 14
    beside = ((HIGHEST, _("Very good")), (3, _("So-so")), (LOWEST, _("Very low")))
    shown = [row for row in found.on_days if axis.first <= row[0] <= axis.last]
    runs = [run for run in _unbroken(shown) if len(run) > 1]
    return LevelPanel(
        name=Text(0, round(top - 13, 1), name, "start"),
        labels=tuple(Text(axis.left - 18, y(mood) + 4, words, "end") for mood, words in beside),
        frame=Box(left, top, round(right - left, 1), LEVEL_HEIGHT),
        days=tuple((axis.x(on), y(mood)) for on, mood in found.moods if axis.first <= on <= axis.last),
        bands=tuple(_band([(axis.x(on), y(low), y(high)) for on, _v, low, high in run]) for run in runs),
        lines=tuple(_line((axis.x(on), y(value)) for on, value, _low, _high in run) for run in runs),
    )


def circles_row(days: tuple[date, ...], axis: Axis, layout: Layout, y: float) -> CirclesRow | None:
    """The row under everything, where there are circles to compare."""
    marks = tuple((axis.x(on), on) for on in days if axis.first <= on <= axis.last)
    if not marks:
        return None
    at = y + (30 if layout.names_above else 14)
    name = Text(0, at - 15, _("Circles"), "start")
    if not layout.names_above:
        name = Text(axis.left - 18, at + 4.5, _("Circles"), "end")
    return CirclesRow(name, at, axis.left - 10, axis.right + 14, marks)


def _unbroken(rows: Iterable[tuple[date, float, float, float]]) -> Iterator[list[tuple[date, float, float, float]]]:
    run: list[tuple[date, float, float, float]] = []
    for row in rows:
        if run and (row[0] - run[-1][0]).days > 1:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _line(points: Iterable[tuple[float, float]]) -> str:
    return "M" + " ".join(f"{x:g} {y:g}" for x, y in points)


def _band(edges: list[tuple[float, float, float]]) -> str:
    there = [(x, high) for x, _low, high in edges]
    back = [(x, low) for x, low, _high in reversed(edges)]
    return _line([*there, *back]) + "Z"
