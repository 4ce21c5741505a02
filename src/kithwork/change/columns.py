"""Columns from a file or a database, turned into arrays in which missing is missing and never zero."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.refusal import Refusal

Flags: TypeAlias = npt.NDArray[np.bool_]
Codes: TypeAlias = npt.NDArray[np.int32]
# Numbers the words of an array: a number for each row, below 0 where missing, and the words in the order of numbers.
Encode: TypeAlias = Callable[[npt.NDArray[Any]], tuple[npt.NDArray[Any], list[Any]]]
WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# As 1.0 and 0.0 a file of numbers holds them, where some are missing.
TRUE, FALSE = {"true", "yes", "1", "1.0"}, {"false", "no", "0", "0.0", ""}


class ColumnRefused(Refusal, ValueError):
    """A column is missing, of another length, or does not hold what its name promises."""

    code = "column-refused"


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words: for each row a place in `words`, where each stands once; the missing one is empty."""

    codes: Codes
    words: list[str]


def numbers(name: str, column: Any, length: int) -> npt.NDArray[np.float64]:
    """Read a column of numbers; None, empty text and masked values become not-a-number."""
    array = _array(name, column, length)
    if array.dtype.kind in "iuf":
        return array.astype(np.float64, copy=False)
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
            return array.astype("datetime64[D]", copy=False)
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


def coded(name: str, column: Any, length: int, encode: Encode) -> Coded:
    """Read a column of words. What comes with its words numbered, from pandas or Arrow, is not read again."""
    if isinstance(column, str):
        codes, values = np.zeros(length, dtype=np.int32), [column]
    else:
        codes, values = _numbered(column) or encode(_array(name, column, length))
    if len(codes) != length:
        raise _other_length(name)
    if length and codes.min() < 0:
        codes, values = np.where(codes < 0, len(values), codes), [*values, ""]
    words = ["" if is_missing(value) else str(value) for value in values]
    place = {word: n for n, word in enumerate(dict.fromkeys(words))}
    if len(place) < len(words):
        codes = np.array([place[word] for word in words])[codes]
    return Coded(np.ascontiguousarray(codes, dtype=np.int32), list(place))


def _numbered(column: Any) -> tuple[npt.NDArray[Any], list[Any]] | None:
    """Take the numbers of a pandas or Arrow column, below 0 where missing; None for other columns."""
    kept = getattr(column, "cat", column)
    if hasattr(kept, "categories") and hasattr(kept, "codes"):
        return np.asarray(kept.codes), list(kept.categories)
    if hasattr(column, "factorize"):
        codes, values = column.factorize()
        return codes, list(values)
    if hasattr(column, "dictionary_encode"):
        arrow = column.dictionary_encode()
        arrow = arrow.combine_chunks() if hasattr(arrow, "combine_chunks") else arrow
        return arrow.indices.fill_null(-1).to_numpy(), arrow.dictionary.to_pylist()
    return None


def encode(column: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], list[Any]]:
    """Number the words of any array; missing ones are below 0."""
    rows: list[Any] = column.tolist()
    # A million courses name a few words: each is looked at once.
    met = set(rows)
    words = [word for word in met if not is_missing(word)]
    place = dict.fromkeys(met, -1) | {word: n for n, word in enumerate(words)}
    return np.fromiter(map(place.__getitem__, rows), dtype=np.int32, count=len(rows)), words


def _array(name: str, column: Any, length: int) -> npt.NDArray[Any]:
    array: npt.NDArray[Any] = np.asarray(_unmasked(column))
    if array.ndim == 0:
        array = np.broadcast_to(array, length)
    if array.shape != (length,):
        raise _other_length(name)
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
    """Read one day; a missing one is not-a-time. NumPy alone would take 2025-03, a number or `today` as well."""
    if is_missing(value):
        return np.datetime64("NaT", "D")
    if isinstance(value, str):
        if not WHOLE_DAY.fullmatch(value.strip()):
            raise ValueError
        value = value.strip()
    elif not isinstance(value, date | np.datetime64):
        raise TypeError
    day: Any = value
    return np.datetime64(day, "D")


def are_whole_days(texts: npt.NDArray[np.str_]) -> Flags:
    """Tell at once which texts have the form of `WHOLE_DAY`; whether there is such a day is not looked at."""
    letters = np.ascontiguousarray(texts, dtype="U11").view(np.uint32).reshape(-1, 11)
    pattern = np.array([sign == "0" for sign in "0000-00-00 "])
    digits = (letters >= ord("0")) & (letters <= ord("9"))
    dashes = (letters[:, [4, 7]] == ord("-")).all(axis=1)
    whole: Flags = (digits == pattern).all(axis=1) & dashes & (letters[:, 10] == 0)
    return whole


def as_truth(value: Any) -> bool:
    """Read true or false as files write it; a missing one is false."""
    word = "" if is_missing(value) else str(value).strip().lower()
    if word not in TRUE | FALSE:
        raise ValueError
    return word in TRUE


def is_missing(value: Any) -> bool:
    """Tell whether a value stands for nothing: None, empty text, not-a-number, not-a-time."""
    if isinstance(value, str):
        return not value.strip()
    # Not-a-number and not-a-time are the only values that differ from themselves.
    return value is None or bool(value != value)


def _other_length(name: str) -> ColumnRefused:
    return ColumnRefused(
        "The column {name} is not as long as the others.",
        next_step="Give every column one value a course.",
        name=name,
    )


def _refused(name: str, kind: str) -> ColumnRefused:
    return ColumnRefused(
        "The column {name} does not hold {kind}.",
        next_step="Correct it, or leave cells empty.",
        name=name,
        kind=kind,
    )
