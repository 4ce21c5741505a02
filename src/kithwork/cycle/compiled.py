"""The compiled engine: batches of people side by side in vector lanes. Needs Numba; compiled once, then cached.

References
----------
Lam, Pitrou & Seibert (2015), Numba: a LLVM-based Python JIT compiler.
"""

from typing import Any

import numpy as np
from numba import njit

from kithwork.cycle import chance
from kithwork.cycle.kernel import backward, carry, draw_rows, draw_spread, forward, products
from kithwork.cycle.kernel_level import draw_levels, push_hats, weigh_hats
from kithwork.cycle.lanes import CONSTANTS, FAST, LANES, fill_normals, fill_uniforms
from kithwork.cycle.plan import Belief, State, Sums, Sweeps
from kithwork.cycle.ready import Ready

# Bits of the root of a half and places of the mantissa, for logarithms.
MARKS = {"f4": (0x3F3504F3, 23), "f8": (0x3FE6A09E667F3BCD, 52)}
WHOLE = {"f4": np.int32, "f8": np.int64}


def run(ready: Ready, belief: Belief, state: State, sweeps: Sweeps, *, dtype: str = "f4") -> Sums:
    """Sweep through all diaries, a batch of lanes at a time; `state` is left where the chains ended."""
    n, _, p = ready.o.shape
    d, knots = belief.mean.shape[1], state.knots.shape[1]
    sums = Sums.empty(n, p, d, knots, len(belief.steps))
    lanes = LANES
    fixed = _Fixed(belief, sweeps, dtype)
    days = int(ready.length.max(initial=1))
    work = _work(days, p, d, knots, len(belief.steps), dtype)
    for start in range(0, n, lanes):
        _batch(ready, state, sums, fixed, work, np.arange(start, min(start + lanes, n)), days, dtype)
    return sums


class _Fixed:
    """What is the same for all batches, in the precision of the lanes."""

    def __init__(self, belief: Belief, sweeps: Sweeps, dtype: str) -> None:
        kind = np.dtype(dtype)
        self.rows = tuple(a.astype(kind) for a in (belief.mean, belief.precision, belief.arrows))
        self.steps = tuple(a.astype(kind) for a in (belief.steps, belief.step_logs))
        self.scale = belief.scale.astype(kind)
        self.freedom = belief.freedom
        self.counters = (sweeps.numbers * chance.DOMAINS).astype(np.uint32)
        self.sure = (1.0 / sweeps.noise).astype(kind)
        self.burn = sweeps.burn
        self.con = np.array(CONSTANTS, dtype=kind)
        self.marks = np.array(MARKS[dtype], dtype=WHOLE[dtype])


def _batch(
    ready: Ready, state: State, sums: Sums, fixed: _Fixed, work: Any, who: Any, days: int, dtype: str
) -> None:
    """Lay a batch out in lanes, sweep, and take what was counted back. Lanes without a person hold an empty diary."""
    lanes = LANES
    kind = np.dtype(dtype)

    def out(array: Any) -> Any:
        laid = np.zeros((*array.shape[1:], lanes), dtype=array.dtype if array.dtype.kind == "u" else kind)
        laid[..., : len(who)] = np.moveaxis(array[who], 0, -1)
        return laid

    data = tuple(out(a[:, :days]) for a in (ready.o, ready.m, ready.s, ready.h, ready.x))
    precision = out(state.precision)
    p, knots = precision.shape[0], state.knots.shape[1]
    precision[..., len(who) :] = np.eye(p)[..., None]
    rows, level = out(state.rows), out(state.knots)
    join = out(1.0 * (np.arange(knots) < ready.knots[:, None] - 1))
    freedom = (data[2] + (data[3] > 0)).sum(axis=0) + kind.type(fixed.freedom)
    chosen = np.zeros((p, lanes), dtype=np.int64)
    counted = _counters(sums, lanes, kind)
    sweep_lanes(
        data, out(ready.keys), join, freedom, (rows, precision), level, chosen, fixed.rows, fixed.scale,
        fixed.steps, fixed.counters, fixed.sure, fixed.burn, counted, work, fixed.marks, fixed.con,
    )  # fmt: skip

    def back(lane: Any) -> Any:
        return np.moveaxis(lane[..., : len(who)], -1, 0)

    state.rows[who], state.precision[who], state.knots[who] = back(rows), back(precision), back(level)
    state.steps[who] = back(chosen)
    for name, lane in zip(COUNTED, counted, strict=True):
        getattr(sums, name)[who] = back(lane)


COUNTED = ("a1", "a2", "av", "f1", "ff", "fm", "fs", "fv", "q", "c1", "c2", "steps")


def _counters(sums: Sums, lanes: int, kind: Any) -> Any:
    return tuple(np.zeros((*getattr(sums, name).shape[1:], lanes), dtype=kind) for name in COUNTED)


def _work(days: int, p: int, d: int, knots: int, steps: int, dtype: str) -> Any:
    """Room for one batch, used again for the next."""
    kind, lanes = np.dtype(dtype), LANES

    def room(*shape: int) -> Any:
        return np.zeros((*shape, lanes), dtype=kind)

    half = (p + 1) // 2
    tmp = room(8)
    most = max(p, d, 4)
    level = (room(knots), room(knots), room(knots), (room(knots), room(knots), room(knots)), room(steps, 1)[:, 0],
             room(1)[0], room(knots), room(8), None)  # fmt: skip
    bits = room(8)
    level = (*level[:7], bits, bits[0].view(WHOLE[dtype]))
    normals = (
        room(days, 2 * half),
        room(2 * ((p * d + 1) // 2)),
        room(p * (p + 1) + 2),
        room(knots, 2 * half),
        room(p),
    )
    return (
        (room(p, p), room(p, p)),
        (room(days, p, p), room(days, p), room(p, p), room(most)),
        (room(d, d), room(d, p), room(p, p), (room(d), room(p))),
        (room(p, p), room(days, p)),
        (room(d, d), room(d), room(d), room(p)),
        (room(d), room(1)[0]),
        (room(2, knots), room(3, knots), room(2, knots)),
        (room(knots, p), room(knots, p), room(1)[0]),
        level,
        normals,
        (tmp, tmp[0].view(WHOLE[dtype])),
    )


@njit(cache=True, fastmath=FAST, error_model="numpy")
def fill_all(keys: Any, up: Any, normals: Any, draws: Any, marks: Any, con: Any) -> None:
    """Write all random numbers of a sweep."""
    cells, rows, spread, level, even = normals
    tmp, bits = draws
    half = cells.shape[1] // 2
    for day in range(len(cells)):
        fill_normals(keys, up, day * half, half, cells[day], tmp, bits, marks, con)
    fill_normals(keys, up + 1, 0, len(rows) // 2, rows, tmp, bits, marks, con)
    fill_normals(keys, up + 2, 0, len(spread) // 2, spread, tmp, bits, marks, con)
    for knot in range(len(level)):
        fill_normals(keys, up + 3, knot * half, half, level[knot], tmp, bits, marks, con)
    fill_uniforms(keys, up + 4, len(even), even, con)


@njit(cache=True, fastmath=FAST, error_model="numpy")
def count_spread(scale: Any, freedom: Any, q_sum: Any) -> None:
    """Count the conditional mean of the day's covariance."""
    p = scale.shape[0]
    for i in range(p):
        for j in range(p):
            for q in range(LANES):
                q_sum[i, j, q] += (scale[i, j, q] if i >= j else scale[j, i, q]) / (freedom[q] - p - 1)


@njit(cache=True, fastmath=FAST, error_model="numpy")
def count_knots(level: Any, c1: Any, c2: Any) -> None:
    """Count the knots and their squares."""
    knots, p = level.shape[:2]
    for k in range(knots):
        for i in range(p):
            for q in range(LANES):
                c1[k, i, q] += level[k, i, q]
                c2[k, i, q] += level[k, i, q] * level[k, i, q]


@njit(cache=True, fastmath=FAST, error_model="numpy", nogil=True)
def sweep_lanes(
    data: Any, keys: Any, join: Any, freedom: Any, chain: Any, level: Any, chosen: Any, belief: Any, scale: Any,
    steps: Any, counters: Any, sure: Any, burn: Any, counted: Any, work: Any, marks: Any, con: Any,
) -> None:  # fmt: skip
    """All sweeps of one batch."""
    pair, days_work, stats, sampled, row_work, count_work, hats, sides, level_work, normals, draws = work
    across, along, within, stats_tmp = stats
    triangle, true = sampled
    today, before, left = sides
    a1, a2, av, f1, ff, fm, fs, fv, q_sum, c1, c2, chances = counted
    sums = (a1, a2, av, f1, ff, fm, fs, fv, count_work[0], count_work[1])
    rows, precision = chain
    par = (rows, precision, pair[0], pair[1])
    for hat in hats:
        hat[:] = hat * 0
    weigh_hats(data[2], data[3], hats[0], hats[1], hats[2], con)
    for at in range(len(sure)):
        kept = at >= burn
        fill_all(keys, counters[at], normals, draws, marks, con)
        carry(rows, precision, pair[0], pair[1])
        forward(data, level, sure[at], par, days_work, con)
        backward(data[2], par, days_work, normals[0], true)
        products(data, true, rows, across, along, within, stats_tmp)
        for i in range(len(scale)):
            for j in range(len(scale)):
                for q in range(LANES):
                    within[i, j, q] += scale[i, j]
        if kept:
            count_spread(within, freedom, q_sum)
        draw_spread(within, freedom, normals[2], precision, triangle, con)
        draw_rows(par, across, along, belief, normals[1], kept, sums, row_work, con)
        carry(rows, precision, pair[0], pair[1])
        push_hats(data, true, rows, today, before, left, con)
        draw_levels(par, hats, (today, before), steps, join, normals[3], normals[4], level, chosen, kept, chances,
                    level_work, marks, con)  # fmt: skip
        if kept:
            count_knots(level, c1, c2)
