"""Reliable and clinically significant change."""

import doctest
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithwork.change import (
    Change,
    clinical_significance,
    course,
    cutoffs,
    reliable,
    reliable_change,
    service,
    smallest_reliable_change,
    standard_error_of_difference,
)

POINTS = st.integers(-200, 200)
SD = st.floats(0.5, 30)
RELIABILITY = st.floats(0.05, 0.99)


@pytest.mark.parametrize(
    ("sd", "reliability", "points"),
    [
        pytest.param(5.5, 0.89, 5.06, id="PHQ-9: six whole points"),
        pytest.param(5.0, 0.92, 3.92, id="GAD-7: four whole points"),
        pytest.param(9.1, 0.73, 13.11, id="WSAS by test-retest"),
        pytest.param(9.1, 0.94, 6.18, id="WSAS by alpha: the choice of reliability halves it"),
    ],
)
def test_smallest_reliable_change(sd: float, reliability: float, points: float) -> None:
    assert round(smallest_reliable_change(sd=sd, reliability=reliability), 2) == points


def test_standard_error_of_difference() -> None:
    assert round(standard_error_of_difference(sd=5.5, reliability=0.89), 3) == 2.580


def test_a_fall_is_negative_in_points_and_in_standard_errors() -> None:
    change = reliable_change(18, 12, sd=5.5, reliability=0.89)

    assert (change.size, round(change.index, 3), change.reliable) == (-6, -2.326, True)
    assert reliable_change(12, 18, sd=5.5, reliability=0.89) == Change(6, -change.index, reliable=True)
    assert reliable_change(18, 13, sd=5.5, reliability=0.89).reliable is False


def test_cutoffs_of_the_core10() -> None:
    found = cutoffs(clinical_mean=19.7, clinical_sd=7.7, normal_mean=4.7, normal_sd=4.8)

    assert (round(found.a, 2), round(found.b, 2), round(found.c, 2)) == (4.3, 14.3, 10.46)


def test_cutoffs_turn_with_the_scale() -> None:
    down = cutoffs(clinical_mean=20, clinical_sd=8, normal_mean=5, normal_sd=4)
    up = cutoffs(clinical_mean=-20, clinical_sd=8, normal_mean=-5, normal_sd=4)

    assert (up.a, up.b, up.c) == (-down.a, -down.b, -down.c)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        pytest.param(18, 6, "recovered", id="reliable and across"),
        pytest.param(24, 14, "improved", id="reliable, not across"),
        pytest.param(18, 10, "improved", id="at the cut is not across it"),
        pytest.param(11, 8, "unchanged", id="across, not reliable"),
        pytest.param(9, 2, "improved", id="never on the clinical side"),
        pytest.param(9, 18, "deteriorated", id="reliably worse"),
    ],
)
def test_clinical_significance(before: float, after: float, found: str) -> None:
    turned = clinical_significance(-before, -after, sd=5.5, reliability=0.89, cutoff=-10, higher_is="better")

    assert clinical_significance(before, after, sd=5.5, reliability=0.89, cutoff=10) == turned == found


@pytest.mark.parametrize("wrong", [nan, inf, -inf, None, "5", b"5", True, [], 10**400])
@pytest.mark.parametrize("name", ["before", "after", "sd", "reliability"])
def test_what_is_no_finite_number_is_refused(name: str, wrong: Any) -> None:
    values: dict[str, Any] = {"before": 18.0, "after": 12.0, "sd": 5.5, "reliability": 0.89, name: wrong}

    with pytest.raises(ValueError, match=name):
        reliable_change(**values)


@pytest.mark.parametrize(
    ("sd", "reliability"), [(0, 0.9), (-1, 0.9), (5, 0), (5, 1), (5, 1.2), (5, -0.1)], ids=str
)
def test_what_is_out_of_range_is_refused(sd: float, reliability: float) -> None:
    with pytest.raises(ValueError, match="must"):
        reliable_change(18, 12, sd=sd, reliability=reliability)


def test_equal_means_have_no_cut() -> None:
    with pytest.raises(ValueError, match="differ"):
        cutoffs(clinical_mean=5, clinical_sd=1, normal_mean=5, normal_sd=1)


def test_a_scale_runs_one_way_or_the_other() -> None:
    sideways: Any = "sideways"
    with pytest.raises(ValueError, match="higher_is"):
        clinical_significance(1, 2, sd=1, reliability=0.5, cutoff=1, higher_is=sideways)


@settings(max_examples=60, deadline=None)
@given(POINTS, POINTS, POINTS, SD, RELIABILITY)
def test_shifting_both_scores_changes_nothing(
    before: int, after: int, shift: int, sd: float, reliability: float
) -> None:
    assert reliable_change(before + shift, after + shift, sd=sd, reliability=reliability) == reliable_change(
        before, after, sd=sd, reliability=reliability
    )


@settings(max_examples=60, deadline=None)
@given(POINTS, POINTS, st.sampled_from([2, 4, 0.5]), SD, RELIABILITY)
def test_the_index_does_not_depend_on_the_unit(
    before: int, after: int, unit: float, sd: float, reliability: float
) -> None:
    scaled = reliable_change(before * unit, after * unit, sd=sd * unit, reliability=reliability)

    assert scaled.index == reliable_change(before, after, sd=sd, reliability=reliability).index


@pytest.mark.parametrize("module", [reliable, course, service], ids=lambda m: m.__name__)
def test_the_examples_in_the_docstrings_hold(module: Any) -> None:
    result = doctest.testmod(module)

    assert (result.failed, result.attempted > 0) == (0, True)
