"""A file of courses as it comes: the rows that cannot be counted are set aside, each with its reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.change.checks import checks
from kithwork.change.columns import as_day, as_number, is_missing
from kithwork.change.measures import InvalidScore, MeasureTable, national_table
from kithwork.refusal import Refusal

Array: TypeAlias = npt.NDArray[Any]
Flags: TypeAlias = npt.NDArray[np.bool_]
NUMBERS = ("treatment_contacts", "phq9_first", "phq9_last", "anxiety_first", "anxiety_last")
DAYS = ("referred_on", "first_treatment_on", "discharged_on")


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
        As for `outcomes`; text from a file is read as numbers and days.
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
    wrong: list[tuple[Flags, Callable[..., Refusal]]] = []
    for name, column in columns.items():
        read[name], unread = _read(name, column)
        wrong.append((unread, partial(_unreadable, name)))
    wrong += checks(read, table)
    refused: dict[int, RefusedRow] = {}
    for rows, refusal in wrong:
        for place in map(int, np.flatnonzero(rows)):
            why = refusal(row=place + 1)
            refused.setdefault(place, RefusedRow(place + 1, why.sentence, why.next_step))
    keep = np.ones(length, dtype=np.bool_)
    keep[list(refused)] = False
    return {name: column[keep] for name, column in read.items()}, [refused[n] for n in sorted(refused)]


def _read(name: str, column: Sequence[Any]) -> tuple[Array, Flags]:
    """A column as what it holds, and where it does not."""
    if name in NUMBERS:
        return _each(column, as_number, float("nan"), "float64")
    if name in DAYS:
        return _each(column, as_day, np.datetime64("NaT", "D"), "datetime64[D]")
    if name == "ended":
        return np.asarray(column), np.zeros(len(column), dtype=np.bool_)
    words = np.array(["" if is_missing(value) else str(value).strip() for value in column], dtype=np.str_)
    return words, np.zeros(len(column), dtype=np.bool_)


def _each(column: Sequence[Any], read: Callable[[Any], Any], gap: Any, kind: str) -> tuple[Array, Flags]:
    """Read a column at once where every value is of its kind; else value by value, to find those that are not."""
    array, unread = np.asarray(column), np.zeros(len(column), dtype=np.bool_)
    if array.dtype.kind == "U":
        array = np.char.strip(array)
        array = np.where(array == "", str(gap), array)
    try:
        if array.dtype.kind in "UfiuM":
            return array.astype(kind), unread
    except ValueError:
        pass
    values = []
    for place, value in enumerate(column):
        try:
            values.append(read(value))
        except (TypeError, ValueError):
            values.append(gap)
            unread[place] = True
    return np.array(values, dtype=kind), unread


def _unreadable(name: str, *, row: int) -> InvalidScore:
    kind = "a number" if name in NUMBERS else "a day, as in 2025-03-18"
    return InvalidScore(
        "In row {row}, {name} is not {kind}.", next_step="Correct it, or leave it empty.",
        row=row, name=name, kind=kind,
    )  # fmt: skip
