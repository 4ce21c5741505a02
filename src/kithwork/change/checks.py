"""What the values of a row have to be. Each check is made in one place, for one array or for a whole file."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.change.measures import InvalidScore, Measure, MeasureTable, UnknownMeasure, out_of_range
from kithwork.refusal import Refusal

Array: TypeAlias = npt.NDArray[Any]
Flags: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]


def checks(read: Mapping[str, Array], table: MeasureTable) -> Iterator[tuple[Flags, Callable[..., Refusal]]]:
    """Make each check of the values, in the order in which a row's reasons are told."""
    named = read.get("anxiety_measure", np.full(len(read["phq9_first"]), ""))
    chosen = np.where(named == "", "gad7", named)
    known = [name for name in table.measures if name != "phq9"]
    yield ~np.isin(chosen, known), partial(_unknown, named, known)
    phq9 = table.measures["phq9"]
    for end in ("first", "last"):
        yield _outside(read[f"phq9_{end}"], phq9), partial(out_of_range, phq9)
        for name in known:
            measure = table.measures[name]
            off = (chosen == name) & _outside(read[f"anxiety_{end}"], measure)
            yield off, partial(out_of_range, measure)
    ended = read["ended"].astype(np.bool_) if "ended" in read else ~np.isnat(read["discharged_on"])
    yield _no_count(read["treatment_contacts"], ended), _not_a_count
    if "referred_on" in read and "first_treatment_on" in read:
        days = _days_between(read["referred_on"], read["first_treatment_on"])
        yield days < 0, _began_too_soon


def _outside(points: Floats, measure: Measure) -> Flags:
    """Tell which scores the scale cannot give; a missing one is not outside."""
    return (points < float(measure.least)) | (points > float(measure.most))


def _no_count(contacts: Floats, ended: Flags) -> Flags:
    """Tell where the treatment contacts are not a whole number from 0 up; a course that goes on may have none yet."""
    wrong: Flags = (
        (contacts < 0) | (contacts == np.inf) | (~np.isnan(contacts) & (np.floor(contacts) != contacts))
    )
    return wrong | (ended & np.isnan(contacts))


def _days_between(referred: npt.NDArray[Any], treated: npt.NDArray[Any]) -> Floats:
    """Days from referral to first treatment; not-a-number where either day is missing."""
    days: Floats = (treated - referred).astype(np.float64)
    days[np.isnat(treated) | np.isnat(referred)] = np.nan
    return days


def _not_a_count(*, row: int) -> InvalidScore:
    """Make the refusal of contacts that are not a count."""
    return InvalidScore(
        "The number of treatment contacts in row {row} is not a count.",
        next_step="Give a whole number from 0 up for every course that has ended.",
        row=row,
    )


def _began_too_soon(*, row: int) -> InvalidScore:
    """Make the refusal of a treatment that began before its referral."""
    return InvalidScore(
        "In row {row} treatment began before the referral.",
        next_step="Correct one of the two dates.",
        row=row,
    )


def _unknown(named: Array, known: list[str], *, row: int) -> UnknownMeasure:
    return UnknownMeasure(
        "In row {row}, the anxiety measure {name} is not in the national table.",
        next_step="Choose one of {names}.",
        row=row,
        name=named[row - 1],
        names=", ".join(known),
    )
