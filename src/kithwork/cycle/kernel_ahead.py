"""One day ahead on lanes, step for step what `foretell` does: the filter of the loop, and a moving level alone."""

from typing import Any

from kithwork.cycle.fit import DAYS_A_KNOT
from kithwork.cycle.foretell import LOG_TWO_PI, START
from kithwork.cycle.kernel import add, place
from kithwork.cycle.lane_chance import logarithm
from kithwork.cycle.lanes import SOURCES, kernel, load, store, whole_kernel
from kithwork.cycle.ready import AFRESH

LOGS_AT_ONCE = 8
A_WEEKS_SHARE = 1.0 / DAYS_A_KNOT
FRESH_SPREAD = 1.0 / AFRESH**2


@kernel
def sym(i: int, j: int) -> Any:
    """Where a cell of a symmetric matrix lies, of which the lower triangle is kept."""
    return place(max(i, j), min(i, j))


@whole_kernel
def score_loop(
    data: Any, held: Any, noise: Any, work: Any, score: Any, items: Any, columns: Any,
    sources: int = SOURCES,  # noqa: ARG001
) -> None:  # fmt: skip
    """Log score of all answers, each given the days before: level and distance from it in the state."""
    o, m, s, _, _ = data
    _, _, steps = held
    level, away, levels, between, aways, _, _ = work
    p = len(items)
    for i in range(p):
        store(levels, sym(i, i), START)
    total = load(s, 0) * 0.0
    for day in range(len(s)):
        next_day(day, data, held, work, items, columns)
        product = total * 0.0 + 1.0
        for i in range(p):
            store(levels, sym(i, i), load(levels, sym(i, i)) + load(steps, i))
            spread = load(levels, sym(i, i)) + load(between, i * p + i) * 2.0 + load(aways, sym(i, i)) + noise
            there, off = load(m, day * p + i), load(o, day * p + i) - load(level, i) - load(away, i)
            product *= there * (spread - 1.0) + 1.0
            total += there * (off * off / spread + LOG_TWO_PI)
        total += logarithm(product)
        for i in range(p):
            take_in(i, load(o, day * p + i), load(m, day * p + i), noise, work, items)
    store(score, 0, total * -0.5)


@kernel
def next_day(day: int, data: Any, held: Any, work: Any, items: Any, columns: Any) -> None:
    """Carry the distance from the level, and what is in doubt of it, to a day."""
    _, _, s, h, x = data
    rows, q, _ = held
    _, away, _, between, aways, square, line = work
    p, d = len(items), len(columns)
    go = load(s, day)
    fresh = go + load(h, day) * FRESH_SPREAD
    for i in range(p):
        total = go * 0.0
        for k in range(d):
            total += load(rows, i * d + k) * (load(away, k) if k < p else load(x, day * (d - p) + k - p))
        store(line, i, go * total)
    for i in range(p):
        store(away, i, load(line, i))
    for j in range(p):
        for i in range(p):
            forth, both = go * 0.0, go * 0.0
            for k in range(p):
                forth += load(rows, i * d + k) * load(between, k * p + j)
                both += load(rows, i * d + k) * load(aways, sym(k, j))
            store(line, i, go * forth)
            store(square, i * p + j, go * both)
        for i in range(p):
            store(between, i * p + j, load(line, i))
    for i in range(p):
        for j in range(i + 1):
            total = fresh * load(q, i * p + j)
            for k in range(p):
                total += load(square, i * p + k) * load(rows, j * d + k)
            store(aways, place(i, j), total)


@kernel
def take_in(item: int, answer: Any, there: Any, noise: Any, work: Any, items: Any) -> None:
    """Learn from one answer, where it is there; its noise is its own, so answers come one after another."""
    level, away, levels, between, aways, square, _ = work
    p = len(items)
    spread = (
        load(levels, sym(item, item)) + load(between, item * p + item) * 2.0 + load(aways, sym(item, item))
    )
    sure = there / (spread + noise)
    off = sure * (answer - load(level, item) - load(away, item))
    for i in range(p):
        store(square, i, load(levels, sym(i, item)) + load(between, item * p + i))
        store(square, p + i, load(between, i * p + item) + load(aways, sym(i, item)))
    for i in range(p):
        of_level, of_away = load(square, i), load(square, p + i)
        add(level, i, of_level * off)
        add(away, i, of_away * off)
        of_level, of_away = of_level * sure * -1.0, of_away * sure * -1.0
        for j in range(p):
            add(between, i * p + j, of_away * load(square, j))
            if j <= i:
                add(levels, place(i, j), of_level * load(square, j))
                add(aways, place(i, j), of_away * load(square, p + j))


@whole_kernel
def score_level(
    data: Any, steps: Any, squares: Any, logs: Any, items: Any,
    sources: int = SOURCES,  # noqa: ARG001
) -> None:  # fmt: skip
    """For each item and size of steps: squares of what a moving level misses, and logs of their spread."""
    o, m, s, _, _ = data
    p = len(items)
    for item in range(p):
        for g in range(len(steps)):
            at = log_sum = total = load(s, 0) * 0.0
            doubt, product = at + START, at + 1.0
            for day in range(len(s)):
                doubt = doubt + steps[g] * A_WEEKS_SHARE
                there, off = load(m, day * p + item), load(o, day * p + item) - at
                sure = there / (doubt + 1.0)
                gain = doubt * sure
                total += off * off * sure
                product *= there * doubt + 1.0
                at += gain * off
                doubt -= gain * doubt
                if day % LOGS_AT_ONCE == LOGS_AT_ONCE - 1:
                    log_sum += logarithm(product)
                    product = product * 0.0 + 1.0
            store(squares, item * len(steps) + g, total)
            store(logs, item * len(steps) + g, log_sum + logarithm(product))
