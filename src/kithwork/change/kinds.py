"""The national definitions, as bits of one small number a course: its kind. A million courses are of few kinds.

`judge` and `go_on` say all that a course is counted by. Both engines run this very text: NumPy on arrays, Numba course
by course. What the bits come to is said in `OF_EACH_KIND`, of each kind once and not of each course.
"""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.change.course import CONTACTS_OF_A_COURSE
from kithwork.change.measures import TICKS_A_POINT

Flags: TypeAlias = npt.NDArray[np.bool_]
Kinds: TypeAlias = npt.NDArray[np.int16]
SIX_WEEKS, EIGHTEEN_WEEKS = 42, 126
# The day that stands for a missing one, where NumPy keeps not-a-time.
NEVER = np.iinfo(np.int64).min

# Set where it is so on either measure.
FIRST_MISSING, LAST_MISSING, CASE_AT_START, CASE_AT_END = (np.int16(1 << n) for n in range(4))
BETTER, WORSE = np.int16(1 << 4), np.int16(1 << 5)
# And of the course.
FINISHED, WITHIN_6_WEEKS, WITHIN_18_WEEKS = (np.int16(1 << n) for n in range(6, 9))
# A value that cannot be; such courses are refused and not counted.
WRONG = np.int16(1 << 9)
KINDS = 1 << 10


def judge(first: Any, last: Any, cut: Any, change: Any, least: Any, most: Any) -> Any:
    """Compare the ends on one measure: scores, least and most in points, cut and change in ten-thousandths.

    Scores are compared in whole ten-thousandths, which floats hold exactly. A missing one is not-a-number, and no
    comparison with it holds.
    """
    start, end = np.rint(first * TICKS_A_POINT), np.rint(last * TICKS_A_POINT)
    better_by = start - end
    return (
        FIRST_MISSING * (first != first)
        | LAST_MISSING * (last != last)
        | CASE_AT_START * (start >= cut)
        | CASE_AT_END * (end >= cut)
        | BETTER * (better_by >= change)
        | WORSE * (better_by <= -change)
        | WRONG * ((first < least) | (first > most) | (last < least) | (last > most))
    )


def go_on(contacts: Any, ended: Any, referred: Any, treated: Any) -> Any:
    """Say whether a course is finished, and whether it began in time. Days count from any day; NEVER is missing."""
    # A course that goes on may have no count yet.
    told = ended | (contacts == contacts)
    no_count = (contacts < 0) | (contacts == np.inf) | (told & (np.floor(contacts) != contacts))
    known = (referred != NEVER) & (treated != NEVER)
    wait = treated - referred
    return (
        FINISHED * (ended & (contacts >= CONTACTS_OF_A_COURSE))
        | WITHIN_6_WEEKS * (known & (wait <= SIX_WEEKS))
        | WITHIN_18_WEEKS * (known & (wait <= EIGHTEEN_WEEKS))
        | WRONG * (no_count | (known & (wait < 0)))
    )


def _said_of_each_kind() -> dict[str, Flags]:
    kind = np.arange(KINDS)

    def has(bit: np.int16) -> Flags:
        there: Flags = kind & bit != 0
        return there

    paired = ~has(FIRST_MISSING) & ~has(LAST_MISSING)
    counted = has(FINISHED) & paired
    improved = counted & has(BETTER) & ~has(WORSE)
    deteriorated = counted & has(WORSE) & ~has(BETTER)
    recovery = counted & has(CASE_AT_START) & ~has(CASE_AT_END)
    return {
        "finished": has(FINISHED),
        "paired": paired,
        "caseness_start": has(CASE_AT_START),
        "not_caseness_start": ~has(CASE_AT_START) & ~has(FIRST_MISSING),
        "recovery": recovery,
        "reliable_recovery": recovery & improved,
        "reliable_improvement": improved,
        "reliable_deterioration": deteriorated,
        "no_reliable_change": counted & ~improved & ~deteriorated,
        "unclassified": ~paired,
        "within_6_weeks": has(WITHIN_6_WEEKS),
        "within_18_weeks": has(WITHIN_18_WEEKS),
    }


# For each name of a count one truth value a kind; counts are of finished courses.
OF_EACH_KIND = _said_of_each_kind()
