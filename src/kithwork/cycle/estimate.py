"""Estimate each person's loop from her diary, with all that is not known of it carried into the answer."""

from typing import Any

import numpy as np

from kithwork.cycle.engines import Engine, choose_engine
from kithwork.cycle.fit import (
    BLOCK,
    DAYS_A_KNOT,
    MOOD_AND_RELATIONSHIPS,
    Blocks,
    CycleFit,
    CyclePrior,
    DiaryRefused,
    Floats,
    Status,
)
from kithwork.cycle.foretell import Held, level_score
from kithwork.cycle.plan import Belief, Sums, believe, first_state, plan_sweeps
from kithwork.cycle.priors import GENERIC
from kithwork.cycle.ready import Ready, check_diaries, make_ready, smooth_level
from kithwork.cycle.special import ndtr
from kithwork.cycle.unsure import Doubt, block_variances, doubt, picked, prior_variances, unsure_units

FEWEST_DAYS = 14
MOVED = 1.0
# Variance of a mean over days that hold on to a quarter of themselves, next to that of free days.
HELD_OVER = 1.6
NINETY = 1.6448536269514722


def fit_cycles(
    y: Any,
    x: Any = None,
    prior: CyclePrior = GENERIC,
    draws: int = 60,
    burn: int = 30,
    seed: int = 0,
    dtype: str = "f4",
    *,
    blocks: Blocks = MOOD_AND_RELATIONSHIPS,
    engine: str = "auto",
) -> CycleFit:
    """Estimate how each person's items lead from one day to the next, around a slow level of her own.

    Parameters
    ----------
    y : array of floats, shape (n, T, p)
        Answers of n people on T consecutive days to p items, 2 to 8, in points of any scale. Not-a-number is missing.
    x : array of floats, shape (n, T, k), optional
        Covariates of the day, such as a session or an event; at most 8. Missing ones count as the person's mean.
    prior : CyclePrior
        What is believed before; it has to speak of p items (see `CyclePrior.only`).
    draws, burn : int
        Sweeps that are kept, and those before them that are not.
    seed : int
        The same seed gives the same bits for the same diary on one machine and engine, in whatever company.
    dtype : {"f4", "f8"}
        Precision of the compiled engine. The plain engine always counts in f8.
    blocks : pair of tuples of int
        The columns of the two sides of the loop.
    engine : {"auto", "plain", "compiled"}
        "auto" takes the compiled engine where it is ready. See `kithwork.cycle.engine`.

    Raises
    ------
    DiaryRefused
        Where y or x have a wrong shape, hold infinite numbers, or the blocks name columns that are not there.

    Notes
    -----
    y_t = l_t + z_t + noise; z_t = A z_{t-1} + G x_t + e_t, e ~ N(0, Q); l_t walks from week to week. Gibbs sampling,
    with conditional means and variances of the arrows averaged instead of draws (Rao-Blackwell).

    References
    ----------
    Gelfand & Smith (1990), Sampling-based approaches to calculating marginal densities.
    """
    diaries, covariates = check_diaries(y, x)
    p = diaries.shape[2]
    check_plan(p, blocks, draws, burn, dtype)
    prior = prior.for_items(p)
    ready = make_ready(diaries, covariates, seed)
    belief = believe(prior, blocks, covariates.shape[2])
    state = first_state(len(diaries), belief, smooth_level(ready, most_knots(ready)))
    sweeps = plan_sweeps(prior, burn=burn, draws=draws)
    by = choose_engine(engine, dtype, p, covariates.shape[2])
    sums = by.run(ready, belief, state, sweeps)
    return finish(ready, belief, sums, draws, prior, blocks, seed, by, diaries, covariates)


def check_plan(p: int, blocks: Blocks, draws: int, burn: int, dtype: str) -> None:
    """Refuse blocks that overlap or name no column, and sweeps that are none."""
    named = [*blocks[0], *blocks[1]]
    if not blocks[0] or not blocks[1] or len(set(named)) < len(named) or not set(named) <= set(range(p)):
        raise DiaryRefused(
            "The two blocks do not name columns of the diary, each once.",
            next_step="Give the columns of either side, counted from 0, below {p}.",
            p=p,
        )
    if draws < 2 or burn < 0 or dtype not in ("f4", "f8"):
        raise ValueError("draws is 2 or more, burn 0 or more, dtype f4 or f8")


def most_knots(ready: Ready) -> int:
    """How many knots the longest diary has."""
    return int(ready.knots.max(initial=2))


def finish(
    ready: Ready, belief: Belief, sums: Sums, draws: int, prior: CyclePrior, blocks: Blocks, seed: int,
    engine: Engine, y: Floats, x: Floats,
) -> CycleFit:  # fmt: skip
    """Turn what the sweeps added up to into estimates, intervals and a status."""
    p, k = ready.o.shape[2], x.shape[2]
    spread = np.hstack([prior.spread, 1.0 / np.sqrt(belief.precision[:, p:])])
    q = sums.q / draws
    found = doubt(sums, belief, draws, q)
    mean, sd = _arrows(sums, belief, draws, ready, found)
    few = ready.days_seen < FEWEST_DAYS
    failed = ~few & ~np.isfinite(mean + sd).all(axis=(1, 2))
    mean = np.where((few | failed)[:, None, None], belief.mean, mean)
    sd = np.where((few | failed)[:, None, None], spread, sd)
    a_mean, a_sd = mean[:, :, :p], sd[:, :, :p]
    rho = np.clip(1.0 - (a_sd / prior.spread) ** 2, 0.0, 1.0)
    level, level_sd, moved = _levels(sums, draws, ready)
    q = np.where((few | failed)[:, None, None], belief.scale / (belief.freedom - p - 1), q)
    steps = np.where((few | failed)[:, None, None], prior.levels[:, 1], sums.steps / draws)
    gain = _gain(ready, mean, q, steps, prior, rho, engine)
    to_points = ready.sd[:, :, None] / ready.x_sd[:, None, :] if k else np.zeros((len(y), p, 0))
    return CycleFit(
        a_mean=a_mean,
        a_sd=a_sd,
        p_pos=ndtr(a_mean / a_sd),
        rho=rho,
        block=_blocks(found, prior, blocks, few | failed, a_mean),
        q=q,
        days_seen=ready.days_seen,
        pairs=ready.pairs,
        gain_vs_level=np.where(few | failed, 0.0, gain),
        status=_status(ready, few, failed, moved),
        item_mean=ready.mean,
        item_sd=ready.sd,
        level=level,
        level_sd=level_sd,
        moved=moved,
        g_mean=mean[:, :, p:] * to_points,
        g_sd=sd[:, :, p:] * to_points,
        steps=steps,
        y=y,
        x=x,
        prior=prior,
        blocks=blocks,
        seed=seed,
        draws=draws,
        engine=engine.name,
    )


def _arrows(sums: Sums, belief: Belief, draws: int, ready: Ready, found: Doubt) -> tuple[Floats, Floats]:
    """Mean and SD of the rows; the SD knows that the person's own SDs, the units of an arrow, are estimates too."""
    mean = belief.mean + sums.a1 / draws
    p = ready.o.shape[2]
    variance = found.arrows.copy()
    variance[:, :, :p] += unsure_units(ready.answers) * mean[:, :, :p] ** 2
    return mean, np.sqrt(variance)


def _levels(sums: Sums, draws: int, ready: Ready) -> tuple[Floats, Floats, Floats]:
    mean = sums.c1 / draws
    sd = np.sqrt(np.maximum(sums.c2 / draws - mean**2, 0))
    there = np.arange(mean.shape[1]) < np.where(ready.length > 0, ready.knots, 0)[:, None]
    known = there[:, :, None] & ~ready.flat[:, None, :]
    highest = np.where(known, mean, -np.inf).max(axis=1)
    lowest = np.where(known, mean, np.inf).min(axis=1)
    moved = np.maximum(np.where(known.any(axis=1), highest - lowest, 0.0), _thirds(ready)).max(axis=1)
    points = np.where(there[:, :, None], ready.mean[:, None, :] + ready.sd[:, None, :] * mean, np.nan)
    return points, np.where(there[:, :, None], ready.sd[:, None, :] * sd, np.nan), moved


def _thirds(ready: Ready) -> Floats:
    """How far each item's mean moved from the first to the last third of its days, less one standard error, (n, p).

    Where all items drift together the chain may hold arrows responsible and leave the level where it was.
    """
    day = np.arange(ready.m.shape[1])[:, None]
    early, late = 3 * day < ready.length, (3 * day >= 2 * ready.length) & (day < ready.length)
    many, sums = [], []
    for third in (early, late):
        there = third.T[:, :, None]
        many.append(np.maximum((ready.m * there).sum(axis=1), 1))
        sums.append((ready.o * there).sum(axis=1))
    first, last = many
    apart = np.abs(sums[1] / last - sums[0] / first)
    moved: Floats = apart - np.sqrt(HELD_OVER * (1 / first + 1 / last))
    return moved


def _blocks(found: Doubt, prior: CyclePrior, blocks: Blocks, none: Any, a_mean: Floats) -> Any:
    """Average the single arrows of each direction."""
    before = prior_variances(prior, blocks)
    variance = np.where(none[:, None], before, block_variances(found, blocks))
    mean = np.array([picked(a_mean, to, since).mean(axis=(1, 2)) for since, to in (blocks, blocks[::-1])])
    return block_records(mean.T, variance, before)


def block_records(mean: Floats, variance: Floats, before: Floats) -> Any:
    """Say of block arrows, shape (n, 2), what their mean and variance say; `before` is the prior's variance, (2,)."""
    told = np.zeros(mean.shape, dtype=BLOCK)
    sd = np.sqrt(variance)
    told["mean"], told["lo90"], told["hi90"] = mean, mean - NINETY * sd, mean + NINETY * sd
    told["p_pos"] = ndtr(mean / sd)
    told["rho"] = np.clip(1.0 - variance / before, 0.0, 1.0)
    return told


def held(rows: Floats, q: Floats, steps: Floats, prior: CyclePrior) -> Held:
    """Hold everything at its posterior mean, for the filter."""
    chance = prior.noise[:, 1] / prior.noise[:, 1].sum()
    return Held(rows, q, steps @ prior.levels[:, 0] / DAYS_A_KNOT, float(prior.noise[:, 0] @ chance))


def _gain(
    ready: Ready, mean: Floats, q: Floats, steps: Floats, prior: CyclePrior, rho: Floats, engine: Engine
) -> Floats:
    sizes, chances = prior.levels.T
    loop, squares, logs = engine.scores(ready, held(mean, q, steps, prior), sizes)
    level = level_score(ready.m.sum(axis=1), squares, logs, chances)
    # Arrows fitted to these very answers foretell them too well, by about one nat for each that the diary decided.
    gain: Floats = (loop - level - rho.sum(axis=(1, 2))) / np.maximum(ready.m.sum(axis=(1, 2)), 1)
    return gain


def _status(ready: Ready, few: Any, failed: Any, moved: Floats) -> Any:
    status = np.full(len(few), Status.OK.value, dtype="U12")
    status[moved > MOVED] = Status.DRIFTING.value
    status[ready.flat.any(axis=1)] = Status.NO_VARIATION.value
    status[failed] = Status.FAILED.value
    status[few] = Status.TOO_FEW_DAYS.value
    return status
