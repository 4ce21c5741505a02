"""Taking turns, and what is said of many measured times."""

import hashlib
import math
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Measured = Callable[[], float]
YARDSTICK = 0.24


@dataclass(frozen=True)
class Times:
    """Many measurements of one thing, in milliseconds."""

    median: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Times":
        """The median, and the time that 95 of 100 stay within (nearest rank)."""
        ranked = sorted(seconds)
        return cls(statistics.median(ranked) * 1000, ranked[math.ceil(0.95 * len(ranked)) - 1] * 1000)


def in_turns(ours: Measured, peers: Measured, *, warm_up: int, times: int, block: int) -> tuple[Times, Times]:
    """Measure both in alternating blocks, so that a busy moment of the machine hits both."""
    for _ in range(warm_up):
        ours()
        peers()
    first: list[float] = []
    second: list[float] = []
    while len(first) < times:
        first += [ours() for _ in range(block)]
        second += [peers() for _ in range(block)]
    return Times.of(first), Times.of(second)


def sync_time(folder: Path, *, times: int = 50) -> Times:
    """What one small write that is synced to this disk costs: no durable save can be quicker."""
    path, seconds = folder / "sync-probe", []
    with path.open("wb", buffering=0) as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            seconds.append(time.perf_counter() - began)
    path.unlink()
    return Times.of(seconds)


def this_machine() -> str:
    """How busy and how fast this machine and this Python are: on others, times say more about them than about us."""
    load, hashing, counting = os.getloadavg()[0], _quickest(_hashing), _quickest(_counting)
    return (
        f"Load in the last minute: {load:.1f} on {os.cpu_count()} processors. A million rounds of PBKDF2 (SHA-256) "
        f"take {hashing:.2f} s here, and took {YARDSTICK} s where the bars were set.\n"
        f"Python {platform.python_version()} (of {sys.base_prefix}) counts and spells to a million in {counting:.2f} s."
    )


def _quickest(work: Callable[[], object]) -> float:
    return min(_seconds(work) for _ in range(3))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _hashing() -> bytes:
    return hashlib.pbkdf2_hmac("sha256", b"one and the same work", b"for every machine", 1_000_000)


def _counting() -> str:
    """What pages are made of: calls, numbers and small strings. How quick that is depends on how a Python was built."""
    return "".join(_spelt(number) for number in range(1_000_000))


def _spelt(number: int) -> str:
    return f"{number:x}"
