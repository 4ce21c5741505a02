"""The slow level: missing stays missing, and its interval holds the level as often as it says."""

import numpy as np
import pytest

from kithwork.change import slow_level


def test_a_level_is_the_mean_of_the_days_around():
    level = slow_level([0, 2, 4, 6, 8, 30], [1, 2, 3, 4, 5, 1], at=[4])

    assert level.value.tolist() == [3.0]
    assert level.low[0] < 3.0 < level.high[0]


def test_few_days_and_a_long_gap_have_no_level():
    days, values = [0, 1, 2, 3, float("nan"), 40, 41, 42, 43, 44][:4], [3, 3, 3, 3]

    assert np.isnan(slow_level(days, values, at=[2]).value).all()
    assert np.isnan(slow_level([0, 1, 2, 3, 4], [3] * 5, at=[12]).value).all()
    assert slow_level([], [], at=[]).value.tolist() == []


def test_a_missing_answer_is_left_out_and_never_nought():
    with_gap = slow_level([0, 1, 2, 3, 4, 5], [3, 3, np.nan, 3, 3, 3], at=[2])

    assert with_gap.value.tolist() == [3.0]


def test_like_answers_are_no_certainty():
    level = slow_level(range(5), [3] * 5, at=[2])

    assert level.high[0] - level.low[0] > 0.5


def test_nine_times_in_ten_the_interval_holds_the_level():
    rng, held = np.random.default_rng(4), 0
    for _ in range(800):
        noise = rng.normal(0, 1, 21)
        for day in range(1, 21):
            noise[day] = 0.15 * noise[day - 1] + np.sqrt(1 - 0.15**2) * noise[day]
        answered = rng.random(21) > 0.35
        level = slow_level(np.arange(21)[answered], 3 + noise[answered], at=[10])
        held += bool(level.low[0] <= 3 <= level.high[0])

    assert 0.87 <= held / 800 <= 0.96


@pytest.mark.parametrize("wrong", [{"spread": 0}, {"worth": 0}, {"alike": 1}])
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="above 0"):
        slow_level([0], [3], at=[0], **wrong)
