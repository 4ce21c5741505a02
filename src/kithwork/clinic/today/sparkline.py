"""A client's PHQ-9 totals as a line the height of a word: where it began, where it is, and no line over a gap."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kithwork.clinic.today.facts import Score

WIDTH, HEIGHT, MARGIN = 96, 28, 4
HIGHEST = 27  # of PHQ-9
MOST_POINTS = 16


class Point(NamedTuple):
    """One total on the line; ``at`` is its place as a path says it."""

    x: float
    y: float
    total: int
    at: str


@dataclass(frozen=True)
class Sparkline:
    """The runs between gaps, the last point, and the same in words."""

    runs: tuple[tuple[Point, ...], ...]
    words: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def paths(self) -> list[str]:
        """Each run of two and more as a path."""
        return ["M" + " L".join(point.at for point in run) for run in self.runs if len(run) > 1]

    @property
    def alone(self) -> list[Point]:
        """Points with a gap on both sides."""
        return [run[0] for run in self.runs if len(run) == 1]

    @property
    def last(self) -> Point:
        return self.runs[-1][-1]

    @property
    def drawn(self) -> SafeString:
        """The line as a picture the height of a word, with the last total beside it."""
        paths = format_html_join(
            "", '<path class="today-spark__line" d="{}"/>', ((path,) for path in self.paths)
        )
        dots = format_html_join(
            "", '<circle class="today-spark__dot" cx="{}" cy="{}" r="{}"/>',
            [(point.x, point.y, 2) for point in self.alone] + [(self.last.x, self.last.y, 3)],
        )  # fmt: skip
        return format_html(
            '<span class="today-spark"><svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
            'aria-label="{said}"><path class="today-spark__ground" d="M0 {h}H{w}"/>{paths}{dots}</svg>'
            '<span class="today-spark__now" aria-hidden="true">{now}</span></span>',
            w=self.width, h=self.height, said=_("PHQ-9, oldest first: %(words)s") % {"words": self.words},
            paths=paths, dots=dots, now=self.last.total,
        )  # fmt: skip


def sparkline(scores: list[Score]) -> Sparkline | None:
    """Draw the newest totals, oldest on the left. A form without a total is a gap, never a zero."""
    shown = scores[-MOST_POINTS:]
    if not any(score.total is not None for score in shown):
        return None
    step = (WIDTH - 2 * MARGIN) / max(1, len(shown) - 1)
    runs: list[list[Point]] = [[]]
    for place, score in enumerate(shown):
        if score.total is None:
            runs.append([])
        else:
            runs[-1].append(_point(place, step, score.total))
    said = ", ".join("not complete" if score.total is None else str(score.total) for score in shown)
    return Sparkline(tuple(tuple(run) for run in runs if run), said)


@lru_cache(maxsize=MOST_POINTS * MOST_POINTS * HIGHEST)
def _point(place: int, step: float, total: int) -> Point:
    x = round(MARGIN + place * step, 1)
    y = round(HEIGHT - MARGIN - total * (HEIGHT - 2 * MARGIN) / HIGHEST, 1)
    return Point(x, y, total, f"{x:g} {y:g}")
