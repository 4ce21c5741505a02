"""A goal's ratings on one line of time."""

from datetime import date

from kithwork.therapy.formulation.goal_line import goal_line


def places(*ratings):
    line = goal_line(ratings)
    return [(dot.x, dot.y, dot.rating) for dot in line.dots] if line else None


def test_dots_stand_at_their_days_and_heights_and_what_was_not_said_leaves_none():
    drawn = places(
        (date(2025, 3, 1), 0), (date(2025, 3, 11), None), (date(2025, 3, 21), 5), (date(2025, 4, 10), 10)
    )

    assert drawn == [(22, 74, 0), (135.0, 41, 5), (248.0, 8, 10)]


def test_ratings_of_one_day_stand_beside_each_other():
    assert places((date(2025, 3, 1), 3), (date(2025, 3, 1), 4)) == [(22.0, 54.2, 3), (248.0, 47.6, 4)]


def test_without_a_rating_there_is_nothing_to_draw():
    assert (places(), places((date(2025, 3, 1), None))) == (None, None)
