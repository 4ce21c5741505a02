"""Rulebook: the cycle is told without blame, and it may go differently."""

import pytest

from kithwork.ipt import cycle_steps


def test_the_four_steps() -> None:
    assert [station.label for station in cycle_steps.stations()] == [
        "My mood drops",
        "I pull away",
        "Others step back",
        "I take it as proof I've failed",
    ]


def test_others_who_step_back_are_not_made_into_villains() -> None:
    assert cycle_steps.stations["others_step_back"].below == "They may feel shut out, unsure how to help"


def test_it_can_start_anywhere_and_nobody_is_to_blame() -> None:
    assert cycle_steps.INTRO == "It can start anywhere. Nobody is to blame."
    assert cycle_steps.ENTRY == "Something is hard between me and someone"


def test_the_middle_asks_what_might_help() -> None:
    assert cycle_steps.CENTRE == "What might help here, and who?"


def test_it_may_go_differently_and_one_need_not_say() -> None:
    assert [choice.label for choice in cycle_steps.answers()] == [
        "Often",
        "Sometimes",
        "Not really",
        "It goes differently for me",
        "Rather not say",
    ]


def test_keeping_away_from_someone_frightening_is_never_called_the_problem() -> None:
    assert cycle_steps.FOOT == "If someone frightens you, keeping away may be keeping you safe."


def test_a_step_may_have_another_name_and_is_then_told_in_no_other_words() -> None:
    renamed = cycle_steps.own_station("pull_away", "I go quiet")

    assert (renamed.label, renamed.text, renamed.in_my_words) == (
        "I go quiet", "", cycle_steps.stations["pull_away"].in_my_words,
    )  # fmt: skip
    assert cycle_steps.own_station("pull_away", "I pull away") == cycle_steps.stations["pull_away"]


def test_steps_go_round_in_ones_own_order_and_a_new_one_comes_last() -> None:
    assert cycle_steps.in_order(["a", "b", "c", "new"], ["c", "gone", "a", "b"]) == ["c", "a", "b", "new"]


def test_a_step_moves_by_one_place_and_stops_at_either_end() -> None:
    assert [cycle_steps.moved(["a", "b", "c"], key, by=by) for key, by in (("a", 1), ("c", 1), ("a", -1))] == [
        ["b", "a", "c"], ["a", "b", "c"], ["a", "b", "c"],
    ]  # fmt: skip


def test_a_round_holds_from_two_to_six_steps() -> None:
    cycle_steps.check_room_for_one_more(5)
    cycle_steps.check_can_spare_one(3)
    with pytest.raises(cycle_steps.TooManySteps):
        cycle_steps.check_room_for_one_more(6)
    with pytest.raises(cycle_steps.TooFewSteps):
        cycle_steps.check_can_spare_one(2)


def test_a_step_left_out_is_gone_unless_nothing_would_go_round_any_more() -> None:
    assert cycle_steps.in_picture(["a", "b", "c"], ["b"]) == ["a", "c"]
    assert cycle_steps.in_picture(["a", "b", "c"], ["b", "c"]) == ["a", "b", "c"]


def test_an_address_names_no_step_and_leads_to_it() -> None:
    said = [cycle_steps.in_address(one.key) for one in cycle_steps.stations]

    assert said == ["1", "2", "3", "4"]
    assert [cycle_steps.from_address(one) for one in said] == list(cycle_steps.stations.keys())
    assert cycle_steps.from_address("jfzQ2-an-added-steps-id") == "jfzQ2-an-added-steps-id"
