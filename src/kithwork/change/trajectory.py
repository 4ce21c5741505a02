"""Where one person's scores stand and which way they have gone, from few, uneven and missing points."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from kithwork.change.special import t_quantile

FEWEST_FOR_A_SLOPE = 3
DAYS_A_WEEK = 7.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with the interval that holds it nine times in ten, if the line describes what went on."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Trajectory:
    """The line through one person's scores: where it stands on the last day, and points a week."""

    scores: int
    level: Estimate
    slope: Estimate


def trajectory(
    days: Any, scores: Any, *, spread: float | None = None, worth: float = 4.0
) -> Trajectory | None:
    """Draw a straight line through scores and say how sure it is.

    Parameters
    ----------
    days : array of floats, shape (n,)
        Days since any fixed day; in any order, unevenly apart.
    scores : array of floats, shape (n,)
        Totals in points; not-a-number is missing and left out, never 0.
    spread : float, optional
        How far scores usually lie from such a line, in points, above 0: the instrument's standard error of
        measurement at the least (PHQ-9: about 1.8). It steadies the interval while there are few points. Without it,
        only these scores say so.
    worth : float
        How many scores the given spread counts for (degrees of freedom); above 0.

    Returns
    -------
    Trajectory or None
        None with fewer than three scores, or all on one day: then there is a score and no line. A straight line is a
        summary of what was answered, no forecast.

    Raises
    ------
    ValueError
        When the two arrays differ in length, a day is missing, or a spread or worth is not above 0.

    Notes
    -----
    Normal errors around a line, flat in level and slope; the errors' variance has a scaled inverse chi-squared prior
    with ``worth`` degrees of freedom at ``spread`` squared. Level and slope are then Student t with
    ``worth + n - 2`` degrees of freedom. Without a spread this is ordinary least squares.

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 14.2.

    Examples
    --------
    >>> line = trajectory([0, 7, 14, 28], [19, 18, float("nan"), 15], spread=1.8)
    >>> round(line.slope.value, 2)
    -1.0
    """
    when, found = np.asarray(days, dtype=np.float64), np.asarray(scores, dtype=np.float64)
    if when.shape != found.shape or when.ndim != 1:
        raise ValueError("days and scores are two arrays of one length")
    if np.isnan(when).any():
        raise ValueError("a score without a day has no place on a line")
    if (spread is not None and not spread > 0) or not worth > 0:
        raise ValueError("spread and worth are above 0")
    given = ~np.isnan(found)
    when, found = when[given], found[given]
    if len(found) < FEWEST_FOR_A_SLOPE or np.ptp(when) == 0:
        return None
    return _line(when, found, spread, worth)


def _line(when: Any, found: Any, spread: float | None, worth: float) -> Trajectory:
    n, middle, last = len(found), float(when.mean()), float(when.max())
    apart = when - middle
    across = float((apart**2).sum())
    slope = float((apart * found).sum()) / across
    rest = found - found.mean() - slope * apart
    freedom, squares = n - 2.0, float((rest**2).sum())
    if spread is not None:
        freedom, squares = freedom + worth, squares + worth * spread**2
    sigma = sqrt(squares / freedom)
    reach = float(t_quantile(freedom, 0.95)) * sigma
    level = float(found.mean()) + slope * (last - middle)
    level_reach = reach * sqrt(1 / n + (last - middle) ** 2 / across)
    slope_reach = reach / sqrt(across)
    return Trajectory(
        scores=n,
        level=Estimate(level, level - level_reach, level + level_reach),
        slope=Estimate(*(DAYS_A_WEEK * one for one in (slope, slope - slope_reach, slope + slope_reach))),
    )
