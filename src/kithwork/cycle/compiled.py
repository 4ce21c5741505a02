"""The compiled engine: batches of people side by side in vectors. Needs Numba; compiled once, then cached.

References
----------
Lam, Pitrou & Seibert (2015), Numba: a LLVM-based Python JIT compiler.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from kithwork.cycle import chance
from kithwork.cycle.fit import Floats
from kithwork.cycle.foretell import Held
from kithwork.cycle.kernel import (
    KINDS,
    backward,
    carry,
    count_knots,
    count_spread,
    draw_rows,
    draw_spread,
    forward,
    gather,
    leave,
)
from kithwork.cycle.kernel_ahead import score_level, score_loop
from kithwork.cycle.kernel_level import draw_levels, push_hats, weigh_hats
from kithwork.cycle.lane_chance import fill_normals, fill_uniforms
from kithwork.cycle.lanes import LANES, SOURCES, room, whole_kernel
from kithwork.cycle.plan import Belief, State, Sums, Sweeps
from kithwork.cycle.ready import Ready

COUNTED = ("a1", "a2", "av", "f1", "ff", "fm", "fs", "fv", "q", "c1", "c2", "steps")


def run(ready: Ready, belief: Belief, state: State, sweeps: Sweeps, *, dtype: str = "f4") -> Sums:
    """Sweep through all diaries, a batch of lanes at a time; `state` is left where the chains ended."""
    n, _, p = ready.o.shape
    d, knots = belief.mean.shape[1], state.knots.shape[1]
    sums = Sums.empty(n, p, d, knots, len(belief.steps))
    fixed = _Fixed(belief, sweeps, dtype)
    work = _work(ready.o.shape[1], p, d, knots, len(belief.steps), dtype)
    for who in _batches(n):
        _batch(ready, state, sums, fixed, work, who, dtype)
    return sums


def scores(ready: Ready, held: Held, steps: Floats, *, dtype: str = "f4") -> tuple[Floats, Floats, Floats]:
    """Do what `foretell.scores` does, a batch of lanes at a time."""
    n, _, p = ready.o.shape
    d = held.rows.shape[2]
    items, columns = (0,) * p, (0,) * d
    loop, squares, logs = np.zeros((n, 1)), np.zeros((n, p, len(steps))), np.zeros((n, p, len(steps)))
    size = p * (p + 1) // 2
    for who in _batches(n):
        data = _diaries(ready, who, dtype)
        fixed = tuple(_out(a, who, dtype) for a in (held.rows, held.q, held.steps))
        work = tuple(room(many, dtype) for many in (p, p, size, p * p, size, max(p, 2) * p, p))
        found = tuple(room(many, dtype) for many in (1, p * len(steps), p * len(steps)))
        score_loop(data, fixed, np.dtype(dtype).type(held.noise), work, found[0], items, columns)
        score_level(data, steps.astype(dtype), found[1], found[2], items)
        for lanes, there in zip(found, (loop, squares, logs), strict=True):
            _back(lanes, there, who)
    return loop[:, 0], squares, logs


def _batches(n: int) -> Iterator[slice]:
    """Cut n people into batches of lanes."""
    return (slice(start, min(start + LANES, n)) for start in range(0, n, LANES))


def _diaries(ready: Ready, who: slice, dtype: str) -> Any:
    """The diaries of a batch, as long as its longest."""
    days = max(int(ready.length[who].max()), 1)
    return tuple(_out(a[:, :days], who, dtype) for a in (ready.o, ready.m, ready.s, ready.h, ready.x))


def _out(array: Any, who: slice, kind: Any) -> Any:
    """People first to people last: a list of lanes. Lanes without a person are 0."""
    people = array[who]
    flat = people.reshape(len(people), -1)
    laid = room(flat.shape[1], kind)
    laid[:, : len(flat)] = flat.T
    return laid


def _back(lanes: Any, there: Any, who: slice) -> None:
    """People last to people first."""
    people = there[who]
    people[:] = lanes[:, : len(people)].T.reshape(people.shape)


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
        # Only their lengths are meant: numbers that the compiler knows.
        self.items, self.columns = ((0,) * length for length in belief.mean.shape)


def _batch(ready: Ready, state: State, sums: Sums, fixed: _Fixed, work: Any, who: slice, dtype: str) -> None:
    """Lay a batch out in lanes, sweep, and take what was counted back. Lanes without a person hold an empty diary."""
    knots = max(int(ready.knots[who].max()), 2)
    p = len(fixed.items)
    data = _diaries(ready, who, dtype)
    precision = _out(state.precision, who, dtype)
    precision[:: p + 1, who.stop - who.start :] = 1.0
    level = _out(state.knots[:, :knots], who, dtype)
    chain = _out(state.rows, who, dtype), precision, level, room(p, dtype)
    join = _out(1.0 * (np.arange(knots) < ready.knots[:, None] - 1), who, dtype)
    freedom = room(1, dtype)
    freedom[:] = (data[2] + (data[3] > 0)).sum(axis=0) + fixed.freedom
    there = {name: getattr(sums, name) for name in COUNTED}
    there |= {name: there[name][:, :knots] for name in ("c1", "c2")}
    counted = {name: room(total[0].size, dtype) for name, total in there.items()}
    sweep_lanes(
        data, (data[3] > 0).any(axis=1), _out(ready.keys, who, "u4"), join, freedom, chain, fixed.rows, fixed.scale,
        fixed.steps, fixed.counters, fixed.sure, fixed.burn, tuple(counted.values()), work, fixed.items,
        fixed.columns,
    )  # fmt: skip
    for lanes, ended in zip(
        chain, (state.rows, state.precision, state.knots[:, :knots], state.steps), strict=True
    ):
        _back(lanes, ended, who)
    for name, lanes in counted.items():
        _back(lanes, there[name], who)


def _work(days: int, p: int, d: int, knots: int, steps: int, dtype: str) -> Any:
    """Room for one batch, used again for the next."""

    def rooms(*counts: int) -> Any:
        return tuple(room(count, dtype) for count in counts)

    even = 2 * ((p + 1) // 2)
    return (
        rooms(p * p, p * (p + 1) // 2),  # what `carry` makes
        rooms(days * p * (p + 1) // 2, days * p, p * p, p, p),
        rooms(p, p, days * p, days * p, days * d),
        rooms(d * (d + 1) // 2, d * p, p * (p + 1) // 2, (knots + 1) * KINDS * d * 2),
        rooms(d * d, p * p, p * p),
        rooms(d * d, d, d, p, d),
        rooms(2 * knots, 3 * knots, 2 * knots),
        rooms(knots * p, knots * p),
        (rooms(knots, knots, knots), room(steps, dtype), rooms(knots, knots, knots, knots)),
        rooms(2 * ((p * d + 1) // 2), 2 * ((p * (p + 1) // 2 + 1) // 2), knots * even, p),
    )


@whole_kernel
def sweep_lanes(
    data: Any, fresh: Any, keys: Any, join: Any, freedom: Any, chain: Any, belief: Any, scale: Any, steps: Any,
    counters: Any, sure: Any, burn: Any, counted: Any, work: Any, items: Any, columns: Any,
    sources: int = SOURCES,  # noqa: ARG001
) -> None:  # fmt: skip
    """All sweeps of one batch."""
    carried, days_work, back_work, sums, left, row_work, hats, sides, level_work, normals = work
    step, drawn, true, going, since = back_work
    a1, a2, av, f1, ff, fm, fs, fv, q_sum, c1, c2, chances = counted
    rows, precision, level, chosen = chain
    par = (rows, precision, carried[0], carried[1])
    square, within, triangle = left
    for_rows, for_spread, for_level, even = normals
    knots = len(join)
    for hat in hats:
        hat[:] = 0
    weigh_hats(data[2], data[3], hats[0], hats[1], hats[2], knots)
    for at in range(len(sure)):
        kept = at >= burn
        up = counters[at]
        fill_normals(keys, up + np.uint32(1), for_rows)
        fill_normals(keys, up + np.uint32(2), for_spread)
        fill_normals(keys, up + np.uint32(3), for_level)
        fill_uniforms(keys, up + np.uint32(4), even)
        carry(rows, precision, carried[0], carried[1], items, columns)
        forward(data, level, sure[at], par, days_work, items, columns)
        backward(data[2], carried[0], (days_work[0], days_work[1], step, drawn), keys, up, true, items)
        gather(data, fresh, true, going, since, sums, knots, items, columns)
        leave(sums, rows, scale, square, within, items, columns)
        if kept:
            count_spread(within, freedom, q_sum, items)
        draw_spread(within, freedom, for_spread, precision, triangle, items)
        draw_rows(par, square, sums[1], belief, for_rows, kept, (a1, a2, av, f1, ff, fm, fs, fv), row_work, items,
                  columns)  # fmt: skip
        carry(rows, precision, carried[0], carried[1], items, columns)
        push_hats(sums[3], rows, sides[0], sides[1], knots, items, columns)
        draw_levels(par, hats, sides, steps, join, for_level, even, level, chosen, kept, chances, level_work, items,
                    columns)  # fmt: skip
        if kept:
            count_knots(level, c1, c2)
