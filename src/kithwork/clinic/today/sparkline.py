"""A client's PHQ-9 totals as a line the height of a word: where it began, where it is, and no line over a gap."""

from dataclasses import dataclass

from kithwork.clinic.today.facts import Score

WIDTH, HEIGHT, MARGIN = 96, 28, 4
HIGHEST = 27  # of PHQ-9
MOST_POINTS = 16


@dataclass(frozen=True)
class Point:
    """One total on the line."""

    x: float
    y: float
    total: int


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
        return [
            "M" + " L".join(f"{point.x:g} {point.y:g}" for point in run) for run in self.runs if len(run) > 1
        ]

    @property
    def alone(self) -> list[Point]:
        """Points with a gap on both sides."""
        return [run[0] for run in self.runs if len(run) == 1]

    @property
    def last(self) -> Point:
        return self.runs[-1][-1]

    @property
    def first(self) -> Point:
        return self.runs[0][0]


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


def _point(place: int, step: float, total: int) -> Point:
    y = HEIGHT - MARGIN - total * (HEIGHT - 2 * MARGIN) / HIGHEST
    return Point(round(MARGIN + place * step, 1), round(y, 1), total)
