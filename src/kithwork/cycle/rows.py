"""A file of diary rows as it comes: person, day, answers. Rows that cannot be read are set aside with their reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.refusal import Refusal

Array: TypeAlias = npt.NDArray[Any]
Flags: TypeAlias = npt.NDArray[np.bool_]
Columns: TypeAlias = dict[str, Array]

PERSON, DAY = "person", "day"
# Ten years: a day beyond is a slip of the pen, and would make the person's diary a long row of nothing.
MOST_DAYS = 3660
NUMBER_NEXT = "Correct it, or leave the cell empty: an empty cell is a missing answer."


class RowsRefused(Refusal, ValueError):
    """A table has no diary in it: its columns are missing, or it has too few or too many answers a row."""

    code = "rows-refused"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that is left out. ``row`` counts from 1."""

    row: int
    sentence: str
    next_step: str


def variables_of(names: Sequence[str], chosen: Sequence[str] = ()) -> list[str]:
    """Which columns hold answers: the chosen ones, or all but person and day; raises RowsRefused."""
    lacking = [name for name in (PERSON, DAY, *chosen) if name not in names]
    if lacking:
        raise RowsRefused(
            "The table lacks the columns {names}.",
            next_step="The first line names them: person, day, and one for each answer.",
            names=", ".join(lacking),
        )
    found = list(chosen) or [name for name in names if name not in (PERSON, DAY)]
    if not 2 <= len(found) <= 8:
        raise RowsRefused(
            "A loop is looked for among 2 to 8 answers, and here are {count}.",
            next_step="Choose them with --variables.",
            count=len(found),
        )
    return found


def readable(columns: Mapping[str, Any], variables: Sequence[str]) -> tuple[Columns, list[RefusedRow]]:
    """Part the rows that make a diary from those that cannot be read.

    Parameters
    ----------
    columns : mapping of arrays of one length
        ``person`` (any text or number), ``day`` (a whole number, or a date) and the variables (numbers; empty text,
        None and not-a-number are missing answers).
    variables : sequence of str
        The columns that hold answers.

    Returns
    -------
    dict of arrays, list of RefusedRow
        ``person`` as text, ``day`` as a count of days, the variables as floats, without the refused rows; and the
        refused rows in their order, each with its first reason.
    """
    person = _text(columns[PERSON])
    day, no_day = _days(columns[DAY])
    kept: Columns = {PERSON: person, DAY: day}
    reasons: list[tuple[Flags, Callable[[int], tuple[str, str]]]] = [
        (
            person == "",
            lambda _: ("There is no person.", "Give every row a name or a number of whose it is."),
        ),
        (no_day, lambda _: ("The day is neither a whole number nor a date.", "Write 12, or 2025-03-18.")),
    ]
    for name in variables:
        kept[name], wrong = _numbers(columns[name])
        reasons.append((wrong, lambda _, name=name: (f"{name} is not a number.", NUMBER_NEXT)))  # type: ignore[misc]
    bad = np.logical_or.reduce([flags for flags, _ in reasons])
    twice, far = _twice_or_far(person, day, ~bad)
    reasons += [
        (twice, lambda at: (f"{person[at]} already has a row for this day.", "Keep one of them.")),
        (far, lambda _: ("The day is more than ten years after the person’s first.", "Correct the day.")),
    ]
    refused: dict[int, RefusedRow] = {}
    for flags, why in reasons:
        for at in map(int, np.flatnonzero(flags)):
            refused.setdefault(at, RefusedRow(at + 1, *why(at)))
    keep = ~(bad | twice | far)
    return {name: column[keep] for name, column in kept.items()}, [refused[at] for at in sorted(refused)]


def _text(column: Any) -> Array:
    array = np.asarray(column)
    if array.dtype.kind in "iu":
        return array.astype(np.str_)
    if array.dtype.kind != "U":
        array = np.array(
            ["" if value is None or value != value else str(value) for value in array], dtype=np.str_
        )
    return np.char.strip(array)


def _days(column: Any) -> tuple[Array, Flags]:
    """Days as counts from any fixed one, and which are none."""
    array = np.asarray(column)
    if array.dtype.kind == "M":
        return array.astype("datetime64[D]").astype(np.int64), np.isnat(array)
    if array.dtype.kind in "iu":
        return array.astype(np.int64), np.zeros(len(array), dtype=np.bool_)
    if array.dtype.kind == "f":
        whole = np.isfinite(array) & (array % 1 == 0) & (np.abs(array) < 2**40)
        return np.where(whole, array, 0).astype(np.int64), ~whole
    read = [_day(value) for value in array]
    none = np.array([one is None for one in read], dtype=np.bool_)
    return np.array([one or 0 for one in read], dtype=np.int64), none


def _day(value: Any) -> int | None:
    text = "" if value is None else str(value).strip()[:40]
    try:
        if text.lstrip("+-").isdecimal():
            return int(text) if abs(int(text)) < 2**40 else None
        day = np.datetime64(text[:10], "D")
        return None if np.isnat(day) or len(text) < len("2025-03-18") else int(day.astype(np.int64))
    except ValueError:
        return None


def _numbers(column: Any) -> tuple[Array, Flags]:
    """Answers as numbers, missing as not-a-number; and which cells hold something else."""
    array = np.asarray(column)
    if array.dtype.kind == "U":
        array = np.char.strip(array)
        array = np.where(array == "", "nan", array)
    try:
        if array.dtype.kind not in "UfiuO":
            raise ValueError
        found = array.astype(np.float64)
    except (TypeError, ValueError):
        found = np.array([_number(value) for value in array], dtype=np.float64)
    wrong = np.isinf(found)
    return np.where(wrong, np.nan, found), wrong


def _number(value: Any) -> float:
    """One answer; infinite where it is none."""
    if value is None or value == "" or value != value:
        return float("nan")
    try:
        return float("inf") if isinstance(value, bool | np.bool_) else float(value)
    except (TypeError, ValueError):
        return float("inf")


def _twice_or_far(person: Array, day: Array, good: Flags) -> tuple[Flags, Flags]:
    """Which rows come a second time for their person and day, and which lie too far behind the person's first."""
    twice, far = np.zeros(len(person), dtype=np.bool_), np.zeros(len(person), dtype=np.bool_)
    at = np.flatnonzero(good)
    if len(at):
        _, who = np.unique(person[at], return_inverse=True)
        order = np.lexsort((at, day[at], who))
        who, when = who[order], day[at][order]
        same = np.concatenate([[False], (who[1:] == who[:-1]) & (when[1:] == when[:-1])])
        began = np.flatnonzero(np.concatenate([[True], who[1:] != who[:-1]]))
        first = np.repeat(when[began], np.diff([*began, len(who)]))
        twice[at[order]] = same
        far[at[order]] = ~same & (when - first >= MOST_DAYS)
    return twice, far
