"""Mood and relationships on one time axis: what one audience may see of both, for the drawing and for its table."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import escape
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.ui.dates import say_date
from kithwork.foundation.ui.tide import mood_words
from kithwork.instruments import get
from kithwork.ipt.timeline import lanes as lane_names
from kithwork.therapy.checkins.queries import scores
from kithwork.therapy.course.models import Course
from kithwork.therapy.diary.queries import moods_between
from kithwork.therapy.sessions.queries import sessions
from kithwork.therapy.story.queries import ShownEvent, events
from kithwork.therapy.together.chart import (
    Drawing,
    Happening,
    Lane,
    Measure,
    Picture,
    Shape,
    Stretch,
    draw,
    summary,
    too_early,
)
from kithwork.therapy.together.sheet import NARROW, WIDE
from kithwork.therapy.together.svg import sheet_svg

INSTRUMENTS = ("phq9", "gad7")
SHORT_BANDS = {
    "None or minimal": "Minimal",
    "Moderately severe": "Mod. severe",
}
MOST_LANES = 6
ROUGH = timedelta(days=31)  # dates rougher than a month stand in the table alone


def side_by_side(
    audience: Audience, course: Course, *, zone: ZoneInfo, today: date, weeks: int | None = None
) -> Picture:
    """The picture for one audience: bands with their names for staff, plain numbers for the client.

    With ``weeks``, only the last so many of the course.
    """
    held = tuple(
        (one.number, one.at.astimezone(zone).date())
        for one in sessions(audience)
        if one.number is not None and (one.held or one.is_open)
    )
    measures = tuple(filter(None, (_measure(audience, key) for key in INSTRUMENTS)))
    first = _first_day(course, held, measures, zone)
    last = min(today, course.ended_at.astimezone(zone).date()) if course.ended_at else today
    if weeks is not None:
        first = max(first, last - timedelta(weeks=weeks))
        held = tuple(pair for pair in held if pair[1] >= first)
        measures = tuple(_since(measure, first) for measure in measures)
    return Picture(
        first=first, today=last, sessions=held, measures=measures, lanes=tuple(_lanes(events(audience), first, last)),
        moods=_a_day_one(moods_between(audience, first, last)),
        mood_lane=_("My diary") if audience.is_client else _("Shared diary"),
    )  # fmt: skip


def _since(measure: Measure, first: date) -> Measure:
    return replace(measure, totals=tuple(pair for pair in measure.totals if pair[0] >= first))


def _first_day(
    course: Course, held: tuple[tuple[int, date], ...], measures: tuple[Measure, ...], zone: ZoneInfo
) -> date:
    known = [on for _, on in held] + [on for measure in measures for on, _ in measure.totals]
    return min(known, default=course.opened_at.astimezone(zone).date())


def _measure(audience: Audience, key: str) -> Measure | None:
    found = scores(audience, key)
    if not found:
        return None
    instrument = get(key)
    highest = int(instrument.scoring.maximum or 0)
    totals = tuple((one.on, None if one.total is None else int(one.total)) for one in found)
    if audience.is_client:
        return Measure(
            instrument.short_title, highest, totals, numbers=tuple(range(0, highest + 1, 10)), key=key
        )
    stretches = tuple(
        Stretch(SHORT_BANDS.get(band.label, band.label), int(band.minimum), int(band.maximum))
        for band in instrument.bands
    )
    return Measure(instrument.short_title, highest, totals, stretches, key=key)


def _a_day_one(moods: Iterable[tuple[date, int]]) -> tuple[tuple[date, int], ...]:
    """One mark a day: the last that was said."""
    return tuple(dict(moods).items())


def _lanes(found: list[ShownEvent], first: date, last: date) -> list[Lane]:
    """A lane for each person something happened with, and one for the rest; those with the most first."""
    by_lane: dict[str, list[Happening]] = {}
    for event in found:
        happening = _happening(event)
        if happening and happening.first <= last and happening.last >= first:
            for name in event.people or (_nobodys_lane(event.lane),):
                by_lane.setdefault(name, []).append(happening)
    nobodys = {_(name) for name in NOBODYS.values()}
    ordered = sorted(by_lane.items(), key=lambda item: (item[0] in nobodys, -len(item[1]), item[0]))
    return [Lane(name, tuple(happenings)) for name, happenings in ordered[:MOST_LANES]]


NOBODYS = {
    "mood": gettext_noop("Mood"),
    "relationships": gettext_noop("Other people"),
    "work": gettext_noop("Other things"),
}


def _nobodys_lane(lane: str) -> str:
    return _(NOBODYS.get(lane) or lane_names[lane].label)


def _happening(event: ShownEvent) -> Happening | None:
    if event.latest - event.earliest > ROUGH:
        return None
    return Happening(
        event.title, event.earliest, max(event.until or event.latest, event.earliest), _shape(event)
    )


def _shape(event: ShownEvent) -> Shape:
    if event.effect_key == "lower":
        return "lower"
    return "better" if event.effect_key == "better" else "other"


@dataclass(frozen=True)
class Drawn:
    """The picture on a wide and on a narrow sheet, in a sentence, and as a table."""

    picture: Picture
    wide: Drawing
    narrow: Drawing
    summary: str
    too_early: bool
    rows: "list[Row]"
    circles: str = ""  # the page that its marks of circles lead to

    @property
    def wide_sheet(self) -> SafeString:
        return sheet_svg(self.wide, sheet="wide", summary=self.summary, circles=self.circles)

    @property
    def narrow_sheet(self) -> SafeString:
        return sheet_svg(self.narrow, sheet="narrow", summary=self.summary, circles=self.circles)

    @property
    def table_rows(self) -> SafeString:
        return SafeString("".join(_table_row(row) for row in self.rows))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw at all."""
        return not (self.picture.measures or self.picture.moods or self.picture.lanes)


def drawn_for(audience: Audience, course: Course, *, zone: ZoneInfo, today: date) -> Drawn:
    """Everything that a page needs to show mood and relationships side by side."""
    return drawn(side_by_side(audience, course, zone=zone, today=today))


def drawn(picture: Picture, *, circles: str = "") -> Drawn:
    """A picture on both sheets, in words and as a table."""
    return Drawn(
        picture, draw(picture, WIDE), draw(picture, NARROW), summary(picture), too_early(picture), table(picture),
        circles,
    )  # fmt: skip


class Row(NamedTuple):
    """One day in the table. An empty cell is something that was not said, never nought."""

    on: date
    session: str
    totals: tuple[str, ...]
    mood: str
    happened: tuple[str, ...]


def _table_row(row: Row) -> str:
    """Written here and not in a template, for the reason that the drawing is."""
    totals = [_cell(total, ' class="kw-number"') for total in row.totals]
    cells = [_cell(row.session), *totals, _cell(row.mood), _cell("; ".join(row.happened))]
    return f'<tr><th scope="row">{say_date(row.on, "j M")}</th>{"".join(cells)}</tr>'


def _cell(words: str, kind: str = "") -> str:
    return f"<td{kind}>{escape(words) if words else ''}</td>"


def table(picture: Picture) -> list[Row]:
    """The same as the drawing, in words and numbers, the newest day first."""
    happened = _happened(picture)
    numbers = {on: _("Session {n}").format(n=n) for n, on in picture.sessions}
    totals = [dict(measure.totals) for measure in picture.measures]
    moods = dict(picture.moods)
    days = {*numbers, *moods, *happened, *picture.circles, *(on for one in totals for on in one)}
    return [
        Row(
            on=on,
            session=numbers.get(on, ""),
            totals=tuple(_total(one, on) for one in totals),
            mood=mood_words(moods[on]) if on in moods else "",
            happened=(
                *happened.get(on, ()),
                *([_("Somebody moved in the circles")] if on in picture.circles else []),
            ),
        )
        for on in sorted(days, reverse=True)
    ]


def _total(totals: dict[date, int | None], on: date) -> str:
    if on not in totals:
        return ""
    return _("not complete") if totals[on] is None else str(totals[on])


def _happened(picture: Picture) -> dict[date, list[str]]:
    found: dict[date, list[str]] = {}
    for lane in picture.lanes:
        for one in lane.happenings:
            said = f"{lane.name}: {one.title}"
            if one.last > one.first:
                said = _("{event}, until {day}").format(event=said, day=say_date(one.last, "j M"))
            found.setdefault(one.first, []).append(said)
    return found
