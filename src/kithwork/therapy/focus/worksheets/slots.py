"""What a sheet shows of rooms above it. The shelf's application fills these; no room is named here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kithwork.foundation.passages.audience import Audience


@dataclass(frozen=True)
class Moment:
    """A day of the diary as far as an audience sees it: what a sheet can begin with."""

    on: date
    people: tuple[str, ...]
    words: str


def _none(_audience: Audience, _entry: str) -> Moment | None:
    return None


@dataclass
class DiarySlot:
    """One entry by its id; nothing where this audience sees nothing of it."""

    moment: Callable[[Audience, str], Moment | None] = _none


diary = DiarySlot()
