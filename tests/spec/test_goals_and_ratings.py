"""Rulebook: up to three goals, rated 0 to 10; not rated is not nought."""

from datetime import date

import pytest

from kithwork.ipt.goals import NotARating, Progress, Rating, TooManyGoals, check_one_more, progress


def test_three_goals_are_enough() -> None:
    check_one_more(2)
    with pytest.raises(TooManyGoals):
        check_one_more(3)


@pytest.mark.parametrize("value", [None, 0, 10])
def test_a_rating_is_0_to_10_or_none_at_all(value: int | None) -> None:
    assert Rating(date(2025, 3, 11), value).value == value


@pytest.mark.parametrize("value", [-1, 11, 2.5, True])
def test_any_other_rating_is_refused_and_never_moved_to_fit(value: int | None) -> None:
    with pytest.raises(NotARating):
        Rating(date(2025, 3, 11), value)


def test_progress_goes_from_the_first_rating_to_the_latest_whatever_order_they_come_in() -> None:
    ratings = [Rating(date(2025, 3, 18), 4), Rating(date(2025, 2, 18), 2), Rating(date(2025, 3, 11), None)]

    assert progress(ratings) == Progress(first=2, latest=4, points=2)


def test_a_goal_that_went_back_to_nought_is_not_a_goal_without_a_rating() -> None:
    assert progress([Rating(date(2025, 2, 18), 2), Rating(date(2025, 3, 18), 0)]) == Progress(2, 0, -2)
    assert progress([Rating(date(2025, 2, 18), None)]) == Progress(None, None, None)


def test_one_rating_is_no_progress_yet() -> None:
    assert progress([Rating(date(2025, 2, 18), 2)]) == Progress(2, 2, None)
