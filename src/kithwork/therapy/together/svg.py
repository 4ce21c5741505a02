"""The drawing of mood and relationships as SVG: shapes by attributes, never by style, and every word escaped.

Written here and not in a template, since it is most of the marks on the page that therapists open most.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kithwork.foundation.ui.dates import say_date
from kithwork.therapy.together.chart import REMEMBERED, Dot, Drawing, LaneLine, Mark, Panel, Tide
from kithwork.therapy.together.level_panel import CirclesRow, LevelPanel
from kithwork.therapy.together.sheet import Box, Text


def sheet_svg(drawing: Drawing, *, sheet: str, summary: str, circles: str = "") -> SafeString:
    """One sheet, "wide" or "narrow". Readers who do not see it hear the summary.

    ``circles`` is the page that the circles' marks lead to; links stand beside the picture, for nothing inside a
    picture can be reached.
    """
    size = f'viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    kind, told = f"together-drawing together-drawing--{sheet}", f'role="img" aria-label="{escape(summary)}"'
    marks = [*_back(drawing), *_front(drawing)]
    if drawing.circles is None:
        return SafeString("".join([f'<svg class="{kind}" {size} {told}>', *marks, "</svg>"]))
    links = _circle_marks(drawing.circles, circles)
    return SafeString("".join([f'<svg class="{kind}" {size}><g {told}>', *marks, "</g>", *links, "</svg>"]))


def _back(drawing: Drawing) -> Iterator[str]:
    """What lies under everything: bands, rules, the sessions' lines, today."""
    yield from (_bands(panel.bands) for panel in drawing.panels)
    if drawing.level:
        yield f'<rect class="chart-band" {_box(drawing.level.frame)}/>'
        yield from (f'<path class="chart-uncertain" d="{path}"/>' for path in drawing.level.bands)
    for panel in drawing.panels:
        yield from (f'<path class="chart-rule" d="M{r.x:g} {r.y:g}h{r.width:g}"/>' for r in panel.rules)
    yield from (f'<path class="chart-grid" d="M{x:g} 22V{drawing.bottom:g}"/>' for x in drawing.session_lines)
    yield from _quiet(drawing.sessions)
    yield _words("chart-label chart-label--strong", drawing.today)
    yield from (f'<path class="chart-lane" d="M{one.x1:g} {one.y:g}H{one.x2:g}"/>' for one in drawing.lanes)
    yield f'<path class="chart-today" d="M{drawing.today_x:g} 22V{drawing.bottom:g}"/>'


@lru_cache(maxsize=REMEMBERED)
def _bands(bands: tuple[Box, ...]) -> str:
    return "".join(f'<rect class="chart-band" {_box(band)}/>' for band in bands)


def _front(drawing: Drawing) -> Iterator[str]:
    yield from map(_panel, drawing.panels)
    if drawing.level:
        yield from _level(drawing.level)
    for lane in drawing.lanes:
        yield from _lane(lane)
    if drawing.circles:
        row = drawing.circles
        yield f'<path class="chart-lane" d="M{row.x1:g} {row.y:g}H{row.x2:g}"/>'
        yield _words("chart-label chart-label--strong", row.name)
    yield from _quiet(drawing.dates)


def _level(panel: LevelPanel) -> Iterator[str]:
    """The band under the single days, the line over them."""
    yield _words("chart-label chart-label--strong", panel.name)
    yield from _quiet(panel.labels, anchor="end")
    yield from (f'<use href="#kw-tide-{mood}" {_box(box)}/>' for mood, box in panel.tides)
    yield from (f'<circle class="chart-day" cx="{x:g}" cy="{y:g}" r="3"/>' for x, y in panel.days)
    yield from (f'<path class="chart-line" d="{path}"/>' for path in panel.lines)


def _circle_marks(row: CirclesRow, circles: str) -> Iterator[str]:
    for x, on in row.marks:
        label = escape(_("Circles of {day} laid under now").format(day=say_date(on, "j F")))
        yield (
            f'<a class="chart-circles" href="{escape(circles)}?since={on:%Y-%m-%d}" aria-label="{label}">'
            f'<circle class="chart-touch" cx="{x:g}" cy="{row.y:g}" r="12"/>'
            + "".join(f'<circle class="chart-ring" cx="{x:g}" cy="{row.y:g}" r="{r:g}"/>' for r in (7, 3.5))
            + "</a>"
        )


@lru_cache(maxsize=REMEMBERED)
def _panel(panel: Panel) -> str:
    """One questionnaire: its name, its scale, its line and its totals. The second one is told by shape too."""
    return "".join(_of_panel(panel))


def _of_panel(panel: Panel) -> Iterator[str]:
    line, value = "chart-line", "chart-value"
    if panel.second:
        line, value = "chart-line chart-line--2", "chart-value chart-value--2"
    yield _words("chart-label chart-label--strong", panel.name, anchor="start")
    yield from _quiet(panel.labels, anchor="end")
    yield from (f'<path class="{line}" d="{path}"/>' for path in panel.lines)
    for rule, name in panel.sums:
        yield f'<path class="chart-sum" d="M{rule.x:g} {rule.y:g}h{rule.width:g}"/>'
        yield _words("chart-label chart-label--quiet chart-label--halo", name)
    for dot in panel.dots:
        yield _dot(dot, square=panel.second)
        if dot.value:
            yield _words(value, dot.value, anchor="middle")


def _dot(dot: Dot, *, square: bool) -> str:
    if not square:
        return f'<circle class="chart-point" cx="{dot.x:g}" cy="{dot.y:g}" r="5.5"/>'
    place = f'x="{dot.x - 4.5:g}" y="{dot.y - 4.5:g}" width="9" height="9"'
    return f'<rect class="chart-point chart-point--2" {place}/>'


def _lane(lane: LaneLine) -> Iterator[str]:
    yield _words("chart-label chart-label--strong", lane.name)
    yield _tides(lane.tides)
    for mark in lane.marks:
        yield _mark(mark)
        yield _words("chart-label chart-label--halo", mark.label)


@lru_cache(maxsize=REMEMBERED)
def _tides(tides: tuple[Tide, ...]) -> str:
    return "".join(map(_tide, tides))


def _tide(tide: Tide) -> str:
    if tide.is_dot:
        return f'<circle class="chart-tide-dot" cx="{tide.x:g}" cy="{tide.y:g}" r="{tide.r:g}"/>'
    return f'<use href="#kw-tide-{tide.mood}" {_box(tide.box)}/>'


def _mark(mark: Mark) -> str:
    if mark.span:
        return f'<rect class="chart-span" {_box(mark.span)} rx="6"/>'
    if mark.shape == "better":
        return f'<circle class="chart-event chart-event--good" cx="{mark.x:g}" cy="{mark.y:g}" r="6"/>'
    kind = "chart-event chart-event--change" if mark.shape == "other" else "chart-event"
    return f'<path class="{kind}" d="{mark.path}"/>'


def _quiet(texts: Iterable[Text], *, anchor: str = "middle") -> Iterator[str]:
    return (_words("chart-label chart-label--quiet", text, anchor=anchor) for text in texts)


def _words(kind: str, text: Text, *, anchor: str = "") -> str:
    place = f'x="{text.x:g}" y="{text.y:g}" text-anchor="{anchor or text.anchor}"'
    return f'<text class="{kind}" {place}>{escape(text.words)}</text>'


def _box(box: Box) -> str:
    return f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
