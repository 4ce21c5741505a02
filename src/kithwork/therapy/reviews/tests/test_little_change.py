"""Little change: arithmetic, from the fourth complete check-in on."""

import pytest

from kithwork.therapy.reviews.little_change import LittleChange, little_change


def test_the_first_and_the_last_complete_total_are_compared():
    assert little_change([19, 18, 19, 16, 18], 6) == LittleChange(19, 18, 6, 5)


@pytest.mark.parametrize(
    "totals",
    [
        pytest.param([19, 18, 19], id="three check-ins are too few"),
        pytest.param([19, None, None, 18], id="an incomplete form is not counted"),
        pytest.param([19, 18, 16, 13], id="a fall of the clinic's points is change"),
        pytest.param([5, 5, 5, 5], id="a low first total can't fall so far"),
        pytest.param([], id="nothing"),
    ],
)
def test_nothing_is_said(totals):
    assert little_change(totals, 6) is None


def test_a_rise_is_told_apart():
    assert little_change([12, 13, 16, 18], 6).went_up
    assert not little_change([12, 13, 16, 17], 6).went_up
