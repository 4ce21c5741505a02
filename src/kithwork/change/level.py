"""Where somebody's days stood, slowly: a level through single days that go up and down, with how sure it is."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kithwork.change.special import t_quantile

EITHER_SIDE = 10  # days before and after that count
FEWEST_DAYS = 5  # answered days among them: fewer give no level
NEAREST = 5  # days without any answer on both sides end it: a gap stays a gap

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Level:
    """The level on each asked day and the interval that holds it nine times in ten; not-a-number where none is."""

    value: Floats
    low: Floats
    high: Floats


def slow_level(
    days: Any, values: Any, *, at: Any, spread: float = 1.0, worth: float = 4.0, alike: float = 0.15
) -> Level:
    """Take the mean of the answered days around each asked day.

    Parameters
    ----------
    days, values : arrays of floats, shape (n,)
        Days since any fixed day, and what was said on each; not-a-number is missing and left out, never 0.
    at : array of floats, shape (m,)
        The days to give a level for.
    spread, worth : float
        How far single days usually lie from their level, and for how many answers that counts; above 0. It keeps five
        like answers from looking like certainty.
    alike : float
        How much a day is like the day before, from 0 to under 1: alike days say less than their number.

    Returns
    -------
    Level
        Not-a-number where fewer than five days within ten on either side were answered, or none within five.

    Raises
    ------
    ValueError
        When the arrays differ in length, or a spread, worth or likeness is out of range.

    Notes
    -----
    A mean with a Student t interval; the variance has a scaled inverse chi-squared prior, and the count of answers is
    scaled by (1 - alike) / (1 + alike), as for a first-order autoregression on days that are all there.

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 3.2.

    Examples
    --------
    >>> slow_level([0, 1, 2, 4, 6], [3, 2, 3, 4, 3], at=[3, 40]).value
    array([ 3., nan])
    """
    when, said = np.asarray(days, dtype=np.float64), np.asarray(values, dtype=np.float64)
    asked = np.asarray(at, dtype=np.float64)
    if when.shape != said.shape or when.ndim != 1 or asked.ndim != 1:
        raise ValueError("days and values are two arrays of one length, and the asked days are one row")
    if not (spread > 0 and worth > 0 and 0 <= alike < 1):
        raise ValueError("spread and worth are above 0, and alike is from 0 to under 1")
    given = ~np.isnan(said)
    when, said = when[given], said[given]
    apart = np.abs(asked[:, None] - when[None, :])
    near = apart <= EITHER_SIDE
    count = near.sum(axis=1)
    there = (count >= FEWEST_DAYS) & (apart <= NEAREST).any(axis=1)
    n = np.where(there, count, FEWEST_DAYS)
    mean = (near * said).sum(axis=1) / n
    squares = (near * (said[None, :] - mean[:, None]) ** 2).sum(axis=1)
    freedom = n - 1 + worth
    sigma = np.sqrt((squares + worth * spread**2) / freedom)
    reach = t_quantile(freedom, 0.95) * sigma / np.sqrt(n * (1 - alike) / (1 + alike))
    return Level(*(np.where(there, line, np.nan) for line in (mean, mean - reach, mean + reach)))
