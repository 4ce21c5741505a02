"""Rulebook: the four problem areas, and the one focus."""

import pytest

from kithwork.ipt import problem_areas
from kithwork.ipt.problem_areas import SecondFocusNeedsAReason, check_focus, dispute_stages
from kithwork.refusal import Refusal


def test_there_are_four_and_a_client_reads_her_own_words_for_them() -> None:
    assert problem_areas.choices() == [
        ("dispute", "Conflict"),
        ("transition", "Life change"),
        ("grief", "Grief and loss"),
        ("sensitivity", "Starting or keeping relationships"),
    ]


def test_every_area_has_goals_and_something_to_write_down() -> None:
    for area in problem_areas():
        assert all((area.plain, area.choose_when, area.watch_for, area.goals, area.records))


def test_in_a_conflict_fear_comes_before_talking_better() -> None:
    assert "safety comes first" in problem_areas.get("dispute").watch_for


def test_a_conflict_has_three_stages_each_with_something_that_helps() -> None:
    assert dispute_stages.choices() == [
        ("renegotiation", "Still trying"),
        ("impasse", "Stuck"),
        ("dissolution", "Coming to an end"),
    ]
    assert all(stage.actions for stage in dispute_stages())


def test_one_focus_is_agreed_without_further_ado() -> None:
    check_focus((), "grief")


def test_a_second_focus_wants_a_reason() -> None:
    with pytest.raises(SecondFocusNeedsAReason):
        check_focus(("grief",), "transition")

    check_focus(("grief",), "transition", reason="new_event")


@pytest.mark.parametrize(
    ("standing", "area", "code"),
    [
        (("grief",), "grief", "focus-already-agreed"),
        (("grief", "dispute"), "transition", "too-many-focuses"),
        ((), "loneliness", "not-on-the-shelf"),
    ],
)
def test_neither_a_third_focus_nor_one_twice_nor_an_unknown_one(
    standing: tuple[str, ...], area: str, code: str
) -> None:
    with pytest.raises(Refusal, match=code):
        check_focus(standing, area, reason="other")
