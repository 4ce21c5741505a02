"""One sweep over a batch of lanes, step for step what `plain` does for one person, where each step is explained.

Every array is a list of lanes, shape (n, LANES); a matrix lies in it row after row, and days lie one after another.
``items`` and ``columns`` are tuples of which only the length is meant, p and d: the compiler knows it and unrolls.
"""

from typing import Any

from kithwork.cycle.lane_chance import normal_pair
from kithwork.cycle.lanes import below, kernel, larger, load, root, store

WEEK = 7
A_DAY = 1.0 / WEEK
# What is summed up under the hats of a week: each plain, and weighed by how far on in the week the day is.
GOING, SINCE, AFRESH = range(3)
KINDS = 3


@kernel
def week_of(day: int) -> Any:
    """The knot before a day, and how far on from it the day is, in weeks."""
    knot = max((day - 1) // WEEK, 0)
    return knot, A_DAY * (day - knot * WEEK)


@kernel
def place(row: int, column: int) -> int:
    """Where a cell of a lower triangle lies."""
    return row * (row + 1) // 2 + column


@kernel
def add(total: Any, at: int, value: Any) -> None:
    """Add to a row."""
    store(total, at, load(total, at) + value)


@kernel
def carry(rows: Any, precision: Any, carried: Any, ahead: Any, items: Any, columns: Any) -> None:
    """carried = precision times arrows; ahead = arrows transposed times carried."""
    p, d = len(items), len(columns)
    for i in range(p):
        for j in range(p):
            total = load(precision, i * p) * load(rows, j)
            for k in range(1, p):
                total += load(precision, i * p + k) * load(rows, k * d + j)
            store(carried, i * p + j, total)
    for i in range(p):
        for j in range(i + 1):
            total = load(rows, i) * load(carried, j)
            for k in range(1, p):
                total += load(rows, k * d + i) * load(carried, k * p + j)
            store(ahead, place(i, j), total)


@kernel
def push(day: int, x: Any, go: Any, rows: Any, out: Any, items: Any, columns: Any) -> None:
    """What the covariates of a day add to it."""
    p, d = len(items), len(columns)
    for i in range(p):
        total = go * 0.0
        for k in range(d - p):
            total += load(x, day * (d - p) + k) * load(rows, i * d + p + k)
        store(out, i, go * total)


@kernel
def right_side(
    day: int, data: Any, level: Any, sure: Any, par: Any, right: Any, pushed: Any, items: Any, columns: Any
) -> None:  # fmt: skip
    """What speaks for where the person stood on a day: answers, covariates of the day and of the next."""
    o, m, s, _, x = data
    rows, precision, carried, _ = par
    p = len(items)
    knot, on = week_of(day)
    for i in range(p):
        start = load(level, knot * p + i)
        here = start + (load(level, (knot + 1) * p + i) - start) * on
        store(right, i, (load(o, day * p + i) - load(m, day * p + i) * here) * sure)
    if len(columns) > p:
        push(day, x, load(s, day), rows, pushed, items, columns)
        for i in range(p):
            total = load(right, i)
            for k in range(p):
                total += load(precision, i * p + k) * load(pushed, k)
            store(right, i, total)
        if day + 1 < len(s):
            push(day + 1, x, load(s, day + 1), rows, pushed, items, columns)
            for i in range(p):
                total = load(right, i)
                for k in range(p):
                    total -= load(carried, k * p + i) * load(pushed, k)
                store(right, i, total)


@kernel
def forward(data: Any, level: Any, sure: Any, par: Any, work: Any, items: Any, columns: Any) -> None:
    """Factor the precision of all days, day by day, and solve half of it."""
    _, m, s, h, _ = data
    _, precision, carried, ahead = par
    factors, halves, link, right, pushed = work
    p = len(items)
    size = p * (p + 1) // 2
    for day in range(len(s)):
        go = load(s, day)
        alive = go + load(h, day)
        onward = load(s, day + 1) if day + 1 < len(s) else go * 0.0
        # A day on which nothing is known, in a diary that is over, stands alone.
        alone = below(alive, 1e-3)
        right_side(day, data, level, sure, par, right, pushed, items, columns)
        if day:
            tie(go, factors, (day - 1) * size, carried, link, items)
        for i in range(p):
            solved = load(right, i)
            if day:
                for k in range(p):
                    solved += load(link, i * p + k) * load(halves, (day - 1) * p + k)
            for j in range(i + 1):
                cell = alive * load(precision, i * p + j) + onward * load(ahead, place(i, j))
                if i == j:
                    cell += load(m, day * p + i) * sure + alone
                if day:
                    for k in range(p):
                        cell -= load(link, i * p + k) * load(link, j * p + k)
                for k in range(j):
                    cell -= load(factors, day * size + place(i, k)) * load(factors, day * size + place(j, k))
                if i == j:
                    cell = 1.0 / root(cell)
                else:
                    cell = cell * load(factors, day * size + place(j, j))
                    solved -= cell * load(halves, day * p + j)
                store(factors, day * size + place(i, j), cell)
            store(halves, day * p + i, solved * load(factors, day * size + place(i, i)))


@kernel
def tie(go: Any, factors: Any, start: int, carried: Any, link: Any, items: Any) -> None:
    """How a day hangs on the day before it, in units of that day's factor; with the sign turned."""
    p = len(items)
    for i in range(p):
        for k in range(p):
            cell = go * load(carried, i * p + k)
            for j in range(k):
                cell -= load(factors, start + place(k, j)) * load(link, i * p + j)
            store(link, i * p + k, cell * load(factors, start + place(k, k)))


@kernel
def backward(s: Any, carried: Any, work: Any, keys: Any, counter: Any, true: Any, items: Any) -> None:
    """Draw where the person stood, all days jointly, from the last day to the first."""
    factors, halves, step, drawn = work
    p = len(items)
    size = p * (p + 1) // 2
    pairs = (p + 1) // 2
    for day in range(len(s) - 1, -1, -1):
        for pair in range(pairs):
            one, other = normal_pair(keys, day * pairs + pair, counter, drawn)
            store(drawn, 2 * pair, one)
            if 2 * pair + 1 < p:
                store(drawn, 2 * pair + 1, other)
        for i in range(p):
            solved = load(halves, day * p + i) + load(drawn, i)
            if day + 1 < len(s):
                total = load(carried, i) * load(true, (day + 1) * p)
                for k in range(1, p):
                    total += load(carried, k * p + i) * load(true, (day + 1) * p + k)
                total *= load(s, day + 1)
                for k in range(i):
                    total -= load(factors, day * size + place(i, k)) * load(step, k)
                total *= load(factors, day * size + place(i, i))
                store(step, i, total)
                solved += total
            store(drawn, i, solved)
        for i in range(p - 1, -1, -1):
            solved = load(drawn, i)
            for k in range(i + 1, p):
                solved -= load(factors, day * size + place(k, i)) * load(true, day * p + k)
            store(true, day * p + i, solved * load(factors, day * size + place(i, i)))


@kernel
def gather(
    data: Any, fresh: Any, true: Any, going: Any, since: Any, sums: Any, knots: int, items: Any, columns: Any
) -> None:  # fmt: skip
    """Sum up what the other draws need: products of days with themselves and with the day before, and the hats.

    ``across`` is yesterday with yesterday, ``along`` yesterday with today, ``today`` today with today, each over the
    days that go on; ``today`` also over those that start afresh. Week by week, so that a sum stays at hand.
    """
    _, _, s, h, x = data
    across, along, today, hats = sums
    p, d = len(items), len(columns)
    for total in sums:
        for at in range(len(total)):
            store(total, at, 0.0)
    for day in range(1, len(s)):
        for i in range(d):
            before = load(true, (day - 1) * p + i) if i < p else load(x, day * (d - p) + i - p)
            store(since, day * d + i, load(s, day) * before)
        for i in range(p):
            store(going, day * p + i, load(s, day) * load(true, day * p + i))
    for day in range(len(s)):
        if fresh[day]:
            start_afresh(day, load(h, day), true, today, hats, items, columns)
    for knot in range(knots - 1):
        first, end = knot * WEEK + 1, min((knot + 1) * WEEK + 1, len(s))
        for i in range(d):
            for j in range(min(i + 1, p)):
                total = load(across, place(i, j))
                for day in range(first, end):
                    total += load(since, day * d + i) * load(true, (day - 1) * p + j)
                store(across, place(i, j), total)
            for j in range(p, i + 1):
                total = load(across, place(i, j))
                for day in range(first, end):
                    total += load(since, day * d + i) * load(x, day * (d - p) + j - p)
                store(across, place(i, j), total)
            for j in range(p):
                total = load(along, i * p + j)
                for day in range(first, end):
                    total += load(since, day * d + i) * load(true, day * p + j)
                store(along, i * p + j, total)
            put_on_hats(hats, knot, SINCE, since, first, end, i, columns, columns)
        for i in range(p):
            for j in range(i + 1):
                total = load(today, place(i, j))
                for day in range(first, end):
                    total += load(going, day * p + i) * load(true, day * p + j)
                store(today, place(i, j), total)
            put_on_hats(hats, knot, GOING, going, first, end, i, items, columns)


@kernel
def put_on_hats(
    hats: Any, knot: int, kind: int, values: Any, first: int, end: int, i: int, width: Any, columns: Any
) -> None:  # fmt: skip
    """Sum up the days of a week, plain, and weighed by how far on in the week they are."""
    plain = weighed = load(hats, 0) * 0.0
    for day in range(first, end):
        value = load(values, day * len(width) + i)
        plain += value
        weighed += value * (A_DAY * (day - first + 1))
    at = ((knot * KINDS + kind) * len(columns) + i) * 2
    store(hats, at, plain)
    store(hats, at + 1, weighed)


@kernel
def start_afresh(day: int, weight: Any, true: Any, today: Any, hats: Any, items: Any, columns: Any) -> None:
    """Add a day that somebody's diary starts on, or starts again on after a long gap."""
    p = len(items)
    knot, on = week_of(day)
    for i in range(p):
        value = weight * load(true, day * p + i)
        for j in range(i + 1):
            add(today, place(i, j), value * load(true, day * p + j))
        at = ((knot * KINDS + AFRESH) * len(columns) + i) * 2
        add(hats, at, value)
        add(hats, at + 1, value * on)


@kernel
def leave(sums: Any, rows: Any, scale: Any, square: Any, within: Any, items: Any, columns: Any) -> None:
    """Turn sums of products into what the draws need: all of `across`, and `along` and `within` of what rows leave."""
    across, along, today, _ = sums
    p, d = len(items), len(columns)
    for i in range(d):
        for j in range(i + 1):
            store(square, i * d + j, load(across, place(i, j)))
            store(square, j * d + i, load(across, place(i, j)))
    for i in range(p):
        for j in range(i + 1):
            total = load(today, place(i, j)) + scale[i, j]
            for k in range(d):
                total -= load(rows, i * d + k) * load(along, k * p + j)
            store(within, i * p + j, total)
    for k in range(d):
        for j in range(p):
            total = load(along, k * p + j)
            for i in range(d):
                total -= load(square, k * d + i) * load(rows, j * d + i)
            store(along, k * p + j, total)
    for i in range(p):
        for j in range(i + 1):
            total = load(within, i * p + j)
            for k in range(d):
                total -= load(along, k * p + i) * load(rows, j * d + k)
            store(within, i * p + j, total)
            store(within, j * p + i, total)


@kernel
def factor(a: Any, size: Any) -> None:
    """Factor a symmetric matrix in place: lower triangle, one over its diagonal on the diagonal."""
    n = len(size)
    for i in range(n):
        for j in range(i + 1):
            cell = load(a, i * n + j)
            for k in range(j):
                cell -= load(a, i * n + k) * load(a, j * n + k)
            store(a, i * n + j, 1.0 / root(cell) if i == j else cell * load(a, j * n + j))


@kernel
def solve_lower(a: Any, v: Any, size: Any) -> None:
    """Solve with a factor of `factor`, in place."""
    n = len(size)
    for i in range(n):
        total = load(v, i)
        for k in range(i):
            total -= load(a, i * n + k) * load(v, k)
        store(v, i, total * load(a, i * n + i))


@kernel
def solve_upper(a: Any, v: Any, start: int, size: Any) -> None:
    """Solve with its transpose, in place, the row of `v` that begins at `start`."""
    n = len(size)
    for i in range(n - 1, -1, -1):
        total = load(v, start + i)
        for k in range(i + 1, n):
            total -= load(a, k * n + i) * load(v, start + k)
        store(v, start + i, total * load(a, i * n + i))


@kernel
def draw_spread(scale: Any, freedom: Any, normal: Any, precision: Any, triangle: Any, items: Any) -> None:
    """Draw the precision of the day's shocks by Bartlett's triangle; `scale` is lost."""
    p = len(items)
    factor(scale, items)
    # Kept transposed: row j of `triangle` is column j of Bartlett's.
    at = p
    for i in range(p):
        left = load(freedom, 0) - i
        ninth = (2.0 / 9.0) / left
        cube = larger(1.0 - ninth + load(normal, i) * root(ninth), 1e-3)
        store(triangle, i * p + i, root(left * cube * cube * cube))
        for j in range(i):
            store(triangle, i * p + j, 0.0)
            store(triangle, j * p + i, load(normal, at))
            at += 1
    for j in range(p):
        solve_upper(scale, triangle, j * p, items)
    for i in range(p):
        for j in range(i + 1):
            total = load(triangle, i) * load(triangle, j)
            for k in range(1, p):
                total += load(triangle, k * p + i) * load(triangle, k * p + j)
            store(precision, i * p + j, total)
            store(precision, j * p + i, total)


@kernel
def draw_rows(
    par: Any, square: Any, along: Any, belief: Any, normal: Any, kept: Any, sums: Any, work: Any, items: Any,
    columns: Any,
) -> None:  # fmt: skip
    """Draw the arrows into each item given those into the others; `along` follows."""
    rows, precision, _, _ = par
    mean, weight, arrows = belief
    own, right, draw, parts, unit = work
    p, d = len(items), len(columns)
    for row in range(p):
        sharp = load(precision, row * p + row)
        for i in range(d):
            total = sharp * 0.0 + weight[row, i] * mean[row, i]
            for j in range(d):
                cell = sharp * load(square, i * d + j)
                total += cell * load(rows, row * d + j)
                store(own, i * d + j, cell + weight[row, i] if i == j else cell)
            for j in range(p):
                total += load(along, i * p + j) * load(precision, j * p + row)
            store(right, i, total)
        factor(own, columns)
        solve_lower(own, right, columns)
        for i in range(d):
            store(draw, i, load(right, i) + load(normal, row * d + i))
        solve_upper(own, draw, 0, columns)
        for i in range(d):
            total = load(along, i * p + row)
            for j in range(d):
                total -= load(square, i * d + j) * (load(draw, j) - load(rows, row * d + j))
            store(along, i * p + row, total)
        for j in range(d):
            store(rows, row * d + j, load(draw, j))
        if kept:
            solve_upper(own, right, 0, columns)
            count_row(row, own, right, draw, mean, arrows, parts, unit, sums, items, columns)
    if kept:
        for i in range(p):
            add(sums[3], i, load(parts, i))
            for j in range(p):
                add(sums[4], i * p + j, load(parts, i) * load(parts, j))


@kernel
def count_row(
    row: int, own: Any, found: Any, draw: Any, mean: Any, arrows: Any, parts: Any, unit: Any, sums: Any, items: Any,
    columns: Any,
) -> None:  # fmt: skip
    """Count a row's conditional mean and variance, and its part of the block arrow."""
    a1, a2, av, _, _, fm, fs, fv = sums
    p, d = len(items), len(columns)
    part = drawn = load(found, 0) * 0.0
    for j in range(d):
        away = load(found, j) - mean[row, j]
        add(a1, row * d + j, away)
        add(a2, row * d + j, away * away)
        if j < p:
            part += away * arrows[row, j]
            drawn += (load(draw, j) - mean[row, j]) * arrows[row, j]
    store(parts, row, drawn)
    add(fm, row, part)
    add(fs, row, part * part)
    # The inverse of the factor, column by column: its squares are the variances.
    for column in range(d):
        store(unit, column, load(own, column * d + column))
        variance = load(unit, column) * load(unit, column)
        for i in range(column + 1, d):
            total = load(own, i * d + column) * load(unit, column)
            for k in range(column + 1, i):
                total += load(own, i * d + k) * load(unit, k)
            total = total * load(own, i * d + i) * -1.0
            store(unit, i, total)
            variance += total * total
        add(av, row * d + column, variance)
    for j in range(d):
        store(unit, j, arrows[row, j] if j < p else 0.0)
    solve_lower(own, unit, columns)
    for j in range(d):
        add(fv, row, load(unit, j) * load(unit, j))


@kernel
def count_spread(scale: Any, freedom: Any, q_sum: Any, items: Any) -> None:
    """Count the conditional mean of the day's covariance."""
    p = len(items)
    over = 1.0 / (load(freedom, 0) - (p + 1.0))
    for at in range(p * p):
        add(q_sum, at, load(scale, at) * over)


@kernel
def count_knots(level: Any, c1: Any, c2: Any) -> None:
    """Count the knots and their squares."""
    for at in range(len(level)):
        add(c1, at, load(level, at))
        add(c2, at, load(level, at) * load(level, at))
