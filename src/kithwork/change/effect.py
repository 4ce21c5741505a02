"""How large a change was on average, in units of a spread that is always named.

Source: NHS England, annual metadata 2024-25, divides by England's starting spread; a single service's own spread
gives another figure. So the spread stands beside the number, and who it is from.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

OWN_SPREAD = "standard deviation of these people's first scores"
GIVEN_SPREAD = "standard deviation that was given"


@dataclass(frozen=True, slots=True)
class Effect:
    """Mean change of the people with both scores. Means and spreads in points; above 0: scores fell."""

    people: int
    first_mean: float
    first_sd: float
    last_mean: float
    last_sd: float
    size: float
    divided_by: str

    def as_dict(self) -> dict[str, float | int | str]:
        """For JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def effect_size(first: Any, last: Any, *, spread: float | None = None) -> Effect | None:
    """Say how far scores fell on average, in standard deviations of the first scores.

    Parameters
    ----------
    first, last : arrays of floats, shape (n,)
        Scores in points; not-a-number is missing. People without both are left out.
    spread : float, optional
        The standard deviation to divide by, above 0, in points: England's, for instance. Without it, that of these
        people's first scores (n - 1 in the denominator).

    Returns
    -------
    Effect or None
        None where fewer than two people have both scores, or their first scores do not differ and none was given.

    Raises
    ------
    ValueError
        When a spread is given that is not above 0.

    Examples
    --------
    >>> round(effect_size([14, 16, 18], [8, 9, 10]).size, 2)
    3.5
    """
    if spread is not None and not spread > 0:
        raise ValueError("a spread is above 0")
    before, after = np.asarray(first, dtype=np.float64), np.asarray(last, dtype=np.float64)
    both = ~np.isnan(before) & ~np.isnan(after)
    before, after = before[both], after[both]
    if len(before) < 2:
        return None
    first_sd, last_sd = float(before.std(ddof=1)), float(after.std(ddof=1))
    unit = first_sd if spread is None else spread
    if unit == 0:
        return None
    first_mean, last_mean = float(before.mean()), float(after.mean())
    return Effect(
        people=len(before), first_mean=first_mean, first_sd=first_sd, last_mean=last_mean, last_sd=last_sd,
        size=(first_mean - last_mean) / unit, divided_by=OWN_SPREAD if spread is None else GIVEN_SPREAD,
    )  # fmt: skip
