"""A file of courses as it comes: the rows that cannot be counted are set aside, each with its reason."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.change.checks import checks
from kithwork.change.columns import are_whole_days, as_day, as_number, as_truth, is_missing
from kithwork.change.measures import InvalidScore, MeasureTable, national_table
from kithwork.refusal import Refusal

Array: TypeAlias = npt.NDArray[Any]
Flags: TypeAlias = npt.NDArray[np.bool_]
Wrong: TypeAlias = tuple[Flags, Callable[..., Refusal]]
NUMBERS = ("treatment_contacts", "phq9_first", "phq9_last", "anxiety_first", "anxiety_last")
DAYS = ("referred_on", "first_treatment_on", "discharged_on")
# As what a column is kept, and the arrays that become it at once.
NUMBER, DAY, TRUTH = "float64", "datetime64[D]", "bool"
AT_ONCE = {NUMBER: "Ufiu", DAY: "UM", TRUTH: "b"}


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that is not counted. ``row`` counts from 1."""

    row: int
    sentence: str
    next_step: str


def countable(
    columns: Mapping[str, Any], *, table: MeasureTable | None = None
) -> tuple[dict[str, Array], list[RefusedRow]]:
    """Part the rows that `outcomes` can count from those that it would refuse.

    Parameters
    ----------
    columns : mapping of sequences of one length
        As for `outcomes`; text from a file is read as numbers, days, and true or false. A ``course_id``, where
        there is one, is counted once: rows that give it again are refused.
    table : MeasureTable, optional
        Another edition of the cuts; the one that ships by default.

    Returns
    -------
    dict of arrays, list of RefusedRow
        The columns without the refused rows, and the refused rows in their order, each with its first reason.
    """
    table = table or national_table()
    length = len(next(iter(columns.values()), ()))
    read: dict[str, Array] = {}
    wrong: list[Wrong] = []
    for name, column in columns.items():
        read[name], unread = _read(name, column)
        wrong.append((unread, partial(_unreadable, name)))
    refused = _first_reasons([*wrong, *checks(read, table)])
    if "course_id" in read:
        names = read["course_id"]
        refused |= _first_reasons([(_given_again(names, refused), partial(_counted_already, names))])
    keep = np.ones(length, dtype=np.bool_)
    keep[list(refused)] = False
    return {name: column[keep] for name, column in read.items()}, [refused[n] for n in sorted(refused)]


def _first_reasons(wrong: Iterable[Wrong]) -> dict[int, RefusedRow]:
    """By its place, each row that is wrong, with the first reason."""
    refused: dict[int, RefusedRow] = {}
    for rows, refusal in wrong:
        for place in map(int, np.flatnonzero(rows)):
            if place not in refused:
                why = refusal(row=place + 1)
                refused[place] = RefusedRow(place + 1, why.sentence, why.next_step)
    return refused


def _given_again(names: Array, refused: Collection[int]) -> Flags:
    """Tell which rows name a course that an earlier row is counted for. A row that was refused is not counted."""
    named = names.copy()
    named[list(refused)] = ""
    _, first = np.unique(named, return_index=True)
    again: Flags = named != ""
    again[first] = False
    return again


def _read(name: str, column: Sequence[Any]) -> tuple[Array, Flags]:
    """A column as what it holds, and where it does not."""
    if name in NUMBERS:
        return _each(column, as_number, float("nan"), NUMBER)
    if name in DAYS:
        return _each(column, as_day, np.datetime64("NaT", "D"), DAY)
    if name == "ended":
        return _each(column, as_truth, False, TRUTH)
    words = np.array(["" if is_missing(value) else str(value).strip() for value in column], dtype=np.str_)
    return words, np.zeros(len(column), dtype=np.bool_)


def _each(column: Sequence[Any], read: Callable[[Any], Any], gap: Any, kind: str) -> tuple[Array, Flags]:
    """Read a column at once where every value is of its kind; else value by value, to find those that are not."""
    whole, unread = _at_once(np.asarray(column), gap, kind), np.zeros(len(column), dtype=np.bool_)
    if whole is not None:
        return whole, unread
    values = []
    for place, value in enumerate(column):
        try:
            values.append(read(value))
        except (TypeError, ValueError):
            values.append(gap)
            unread[place] = True
    return np.array(values, dtype=kind), unread


def _at_once(array: Array, gap: Any, kind: str) -> Array | None:
    """The whole column, or None where its values have to be looked at one by one."""
    if array.dtype.kind not in AT_ONCE[kind]:
        return None
    if array.dtype.kind == "U":
        array = np.char.strip(array)
        empty = array == ""
        if kind == DAY and not (empty | are_whole_days(array)).all():
            return None
        array = np.where(empty, str(gap), array)
    try:
        return array.astype(kind)
    except ValueError:
        return None


def _counted_already(names: Array, *, row: int) -> InvalidScore:
    return InvalidScore(
        "The course {name} in row {row} is counted already, by an earlier row.",
        next_step="Keep one row for each course.",
        row=row,
        name=names[row - 1],
    )


def _unreadable(name: str, *, row: int) -> InvalidScore:
    kind = "a number" if name in NUMBERS else "a day, as in 2025-03-18"
    if name == "ended":
        kind = "true or false, yes or no, 1 or 0"
    return InvalidScore(
        "In row {row}, {name} is not {kind}.", next_step="Correct it, or leave it empty.",
        row=row, name=name, kind=kind,
    )  # fmt: skip
