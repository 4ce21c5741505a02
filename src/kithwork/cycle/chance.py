"""Random numbers that depend on a person's own diary and on nothing else: not on the batch, the lane, or the worker.

Each number is Threefry of a key (seed and diary) and a counter (sweep, domain, site): nothing is carried along. Both
engines read the same numbers. Logarithm, sine and cosine are polynomials, the same in both, good to 1e-7.

References
----------
Salmon et al. (2011), Parallel random numbers: as easy as 1, 2, 3. Threefry-2x32 with 13 rounds passes BigCrush.
Wilson & Hilferty (1931), The distribution of chi-square.
"""

import hashlib
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.cycle.fit import Floats

Words: TypeAlias = npt.NDArray[np.uint32]

ROTATIONS = (13, 15, 26, 6, 17, 29, 16, 24)
ROUNDS = 13
PARITY = 0x1BD11BDA

# What a number is for; part of the counter, so that no number is used twice.
CELLS, ROWS, SPREAD, LEVEL, STEP = range(5)
DOMAINS = 8


def keys_of(diaries: Floats, lengths: Any, seed: int) -> Words:
    """Make a key for each person, shape (n, 2), of her diary alone: (n, T, p), of which the first `lengths` days count.

    The first of them and the last are answered; missing is not-a-number, of which there is one kind, as there is one 0.
    """
    plain = diaries.astype("<f4") + np.float32(0)
    plain[np.isnan(plain)] = np.nan
    salt = (seed % 2**64).to_bytes(8, "little")
    digests = [
        hashlib.blake2b(diary[:days].tobytes(), digest_size=8, salt=salt).digest()
        for diary, days in zip(plain, lengths, strict=True)
    ]
    return np.frombuffer(b"".join(digests), dtype="<u4").astype(np.uint32).reshape(len(digests), 2)


def threefry(key: tuple[int, int], low: Words, high: Words) -> tuple[Words, Words]:
    """Scramble counters into pairs of 32 even bits."""
    keys = [np.uint32(key[0]), np.uint32(key[1]), np.uint32(key[0] ^ key[1] ^ PARITY)]
    a, b = low + keys[0], high + keys[1]
    for turn in range(ROUNDS):
        by = np.uint32(ROTATIONS[turn % 8])
        a = a + b
        b = ((b << by) | (b >> (np.uint32(32) - by))) ^ a
        if turn % 4 == 3:
            at = turn // 4 + 1
            a = a + keys[at % 3]
            b = b + (keys[(at + 1) % 3] + np.uint32(at))
    return a, b


def normals(key: tuple[int, int], counter: npt.NDArray[Any], count: int) -> Floats:
    """Draw `count` standard normals for each counter of sweep and domain, shape (..., count); a site gives four."""
    a, b = threefry(key, *_counters(counter, -(-count // 4)))
    four = np.stack([*box_muller(a), *box_muller(b)], axis=-1)
    flat: Floats = four.reshape(*a.shape[:-1], -1)
    return flat[..., :count]


def uniforms(key: tuple[int, int], counter: npt.NDArray[Any], count: int) -> Floats:
    """Draw numbers between 0 and 1, both excluded, shape (..., count)."""
    a, _ = threefry(key, *_counters(counter, count))
    even: Floats = ((a >> np.uint32(8)).astype(np.float64) + 0.5) * 2.0**-24
    return even


def _counters(counter: npt.NDArray[Any], sites: int) -> tuple[Words, Words]:
    """Number the sites of each counter: both words that `threefry` scrambles, shape (..., sites)."""
    high = np.asarray(counter, dtype=np.uint32)[..., None]
    high, low = np.broadcast_arrays(high, np.arange(sites, dtype=np.uint32))
    return low.copy(), high.copy()


def box_muller(bits: Words) -> tuple[Floats, Floats]:
    """Turn 32 bits into two standard normals: 18 for the radius, up to 5.1; 12 for an eighth of the circle; two signs.

    Of three million standard normals, one lies further out.
    """
    radius = np.sqrt(-logarithm(((bits >> np.uint32(14)).astype(np.float64) + 0.5) * 2.0**-18))
    eighth = ((bits >> np.uint32(2)) & np.uint32(0xFFF)).astype(np.float64)
    angle = (eighth + 0.5) * (2.0**-12 * np.pi / 2) - np.pi / 4
    square = angle * angle
    sine = angle * (1 + square * (-1 / 6 + square * (1 / 120 + square * (-1 / 5040 + square / 362880))))
    cosine = 1 + square * (-1 / 2 + square * (1 / 24 + square * (-1 / 720 + square / 40320)))
    one = 1.0 - 2.0 * (bits & np.uint32(1))
    two = 1.0 - (bits & np.uint32(2)).astype(np.float64)
    return radius * (cosine - sine) * one, radius * (cosine + sine) * two


def logarithm(x: Floats) -> Floats:
    """Natural logarithm of positive numbers, from exponent and mantissa."""
    bits = np.asarray(x, dtype=np.float64).view(np.int64)
    power = ((bits - 0x3FE6A09E667F3BCD) >> 52).astype(np.float64)
    mantissa = (bits - (power.astype(np.int64) << 52)).view(np.float64)
    ratio = (mantissa - 1) / (mantissa + 1)
    square = ratio * ratio
    series = 1 + square * (1 / 3 + square * (1 / 5 + square * (1 / 7 + square * (1 / 9 + square / 11))))
    found: Floats = power * np.log(2.0) + 2 * ratio * series
    return found


def chi_squared(freedom: Any, normal: Floats) -> Floats:
    """Turn normals into chi-squared numbers by the cube rule: skewness within 1 % above 12 degrees of freedom."""
    ninth = 2.0 / (9.0 * freedom)
    drawn: Floats = freedom * np.maximum(1.0 - ninth + normal * np.sqrt(ninth), 1e-3) ** 3
    return drawn
