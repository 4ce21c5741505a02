"""Simulated clients: what the model says of them can be found in them, and the batch cannot."""

from dataclasses import fields

import numpy as np
import pytest

from kithwork.cycle.parameters import ASSUMPTION, DAILY, LOOSENED, STRONG, TWO_STATES, Params, described
from kithwork.cycle.simulate import course, simulate


def test_the_same_client_whatever_the_batch() -> None:
    y, truth, events = simulate(600, 30, seed=3)
    some, behind, happened = simulate(300, 30, seed=3, first=200)
    one, _, _ = simulate(1, 9, seed=3, first=511)

    assert np.array_equal(y[200:500], some, equal_nan=True)
    assert np.array_equal(events[200:500], happened)
    assert np.array_equal(truth.states[200:500], behind.states)
    assert all(np.array_equal(a[200:500], b) for a, b in zip(truth.people, behind.people, strict=True))
    assert np.array_equal(y[511, :9], one[0], equal_nan=True)
    assert not np.array_equal(y, simulate(600, 30, seed=4)[0], equal_nan=True)


def test_answers_are_whole_numbers_of_the_scale_and_missing_as_diaries_are() -> None:
    y, truth, _ = simulate(2000, 112, seed=1)

    assert set(np.unique(y[~np.isnan(y)])) == set(range(11))
    assert not np.signbit(y[~np.isnan(y)]).any()  # nobody reads "between -0 and 3"
    away = np.asarray(np.isnan(y).all(2))
    kept = np.arange(112) < truth.days_kept[:, None]
    assert away[~kept].all()
    assert 0.3 < away[kept].mean() < 0.5
    # In runs: after a missing day the next is missing far more often.
    assert (
        away[:, 1:][away[:, :-1] & kept[:, 1:]].mean() > away[:, 1:][~away[:, :-1] & kept[:, 1:]].mean() + 0.3
    )


def test_the_days_follow_the_arrows_and_the_strength_is_that_of_real_diaries() -> None:
    _, truth, events = simulate(1500, 112, DAILY.without_therapy(), seed=2)
    moves, arrows = truth.states - truth.levels, truth.people.arrows
    rest = moves[:, 1:] - np.einsum("nij,ntj->nti", arrows, moves[:, :-1])
    hits = np.array([DAILY.event_to_mood, 0, 0, 0, DAILY.event_to_tension])
    rest = rest - events[:, 1:, None] * hits

    lagged = np.einsum("nti,ntj->ij", rest, moves[:, :-1]) / rest[..., 0].size
    lagged[2, 1] = 0  # others' pulling back saturates: this one arrow is a little weaker than its number
    assert np.abs(lagged).max() < 0.015
    assert np.abs(moves.std((0, 1)) - 1).max() < 0.1
    assert abs(np.mean([arrows[:, i, i].mean() for i in range(5)]) - 0.15) < 0.01


def test_low_mood_brings_stress() -> None:
    _, truth, events = simulate(3000, 100, seed=3)
    before = (truth.states - truth.levels)[:, :-1, 0]
    rate = [events[:, 1:][(before > low) & (before < low + 0.5)].mean() for low in (-1.25, 0.75)]

    assert abs(np.log(rate[1] / rate[0]) / 2.0 - DAILY.stress_generation) < 0.05


def test_therapy_and_the_loop_can_be_switched_off() -> None:
    with_both = simulate(1000, 126, seed=4)[1]
    waiting = simulate(1000, 126, DAILY.without_therapy(), seed=4)[1]
    loopless = simulate(1000, 126, DAILY.without_loop(), seed=4)[1]
    fell = [(one.levels[:, 0] - one.levels[:, -1]).mean(0) for one in (with_both, waiting)]

    own = 1 / np.sqrt(1 - DAILY.between_share)
    assert np.abs(fell[0] - own * 1.05 * np.array([1, 0.5, 0.5, 0.5, 0.5])).max() < 0.03
    assert np.abs(fell[1] - own * 0.45 * np.array([1, 0.5, 0.5, 0.5, 0.5])).max() < 0.03
    assert with_both.people.loosening.max() > 0.4
    assert not waiting.people.loosening.any()
    off = ~np.eye(5, dtype=bool)
    assert not loopless.people.arrows[:, off].any()
    assert simulate(1000, 1, STRONG, seed=4)[1].people.arrows[:, *LOOSENED[0]].mean() > 0.14
    assert [round(float(one), 3) for one in course([0, 14, 70, 126, 400])] == [0, 0, 0.5, 1, 1]


def test_a_loop_above_its_limit_has_two_states_and_a_daily_one_has_not() -> None:
    def stays(params: Params) -> float:
        truth = simulate(600, 300, params, seed=5)[1]
        mood = (truth.states - truth.levels)[:, :, 0]
        return float((np.sign(mood[:, -1]) == np.sign(mood[:, -61])).mean())

    assert stays(TWO_STATES) > 0.8
    assert abs(stays(DAILY) - 0.5) < 0.06


def test_every_number_says_where_it_comes_from() -> None:
    said = {one.name: one for one in described(DAILY)}

    assert list(said) == [one.name for one in fields(Params)]
    assert all(one.means and one.source for one in said.values())
    assert said["therapy_fall"].source == "Cuijpers 2016"
    assert {one.name for one in described(STRONG) if one.source != said[one.name].source} == {
        "edge",
        "arrow_spread",
    }
    assert next(one for one in described(STRONG) if one.name == "edge").source == ASSUMPTION


@pytest.mark.parametrize(("n", "days", "seed"), [(0, 9, 0), (9, 0, 0), (9, 9, -1)])
def test_what_cannot_be_simulated_is_refused(n: int, days: int, seed: int) -> None:
    with pytest.raises(ValueError, match="one person"):
        simulate(n, days, seed=seed)
