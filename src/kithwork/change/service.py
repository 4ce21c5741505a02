"""How the courses of a whole service ended, by the national definitions: a million at once.

Every rate stands with its numerator and denominator. Source: NHS England, annual metadata 2024-25.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.change import plain
from kithwork.change.checks import checks
from kithwork.change.columns import coded
from kithwork.change.engines import engine
from kithwork.change.kinds import OF_EACH_KIND, WRONG
from kithwork.change.measures import MeasureTable, national_table
from kithwork.change.ready import Codes, Columns, Flags, Ready, column_of, has_waits, make_ready

Tally: TypeAlias = npt.NDArray[np.int64]
# The tally of a group takes eight thousand bytes.
GROUPS_AT_A_TIME = 4096
WAITS = ("within_6_weeks", "within_18_weeks")
# What the rates are shares of: of those finished who were not below both cuts at the start, and of all finished.
OF_THOSE_WHO_COULD = ("recovery", "reliable_recovery")
OF_ALL = ("reliable_improvement", "reliable_deterioration", "no_reliable_change", "unclassified", *WAITS)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of people, never without the two counts it comes from."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """The share between 0 and 1, or None where there is nobody to take a share of."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> float | None:
        """The share in per cent, to one decimal, a half upwards."""
        if not self.denominator:
            return None
        return (2000 * self.numerator + self.denominator) // (2 * self.denominator) / 10

    def as_dict(self) -> Mapping[str, int | float | None]:
        """For JSON."""
        return {"numerator": self.numerator, "denominator": self.denominator, "rate": self.value}


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a set of courses comes to. All counts but `courses` are of finished courses."""

    counts: Mapping[str, int]
    rates: Mapping[str, Rate]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "counts": dict(self.counts),
            "rates": {name: rate.as_dict() for name, rate in self.rates.items()},
        }


@dataclass(frozen=True, slots=True)
class CourseFlags:
    """One truth value a course, under the names of `Outcome`."""

    finished: Flags
    paired: Flags
    caseness_start: Flags
    not_caseness_start: Flags
    recovery: Flags
    reliable_improvement: Flags
    reliable_deterioration: Flags
    reliable_recovery: Flags

    @property
    def no_reliable_change(self) -> Flags:
        """Finished and paired, and neither better nor worse by a reliable amount, or both ways at once."""
        return self.finished & self.paired & ~self.reliable_improvement & ~self.reliable_deterioration


def outcomes(columns: Columns, *, table: MeasureTable | None = None) -> Outcomes:
    """Count how courses ended.

    Parameters
    ----------
    columns : mapping of arrays, one value a course, all of one length
        ``phq9_first, phq9_last, anxiety_first, anxiety_last`` in points; ``treatment_contacts``, a count;
        ``ended`` (true or false) or ``discharged_on`` (a date where it ended); ``anxiety_measure``, ids of
        the table, GAD-7 where empty or left out; ``referred_on`` and ``first_treatment_on``, dates, for the
        waits. None, empty text, not-a-number and not-a-time are missing. Other columns are passed over.
        A data frame will do; words are read fastest where they come as categories.
    table : MeasureTable, optional
        Another edition of the cuts; the one that ships by default.

    Returns
    -------
    Outcomes
        ``counts`` and ``rates``. Recovery and reliable recovery are of those finished less those *not at
        caseness*; the others of all finished. Unpaired courses stay in the denominators.

    Raises
    ------
    InvalidScore
        When a score is outside its scale, a wait is below 0 or a contact count is not a count.
    UnknownMeasure
        When the table does not hold an anxiety measure.
    ColumnRefused
        When a column is missing, of another length, or not of its kind.

    References
    ----------
    NHS England, Talking Therapies annual metadata 2024-25.

    Examples
    --------
    >>> ended = outcomes({"phq9_first": [18, 9], "phq9_last": [6, 2], "anxiety_first": [14, 7],
    ...     "anxiety_last": [5, 2], "treatment_contacts": [8, 4], "ended": [True, True]})
    >>> ended.rates["recovery"]
    Rate(numerator=1, denominator=1)
    """
    table = table or national_table()
    ready = make_ready(columns, table, engine().encode)
    [tally] = _tallies(ready, np.zeros(len(ready.ended), dtype=np.int32), 1, table)
    return _outcomes(tally, waits=has_waits(columns))


def outcomes_by(columns: Columns, by: str, *, table: MeasureTable | None = None) -> dict[str, Outcomes]:
    """Count how courses ended, apart for each value of one column.

    Parameters
    ----------
    columns : mapping of arrays
        As for `outcomes`, and the column named by `by`.
    by : str
        The column to part by; missing values are put together under empty text.

    Returns
    -------
    dict
        Value to Outcomes, in the order of the alphabet. Never a ranking: the groups were not drawn by lot.

    Raises
    ------
    InvalidScore, UnknownMeasure, ColumnRefused
        As for `outcomes`.
    """
    table = table or national_table()
    ready = make_ready(columns, table, engine().encode)
    group = coded(by, column_of(columns, by), len(ready.ended), engine().encode)
    tallies = zip(group.words, _tallies(ready, group.codes, len(group.words), table), strict=False)
    waits = has_waits(columns)
    found = {value: _outcomes(tally, waits=waits) for value, tally in tallies if tally.any()}
    return {value: found[value] for value in sorted(found)}


def course_flags(columns: Columns, *, table: MeasureTable | None = None) -> CourseFlags:
    """Say what each course counts as: `course_outcome` for every row at once.

    Parameters
    ----------
    columns, table
        As for `outcomes`.

    Returns
    -------
    CourseFlags
        Arrays as long as the columns.

    Raises
    ------
    InvalidScore, UnknownMeasure, ColumnRefused
        As for `outcomes`.
    """
    table = table or national_table()
    ready = make_ready(columns, table, plain.encode)
    kinds = plain.kinds(ready)
    _refuse_wrong(kinds, ready, table)
    return CourseFlags(**{flag.name: OF_EACH_KIND[flag.name][kinds] for flag in fields(CourseFlags)})


def published(count: int) -> int | None:
    """Round a count as national tables do: to the nearest 5, and nothing under 5.

    Parameters
    ----------
    count : int
        People; 0 or more.

    Returns
    -------
    int or None
        None where the table prints a star, for 0 to 4.

    Raises
    ------
    ValueError
        When the count is below 0.

    Examples
    --------
    >>> [published(n) for n in (0, 4, 5, 7, 8)]
    [None, None, 5, 5, 10]
    """
    if count < 0:
        raise ValueError("a count cannot be below 0")
    return None if count < 5 else (count + 2) // 5 * 5


def _tallies(ready: Ready, group: Codes, groups: int, table: MeasureTable) -> Iterator[Tally]:
    """How many courses of each group are of each kind, group by group. Of many groups some at a time are counted."""
    for start in range(0, groups, GROUPS_AT_A_TIME):
        here = group
        if groups > GROUPS_AT_A_TIME:
            others = (group < start) | (group >= start + GROUPS_AT_A_TIME)
            here = np.where(others, GROUPS_AT_A_TIME, group - start).astype(np.int32)
        counted: Tally = engine().tally(ready, here, min(groups, GROUPS_AT_A_TIME + 1))
        _refuse_wrong(np.flatnonzero(counted.any(axis=0)), ready, table)
        yield from counted[:GROUPS_AT_A_TIME]


def _refuse_wrong(kinds: npt.NDArray[Any], ready: Ready, table: MeasureTable) -> None:
    """Where a course is of a kind that cannot be, find the first reason."""
    if not (kinds & WRONG).any():
        return
    for rows, refusal in checks(ready.as_columns(), table):
        if rows.any():
            raise refusal(row=int(rows.argmax()) + 1)


def _outcomes(tally: Tally, *, waits: bool) -> Outcomes:
    """Read counts and rates off how many courses are of each kind."""
    said = {name: flags for name, flags in OF_EACH_KIND.items() if waits or name not in WAITS}
    counts = {name: int(tally[OF_EACH_KIND["finished"] & flags].sum()) for name, flags in said.items()}
    counts = {"courses": int(tally.sum())} | counts
    finished = counts["finished"]
    could_recover = finished - counts["not_caseness_start"]
    rates = {name: Rate(counts[name], could_recover) for name in OF_THOSE_WHO_COULD}
    return Outcomes(counts, rates | {name: Rate(counts[name], finished) for name in OF_ALL if name in counts})


def missing_columns(names: Iterable[str]) -> list[str]:
    """Name the columns that `outcomes` needs and a table lacks."""
    held = set(names)
    needed = ["treatment_contacts", "phq9_first", "phq9_last", "anxiety_first", "anxiety_last"]
    lacking = [name for name in needed if name not in held]
    return lacking if held & {"ended", "discharged_on"} else [*lacking, "discharged_on"]
