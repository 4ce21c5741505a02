"""Diaries made ready for either engine: each from its first answered day, in its own SDs, missing as weight 0."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kithwork.cycle.chance import keys_of
from kithwork.cycle.fit import DAYS_A_KNOT, FEWEST_ITEMS, MOST_ITEMS, Counts, DiaryRefused, Floats

# So many days without any answer tell nothing of one day's hold on the next: the diary starts afresh after them.
LONGEST_GAP = 9
# A first day, seen from nowhere, spreads a little wider than the days after it: variance 1 / AFRESH.
AFRESH = 0.9
MOST = 1e12
MOST_COVARIATES = 8
FEWEST_ANSWERS = 3
WEIGHT_OF_MEAN = 0.5


@dataclass(frozen=True, slots=True)
class Ready:
    """n diaries side by side. Day 0 is each person's own first answered day; after the last, all weights are 0.

    ``o`` (n, T, p) answers in SDs, 0 where missing; ``m`` (n, T, p) 1 where answered; ``s`` (n, T) 1 where a day goes
    on from the day before; ``h`` (n, T) weight of a day that starts afresh; ``x`` (n, T, k) covariates in SDs, ``x_sd``
    (n, k); ``knots`` (n,) how many the level has; ``keys`` (n, 2) for random numbers;
    ``laid`` how an engine laid the days out, for its next question.
    """

    o: Floats
    m: Floats
    s: Floats
    h: Floats
    x: Floats
    x_sd: Floats
    knots: Counts
    length: Counts
    first: Counts
    keys: Any
    mean: Floats
    sd: Floats
    answers: Counts
    days_seen: Counts
    pairs: Counts
    flat: Any
    laid: dict[str, Any] = field(default_factory=dict, compare=False)


def make_ready(y: Floats, x: Floats, seed: int) -> Ready:
    """Align, standardise and weigh n diaries that have been checked."""
    first, length = _span(_answered(y))
    y, x = _from_first(y, first), _from_first(x, first)
    keys = keys_of(y, length, seed)
    y = people_last(y)
    seen = ~np.isnan(y)
    day: Any = seen.any(axis=2)
    answers = seen.sum(axis=1)
    mean, sd, flat = _own_scale(y, seen, answers)
    m = seen & ~flat[:, None, :]
    o = np.where(m, (y - mean[:, None, :]) / sd[:, None, :], 0.0)
    alive = _alive(day, length)
    goes_on = alive.copy(order="K")
    goes_on[:, 1:] &= alive[:, :-1]
    goes_on[:, 0] = False
    days_seen, pairs = day.sum(axis=1), (day[:, 1:] & day[:, :-1]).sum(axis=1)
    x_ready, x_sd = _covariates(people_last(x), alive)
    return Ready(
        o=o,
        m=m.astype(np.float64),
        s=goes_on.astype(np.float64),
        h=AFRESH * (alive & ~goes_on),
        x=x_ready,
        x_sd=x_sd,
        knots=np.maximum(-(-(length - 1) // DAYS_A_KNOT), 1) + 1,
        length=length,
        first=first,
        keys=keys,
        mean=np.where(answers > 0, mean, np.nan),
        sd=np.where(flat, 0.0, sd),
        answers=answers,
        days_seen=days_seen,
        pairs=pairs,
        flat=flat,
    )


def people_last(array: Any) -> Any:
    """Lay an array (n, ...) out so that people lie side by side in memory; it looks as before.

    Then a sum over days adds whole rows of people, and adds them in the same order whoever is beside.
    """
    return np.moveaxis(np.ascontiguousarray(np.moveaxis(array, 0, -1)), -1, 0)


def check_diaries(y: Any, x: Any) -> tuple[Floats, Floats]:
    """Read diaries (n, T, p) and covariates (n, T, k) or None. Raises DiaryRefused; nothing is guessed."""
    diaries = _numbers(y, "diaries")
    n, days, p = diaries.shape
    if not FEWEST_ITEMS <= p <= MOST_ITEMS:
        raise DiaryRefused(
            "A diary has from {fewest} to {most} items, this one has {p}.",
            next_step="Choose the items whose loop is meant.",
            fewest=FEWEST_ITEMS,
            most=MOST_ITEMS,
            p=p,
        )
    covariates = np.zeros((n, days, 0)) if x is None else _numbers(x, "covariates")
    if covariates.shape[:2] != (n, days) or covariates.shape[2] > MOST_COVARIATES:
        raise DiaryRefused(
            "Covariates need a row for each day of each diary, and {most} columns at most.",
            next_step="Give x the shape (people, days, covariates).",
            most=MOST_COVARIATES,
        )
    return diaries, covariates


def _numbers(values: Any, name: str) -> Floats:
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "iuf":
            array = array.astype(np.float64)
    except (TypeError, ValueError):
        raise DiaryRefused(
            "The {name} hold something that is no number.", next_step="Leave empty cells as NaN.", name=name
        ) from None
    if array.ndim != 3 or array.shape[1] == 0:
        raise DiaryRefused(
            "The {name} are not an array of people, days and columns.",
            next_step="For one person give it a first axis of length 1.",
            name=name,
        )
    if (np.abs(array) > MOST).any():
        raise DiaryRefused(
            "The {name} hold numbers that no scale gives.", next_step="Leave them empty.", name=name
        )
    checked: Floats = array.astype(np.float64)
    return checked


def smooth_level(ready: Ready, knots: int) -> Floats:
    """Average the answers around each knot, drawn a little to the person's mean; shape (n, knots, p).

    Where a chain starts. From a flat level it could take a drift of all items together for arrows among them.
    One day of all weeks after the other, so that empty days after the last change no bit.
    """
    n, _, p = ready.o.shape
    level, weight = (people_last(np.full((n, knots, p), start)) for start in (0.0, WEIGHT_OF_MEAN))
    for total, of_days in ((level, ready.o), (weight, ready.m)):
        total[:, 0] += of_days[:, 0]
        for day in range(1, DAYS_A_KNOT + 1):
            each = of_days[:, day : (knots - 1) * DAYS_A_KNOT + 1 : DAYS_A_KNOT]
            along, weeks = day / DAYS_A_KNOT, each.shape[1]
            total[:, :weeks] += (1 - along) * each
            total[:, 1 : weeks + 1] += along * each
    smooth: Floats = level / weight
    return smooth


def _answered(y: Floats) -> Any:
    """Days with at least one answer, (n, T)."""
    return (~np.isnan(y)).any(axis=2)


def _span(day: Any) -> tuple[Counts, Counts]:
    any_day = day.any(axis=1)
    first = day.argmax(axis=1)
    length = day.shape[1] - day[:, ::-1].argmax(axis=1) - first
    return np.where(any_day, first, 0), np.where(any_day, length, 0)


def _from_first(array: Floats, first: Counts) -> Floats:
    """Shift each person's days so that the first answered one is day 0; what then follows the last is no-one's."""
    late = np.flatnonzero(first)
    if not len(late):
        return array
    days = np.arange(array.shape[1]) + first[late, None]
    moved = array[late[:, None], np.minimum(days, array.shape[1] - 1)]
    moved[days >= array.shape[1]] = np.nan
    shifted: Floats = array.copy()
    shifted[late] = moved
    return shifted


def _own_scale(y: Floats, seen: Any, answers: Counts) -> tuple[Floats, Floats, Any]:
    mean = np.where(seen, y, 0).sum(axis=1) / np.maximum(answers, 1)
    away = np.where(seen, y - mean[:, None, :], 0)
    sd = np.sqrt((away * away).sum(axis=1) / np.maximum(answers - 1, 1))
    flat = (answers < FEWEST_ANSWERS) | (sd <= 1e-9 * np.maximum(1.0, np.abs(mean)))
    return mean, np.where(flat, 1.0, sd), flat


def _alive(day: Any, length: Counts) -> Any:
    """Tell which days count: from the first answered to the last, without the long gaps between."""
    days = np.arange(day.shape[1])
    before = np.maximum.accumulate(np.where(day, days, -1), axis=1)
    after = np.minimum.accumulate(np.where(day, days, len(days))[:, ::-1], axis=1)[:, ::-1]
    return (days < length[:, None]) & (day | (after - before - 1 <= LONGEST_GAP))


def _covariates(x: Floats, alive: Any) -> tuple[Floats, Floats]:
    """Centre and scale; a missing covariate counts as its mean, one that never varies as nothing."""
    n, _, k = x.shape
    if k == 0:
        return np.zeros(x.shape), np.ones((n, 0))
    there = ~np.isnan(x) & alive[:, :, None]
    many = np.maximum(there.sum(axis=1), 1)
    mean = np.where(there, x, 0).sum(axis=1) / many
    away = np.where(there, x - mean[:, None, :], 0.0)
    sd = np.sqrt((away**2).sum(axis=1) / many)
    sd = np.where(sd <= 1e-9 * np.maximum(1.0, np.abs(mean)), np.inf, sd)
    return away / sd[:, None, :], sd
