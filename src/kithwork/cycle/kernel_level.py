"""The slow level on lanes: hats over the weeks, the size of the steps, and the walk itself."""

from typing import Any

from kithwork.cycle.kernel import A_DAY, AFRESH, GOING, KINDS, SINCE, add, week_of
from kithwork.cycle.lane_chance import exponential, logarithm
from kithwork.cycle.lanes import below, kernel, larger, load, root, store

LOGS_AT_ONCE = 8


@kernel
def weigh_hats(s: Any, h: Any, tt: Any, tb: Any, bb: Any, knots: int) -> None:
    """Sum hats with hats: ``tt, bb`` (2, K): on the diagonal and above; ``tb`` (3, K): diagonal, above, below."""
    for day in range(len(s)):
        knot, right = week_of(day)
        left = 1.0 - right
        early, late = right - A_DAY, left + A_DAY
        going = load(s, day)
        alive = going + load(h, day)
        add(tt, knot, alive * (left * left))
        add(tt, knot + 1, alive * (right * right))
        add(tt, knots + knot, alive * (left * right))
        add(tb, knot, going * (left * late))
        add(tb, knot + 1, going * (right * early))
        add(tb, knots + knot, going * (left * early))
        add(tb, 2 * knots + knot, going * (right * late))
        add(bb, knot, going * (late * late))
        add(bb, knot + 1, going * (early * early))
        add(bb, knots + knot, going * (early * late))


@kernel
def push_hats(hats: Any, rows: Any, today: Any, before: Any, knots: int, items: Any, columns: Any) -> None:
    """What the rows leave of each day, under the hats of the day and of the day before it."""
    p, d = len(items), len(columns)
    for at in range(knots * p):
        store(today, at, 0.0)
        store(before, at, 0.0)
    for knot in range(knots - 1):
        for i in range(p):
            at = ((knot * KINDS + GOING) * d + i) * 2
            plain, weighed = load(hats, at), load(hats, at + 1)
            for k in range(d):
                at = ((knot * KINDS + SINCE) * d + k) * 2
                plain -= load(rows, i * d + k) * load(hats, at)
                weighed -= load(rows, i * d + k) * load(hats, at + 1)
            add(before, knot * p + i, plain - weighed + plain * A_DAY)
            add(before, (knot + 1) * p + i, weighed - plain * A_DAY)
            at = ((knot * KINDS + AFRESH) * d + i) * 2
            plain, weighed = plain + load(hats, at), weighed + load(hats, at + 1)
            add(today, knot * p + i, plain - weighed)
            add(today, (knot + 1) * p + i, weighed)


@kernel
def system(item: int, par: Any, hats: Any, sides: Any, level: Any, out: Any, knots: int, items: Any) -> None:
    """What the days say of one item's level: precision (K and K - 1 numbers a lane) and right-hand side."""
    _, precision, carried, ahead = par
    tt, tb, bb = hats
    today, before = sides
    own, beside, right = out
    p = len(items)
    one, two = load(precision, item * p + item), load(carried, item * p + item)
    three = load(ahead, item * (item + 1) // 2 + item)
    for k in range(knots):
        weight = one * load(tt, k) - two * (load(tb, k) * 2.0) + three * load(bb, k)
        onward = knots + k
        beyond = (
            one * load(tt, onward)
            - two * (load(tb, onward) + load(tb, knots + onward))
            + three * load(bb, onward)
        )
        store(own, k, weight)
        store(beside, k, beyond)
        total = weight * load(level, k * p + item)
        if k:
            total += load(beside, k - 1) * load(level, (k - 1) * p + item)
        if k + 1 < knots:
            total += beyond * load(level, (k + 1) * p + item)
        for j in range(p):
            total += load(today, k * p + j) * load(precision, j * p + item)
            total -= load(before, k * p + j) * load(carried, j * p + item)
        store(right, k, total)


@kernel
def pivot_of(k: int, over: Any, join: Any, back: Any, own: Any) -> Any:
    """Precision of a knot with the prior's: steps to the knots beside it, and the first one's own spread."""
    pivot = load(own, k) + (load(join, k) + back) * over
    if k == 0:
        return pivot + 1.0
    # Beyond a person's last knot nothing is joined: the walk stands still at 0.
    return pivot + below(pivot, 1e-20)


@kernel
def log_chance(step: Any, prior_log: Any, join: Any, out: Any, knots: int) -> Any:
    """Log probability of one size of steps with the level integrated out, but for what is the same for all sizes."""
    own, beside, right = out
    over = 1.0 / step
    back = load(join, 0) * 0.0
    pivot = pivot_of(0, over, join, back, own)
    half, inverse = load(right, 0), 1.0 / pivot
    product, squares, logs = pivot, half * half * inverse, back
    for first in range(0, knots, LOGS_AT_ONCE):
        for k in range(max(first, 1), min(first + LOGS_AT_ONCE, knots)):
            back = load(join, k - 1)
            side = load(beside, k - 1) - back * over
            ratio = side * inverse
            pivot = pivot_of(k, over, join, back, own) - ratio * side
            half, inverse = load(right, k) - ratio * half, 1.0 / pivot
            squares += half * half * inverse
            product *= pivot * (1.0 + back * (step - 1.0))
        # Taken at this one place, so that a diary's last logarithm is added as it is beside longer diaries.
        logs += logarithm(product)
        product = back * 0.0 + 1.0
    return (squares - logs) * 0.5 + prior_log


@kernel
def choose(logs: Any, even: Any, sizes: int, steps: Any, chosen: Any, item: int) -> Any:
    """Choose a size of steps for each lane, by its probability; `logs` become the probabilities."""
    most = load(logs, 0)
    for g in range(1, sizes):
        most = larger(load(logs, g), most)
    total = most * 0.0
    for g in range(sizes):
        store(logs, g, exponential(load(logs, g) - most))
        total += load(logs, g)
    reached = at = most * 0.0
    step, whole = reached + steps[0], 1.0 / total
    for g in range(sizes):
        store(logs, g, load(logs, g) * whole)
        reached += load(logs, g)
        if g + 1 < sizes:
            passed = below(reached, load(even, item))
            at += passed
            step += passed * (steps[g + 1] - steps[g])
    store(chosen, item, at)
    return step


@kernel
def walk(
    item: int, step: Any, join: Any, out: Any, normal: Any, level: Any, work: Any, knots: int, items: Any
) -> None:
    """Draw the level from the last knot to the first; `moved` is by how much it changed."""
    own, beside, right = out
    inverses, ratios, halves, moved = work
    p = len(items)
    half_p = (p + 1) // 2
    over = 1.0 / step
    back = load(join, 0) * 0.0
    pivot = pivot_of(0, over, join, back, own)
    half = load(right, 0)
    store(inverses, 0, 1.0 / pivot)
    store(halves, 0, half)
    for k in range(1, knots):
        back = load(join, k - 1)
        side = load(beside, k - 1) - back * over
        ratio = side * load(inverses, k - 1)
        pivot = pivot_of(k, over, join, back, own) - ratio * side
        half = load(right, k) - ratio * half
        store(ratios, k - 1, ratio)
        store(inverses, k, 1.0 / pivot)
        store(halves, k, half)
    drawn = half * 0.0
    for k in range(knots - 1, -1, -1):
        inverse = load(inverses, k)
        ahead = drawn
        drawn = load(halves, k) * inverse + load(normal, 2 * half_p * k + item) * root(inverse)
        if k + 1 < knots:
            drawn -= load(ratios, k) * ahead
        store(moved, k, drawn - load(level, k * p + item))
        store(level, k * p + item, drawn)


@kernel
def follow_move(
    item: int, rows: Any, hats: Any, moved: Any, sides: Any, knots: int, items: Any, columns: Any
) -> None:
    """Let the sums under the hats follow what one item's level moved."""
    tt, tb, bb = hats
    today, before = sides
    p, d = len(items), len(columns)
    for k in range(knots):
        here = load(moved, k)
        both, forth = load(tt, k) * here, load(tb, k) * here
        ago, twice = load(tb, k) * here, load(bb, k) * here
        if k:
            last, at = load(moved, k - 1), knots + k - 1
            both += load(tt, at) * last
            forth += load(tb, knots + at) * last
            ago += load(tb, at) * last
            twice += load(bb, at) * last
        if k + 1 < knots:
            following, at = load(moved, k + 1), knots + k
            both += load(tt, at) * following
            forth += load(tb, at) * following
            ago += load(tb, knots + at) * following
            twice += load(bb, at) * following
        add(today, k * p + item, both * -1.0)
        add(before, k * p + item, ago * -1.0)
        for j in range(p):
            add(today, k * p + j, forth * load(rows, j * d + item))
            add(before, k * p + j, twice * load(rows, j * d + item))


@kernel
def draw_levels(
    par: Any, hats: Any, sides: Any, belief: Any, join: Any, normal: Any, even: Any, level: Any, chosen: Any,
    kept: Any, chances: Any, work: Any, items: Any, columns: Any,
) -> None:  # fmt: skip
    """Draw every item's size of steps and level, one item after another."""
    steps, step_logs = belief
    out, logs, walked = work
    knots, sizes = len(join), len(steps)
    for item in range(len(items)):
        system(item, par, hats, sides, level, out, knots, items)
        for g in range(sizes):
            store(logs, g, log_chance(steps[g], step_logs[g], join, out, knots))
        step = choose(logs, even, sizes, steps, chosen, item)
        walk(item, step, join, out, normal, level, walked, knots, items)
        follow_move(item, par[0], hats, walked[3], sides, knots, items, columns)
        if kept:
            for g in range(sizes):
                add(chances, item * sizes + g, load(logs, g))
