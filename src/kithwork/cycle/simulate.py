"""Simulated clients: how mood, keeping away, feeling unwanted, failure and tension follow one another from day to day.

    z_t = mu_t + A_t (z_(t-1) - mu_(t-1)) + B n_t + e_t

Others' pulling back saturates: feeling unwanted gets kappa tanh(w / kappa) of keeping away. Events come more often
after low mood (stress generation). Over a course the level of low mood falls, and two edges of the loop loosen.
Answers are whole numbers 0 to 10, missing in runs and more so on low days, until somebody stops. What every number
rests on stands in `parameters.py`; the whole is a model for teaching and for testing, and no forecast of anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kithwork.cycle.blocks import PEOPLE_A_BLOCK, Block, Flags, Floats, blocks, runs_of_missing
from kithwork.cycle.parameters import (
    DAILY,
    EDGES,
    ITEM_NAMES,
    LOOSENED,
    MOOD,
    REJECTION,
    TENSION,
    WITHDRAWAL,
    Params,
)

ITEMS = len(ITEM_NAMES)
LARGEST = 0.95  # what one arrow may come to, and what may carry over
FURTHEST = 12.0  # SD from the level, where a loop that runs away is held
MOST_EVENTS = 5

_PERSON, _SHOCKS, _TAILS, _EVENTS, _NOISE, _GAPS, _SKIPS, _LEAVING = range(8)


class People(NamedTuple):
    """Who somebody is, before the first day.

    Attributes
    ----------
    arrows : array of floats, shape (n, 5, 5)
        ``arrows[i, to, from]`` in SD per SD and day, before therapy.
    usual : array of floats, shape (n, 5)
        The person's own level above the clients' mean, in SD of their own days.
    fall : array of floats, shape (n,)
        By how many of these SD low mood falls over a course.
    loosening : array of floats, shape (n,)
        By which share `LOOSENED` edges shrink over a course, 0 to 1.
    share, run, tilt : arrays of floats, shape (n,)
        Share of days missing, mean length of such a run in days, logit per SD of low mood.
    reliability : array of floats, shape (n,)
        Of one answer, 0 to 1.
    """

    arrows: Floats
    usual: Floats
    fall: Floats
    loosening: Floats
    share: Floats
    run: Floats
    tilt: Floats
    reliability: Floats


@dataclass(frozen=True, slots=True)
class Truth:
    """What lies behind simulated answers.

    Attributes
    ----------
    people : People
    states : array of floats, shape (n, days, 5)
        Where each item stood, level included, in SD of the person's own days.
    levels : array of floats, shape (n, days, 5)
        The level alone.
    days_kept : array of int, shape (n,)
        How many days the diary was kept before the person stopped.
    """

    people: People
    states: Floats
    levels: Floats
    days_kept: npt.NDArray[np.int64]


def simulate(
    n: int, days: int, params: Params = DAILY, seed: int = 0, *, first: int = 0
) -> tuple[Floats, Truth, npt.NDArray[np.int8]]:
    """Make diaries of simulated clients, with everything that lies behind them.

    Parameters
    ----------
    n, days : int
        How many people and how many days; 1 or more.
    params : Params
        `DAILY` has the strengths of real daily diaries, `STRONG` is for teaching;
        ``params.without_loop()`` and ``params.without_therapy()`` switch off what they name.
    seed : int
        0 or more. The same seed gives the same people and the same days, whatever `n`, `days` and `first`.
    first : int
        The first person's number: people 500 to 599 are ``simulate(100, …, first=500)``.

    Returns
    -------
    y : array of floats, shape (n, days, 5)
        Answers 0 to 10; not-a-number is missing. Items as in `ITEM_NAMES`; up is worse.
    truth : Truth
    events : array of int, shape (n, days)
        Stressful events on each day.

    Raises
    ------
    ValueError
        For fewer than one person or day, or a negative seed.

    Examples
    --------
    >>> y, truth, events = simulate(100, 112, seed=7)
    >>> y.shape, truth.people.arrows.shape, events.shape
    ((100, 112, 5), (100, 5, 5), (100, 112))
    """
    if n < 1 or days < 1 or seed < 0 or first < 0:
        raise ValueError("simulate makes one person and one day or more, from a seed of 0 or more")
    y, states, levels = (np.empty((n, days, ITEMS)) for _ in range(3))
    events, kept = np.empty((n, days), dtype=np.int8), np.empty(n, dtype=np.int64)
    who: list[People] = []
    for block in blocks(n, seed=seed, first=first):
        whole = whole_block(block, days, params)
        pairs = ((y, whole.y), (states, whole.states), (levels, whole.levels), (events, whole.events))
        for place, part in pairs:
            place[block.place] = part.swapaxes(0, 1)[block.wanted]
        kept[block.place] = whole.days_kept[block.wanted]
        who.append(People(*(one[block.wanted] for one in whole.people)))
    together = People(*(np.concatenate(column) for column in zip(*who, strict=True)))
    return y, Truth(together, states, levels, kept), events


class WholeBlock(NamedTuple):
    """Everybody of one block, as (days, people, …)."""

    people: People
    states: Floats
    levels: Floats
    events: npt.NDArray[np.int8]
    y: Floats
    days_kept: npt.NDArray[np.int64]


def whole_block(block: Block, days: int, params: Params) -> WholeBlock:
    """Simulate everybody of one block."""
    people = _people(block, params)
    levels = _levels(people, days, params)
    states, events = _days(block, people, levels, params)
    y, kept = _answers(block, people, states, levels, params)
    return WholeBlock(people, states, levels, events, y, kept)


def course(days: Any, params: Params = DAILY) -> Floats:
    """How far a course has come on each day, from 0 to 1: slow at both ends, quickest in the middle."""
    since = (np.asarray(days, dtype=np.float64) - params.therapy_from) / params.therapy_days
    way = 1 / (1 + np.exp(-8 * (np.clip(since, 0, 1) - 0.5)))
    least, most = 1 / (1 + np.exp(4.0)), 1 / (1 + np.exp(-4.0))
    come: Floats = (way - least) / (most - least)
    return come


def _people(block: Block, params: Params) -> People:
    draw, many = block.stream(_PERSON), PEOPLE_A_BLOCK
    mean = np.zeros((ITEMS, ITEMS))
    spread = np.full((ITEMS, ITEMS), params.arrow_spread)
    for edge in EDGES:
        mean[edge] = params.edge
    np.fill_diagonal(mean, params.carry_over)
    np.fill_diagonal(spread, params.carry_over_spread)
    arrows = np.clip(mean + spread * draw.standard_normal((many, ITEMS, ITEMS)), -LARGEST, LARGEST)
    between = np.sqrt(params.between_share / (1 - params.between_share))
    usual = between * _alike(draw.standard_normal((many, ITEMS + 1)), params.between_together)
    # Falls are told in SD of all people's days; here a person's own are the unit.
    own = 1 / np.sqrt(1 - params.between_share)
    fall = own * (params.natural_fall + params.therapy_fall + params.fall_spread * draw.standard_normal(many))
    worked_on = draw.random(many) < params.focus_worked_on
    loosening = worked_on * draw.random(many) * params.loosening_most
    ranges = (
        (params.missing_least, params.missing_most),
        (params.run_least, params.run_most),
        (0.0, params.tilt_most),
        (params.reliability_least, params.reliability_most),
    )
    return People(arrows, usual, fall, loosening, *(draw.uniform(*ends, many) for ends in ranges))


def _alike(normal: Floats, together: float) -> Floats:
    """Five unit normals of one correlation, from one that all share and one of each."""
    mixed: Floats = np.sqrt(together) * normal[..., ITEMS:] + np.sqrt(1 - together) * normal[..., :ITEMS]
    return mixed


def _levels(people: People, days: int, params: Params) -> Floats:
    """Each item's level, as (days, people, items)."""
    falls = np.full(ITEMS, params.fall_of_others)
    falls[MOOD] = 1.0
    gone = course(np.arange(days), params)[:, None] * people.fall
    levels: Floats = people.usual - gone[:, :, None] * falls
    return levels


def _days(block: Block, people: People, level: Floats, params: Params) -> tuple[Floats, npt.NDArray[np.int8]]:
    """Day after day: states and events, as (days, people, …)."""
    days = len(level)
    shocks = _shocks(block, days, params)
    luck = block.stream(_EVENTS).random((days, PEOPLE_A_BLOCK))
    hits = np.zeros(ITEMS)
    hits[[MOOD, TENSION]] = params.event_to_mood, params.event_to_tension
    events = np.zeros(luck.shape, dtype=np.int8)
    moved, states = np.zeros_like(level[0]), np.empty_like(level)
    for day, arrows in enumerate(_loosening(people, days, params)):
        pull = np.einsum("nij,nj->ni", arrows, moved)
        away = moved[:, WITHDRAWAL]
        pull[:, REJECTION] += arrows[:, REJECTION, WITHDRAWAL] * (
            params.saturation * np.tanh(away / params.saturation) - away
        )
        events[day] = _poisson(
            luck[day], params.event_rate * np.exp(params.stress_generation * moved[:, MOOD])
        )
        moved = np.clip(pull + events[day][:, None] * hits + shocks[day], -FURTHEST, FURTHEST)
        states[day] = level[day] + moved
    return states, events


def _shocks(block: Block, days: int, params: Params) -> Floats:
    """Student t shocks of one correlation; of the variance that leaves a day's own at about 1."""
    normal = block.stream(_SHOCKS).standard_normal((days, PEOPLE_A_BLOCK, ITEMS + 1))
    heavy = block.stream(_TAILS).chisquare(params.tails, (days, PEOPLE_A_BLOCK, 1)) / (params.tails - 2)
    shocks: Floats = _alike(normal, params.together) * np.sqrt((1 - params.carry_over**2) / heavy)
    return shocks


def _loosening(people: People, days: int, params: Params) -> Iterator[Floats]:
    arrows = people.arrows.copy()
    for come in course(np.arange(days), params):
        for edge in LOOSENED:
            arrows[:, *edge] = people.arrows[:, *edge] * (1 - come * people.loosening)
        yield arrows


def _poisson(luck: Floats, rate: Floats) -> npt.NDArray[np.int8]:
    """How many events a day brings, from one uniform number each; more than five are five."""
    term = np.exp(-rate)
    below, count = term.copy(), np.zeros(luck.shape, dtype=np.int8)
    for many in range(1, MOST_EVENTS + 1):
        over = luck > below
        if not over.any():
            break
        count += over
        term = term * rate / many
        below += term
    return count


def _answers(
    block: Block, people: People, states: Floats, levels: Floats, params: Params
) -> tuple[Floats, npt.NDArray[np.int64]]:
    """What was written down, as (days, people, items), and for how many days."""
    days, many = states.shape[:2]
    noise = block.stream(_NOISE).standard_normal(states.shape)
    noise *= np.sqrt(1 / people.reliability - 1)[:, None]
    y = np.clip(np.rint(params.middle + params.within_sd * (states + noise)), 0, 10) + 0.0  # never -0
    weeks: Any = block.stream(_LEAVING).geometric(min(max(params.leaving_weekly, 1e-9), 1.0), many)
    until = np.minimum(7 * weeks.astype(np.float64), days).astype(np.int64)
    mood = people.tilt * (states - levels)[:, :, MOOD]
    away = runs_of_missing(block.stream(_GAPS).random((days, many)), people.share, people.run, mood)
    gone: Flags = away | (np.arange(days)[:, None] >= until)
    skipped = block.stream(_SKIPS).random(states.shape) < params.item_skip
    y[gone[:, :, None] | skipped] = np.nan
    return y, until
