"""The slow level on lanes: hats over the weeks, the size of the steps, and the walk itself."""

from typing import Any

from kithwork.cycle.kernel import A_DAY, AFRESH, GOING, KINDS, SINCE, week_of
from kithwork.cycle.lane_chance import LOGS_AT_ONCE, exponential, logarithm
from kithwork.cycle.lanes import Number, Rows, Whole, below, kernel, larger, root, unrolled


@kernel
def weigh_hats(days: int, far: Any, s: Any, h: Any, hats: Any, knots: int) -> None:
    """Sum hats with hats: ``tt, bb`` (2, K): on the diagonal and above; ``tb`` (3, K): diagonal, above, below."""
    for day in range(days):
        knot, on = week_of(day)
        weigh_day(day, knot, far[on], s, h, hats, knots)


@unrolled
def weigh_day(day: Any, knot: Any, far: Any, s: Any, h: Any, hats: Any, knots: Any) -> None:
    """Add one day."""
    tt, tb, bb = ([hat.at(knot + knots * kind) for kind in range(3)] for hat in hats)
    right = far[0]
    left = 1.0 - right
    early, late = right - A_DAY, left + A_DAY
    going = s.at(day)[0]
    alive = going + h.at(day)[0]
    tt[0][0] += alive * (left * left)
    tt[0][1] += alive * (right * right)
    tt[1][0] += alive * (left * right)
    tb[0][0] += going * (left * late)
    tb[0][1] += going * (right * early)
    tb[1][0] += going * (left * early)
    tb[2][0] += going * (right * late)
    bb[0][0] += going * (late * late)
    bb[0][1] += going * (early * early)
    bb[1][0] += going * (early * late)


@kernel
def push_hats(hats: Any, rows: Any, sides: Any, knots: int, items: Any, columns: Any) -> None:
    """What the rows leave of each day, under the hats of the day and of the day before it."""
    for side in sides:
        side[:] = 0
    for knot in range(knots - 1):
        push_week(knot, hats, rows, sides, items, columns)


@unrolled
def push_week(knot: Any, hats: Any, rows: Any, sides: Any, items: Any, columns: Any) -> None:
    """Add one week."""
    p, d = len(items), len(columns)
    today, before = (side.at(knot * p) for side in sides)
    going, since, afresh = (hats.at((knot * KINDS + kind) * (d * 2)) for kind in (GOING, SINCE, AFRESH))
    for i in range(p):
        plain, weighed = going[2 * i], going[2 * i + 1]
        for k in range(d):
            plain -= rows[i * d + k] * since[2 * k]
            weighed -= rows[i * d + k] * since[2 * k + 1]
        before[i] += plain - weighed + plain * A_DAY
        before[p + i] += weighed - plain * A_DAY
        plain, weighed = plain + afresh[2 * i], weighed + afresh[2 * i + 1]
        today[i] += plain - weighed
        today[p + i] += weighed


@kernel
def draw_levels(
    par: Any, hats: Any, sides: Any, belief: Any, ends: Any, normal: Any, even: Any, level: Any, chosen: Any,
    kept: Any, chances: Any, work: Any, items: Any, columns: Any, many: Any,
) -> None:  # fmt: skip
    """Draw every item's size of steps and level, one item after another."""
    steps, overs, step_logs = belief
    system, sizes, logs, walk = work
    knots = len(ends[0]) - 1
    for item in range(len(items)):
        for k in range(knots):
            last, following = max(k - 1, 0), min(k + 1, knots - 1)
            ask_days(k, last, following, item, par, par[3][item * (item + 3) // 2], hats, sides, level, system,
                     knots, items)  # fmt: skip
        for size in sizes:
            size[:] = 0
        sizes[3][:] = 1
        for first in range(0, knots, LOGS_AT_ONCE):
            for k in range(first, min(first + LOGS_AT_ONCE, knots)):
                try_sizes(k, steps, overs, ends, system, sizes, many)
            # Taken at this one place, so that a diary's last logarithm is added as it is beside longer diaries.
            take_logs(sizes, many)
        choose(sizes, logs, even[item], steps, step_logs, chosen[item], walk[0], many)
        for k in range(knots):
            go_up(k, ends, system, walk)
        for k in range(knots - 1, -1, -1):
            go_down(k, item, normal, level, walk, items)
        for k in range(knots):
            follow_move(k, item, par, hats, sides, walk, knots, items, columns)
        if kept:
            count_chances(item, logs, chances, many)


@unrolled
def ask_days(
    k: Any, last: Any, following: Any, item: Any, par: Any, ahead: Any, hats: Any, sides: Any, level: Any,
    system: Any, knots: Any, items: Any,
) -> None:  # fmt: skip
    """What the days say of one item's level at a knot: precision, with the knot after it too, and right-hand side.

    ``own, beside, right``: a number a knot; `beside` has a blank one before. `last` and `following` are the knots
    beside, or the knot itself at either end, where nothing hangs together.
    """
    tt, tb, bb = ([hat.at(knots * kind + k) for kind in range(3)] for hat in hats)
    own, beside, right = (one.at(k) for one in system)
    p = len(items)
    today, before = (side.at(k * p) for side in sides)
    precision, carried = par[1].at(item), par[2].at(item)
    one, two, three = precision.at(item * p)[0], carried.at(item * p)[0], ahead[0]
    weight = one * tt[0][0] - two * (tb[0][0] * 2.0) + three * bb[0][0]
    beyond = one * tt[1][0] - two * (tb[1][0] + tb[2][0]) + three * bb[1][0]
    own[0] = weight
    beside[1] = beyond
    total = weight * level.at(k * p + item)[0]
    total += beside[0] * level.at(last * p + item)[0]
    total += beyond * level.at(following * p + item)[0]
    for j in range(p):
        total += today[j] * precision[j * p]
        total -= before[j] * carried[j * p]
    right[0] = total


def _pivot(k: Whole, over: Number, ends: tuple[Rows, Rows], own: Rows) -> Number:
    """Precision of a knot with the prior's: steps to the knots beside it, and what holds it where it is."""
    join, held = ends
    return own.at(k)[0] + (join.at(k)[0] + join.at(k)[1]) * over + held.at(k)[0]


@unrolled
def try_sizes(k: Any, steps: Any, overs: Any, ends: Any, system: Any, sizes: Any, many: Any) -> None:
    """One knot of the log probability of each size of steps, with the level integrated out."""
    own, beside, right = system
    inverses, halves, squares, products, _ = sizes
    back = ends[0].at(k)[0]
    for g in range(len(many)):
        side = beside.at(k)[0] - back * overs[g]
        ratio = side * inverses[g]
        pivot = _pivot(k, overs[g], ends, own) - ratio * side
        half, inverse = right.at(k)[0] - ratio * halves[g], 1.0 / pivot
        inverses[g], halves[g] = inverse, half
        squares[g] += half * half * inverse
        products[g] *= pivot * (1.0 + back * (steps[g] - 1.0))


@unrolled
def take_logs(sizes: Any, many: Any) -> None:
    """Turn products into sums of logarithms, before they grow too large."""
    _, _, _, products, logs = sizes
    for g in range(len(many)):
        logs[g] += logarithm(products[g])
        products[g] = 1.0


@unrolled
def choose(
    sizes: Any, logs: Any, even: Any, steps: Any, step_logs: Any, chosen: Any, over: Any, many: Any
) -> None:
    """Choose a size of steps for each lane, by its probability; `logs` become the probabilities."""
    _, _, squares, _, taken = sizes
    each = range(len(many))
    for g in each:
        logs[g] = (squares[g] - taken[g]) * 0.5 + step_logs[g]
    most = logs[0]
    for g in each[1:]:
        most = larger(logs[g], most)
    total = logs.all(0.0)
    for g in each:
        logs[g] = exponential(logs[g] - most)
        total += logs[g]
    reached = at = logs.all(0.0)
    step, whole = steps[0], 1.0 / total
    for g in each:
        logs[g] = logs[g] * whole
        reached += logs[g]
        if g + 1 < len(many):
            passed = below(reached, even[0])
            at += passed
            step += passed * (steps[g + 1] - steps[g])
    chosen[0] = at
    over[0] = 1.0 / step


@unrolled
def go_up(k: Any, ends: Any, system: Any, walk: Any) -> None:
    """Factor the walk at a knot; each list has a blank one before."""
    own, beside, right = system
    over, inverses, ratios, halves, _ = walk
    inverse, ratio, half = inverses.at(k), ratios.at(k), halves.at(k)
    side = beside.at(k)[0] - ends[0].at(k)[0] * over[0]
    ratio[1] = side * inverse[0]
    inverse[1] = 1.0 / (_pivot(k, over[0], ends, own) - ratio[1] * side)
    half[1] = right.at(k)[0] - ratio[1] * half[0]


@unrolled
def go_down(k: Any, item: Any, normal: Any, level: Any, walk: Any, items: Any) -> None:
    """Draw the level at a knot, from the last to the first; `moved` is by how much it changed."""
    _, inverses, ratios, halves, moved = walk
    p = len(items)
    inverse, here = inverses.at(k)[1], level.at(k * p + item)
    drawn = halves.at(k)[1] * inverse + normal.at(k * p + item)[0] * root(inverse)
    drawn -= ratios.at(k)[2] * level.at(k * p + item)[p]
    moved.at(k)[1] = drawn - here[0]
    here[0] = drawn


@unrolled
def follow_move(
    k: Any, item: Any, par: Any, hats: Any, sides: Any, walk: Any, knots: Any, items: Any, columns: Any
) -> None:  # fmt: skip
    """Let the sums under the hats of a knot follow what one item's level moved; nothing moved beyond either end."""
    tt, tb, bb = ([hat.at(knots * kind + k) for kind in range(3)] for hat in hats)
    p, d = len(items), len(columns)
    arrows = par[0].at(item)
    today, before = (side.at(k * p) for side in sides)
    last, here, following = (walk[4].at(k)[on] for on in range(3))
    both = tt[0][0] * here + tt[1].at(-1)[0] * last + tt[1][0] * following
    forth = tb[0][0] * here + tb[2].at(-1)[0] * last + tb[1][0] * following
    ago = tb[0][0] * here + tb[1].at(-1)[0] * last + tb[2][0] * following
    twice = bb[0][0] * here + bb[1].at(-1)[0] * last + bb[1][0] * following
    today.at(item)[0] -= both
    before.at(item)[0] -= ago
    for j in range(p):
        today[j] += forth * arrows[j * d]
        before[j] += twice * arrows[j * d]


@unrolled
def count_chances(item: Any, logs: Any, chances: Any, many: Any) -> None:
    """Count the probabilities of the sizes."""
    each = chances.at(item * len(many))
    for g in range(len(many)):
        each[g] += logs[g]
