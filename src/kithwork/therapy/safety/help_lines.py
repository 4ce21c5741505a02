"""Who to call, by country: a dated table with its source, read from a file so that it stands without a database."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

GOES_STALE_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class HelpLine:
    """One number to call: whose it is, when it answers, where that is said, and when we last looked."""

    country: str
    name: str
    number: str
    dial: str
    hours: str
    for_whom: str
    emergency: bool
    source: str
    checked_on: date

    @property
    def tel(self) -> str:
        """The address that makes a phone ring it."""
        return f"tel:{self.dial}"

    @property
    def said(self) -> str:
        """Name and number in one breath."""
        return f"{_(self.name)} {self.number}"


def lines_of(country: str) -> list[HelpLine]:
    """The lines of one country, emergencies first; none for a country we do not know, never another's."""
    return [line for line in _table()[1] if line.country == country.upper()]


def countries() -> dict[str, str]:
    """The countries whose numbers we have, by their two letters, in the order of their names."""
    return dict(sorted(_table()[0].items(), key=lambda entry: entry[1]))


def stale_help_lines(today: date) -> list[HelpLine]:
    """The lines that nobody has looked at for half a year. A dead number is worse than none."""
    return [line for line in _table()[1] if today - line.checked_on > GOES_STALE_AFTER]


@cache
def _table() -> tuple[dict[str, str], tuple[HelpLine, ...]]:
    text = files("kithwork.therapy.safety").joinpath("help_lines.json").read_text(encoding="utf-8")
    table = json.loads(text)
    return table["countries"], tuple(_line(row) for row in table["lines"])


def _line(row: dict[str, Any]) -> HelpLine:
    return HelpLine(**{**row, "checked_on": date.fromisoformat(row["checked_on"])})
