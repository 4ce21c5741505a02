"""Files as they come: rows that cannot be counted, and how large a change was."""

from typing import Any

import numpy as np
import pytest

from kithwork.change import Effect, RefusedRow, countable, effect_size, outcomes

GOOD = {
    "course_id": "", "focus": "dispute", "referred_on": "2025-01-02", "first_treatment_on": "2025-01-20",
    "discharged_on": "2025-06-01", "treatment_contacts": "8", "phq9_first": "18", "phq9_last": "6",
    "anxiety_measure": "gad7", "anxiety_first": "14", "anxiety_last": "5",
}  # fmt: skip


def file_of(*rows: dict[str, str]) -> dict[str, list[str]]:
    return {name: [{**GOOD, **row}[name] for row in rows] for name in GOOD}


def test_a_file_of_text_counts_as_the_same_numbers_do() -> None:
    kept, refused = countable(file_of({}, {"phq9_last": " ", "anxiety_measure": ""}, {"discharged_on": ""}))

    assert refused == []
    assert dict(outcomes(kept).counts) == {
        "courses": 3, "finished": 2, "paired": 1, "caseness_start": 2, "not_caseness_start": 0, "recovery": 1,
        "reliable_recovery": 1, "reliable_improvement": 1, "reliable_deterioration": 0, "no_reliable_change": 0,
        "unclassified": 1, "within_6_weeks": 2, "within_18_weeks": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"phq9_first": "eighteen"}, "In row 2, phq9_first is not a number."),
        ({"discharged_on": "last May"}, "In row 2, discharged_on is not a day, as in 2025-03-18."),
        ({"discharged_on": "2025-05"}, "In row 2, discharged_on is not a day, as in 2025-03-18."),
        ({"referred_on": "2025"}, "In row 2, referred_on is not a day, as in 2025-03-18."),
        ({"referred_on": "today"}, "In row 2, referred_on is not a day, as in 2025-03-18."),
        ({"referred_on": "2025-01-02T10:00"}, "In row 2, referred_on is not a day, as in 2025-03-18."),
        ({"referred_on": "-202-01-02"}, "In row 2, referred_on is not a day, as in 2025-03-18."),
        ({"referred_on": "2025-02-30"}, "In row 2, referred_on is not a day, as in 2025-03-18."),
        ({"course_id": "first"}, "The course first in row 2 is counted already, by an earlier row."),
        ({"phq9_last": "28"}, "A score on the PHQ-9 in row 2 is outside its scale."),
        ({"anxiety_first": "22"}, "A score on the GAD-7 in row 2 is outside its scale."),
        ({"anxiety_measure": "gad8"}, "In row 2, the anxiety measure gad8 is not in the national table."),
        ({"treatment_contacts": "2.5"}, "The number of treatment contacts in row 2 is not a count."),
        ({"treatment_contacts": ""}, "The number of treatment contacts in row 2 is not a count."),
        ({"referred_on": "2025-02-01"}, "In row 2 treatment began before the referral."),
    ],
    ids=str,
)
def test_a_row_that_cannot_be_counted_is_named_and_the_others_go_on(wrong: Any, sentence: str) -> None:
    kept, refused = countable(file_of({"course_id": "first"}, wrong, {"course_id": "last"}))

    assert [(one.row, one.sentence) for one in refused] == [(2, sentence)]
    assert refused[0].next_step
    assert kept["course_id"].tolist() == ["first", "last"]
    assert outcomes(kept).counts["courses"] == 2


def test_each_refused_row_is_told_once_in_its_place() -> None:
    _, refused = countable(file_of({"phq9_last": "99", "anxiety_first": "x"}, {}, {"phq9_first": "-1"}))

    assert [one.row for one in refused] == [1, 3]
    assert isinstance(refused[0], RefusedRow)


def test_arrays_stay_as_they_are() -> None:
    rows = {
        "phq9_first": np.array([18.0, np.nan]), "phq9_last": np.array([6, 4]), "anxiety_first": np.array([14, 2]),
        "anxiety_last": np.array([5, 2]), "treatment_contacts": np.array([8, 3]), "ended": np.array([True, False]),
    }  # fmt: skip

    kept, refused = countable(rows)

    assert refused == []
    assert outcomes(kept) == outcomes(rows)


def test_days_stay_as_they_are_and_a_number_is_no_day() -> None:
    days = np.array(["2025-06-01", "NaT"], dtype="datetime64[D]")
    rows = {name: list(column) for name, column in file_of({}, {}).items()}

    kept, refused = countable(rows | {"discharged_on": days})
    _, numbers = countable(rows | {"discharged_on": np.array([20240, 20250])})

    assert refused == []
    assert kept["discharged_on"].dtype == days.dtype
    assert np.array_equal(kept["discharged_on"], days, equal_nan=True)
    assert [one.row for one in numbers] == [1, 2]


@pytest.mark.parametrize("others", [[], [{"referred_on": "soon"}]], ids=["at once", "one by one"])
def test_spaces_around_a_day_are_no_part_of_it(others: list[dict[str, str]]) -> None:
    kept, refused = countable(file_of({"referred_on": " 2025-01-02 "}, {"referred_on": " "}, *others))

    assert [str(day) for day in kept["referred_on"]] == ["2025-01-02", "NaT"]
    assert len(refused) == len(others)


def test_a_course_is_counted_once() -> None:
    ids = ("a", "b", " a ", "", "", "b", "a")

    kept, refused = countable(file_of(*({"course_id": name} for name in ids)))

    assert [(one.row, one.sentence) for one in refused] == [
        (3, "The course a in row 3 is counted already, by an earlier row."),
        (6, "The course b in row 6 is counted already, by an earlier row."),
        (7, "The course a in row 7 is counted already, by an earlier row."),
    ]
    assert {one.next_step for one in refused} == {"Keep one row for each course."}
    assert kept["course_id"].tolist() == ["a", "b", "", ""]


def test_a_refused_row_does_not_keep_its_course_from_being_counted() -> None:
    rows = file_of({"course_id": "a", "phq9_last": "99"}, {"course_id": "a"}, {"course_id": "a"})

    kept, refused = countable(rows)

    assert [one.row for one in refused] == [1, 3]
    assert outcomes(kept).counts["courses"] == 1


def test_rows_without_a_column_of_courses_are_each_counted() -> None:
    rows = file_of({}, {})
    del rows["course_id"]

    assert outcomes(countable(rows)[0]).counts["courses"] == 2


@pytest.mark.parametrize(
    ("written", "finished"),
    [
        (["1", "0", "1"], 2),
        (["true", "False", ""], 1),
        (["yes", " NO ", "Yes"], 2),
        (np.array([1, 0, 1]), 2),
        (np.array([1.0, np.nan, 0.0]), 1),
        ([True, None, False], 1),
    ],
    ids=str,
)
def test_whether_a_course_has_ended_is_read_as_files_write_it(written: Any, finished: int) -> None:
    rows: dict[str, Any] = file_of({}, {}, {}) | {"ended": written}
    del rows["discharged_on"]

    kept, refused = countable(rows)

    assert refused == []
    assert outcomes(kept).counts["finished"] == finished


def test_an_ending_that_is_neither_true_nor_false_is_a_refused_row() -> None:
    kept, refused = countable(file_of({}, {}, {}) | {"ended": ["1", "perhaps", "0"]})

    assert [(one.row, one.sentence) for one in refused] == [
        (2, "In row 2, ended is not true or false, yes or no, 1 or 0.")
    ]
    assert outcomes(kept).counts["finished"] == 1


def test_an_effect_names_what_it_was_divided_by() -> None:
    first, last = [14, 16, 18, np.nan], [8, 9, 10, 3]

    own, given = effect_size(first, last), effect_size(first, last, spread=5.5)

    assert own == Effect(3, 16.0, 2.0, 9.0, 1.0, 3.5, "standard deviation of these people's first scores")
    assert given is not None
    assert (round(given.size, 4), given.divided_by) == (1.2727, "standard deviation that was given")
    assert [effect_size([1], [1]), effect_size([5, 5], [1, 2]), effect_size([], [])] == [None, None, None]
    with pytest.raises(ValueError, match="above 0"):
        effect_size(first, last, spread=0)


def test_the_published_effect_of_a_year() -> None:
    """IPT in England, 2024-25: PHQ-9 15.5 (SD 5.5) to 9.6, effect 1.1; GAD-7 12.6 (5.0) to 8.2, 0.9."""
    for first, last, spread, published in ((15.5, 9.6, 5.5, 1.1), (12.6, 8.2, 5.0, 0.9)):
        found = effect_size([first, first], [last, last], spread=spread)
        assert found is not None
        assert round(found.size, 1) == published
