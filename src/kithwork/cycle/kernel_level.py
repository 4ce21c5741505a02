"""The slow level on lanes: hats over the weeks, the size of the steps, and the walk itself."""

from typing import Any

import numpy as np
from numba import njit

from kithwork.cycle.lanes import FAST, LANES, logarithms

WEEK = 7
LOGS_AT_ONCE = 8


@njit(cache=True, fastmath=FAST, error_model="numpy")
def weigh_hats(s: Any, h: Any, tt: Any, tb: Any, bb: Any, con: Any) -> None:
    """Sum hats with hats: ``tt, bb`` (2, K): on the diagonal and above; ``tb`` (3, K): diagonal, above, below."""
    days = s.shape[0]
    for day in range(days):
        seg = max((day - 1) // WEEK, 0)
        right = con[24] * (day - seg * WEEK)
        left = con[1] - right
        early = right - con[24]
        late = con[1] - early
        for q in range(LANES):
            w = s[day, q] + h[day, q]
            tt[0, seg, q] += w * left * left
            tt[0, seg + 1, q] += w * right * right
            tt[1, seg, q] += w * left * right
            tb[0, seg, q] += s[day, q] * left * late
            tb[0, seg + 1, q] += s[day, q] * right * early
            tb[1, seg, q] += s[day, q] * left * early
            tb[2, seg, q] += s[day, q] * right * late
            bb[0, seg, q] += s[day, q] * late * late
            bb[0, seg + 1, q] += s[day, q] * early * early
            bb[1, seg, q] += s[day, q] * early * late


@njit(cache=True, fastmath=FAST, error_model="numpy")
def push_hats(data: Any, true: Any, rows: Any, today: Any, before: Any, left: Any, con: Any) -> None:
    """Sum what the rows leave of each day, under the hats of the day and of the day before it."""
    _, _, s, h, x = data
    days, p = true.shape[:2]
    d = rows.shape[1]
    today[:] = today * 0
    before[:] = before * 0
    for day in range(days):
        seg = max((day - 1) // WEEK, 0)
        on = con[24] * (day - seg * WEEK)
        off = con[1] - on
        for i in range(p):
            for q in range(LANES):
                left[q] = true[day, i, q]
            if day:
                for k in range(p):
                    for q in range(LANES):
                        left[q] -= rows[i, k, q] * true[day - 1, k, q]
                for k in range(d - p):
                    for q in range(LANES):
                        left[q] -= rows[i, p + k, q] * x[day, k, q]
            for q in range(LANES):
                going = s[day, q] * left[q]
                both = going + h[day, q] * true[day, i, q]
                today[seg, i, q] += off * both
                today[seg + 1, i, q] += on * both
                before[seg, i, q] += (off + con[24]) * going
                before[seg + 1, i, q] += (on - con[24]) * going


@njit(cache=True, fastmath=FAST, error_model="numpy")
def system(
    item: Any, par: Any, hats: Any, today: Any, before: Any, level: Any, own: Any, beside: Any, right: Any
) -> None:
    """What the days say of one item's level: precision (K and K - 1 numbers a lane) and right-hand side."""
    _, precision, carried, ahead = par
    tt, tb, bb = hats
    knots, p = level.shape[:2]
    for k in range(knots):
        for q in range(LANES):
            one, two, three = precision[item, item, q], carried[item, item, q], ahead[item, item, q]
            own[k, q] = one * tt[0, k, q] - two * (tb[0, k, q] + tb[0, k, q]) + three * bb[0, k, q]
            beside[k, q] = one * tt[1, k, q] - two * (tb[1, k, q] + tb[2, k, q]) + three * bb[1, k, q]
            right[k, q] = own[k, q] * level[k, item, q]
        for j in range(p):
            for q in range(LANES):
                right[k, q] += today[k, j, q] * precision[j, item, q] - before[k, j, q] * carried[j, item, q]
    for k in range(knots - 1):
        for q in range(LANES):
            right[k, q] += beside[k, q] * level[k + 1, item, q]
            right[k + 1, q] += beside[k, q] * level[k, item, q]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def eliminate(step: Any, join: Any, own: Any, beside: Any, right: Any, out: Any, con: Any) -> None:
    """Factor precision and prior together for one size of steps a lane: pivots, ratios, half-solved right side."""
    pivots, ratios, half = out
    knots = own.shape[0]
    for k in range(knots):
        for q in range(LANES):
            back = join[k - 1, q] if k else con[1] - con[1]
            pivot = own[k, q] + (join[k, q] + back) / step[q]
            pivot += con[1] if k == 0 else con[1] - con[1]
            # Beyond a person's last knot nothing is joined: the walk stands still at 0.
            pivot += con[1] if pivot == con[1] - con[1] else con[1] - con[1]
            solved = right[k, q]
            if k:
                side = beside[k - 1, q] - join[k - 1, q] / step[q]
                ratios[k - 1, q] = side / pivots[k - 1, q]
                pivot -= ratios[k - 1, q] * side
                solved -= ratios[k - 1, q] * half[k - 1, q]
            pivots[k, q] = pivot
            half[k, q] = solved


@njit(cache=True, fastmath=FAST, error_model="numpy")
def log_chance(
    step: Any, prior_log: Any, join: Any, out: Any, log: Any, tmp: Any, bits: Any, marks: Any, con: Any
) -> None:
    """Log probability of one size of steps with the level integrated out, but for what is the same for all sizes."""
    pivots, _, half = out
    knots = pivots.shape[0]
    for q in range(LANES):
        log[q] = prior_log + con[1] - con[1]
        tmp[0, q] = con[1]
    for k in range(knots):
        for q in range(LANES):
            back = join[k - 1, q] if k else con[1] - con[1]
            log[q] += con[0] * half[k, q] * half[k, q] / pivots[k, q]
            tmp[0, q] *= pivots[k, q] * (con[1] + back * (step[q] - con[1]))
        if k % LOGS_AT_ONCE == LOGS_AT_ONCE - 1 or k == knots - 1:
            logarithms(tmp[0], bits, tmp[1], marks, con)
            for q in range(LANES):
                log[q] -= con[0] * tmp[0, q]
                tmp[0, q] = con[1]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def choose(logs: Any, even: Any, chance: Any, chosen: Any, steps: Any, step: Any, con: Any) -> None:
    """Choose a size of steps for each lane, by its probability."""
    many = logs.shape[0]
    for q in range(LANES):
        most = logs[0, q]
        for g in range(1, many):
            most = max(most, logs[g, q])
        total = con[1] - con[1]
        for g in range(many):
            chance[g, q] = np.exp(logs[g, q] - most)
            total += chance[g, q]
        below = con[1] - con[1]
        at = 0
        for g in range(many):
            chance[g, q] /= total
            below += chance[g, q]
            at += 1 if below < even[q] else 0
        at = min(at, many - 1)
        chosen[q] = at
        step[q] = steps[at]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def walk(item: Any, out: Any, normal: Any, level: Any, moved: Any) -> None:
    """Draw the level from the last knot to the first; `moved` is by how much it changed."""
    pivots, ratios, half = out
    knots = level.shape[0]
    for k in range(knots - 1, -1, -1):
        for q in range(LANES):
            drawn = half[k, q] / pivots[k, q] + normal[k, item, q] / np.sqrt(pivots[k, q])
            if k < knots - 1:
                drawn -= ratios[k, q] * level[k + 1, item, q]
            moved[k, q] = drawn - level[k, item, q]
            level[k, item, q] = drawn


@njit(cache=True, fastmath=FAST, error_model="numpy")
def follow_move(item: Any, rows: Any, hats: Any, moved: Any, today: Any, before: Any, tmp: Any) -> None:
    """Let the sums under the hats follow what one item's level moved."""
    tt, tb, bb = hats
    knots, p = today.shape[:2]
    for k in range(knots):
        for q in range(LANES):
            tmp[0, q] = tt[0, k, q] * moved[k, q]
            tmp[1, q] = tb[0, k, q] * moved[k, q]
            tmp[2, q] = tb[0, k, q] * moved[k, q]
            tmp[3, q] = bb[0, k, q] * moved[k, q]
        if k:
            for q in range(LANES):
                tmp[0, q] += tt[1, k - 1, q] * moved[k - 1, q]
                tmp[1, q] += tb[2, k - 1, q] * moved[k - 1, q]
                tmp[2, q] += tb[1, k - 1, q] * moved[k - 1, q]
                tmp[3, q] += bb[1, k - 1, q] * moved[k - 1, q]
        if k < knots - 1:
            for q in range(LANES):
                tmp[0, q] += tt[1, k, q] * moved[k + 1, q]
                tmp[1, q] += tb[1, k, q] * moved[k + 1, q]
                tmp[2, q] += tb[2, k, q] * moved[k + 1, q]
                tmp[3, q] += bb[1, k, q] * moved[k + 1, q]
        for q in range(LANES):
            today[k, item, q] -= tmp[0, q]
            before[k, item, q] -= tmp[2, q]
        for j in range(p):
            for q in range(LANES):
                today[k, j, q] += tmp[1, q] * rows[j, item, q]
                before[k, j, q] += tmp[3, q] * rows[j, item, q]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def draw_levels(
    par: Any, hats: Any, sides: Any, belief: Any, join: Any, normal: Any, even: Any, level: Any, chosen: Any,
    kept: Any, chances: Any, work: Any, marks: Any, con: Any,
) -> None:  # fmt: skip
    """Draw every item's size of steps and level, one item after another."""
    rows = par[0]
    today, before = sides
    steps, step_logs = belief
    own, beside, right, out, logs, step, moved, tmp, bits = work
    _, p = level.shape[:2]
    for item in range(p):
        system(item, par, hats, today, before, level, own, beside, right)
        for g in range(len(steps)):
            for q in range(LANES):
                step[q] = steps[g]
            eliminate(step, join, own, beside, right, out, con)
            log_chance(step, step_logs[g], join, out, logs[g], tmp, bits, marks, con)
        choose(logs, even[item], logs, chosen[item], steps, step, con)
        eliminate(step, join, own, beside, right, out, con)
        walk(item, out, normal, level, moved)
        follow_move(item, rows, hats, moved, today, before, tmp)
        if kept:
            for g in range(len(steps)):
                for q in range(LANES):
                    chances[item, g, q] += logs[g, q]
