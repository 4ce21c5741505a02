"""Diaries whose arrows are known exactly: what an estimator is measured against.

The strengths are far above those of real daily diaries (see `kithwork.cycle.simulate` for those): here the question
is how well arrows are recovered, not how life goes.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from kithwork.cycle.blocks import PEOPLE_A_BLOCK, Block, Flags, Floats, blocks, runs_of_missing

Variant = Literal[
    "plain",
    "likert_7",
    "likert_5_floor",
    "slow_drift",
    "step_change",
    "noisy",
    "missing_when_low",
    "white_noise",
]
VARIANTS: tuple[Variant, ...] = get_args(Variant)

MOOD, WITHDRAWAL, REJECTION, FAILURE, TENSION = range(5)
ITEMS = 5

# Each edge as (what it acts on, what acts, mean strength): between .05 and .15 SD per SD and day.
CYCLE = (
    (WITHDRAWAL, MOOD, 0.15),
    (REJECTION, WITHDRAWAL, 0.12),
    (FAILURE, REJECTION, 0.10),
    (MOOD, FAILURE, 0.12),
    (MOOD, REJECTION, 0.08),
    (REJECTION, TENSION, 0.10),
    (MOOD, TENSION, 0.05),
    (TENSION, MOOD, 0.08),
)
CYCLE_SPREAD, OTHER_SPREAD, OTHER_ZERO = 0.12, 0.10, 0.5
CARRY_OVER, CARRY_OVER_SPREAD = 0.25, 0.15
STABLE = 0.95  # the largest eigenvalue stays below it
MISSING_DAYS, MEAN_RUN, MISSING_ITEMS = 0.30, 3.0, 0.07  # 35 % of all answers
DRIFT_SHARE, STEP, RELIABILITY, LOW_TILT = 0.30, 1.0, 0.7, 1.0

_ARROWS, _LEVELS, _DAYS, _GAPS, _SKIPS, _MORE = range(6)


@dataclass(frozen=True, slots=True)
class KnownArrows:
    """Diaries and their truth.

    Attributes
    ----------
    y : array of floats, shape (n, days, 5)
        Answers; not-a-number is missing. Whole numbers in the Likert variants.
    a : array of floats, shape (n, 5, 5)
        ``a[i, to, from]``: by how many SD item `to` moves on the day after item `from` stood one SD higher. SD are
        those of the person's own days around the level; a true zero is exactly 0.
    level : array of floats, shape (n, days, 5)
        Where each item stood without any of it, on the scale of `y` before it was cut into steps.
    """

    y: Floats
    a: Floats
    level: Floats


def known_arrows(
    n: int, days: int, *, seed: int = 0, variant: Variant = "plain", complete: bool = False, first: int = 0
) -> KnownArrows:
    """Make diaries from a stable first-order autoregression with known arrows.

    Five items of unit variance (low mood, kept away, felt unwanted, felt a failure, tension); carry-over .25 (SD .15);
    eight edges of the cycle .05 to .15 (SD .12); of the other twelve, each is exactly 0 for half of the people and
    otherwise 0 with SD .10; correlated innovations. 30 % of the days are missing in runs of three, and 7 % of the
    other answers: 35 % in all.

    Parameters
    ----------
    n, days : int
        How many people, and how many days each; 1 or more.
    seed : int
        The same seed gives the same people, whatever `n`; a variant changes nothing else about them.
    variant : str
        One of `VARIANTS`. likert_7: whole numbers 1 to 7. likert_5_floor: 1 to 5, most answers at the bottom.
        slow_drift: 30 % of the variance is a wandering level. step_change: all levels move by one SD on one day of
        the middle half. noisy: answers of reliability .7. missing_when_low: days of low mood are missing more often.
        white_noise: no arrow at all, not even carry-over.
    complete : bool
        Leave nothing out.
    first : int
        The first person's number: people 500 to 599 are ``known_arrows(100, …, first=500)``.

    Returns
    -------
    KnownArrows

    Raises
    ------
    ValueError
        For a variant that does not exist, or fewer than one person or day.

    Examples
    --------
    >>> made = known_arrows(200, 112, seed=4)
    >>> made.y.shape, round(float(np.isnan(made.y).mean()), 2)
    ((200, 112, 5), 0.35)
    """
    if variant not in VARIANTS:
        raise ValueError(f"there is no variant {variant!r}")
    if n < 1 or days < 1:
        raise ValueError("known_arrows makes one person and one day or more")
    y, a, level = np.empty((n, days, ITEMS)), np.empty((n, ITEMS, ITEMS)), np.empty((n, days, ITEMS))
    for block in blocks(n, seed=seed, first=first):
        made = _block(block, days, variant, complete=complete)
        y[block.place], a[block.place], level[block.place] = (part[block.wanted] for part in made)
    return KnownArrows(y, a, level)


def _block(block: Block, days: int, variant: Variant, *, complete: bool) -> tuple[Floats, Floats, Floats]:
    """One block: answers and levels as (people, days, items), and its arrows."""
    arrows, within, shocks = _arrows(block, still=variant == "white_noise")
    moves = _moves(block, arrows, within, shocks, days)
    level = np.tile(block.stream(_LEVELS).standard_normal((PEOPLE_A_BLOCK, ITEMS)), (days, 1, 1))
    more = block.stream(_MORE)
    shown = moves
    if variant == "slow_drift":
        shown = moves * np.sqrt(1 - DRIFT_SHARE)
        level += np.sqrt(DRIFT_SHARE) * _wandering(more, days)
    elif variant == "step_change":
        level += _step(more, days)
    elif variant == "noisy":
        shown = moves + np.sqrt(1 / RELIABILITY - 1) * more.standard_normal(moves.shape)
    elif variant.startswith("likert"):
        level[:] = 0.0  # so that the scale's steps lie where the answers are
    y = _in_steps(shown + level, variant)
    if not complete:
        y[_gaps(block, moves, LOW_TILT if variant == "missing_when_low" else 0.0)] = np.nan
    return y.swapaxes(0, 1), arrows, level.swapaxes(0, 1)


def _arrows(block: Block, *, still: bool) -> tuple[Floats, Floats, Floats]:
    """Arrows, the covariance of the days (unit variances), and that of the shocks which keeps it."""
    draw = block.stream(_ARROWS)
    arrows = _drawn(draw, PEOPLE_A_BLOCK)
    while len(wild := np.flatnonzero(np.abs(np.linalg.eigvals(arrows)).max(1) >= STABLE)):
        arrows[wild] = _drawn(draw, len(wild))
    # A sample correlation of twelve days that share a quarter of their variance: mean .25, SD about .25.
    loose = (
        draw.standard_normal((PEOPLE_A_BLOCK, ITEMS, 12))
        + draw.standard_normal((PEOPLE_A_BLOCK, 1, 12)) / 3**0.5
    )
    shocks = loose @ loose.swapaxes(1, 2)
    if still:
        arrows = np.zeros_like(arrows)
    within = _lasting(arrows, shocks)
    scale = 1 / np.sqrt(np.einsum("nii->ni", within))
    both = scale[:, :, None] * scale[:, None, :]
    return arrows * scale[:, :, None] / scale[:, None, :], within * both, shocks * both


def _drawn(draw: np.random.Generator, people: int) -> Floats:
    mean, spread = np.zeros((ITEMS, ITEMS)), np.full((ITEMS, ITEMS), OTHER_SPREAD)
    kept = draw.random((people, ITEMS, ITEMS)) >= OTHER_ZERO
    for to, source, strength in CYCLE:
        mean[to, source], spread[to, source], kept[:, to, source] = strength, CYCLE_SPREAD, True
    np.fill_diagonal(mean, CARRY_OVER)
    np.fill_diagonal(spread, CARRY_OVER_SPREAD)
    kept[:, range(ITEMS), range(ITEMS)] = True
    drawn: Floats = kept * (mean + spread * draw.standard_normal((people, ITEMS, ITEMS)))
    return drawn


def _lasting(arrows: Floats, shocks: Floats) -> Floats:
    """The covariance S of the days in the long run: S = A S A' + Q."""
    people, size = len(arrows), ITEMS * ITEMS
    twice = np.einsum("nij,nkl->nikjl", arrows, arrows).reshape(people, size, size)
    solved: Floats = np.linalg.solve(np.eye(size) - twice, shocks.reshape(people, size, 1))
    return solved.reshape(people, ITEMS, ITEMS)


def _moves(block: Block, arrows: Floats, within: Floats, shocks: Floats, days: int) -> Floats:
    """Days around the level, as (days, people, items), begun in the long run."""
    normal = block.stream(_DAYS).standard_normal((days, PEOPLE_A_BLOCK, ITEMS, 1))
    moves = np.linalg.cholesky(shocks) @ normal
    moves[0] = np.linalg.cholesky(within) @ normal[0]
    for day in range(1, days):
        moves[day] += arrows @ moves[day - 1]
    return moves[..., 0]


def _wandering(more: np.random.Generator, days: int) -> Floats:
    """A random walk for each item, of mean 0 and unit variance over the days."""
    walk = more.standard_normal((days, PEOPLE_A_BLOCK, ITEMS)).cumsum(0)
    walk -= walk.mean(0)
    level: Floats = walk / np.maximum(walk.std(0), 1e-12)
    return level


def _step(more: np.random.Generator, days: int) -> Floats:
    """All items of a person higher, or lower, from one day in the middle half on."""
    day = (days * more.uniform(0.25, 0.75, PEOPLE_A_BLOCK)).astype(np.int64)
    way = np.where(more.random(PEOPLE_A_BLOCK) < 0.5, -STEP, STEP)
    return np.where(np.arange(days)[:, None] >= day, way, 0.0)[:, :, None]


def _in_steps(seen: Floats, variant: Variant) -> Floats:
    if variant == "likert_7":
        return np.clip(np.rint(4 + 1.3 * seen), 1, 7)
    if variant == "likert_5_floor":
        return np.clip(np.rint(1.8 + 1.1 * seen), 1, 5)
    return seen


def _gaps(block: Block, moves: Floats, tilt: float) -> Flags:
    days, people, _ = moves.shape
    draws = block.stream(_GAPS).random((days, people))
    away = runs_of_missing(draws, MISSING_DAYS, MEAN_RUN, tilt * moves[:, :, MOOD])
    gaps: Flags = away[:, :, None] | (block.stream(_SKIPS).random(moves.shape) < MISSING_ITEMS)
    return gaps
