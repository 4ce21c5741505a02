"""What the values of a row have to be. Each check is made in one place, for one array or for a whole file."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.change.measures import InvalidScore, Measure

Flags: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]


def outside(points: Floats, measure: Measure) -> Flags:
    """Tell which scores the scale cannot give; a missing one is not outside."""
    return (points < float(measure.least)) | (points > float(measure.most))


def no_count(contacts: Floats, ended: Flags) -> Flags:
    """Tell where the treatment contacts are not a whole number from 0 up; a course that goes on may have none yet."""
    wrong: Flags = (contacts < 0) | (np.isfinite(contacts) & (contacts % 1 != 0)) | np.isinf(contacts)
    return wrong | (ended & np.isnan(contacts))


def days_between(referred: npt.NDArray[Any], treated: npt.NDArray[Any]) -> Floats:
    """Days from referral to first treatment; not-a-number where either day is missing."""
    days: Floats = (treated - referred).astype(np.float64)
    days[np.isnat(treated) | np.isnat(referred)] = np.nan
    return days


def not_a_count(*, row: int) -> InvalidScore:
    """Make the refusal of contacts that are not a count."""
    return InvalidScore(
        "The number of treatment contacts in row {row} is not a count.",
        next_step="Give a whole number from 0 up for every course that has ended.",
        row=row,
    )


def began_too_soon(*, row: int) -> InvalidScore:
    """Make the refusal of a treatment that began before its referral."""
    return InvalidScore(
        "In row {row} treatment began before the referral.",
        next_step="Correct one of the two dates.",
        row=row,
    )
