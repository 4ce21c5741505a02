"""The engine in NumPy and LAPACK: one person after another. It is the reference that the compiled kernel is held to.

One sweep draws, each given all the rest: (1) where the person truly stood on every day, jointly, answered or not, from
a block-banded precision; (2) the day's shocks and the arrows, row by row; (3) each item's slow level together with the
size of its steps, the level integrated out for the latter.

References
----------
Rue (2001), Fast sampling of Gaussian Markov random fields.
Carter & Kohn (1994), On Gibbs sampling for state space models.
"""

from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import numpy as np

from kithwork.cycle import chance
from kithwork.cycle.fit import DAYS_A_KNOT, Floats
from kithwork.cycle.plan import Belief, State, Sums, Sweeps
from kithwork.cycle.ready import Ready
from kithwork.cycle.special import lapack


def run(ready: Ready, belief: Belief, state: State, sweeps: Sweeps) -> Sums:
    """Sweep through every diary that has a day; `state` is left where the chains ended."""
    n, _, p = ready.o.shape
    sums = Sums.empty(n, p, belief.mean.shape[1], state.knots.shape[1], len(belief.steps))
    for i in range(n):
        if ready.length[i] > 0:
            _sweep_all(Person.of(ready, i), belief, state, sweeps, sums, i)
    return sums


@dataclass(frozen=True, slots=True)
class Person:
    """One diary with what does not change from sweep to sweep. ``today`` and ``before`` (T, K): the level's hats."""

    o: Floats
    m: Floats
    s: Floats
    h: Floats
    x: Floats
    key: tuple[int, int]
    today: Floats
    before: Floats
    tt: Floats  # hats of today with hats of today, weighed over the days, (K, K)
    tb: Floats  # today with the day before
    bb: Floats  # the day before with the day before
    days: int

    @classmethod
    def of(cls, ready: Ready, i: int) -> "Person":
        """Cut one person out of the batch."""
        length, knots = int(ready.length[i]), int(ready.knots[i])
        o, m, s, h, x = (a[i, :length] for a in (ready.o, ready.m, ready.s, ready.h, ready.x))
        today, before = hats(length, knots), hats(length, knots, lag=1)
        sb, st = s[:, None] * before, s[:, None] * today
        return cls(
            o, m, s, h, x, (int(ready.keys[i, 0]), int(ready.keys[i, 1])), today, before,
            tt=today.T @ (st + h[:, None] * today), tb=today.T @ sb, bb=before.T @ sb, days=int((s + h > 0).sum()),
        )  # fmt: skip


def hats(days: int, knots: int, lag: int = 0) -> Floats:
    """Weights of the knots on each day, or on the day before it but in the same stretch, shape (days, knots)."""
    day = np.arange(days)
    stretch = np.clip(-(-day // DAYS_A_KNOT) - 1, 0, knots - 2)
    along = (day - lag) / DAYS_A_KNOT - stretch
    weights = np.zeros((days, knots))
    weights[day, stretch] = 1 - along
    weights[day, stretch + 1] = along
    return weights


def _sweep_all(person: Person, belief: Belief, state: State, sweeps: Sweeps, sums: Sums, i: int) -> None:
    knots = person.today.shape[1]
    numbers = _Numbers.draw(person, belief, sweeps, knots)
    rows, precision, steps = state.rows[i].copy(), state.precision[i].copy(), state.steps[i].copy()
    level = state.knots[i, :knots].copy()
    for at, noise in enumerate(sweeps.noise):
        kept = sums if at >= sweeps.burn else None
        true = draw_days(person, rows, precision, person.today @ level, float(noise), numbers.cells[at])
        across, along, within, left = _products(person, true, rows)
        scale = belief.scale + within
        precision = draw_spread(scale, belief.freedom + person.days, numbers.spread[at])
        if kept:
            kept.q[i] += scale / (belief.freedom + person.days - len(scale) - 1)
        _draw_rows(rows, precision, across, along, belief, numbers.rows[at], kept, i)
        _draw_levels(person, true, rows, precision, level, steps, belief, numbers, at, kept, i)
        if not np.isfinite(left):
            break
    state.rows[i], state.precision[i], state.steps[i] = rows, precision, steps
    state.knots[i, :knots] = level


@dataclass(frozen=True, slots=True)
class _Numbers:
    """All random numbers of one person's sweeps, the sweep first."""

    cells: Floats
    rows: Floats
    spread: Floats
    level: Floats
    step: Floats

    @classmethod
    def draw(cls, person: Person, belief: Belief, sweeps: Sweeps, knots: int) -> "_Numbers":
        days, p = person.o.shape
        d = belief.mean.shape[1]

        def of(domain: int, *shape: int) -> Floats:
            count = int(np.prod(shape))
            drawn = chance.normals(person.key, sweeps.numbers * chance.DOMAINS + domain, count)
            return drawn.reshape(-1, *shape)

        return cls(
            cells=of(chance.CELLS, days, p),
            rows=of(chance.ROWS, p, d),
            spread=of(chance.SPREAD, p * (p + 1) // 2),
            level=of(chance.LEVEL, knots, p),
            step=chance.uniforms(person.key, sweeps.numbers * chance.DOMAINS + chance.STEP, p),
        )


def draw_days(
    person: Person, rows: Floats, precision: Floats, level: Floats, noise: float, normal: Floats
) -> Floats:
    """Draw how far the person stood from her level on every day, all days jointly, shape (T, p)."""
    routines = lapack()
    weight, mean = days_system(person, rows, precision, level, noise)
    factor, wrong = routines.dpbtrf(weight, lower=1, overwrite_ab=1)
    if wrong:
        return np.full(level.shape, np.nan)
    half, _ = routines.dtbtrs(factor, mean.reshape(-1, 1), uplo="L")
    drawn, _ = routines.dtbtrs(factor, half + normal.reshape(-1, 1), uplo="L", trans="T")
    days: Floats = drawn.reshape(level.shape)
    return days


def days_system(
    person: Person, rows: Floats, precision: Floats, level: Floats, noise: float
) -> tuple[Floats, Floats]:
    """Make the banded precision of all days (LAPACK's lower form) and its right-hand side, shape (T, p)."""
    days, p = level.shape
    arrows = rows[:, :p]
    carried = precision @ arrows
    next_day = np.append(person.s[1:], 0.0)
    own, onward = np.zeros((p, 2 * p)), np.zeros((p, 2 * p))
    ahead = np.vstack([arrows.T @ carried, -carried])
    for column in range(p):
        own[column, : p - column] = precision[column:, column]
        onward[column, : 2 * p - column] = ahead[column:, column]
    band = (person.s + person.h)[:, None, None] * own + next_day[:, None, None] * onward
    band[:, :, 0] += person.m / noise + (person.s + person.h == 0)[:, None]
    right = person.m * (person.o - level) / noise
    if person.x.shape[1]:
        pushed = (person.s[:, None] * person.x) @ rows[:, p:].T
        right = right + pushed @ precision
        right[:-1] -= pushed[1:] @ carried
    return band.reshape(days * p, 2 * p).T, right


def _products(person: Person, true: Floats, rows: Floats) -> tuple[Floats, Floats, Floats, float]:
    """Sum up yesterday with yesterday, yesterday with what the rows leave today, and what they leave with itself."""
    since = np.hstack([true[:-1], person.x[1:]])
    weighed = person.s[1:, None] * since
    left = true[1:] - since @ rows.T
    within = left.T @ (person.s[1:, None] * left) + true.T @ (person.h[:, None] * true)
    return weighed.T @ since, weighed.T @ left, within, float(true.sum())


def draw_spread(scale: Floats, freedom: float, normal: Floats) -> Floats:
    """Draw the precision of the day's shocks: Wishart around the inverse of `scale`, by Bartlett's triangle."""
    p = len(scale)
    triangle = np.zeros((p, p))
    triangle[np.tril_indices(p, -1)] = normal[p : p + p * (p - 1) // 2]
    triangle[np.diag_indices(p)] = np.sqrt(chance.chi_squared(freedom - np.arange(p), normal[:p]))
    routines = lapack()
    factor, wrong = routines.dpotrf(scale, lower=1)
    if wrong:
        return np.full((p, p), np.nan)
    half, _ = routines.dtrtrs(factor, triangle, lower=1, trans=1)
    drawn: Floats = half @ half.T
    return drawn


def _draw_rows(
    rows: Floats, precision: Floats, across: Floats, along: Floats, belief: Belief,
    normal: Floats, kept: Sums | None, i: int,
) -> None:  # fmt: skip
    """Draw the arrows into each item given those into the others; `along` follows."""
    p, d = rows.shape
    eye, routines = np.eye(d), lapack()
    parts = np.zeros(p)
    for row in range(p):
        own = precision[row, row]
        weight = own * across
        weight[np.diag_indices(d)] += belief.precision[row]
        right = (
            along @ precision[:, row] + own * (across @ rows[row]) + belief.precision[row] * belief.mean[row]
        )
        factor, _ = routines.dpotrf(weight, lower=1, clean=1)
        inverse, _ = routines.dtrtrs(factor, eye, lower=1)
        half = inverse @ right
        mean = inverse.T @ half
        drawn = mean + inverse.T @ normal[row]
        along -= np.outer(across @ (drawn - rows[row]), np.eye(p)[row])
        rows[row] = drawn
        if kept:
            parts[row] = _count_row(kept, i, row, belief, mean, drawn, inverse)
    if kept:
        kept.f1[i] += parts
        kept.ff[i] += np.outer(parts, parts)


def _count_row(
    kept: Sums, i: int, row: int, belief: Belief, mean: Floats, drawn: Floats, inverse: Floats
) -> float:
    p = len(belief.arrows)
    away = mean - belief.mean[row]
    kept.a1[i, row] += away
    kept.a2[i, row] += away**2
    kept.av[i, row] += (inverse**2).sum(axis=0)
    part = float(belief.arrows[row] @ away[:p])
    kept.fm[i, row] += part
    kept.fs[i, row] += part**2
    kept.fv[i, row] += ((inverse[:, :p] @ belief.arrows[row]) ** 2).sum()
    return float(belief.arrows[row] @ (drawn - belief.mean[row])[:p])


def _draw_levels(
    person: Person, true: Floats, rows: Floats, precision: Floats, level: Floats, steps: Any,
    belief: Belief, numbers: _Numbers, at: int, kept: Sums | None, i: int,
) -> None:  # fmt: skip
    """Draw each item's level and the size of its steps, given where the person stood and the others' levels."""
    p = true.shape[1]
    arrows = rows[:, :p]
    left = np.zeros_like(true)
    left[1:] = person.s[1:, None] * (true[1:] - np.hstack([true[:-1], person.x[1:]]) @ rows.T)
    today = person.today.T @ (left + person.h[:, None] * true)
    before = person.before.T @ left
    carried = precision @ arrows
    ahead = arrows.T @ carried
    for item in range(p):
        weight = precision[item, item] * person.tt - carried[item, item] * (person.tb + person.tb.T)
        weight += ahead[item, item] * person.bb
        right = today @ precision[:, item] - before @ carried[:, item] + weight @ level[:, item]
        drawn, steps[item], chances = draw_level(
            weight, right, belief, float(numbers.step[at, item]), numbers.level[at, :, item]
        )
        moved = drawn - level[:, item]
        today -= np.outer(person.tt @ moved, np.eye(p)[item]) - np.outer(person.tb @ moved, arrows[:, item])
        before -= np.outer(person.tb.T @ moved, np.eye(p)[item]) - np.outer(
            person.bb @ moved, arrows[:, item]
        )
        level[:, item] = drawn
        if kept:
            kept.steps[i, item] += chances
    if kept:
        kept.c1[i, : len(level)] += level
        kept.c2[i, : len(level)] += level**2


def draw_level(
    weight: Floats, right: Floats, belief: Belief, even: float, normal: Floats
) -> tuple[Floats, int, Floats]:
    """Draw the size of the steps with the level integrated out, and then the level: a walk from knot to knot."""
    knots = len(right)
    main, beside = np.diagonal(weight), np.diagonal(weight, 1)
    ends = np.full(knots, 2.0)
    ends[[0, -1]] = 1.0
    logs, found, routines = [], [], lapack()
    for step, chance_log in zip(belief.steps, belief.step_logs, strict=True):
        own = main + ends / step
        own[0] += 1.0
        pivots, ratios, wrong = routines.dpttrf(own, beside - 1.0 / step)
        if wrong:
            return np.full(knots, np.nan), 0, np.zeros(len(belief.steps))
        solved, _ = routines.dpttrs(pivots, ratios, right)
        found.append((pivots, ratios, solved))
        logs.append(chance_log - 0.5 * ((knots - 1) * log(step) + np.log(pivots).sum() - right @ solved))
    chances = np.exp(np.array(logs) - max(logs))
    chances /= chances.sum()
    chosen = min(int((np.cumsum(chances) < even).sum()), len(chances) - 1)
    pivots, ratios, solved = found[chosen]
    drawn, ahead = solved.copy(), 0.0
    for knot in range(knots - 1, -1, -1):
        ahead = float(normal[knot]) / sqrt(pivots[knot]) - (ratios[knot] * ahead if knot < knots - 1 else 0.0)
        drawn[knot] += ahead
    return drawn, chosen, chances
