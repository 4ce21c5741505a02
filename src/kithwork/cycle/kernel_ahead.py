"""One day ahead on lanes, step for step what `foretell` does: the filter of the loop, and a moving level alone."""

from typing import Any

from kithwork.cycle.fit import DAYS_A_KNOT
from kithwork.cycle.foretell import LOG_TWO_PI, START
from kithwork.cycle.kernel import place
from kithwork.cycle.lane_chance import LOGS_AT_ONCE, logarithm
from kithwork.cycle.lanes import SOURCES, Number, unrolled, whole_kernel
from kithwork.cycle.ready import AFRESH

A_WEEKS_SHARE = 1.0 / DAYS_A_KNOT
FRESH_SPREAD = 1.0 / AFRESH**2


def sym(i: int, j: int) -> int:
    """Where a cell of a symmetric matrix lies, of which the lower triangle is kept."""
    return place(max(i, j), min(i, j))


@whole_kernel
def score_loop(
    days: int, data: Any, held: Any, work: Any, score: Any, items: Any, columns: Any,
    sources: int = SOURCES,  # noqa: ARG001
) -> None:  # fmt: skip
    """Log score of all answers, each given the days before: level and distance from it in the state."""
    for part in work:
        part[:] = 0
    score[:] = 0
    start(work, items)
    for day in range(days):
        next_day(day, data, held, work, items, columns)
        take_in_day(day, data, held, work, score, items)


@unrolled
def start(work: Any, items: Any) -> None:
    """What is in doubt of the level before the first day."""
    for i in range(len(items)):
        work[2][sym(i, i)] = START


@unrolled
def next_day(day: Any, data: Any, held: Any, work: Any, items: Any, columns: Any) -> None:
    """Carry the distance from the level, and what is in doubt of both, to a day."""
    _, _, s, h, x = data
    rows, q, steps, _ = held
    _, away, levels, between, aways, square, line = work
    p, d = len(items), len(columns)
    go, covariates = s.at(day)[0], x.at(day * (d - p))
    fresh = go + h.at(day)[0] * FRESH_SPREAD
    for i in range(p):
        total = rows[i * d] * away[0]
        for k in range(1, d):
            total += rows[i * d + k] * (away[k] if k < p else covariates[k - p])
        line[i] = go * total
    for i in range(p):
        away[i] = line[i]
    for j in range(p):
        for i in range(p):
            forth, both = rows[i * d] * between[j], rows[i * d] * aways[sym(0, j)]
            for k in range(1, p):
                forth += rows[i * d + k] * between[k * p + j]
                both += rows[i * d + k] * aways[sym(k, j)]
            line[i] = go * forth
            square[i * p + j] = go * both
        for i in range(p):
            between[i * p + j] = line[i]
    for i in range(p):
        for j in range(i + 1):
            total = fresh * q[i * p + j]
            for k in range(p):
                total += square[i * p + k] * rows[j * d + k]
            aways[place(i, j)] = total
        levels[sym(i, i)] += steps[i]


@unrolled
def take_in_day(day: Any, data: Any, held: Any, work: Any, score: Any, items: Any) -> None:
    """Score a day's answers, and learn from one after another."""
    noise = held[3][0]
    p = len(items)
    answers, weights = data[0].at(day * p), data[1].at(day * p)
    level, away, levels, between, aways, _, _ = work
    total, product = score[0], score.all(1.0)
    for i in range(p):
        spread = levels[sym(i, i)] + between[i * p + i] * 2.0 + aways[sym(i, i)] + noise
        there, off = weights[i], answers[i] - level[i] - away[i]
        product *= there * (spread - 1.0) + 1.0
        total += there * (off * off / spread + LOG_TWO_PI)
    score[0] = total + logarithm(product)
    for i in range(p):
        take_in(i, answers[i], weights[i], noise, work, p)


def take_in(item: int, answer: Number, there: Number, noise: Number, work: Any, p: int) -> None:
    """Learn from one answer, where it is there; its noise is its own, so answers come one after another."""
    level, away, levels, between, aways, square, _ = work
    spread = levels[sym(item, item)] + between[item * p + item] * 2.0 + aways[sym(item, item)]
    sure = there / (spread + noise)
    off = sure * (answer - level[item] - away[item])
    for i in range(p):
        square[i] = levels[sym(i, item)] + between[item * p + i]
        square[p + i] = between[i * p + item] + aways[sym(i, item)]
    for i in range(p):
        of_level, of_away = square[i], square[p + i]
        level[i] += of_level * off
        away[i] += of_away * off
        of_level, of_away = of_level * sure * -1.0, of_away * sure * -1.0
        for j in range(p):
            between[i * p + j] += of_away * square[j]
            if j <= i:
                levels[place(i, j)] += of_level * square[j]
                aways[place(i, j)] += of_away * square[p + j]


@whole_kernel
def score_level(
    days: int, data: Any, steps: Any, work: Any, squares: Any, logs: Any, items: Any, many: Any,
    sources: int = SOURCES,  # noqa: ARG001
) -> None:  # fmt: skip
    """For each item and size of steps: squares of what a moving level misses, and logs of their spread."""
    squares[:] = 0
    logs[:] = 0
    for item in range(len(items)):
        begin(work, many)
        for day in range(days):
            miss(day, item, data, steps, work, squares, items, many)
            if day % LOGS_AT_ONCE == LOGS_AT_ONCE - 1:
                take_logs(item, work, logs, many)
        take_logs(item, work, logs, many)


@unrolled
def begin(work: Any, many: Any) -> None:
    """The level of each size of steps before the first day: where it is, what is in doubt of it, and no spread yet."""
    for g in range(len(many)):
        work[0][g], work[1][g], work[2][g] = 0.0, START, 1.0


@unrolled
def miss(
    day: Any, item: Any, data: Any, steps: Any, work: Any, squares: Any, items: Any, many: Any
) -> None:  # fmt: skip
    """One day of one item, with each size of steps."""
    at, doubts, products = work
    here = day * len(items) + item
    answer, there, missed = data[0].at(here)[0], data[1].at(here)[0], squares.at(item * len(many))
    for g in range(len(many)):
        doubt = doubts[g] + steps[g] * A_WEEKS_SHARE
        off = answer - at[g]
        sure = there / (doubt + 1.0)
        gain = doubt * sure
        missed[g] += off * off * sure
        products[g] *= there * doubt + 1.0
        at[g] += gain * off
        doubts[g] = doubt - gain * doubt


@unrolled
def take_logs(item: Any, work: Any, logs: Any, many: Any) -> None:
    """Turn products into sums of logarithms, before they grow too large."""
    for g in range(len(many)):
        logs.at(item * len(many))[g] += logarithm(work[2][g])
        work[2][g] = 1.0
