"""One day ahead, by a filter with everything else held fixed: how well the loop foretells, next to a level alone.

For checks of the estimate only. Nobody is shown a forecast of tomorrow.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from kithwork.cycle.fit import DAYS_A_KNOT, Floats
from kithwork.cycle.ready import AFRESH, Ready
from kithwork.cycle.special import logsumexp

# Where a level may start, in variances of the item around its own mean.
START = 1.0
# A ridge that stands for "not answered".
UNSEEN = 1e9
LOG_TWO_PI = float(np.log(2 * np.pi))


@dataclass(frozen=True, slots=True)
class Held:
    """What the filter holds fixed: rows (n, p, p + k), shocks q (n, p, p), level steps a day (n, p), noise."""

    rows: Floats
    q: Floats
    steps: Floats
    noise: float


@dataclass(frozen=True, slots=True)
class Foretold:
    """Mean and variance of each answer from the days before it, (n, T, p); then where the filter ended, (n, 2p)."""

    mean: Floats
    variance: Floats
    at: Floats
    doubt: Floats


def foretell(o: Floats, m: Floats, s: Floats, h: Floats, x: Floats, held: Held) -> Foretold:
    """Go through standardised diaries day by day: level first, distance from it second in the state."""
    n, days, p = o.shape
    at, doubt = np.zeros((n, 2 * p)), np.zeros((n, 2 * p, 2 * p))
    eye = np.eye(p)
    doubt[:, :p, :p] = START * eye
    move = np.tile(np.eye(2 * p), (n, 1, 1))
    look = np.hstack([eye, eye])
    mean, variance = np.zeros((n, days, p)), np.ones((n, days, p))
    for day in range(days):
        at, doubt = _next_day(at, doubt, s[:, day], h[:, day], x[:, day], held, move)
        expected = at[:, :p] + at[:, p:]
        seen_by = doubt @ look.T
        spread = look @ seen_by + held.noise * eye
        mean[:, day], variance[:, day] = expected, np.diagonal(spread, axis1=1, axis2=2)
        weight = spread + eye * (UNSEEN * (1 - m[:, day]))[:, None, :]
        gain = np.linalg.solve(weight, seen_by.transpose(0, 2, 1)).transpose(0, 2, 1)
        at = at + (gain @ (m[:, day] * (o[:, day] - expected))[:, :, None])[:, :, 0]
        doubt = doubt - gain @ seen_by.transpose(0, 2, 1)
    return Foretold(mean, variance, at, doubt)


def _next_day(
    at: Floats, doubt: Floats, s: Floats, h: Floats, x: Floats, held: Held, move: Floats
) -> tuple[Floats, Floats]:
    p = held.q.shape[1]
    move[:, p:, p:] = s[:, None, None] * held.rows[:, :, :p]
    at = (move @ at[:, :, None])[:, :, 0]
    at[:, p:] += s[:, None] * (held.rows[:, :, p:] @ x[:, :, None])[:, :, 0]
    doubt = move @ doubt @ move.transpose(0, 2, 1)
    doubt[:, :p, :p] += held.steps[:, :, None] * np.eye(p)
    doubt[:, p:, p:] += (s + (h > 0) / AFRESH)[:, None, None] * held.q
    return at, doubt


def log_score(o: Floats, m: Floats, told: Foretold) -> Floats:
    """Add up the log densities of each person's answers, each given the days before, shape (n,)."""
    each = -0.5 * (LOG_TWO_PI + np.log(told.variance) + (o - told.mean) ** 2 / told.variance)
    # Day after day, and only then the items: empty days at the end change no bit.
    total: Floats = (m * each).sum(axis=1).sum(axis=1)
    return total


def level_sums(o: Floats, m: Floats, steps: Floats) -> tuple[Floats, Floats]:
    """For a moving level alone: squares of what it misses, and logs of their spread, by size of steps, (n, p, g)."""
    n, days, p = o.shape
    at, doubt = np.zeros((n, p, len(steps))), np.full((n, p, len(steps)), START)
    squares, logs = np.zeros_like(at), np.zeros_like(at)
    for day in range(days):
        doubt = doubt + steps / DAYS_A_KNOT
        there, off = m[:, day, :, None], o[:, day, :, None] - at
        spread = doubt + 1.0
        squares += there * off**2 / spread
        logs += there * np.log(spread)
        at = at + there * doubt / spread * off
        doubt = doubt - there * doubt**2 / spread
    return squares, logs


def level_score(answers: Floats, squares: Floats, logs: Floats, chances: Floats) -> Floats:
    """Log score (n,) of a moving level alone: spread fitted to (n, p) answers, steps mixed over the prior's."""
    many = np.maximum(answers, 1.0)[:, :, None]
    sigma = np.maximum(squares / many, 1e-6)
    each: Any = -0.5 * (many * (LOG_TWO_PI + np.log(sigma) + 1) + logs)
    mixed: Floats = logsumexp(each + np.log(np.maximum(chances, 1e-12)), axis=2)
    total: Floats = (mixed * (answers > 0)).sum(axis=1)
    return total


def scores(ready: Ready, held: Held, steps: Floats) -> tuple[Floats, Floats, Floats]:
    """Log score of the loop (n,), and the sums for that of a level alone (see `level_sums`)."""
    told = foretell(ready.o, ready.m, ready.s, ready.h, ready.x, held)
    return log_score(ready.o, ready.m, told), *level_sums(ready.o, ready.m, steps)
