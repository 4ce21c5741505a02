"""What a worksheet takes, and what it refuses."""

from typing import Any

import pytest

from kithwork.ipt.worksheets import (
    LONGEST_TEXT,
    MOST_ROWS,
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
