"""Real diaries to foretell one step ahead, and the plain ways of doing it.

They are not in the repository: KITHWORK_DIARIES names their folder, and without it they are looked for in
shared/data/ema beside the project. Sources and licences stand beside them.
"""

import csv
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.floating[Any]]
TRAIN, CUT, FEWEST_PAIRS = 0.7, 6.0, 10
FLAT = 1e-9  # an SD below is rounding and no spread
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data" / "ema"


@dataclass(frozen=True)
class Real:
    """One data set: people (n, slots, p), and which items are mood and which are relationships."""

    name: str
    y: Floats
    blocks: tuple[tuple[int, ...], tuple[int, ...]]


def folder() -> Path | None:
    """Where the diaries are, if they are here. A folder that is named is never replaced by another."""
    named = Path(os.environ.get("KITHWORK_DIARIES") or BESIDE)
    return named if named.is_dir() else None


def real_sets(where: Path) -> Iterator[Real]:
    """Fried 2021 (four prompts a day, the night an empty slot), Kossakowski 2017 (means of a day), Open Play 2025.

    Of Open Play the three items that are scales. Its fourth, an argument, is yes or no, and most people had none.
    """
    students = [*_rows(where / "fried2021_students.csv")]
    items: tuple[str, ...] = ("future", "anhedonia", "alone", "social_offline")
    yield Real(
        "Fried", _grid(students, items, lambda row: 5 * int(row["day"]) + int(row["beep"])), ((0, 1), (2, 3))
    )
    one = [row | {"person": "1"} for row in _rows(where / "kossakowski2017_n1.csv")]
    items = ("mood_down", "mood_lonely", "se_selfdoub", "mood_irritat")
    first = min(int(row["dayno"]) for row in one)
    yield Real("Kossakowski", _grid(one, items, lambda row: int(row["dayno"]) - first), ((0, 2), (1, 3)))
    players = [*_rows(where / "openplay2025_daily.csv")]
    items = ("valence", "relatedness_sat", "relatedness_frus")
    yield Real("Open Play", _grid(players, items, lambda row: int(row["day"])), ((0,), (1, 2)))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _grid(
    rows: list[dict[str, str]], items: tuple[str, ...], slot: Callable[[dict[str, str]], int]
) -> Floats:
    """People by slots by items; answers of the same slot are averaged."""
    people = {name: n for n, name in enumerate(dict.fromkeys(row["person"] for row in rows))}
    slots = [slot(row) for row in rows]
    total = np.zeros((len(people), max(slots) + 1, len(items)))
    many = np.zeros_like(total)
    for row, at in zip(rows, slots, strict=True):
        for item, name in enumerate(items):
            if row[name]:
                total[people[row["person"]], at, item] += float(row[name])
                many[people[row["person"]], at, item] += 1
    return np.where(many > 0, total / np.maximum(many, 1), np.nan)


@dataclass(frozen=True)
class Split:
    """The first 70 % of a person's answered slots in SDs of that part, the rest, and which of it can be foretold.

    `eligible` counts who had enough pairs to train on, and `flat` who of them had an item that never varied there.
    """

    train: Floats
    whole: Floats
    tested: npt.NDArray[np.bool_]
    last: npt.NDArray[np.int64]
    eligible: int
    flat: int


def split(y: Floats) -> Split:
    """Keep everybody with enough pairs.

    An item that never varied in the training part has no SD of its own, and takes the median one of the others: to
    leave these people out would leave the forecast to those whose days go up and down.
    """
    kept: list[tuple[Floats, int]] = []
    spreads: list[Floats] = []
    for diary in y:
        at = np.flatnonzero(~np.isnan(diary).any(axis=1))
        if len(at) < FEWEST_PAIRS:
            continue
        end = int(at[int(TRAIN * len(at))])
        part = diary[:end]
        whole = ~np.isnan(part).any(axis=1)
        if (whole[1:] & whole[:-1]).sum() >= FEWEST_PAIRS:
            spreads.append(np.nanstd(part, axis=0, ddof=1))
            kept.append((diary - np.nanmean(part, axis=0), end))
    spread = np.array(spreads)
    flat = ~(spread > FLAT)
    usual = np.nanmedian(np.where(flat, np.nan, spread), axis=0)
    whole = np.array([diary for diary, _ in kept]) / np.where(flat, usual, spread)[:, None, :]
    last = np.array([end for _, end in kept])
    later = np.arange(whole.shape[1])[None, :] >= last[:, None]
    train = np.where(later[:, :, None], np.nan, whole)
    answered: Any = ~np.isnan(whole).any(axis=2)
    before = np.pad(answered[:, :-1], ((0, 0), (1, 0)))
    return Split(train, whole, later & answered & before, last, len(kept), int(flat.any(axis=1).sum()))


def skill(told: Floats, parts: Split) -> float:
    """1 - SSE / SSE of the person's mean, errors cut at 6 SD."""
    off = np.clip(parts.whole - told, -CUT, CUT)[parts.tested]
    base = np.clip(parts.whole, -CUT, CUT)[parts.tested]
    return float(1 - (off**2).sum() / (base**2).sum())


def moving_level(parts: Split) -> Floats:
    """An exponentially weighted mean, each person's weight and item chosen on the training part."""
    n, slots, p = parts.whole.shape
    best, told = np.full((n, p), np.inf), np.zeros((n, slots, p))
    for weight in (0.02, 0.05, 0.1, 0.2, 0.3, 0.5):
        at, line = np.zeros((n, p)), np.zeros((n, slots, p))
        for slot in range(slots):
            line[:, slot] = at
            at = np.where(
                np.isnan(parts.whole[:, slot]), at, at + weight * (np.nan_to_num(parts.whole[:, slot]) - at)
            )
        error = np.nansum((parts.train - line) ** 2, axis=1)
        better = error < best
        told = np.where(better[:, None, :], line, told)
        best = np.minimum(error, best)
    return told


def pairs(train: Floats) -> tuple[Floats, Floats]:
    """Yesterday and today of one person, where both are complete."""
    whole: Any = ~np.isnan(train).any(axis=1)
    at = np.flatnonzero(whole[1:] & whole[:-1])
    return train[at], train[at + 1]


def own_lag(parts: Split, *, alone: bool) -> Floats:
    """Each person's own VAR(1), or of each item `alone` AR(1), by least squares with an intercept."""
    told = np.zeros_like(parts.whole)
    for n, train in enumerate(parts.train):
        since, to = pairs(train)
        for item in range(to.shape[1]):
            used = [item] if alone else list(range(to.shape[1]))
            ones = np.ones((len(since), 1))
            row, *_ = np.linalg.lstsq(np.hstack([ones, since[:, used]]), to[:, item], rcond=None)
            told[n, 1:, item] = row[0] + parts.whole[n, :-1][:, used] @ row[1:]
    return told


def one_for_all(parts: Split, folds: int = 5) -> Floats:
    """One VAR(1) from other people's pairs, in five folds; of a single person, from her own."""
    told = np.zeros_like(parts.whole)
    n = len(parts.whole)
    each = [pairs(train) for train in parts.train]
    for fold in range(min(folds, n)):
        mine = [i for i in range(n) if i % folds == fold]
        others = [each[i] for i in range(n) if i % folds != fold] or each
        since, to = (np.concatenate([pair[end] for pair in others]) for end in (0, 1))
        rows, *_ = np.linalg.lstsq(since, to, rcond=None)
        told[mine, 1:] = parts.whole[mine, :-1] @ rows
    return told
