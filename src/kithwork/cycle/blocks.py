"""Chance that is the same whatever the batch: people come in blocks, and each block has streams of its own.

Person 700 of seed 3 is the same person whether one asks for her alone, for a thousand, or on another machine: her
numbers come from block 2 (people 512 to 767), and a block is always drawn whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

PEOPLE_A_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Block:
    """One block of people, which of them were asked for, and their places among all that were asked for."""

    seed: int
    number: int
    wanted: slice
    place: slice

    def stream(self, purpose: int) -> np.random.Generator:
        """A stream of numbers for one purpose: streams never overlap (Philox, 2 to the 192 numbers apart)."""
        return np.random.Generator(np.random.Philox(key=[self.seed, self.number], counter=[0, 0, 0, purpose]))


def blocks(people: int, *, seed: int, first: int = 0) -> Iterator[Block]:
    """Cut people `first` to `first + people - 1` into the blocks that they belong to."""
    at, end = first, first + people
    while at < end:
        number = at // PEOPLE_A_BLOCK
        start = number * PEOPLE_A_BLOCK
        until = min(end, start + PEOPLE_A_BLOCK)
        yield Block(seed, number, slice(at - start, until - start), slice(at - first, until - first))
        at = until


def runs_of_missing(draws: Floats, share: Any, run: Any, tilt: Any = 0.0) -> Flags:
    """Days without an answer, in runs: a two-state Markov chain for each person.

    Parameters
    ----------
    draws : array of floats, shape (days, n)
        Uniform numbers between 0 and 1.
    share, run : float or array of floats, shape (n,)
        The long-run share of missing days (0 to 1, below 1) and the mean length of a run in days (1 or more).
    tilt : float or array of floats, shape (days, n)
        Added to the logit of a day's chance to be missing, as for a low day; 0 is missing whatever the day.

    Returns
    -------
    array of flags, shape (days, n)
        True where nothing was answered.
    """
    leave = 1.0 / np.asarray(run, dtype=np.float64)
    enter = np.minimum(leave * share / (1.0 - np.asarray(share, dtype=np.float64)), 1.0)
    lift = np.exp(np.broadcast_to(tilt, draws.shape))
    missing = np.empty(draws.shape, dtype=np.bool_)
    now = draws[0] < _tilted(share, lift[0])
    missing[0] = now
    for day in range(1, len(draws)):
        now = draws[day] < _tilted(np.where(now, 1.0 - leave, enter), lift[day])
        missing[day] = now
    return missing


def _tilted(chance: Any, lift: Floats) -> Any:
    """A chance whose odds are multiplied."""
    return chance * lift / (1.0 - chance + chance * lift)
