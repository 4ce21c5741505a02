"""A fit that goes on: a few new days taken in without starting again, and what a fit would foretell."""

from dataclasses import replace
from typing import Any

import numpy as np

from kithwork.cycle.engines import choose_engine
from kithwork.cycle.estimate import NINETY, block_records, finish, held, most_knots
from kithwork.cycle.fit import CycleFit, DiaryRefused, Floats
from kithwork.cycle.foretell import foretell
from kithwork.cycle.plan import Belief, State, believe, plan_sweeps
from kithwork.cycle.ready import Ready, check_diaries, make_ready
from kithwork.cycle.special import ndtr
from kithwork.cycle.unsure import prior_variances

BURN, DRAWS = 4, 14
# How much of what was drawn before still counts after each new day.
STILL = 0.85
MOST_DRAWS = 120
# Sweeps of a refreshed chain are numbered by its length, so that no random number comes twice.
SWEEPS_A_DAY = 1000


def refresh(
    fit: CycleFit, new_days: Any, new_x: Any = None, *, dtype: str = "f4", engine: str = "auto"
) -> CycleFit:
    """Take in the days that have come since, starting from where the fit stands.

    Parameters
    ----------
    fit : CycleFit
        What was known before.
    new_days : array of floats, shape (n, t, p)
        The days after the last of ``fit.y``, in points; not-a-number is missing.
    new_x : array of floats, shape (n, t, k), optional
        Their covariates; missing where none are given.

    Returns
    -------
    CycleFit
        From 18 sweeps, in which what was drawn before still counts, less with each day. After many new days fit anew.

    Raises
    ------
    DiaryRefused
        Where the new days are not of the same people and items.
    """
    y, x = _joined(fit, new_days, new_x)
    ready = make_ready(y, x, fit.seed)
    belief = believe(fit.prior, fit.blocks, x.shape[2])
    by = choose_engine(engine, dtype, y.shape[2], x.shape[2])
    sweeps = plan_sweeps(fit.prior, burn=BURN, draws=DRAWS, start=SWEEPS_A_DAY * y.shape[1])
    sums = by.run(ready, belief, _warm(fit, ready, belief), sweeps)
    fresh = finish(ready, belief, sums, DRAWS, fit.prior, fit.blocks, fit.seed, by, y, x)
    return _with_what_was(fit, fresh, STILL ** (y.shape[1] - fit.y.shape[1]))


def _joined(fit: CycleFit, new_days: Any, new_x: Any) -> tuple[Floats, Floats]:
    days, _ = check_diaries(new_days, None)
    n, _, p = fit.y.shape
    if (len(days), days.shape[2]) != (n, p):
        raise DiaryRefused(
            "The new days are not of the same people and items as the fit.",
            next_step="Give them the shape ({n}, days, {p}).",
            n=n,
            p=p,
        )
    nothing = np.full((n, days.shape[1], fit.x.shape[2]), np.nan)
    return check_diaries(
        np.concatenate([fit.y, days], axis=1),
        np.concatenate([fit.x, nothing if new_x is None else np.asarray(new_x, dtype=np.float64)], axis=1),
    )


def _warm(fit: CycleFit, ready: Ready, belief: Belief) -> State:
    """Start where the fit stands: its means, in the SDs that hold now."""
    sd = np.where(ready.sd > 0, ready.sd, 1.0)
    rows = np.tile(belief.mean, (len(fit), 1, 1))
    p = fit.y.shape[2]
    rows[:, :, :p] = fit.a_mean
    if rows.shape[2] > p:
        rows[:, :, p:] = (
            fit.g_mean * np.where(np.isfinite(ready.x_sd), ready.x_sd, 0.0)[:, None, :] / sd[:, :, None]
        )
    knots = np.zeros((len(fit), most_knots(ready), p))
    old = (fit.level - np.nan_to_num(ready.mean)[:, None, :]) / sd[:, None, :]
    for knot in range(knots.shape[1]):
        was = old[:, knot] if knot < old.shape[1] else np.nan
        knots[:, knot] = np.where(np.isfinite(was), was, knots[:, max(knot - 1, 0)])
    return State(rows, np.linalg.inv(fit.q), knots, fit.steps.argmax(axis=2))


def _with_what_was(old: CycleFit, fresh: CycleFit, still: float) -> CycleFit:
    """Mix the new draws with the old ones, as if these were fewer; people who had no estimate have nothing to mix."""
    before = min(old.draws, MOST_DRAWS) * still
    w = np.where(old.rho.any(axis=(1, 2)) & fresh.rho.any(axis=(1, 2)), before / (before + DRAWS), 0.0)
    each = w[:, None, None]
    mean, sd = _mixed(old.a_mean, old.a_sd, fresh.a_mean, fresh.a_sd, each)
    g_mean, g_sd = _mixed(old.g_mean, old.g_sd, fresh.g_mean, fresh.g_sd, each)
    return replace(
        fresh,
        a_mean=mean,
        a_sd=sd,
        p_pos=ndtr(mean / sd),
        rho=np.clip(1.0 - (sd / fresh.prior.spread) ** 2, 0.0, 1.0),
        g_mean=g_mean,
        g_sd=g_sd,
        block=_mixed_blocks(old, fresh, w[:, None]),
        q=each * old.q + (1 - each) * fresh.q,
        steps=each * old.steps + (1 - each) * fresh.steps,
        draws=round(before) + DRAWS,
    )


def _mixed(mean: Floats, sd: Floats, new_mean: Floats, new_sd: Floats, w: Any) -> tuple[Floats, Floats]:
    mixed = w * mean + (1 - w) * new_mean
    # Not the spread between old and new: that one is mostly the chance of few draws.
    return mixed, np.sqrt(w * sd**2 + (1 - w) * new_sd**2)


def _mixed_blocks(old: CycleFit, fresh: CycleFit, w: Floats) -> Any:
    olds, news = ((one.block["hi90"] - one.block["mean"]) / NINETY for one in (old, fresh))
    mean, sd = _mixed(old.block["mean"], olds, fresh.block["mean"], news, w)
    return block_records(mean, sd**2, prior_variances(fresh.prior, fresh.blocks))


def forecast(fit: CycleFit, days: int = 1) -> tuple[Floats, Floats]:
    """Say what the fit expects of the days after the last; for internal checks only.

    Parameters
    ----------
    fit : CycleFit
    days : int
        How many days ahead, 1 or more.

    Returns
    -------
    mean, sd : arrays of floats, shape (n, days, p)
        In points, of an answer (its noise included). Arrows, shocks and level steps are held at their posterior means.
    """
    return follow(fit, np.full((len(fit), days, fit.y.shape[2]), np.nan))


def follow(fit: CycleFit, new_days: Any, new_x: Any = None) -> tuple[Floats, Floats]:
    """Foretell each new day from the days before it, with the fit frozen; for internal checks only.

    Parameters
    ----------
    fit : CycleFit
    new_days : array of floats, shape (n, t, p)
        The days after the last of ``fit.y``, in points; each is used for the days after it, not for itself.
    new_x : array of floats, shape (n, t, k), optional

    Returns
    -------
    mean, sd : arrays of floats, shape (n, t, p)
        In points; not-a-number for an item that was never answered while fitting.
    """
    y, x = _joined(fit, new_days, new_x)
    n, days, _ = y.shape
    old = make_ready(fit.y, fit.x, fit.seed)
    whole = make_ready(y, x, fit.seed)
    sd = np.where(fit.item_sd > 0, fit.item_sd, 1.0)
    own = np.nan_to_num(fit.item_mean)
    # Days are counted from the first answered one; the scale is that of the fit, not of what came later.
    back = np.arange(days)[None, :] + old.first[:, None]
    given = np.take_along_axis(y, np.minimum(back, days - 1)[:, :, None], axis=1)
    m = ~np.isnan(given) & (back < days)[:, :, None] & ~old.flat[:, None, :]
    o = np.where(m, (np.where(m, given, 0) - own[:, None, :]) / sd[:, None, :], 0.0)
    s = np.pad(np.ones((n, days - 1)), ((0, 0), (1, 0)))
    h = np.zeros((n, days))
    h[:, 0] = 1.0
    s[:, : old.s.shape[1]], h[:, : old.h.shape[1]] = _carry_on(old)
    rows = np.concatenate([fit.a_mean, fit.g_mean * whole.x_sd[:, None, :] / sd[:, :, None]], axis=2)
    told = foretell(o, m.astype(np.float64), s, h, whole.x, held(rows, fit.q, fit.steps, fit.prior))
    at = np.arange(fit.y.shape[1], days)[None, :] - old.first[:, None]
    mean = np.take_along_axis(told.mean, at[:, :, None], axis=1)
    spread = np.sqrt(np.take_along_axis(told.variance, at[:, :, None], axis=1))
    return fit.item_mean[:, None, :] + sd[:, None, :] * mean, sd[:, None, :] * spread


def _carry_on(old: Ready) -> tuple[Floats, Floats]:
    """The links between the days that were fitted; after the last answered one every day goes on."""
    after = np.arange(old.s.shape[1]) >= np.maximum(old.length, 1)[:, None]
    return np.where(after, 1.0, old.s), np.where(after, 0.0, old.h)
