"""One sweep over a batch of lanes, step for step what `plain` does for one person, where each step is explained.

Every array is a list of lanes, shape (n, LANES); a matrix lies in it row after row, and days lie one after another, in
whole weeks, with one more in which nothing is. ``items`` and ``columns`` are tuples of which only the length is meant,
p and d. Steps take the rows of a matrix in turn and write each down as soon as it is there: of what is still needed the
processor can hold about one row.
"""

from typing import Any

from kithwork.cycle.lanes import Number, Rows, Whole, below, half_of, kernel, larger, root, unrolled

WEEK = 7
A_DAY = 1.0 / WEEK
# What is summed up under the hats of a week: each plain, and weighed by how far on in the week the day is.
GOING, SINCE, AFRESH = range(3)
KINDS = 3


@kernel
def week_of(day: int) -> Any:
    """The knot before a day, and by how many days the day is further on."""
    knot = max((day - 1) // WEEK, 0)
    return knot, day - knot * WEEK


def place(row: int, column: int) -> int:
    """Where a cell of a lower triangle lies."""
    return row * (row + 1) // 2 + column


@unrolled
def carry(par: Any, items: Any, columns: Any) -> None:
    """carried = precision times arrows; ahead = arrows transposed times carried."""
    rows, precision, carried, ahead = par
    p, d = len(items), len(columns)
    for i in range(p):
        for j in range(p):
            total = precision[i * p] * rows[j]
            for k in range(1, p):
                total += precision[i * p + k] * rows[k * d + j]
            carried[i * p + j] = total
    for i in range(p):
        for j in range(i + 1):
            total = rows[i] * carried[j]
            for k in range(1, p):
                total += rows[k * d + i] * carried[k * p + j]
            ahead[place(i, j)] = total


@kernel
def forward(
    days: int, data: Any, level: Any, far: Any, sure: Any, par: Any, work: Any, items: Any, columns: Any
) -> None:
    """Factor the precision of all days, day by day, and solve half of it."""
    for day in range(days):
        knot, on = week_of(day)
        factor_day(day, knot, far[on], data, level, sure, par, work, items, columns)


@unrolled
def factor_day(
    day: Any, knot: Any, far: Any, data: Any, level: Any, sure: Any, par: Any, work: Any, items: Any, columns: Any
) -> None:  # fmt: skip
    """One day of `forward`. In halves, so that two rows of a matrix stay in the processor."""
    for which in range(2):
        _factor_day(day, knot, half_of((far, data, level, sure, par, work[:3]), which), items, columns)


def _factor_day(day: Whole, knot: Whole, rows: Any, items: Any, columns: Any) -> None:
    """Factor a day's precision, less what the day before says of it, into L D L'; over the diagonal, 1 / D."""
    far, data, level, sure, par, work = rows
    _, m, s, h, _ = data
    _, precision, carried, ahead = par
    factors, halves, link = work
    p = len(items)
    size = p * (p + 1) // 2
    before, factor = factors.at(day * size), factors.at((day + 1) * size)
    half_before, half = halves.at(day * p), halves.at((day + 1) * p)
    go, onward, there = s.at(day)[0], s.at(day + 1)[0], m.at(day * p)
    alive = go + h.at(day)[0]
    # A day on which nothing is known, in a diary that is over, stands alone.
    alone = below(alive, 1e-3)
    right = _right(day, knot, far, data, level, sure, par, items, columns)
    for i in range(p):
        solved = right(i)
        # How the day hangs on the day before it: in units of that day's L, and with the sign turned.
        tie: list[Number] = []
        for k in range(p):
            cell = carried[i * p + k]
            for j in range(k):
                cell -= before[place(k, j)] * tie[j]
            tie.append(cell)
            weighed = cell * (before[place(k, k)] * go)
            link[i * p + k] = weighed
            solved += weighed * half_before[k]
        row: list[Number] = []
        for j in range(i + 1):
            cell = alive * precision[i * p + j] + onward * ahead[place(i, j)]
            if i == j:
                cell += there[i] * sure[0] + alone
            for k in range(p):
                cell -= tie[k] * link[j * p + k]
            for k in range(j):
                cell -= row[k] * factor[place(j, k)]
            row.append(cell)
            if i == j:
                factor[place(i, i)] = 1.0 / cell
            else:
                cell = cell * factor[place(j, j)]
                factor[place(i, j)] = cell
                solved -= cell * half[j]
        half[i] = solved


def _right(
    day: Whole, knot: Whole, far: Rows, data: Any, level: Rows, sure: Rows, par: Any, items: Any, columns: Any
) -> Any:  # fmt: skip
    """What speaks for where the person stood on a day: answers, covariates of the day and of the next."""
    o, m, s, _, x = data
    rows, precision, carried, _ = par
    p, d = len(items), len(columns)
    answers, there, start = o.at(day * p), m.at(day * p), level.at(knot * p)
    today = [_push(on, s, x, rows, p, d) for on in (day, day + 1)] if d > p else None

    def of(i: int) -> Any:
        here = start[i] + (start[p + i] - start[i]) * far[0]
        total = (answers[i] - there[i] * here) * sure[0]
        if today:
            for k in range(p):
                total += precision[i * p + k] * today[0][k]
            for k in range(p):
                total -= carried[k * p + i] * today[1][k]
        return total

    return of


def _push(day: Whole, s: Rows, x: Rows, rows: Rows, p: int, d: int) -> list[Number]:
    """What the covariates of a day add to it."""
    here, pushed = x.at(day * (d - p)), []
    for i in range(p):
        total = here[0] * rows[i * d + p]
        for k in range(1, d - p):
            total += here[k] * rows[i * d + p + k]
        pushed.append(s.at(day)[0] * total)
    return pushed


@kernel
def backward(days: int, s: Any, par: Any, work: Any, items: Any) -> None:
    """Draw where the person stood, all days jointly, from the last to the first, over what was half solved."""
    for day in range(days - 1, -1, -1):
        draw_day(day, s, par, work, items)


@unrolled
def draw_day(day: Any, s: Any, par: Any, work: Any, items: Any) -> None:
    """One day of `backward`."""
    carried = par[2]
    factors, halves, _, normals = work
    p = len(items)
    size = p * (p + 1) // 2
    factor, half = factors.at((day + 1) * size), halves.at((day + 1) * p)
    normal, ahead = normals.at(day * p), half.at(p)
    onward = s.at(day + 1)[0]
    solved: list[Number] = []
    drawn: list[Number] = []
    for i in range(p):
        cell = carried[i] * ahead[0]
        for k in range(1, p):
            cell += carried[k * p + i] * ahead[k]
        cell *= onward
        for k in range(i):
            cell -= factor[place(i, k)] * solved[k]
        solved.append(cell)
        spread = factor[place(i, i)]
        drawn.append((half[i] + cell) * spread + root(spread) * normal[i])
    for i in range(p - 1, -1, -1):
        for k in range(i + 1, p):
            drawn[i] -= factor[place(k, i)] * drawn[k]
        half[i] = drawn[i]


@kernel
def gather(data: Any, fresh: Any, far: Any, true: Any, sums: Any, items: Any, columns: Any) -> None:
    """Sum up what the other draws need: products of days with themselves and with the day before, and the hats.

    ``across`` is yesterday with yesterday, ``along`` yesterday with today, ``today`` today with today, each over the
    days that go on; ``today`` also over those that start afresh.
    """
    for total in sums:
        total[:] = 0
    for day in range(len(fresh)):
        if fresh[day]:
            knot, on = week_of(day)
            start_afresh(day, knot, far[on], data, true, sums, items, columns)
    for knot in range(len(fresh) // WEEK):
        gather_week(knot, data, true, sums, items, columns)


@unrolled
def gather_week(knot: Any, data: Any, true: Any, sums: Any, items: Any, columns: Any) -> None:
    """The days of one week that go on, an item at a time."""
    _, _, s, _, x = data
    across, along, today, hats = sums
    p, d = len(items), len(columns)
    first = knot * WEEK
    go, stood, with_it = s.at(first + 1), true.at(first * p), x.at((first + 1) * (d - p))
    under = hats.at(knot * (KINDS * d * 2))
    week = range(WEEK)

    def since(day: int, i: int) -> Any:
        return stood[day * p + i] if i < p else with_it[day * (d - p) + i - p]

    def add(sums: Rows, at: int, weighed: list[Number], values: Any) -> None:
        total = sums[at]
        for day in week:
            total += weighed[day] * values(day)
        sums[at] = total

    for i in range(d):
        weighed = [go[day] * since(day, i) for day in week]
        for j in range(i + 1):
            add(across, place(i, j), weighed, lambda day, j=j: since(day, j))
        for j in range(p):
            add(along, i * p + j, weighed, lambda day, j=j: stood[(day + 1) * p + j])
        _put_on_hats(under.at((SINCE * d + i) * 2), weighed)
    for i in range(p):
        weighed = [go[day] * stood[(day + 1) * p + i] for day in week]
        for j in range(i + 1):
            add(today, place(i, j), weighed, lambda day, j=j: stood[(day + 1) * p + j])
        _put_on_hats(under.at((GOING * d + i) * 2), weighed)


def _put_on_hats(hats: Rows, values: list[Number]) -> None:
    """Sum up the days of a week, plain, and weighed by how far on in the week they are."""
    plain, weighed = values[0], values[0] * A_DAY
    for on, value in enumerate(values[1:], start=2):
        plain += value
        weighed += value * (A_DAY * on)
    hats[0], hats[1] = plain, weighed


@unrolled
def start_afresh(
    day: Any, knot: Any, far: Any, data: Any, true: Any, sums: Any, items: Any, columns: Any
) -> None:  # fmt: skip
    """Add a day that somebody's diary starts on, or starts again on after a long gap."""
    _, _, today, hats = sums
    p, d = len(items), len(columns)
    weight, here = data[3].at(day)[0], true.at(day * p)
    under = hats.at((knot * KINDS + AFRESH) * (d * 2))
    for i in range(p):
        value = weight * here[i]
        for j in range(i + 1):
            today[place(i, j)] += value * here[j]
        under[2 * i] += value
        under[2 * i + 1] += value * far[0]


@unrolled
def leave(sums: Any, par: Any, scale: Any, left: Any, items: Any, columns: Any) -> None:
    """Turn sums of products into what the draws need: all of `across`, and `along` and `within` of what rows leave."""
    across, along, today, _ = sums
    rows, (square, within, _) = par[0], left
    p, d = len(items), len(columns)
    for i in range(d):
        for j in range(i + 1):
            square[i * d + j] = across[place(i, j)]
            square[j * d + i] = across[place(i, j)]
    for i in range(p):
        for j in range(i + 1):
            total = today[place(i, j)] + scale[i * p + j]
            for k in range(d):
                total -= rows[i * d + k] * along[k * p + j]
            within[i * p + j] = total
    for k in range(d):
        for j in range(p):
            total = along[k * p + j]
            for i in range(d):
                total -= square[k * d + i] * rows[j * d + i]
            along[k * p + j] = total
    for i in range(p):
        for j in range(i + 1):
            total = within[i * p + j]
            for k in range(d):
                total -= along[k * p + i] * rows[j * d + k]
            within[i * p + j] = total
            within[j * p + i] = total


def factor(a: Rows, n: int) -> None:
    """Factor a symmetric matrix in place: lower triangle, one over its diagonal on the diagonal."""
    for i in range(n):
        for j in range(i + 1):
            cell = a[i * n + j]
            for k in range(j):
                cell -= a[i * n + k] * a[j * n + k]
            a[i * n + j] = 1.0 / root(cell) if i == j else cell * a[j * n + j]


def solve_lower(a: Rows, v: Rows, n: int) -> None:
    """Solve with a factor of `factor`, in place."""
    for i in range(n):
        total = v[i]
        for k in range(i):
            total -= a[i * n + k] * v[k]
        v[i] = total * a[i * n + i]


def solve_upper(a: Rows, v: Rows, n: int) -> None:
    """Solve with its transpose, in place."""
    for i in range(n - 1, -1, -1):
        total = v[i]
        for k in range(i + 1, n):
            total -= a[k * n + i] * v[k]
        v[i] = total * a[i * n + i]


@unrolled
def draw_spread(left: Any, freedom: Any, normal: Any, par: Any, items: Any) -> None:
    """Draw the precision of the day's shocks by Bartlett's triangle; `within` is lost."""
    _, scale, triangle = left
    precision, p = par[1], len(items)
    factor(scale, p)
    # Kept transposed: row j of `triangle` is column j of Bartlett's.
    at = p
    for i in range(p):
        free = freedom[0] - float(i)
        ninth = (2.0 / 9.0) / free
        cube = larger(1.0 - ninth + normal[i] * root(ninth), 1e-3)
        triangle[i * p + i] = root(free * cube * cube * cube)
        for j in range(i):
            triangle[i * p + j] = 0.0
            triangle[j * p + i] = normal[at]
            at += 1
    for j in range(p):
        solve_upper(scale, triangle.at(j * p), p)
    for i in range(p):
        for j in range(i + 1):
            total = triangle[i] * triangle[j]
            for k in range(1, p):
                total += triangle[k * p + i] * triangle[k * p + j]
            precision[i * p + j] = total
            precision[j * p + i] = total


@kernel
def draw_rows(
    par: Any, square: Any, along: Any, belief: Any, normal: Any, kept: Any, sums: Any, work: Any, items: Any,
    columns: Any,
) -> None:  # fmt: skip
    """Draw the arrows into each item given those into the others; `along` follows."""
    for row in range(len(items)):
        draw_row(row, par, square, along, belief, normal, work, items, columns)
        if kept:
            count_row(row, belief, sums, work, items, columns)
    if kept:
        count_parts(sums, work, items)


@unrolled
def draw_row(
    row: Any, par: Any, square: Any, along: Any, belief: Any, normals: Any, work: Any, items: Any, columns: Any
) -> None:  # fmt: skip
    """Draw one row: own = L L' is its precision, right = L times its conditional mean."""
    own, right, draw, _, _ = work
    p, d = len(items), len(columns)
    arrows, precision, errors = par[0].at(row * d), par[1].at(row), along.at(row)
    mean, weight, normal = belief[0].at(row * d), belief[1].at(row * d), normals.at(row * d)
    sharp = par[1].at(row * (p + 1))[0]
    for i in range(d):
        total = weight[i] * mean[i]
        for j in range(d):
            cell = sharp * square[i * d + j]
            total += cell * arrows[j]
            own[i * d + j] = cell + weight[i] if i == j else cell
        for j in range(p):
            total += along[i * p + j] * precision[j * p]
        right[i] = total
    factor(own, d)
    solve_lower(own, right, d)
    for i in range(d):
        draw[i] = right[i] + normal[i]
    solve_upper(own, draw, d)
    for i in range(d):
        total = errors[i * p]
        for j in range(d):
            total -= square[i * d + j] * (draw[j] - arrows[j])
        errors[i * p] = total
    for j in range(d):
        arrows[j] = draw[j]


@unrolled
def count_row(row: Any, belief: Any, sums: Any, work: Any, items: Any, columns: Any) -> None:
    """Count a row's conditional mean and variance, and its part of the block arrow."""
    own, found, draw, parts, unit = work
    a1, a2, av, _, _, fm, fs, fv = sums
    p, d = len(items), len(columns)
    mean, arrows = belief[0].at(row * d), belief[2].at(row * p)
    solve_upper(own, found, d)
    part = drawn = found.all(0.0)
    firsts, seconds, variances = (total.at(row * d) for total in (a1, a2, av))
    for j in range(d):
        away = found[j] - mean[j]
        firsts[j] += away
        seconds[j] += away * away
        if j < p:
            part += away * arrows[j]
            drawn += (draw[j] - mean[j]) * arrows[j]
    parts.at(row)[0] = drawn
    fm.at(row)[0] += part
    fs.at(row)[0] += part * part
    # The inverse of the factor, column by column: its squares are the variances.
    for column in range(d):
        unit[column] = own[column * d + column]
        variance = unit[column] * unit[column]
        for i in range(column + 1, d):
            total = own[i * d + column] * unit[column]
            for k in range(column + 1, i):
                total += own[i * d + k] * unit[k]
            total = total * own[i * d + i] * -1.0
            unit[i] = total
            variance += total * total
        variances[column] += variance
    for j in range(d):
        unit[j] = arrows[j] if j < p else 0.0
    solve_lower(own, unit, d)
    for j in range(d):
        fv.at(row)[0] += unit[j] * unit[j]


@unrolled
def count_parts(sums: Any, work: Any, items: Any) -> None:
    """Count the rows' parts of their block arrows, and each two together."""
    _, _, _, f1, ff, _, _, _ = sums
    parts, p = work[3], len(items)
    for i in range(p):
        f1[i] += parts[i]
        for j in range(p):
            ff[i * p + j] += parts[i] * parts[j]


@unrolled
def count_spread(scale: Any, freedom: Any, q_sum: Any, items: Any) -> None:
    """Count the conditional mean of the day's covariance."""
    p = len(items)
    over = 1.0 / (freedom[0] - (p + 1.0))
    for at in range(p * p):
        q_sum[at] += scale[at] * over


@unrolled
def _count_knot(at: Any, level: Any, c1: Any, c2: Any) -> None:
    here = level.at(at)[0]
    c1.at(at)[0] += here
    c2.at(at)[0] += here * here


@kernel
def count_knots(level: Any, c1: Any, c2: Any) -> None:
    """Count the knots and their squares."""
    for at in range(len(level)):
        _count_knot(at, level, c1, c2)
