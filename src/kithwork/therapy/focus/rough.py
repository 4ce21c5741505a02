"""Days as they are remembered: "12 March" comes round each year, "12 March 2023" was one day."""

import re
from datetime import date
from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.ui.dates import say_date, say_rough
from kithwork.ipt.dates_that_matter import Coming, next_time
from kithwork.ipt.timeline import MONTHS, FuzzyDate, Season
from kithwork.therapy.story.models import RoughDate

A_YEAR = re.compile(r"\d{4}")
LEAP_YEAR = 2024  # so that 29 February can be written
SEASONS = {
    Season.SPRING: gettext_noop("spring"),
    Season.SUMMER: gettext_noop("summer"),
    Season.AUTUMN: gettext_noop("autumn"),
    Season.WINTER: gettext_noop("winter"),
}


class Columns(TypedDict):
    """What is kept of a rough day."""

    year: int | None
    part: str
    day: int | None
    earliest: date | None
    latest: date | None


def read_day(text: str) -> Columns:
    """Read a day from plain words, with a year or without. Refuses with UnclearDate what can't be one."""
    if not text.strip():
        return Columns(year=None, part="", day=None, earliest=None, latest=None)
    has_year = bool(A_YEAR.search(text))
    found = FuzzyDate.parse(text if has_year else f"{text} {LEAP_YEAR}")
    part = found.season.value if found.season else str(found.month or "")
    if not has_year:
        return Columns(year=None, part=part, day=found.day, earliest=None, latest=None)
    return Columns(year=found.year, part=part, day=found.day, earliest=found.earliest, latest=found.latest)


def show_day(row: RoughDate) -> str:
    """The day in words; empty where none was said."""
    if row.rough:
        return say_rough(row.rough)
    if not row.part.isdigit():
        return _(SEASONS[Season(row.part)]) if row.part else ""
    day = date(LEAP_YEAR, int(row.part), row.day or 1)
    return _("{day}, each year").format(day=say_date(day, "j F")) if row.day else say_date(day, "F")


def type_day(row: RoughDate) -> str:
    """The day as it stands in a box: what is typed is read as English."""
    if row.rough:
        return str(row.rough)
    part = MONTHS[int(row.part) - 1] if row.part.isdigit() else row.part
    return f"{row.day} {part}" if row.day else part


def coming(row: RoughDate, today: date) -> Coming | None:
    """When the day comes round next; nothing for a year alone, or where no day was said."""
    month = int(row.part) if row.part.isdigit() else None
    season = Season(row.part) if row.part in set(Season) else None
    return next_time(year=row.year, month=month, day=row.day, season=season, today=today)
