"""Rows of a diary as they come: what cannot be read is set aside with its reason, and the rest is whole."""

import numpy as np
import pytest

from kithwork.cycle.rows import RefusedRow, RowsRefused, readable, variables_of

NAN = float("nan")


def test_bad_rows_are_set_aside_each_with_its_reason() -> None:
    columns = {
        "person": np.array(["a", "", "a", "a", "a", "b", "b", "b"]),
        "day": np.array(["2025-03-01", "2", "2025-03-01", "soon", "2025-03-04", "7", "8", "99999"]),
        "sad": np.array(["1", "2", "3", "4", "five", "", "inf", "1"]),
        "apart": np.array(["1", "2", "3", "4", "5", " 6 ", "7", "1"]),
    }

    kept, refused = readable(columns, ["sad", "apart"])

    assert {name: list(column) for name, column in kept.items()} == {
        "person": ["a", "b"],
        "day": [20148, 7],
        "sad": [1.0, pytest.approx(NAN, nan_ok=True)],
        "apart": [1.0, 6.0],
    }
    assert [(one.row, one.sentence) for one in refused] == [
        (2, "There is no person."),
        (3, "a already has a row for this day."),
        (4, "The day is neither a whole number nor a date."),
        (5, "sad is not a number."),
        (7, "sad is not a number."),
        (8, "The day is more than ten years after the person’s first."),
    ]
    assert all(one.next_step for one in refused)


def test_columns_of_a_table_are_read_as_those_of_a_file() -> None:
    days = np.array(["2025-03-01", "NaT"], dtype="datetime64[s]")
    columns = {
        "person": np.array([7, 7]),
        "day": days,
        "x": np.array([1, None], dtype=object),
        "y": np.array([1, 2]),
    }

    kept, refused = readable(columns, ["x", "y"])

    assert (list(kept["person"]), list(kept["day"]), list(kept["x"])) == (["7"], [20148], [1.0])
    assert refused == [
        RefusedRow(2, "The day is neither a whole number nor a date.", "Write 12, or 2025-03-18.")
    ]


@pytest.mark.parametrize(
    "day", ["9" * 400, "12\x00", "2025", "0000-00-00", "1.5", "−3", "99999999999999999999"]
)
def test_a_day_that_is_none_is_refused_whatever_it_is(day: str) -> None:
    columns = {
        name: np.array([value], dtype=object) for name, value in (("person", "a"), ("day", day), ("x", 1))
    }
    _, refused = readable(columns, ["x"])
    assert [one.row for one in refused] == ([] if day == "2025" else [1])


@pytest.mark.parametrize(
    ("names", "chosen", "sentence"),
    [
        (["person", "x", "y"], [], "The table lacks the columns day."),
        (["person", "day", "x", "y"], ["x", "z"], "The table lacks the columns z."),
        (["person", "day", "x"], [], "A loop is looked for among 2 to 8 answers, and here are 1."),
    ],
)
def test_a_table_without_a_diary_is_refused(names: list[str], chosen: list[str], sentence: str) -> None:
    with pytest.raises(RowsRefused) as refused:
        variables_of(names, chosen)
    assert refused.value.sentence == sentence
