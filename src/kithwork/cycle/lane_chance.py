"""The numbers of `chance` on lanes: the same bits, and with them the same normals, as the plain engine reads."""

from typing import Any

import numpy as np

from kithwork.cycle.lanes import (
    as_number,
    kernel,
    larger,
    load,
    mantissa_in,
    nearest,
    power_in,
    root,
    store,
    two_to,
)

LOG_TWO = float(np.log(2.0))
ROOT_OF_HALF = float(np.sqrt(0.5))
A_PART = 2.0**-24
SMALLEST_LOG = -80.0


@kernel
def _mix(a: Any, b: Any, by: Any) -> Any:
    a = a + b
    return a, ((b << by) | (b >> (32 - by))) ^ a


@kernel
def threefry(k0: Any, k1: Any, low: Any, high: Any) -> Any:
    """Thirteen rounds, as `chance.threefry`."""
    k2 = k0 ^ k1 ^ 0x1BD11BDA
    a, b = k0 + low, k1 + high
    a, b = _mix(a, b, 13)
    a, b = _mix(a, b, 15)
    a, b = _mix(a, b, 26)
    a, b = _mix(a, b, 6)
    a, b = a + k1, b + k2 + 1
    a, b = _mix(a, b, 17)
    a, b = _mix(a, b, 29)
    a, b = _mix(a, b, 16)
    a, b = _mix(a, b, 24)
    a, b = a + k2, b + k0 + 2
    a, b = _mix(a, b, 13)
    a, b = _mix(a, b, 15)
    a, b = _mix(a, b, 26)
    a, b = _mix(a, b, 6)
    a, b = a + k0, b + k1 + 3
    return _mix(a, b, 17)


@kernel
def logarithm(value: Any) -> Any:
    """Natural logarithm of positive numbers, as `chance.logarithm`."""
    mantissa = mantissa_in(value)
    ratio = (mantissa - 1.0) / (mantissa + 1.0)
    square = ratio * ratio
    series = 1 / 7 + square * (1 / 9 + square * (1 / 11))
    series = 1.0 + square * (1 / 3 + square * (1 / 5 + square * series))
    return power_in(value) * LOG_TWO + ratio * 2.0 * series


@kernel
def exponential(value: Any) -> Any:
    """Exponential of numbers that are not positive; good to 1e-11, and what is below e**-80 is e**-80."""
    value = larger(value, SMALLEST_LOG)
    power = nearest(value * (1.0 / LOG_TWO))
    rest = value - power * LOG_TWO
    series = 1 / 5040 + rest * (1 / 40320 + rest * (1 / 362880))
    series = 1 / 24 + rest * (1 / 120 + rest * (1 / 720 + rest * series))
    return two_to(power) * (1.0 + rest * (1.0 + rest * (1 / 2 + rest * (1 / 6 + rest * series))))


@kernel
def normal_pair(keys: Any, site: Any, counter: Any, like: Any) -> Any:
    """Two standard normals of a site, as `chance.normals`; `like` is an array of the floats wanted."""
    a, b = threefry(load(keys, 0), load(keys, 1), site, counter)
    even = (as_number(a >> 8, like) + 0.5) * A_PART
    radius = root(larger(logarithm(even) * -2.0, 0.0)) * ROOT_OF_HALF
    angle = (as_number(b >> 8, like) + 0.5) * (A_PART * np.pi / 2) - np.pi / 4
    w = angle * angle
    sine = angle * (1.0 + w * (-1 / 6 + w * (1 / 120 + w * (-1 / 5040 + w * (1 / 362880)))))
    cosine = 1.0 + w * (-1 / 2 + w * (1 / 24 + w * (-1 / 720 + w * (1 / 40320))))
    one = radius * (cosine - sine) * (1.0 - 2.0 * as_number(b & 1, like))
    return one, radius * (cosine + sine) * (1.0 - as_number(b & 2, like))


@kernel
def fill_normals(keys: Any, counter: Any, out: Any) -> None:
    """Write standard normals to all rows of `out`, an even number."""
    for pair in range(len(out) // 2):
        one, other = normal_pair(keys, pair, counter, out)
        store(out, 2 * pair, one)
        store(out, 2 * pair + 1, other)


@kernel
def fill_uniforms(keys: Any, counter: Any, out: Any) -> None:
    """Write numbers between 0 and 1 to all rows of `out`, as `chance.uniforms`."""
    for site in range(len(out)):
        a, _ = threefry(load(keys, 0), load(keys, 1), site, counter)
        store(out, site, (as_number(a >> 8, out) + 0.5) * A_PART)
