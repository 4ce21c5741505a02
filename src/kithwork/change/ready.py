"""Columns of courses made ready for the engines: plain arrays, words as numbers, missing values in one way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.change.columns import (
    ColumnRefused,
    Encode,
    coded,
    dates,
    numbers,
    present,
)
from kithwork.change.kinds import NEVER
from kithwork.change.measures import Measure, MeasureTable

Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Codes: TypeAlias = npt.NDArray[np.int32]
Days: TypeAlias = npt.NDArray[np.int64]
Columns: TypeAlias = Mapping[str, Any]
WAITS = ("referred_on", "first_treatment_on")


@dataclass(frozen=True, slots=True)
class Ready:
    """Courses as both engines take them: scores in points, not-a-number where missing; days since any day, or NEVER."""

    phq9_first: Floats
    phq9_last: Floats
    anxiety_first: Floats
    anxiety_last: Floats
    measure: Codes  # a place in `measures`
    measures: tuple[str, ...]  # ids; the same may stand twice
    contacts: Floats
    ended: Flags
    referred: Days
    treated: Days
    phq9: Floats  # cut and reliable change in ten-thousandths of a point, least and most in points
    limits: Floats  # the same four for each of `measures`

    def as_columns(self) -> dict[str, npt.NDArray[Any]]:
        """The same under the names of the columns."""
        return {
            "phq9_first": self.phq9_first,
            "phq9_last": self.phq9_last,
            "anxiety_first": self.anxiety_first,
            "anxiety_last": self.anxiety_last,
            "anxiety_measure": np.array(self.measures)[self.measure],
            "treatment_contacts": self.contacts,
            "ended": self.ended,
            "referred_on": self.referred.view("datetime64[D]"),
            "first_treatment_on": self.treated.view("datetime64[D]"),
        }


def make_ready(columns: Columns, table: MeasureTable, encode: Encode) -> Ready:
    """Read the columns that courses are counted by. Raises ColumnRefused, and UnknownMeasure for another measure."""
    length = length_of(columns)

    def read(name: str) -> Floats:
        return np.ascontiguousarray(numbers(name, column_of(columns, name), length))

    measure, measures = _measures(columns, table, length, encode)
    referred, treated = _waits(columns, length)
    return Ready(
        phq9_first=read("phq9_first"),
        phq9_last=read("phq9_last"),
        anxiety_first=read("anxiety_first"),
        anxiety_last=read("anxiety_last"),
        measure=measure,
        measures=tuple(one.id for one in measures),
        contacts=read("treatment_contacts"),
        ended=np.ascontiguousarray(_has_ended(columns, length)),
        referred=referred,
        treated=treated,
        phq9=_limits([table.measures["phq9"]])[0],
        limits=_limits(measures),
    )


def length_of(columns: Columns) -> int:
    """How many courses there are."""
    return len(np.atleast_1d(np.asarray(column_of(columns, "phq9_first"))))


def column_of(columns: Columns, name: str) -> Any:
    """Find a column. Raises ColumnRefused."""
    try:
        return columns[name]
    except KeyError:
        raise ColumnRefused(
            "The column {name} is missing.",
            next_step="Add it; leave a cell empty where a value is missing.",
            name=name,
        ) from None


def has_waits(columns: Columns) -> bool:
    """Tell whether there are both dates of a wait."""
    return all(name in columns for name in WAITS)


def _measures(
    columns: Columns, table: MeasureTable, length: int, encode: Encode
) -> tuple[Codes, list[Measure]]:
    """Which measure each course names; none named means GAD-7. Words that no course uses are passed over."""
    named = coded("anxiety_measure", columns.get("anxiety_measure", ""), length, encode)
    words = [word.strip() for word in named.words]
    strangers = [n for n, word in enumerate(words) if word == "phq9" or word not in {"", *table.measures}]
    for n in strangers:
        if (named.codes == n).any():
            table.anxiety(words[n])
    return named.codes, [table.anxiety("" if n in strangers else word) for n, word in enumerate(words)]


def _limits(measures: Sequence[Measure]) -> Floats:
    rows = [(one.cut_ticks, one.change_ticks, float(one.least), float(one.most)) for one in measures]
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


def _has_ended(columns: Columns, length: int) -> Flags:
    """By ``ended``, or where there is a day of ending."""
    if "ended" in columns:
        return present("ended", columns["ended"], length, truth=True)
    return present("discharged_on", column_of(columns, "discharged_on"), length)


def _waits(columns: Columns, length: int) -> tuple[Days, Days]:
    if not has_waits(columns):
        never = np.full(length, NEVER, dtype=np.int64)
        return never, never
    referred, treated = (np.ascontiguousarray(dates(name, columns[name], length)) for name in WAITS)
    return referred.view(np.int64), treated.view(np.int64)
