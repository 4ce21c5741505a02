"""A diary's rows as arrays, and what people without any pattern are told."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom

from kithwork.cycle import (
    POPULATION_REAL,
    DiaryRefused,
    Reader,
    explain,
    fit_cycles,
    look,
    loop_of,
    read_diaries,
    shown_blocks,
)
from kithwork.cycle.diary import LONGEST

NAN = float("nan")


def test_days_left_out_out_of_order_and_twice_find_their_places():
    rows: list[Any] = [
        ("b", 3, {"low_mood": 1}),
        ("a", date(2025, 3, 4), {"low_mood": 7, "kept_away": None}),
        ("a", date(2025, 3, 1), {"low_mood": 2, "kept_away": 0}),
        ("a", date(2025, 3, 4), {"kept_away": 5, "sleep": 9}),
        ("a", date(2025, 3, 9), {"kept_away": None}),
    ]

    found = read_diaries(rows, ("low_mood", "kept_away"))

    assert (found.people, found.first) == (("b", "a"), (3, date(2025, 3, 1).toordinal()))
    np.testing.assert_array_equal(
        found.y,
        [[[1, NAN], [NAN, NAN], [NAN, NAN], [NAN, NAN]], [[2, 0], [NAN, NAN], [NAN, NAN], [7, 5]]],
    )


@pytest.mark.parametrize("answer", [-1, 11, 1e400, True, "5"])
def test_an_answer_outside_its_scale_is_refused_and_not_moved(answer):
    with pytest.raises(DiaryRefused):
        read_diaries([("a", 1, {"low_mood": answer})])


def test_a_day_of_long_ago_does_not_stretch_a_diary():
    found = read_diaries([("a", date(1, 1, 1), {"low_mood": 1}), ("a", date(2025, 3, 1), {"low_mood": 2})])

    assert found.y.shape == (1, LONGEST, 5)
    assert np.nansum(found.y) == 2


def test_nobody_and_nothing_are_diaries_too():
    assert (read_diaries([]).y.shape, read_diaries([("a", 1, {})]).y.shape) == ((0, 0, 5), (1, 0, 5))


def days_without_a_pattern(people, days):
    """Whole numbers from 0 to 10 that go together on the same day, and tell nothing of the next; 35 % missing."""
    rng = np.random.default_rng(days)
    shared = rng.normal(size=(people, days, 1))
    y = np.clip(np.round(4 + 1.8 * (0.7 * shared + 0.7 * rng.normal(size=(people, days, 5)))), 0, 10)
    y[rng.random((people, days)) < 0.3] = NAN
    y[rng.random(y.shape) < 0.07] = NAN
    return y


def test_people_without_any_pattern_are_told_of_none():
    y = days_without_a_pattern(40, 112)
    fit = fit_cycles(y, prior=POPULATION_REAL)

    shown = [shown_blocks(look(y[i]), loop_of(fit, i)) for i in range(len(y))]

    # Two in a hundred at the most in the long run (benchmarks/cycle.py); of eighty, what chance allows of that.
    assert sum(map(len, shown)) <= binom.ppf(0.99, 2 * len(y), 0.02)


def test_explain_speaks_english_of_the_five_items():
    fit = fit_cycles(days_without_a_pattern(1, 40))

    assert explain(fit, 0, "en").startswith(
        "Not enough days yet to say what follows what.\nWhat tends to follow"
    )
    assert "straight after another" in explain(fit, 0, "en-GB", reader=Reader.EXPERT)
    with pytest.raises(ValueError, match="English"):
        explain(fit, 0, "fr")
    with pytest.raises(ValueError, match="five items"):
        explain(fit_cycles(np.zeros((1, 20, 3)), blocks=((0,), (1, 2))), 0)
