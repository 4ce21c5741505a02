"""The compiled engine: batches of people side by side in vectors. Needs Numba; compiled once, then cached.

References
----------
Lam, Pitrou & Seibert (2015), Numba: a LLVM-based Python JIT compiler.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from kithwork.cycle import chance
from kithwork.cycle.fit import Floats
from kithwork.cycle.foretell import Held
from kithwork.cycle.kernel import (
    KINDS,
    WEEK,
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
from kithwork.cycle.lane_chance import fill_normals, fill_uniforms, in_eights
from kithwork.cycle.lanes import LANES, SOURCES, room, rooms, whole_kernel
from kithwork.cycle.plan import Belief, State, Sums, Sweeps
from kithwork.cycle.ready import Ready

# So many batches are laid out at once: enough that it costs little, few enough to stay near the processor.
TOGETHER = 16
COUNTED = ("a1", "a2", "av", "f1", "ff", "fm", "fs", "fv", "q", "c1", "c2", "steps")


def run(ready: Ready, belief: Belief, state: State, sweeps: Sweeps, *, dtype: str = "f4") -> Sums:
    """Sweep through all diaries, a batch of lanes at a time; `state` is left where the chains ended."""
    n, _, p = ready.o.shape
    d, knots = belief.mean.shape[1], state.knots.shape[1]
    sums = Sums.empty(n, p, d, knots, len(belief.steps))
    fixed = _Fixed(belief, sweeps, dtype)
    for laid in _laid(ready, dtype):
        _sweep_group(laid, ready, state, sums, fixed, dtype)
    return sums


def scores(ready: Ready, held: Held, steps: Floats, *, dtype: str = "f4") -> tuple[Floats, Floats, Floats]:
    """Do what `foretell.scores` does, a batch of lanes at a time."""
    n, _, p = ready.o.shape
    d, g = held.rows.shape[2], len(steps)
    items, columns, many = (0,) * p, (0,) * d, (0,) * g
    loop, squares, logs = np.zeros((n, 1)), np.zeros((n, p, g)), np.zeros((n, p, g))
    size = p * (p + 1) // 2
    work = tuple(room(count, dtype) for count in (p, p, size, p * p, size, max(p, 2) * p, p))
    of_level = tuple(room(g, dtype) for _ in range(3))
    sizes, noise = _same(steps, dtype), _same(held.noise, dtype)
    for laid in _laid(ready, dtype):
        fixed = tuple(_out(a[laid.who], dtype) for a in (held.rows, held.q, held.steps))
        found = tuple(rooms(len(laid.weeks), count, dtype) for count in (1, p * g, p * g))
        for batch, weeks in enumerate(laid.weeks):
            data, days = laid.batch(batch), weeks * WEEK + 1
            score, missed, spread = (one[batch] for one in found)
            score_loop(days, data, (*(one[batch] for one in fixed), noise), work, score, items, columns)
            score_level(days, data, sizes, of_level, missed, spread, items, many)
        for lanes, there in zip(found, (loop, squares, logs), strict=True):
            _back(lanes, there, laid.who)
    loop *= -0.5
    return loop[:, 0], squares, logs


def _laid(ready: Ready, dtype: str) -> "list[_Diaries]":
    """Lay all diaries out, a group at a time; once for the sweeps and the scores."""
    if dtype not in ready.laid:
        ready.laid[dtype] = [_Diaries.of(ready, who, dtype) for who in _groups(ready.knots)]
    laid: list[_Diaries] = ready.laid[dtype]
    return laid


def _groups(knots: Any) -> Iterator[Any]:
    """Cut people into groups of batches, by the length of their diaries: a batch takes as long as its longest."""
    order = np.argsort(knots, kind="stable")
    many = LANES * TOGETHER
    for start in range(0, len(order), many):
        who = order[start : start + many]
        in_turn = (np.diff(who) == 1).all()
        yield slice(who[0], who[-1] + 1) if in_turn else who


def _out(people: Any, kind: Any, rows: int = 0) -> Any:
    """People first to people last: batches of lanes, with at least so many rows. Lanes without a person are 0."""
    flat = people.reshape(len(people), -1)
    count, (full, rest) = flat.shape[1], divmod(len(flat), LANES)
    laid = rooms(full + (rest > 0), max(rows, count), kind)
    laid[:full, :count] = flat[: full * LANES].reshape(full, LANES, count).transpose(0, 2, 1)
    if rest:
        laid[full, :count, :rest] = flat[full * LANES :].T
    return laid


def _back(laid: Any, there: Any, who: Any) -> None:
    """People last to people first, as many rows as are asked for."""
    shape = there[who].shape
    count = there[0].size
    there[who] = laid[:, :count].transpose(0, 2, 1).reshape(-1, count)[: shape[0]].reshape(shape)


def _same(numbers: Any, kind: Any) -> Any:
    """The same numbers for everybody, each as a lane."""
    flat = np.ravel(numbers)
    laid = room(len(flat), kind)
    laid[:] = flat[:, None]
    return laid


@dataclass(frozen=True, slots=True)
class _Diaries:
    """The diaries of a group in lanes, in whole weeks and one more day, in which nothing is.

    ``who``: whose; ``weeks``: how many the longest of each batch has; ``fresh``: whether any starts afresh on a day.
    """

    who: Any
    lanes: tuple[Any, ...]
    weeks: list[int]
    fresh: Any

    @classmethod
    def of(cls, ready: Ready, who: Any, dtype: str) -> "_Diaries":
        longest = ready.knots[who] - 1
        weeks = [int(longest[at : at + LANES].max()) for at in range(0, len(longest), LANES)]
        days = max(weeks) * WEEK + 2
        o, m, s, h, x = (a[who, :days] for a in (ready.o, ready.m, ready.s, ready.h, ready.x))
        lanes = tuple(_out(a, dtype, days * a[0, 0].size) for a in (o, m, s, h, x))
        return cls(who, lanes, weeks, (lanes[3] > 0).any(axis=2))

    def batch(self, at: int) -> tuple[Any, ...]:
        return tuple(one[at] for one in self.lanes)


class _Fixed:
    """What is the same for all batches, in the precision of the lanes."""

    def __init__(self, belief: Belief, sweeps: Sweeps, dtype: str) -> None:
        self.rows = tuple(_same(a, dtype) for a in (belief.mean, belief.precision, belief.arrows))
        self.steps = tuple(_same(a, dtype) for a in (belief.steps, 1.0 / belief.steps, belief.step_logs))
        self.scale = _same(belief.scale, dtype)
        self.freedom = np.dtype(dtype).type(belief.freedom)
        self.counters = (sweeps.numbers * chance.DOMAINS).astype(np.uint32)
        self.sure = _same(1.0 / sweeps.noise, dtype)
        self.burn = sweeps.burn
        self.far = _same(np.arange(WEEK + 1) / WEEK, dtype)
        # Only their lengths are meant: numbers that the compiler knows.
        self.items, self.columns = ((0,) * length for length in belief.mean.shape)
        self.many = (0,) * len(belief.steps)


def _sweep_group(
    laid: _Diaries, ready: Ready, state: State, sums: Sums, fixed: _Fixed, dtype: str
) -> None:  # fmt: skip
    """Sweep a group, and take what was counted back. Lanes without a person hold an empty diary."""
    who, knots = laid.who, max(laid.weeks) + 1
    chain = _chain(state, who, knots, dtype)
    keys, (join, held) = _out(ready.keys[who], "u4"), _ends(ready.knots[who], knots, dtype)
    going, afresh = laid.lanes[2:4]
    freedom = (going + (afresh > 0)).sum(axis=1, keepdims=True) + fixed.freedom
    there = {name: getattr(sums, name) for name in COUNTED}
    there |= {name: there[name][:, :knots] for name in ("c1", "c2")}
    counted = {name: rooms(len(keys), total[0].size, dtype) for name, total in there.items()}
    work = _work(knots - 1, len(fixed.items), len(fixed.columns), len(fixed.many), dtype)
    for batch, weeks in enumerate(laid.weeks):
        sweep_lanes(
            laid.batch(batch), laid.fresh[batch, : weeks * WEEK + 1], keys[batch],
            (join[batch, : weeks + 2], held[batch]), freedom[batch], tuple(one[batch] for one in chain), fixed.rows,
            fixed.scale, fixed.steps, fixed.counters, fixed.sure, fixed.far, fixed.burn,
            tuple(one[batch] for one in counted.values()), work, fixed.items, fixed.columns, fixed.many,
        )  # fmt: skip
    ended = state.rows, state.precision, state.knots[:, :knots], state.steps
    for lanes, taken in zip((*chain, *counted.values()), (*ended, *there.values()), strict=True):
        _back(lanes, taken, who)


def _chain(state: State, who: Any, knots: int, dtype: str) -> tuple[Any, ...]:
    """Where the chains stand: rows, precision, the level with a blank knot after the last, and its steps."""
    n, p = len(state.rows[who]), state.precision.shape[1]
    precision = _out(state.precision[who], dtype)
    _nobody(precision, n)[:: p + 1] = 1.0
    level = _out(state.knots[who, :knots], dtype, (knots + 1) * p)
    return _out(state.rows[who], dtype), precision, level, rooms(len(precision), p, dtype)


def _ends(own_knots: Any, knots: int, dtype: str) -> tuple[Any, Any]:
    """Whether a knot is joined to the next, after a blank one; and what else holds it.

    The first knot has a spread of its own; beyond a person's last the walk stands still at 0.
    """
    at, own = np.arange(knots), own_knots[:, None]
    held = _out((at == 0) | (at >= own), dtype)
    _nobody(held, len(own))[:] = 1.0
    return _out(np.pad(at < own - 1, ((0, 0), (1, 0))), dtype), held


def _nobody(laid: Any, people: int) -> Any:
    """The lanes of the last batch that have no person."""
    return laid[-1, :, people - (len(laid) - 1) * LANES :]


def _work(weeks: int, p: int, d: int, sizes: int, dtype: str) -> Any:
    """Room for one batch, used again for the next. What lies before the first day or knot stays 0."""

    def lanes(*counts: int) -> Any:
        return tuple(room(count, dtype) for count in counts)

    days, knots = weeks * WEEK + 1, weeks + 1
    size = p * (p + 1) // 2
    return (
        lanes(p * p, size),  # what `carry` makes
        lanes((days + 1) * size, (days + 2) * p, p * p, in_eights(days * p)),
        lanes(d * (d + 1) // 2, d * p, size, weeks * KINDS * d * 2),
        lanes(d * d, p * p, p * p),
        lanes(d * d, d, d, p, d),
        lanes(2 * knots, 3 * knots, 2 * knots),
        lanes(knots * p, knots * p),
        (
            lanes(knots, knots + 1, knots),
            lanes(*(sizes,) * 5),
            room(sizes, dtype),
            lanes(1, *(knots + 2,) * 4),
        ),
        lanes(in_eights(p * d), in_eights(size), in_eights(knots * p), p),
    )


@whole_kernel
def sweep_lanes(
    data: Any, fresh: Any, keys: Any, ends: Any, freedom: Any, chain: Any, belief: Any, scale: Any,
    steps: Any, counters: Any, sure: Any, far: Any, burn: Any, counted: Any, work: Any, items: Any, columns: Any,
    many: Any, sources: int = SOURCES,  # noqa: ARG001
) -> None:  # fmt: skip
    """All sweeps of one batch."""
    carried, days_work, sums, left, row_work, hats, sides, level_work, normals = work
    a1, a2, av, f1, ff, fm, fs, fv, q_sum, c1, c2, chances = counted
    rows, precision, level, chosen = chain
    par = (rows, precision, carried[0], carried[1])
    for_rows, for_spread, for_level, even = normals
    p = len(items)
    true = days_work[1][p:]
    days, knots = len(fresh), len(ends[0]) - 1
    for_days, for_level = days_work[3][: in_eights(days * p)], for_level[: in_eights(knots * p)]
    true[days * p : (days + 1) * p] = 0
    for one in (*hats, *level_work[3]):
        one[:] = 0
    weigh_hats(days, far, data[2], data[3], hats, knots)
    carry(par, items, columns)
    for at in range(len(sure)):
        kept = at >= burn
        up = counters[at]
        fill_normals(keys, up + chance.CELLS, for_days)
        fill_normals(keys, up + chance.ROWS, for_rows)
        fill_normals(keys, up + chance.SPREAD, for_spread)
        fill_normals(keys, up + chance.LEVEL, for_level)
        fill_uniforms(keys, up + chance.STEP, even)
        forward(days, data, level, far, sure[at], par, days_work, items, columns)
        backward(days, data[2], par, days_work, items)
        gather(data, fresh, far, true, sums, items, columns)
        leave(sums, par, scale, left, items, columns)
        if kept:
            count_spread(left[1], freedom, q_sum, items)
        draw_spread(left, freedom, for_spread, par, items)
        draw_rows(par, left[0], sums[1], belief, for_rows, kept, (a1, a2, av, f1, ff, fm, fs, fv), row_work, items,
                  columns)  # fmt: skip
        carry(par, items, columns)
        push_hats(sums[3], rows, sides, knots, items, columns)
        draw_levels(par, hats, sides, steps, ends, for_level, even, level, chosen, kept, chances, level_work, items,
                    columns, many)  # fmt: skip
        if kept:
            count_knots(level[: knots * p], c1, c2)
