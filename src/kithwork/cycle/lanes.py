"""Small steps on lanes: every array's last axis is people side by side, and every inner loop runs over them.

Compiled by Numba into vector instructions. No branch depends on a person; what is missing has weight 0. Constants come
in `con`, in the precision of the lanes, since a Python number would turn single precision into double.
"""

from typing import Any

import numpy as np
from numba import njit

FAST = {"contract", "nsz", "arcp"}
# People side by side. A number the compiler knows, so that inner loops have no rest and no checks for one.
LANES = 16

# What `con` holds: 0 to 2 a half, one, two; 3 ln 2; 4 to 7 steps and turns of `fill_normals`; 8 the least cube; 9 two
# ninths; 10 to 15 the series of the logarithm, 16 to 19 of the sine, 20 to 23 of the cosine; 24 a day in weeks.
CONSTANTS = (
    0.5, 1.0, 2.0, float(np.log(2.0)), 2.0**-24, 2.0**-24 * np.pi / 2, np.pi / 4, float(np.sqrt(0.5)), 1e-3, 2.0 / 9.0,
    1.0, 1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11,
    -1 / 6, 1 / 120, -1 / 5040, 1 / 362880,
    -1 / 2, 1 / 24, -1 / 720, 1 / 40320,
    1 / 7,
)  # fmt: skip


@njit(cache=True, inline="always")
def _mix(a: Any, b: Any, by: Any) -> Any:
    a = np.uint32(a + b)
    b = np.uint32(np.uint32(np.uint32(b << np.uint32(by)) | np.uint32(b >> np.uint32(32 - by))) ^ a)
    return a, b


@njit(cache=True, inline="always")
def _threefry(k0: Any, k1: Any, low: Any, high: Any) -> Any:
    """Thirteen rounds, written out so that lanes run side by side. The same as `chance.threefry`."""
    k2 = np.uint32(k0 ^ k1 ^ np.uint32(0x1BD11BDA))
    a, b = np.uint32(low + k0), np.uint32(high + k1)
    a, b = _mix(a, b, 13)
    a, b = _mix(a, b, 15)
    a, b = _mix(a, b, 26)
    a, b = _mix(a, b, 6)
    a, b = np.uint32(a + k1), np.uint32(b + k2 + np.uint32(1))
    a, b = _mix(a, b, 17)
    a, b = _mix(a, b, 29)
    a, b = _mix(a, b, 16)
    a, b = _mix(a, b, 24)
    a, b = np.uint32(a + k2), np.uint32(b + k0 + np.uint32(2))
    a, b = _mix(a, b, 13)
    a, b = _mix(a, b, 15)
    a, b = _mix(a, b, 26)
    a, b = _mix(a, b, 6)
    a, b = np.uint32(a + k0), np.uint32(b + k1 + np.uint32(3))
    return _mix(a, b, 17)


@njit(cache=True, fastmath=FAST, error_model="numpy")
def logarithms(v: Any, bits: Any, power: Any, marks: Any, con: Any) -> None:
    """Replace positive numbers by their logarithms; `bits` is the same memory as whole numbers."""
    for q in range(LANES):
        up = (bits[q] - marks[0]) >> marks[1]
        power[q] = up
        bits[q] = bits[q] - (up << marks[1])
    for q in range(LANES):
        ratio = (v[q] - con[1]) / (v[q] + con[1])
        square = ratio * ratio
        series = con[13] + square * (con[14] + square * con[15])
        series = con[10] + square * (con[11] + square * (con[12] + square * series))
        v[q] = power[q] * con[3] + con[2] * ratio * series


@njit(cache=True, fastmath=FAST, error_model="numpy")
def fill_normals(
    keys: Any, high: Any, first: Any, pairs: Any, out: Any, tmp: Any, bits: Any, marks: Any, con: Any
) -> None:
    """Write 2 * pairs standard normals a lane, from site `first` on; as `chance.normals`."""
    up = np.uint32(high)
    for site in range(pairs):
        low = np.uint32(first + site)
        for q in range(LANES):
            a, b = _threefry(keys[0, q], keys[1, q], low, up)
            tmp[0, q] = a >> np.uint32(8)
            tmp[2, q] = b >> np.uint32(8)
            tmp[3, q] = b & np.uint32(1)
            tmp[4, q] = b & np.uint32(2)
        for q in range(LANES):
            tmp[0, q] = (tmp[0, q] + con[0]) * con[4]
        logarithms(tmp[0], bits, tmp[1], marks, con)
        for q in range(LANES):
            radius = np.sqrt(max(-con[2] * tmp[0, q], con[1] - con[1])) * con[7]
            angle = (tmp[2, q] + con[0]) * con[5] - con[6]
            w = angle * angle
            sine = angle * (con[1] + w * (con[16] + w * (con[17] + w * (con[18] + w * con[19]))))
            cosine = con[1] + w * (con[20] + w * (con[21] + w * (con[22] + w * con[23])))
            out[2 * site, q] = radius * (cosine - sine) * (con[1] - con[2] * tmp[3, q])
            out[2 * site + 1, q] = radius * (cosine + sine) * (con[1] - tmp[4, q])


@njit(cache=True, fastmath=FAST, error_model="numpy")
def fill_uniforms(keys: Any, high: Any, count: Any, out: Any, con: Any) -> None:
    """Write `count` numbers between 0 and 1 a lane; as `chance.uniforms`."""
    up = np.uint32(high)
    for site in range(count):
        for q in range(LANES):
            a, _ = _threefry(keys[0, q], keys[1, q], np.uint32(site), up)
            out[site, q] = a >> np.uint32(8)
        for q in range(LANES):
            out[site, q] = (out[site, q] + con[0]) * con[4]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def cholesky(a: Any, con: Any) -> None:
    """Factor a symmetric matrix in place: lower triangle, one over its diagonal on the diagonal."""
    n = a.shape[0]
    for j in range(n):
        for k in range(j):
            for q in range(LANES):
                a[j, j, q] -= a[j, k, q] * a[j, k, q]
        for q in range(LANES):
            a[j, j, q] = con[1] / np.sqrt(a[j, j, q])
        for i in range(j + 1, n):
            for k in range(j):
                for q in range(LANES):
                    a[i, j, q] -= a[i, k, q] * a[j, k, q]
            for q in range(LANES):
                a[i, j, q] *= a[j, j, q]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def solve_lower(a: Any, v: Any) -> None:
    """Solve with a factor of `cholesky`, in place."""
    n = v.shape[0]
    for i in range(n):
        for k in range(i):
            for q in range(LANES):
                v[i, q] -= a[i, k, q] * v[k, q]
        for q in range(LANES):
            v[i, q] *= a[i, i, q]


@njit(cache=True, fastmath=FAST, error_model="numpy")
def solve_upper(a: Any, v: Any) -> None:
    """Solve with its transpose, in place."""
    n = v.shape[0]
    for i in range(n - 1, -1, -1):
        for k in range(i + 1, n):
            for q in range(LANES):
                v[i, q] -= a[k, i, q] * v[k, q]
        for q in range(LANES):
            v[i, q] *= a[i, i, q]
