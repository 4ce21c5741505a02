"""The check-ins of a simulated service: whole forms, gaps and leavings as in a clinic, and the same in any batch."""

import numpy as np
import pytest

from kithwork.cycle.parameters import DAILY, described
from kithwork.cycle.service import SERVICE, Attendance, simulate_service
from kithwork.cycle.simulate import simulate


def test_the_same_courses_whatever_the_batch() -> None:
    many, some = simulate_service(600, 10, seed=3), simulate_service(300, 10, seed=3, first=200)

    assert all(
        np.array_equal(
            getattr(many, name)[200:500], getattr(some, name), equal_nan=name in ("phq9", "gad7", "wsas")
        )
        for name in ("phq9", "gad7", "wsas", "attendance", "agreed", "left_early", "over")
    )


def test_answers_are_those_of_the_forms_and_only_where_somebody_came() -> None:
    made = simulate_service(2000, 18, seed=1)

    assert (made.phq9.shape, made.gad7.shape) == ((2000, 16, 9), (2000, 16, 7))
    assert set(np.unique(made.phq9[~np.isnan(made.phq9)])) == {0, 1, 2, 3}
    assert not any(np.signbit(forms[~np.isnan(forms)]).any() for forms in (made.phq9, made.gad7, made.wsas))
    assert [float(np.nanmin(made.wsas)), float(np.nanmax(made.wsas))] == [0.0, 40.0]
    came = made.attendance == Attendance.ATTENDED
    assert np.isnan(made.phq9[~came]).all()
    form = ~np.isnan(made.wsas)
    assert 0.9 < form[came].mean() < 0.95
    assert (made.agreed[made.left_early] > came[made.left_early].sum(1)).all()
    assert 0.2 < made.left_early.mean() < 0.45
    assert (made.attendance[:, 12:][made.agreed == 8] == Attendance.NONE).all()


def test_item_nine_is_asked_and_now_and_then_answered_above_nought() -> None:
    item_9 = simulate_service(2000, 18, seed=2).phq9[:, 0, 8]
    above = (item_9 > 0)[~np.isnan(item_9)].mean()

    others = simulate_service(2000, 18, seed=2).phq9[:, 0, :8]
    assert 0.2 < above < 0.7
    assert np.nanmean(item_9) < np.nanmean(others, axis=0).min()


def test_check_ins_are_of_the_same_people_as_the_diary() -> None:
    diary, truth, _ = simulate(1500, 126, seed=4)
    phq9, _ = simulate_service(1500, 18, seed=4).totals()
    answered = ~np.isnan(diary[:, :21, 0]).all(1)
    level = np.full(1500, np.nan)
    level[answered] = np.nanmean(diary[answered, :21, 0], axis=1)
    known = ~np.isnan(level) & ~np.isnan(phq9[:, 0])

    assert np.corrcoef(level[known], phq9[known, 0])[0, 1] > 0.35
    fell, gone = phq9[:, 0] - phq9[:, -1], truth.people.fall
    both = ~np.isnan(fell)
    assert np.corrcoef(fell[both], gone[both])[0, 1] > 0.25


def test_without_therapy_less_gets_better() -> None:
    def last(params: object) -> float:
        return float(np.nanmean(simulate_service(1500, 18, params, seed=5).totals()[0][:, -1]))  # type: ignore[arg-type]

    assert last(DAILY.without_therapy()) > last(DAILY) + 2


def test_every_number_says_where_it_comes_from_and_what_cannot_be_is_refused() -> None:
    assert all(one.means and one.source for one in described(SERVICE))
    with pytest.raises(ValueError, match="reach into therapy"):
        simulate_service(10, 2)
