"""One sweep over a batch of lanes, step for step what `plain` does for one person, where each step is explained."""

from typing import Any

import numpy as np
from numba import njit

from kithwork.cycle.lanes import FAST, LANES, cholesky, solve_lower, solve_upper

WEEK = 7


@njit(cache=True, fastmath=FAST, error_model="numpy")
def carry(rows: Any, precision: Any, carried: Any, ahead: Any) -> None:
    """carried = precision times arrows; ahead = arrows transposed times carried."""
    p = precision.shape[0]
    carried[:] = carried * 0
    ahead[:] = ahead * 0
    for i in range(p):
        for j in range(p):
            for k in range(p):
                for q in range(LANES):
                    carried[i, j, q] += precision[i, k, q] * rows[k, j, q]
    for i in range(p):
        for j in range(p):
            for k in range(p):
                for q in range(LANES):
                    ahead[i, j, q] += rows[k, i, q] * carried[k, j, q]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def push(x: Any, s: Any, rows: Any, out: Any) -> None:
    """What the covariates of a day add to it."""
    p, d = rows.shape[:2]
    for i in range(p):
        for q in range(LANES):
            out[i, q] = s[q] - s[q]
        for k in range(d - p):
            for q in range(LANES):
                out[i, q] += s[q] * x[k, q] * rows[i, p + k, q]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def right_side(day: Any, data: Any, level: Any, sure: Any, par: Any, right: Any, tmp: Any, con: Any) -> None:
    """What speaks for where the person stood on a day: answers, covariates of the day and of the next."""
    o, m, s, _, x = data
    rows, precision, carried, _ = par
    p = precision.shape[0]
    seg = max((day - 1) // WEEK, 0)
    along = con[24] * (day - seg * WEEK)
    for i in range(p):
        for q in range(LANES):
            here = level[seg, i, q] + along * (level[seg + 1, i, q] - level[seg, i, q])
            right[i, q] = m[day, i, q] * (o[day, i, q] - here) * sure
    if x.shape[1]:
        push(x[day], s[day], rows, tmp)
        for i in range(p):
            for k in range(p):
                for q in range(LANES):
                    right[i, q] += precision[i, k, q] * tmp[k, q]
        if day + 1 < len(x):
            push(x[day + 1], s[day + 1], rows, tmp)
            for i in range(p):
                for k in range(p):
                    for q in range(LANES):
                        right[i, q] -= carried[k, i, q] * tmp[k, q]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def forward(data: Any, level: Any, sure: Any, par: Any, work: Any, con: Any) -> None:
    """Factor the precision of all days, day by day, and solve half of it."""
    _, m, s, h, _ = data
    _, precision, carried, ahead = par
    factor, half, link, tmp = work
    days, p = m.shape[:2]
    nought = con[1] - con[1]
    for day in range(days):
        here, y = factor[day], half[day]
        right_side(day, data, level, sure, par, y, tmp, con)
        for i in range(p):
            for j in range(i + 1):
                for q in range(LANES):
                    here[i, j, q] = (s[day, q] + h[day, q]) * precision[i, j, q]
            for q in range(LANES):
                here[i, i, q] += m[day, i, q] * sure + (con[1] if s[day, q] + h[day, q] == nought else nought)
        if day + 1 < days:
            for i in range(p):
                for j in range(i + 1):
                    for q in range(LANES):
                        here[i, j, q] += s[day + 1, q] * ahead[i, j, q]
        if day:
            before, was = factor[day - 1], half[day - 1]
            for i in range(p):
                for j in range(p):
                    for q in range(LANES):
                        link[i, j, q] = -s[day, q] * carried[i, j, q]
                solve_lower(before, link[i])
            for i in range(p):
                for k in range(p):
                    for q in range(LANES):
                        y[i, q] -= link[i, k, q] * was[k, q]
                for j in range(i + 1):
                    for k in range(p):
                        for q in range(LANES):
                            here[i, j, q] -= link[i, k, q] * link[j, k, q]
        cholesky(here, con)
        solve_lower(here, y)


@njit(cache=True, fastmath=FAST, error_model="numpy")
def backward(s: Any, par: Any, work: Any, normal: Any, true: Any) -> None:
    """Solve the other half, with a random number a cell: where the person stood, from the last day to the first."""
    _, _, carried, _ = par
    factor, half, _, tmp = work
    days, p = true.shape[:2]
    for day in range(days - 1, -1, -1):
        z = true[day]
        if day + 1 < days:
            for i in range(p):
                for q in range(LANES):
                    tmp[i, q] = s[day, q] - s[day, q]
                for k in range(p):
                    for q in range(LANES):
                        tmp[i, q] += carried[k, i, q] * true[day + 1, k, q]
                for q in range(LANES):
                    tmp[i, q] *= s[day + 1, q]
            solve_lower(factor[day], tmp)
            for i in range(p):
                for q in range(LANES):
                    z[i, q] = half[day, i, q] + normal[day, i, q] + tmp[i, q]
        else:
            for i in range(p):
                for q in range(LANES):
                    z[i, q] = half[day, i, q] + normal[day, i, q]
        solve_upper(factor[day], z)


@njit(cache=True, fastmath=FAST, error_model="numpy")
def products(data: Any, true: Any, rows: Any, across: Any, along: Any, within: Any, tmp: Any) -> None:
    """Sum up yesterday with yesterday, yesterday with what the rows leave today, and what they leave with itself."""
    _, _, s, h, x = data
    days, p = true.shape[:2]
    d = rows.shape[1]
    across[:] = across * 0
    along[:] = along * 0
    within[:] = within * 0
    since, left = tmp
    for day in range(days):
        for i in range(p):
            for q in range(LANES):
                left[i, q] = true[day, i, q]
            if day:
                for q in range(LANES):
                    since[i, q] = true[day - 1, i, q]
        if day:
            for k in range(d - p):
                for q in range(LANES):
                    since[p + k, q] = x[day, k, q]
            for i in range(p):
                for k in range(d):
                    for q in range(LANES):
                        left[i, q] -= rows[i, k, q] * since[k, q]
            for i in range(d):
                for q in range(LANES):
                    since[i, q] *= s[day, q]
                for j in range(i + 1):
                    if j < p:
                        for q in range(LANES):
                            across[i, j, q] += since[i, q] * true[day - 1, j, q]
                    else:
                        for q in range(LANES):
                            across[i, j, q] += since[i, q] * x[day, j - p, q]
                for j in range(p):
                    for q in range(LANES):
                        along[i, j, q] += since[i, q] * left[j, q]
        for i in range(p):
            for j in range(i + 1):
                for q in range(LANES):
                    within[i, j, q] += s[day, q] * left[i, q] * left[j, q]
                    within[i, j, q] += h[day, q] * true[day, i, q] * true[day, j, q]
    for i in range(d):
        for j in range(i):
            for q in range(LANES):
                across[j, i, q] = across[i, j, q]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def draw_spread(scale: Any, freedom: Any, normal: Any, precision: Any, triangle: Any, con: Any) -> None:
    """Draw the precision of the day's shocks by Bartlett's triangle; `scale` is lost."""
    p = scale.shape[0]
    cholesky(scale, con)
    for i in range(p):
        for q in range(LANES):
            ninth = con[9] / (freedom[q] - con[1] * i)
            cube = max(con[1] - ninth + normal[i, q] * np.sqrt(ninth), con[8])
            triangle[i, i, q] = np.sqrt((freedom[q] - con[1] * i) * cube * cube * cube)
    at = p
    for i in range(p):
        for j in range(p):
            if j > i:
                for q in range(LANES):
                    triangle[j, i, q] = con[1] - con[1]
            elif j < i:
                for q in range(LANES):
                    triangle[j, i, q] = normal[at, q]
                at += 1
    # Kept transposed: row j of `triangle` is column j of Bartlett's.
    for j in range(p):
        for i in range(j):
            for q in range(LANES):
                triangle[j, i, q] = con[1] - con[1]
        solve_upper(scale, triangle[j])
    for i in range(p):
        for j in range(i + 1):
            for q in range(LANES):
                precision[i, j, q] = con[1] - con[1]
            for k in range(p):
                for q in range(LANES):
                    precision[i, j, q] += triangle[k, i, q] * triangle[k, j, q]
            for q in range(LANES):
                precision[j, i, q] = precision[i, j, q]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def draw_rows(
    par: Any, across: Any, along: Any, belief: Any, normal: Any, kept: Any, sums: Any, work: Any, con: Any
) -> None:
    """Draw the arrows into each item given those into the others; `along` follows."""
    rows, precision, _, _ = par
    mean, weight, arrows = belief
    p, d = rows.shape[:2]
    own, right, draw, parts = work
    for row in range(p):
        for i in range(d):
            for q in range(LANES):
                right[i, q] = weight[row, i] * mean[row, i]
            for j in range(d):
                for q in range(LANES):
                    own[i, j, q] = precision[row, row, q] * across[i, j, q]
                    right[i, q] += own[i, j, q] * rows[row, j, q]
            for j in range(p):
                for q in range(LANES):
                    right[i, q] += along[i, j, q] * precision[j, row, q]
            for q in range(LANES):
                own[i, i, q] += weight[row, i]
        cholesky(own, con)
        solve_lower(own, right)
        for i in range(d):
            for q in range(LANES):
                draw[i, q] = right[i, q] + normal[row * d + i, q]
        solve_upper(own, draw)
        for i in range(d):
            for j in range(d):
                for q in range(LANES):
                    along[i, row, q] -= across[i, j, q] * (draw[j, q] - rows[row, j, q])
        for j in range(d):
            for q in range(LANES):
                rows[row, j, q] = draw[j, q]
        if kept:
            solve_upper(own, right)
            count_row(row, own, right, draw, mean, arrows, parts, sums, con)
    if kept:
        for i in range(p):
            for q in range(LANES):
                sums[3][i, q] += parts[i, q]
            for j in range(p):
                for q in range(LANES):
                    sums[4][i, j, q] += parts[i, q] * parts[j, q]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def count_row(
    row: Any, own: Any, found: Any, draw: Any, mean: Any, arrows: Any, parts: Any, sums: Any, con: Any
) -> None:
    """Count a row's conditional mean and variance, and its part of the block arrow. `draw` is lost."""
    a1, a2, av, _, _, fm, fs, fv, unit, part = sums
    d = found.shape[0]
    p = arrows.shape[0]
    nought = con[1] - con[1]
    for q in range(LANES):
        parts[row, q] = nought
        part[q] = nought
    for j in range(d):
        for q in range(LANES):
            away = found[j, q] - mean[row, j]
            a1[row, j, q] += away
            a2[row, j, q] += away * away
        if j < p:
            for q in range(LANES):
                parts[row, q] += arrows[row, j] * (draw[j, q] - mean[row, j])
                part[q] += arrows[row, j] * (found[j, q] - mean[row, j])
    for q in range(LANES):
        fm[row, q] += part[q]
        fs[row, q] += part[q] * part[q]
    for column in range(d + 1):
        for j in range(d):
            for q in range(LANES):
                unit[j, q] = nought
            if column == d and j < p:
                for q in range(LANES):
                    unit[j, q] += arrows[row, j]
            elif column == j:
                for q in range(LANES):
                    unit[j, q] = con[1]
        solve_lower(own, unit)
        for j in range(d):
            if column < d:
                for q in range(LANES):
                    av[row, column, q] += unit[j, q] * unit[j, q]
            else:
                for q in range(LANES):
                    fv[row, q] += unit[j, q] * unit[j, q]
