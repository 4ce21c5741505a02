"""Rulebook: the cycle is told without blame, and it may go differently."""

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
