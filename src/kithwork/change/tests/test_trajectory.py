"""One person's line, a clinic's curves, and what is worth a conversation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.change import Curve, Point, Reason, trajectory, usual_curves, worth_a_conversation

NAN = float("nan")


def test_a_line_through_a_line_is_that_line() -> None:
    found = trajectory([0, 7, 21], [20, 18, 14])

    assert found is not None
    assert (found.scores, round(found.level.value, 9), round(found.slope.value, 9)) == (3, 14.0, -2.0)
    assert round(found.slope.high - found.slope.low, 9) == 0


def test_missing_scores_are_left_out_and_never_nought() -> None:
    assert trajectory([0, 7, 14, 21], [20, NAN, 16, 14], spread=1.8) == trajectory(
        [0, 14, 21], [20, 16, 14], spread=1.8
    )
    assert [trajectory([0, 7], [20, 18]), trajectory([0, 0, 0], [1, 2, 3]), trajectory([0, 7, 9], [4, NAN, 3])] == [
        None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "scores", "more"),
    [
        ([0, 1], [1], {}),
        ([0, NAN, 2], [1, 2, 3], {}),
        ([0, 1, 2], [1, 2, 3], {"spread": 0}),
        ([0, 1, 2], [1, 2, 3], {"worth": 0}),
    ],
)
def test_what_makes_no_line_is_refused(
    days: list[float], scores: list[float], more: dict[str, float]
) -> None:
    with pytest.raises(ValueError, match=r"days|spread|line"):
        trajectory(days, scores, **more)


def test_the_interval_holds_the_slope_nine_times_in_ten() -> None:
    rng = np.random.default_rng(3)
    days, inside = np.array([0.0, 6, 15, 21, 35]), 0
    for _ in range(2000):
        found = trajectory(days, 18 - days / 7 + rng.normal(0, 1.8, 5), spread=1.8)
        assert found is not None
        inside += found.slope.low <= -1 <= found.slope.high

    assert 0.88 <= inside / 2000 <= 0.93


@given(st.floats(-50, 50), st.floats(-1000, 1000))
def test_the_slope_does_not_depend_on_where_days_and_points_begin(points: float, day: float) -> None:
    days, scores = np.array([0.0, 7, 15, 21]), np.array([19.0, 18, 19, 16])
    here, there = trajectory(days, scores), trajectory(days + day, scores + points)

    assert here is not None
    assert there is not None
    assert there.slope.value == pytest.approx(here.slope.value, abs=1e-6)
    assert there.level.value == pytest.approx(here.level.value + points, abs=1e-6)


def courses(n: int, first: int, fall: float = 1.0, sessions: int = 8) -> np.ndarray:
    rng = np.random.default_rng(5)
    line = first - fall * np.arange(sessions) + rng.normal(0, 2, (n, sessions))
    line[:, 0] = first
    return line


def test_under_a_hundred_courses_there_is_no_curve() -> None:
    curves = usual_curves(np.vstack([courses(99, 17), courses(150, 20)]))

    assert [(one.lowest, one.courses, len(one.points)) for one in curves] == [
        (10, 0, 0), (13, 0, 0), (16, 99, 0), (19, 150, 8), (22, 0, 0),
    ]  # fmt: skip


def test_a_point_says_how_many_are_behind_it_and_few_give_none() -> None:
    table = courses(120, 17)
    table[15:, 6:] = NAN
    table[60:, 5] = NAN
    curve = usual_curves(table)[2]

    assert [(point.session, point.courses) for point in curve.points] == [
        (1, 120), (2, 120), (3, 120), (4, 120), (5, 120), (6, 60),
    ]  # fmt: skip
    assert curve.bound_at(7) is None


def test_courses_with_fewer_than_three_scores_do_not_count() -> None:
    table = courses(120, 17)
    table[:30, 2:] = NAN

    assert usual_curves(table)[2] == Curve(16, 18, 90, ())


@pytest.mark.parametrize(
    "nobody",
    [
        pytest.param(np.empty((0, 0)), id="neither courses nor sessions"),
        pytest.param(np.empty((0, 8)), id="no courses"),
        pytest.param(np.empty((5, 0)), id="no sessions"),
        pytest.param([], id="an empty list"),
    ],
)
def test_before_any_course_has_finished_there_are_not_enough(nobody: object) -> None:
    assert usual_curves(nobody) == tuple(
        Curve(low, high, 0, ()) for low, high in ((10, 12), (13, 15), (16, 18), (19, 21), (22, 27))
    )


def test_a_reason_names_the_courses_behind_its_own_point() -> None:
    table = courses(150, 17, sessions=10)
    table[90:, 9] = NAN
    curves = usual_curves(table)

    reason = worth_a_conversation([17, *[15] * 8, 17], curves=curves)

    assert reason is not None
    assert (curves[2].courses, reason.session, reason.courses) == (150, 10, 90)
    assert "Of 90 past courses here" in reason.rule


def test_about_one_past_course_in_ten_lies_above_its_curve() -> None:
    table = courses(4000, 17, sessions=6)
    curve = usual_curves(table)[2]

    for point in curve.points[1:]:
        above = (table[:, point.session - 1] > point.bound).mean()
        assert 0.08 <= above <= 0.12, point


CURVE = Curve(16, 21, 200, (Point(1, 200, 18, 18), Point(2, 190, 17, 20.5), Point(5, 150, 14, 17.5)))


@pytest.mark.parametrize(
    ("scores", "curves", "reason"),
    [
        pytest.param([18], (), None, id="one score"),
        pytest.param([18, 16, 15, 14], (), None, id="falling"),
        pytest.param([18, 16, 24], (), Reason("worse", 3, 18, 24), id="a reliable rise"),
        pytest.param([18, 16, 23], (), None, id="a rise within the unsteadiness"),
        pytest.param(
            [18, NAN, 17, 18, 18], (CURVE,), Reason("above-usual", 5, 18, 18, 17.5, 150), id="above"
        ),
        pytest.param([18, NAN, 17, 18, 17], (CURVE,), None, id="below the bound"),
        pytest.param([18, 17, 18], (CURVE,), None, id="no point at this session"),
        pytest.param([12, 17, 12, 12, 13], (CURVE,), None, id="no curve for this start"),
        pytest.param(
            [18, 18, 17, 16, 14, 13], (), Reason("little-change", 6, 18, 13), id="five points by session 6"
        ),
        pytest.param([18, 18, 17, 16, 14, 12], (), None, id="six points by session 6"),
        pytest.param([18, 18, 17, 16, 14], (), None, id="not yet session 6"),
        pytest.param([5, 5, 5, 5, 5, 5], (), None, id="cannot fall by six"),
    ],
)
def test_what_is_worth_a_conversation(
    scores: list[float], curves: tuple[Curve, ...], reason: Reason | None
) -> None:
    assert worth_a_conversation(scores, curves=curves) == reason


def test_a_reason_says_its_rule_and_judges_nobody() -> None:
    reasons = [
        worth_a_conversation([18, 16, 24]),
        worth_a_conversation([18, NAN, 17, 18, 18], curves=(CURVE,)),
        worth_a_conversation([18, 18, 17, 16, 14, 13]),
    ]

    usual = "Of 150 past courses here that began at a similar score, nine in ten stood at 17.5 or below."
    assert [one.rule for one in reasons if one] == [
        "The score rose from 18 to 24, which is more than the questionnaire's own unsteadiness.",
        f"At session 5 the score is 18. {usual}",
        "By session 6 the score has gone from 18 to 13, less than a reliable change.",
    ]


def test_arrays_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="one row a course"):
        usual_curves([1, 2, 3])
    with pytest.raises(ValueError, match="one row"):
        worth_a_conversation([[1, 2]])
