"""How a person's loop is drawn: the beliefs of both engines as arrays, the sweeps, and what the sweeps add up to."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from kithwork.cycle.fit import Blocks, CyclePrior, Floats

# Spread between the items on one day, before anything is seen: inverse Wishart around SPREAD times the identity.
SPREAD = 0.75
SPREAD_FREEDOM = 6
COVARIATE_SD = 0.3


@dataclass(frozen=True, slots=True)
class Belief:
    """A prior as the sweeps use it: mean and precision of rows (p, p + k), blocks as weights (p, p)."""

    mean: Floats
    precision: Floats
    freedom: float
    scale: Floats
    steps: Floats
    step_logs: Floats
    arrows: Floats


@dataclass(frozen=True, slots=True)
class Sweeps:
    """Which sweeps are made: `numbers` for the counter, `noise` for each, and how many at the start are not kept."""

    numbers: Any
    noise: Floats
    burn: int


@dataclass(slots=True)
class State:
    """Where a chain stands: rows (n, p, p + k), the shocks' precision (n, p, p), knots (n, K, p), steps (n, p)."""

    rows: Floats
    precision: Floats
    knots: Floats
    steps: Any


@dataclass(slots=True)
class Sums:
    """What the kept sweeps add up to, one entry a person; arrows are counted from the prior's mean."""

    a1: Floats  # conditional means of the rows, (n, p, p + k)
    a2: Floats  # their squares
    av: Floats  # conditional variances
    f1: Floats  # each row's part of its block arrow, drawn, (n, p)
    ff: Floats  # products of two rows' parts, (n, p, p)
    fm: Floats  # conditional means of the parts, (n, p)
    fs: Floats  # their squares
    fv: Floats  # conditional variances
    q: Floats  # conditional means of the day's covariance, (n, p, p)
    c1: Floats  # knots, (n, K, p)
    c2: Floats  # their squares
    steps: Floats  # conditional probabilities of the level's steps, (n, p, g)

    @classmethod
    def empty(cls, n: int, p: int, d: int, knots: int, steps: int) -> "Sums":
        """Nothing counted yet."""
        shapes = {"a1": (p, d), "a2": (p, d), "av": (p, d), "ff": (p, p), "q": (p, p)}
        shapes |= {"c1": (knots, p), "c2": (knots, p), "steps": (p, steps)}
        return cls(*(np.zeros((n, *shapes.get(field.name, (p,)))) for field in fields(cls)))


def believe(prior: CyclePrior, blocks: Blocks, covariates: int) -> Belief:
    """Lay out a prior for the sweeps."""
    p = prior.items
    mean = np.hstack([prior.a_mean, np.zeros((p, covariates))])
    spread = np.hstack([prior.spread, np.full((p, covariates), COVARIATE_SD)])
    freedom = p + SPREAD_FREEDOM
    arrows = np.zeros((p, p))
    for one, other in (blocks, blocks[::-1]):
        arrows[np.ix_(other, one)] = 1.0
    return Belief(
        mean=mean,
        precision=1.0 / spread**2,
        freedom=float(freedom),
        scale=(freedom - p - 1) * SPREAD * np.eye(p),
        steps=prior.levels[:, 0],
        step_logs=np.log(np.maximum(prior.levels[:, 1], 1e-12)),
        arrows=arrows,
    )


def plan_sweeps(prior: CyclePrior, *, burn: int, draws: int, start: int = 0) -> Sweeps:
    """Number the sweeps, and share the possible noise of answers out over the kept ones, least first.

    One diary says next to nothing of its own noise, so it is not estimated: each kept sweep takes the noise that the
    prior holds for possible, and what that does to the arrows is part of their uncertainty.
    """
    share = np.cumsum(prior.noise[:, 1]) / prior.noise[:, 1].sum()
    at = np.searchsorted(share, (np.arange(draws) + 0.5) / draws)
    kept = prior.noise[np.minimum(at, len(share) - 1), 0]
    return Sweeps(
        numbers=np.arange(start, start + burn + draws),
        noise=np.concatenate([np.full(burn, kept[0]), kept]),
        burn=burn,
    )


def first_state(n: int, belief: Belief, level: Floats) -> State:
    """Start every chain at the prior, around a level (n, K, p) that was smoothed from the answers."""
    p = len(belief.mean)
    return State(
        rows=np.tile(belief.mean, (n, 1, 1)),
        precision=np.tile(np.eye(p) / SPREAD, (n, 1, 1)),
        knots=level.copy(),
        steps=np.full((n, p), min(1, len(belief.steps) - 1)),
    )
