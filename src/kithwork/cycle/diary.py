"""A diary as it was written, and as it is counted: which items, on which days, and how many days can speak at all."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.cycle.fit import MOOD_AND_RELATIONSHIPS, Blocks, Counts, DiaryRefused, Floats

# Kithwork's own names for the five items, in the order of their columns. Of each, more is harder.
ITEMS = ("low_mood", "kept_away", "felt_distant", "felt_no_good", "argument")
HIGHEST = 10.0

# A diary is read back this far from its newest day: what lies before tells nothing of how it goes now.
LONGEST = 730

Row: TypeAlias = tuple[Hashable, "date | int", Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Diaries:
    """Some people's diaries side by side, each from its own first day.

    Attributes
    ----------
    people : tuple
        Who, in the order in which they were first met.
    first : tuple of int
        Each one's first day, as a day of the calendar (`datetime.date.toordinal`) or as it was counted.
    y : array of floats, shape (n, T, p)
        Answers in points, day after day; not-a-number is missing.
    """

    people: tuple[Hashable, ...]
    first: tuple[int, ...]
    y: Floats


def read_diaries(rows: Iterable[Row], items: Sequence[str] = ITEMS, *, highest: float = HIGHEST) -> Diaries:
    """Put rows of person, day and answers into arrays.

    Parameters
    ----------
    rows : iterable of (person, day, answers)
        In any order of days, with any days left out. A day is a date or a whole number. Answers are numbers from 0 to
        ``highest`` by item; an item that is absent or None is missing, never 0. Of two rows for one day, what the
        later row says of an item stands.
    items : sequence of str
        Which answers are read, in the order of the columns; others are left alone.
    highest : float
        The upper end of the scale, in points.

    Returns
    -------
    Diaries
        From each person's first day with an answer to the last, `LONGEST` days at most, counted back from the last.

    Raises
    ------
    DiaryRefused
        For an answer outside the scale. It is never moved to the nearest one.
    """
    found: dict[Hashable, dict[int, dict[str, float]]] = {}
    for person, day, answers in rows:
        told = {item: _on_scale(answers[item], highest) for item in items if answers.get(item) is not None}
        days = found.setdefault(person, {})
        if told:
            days.setdefault(day.toordinal() if isinstance(day, date) else int(day), {}).update(told)
    first = {who: max(min(days), max(days) - LONGEST + 1) if days else 0 for who, days in found.items()}
    length = max((max(days) - first[who] + 1 for who, days in found.items() if days), default=0)
    y = np.full((len(found), length, len(items)), np.nan)
    for at, (who, days) in enumerate(found.items()):
        for day, told in days.items():
            if day >= first[who]:
                y[at, day - first[who]] = [told.get(item, np.nan) for item in items]
    return Diaries(tuple(found), tuple(first.values()), y)


def _on_scale(answer: Any, highest: float) -> float:
    if isinstance(answer, bool) or not isinstance(answer, int | float) or not 0 <= answer <= highest:
        if isinstance(answer, float) and np.isnan(answer):
            return float("nan")
        raise DiaryRefused(
            "An answer lies outside the scale from 0 to {highest}.",
            next_step="Correct it, or leave it empty.",
            highest=int(highest) if isfinite(highest) else highest,
        )
    return float(answer)


def answered(y: Floats, blocks: Blocks = MOOD_AND_RELATIONSHIPS) -> npt.NDArray[np.bool_]:
    """Tell which days count as answered, shape (…, T): something of mood, and something of relationships.

    A day that says only how mood was can be seen, and tells nothing of how the two go together.
    """
    seen = ~np.isnan(y)
    one, other = (seen[..., list(block)].any(axis=-1) for block in blocks)
    return np.asarray(one & other)


def answered_pairs(y: Floats, blocks: Blocks = MOOD_AND_RELATIONSHIPS) -> Counts:
    """Count the answered days that follow straight after another, shape (…)."""
    days = answered(y, blocks)
    pairs: Counts = (days[..., 1:] & days[..., :-1]).sum(axis=-1)
    return pairs
