"""The session arc: an agreed number of sessions, always in sight.

The dots are grouped as the protocol groups its phases, so that the three parts of a course can be
seen at a glance. The geometry is worked out here, so that the page needs no script and no style
attribute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 320, 58
LEFT, RIGHT = 10, 310
TOP, SAG = 13, 36
LARGEST_DOT, SMALLEST_DOT, GAP = 4.4, 1.6, 0.8
OPEN_ENDED_AHEAD = 5
REMEMBERED = 512  # arcs: of numbers alone, so that many a course has the same


@dataclass(frozen=True)
class Dot:
    """One session on the curve."""

    x: float
    y: float
    r: float
    state: str


@dataclass(frozen=True)
class Phase:
    """One part of the course, named below the curve."""

    name: str
    current: bool


@dataclass(frozen=True)
class Arc:
    """Where a course stands: ``current`` of ``total`` sessions, ``done`` of them held.

    ``current`` is None when every session is over; ``total`` is None for a course without an agreed
    end. ``groups`` are the sizes of the phases; when they do not add up to ``total`` the dots stand
    in one row. ``label`` replaces "Session 5 of 16", ``when`` says when the next session is.
    """

    current: int | None
    total: int | None
    groups: Sequence[int] = ()
    done: int = 0
    label: str = ""
    when: str = ""

    @property
    def words(self) -> str:
        """Say in words what the picture shows."""
        if self.label:
            return self.label
        if self.current is None:
            return _("%(done)s sessions held") % {"done": self.done}
        if self.total is None:
            return _("Session %(current)s") % {"current": self.current}
        return _("Session %(current)s of %(total)s") % {"current": self.current, "total": self.total}

    @property
    def dots(self) -> tuple[Dot, ...]:
        """Place one dot for each session, left to right along the curve."""
        places = list(self._places())
        span = places[-1]
        if not span:
            return (self._dot(1, 0.5, LARGEST_DOT),)
        radius = max(min(LARGEST_DOT, (RIGHT - LEFT) / span * 0.3), SMALLEST_DOT)
        return tuple(self._dot(number, place / span, radius) for number, place in enumerate(places, start=1))

    @property
    def marks(self) -> SafeString:
        """The dots as SVG. Not written in a template: they stand on every page of a course."""
        return _marks(Arc(self.current, self.total, tuple(self.groups), self.done))

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Name the parts below the curve; the one that holds the current session is marked."""
        if self.total == 1:
            return ()
        if self.total is None:
            return (Phase(_("Beginning"), current=False),)
        sizes = self._sizes()
        here = self._group_of(self.current, sizes)
        last = len(sizes) - 1
        named = [Phase(_("Beginning"), current=last > 0 and here == 0)]
        if last > 1:
            named.append(Phase(_("Middle"), current=here is not None and 0 < here < last))
        return (*named, Phase(_("Ending"), current=last > 0 and here == last))

    def _shown(self) -> int:
        if self.total is not None:
            return max(self.total, 1)
        return max(self.current or 0, self.done) + OPEN_ENDED_AHEAD

    def _sizes(self) -> tuple[int, ...]:
        fits = self.total is not None and sum(self.groups) == self.total
        return tuple(size for size in self.groups if size > 0) if fits else (self._shown(),)

    def _places(self) -> Iterator[float]:
        place = 0.0
        for size in self._sizes() or (1,):
            for _number in range(size):
                yield place
                place += 1
            place += GAP

    def _dot(self, number: int, along: float, radius: float) -> Dot:
        state = self._state(number)
        x = LEFT + (RIGHT - LEFT) * along
        y = TOP + SAG * (2 * along - 1) ** 2
        return Dot(round(x, 1), round(y, 1), round(radius * 1.9 if state == "current" else radius, 1), state)

    def _state(self, number: int) -> str:
        if number == self.current:
            return "current"
        if number <= self.done:
            return "done"
        return "open" if self.total is None else "to-come"

    @staticmethod
    def _group_of(number: int | None, sizes: Sequence[int]) -> int | None:
        end = 0
        for index, size in enumerate(sizes):
            end += size
            if number is not None and number <= end:
                return index
        return None


@lru_cache(maxsize=REMEMBERED)
def _marks(arc: Arc) -> SafeString:
    return SafeString(
        "".join(
            f'<circle class="kw-arc__dot kw-arc__dot--{dot.state}" cx="{dot.x}" cy="{dot.y}" r="{dot.r}"/>'
            for dot in arc.dots
        )
    )


def arc_drawn(arc: Arc, compact: bool = False) -> SafeString:
    """The curve with its words; ``compact`` puts its label between the phase names, for a page header."""
    words, when = escape(arc.words), escape(arc.when)
    if compact:
        head, label = "", f'<strong class="kw-arc__label">{words}{f", {when}" if when else ""}</strong>'
    else:
        told = f' <span class="kw-arc__when">{when}</span>' if when else ""
        head, label = f'<p class="kw-arc__head"><strong class="kw-arc__label">{words}</strong>{told}</p>', ""
    return SafeString(
        f'<div class="kw-arc{" kw-arc--compact" if compact else ""}">{head}'
        f'<svg class="kw-arc__curve" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">{arc.marks}'
        f'</svg><p class="kw-arc__phases">{label} {" ".join(map(_phase, arc.phases))}</p></div>'
    )


def _phase(phase: Phase) -> str:
    if not phase.current:
        return f'<span class="kw-arc__phase">{escape(phase.name)}</span>'
    now = f'<span class="kw-visually-hidden">{escape(_("now:"))} </span>'
    return f'<span class="kw-arc__phase kw-arc__phase--current">{now}{escape(phase.name)}</span>'
