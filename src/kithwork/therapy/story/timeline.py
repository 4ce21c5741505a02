"""How the timeline is drawn: mood above, what happened below, on one axis of time.

A course is weeks and a life is years. Where both stand on one axis it has two parts with a break between them,
and says so. Closer up it is one stretch: ten years, a year, or twelve weeks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from kithwork.foundation.ui.dates import say_date
from kithwork.ipt.timeline import Window, lanes
from kithwork.therapy.checkins.queries import ScorePoint
from kithwork.therapy.story.queries import ShownEvent

WIDTH, LEFT, RIGHT = 760, 112, 744
BREAK_AT, BREAK = 380, 18
BEFORE_COURSE, SHORT = timedelta(days=10), timedelta(days=120)
SCORES_TOP, SCORES_BOTTOM, MOST = 40, 150, 27
ROW, LANE_PAD, CHAR, MARK = 44, 8, 7.0, 8
LONGEST_LABEL, MOST_YEARS = 26, 6
TODAY_NEEDS, LABEL_NEEDS, LOWEST = 58, 22, 96.0


@dataclass(frozen=True)
class Stretch:
    """One part of the axis: these days stand on these places."""

    first: date
    last: date
    left: float
    right: float

    def place(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)


@dataclass(frozen=True)
class Axis:
    """The axis of time, in one stretch or in two."""

    stretches: tuple[Stretch, ...]

    def place(self, day: date) -> float:
        return round(next((s for s in self.stretches if day <= s.last), self.stretches[-1]).place(day), 1)

    @property
    def is_broken(self) -> bool:
        return len(self.stretches) > 1

    @property
    def told(self) -> str:
        """The stretches for the script that drags: first and last day, left and right, and so on."""
        return ";".join(f"{s.first},{s.last},{s.left},{s.right}" for s in self.stretches)


@dataclass(frozen=True)
class Tick:
    """A date below the axis."""

    x: float
    label: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Level:
    """One grey line behind the totals."""

    total: int
    y: float

    @property
    def text_y(self) -> float:
        return round(self.y + 4.5, 1)


@dataclass(frozen=True)
class Point:
    """One total of a check-in."""

    x: float
    y: float
    total: int
    has_label: bool = True  # False where the number of the one before stands too near

    @property
    def text_y(self) -> float:
        return round(self.y - 11, 1)


@dataclass(frozen=True)
class TextLine:
    """One line of a lane's name."""

    y: float
    text: str


@dataclass(frozen=True)
class Mark:
    """One event: how rough its date is, how long it lasted, and its name beside it."""

    event: ShownEvent
    x: float
    y: float
    early: float
    late: float
    lasted_to: float | None
    shape: str
    label: str
    label_x: float
    anchor: str

    @property
    def text_y(self) -> float:
        return round(self.y + 4.5, 1)

    @property
    def may_move(self) -> bool:
        """Earlier times are told on another page, and are changed there."""
        return not self.event.is_episode

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Where a finger finds it: the mark and its name, as high as its row."""
        left, right = _span(self)
        return round(left - 8, 1), self.y - ROW / 2, round(right - left + 12, 1), ROW

    @property
    def rough(self) -> str:
        """A fine line as wide as the date is rough."""
        return f"M{self.early} {self.y}H{self.late}" if self.late > self.early else ""

    @property
    def lasted(self) -> str:
        return f"M{self.x} {self.y}H{self.lasted_to}" if self.lasted_to is not None else ""

    @property
    def outline(self) -> str:
        """A triangle for lower mood, a diamond for some of both, else a circle: never colour alone."""
        if self.shape == "lower":
            return f"M{self.x} {self.y - 8}l8 14h-16z"
        if self.shape == "both":
            return f"M{self.x} {self.y - 8}l8 8-8 8-8-8z"
        return f"M{self.x - 6.5} {self.y}a6.5 6.5 0 1 1 13 0 6.5 6.5 0 1 1-13 0z"


@dataclass(frozen=True)
class Lane:
    """One lane of the picture."""

    lines: tuple[TextLine, ...]
    top: float
    bottom: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Timeline:
    """The whole picture."""

    axis: Axis
    points: tuple[Point, ...]
    path: str
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    levels: tuple[Level, ...]
    today: float | None  # None: not in this stretch
    top: float
    height: float
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT

    @property
    def floor(self) -> float:
        return self.height - 34

    @property
    def ticks_y(self) -> float:
        return self.height - 12

    @property
    def break_path(self) -> str:
        middle = BREAK_AT + BREAK / 2
        return "".join(f"M{middle + side} {self.top}V{self.floor}" for side in (-4, 4))

    @property
    def today_path(self) -> str:
        return "" if self.today is None else f"M{self.today} {self.top}V{self.floor}"

    @property
    def says(self) -> str:
        """The picture in one sentence."""
        happened = sum(len(lane.marks) for lane in self.lanes)
        said = f"{happened} thing{'' if happened == 1 else 's'} that happened"
        if not self.points:
            return _("{said}. The table below says the same.").format(said=said)
        return _("PHQ-9 from {total} to {total_2}; {said}. The tables below say the same.").format(
            total=self.points[0].total, total_2=self.points[-1].total, said=said
        )


SHAPES = {"lower": "lower", "better": "better", "both": "both"}


def draw(
    events: Sequence[ShownEvent],
    scores: Sequence[ScorePoint],
    *,
    today: date,
    began: date,
    window: Window | None = None,
) -> Timeline | None:
    """Draw what there is, of all time or of one stretch; None when there is nothing yet."""
    if not events and not scores and window is None:
        return None
    axis = _stretch(window) if window else _axis(events, scores, today=today, began=began)
    has_scores = any(one.total is not None for one in scores)
    drawn = tuple(_lanes(events, axis, float(SCORES_BOTTOM + 14 if has_scores else 12)))
    here = window is None or window.touches(today, today)
    ticks = _window_ticks(axis, window, today if here else None) if window else _ticks(axis, scores, today)
    return Timeline(
        axis=axis, points=_points(scores, axis), path=_path(scores, axis), lanes=drawn,
        ticks=tuple(ticks), today=axis.place(today) if here else None,
        height=max(drawn[-1].bottom, LOWEST) + 34, top=SCORES_TOP - 12 if has_scores else 8,
        levels=tuple(Level(n, _level(n)) for n in (0, 9, 18, 27)) if has_scores else (),
    )  # fmt: skip


def _stretch(window: Window) -> Axis:
    return Axis((Stretch(window.first, window.last, LEFT + 8, RIGHT - 8),))


def _window_ticks(axis: Axis, window: Window, today: date | None) -> Iterator[Tick]:
    """A date for each year, each month or every second week; "today" stands where there is room for it."""
    for day, label in _dates(window):
        x = axis.place(day)
        if today is None or abs(axis.place(today) - x) >= TODAY_NEEDS:
            yield Tick(x, label, "start" if x < LEFT + 20 else "middle")
    if today:
        x = axis.place(today)
        yield Tick(x, _("today"), "end" if x > RIGHT - 30 else "middle")


def _dates(window: Window) -> Iterator[tuple[date, str]]:
    first, last = window.first, window.last
    if window.zoom == "weeks":
        for days in range(0, (last - first).days, 14):
            yield first + timedelta(days=days), say_date(first + timedelta(days=days), "j M")
    elif window.zoom == "months":
        for n in range(12):
            month = date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
            yield month, say_date(month, "Y" if month.month == 1 else "M")
    else:
        for year in range(first.year, last.year + 1):
            yield date(year, 1, 1), str(year)


def _points(scores: Sequence[ScorePoint], axis: Axis) -> tuple[Point, ...]:
    points: list[Point] = []
    labelled = float("-inf")
    for one in scores:
        if one.total is not None:
            x = axis.place(one.on)
            points.append(Point(x, _level(one.total), one.total, has_label=x - labelled >= LABEL_NEEDS))
            labelled = x if points[-1].has_label else labelled
    return tuple(points)


def _level(total: int) -> float:
    return round(SCORES_BOTTOM - (SCORES_BOTTOM - SCORES_TOP) * total / MOST, 1)


def _path(scores: Sequence[ScorePoint], axis: Axis) -> str:
    """The line through the totals; where one is missing the line is broken."""
    path, pen = [], "M"
    for one in scores:
        if one.total is None:
            pen = "M"
            continue
        path.append(f"{pen}{axis.place(one.on)} {_level(one.total)}")
        pen = "L"
    return "".join(path)


def _axis(events: Sequence[ShownEvent], scores: Sequence[ScorePoint], *, today: date, began: date) -> Axis:
    course = min([began, *(one.on for one in scores)]) - BEFORE_COURSE
    earliest = min([*(event.middle for event in events), course])
    last = max([today, *(event.latest for event in events if event.earliest >= course)])
    if course - earliest < SHORT:
        return Axis((Stretch(earliest - timedelta(days=5), last, LEFT + 14, RIGHT - 8),))
    before = Stretch(date(earliest.year, 1, 1), course - timedelta(days=1), LEFT + 8, BREAK_AT)
    return Axis((before, Stretch(course, last, BREAK_AT + BREAK, RIGHT - 8)))


def _ticks(axis: Axis, scores: Sequence[ScorePoint], today: date) -> Iterator[Tick]:
    if axis.is_broken:
        yield from _years(axis, axis.stretches[0])
    recent = axis.stretches[-1]
    days = [one.on for one in scores if one.on >= recent.first] or [recent.first + BEFORE_COURSE]
    last_x = -100.0
    for day in days:
        x = axis.place(day)
        if x - last_x >= 58 and axis.place(today) - x >= 58:
            last_x = x
            yield Tick(x, say_date(day, "j M"))
    yield Tick(axis.place(today), _("today"), "end" if axis.place(today) > RIGHT - 30 else "middle")


def _years(axis: Axis, stretch: Stretch) -> Iterator[Tick]:
    years = range(stretch.first.year, stretch.last.year + 1)
    step = -(-len(years) // MOST_YEARS)
    for year in years[::step]:
        x = axis.place(date(year, 1, 1))
        if stretch.right - x >= 24:
            yield Tick(x, str(year))


def _lanes(events: Sequence[ShownEvent], axis: Axis, top: float) -> Iterator[Lane]:
    for lane in lanes:
        marks, rows = _pack([event for event in events if event.lane == lane.key], axis, top)
        bottom = top + rows * ROW + LANE_PAD if marks else top
        name = _two_lines(_(lane.label))
        first = top + (LANE_PAD + ROW) / 2 + 4.5 - 8 * (len(name) - 1)
        yield Lane(tuple(TextLine(first + 16 * n, line) for n, line in enumerate(name)), top, bottom, marks)
        top = bottom


def _two_lines(label: str) -> tuple[str, ...]:
    words = label.split()
    if len(label) <= 12:
        return (label,)
    half = min(range(1, len(words)), key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))))
    return (" ".join(words[:half]), " ".join(words[half:]))


def _pack(events: Sequence[ShownEvent], axis: Axis, top: float) -> tuple[tuple[Mark, ...], int]:
    """Put each event in the first row in which its name has room."""
    rows: list[list[tuple[float, float]]] = []
    marks = []
    for event in events:
        mark = _mark(event, axis)
        start, end = _span(mark)
        row = next(
            (n for n, taken in enumerate(rows) if all(end < a or start > b for a, b in taken)), len(rows)
        )
        if row == len(rows):
            rows.append([])
        rows[row].append((start, end))
        marks.append(replace(mark, y=top + LANE_PAD / 2 + ROW * row + ROW / 2))
    return tuple(marks), len(rows)


def _mark(event: ShownEvent, axis: Axis) -> Mark:
    x = axis.place(event.middle)
    early, late = axis.place(event.earliest), axis.place(event.latest)
    lasted_to = axis.place(event.until) if event.until else None
    name = (
        event.title if len(event.title) <= LONGEST_LABEL else f"{event.title[: LONGEST_LABEL - 1].rstrip()}…"
    )
    label_x, anchor = _beside(len(name) * CHAR, x, min(early, x - MARK), max(late, x + MARK, lasted_to or 0))
    shape = SHAPES.get(event.effect_key, "none")
    return Mark(event, x, 0, early, late, lasted_to, shape, name, round(label_x, 1), anchor)


def _beside(width: float, x: float, left: float, right: float) -> tuple[float, str]:
    """Where a name has room: right of everything, left of it, or, over a wide date, beside its middle."""
    if right + 7 + width <= RIGHT:
        return right + 7, "start"
    if left - 7 - width >= LEFT:
        return left - 7, "end"
    return (x + MARK + 7, "start") if x + MARK + 7 + width <= RIGHT else (x - MARK - 7, "end")


def _span(mark: Mark) -> tuple[float, float]:
    width = len(mark.label) * CHAR + 12
    right = max(mark.late, mark.x + MARK, mark.lasted_to or 0)
    left = min(mark.early, mark.x - MARK)
    if mark.anchor == "start":
        return left, max(right, mark.label_x + width)
    return min(left, mark.label_x - width), right
