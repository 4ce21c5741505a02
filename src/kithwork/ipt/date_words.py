"""Dates in plain words: "spring 2022", "about ten years ago", "last March". What they say, and when they say nothing.

What can be read in two ways is asked again and never guessed.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from kithwork.refusal import Refusal

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEASONS = ("spring", "summer", "autumn", "winter")  # of the northern year
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MID_YEAR = 6

Parts = dict[str, Any]  # year, and perhaps month, day, season or about

_SEASON_WORDS = {name: name for name in SEASONS} | {"fall": "autumn"}
_MONTH_WORDS = (
    {name.lower(): n for n, name in enumerate(MONTHS, 1)}
    | {name[:3].lower(): n for n, name in enumerate(MONTHS, 1)}
    | {"sept": 9, "christmas": 12}
)
_UP_TO_TWELVE = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"
)  # fmt: skip
_NUMBER_WORDS = {word: n for n, word in enumerate(_UP_TO_TWELVE, 1)} | {
    "a": 1, "an": 1, "a couple of": 2, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50
}  # fmt: skip

_ABOUT = re.compile(r"^(about|around|roughly|circa|c\.)\s*-?\s*(?=\S)")
_SMALL_WORDS = re.compile(r"^(in|since|the|of|on)\s+")
_YEAR = re.compile(r"(?P<year>\d{4})")
_NUMBERED = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})")
_WRITTEN = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<word>[a-z]+)\s+(?:of\s+)?(?P<year>\d{4})"
)
_WRITTEN_US = re.compile(r"(?P<word>[a-z]+)\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<year>\d{4})")
_WINTER = re.compile(r"winter\s+(?P<year>\d{4})\s*[/\u2013-]\s*(?P<second>\d{4}|\d{2})")
_SEASON_KEY = re.compile(r"(?P<year>\d{4})-(?P<word>[a-z]+)")
_SLASHED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
_SHORT_YEAR = re.compile(r"(?:.*\s)?['’]?(?P<short>\d{2})")
_AGO = re.compile(r"(?P<number>\d{1,3}|[a-z ]+?)\s+(?P<unit>day|week|month|year)s?\s+ago")
_LAST = re.compile(r"(?P<which>last|this)\s+(?P<word>[a-z]+)")


class UnclearDate(Refusal):
    """A date that cannot be read, or that cannot be."""

    code = "unclear-date"


def read(text: str, *, today: date | None) -> Parts:
    """What somebody wrote, as year, month, day, season and whether it is only about then."""
    plain, about = _tidy(text)
    found = _relative(plain, today) if today else None
    if found is None:
        found = _absolute(plain)
    if about and set(found) == {"year"}:
        found["about"] = True
    return found


def _tidy(text: str) -> tuple[str, bool]:
    plain, about = " ".join(text.lower().replace(",", " ").split()), False
    while _ABOUT.match(plain) or _SMALL_WORDS.match(plain):
        about = about or bool(_ABOUT.match(plain))
        plain = _SMALL_WORDS.sub("", _ABOUT.sub("", plain))
    return plain, about


# Seen from today


def _relative(plain: str, today: date) -> Parts | None:
    if plain in ("today", "yesterday"):
        return _day(today - timedelta(days=plain == "yesterday"))
    if match := _AGO.fullmatch(plain):
        number = _number(match["number"])
        return _ago(number, match["unit"], today) if number is not None else None
    if match := _LAST.fullmatch(plain):
        return _last(match["word"], today, this=match["which"] == "this")
    return None


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else _NUMBER_WORDS.get(word)


def _ago(number: int, unit: str, today: date) -> Parts | None:
    """A day is a day; weeks and months are the month; years ago are about that year."""
    if unit == "year":
        return {"year": today.year - number, "about": True} if number < today.year else None
    if unit == "month":
        return _month(today, -number)
    day = today - timedelta(days=number * (7 if unit == "week" else 1))
    return _day(day) if unit == "day" else {"year": day.year, "month": day.month}


def _last(word: str, today: date, *, this: bool) -> Parts | None:
    """The last one that is over, or "this" one: of this year, whether it has come or not."""
    if word in WEEKDAYS:
        back = (today.weekday() - WEEKDAYS.index(word)) % 7
        return _day(today - timedelta(days=back or (0 if this else 7)))
    units: dict[str, Callable[[], Parts]] = {
        "year": lambda: {"year": today.year - (not this)},
        "month": lambda: _month(today, 0 if this else -1),
        "week": lambda: _month(today if this else today - timedelta(days=7), 0),
    }
    if word in units:
        return units[word]()
    if word in _MONTH_WORDS:
        month = _MONTH_WORDS[word]
        return {"year": today.year - (not this and month >= today.month), "month": month}
    return _last_season(_SEASON_WORDS[word], today, this=this) if word in _SEASON_WORDS else None


def _last_season(season: str, today: date, *, this: bool) -> Parts:
    begins = 3 * (SEASONS.index(season) + 1)
    if this:
        # A winter is named by the year in which it begins.
        return {"year": today.year - (season == "winter" and today.month < MID_YEAR), "season": season}
    years_back = max(0, -((today.month - begins - 3) // 12))
    return {"year": today.year - years_back, "season": season}


def _day(day: date) -> Parts:
    return {"year": day.year, "month": day.month, "day": day.day}


def _month(day: date, by: int) -> Parts:
    months = day.year * 12 + day.month - 1 + by
    return {"year": months // 12, "month": months % 12 + 1}


# As it stands in the calendar


def _absolute(plain: str) -> Parts:
    for pattern in (_YEAR, _NUMBERED, _MONTH_YEAR):
        if match := pattern.fullmatch(plain):
            return {name: int(value) for name, value in match.groupdict().items() if value}
    if match := _WINTER.fullmatch(plain):
        return _winter(int(match["year"]), match["second"])
    for pattern in (_WRITTEN, _WRITTEN_US, _SEASON_KEY):
        if match := pattern.fullmatch(plain):
            return _with_word(match.groupdict())
    raise _unclear(plain)


def _with_word(found: dict[str, str | None]) -> Parts:
    word, day, year = str(found["word"]), found.get("day"), int(str(found["year"]))
    if word in _SEASON_WORDS and not day:
        return {"year": year, "season": _SEASON_WORDS[word]}
    if word in _MONTH_WORDS:
        return {"year": year, "month": _MONTH_WORDS[word], **({"day": int(day)} if day else {})}
    raise _unclear("")


def _winter(year: int, second: str) -> Parts:
    if int(second) not in (year + 1, (year + 1) % 100):
        raise UnclearDate("A winter runs into the next year.", next_step="Write it as winter 2022/23.")
    return {"year": year, "season": "winter"}


def _unclear(plain: str) -> UnclearDate:
    """Why it could not be read, and what would be clear."""
    if _SLASHED.fullmatch(plain):
        return UnclearDate(
            "That date can be read in two ways.", next_step="Write the month as a word, such as 5 March 2021."
        )
    if plain in _MONTH_WORDS or plain in _SEASON_WORDS:
        name = MONTHS[_MONTH_WORDS[plain] - 1] if plain in _MONTH_WORDS else plain
        return UnclearDate("Which year was that?", next_step="Write {name} 2022, or last {name}.", name=name)
    if match := _SHORT_YEAR.fullmatch(plain):
        return UnclearDate(
            "Which year is {short}?",
            next_step="Write it with four numbers, such as 2022.",
            short=match["short"],
        )
    return UnclearDate(
        "That date could not be read.",
        next_step="Write a year, or something like spring 2022, March 2021, last summer or ten years ago.",
    )
