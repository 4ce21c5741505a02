"""How a course ended, by the national definitions for talking therapies in England.

Source: NHS England, annual metadata 2024-25. Finished: ended, with two or more treatment contacts.
At caseness: either measure at or above its cut at the start. Recovery: at caseness at the start, both below
at the end. Reliable improvement: one measure better by the reliable amount and neither worse by it; the start
does not matter. Unpaired people stay in the denominators.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import isnan
from typing import Literal

from kithwork.change.measures import (
    InvalidScore,
    Measure,
    MeasureTable,
    in_ticks,
    national_table,
    out_of_range,
)

Points = int | float | Decimal
Pair = tuple[Points | None, Points | None]
ChangeClass = Literal["improved", "deteriorated", "no_reliable_change"]
# Two or more contacts make a course; one is an assessment or a beginning.
CONTACTS_OF_A_COURSE = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one course counts as; `change_class` is None unless it finished with all four scores."""

    finished: bool
    paired: bool
    caseness_start: bool
    not_caseness_start: bool
    recovery: bool
    reliable_improvement: bool
    reliable_deterioration: bool
    reliable_recovery: bool
    change_class: ChangeClass | None


@dataclass(frozen=True, slots=True)
class _Ends:
    """First and last score on one measure, in ten-thousandths of a point, None when missing."""

    measure: Measure
    first: int | None
    last: int | None

    @property
    def paired(self) -> bool:
        return self.first is not None and self.last is not None

    @property
    def case_at_start(self) -> bool:
        return self.first is not None and self.first >= self.measure.cut_ticks

    @property
    def below_at_start(self) -> bool:
        return self.first is not None and self.first < self.measure.cut_ticks

    @property
    def below_at_end(self) -> bool:
        return self.last is not None and self.last < self.measure.cut_ticks

    @property
    def better_by(self) -> int:
        return self.first - self.last if self.first is not None and self.last is not None else 0

    @property
    def improved(self) -> bool:
        return self.better_by >= self.measure.change_ticks

    @property
    def deteriorated(self) -> bool:
        return -self.better_by >= self.measure.change_ticks


def course_outcome(
    phq9: Pair,
    anxiety: Pair,
    *,
    anxiety_measure: str | None = "gad7",
    treatment_contacts: Points | None,
    ended: bool,
    table: MeasureTable | None = None,
) -> Outcome:
    """Say what one course counts as.

    Parameters
    ----------
    phq9, anxiety : pair of numbers or None
        First and last total, in points; None is missing, and so is not-a-number. A last score without
        a first does not make a pair.
    anxiety_measure : str or None
        Which scale `anxiety` is on, by its id in the table; None means GAD-7.
    treatment_contacts : int or None
        How many treatment contacts took place; 0 or more. None is missing, and so is not-a-number: only while the
        course goes on.
    ended : bool
        Whether the course has ended.
    table : MeasureTable, optional
        Another edition of the cuts; the one that ships by default.

    Returns
    -------
    Outcome
        Until a course has finished, everything but the facts about its scores is False and
        `change_class` is None.

    Raises
    ------
    InvalidScore
        When a score is not a number of its scale, or the contacts are not a count.
    UnknownMeasure
        When the table does not hold the anxiety measure.

    References
    ----------
    NHS England, Talking Therapies annual metadata 2024-25.

    Examples
    --------
    >>> course_outcome((18, 6), (14, 5), treatment_contacts=8, ended=True).change_class
    'improved'
    """
    table = table or national_table()
    ends = (_ends(table.measures["phq9"], phq9), _ends(table.anxiety(anxiety_measure), anxiety))
    finished = _count(treatment_contacts, ended=ended) >= CONTACTS_OF_A_COURSE and bool(ended)
    return _outcome(ends, finished=finished)


def _outcome(ends: tuple[_Ends, _Ends], *, finished: bool) -> Outcome:
    paired = all(end.paired for end in ends)
    counted = finished and paired
    improved = counted and any(end.improved for end in ends) and not any(end.deteriorated for end in ends)
    worse = counted and any(end.deteriorated for end in ends) and not any(end.improved for end in ends)
    case = any(end.case_at_start for end in ends)
    recovery = counted and case and all(end.below_at_end for end in ends)
    return Outcome(
        finished=finished,
        paired=paired,
        caseness_start=case,
        not_caseness_start=all(end.below_at_start for end in ends),
        recovery=recovery,
        reliable_improvement=improved,
        reliable_deterioration=worse,
        reliable_recovery=recovery and improved,
        change_class=_change_class(improved, worse) if counted else None,
    )


def _change_class(improved: bool, worse: bool) -> ChangeClass:
    """File a course. Both ways at once is published as not improved; here it counts as no reliable change."""
    if improved:
        return "improved"
    return "deteriorated" if worse else "no_reliable_change"


def _ends(measure: Measure, pair: Pair) -> _Ends:
    first, last = pair
    return _Ends(measure, _ticks(measure, first), _ticks(measure, last))


def _ticks(measure: Measure, score: Points | None) -> int | None:
    """Read a score, or None when it is missing; refuse what its scale cannot give."""
    if isinstance(score, bool | str | bytes):
        raise out_of_range(measure)
    number = float("nan") if score is None else float(score)
    if isnan(number):
        return None
    if not measure.least <= Decimal(number) <= measure.most:
        raise out_of_range(measure)
    return in_ticks(number)


def _count(contacts: Points | None, *, ended: bool) -> int:
    """Read the contacts; none are known of some courses that go on, and those count as 0."""
    # Only not-a-number differs from itself.
    if contacts is None or contacts != contacts:
        contacts = -1 if ended else 0
    if isinstance(contacts, bool | str | bytes) or contacts < 0 or contacts % 1:
        raise InvalidScore(
            "The number of treatment contacts is not a count.",
            next_step="Give a whole number from 0 up for every course that has ended.",
        )
    return int(contacts)
