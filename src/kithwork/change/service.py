"""How the courses of a whole service ended, by the national definitions: a million at once.

Every rate stands with its numerator and denominator. Source: NHS England, annual metadata 2024-25.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.change.checks import began_too_soon, days_between, no_count, not_a_count, outside
from kithwork.change.columns import ColumnRefused, dates, measure_names, numbers, present, words
from kithwork.change.course import CONTACTS_OF_A_COURSE
from kithwork.change.measures import (
    TICKS_A_POINT,
    Measure,
    MeasureTable,
    national_table,
    out_of_range,
)

Flags: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]
Columns: TypeAlias = Mapping[str, Any]
SIX_WEEKS, EIGHTEEN_WEEKS = 42, 126


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
    return _tally(columns, np.zeros(_length(columns), dtype=np.intp), 1, table=table)[0]


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
    said = words(by, _column(columns, by)).tolist()
    values = sorted(set(said))
    place = {value: n for n, value in enumerate(values)}
    group = np.fromiter((place[value] for value in said), dtype=np.intp, count=len(said))
    return dict(zip(values, _tally(columns, group, len(values), table=table), strict=True))


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
    length = _length(columns)
    phq9 = _judge(_scores(columns, "phq9", length), table.measures["phq9"])
    anxiety = _judge_anxiety(columns, table, length)
    finished = _finished(columns, length)
    paired = phq9.paired & anxiety.paired
    counted = finished & paired
    case = phq9.case_at_start | anxiety.case_at_start
    better, worse = phq9.improved | anxiety.improved, phq9.deteriorated | anxiety.deteriorated
    recovery = counted & case & phq9.below_at_end & anxiety.below_at_end
    improved = counted & better & ~worse
    return CourseFlags(
        finished=finished,
        paired=paired,
        caseness_start=case,
        not_caseness_start=phq9.below_at_start & anxiety.below_at_start,
        recovery=recovery,
        reliable_improvement=improved,
        reliable_deterioration=counted & worse & ~better,
        reliable_recovery=recovery & improved,
    )


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


@dataclass(frozen=True, slots=True)
class _Ends:
    """What follows from first and last scores on one measure. Comparisons with a missing score are False."""

    paired: Flags
    case_at_start: Flags
    below_at_start: Flags
    below_at_end: Flags
    improved: Flags
    deteriorated: Flags

    def where(self, mask: Flags, other: "_Ends") -> "_Ends":
        """Take the other measure's answers where the mask says so."""
        pairs = ((getattr(other, part.name), getattr(self, part.name)) for part in fields(self))
        return _Ends(*(np.where(mask, theirs, ours) for theirs, ours in pairs))


@dataclass(frozen=True, slots=True)
class _Scores:
    """First and last scores of each course, in points; not-a-number where missing."""

    first: Floats
    last: Floats


def _scores(columns: Columns, name: str, length: int) -> _Scores:
    first, last = f"{name}_first", f"{name}_last"
    return _Scores(
        numbers(first, _column(columns, first), length), numbers(last, _column(columns, last), length)
    )


def _judge(scores: _Scores, measure: Measure, *, rows: Flags | None = None) -> _Ends:
    first = _ticks(scores.first, measure, rows=rows)
    last = _ticks(scores.last, measure, rows=rows)
    better_by = first - last
    return _Ends(
        paired=~np.isnan(better_by),
        case_at_start=first >= measure.cut_ticks,
        below_at_start=first < measure.cut_ticks,
        below_at_end=last < measure.cut_ticks,
        improved=better_by >= measure.change_ticks,
        deteriorated=-better_by >= measure.change_ticks,
    )


def _judge_anxiety(columns: Columns, table: MeasureTable, length: int) -> _Ends:
    """Judge each course by its own anxiety measure."""
    scores = _scores(columns, "anxiety", length)
    chosen = measure_names(columns.get("anxiety_measure", ""), list(table.measures), length)
    if chosen.unknown is not None:
        table.anxiety(chosen.unknown)
    ends = _judge(scores, table.anxiety(None), rows=chosen.rows["gad7"])
    for name, rows in chosen.rows.items():
        if name != "gad7" and rows.any():
            ends = ends.where(rows, _judge(scores, table.anxiety(name), rows=rows))
    return ends


def _ticks(points: Floats, measure: Measure, *, rows: Flags | None) -> Floats:
    """Turn scores into whole ten-thousandths of a point, which floats hold exactly; a gap stays a gap."""
    wrong = outside(points, measure)
    if rows is not None:
        wrong &= rows
    if wrong.any():
        raise out_of_range(measure, row=int(wrong.argmax()) + 1)
    return np.rint(points * TICKS_A_POINT)


def _finished(columns: Columns, length: int) -> Flags:
    ended = has_ended(columns, length)
    contacts = numbers("treatment_contacts", _column(columns, "treatment_contacts"), length)
    wrong = no_count(contacts, ended)
    if wrong.any():
        raise not_a_count(row=int(wrong.argmax()) + 1)
    return ended & (contacts >= CONTACTS_OF_A_COURSE)


def _tally(
    columns: Columns, group: npt.NDArray[np.intp], groups: int, *, table: MeasureTable | None
) -> list[Outcomes]:
    flags = course_flags(columns, table=table)
    kinds = _kinds(flags) | _waits(columns, flags.finished)
    counted = {name: np.bincount(group[mask], minlength=groups) for name, mask in kinds.items()}
    counted = {"courses": np.bincount(group, minlength=groups)} | counted
    return [_outcomes({name: int(count[n]) for name, count in counted.items()}) for n in range(groups)]


def _kinds(flags: CourseFlags) -> dict[str, Flags]:
    finished = flags.finished
    return {
        "finished": finished,
        "paired": finished & flags.paired,
        "caseness_start": finished & flags.caseness_start,
        "not_caseness_start": finished & flags.not_caseness_start,
        "recovery": flags.recovery,
        "reliable_recovery": flags.reliable_recovery,
        "reliable_improvement": flags.reliable_improvement,
        "reliable_deterioration": flags.reliable_deterioration,
        "no_reliable_change": flags.no_reliable_change,
        "unclassified": finished & ~flags.paired,
    }


def _waits(columns: Columns, finished: Flags) -> dict[str, Flags]:
    """Days from referral to first treatment. Where a date is missing nobody can say that it was in time."""
    if "referred_on" not in columns or "first_treatment_on" not in columns:
        return {}
    names = ("referred_on", "first_treatment_on")
    days = days_between(*(dates(name, columns[name], len(finished)) for name in names))
    if (days < 0).any():
        raise began_too_soon(row=int((days < 0).argmax()) + 1)
    return {
        "within_6_weeks": finished & (days <= SIX_WEEKS),
        "within_18_weeks": finished & (days <= EIGHTEEN_WEEKS),
    }


def _outcomes(counts: dict[str, int]) -> Outcomes:
    finished = counts["finished"]
    could_recover = finished - counts["not_caseness_start"]
    others = ("reliable_improvement", "reliable_deterioration", "no_reliable_change", "unclassified")
    waits = (name for name in ("within_6_weeks", "within_18_weeks") if name in counts)
    rates = {name: Rate(counts[name], could_recover) for name in ("recovery", "reliable_recovery")}
    return Outcomes(counts, rates | {name: Rate(counts[name], finished) for name in (*others, *waits)})


def has_ended(columns: Columns, length: int) -> Flags:
    """Tell which courses have ended: by ``ended``, or where there is a day of ending."""
    if "ended" in columns:
        return present("ended", columns["ended"], length, truth=True)
    return present("discharged_on", _column(columns, "discharged_on"), length)


def _length(columns: Columns) -> int:
    return len(np.atleast_1d(np.asarray(_column(columns, "phq9_first"))))


def _column(columns: Columns, name: str) -> Any:
    try:
        return columns[name]
    except KeyError:
        raise ColumnRefused(
            "The column {name} is missing.",
            next_step="Add it; leave a cell empty where a value is missing.",
            name=name,
        ) from None


def missing_columns(names: Iterable[str]) -> list[str]:
    """Name the columns that `outcomes` needs and a table lacks."""
    held = set(names)
    needed = ["treatment_contacts", "phq9_first", "phq9_last", "anxiety_first", "anxiety_last"]
    lacking = [name for name in needed if name not in held]
    return lacking if held & {"ended", "discharged_on"} else [*lacking, "discharged_on"]
