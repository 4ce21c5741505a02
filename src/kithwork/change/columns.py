"""Columns from a file or a database, turned into arrays in which missing is missing and never zero."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.refusal import Refusal

Flags: TypeAlias = npt.NDArray[np.bool_]


class ColumnRefused(Refusal, ValueError):
    """A column is missing, of another length, or does not hold what its name promises."""

    code = "column-refused"


@dataclass(frozen=True, slots=True)
class MeasureNames:
    """Which rows name which measure, and the first name that is none."""

    rows: dict[str, Flags]
    unknown: str | None


def numbers(name: str, column: Any, length: int) -> npt.NDArray[np.float64]:
    """Read a column of numbers; None, empty text and masked values become not-a-number."""
    array = _array(name, column, length)
    if array.dtype.kind in "iuf":
        return array.astype(np.float64)
    if array.dtype.kind == "b":
        raise _refused(name, "numbers")
    try:
        return np.array([as_number(value) for value in array], dtype=np.float64)
    except (TypeError, ValueError):
        raise _refused(name, "numbers") from None


def dates(name: str, column: Any, length: int) -> npt.NDArray[np.datetime64]:
    """Read a column of days; missing ones become not-a-time."""
    array = _array(name, column, length)
    try:
        if array.dtype.kind in "OUT":
            array = np.array([as_day(value) for value in array], dtype="datetime64[D]")
        if array.dtype.kind == "M":
            return array.astype("datetime64[D]")
    except (TypeError, ValueError):
        pass
    raise _refused(name, "dates")


def present(name: str, column: Any, length: int, *, truth: bool = False) -> Flags:
    """Tell where a column holds something; with `truth`, where it holds true and not false."""
    array = _array(name, column, length)
    if truth:
        return _true(name, array)
    if array.dtype.kind == "M":
        there: Flags = ~np.isnat(array)
        return there
    if array.dtype.kind in "OUT":
        return np.array([not is_missing(value) for value in array], dtype=np.bool_)
    if array.dtype.kind == "f" and np.isnan(array).all():
        return np.zeros(length, dtype=np.bool_)
    raise _refused(name, "dates")


def words(name: str, column: Any) -> npt.NDArray[np.str_]:
    """Read a column of words; missing ones become empty text."""
    array: npt.NDArray[Any] = np.asarray(_unmasked(column), dtype=object)
    if array.ndim != 1:
        raise _refused(name, "one value a row")
    # A million courses name a few words: each is read once.
    values: list[Any] = array.tolist()
    read = {value: "" if is_missing(value) else str(value) for value in set(values)}
    return np.array([read[value] for value in values], dtype=np.str_)


def measure_names(column: Any, known: list[str], length: int) -> MeasureNames:
    """Sort rows by the measure they name; those that name none are GAD-7's."""
    names = _array("anxiety_measure", column, length)
    if names.dtype.kind != "U":
        names = words("anxiety_measure", names)
    names = np.char.strip(names)
    rows = {name: names == name for name in known}
    rows["gad7"] = rows["gad7"] | (names == "")
    strangers = names[~np.logical_or.reduce(list(rows.values()))]
    return MeasureNames(rows, str(strangers[0]) if len(strangers) else None)


def _array(name: str, column: Any, length: int) -> npt.NDArray[Any]:
    array: npt.NDArray[Any] = np.asarray(_unmasked(column))
    if array.ndim == 0:
        array = np.broadcast_to(array, length)
    if array.shape != (length,):
        raise ColumnRefused(
            "The column {name} is not as long as the others.",
            next_step="Give every column one value a course.",
            name=name,
        )
    return array


def _unmasked(column: Any) -> Any:
    """Put None where a masked array hides its value."""
    if not isinstance(column, np.ma.MaskedArray):
        return column
    values: npt.NDArray[Any] = np.array(np.ma.getdata(column), dtype=object)
    values[np.ma.getmaskarray(column)] = None
    return values


def _true(name: str, array: npt.NDArray[Any]) -> Flags:
    if array.dtype.kind == "b":
        return array.astype(np.bool_)
    if not all(isinstance(value, bool | np.bool_) or value is None for value in array):
        raise _refused(name, "true and false")
    return np.array([bool(value) for value in array], dtype=np.bool_)


def as_number(value: Any) -> float:
    """Read one number; a missing one is not-a-number."""
    if isinstance(value, bool | np.bool_):
        raise TypeError
    return float("nan") if is_missing(value) else float(value)


def as_day(value: Any) -> Any:
    """Read one day; a missing one is not-a-time."""
    return np.datetime64("NaT", "D") if is_missing(value) else np.datetime64(value, "D")


def is_missing(value: Any) -> bool:
    """Tell whether a value stands for nothing: None, empty text, not-a-number, not-a-time."""
    if isinstance(value, str):
        return not value.strip()
    # Not-a-number and not-a-time are the only values that differ from themselves.
    return value is None or bool(value != value)


def _refused(name: str, kind: str) -> ColumnRefused:
    return ColumnRefused(
        "The column {name} does not hold {kind}.",
        next_step="Correct it, or leave cells empty.",
        name=name,
        kind=kind,
    )
