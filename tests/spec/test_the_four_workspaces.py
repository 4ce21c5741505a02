"""Rulebook: what each of the four writes down, suggestions that nobody owes, and questions three at a time."""

import pytest

from kithwork.ipt import safety
from kithwork.ipt.problem_areas import problem_areas
from kithwork.ipt.protocol import Phase
from kithwork.ipt.workspaces import AT_ONCE, ask, step_states, suggested, ways_of_losing, workspaces
from kithwork.therapy.focus.kinds import SORTS_INTO, kinds, kinds_of

AREAS = problem_areas.keys()


def words_of(area: str) -> str:
    space = workspaces.get(area)
    return " ".join(one.label for one in [*space.steps, *space.questions]).lower()


def test_each_of_the_four_has_a_workspace() -> None:
    assert workspaces.choices() == problem_areas.choices()


@pytest.mark.parametrize(
    ("area", "lists"),
    [
        ("dispute", ["stage", "goes_with", "option"]),
        (
            "transition",
            ["change", "feelings", "losses", "old-good", "old-hard", "new-good", "new-hard", "self", "others", "demand",
             "skill", "helper"],
        ),
        ("grief", ["story", "together", "lost", "since", "mixed", "unsaid", "date", "reconnect"]),
        ("sensitivity", ["easier", "repeats", "between", "step", "attempt"]),
    ],
)  # fmt: skip
def test_each_writes_down_what_belongs_to_it(area: str, lists: list[str]) -> None:
    assert [kind.key for kind in kinds_of(area)] == lists


def test_a_conflict_keeps_with_each_stage_what_both_hope_for_and_what_was_tried() -> None:
    assert [prompt.key for prompt in kinds.get("stage").words] == [
        "issue",
        "i_hope",
        "they_hope",
        "means",
        "tried",
    ]


def test_grief_begins_with_one_story_that_can_be_sorted_later_into_what_it_tells() -> None:
    assert (kinds_of("grief")[0].key, SORTS_INTO) == (
        "story",
        ("together", "lost", "since", "mixed", "unsaid"),
    )


def test_any_loss_can_be_grieved_a_death_first() -> None:
    assert (ways_of_losing.keys()[0], "parting" in ways_of_losing, "place" in ways_of_losing) == (
        "death",
        True,
        True,
    )


@pytest.mark.parametrize("area", AREAS)
def test_every_suggestion_and_question_leads_to_a_list_of_its_own_workspace(area: str) -> None:
    known = {kind.key for kind in kinds_of(area)}
    space = workspaces.get(area)

    assert {key for step in space.steps for key in step.lists} <= known
    assert {question.about for question in space.questions} <= known


@pytest.mark.parametrize("area", AREAS)
def test_each_phase_suggests_something_and_nothing_twice(area: str) -> None:
    by_phase = [[step.key for step in suggested(area, phase)] for phase in Phase]

    assert all(by_phase)
    assert sorted(key for keys in by_phase for key in keys) == sorted(workspaces.get(area).steps.keys())


def test_a_suggestion_is_open_worked_on_enough_or_not_for_these_two() -> None:
    assert [state.label for state in step_states] == ["Open", "We are on it", "Enough for now", "Not for us"]


@pytest.mark.parametrize("area", AREAS)
def test_questions_come_three_at_a_time_each_once_before_any_comes_again(area: str) -> None:
    everyone = list(workspaces.get(area).questions)
    turns = -(-len(everyone) // AT_ONCE)

    assert [one for turn in range(turns) for one in ask(area, turn)] == everyone
    assert ask(area, turns) == ask(area, 0)


def test_where_somebody_is_feared_a_conflict_neither_suggests_nor_asks_to_speak_up() -> None:
    assert safety.withholds_speaking_up(said_so=True, staff_worry=False, own_page=True)

    left = [one.speaks_up for phase in Phase for one in suggested("dispute", phase, speaking_up=False)]
    asked = [one.speaks_up for turn in range(4) for one in ask("dispute", turn, speaking_up=False)]
    assert (any(left), any(asked)) == (False, False)
    assert [step.key for step in suggested("dispute", Phase.MIDDLE) if step.speaks_up] == [
        "replay",
        "rehearse",
    ]


@pytest.mark.parametrize("area", AREAS)
def test_no_word_scolds_or_says_who_is_to_blame_or_that_somebody_should(area: str) -> None:
    scolding = (
        "should",
        "must",
        "fault",
        "blame",
        "failed",
        "overdue",
        "still not",
        "dysfunction",
        "why didn",
    )

    assert [word for word in scolding if word in words_of(area)] == []
