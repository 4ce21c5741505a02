"""The numbers of `chance` on lanes: the same bits, and with them the same normals, as the plain engine reads."""

from typing import Any

import numpy as np
from numba.extending import register_jitable

from kithwork.cycle.chance import PARITY, ROTATIONS, ROUNDS
from kithwork.cycle.lanes import (
    Number,
    Rows,
    as_number,
    beside,
    kernel,
    larger,
    nearest,
    parted,
    root,
    split,
    two_to,
    unrolled,
)

LOG_TWO = float(np.log(2.0))
A_PART = 2.0**-24
SMALLEST_LOG = -80.0
# So many factors are multiplied before a logarithm is taken of them.
LOGS_AT_ONCE = 8


def threefry(keys: tuple[Number, Number], low: Number, high: Number) -> tuple[Number, Number]:
    """Thirteen rounds, as `chance.threefry`."""
    three = *keys, keys[0] ^ keys[1] ^ PARITY
    a, b = three[0] + low, three[1] + high
    for turn in range(ROUNDS):
        by = ROTATIONS[turn % 8]
        a = a + b
        b = ((b << by) | (b >> (32 - by))) ^ a
        if turn % 4 == 3:
            at = turn // 4 + 1
            a, b = a + three[at % 3], b + three[(at + 1) % 3] + at
    return a, b


def logarithm(value: Number) -> Number:
    """Natural logarithm of positive numbers, as `chance.logarithm`."""
    mantissa, power = split(value)
    ratio = (mantissa - 1.0) / (mantissa + 1.0)
    square = ratio * ratio
    series = 1 / 7 + square * (1 / 9 + square * (1 / 11))
    series = 1.0 + square * (1 / 3 + square * (1 / 5 + square * series))
    return power * LOG_TWO + ratio * 2.0 * series


def exponential(value: Number) -> Number:
    """Exponential of numbers that are not positive; good to 1e-11, and what is below e**-80 is e**-80."""
    value = larger(value, SMALLEST_LOG)
    power = nearest(value * (1.0 / LOG_TWO))
    rest = value - power * LOG_TWO
    series = 1 / 5040 + rest * (1 / 40320 + rest * (1 / 362880))
    series = 1 / 24 + rest * (1 / 120 + rest * (1 / 720 + rest * series))
    return two_to(power) * (1.0 + rest * (1.0 + rest * (1 / 2 + rest * (1 / 6 + rest * series))))


def box_muller(bits: Number, like: Rows) -> tuple[Number, Number]:
    """Two standard normals, as `chance.box_muller` makes them."""
    radius = root(larger(logarithm((as_number(bits >> 14, like) + 0.5) * 2.0**-18) * -1.0, 0.0))
    angle = (as_number((bits >> 2) & 0xFFF, like) + 0.5) * (2.0**-12 * np.pi / 2) - np.pi / 4
    w = angle * angle
    sine = angle * (1.0 + w * (-1 / 6 + w * (1 / 120 + w * (-1 / 5040 + w * (1 / 362880)))))
    cosine = 1.0 + w * (-1 / 2 + w * (1 / 24 + w * (-1 / 720 + w * (1 / 40320))))
    one, two = 1.0 - 2.0 * as_number(bits & 1, like), 1.0 - as_number(bits & 2, like)
    return radius * (cosine - sine) * one, radius * (cosine + sine) * two


@unrolled
def _eight_normals(at: Any, keys: Any, counter: Any, out: Any) -> None:
    """Write the normals of two sites: side by side, as either alone would leave the processor waiting."""
    sites = beside(keys.all(at * 2), keys.all(at * 2 + 1))
    both = beside(keys[0], keys[0]), beside(keys[1], keys[1])
    words = threefry(both, sites, beside(keys.all(counter), keys.all(counter)))
    here = out.at(at * 8)
    for place, number in enumerate(each for word in words for each in box_muller(word, out)):
        here[place], here[place + 4] = parted(number)


@unrolled
def _uniform(site: Any, keys: Any, counter: Any, out: Any) -> None:
    a, _ = threefry((keys[0], keys[1]), keys.all(site), keys.all(counter))
    out.at(site)[0] = (as_number(a >> 8, out) + 0.5) * A_PART


@register_jitable
def in_eights(count: int) -> int:
    """As many or more, in eights, as normals are drawn."""
    return (count + 7) // 8 * 8


@kernel
def fill_normals(keys: Any, counter: Any, out: Any) -> None:
    """Write standard normals to all rows of `out`, a multiple of eight."""
    for at in range(len(out) // 8):
        _eight_normals(at, keys, counter, out)


@kernel
def fill_uniforms(keys: Any, counter: Any, out: Any) -> None:
    """Write numbers between 0 and 1 to all rows of `out`, as `chance.uniforms`."""
    for site in range(len(out)):
        _uniform(site, keys, counter, out)
