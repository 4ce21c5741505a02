"""What a worksheet takes, and what it refuses."""

import json
from typing import Any

import pytest

from kithwork.ipt.worksheets import (
    LONGEST_TEXT,
    MOST_ROWS,
    Conversation,
    Turn,
    UnreadableWorksheet,
    check_answers,
    get,
    worksheets,
)


def test_empty_parts_are_left_out_and_the_sheet_keeps_its_order() -> None:
    answers = {"wanted": " To be asked. ", "when": "Saturday", "before": 0, "after": None, "felt": "  "}

    checked = check_answers(get("incident"), answers)

    assert list(checked.items()) == [("when", "Saturday"), ("before", 0), ("wanted", "To be asked.")]


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("incident", {"blame": "x"}),
        ("incident", {"before": 11}),
        ("incident", {"before": -1}),
        ("incident", {"before": "3"}),
        ("incident", {"before": True}),
        ("incident", {"felt": 3}),
        ("incident", {"felt": "x" * (LONGEST_TEXT + 1)}),
        ("decision", {"options": "one"}),
        ("decision", {"options": ["one"]}),
        ("decision", {"options": [{"option": "Wait"}] * (MOST_ROWS + 1)}),
        ("decision", {"options": [{"score": "3"}]}),
    ],
)
def test_what_does_not_belong_to_the_sheet_is_refused(key: str, answers: dict[str, Any]) -> None:
    with pytest.raises(UnreadableWorksheet):
        check_answers(get(key), answers)


def test_every_sheet_can_stay_empty() -> None:
    assert [check_answers(sheet, {}) for sheet in worksheets()] == [{}] * len(worksheets)


def test_a_replayed_talk_passes_through_json_and_is_equal() -> None:
    talk = Conversation(
        turns=(Turn("Me", "You never ask."), Turn("Sam", tone="turned away", heard="I am in the way")),
        turning_point="When he went out.",
        who="Sam",
    )

    body = json.loads(json.dumps(talk.to_dict()))

    assert body == {
        "who": "Sam",
        "turns": [
            {"speaker": "Me", "words": "You never ask."},
            {"speaker": "Sam", "tone": "turned away", "heard": "I am in the way"},
        ],
        "turning_point": "When he went out.",
    }
    assert Conversation.from_dict(body) == talk
    assert [turn.is_silence for turn in talk.turns] == [False, True]


def test_a_body_that_is_not_a_talk_is_refused() -> None:
    with pytest.raises(UnreadableWorksheet):
        Conversation.from_dict({"turns": [{"voice": "loud"}]})


def test_an_empty_talk_reads_as_an_empty_talk() -> None:
    assert Conversation.from_dict({}) == Conversation()
