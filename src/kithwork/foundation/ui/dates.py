"""Days and times as a reader's language writes them.

A format is a string like any other: "l j F" is "Tuesday 18 March", and a translator may turn it round. The template
filters ``date`` and ``time`` are Django's own, with the format looked up.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any

from django.template.defaultfilters import date as django_date
from django.template.defaultfilters import time as django_time
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from kithwork.foundation.ui.language import reading_language
from kithwork.ipt.timeline import FuzzyDate, Season

SENSE = "a date"
REMEMBERED = 4096  # days as they were said: a page says the same few dozen again and again
SEASONS = {
    Season.SPRING: gettext_noop("spring {year}"),
    Season.SUMMER: gettext_noop("summer {year}"),
    Season.AUTUMN: gettext_noop("autumn {year}"),
}


def say_date(on: date | datetime, pattern: str) -> str:
    """A day, or the moment of an aware datetime in its own zone, in the order that the language has for it."""
    # Without its zone: two moments that are equal may be two days.
    return _said(on.replace(tzinfo=None) if isinstance(on, datetime) else on, pattern, reading_language())


@lru_cache(maxsize=REMEMBERED)
def _said(on: date, pattern: str, language: str | None) -> str:
    return str(dateformat.format(on, _in(language, pattern)))


def say_rough(rough: FuzzyDate) -> str:
    """A date as rough as memory: "2020", "about 2015", "spring 2022", "March 2021", "5 March 2021".

    Only to be read. Where it stands in a box it is ``str`` of it: what is typed is read as English.
    """
    if rough.season is Season.WINTER:
        return _("winter {first}/{second}").format(first=rough.year, second=f"{(rough.year + 1) % 100:02}")
    if rough.season:
        return _(SEASONS[rough.season]).format(year=rough.year)
    if rough.month:
        return say_date(rough.earliest, "j F Y") if rough.day else say_date(rough.earliest, "F Y")
    return _("about {year}").format(year=rough.year) if rough.about else str(rough.year)


def say_time(at: time | datetime) -> str:
    """A time of day: "1:30 pm"."""
    return _said_time(time(at.hour, at.minute), reading_language())


@lru_cache(maxsize=REMEMBERED)
def _said_time(at: time, language: str | None) -> str:
    return str(dateformat.time_format(at, _in(language, "g:i a"))).replace(".", "")


def date_filter(value: Any, pattern: str | None = None) -> str:
    """Django's ``date``, in the reader's order."""
    return (
        say_date(value, pattern) if pattern and isinstance(value, date) else str(django_date(value, pattern))
    )


def time_filter(value: Any, pattern: str | None = None) -> str:
    """Django's ``time``, in the reader's order."""
    return str(django_time(value, _in(reading_language(), pattern) if pattern else None))


@cache
def _in(language: str | None, pattern: str) -> str:  # noqa: ARG001 -- the language is what it is kept under
    return pgettext(SENSE, pattern)
