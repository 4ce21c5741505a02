"""The compiled engine: one pass over the courses, in as many threads as there are processors. Needs Numba.

References
----------
Lam, Pitrou & Seibert (2015), Numba: a LLVM-based Python JIT compiler.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from numba import njit

from kithwork.change import kinds, plain
from kithwork.change.ready import Codes, Ready

T = TypeVar("T")
AT_A_TIME = 1024
# Below this, starting a thread takes longer than it saves.
WORTH_A_THREAD = 50_000
# An odd number without a pattern, as by Knuth: multiplied with it, words are spread over the table.
SPREAD = np.uint64(0x9E3779B97F4A7C15)

judge = njit(kinds.judge, error_model="numpy")
go_on = njit(kinds.go_on, error_model="numpy")


def tally(ready: Ready, group: Codes, groups: int) -> npt.NDArray[np.int64]:
    """Count the courses of each group (rows) that are of each kind (columns)."""

    def count(part: slice) -> npt.NDArray[np.int64]:
        counted = np.zeros((groups, kinds.KINDS), dtype=np.int64)
        phq9 = (ready.phq9_first[part], ready.phq9_last[part], ready.phq9)
        anxiety = (ready.anxiety_first[part], ready.anxiety_last[part], ready.measure[part], ready.limits)
        course = (ready.contacts[part], ready.ended[part], ready.referred[part], ready.treated[part])
        _count(phq9, anxiety, course, group[part], counted)
        return counted

    counted: npt.NDArray[np.int64] = np.sum(_in_threads(count, _parts(len(group))), axis=0)
    return counted


def encode(column: npt.NDArray[Any]) -> tuple[Codes, list[Any]]:
    """Number the words of a column: text of fixed width as it lies in memory, two characters at a time."""
    if column.dtype.kind != "U" or not len(column):
        return plain.encode(column)
    width = column.dtype.itemsize // 4
    even = np.ascontiguousarray(column, dtype=f"U{width + width % 2}")
    pairs = even.view(np.uint64).reshape(len(even), -1)
    codes = np.empty(len(even), dtype=np.int32)

    def number(part: slice) -> list[Any]:
        bits = (2 * (part.stop - part.start)).bit_length()
        table = np.zeros(1 << bits, dtype=np.int32)  # never more than half full
        return list(even[part][_number(pairs[part], codes[part], table, np.uint64(64 - bits))])

    parts = _parts(len(even))
    place: dict[Any, int] = {}
    for part, met in zip(parts, _in_threads(number, parts), strict=True):
        own = np.array([place.setdefault(word, len(place)) for word in met], dtype=np.int32)
        if part.start:  # each thread has numbered its own words
            codes[part] = own[codes[part]]
    return codes, list(place)


def _parts(length: int) -> list[slice]:
    many = max(1, min(os.cpu_count() or 1, length // WORTH_A_THREAD))
    return [slice(n * length // many, (n + 1) * length // many) for n in range(many)]


def _in_threads(work: Callable[[slice], T], parts: list[slice]) -> list[T]:
    if len(parts) == 1:
        return [work(parts[0])]
    with ThreadPoolExecutor(len(parts)) as threads:
        return list(threads.map(work, parts))


@njit(error_model="numpy", nogil=True)
def _count(phq9: Any, anxiety: Any, course: Any, group: Any, counted: Any) -> None:
    """Find the kinds of some courses at a time. Loops that do one thing each become vector instructions."""
    found = np.empty(AT_A_TIME, dtype=np.int16)
    cut, change = np.empty(AT_A_TIME), np.empty(AT_A_TIME)
    least, most = np.empty(AT_A_TIME), np.empty(AT_A_TIME)
    contacts, ended, referred, treated = course
    phq9_first, phq9_last, limits_phq9 = phq9
    anxiety_first, anxiety_last, measure, limits = anxiety
    for start in range(0, len(group), AT_A_TIME):
        some = slice(start, min(start + AT_A_TIME, len(group)))
        here = found[: some.stop - start]
        _go_on(contacts[some], ended[some], referred[some], treated[some], here)
        _judge_phq9(phq9_first[some], phq9_last[some], limits_phq9, here)
        _look_up(measure[some], limits, cut, change, least, most)
        _judge(anxiety_first[some], anxiety_last[some], cut, change, least, most, here)
        for n in range(len(here)):
            counted[group[start + n], here[n]] += 1


@njit(error_model="numpy", nogil=True)
def _go_on(contacts: Any, ended: Any, referred: Any, treated: Any, found: Any) -> None:
    for n in range(len(found)):
        found[n] = go_on(contacts[n], ended[n], referred[n], treated[n])


@njit(error_model="numpy", nogil=True)
def _judge_phq9(first: Any, last: Any, limits: Any, found: Any) -> None:
    cut, change, least, most = limits
    for n in range(len(found)):
        found[n] |= judge(first[n], last[n], cut, change, least, most)


@njit(error_model="numpy", nogil=True)
def _look_up(measure: Any, limits: Any, cut: Any, change: Any, least: Any, most: Any) -> None:
    for n in range(len(measure)):
        own = measure[n]
        cut[n], change[n], least[n], most[n] = limits[own, 0], limits[own, 1], limits[own, 2], limits[own, 3]


@njit(error_model="numpy", nogil=True)
def _judge(first: Any, last: Any, cut: Any, change: Any, least: Any, most: Any, found: Any) -> None:
    for n in range(len(found)):
        found[n] |= judge(first[n], last[n], cut[n], change[n], least[n], most[n])


@njit(error_model="numpy", nogil=True)
def _number(words: Any, codes: Any, slots: Any, shift: Any) -> Any:
    """Number equal rows alike; returns where each number stands first. `slots` holds numbers and one, 0 where free."""
    last = np.int64(len(slots) - 1)
    firsts = np.empty(len(words), dtype=np.int64)
    numbers = 0
    for row in range(len(words)):
        mixed = np.uint64(0)
        for n in range(words.shape[1]):
            mixed = (mixed ^ words[row, n]) * SPREAD
        slot = np.int64(mixed >> shift)
        while slots[slot] and not _same(words, row, firsts[slots[slot] - 1]):
            slot = (slot + 1) & last
        if not slots[slot]:
            firsts[numbers] = row
            numbers += 1
            slots[slot] = numbers
        codes[row] = slots[slot] - 1
    return firsts[:numbers].copy()


@njit(error_model="numpy", nogil=True)
def _same(words: Any, one: Any, other: Any) -> Any:
    apart = np.uint64(0)
    for n in range(words.shape[1]):
        apart |= words[one, n] ^ words[other, n]
    return apart == 0
