"""The national definitions, of one course: worked examples, what is refused, and the table of cuts."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithwork.change import (
    InvalidScore,
    Outcome,
    TableRefused,
    course_outcome,
    national_table,
    read_table,
)

Pair = tuple[float | None, float | None]


def outcome(
    phq9: Pair, anxiety: Pair, *, measure: str = "gad7", contacts: int = 8, ended: bool = True
) -> Outcome:
    return course_outcome(
        phq9=phq9, anxiety=anxiety, anxiety_measure=measure, treatment_contacts=contacts, ended=ended
    )


@pytest.mark.parametrize(
    ("phq9", "gad7", "counts_as", "change_class"),
    [
        pytest.param((18, 6), (14, 5), "RC RI RR", "improved", id="recovery, reliable both ways"),
        pytest.param((11, 8), (7, 6), "RC", "no_reliable_change", id="recovery by three points"),
        pytest.param((24, 14), (18, 12), "RI", "improved", id="better, not below the cuts"),
        pytest.param((18, 6), (14, 8), "RI", "improved", id="a GAD-7 of 8 is still a case"),
        pytest.param((9, 2), (7, 2), "RI", "improved", id="not a case: no recovery possible"),
        pytest.param((20, 12), (6, 11), "", "no_reliable_change", id="one better, the other worse"),
        pytest.param((12, 18), (10, 10), "RD", "deteriorated", id="worse"),
        pytest.param((18, None), (14, None), "", None, id="unpaired"),
    ],
)
def test_worked_examples(phq9: Pair, gad7: Pair, counts_as: str, change_class: str | None) -> None:
    result = outcome(phq9, gad7)

    assert result == Outcome(
        finished=True,
        paired=None not in (*phq9, *gad7),
        caseness_start=phq9[0] != 9,
        not_caseness_start=phq9[0] == 9,
        recovery="RC" in counts_as,
        reliable_improvement="RI" in counts_as,
        reliable_deterioration="RD" in counts_as,
        reliable_recovery="RR" in counts_as,
        change_class=change_class,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("contacts", "ended"),
    [pytest.param(1, True, id="one contact"), pytest.param(8, False, id="still going on")],
)
def test_an_unfinished_course_counts_as_nothing_yet(contacts: int, ended: bool) -> None:
    result = outcome((18, 6), (14, 5), contacts=contacts, ended=ended)

    assert result == Outcome(
        finished=False,
        paired=True,
        caseness_start=True,
        not_caseness_start=False,
        recovery=False,
        reliable_improvement=False,
        reliable_deterioration=False,
        reliable_recovery=False,
        change_class=None,
    )


@pytest.mark.parametrize(
    ("phq9", "improved"), [((18, 12), True), ((18, 13), False), ((18, 11), True)], ids=["6", "5", "7"]
)
def test_reliable_is_at_or_above_the_threshold(phq9: Pair, improved: bool) -> None:
    assert outcome(phq9, (5, 5)).reliable_improvement is improved


def test_a_first_score_that_is_missing_makes_neither_a_case_nor_none() -> None:
    result = outcome((None, 6), (5, 5))

    assert (result.paired, result.caseness_start, result.not_caseness_start) == (False, False, False)
    assert (result.change_class, result.recovery) == (None, False)
    assert outcome((float("nan"), 6), (9, 5)).caseness_start is True


@pytest.mark.parametrize("wrong", [28, -1, True, "9", float("inf"), Decimal("-0.1")])
def test_a_score_outside_its_scale_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidScore) as refusal:
        outcome((wrong, 6), (14, 5))

    assert refusal.value.sentence == "A score on the PHQ-9 is outside its scale."
    assert str(refusal.value) == "invalid-score"


@pytest.mark.parametrize(
    ("problem", "paired", "measure"),
    [
        ("depression", ["gad7"], "gad7"),
        (None, ["gad7", "spin"], "gad7"),
        ("social anxiety", ["gad7", "spin"], "spin"),
        ("social anxiety", ["gad7"], "gad7"),
        ("post-traumatic stress", ["pcl5"], "pcl5"),
    ],
)
def test_a_problem_has_its_own_measure_if_it_was_given_at_both_ends(
    problem: str | None, paired: list[str], measure: str
) -> None:
    assert national_table().measure_for(problem, paired=paired) == measure


PHQ9 = {"id": "phq9", "title": "PHQ-9", "caseness": "10", "reliable_change": "6", "least": "0", "most": "27"}
GAD7 = PHQ9 | {"id": "gad7", "title": "GAD-7", "caseness": "8", "reliable_change": "4", "most": "21"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"measures": None}, "The table of measures has no list of measures."),
        ({"edition": "soon"}, "The table of measures has no day from which it holds."),
        ({"note": " "}, "The table of measures does not say where its numbers come from."),
        ({"measures": [PHQ9]}, "The table of measures lacks phq9 or gad7."),
        ({"measures": [PHQ9, GAD7, GAD7]}, "The table of measures has the same id twice."),
        ({"measures": [PHQ9, GAD7 | {"title": ""}]}, "Measure 2 of the table has no id or no title."),
        ({"measures": [PHQ9, GAD7 | {"problems": "x"}]}, "The problems of gad7 are not a list of words."),
        (
            {"measures": [PHQ9, GAD7 | {"caseness": 8}]},
            "caseness of gad7 is not a number in quotation marks.",
        ),
        (
            {"measures": [PHQ9, GAD7 | {"most": "9" * 400}]},
            "most of gad7 is not a number in quotation marks.",
        ),
        ({"measures": [PHQ9, GAD7 | {"least": "1e-9"}]}, "least of gad7 is not a number in quotation marks."),
        ({"measures": [PHQ9, GAD7 | {"caseness": "22"}]}, "The numbers of gad7 do not fit its scale."),
        ({"measures": [PHQ9, GAD7 | {"reliable_change": "0"}]}, "The numbers of gad7 do not fit its scale."),
    ],
)
def test_what_is_no_table_of_measures_is_refused(change: dict[str, Any], sentence: str) -> None:
    good = {"edition": "2030-04-01", "note": "made up", "measures": [PHQ9, GAD7]}
    assert read_table(json.dumps(good)).measures["gad7"].reliable_change == 4

    for text, told in ((json.dumps(good | change), sentence), ("{", "The table of measures is not JSON.")):
        with pytest.raises(TableRefused) as refusal:
            read_table(text)
        assert refusal.value.sentence == told


MEASURES = {"gad7": 21, "mobility_alone": 5, "pcl5": 80, "": 21}


@st.composite
def one_course(draw: st.DrawFn) -> tuple[Pair, Pair, str, int, bool]:
    measure = draw(st.sampled_from(list(MEASURES)))
    hundredths = st.integers(100, MEASURES[measure] * 100).map(lambda n: n / 100)
    anxiety = st.none() | (hundredths if measure == "mobility_alone" else st.integers(0, MEASURES[measure]))
    phq9 = st.none() | st.integers(0, 27)
    return (
        (draw(phq9), draw(phq9)),
        (draw(anxiety), draw(anxiety)),
        measure,
        draw(st.integers(0, 3)),
        draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None)
@given(one_course())
def test_no_course_counts_in_two_ways_that_exclude_each_other(
    course: tuple[Pair, Pair, str, int, bool],
) -> None:
    phq9, anxiety, measure, contacts, ended = course

    found = outcome(phq9, anxiety, measure=measure, contacts=contacts, ended=ended)

    assert not (found.caseness_start and found.not_caseness_start)
    assert not (found.reliable_improvement and found.reliable_deterioration)
    assert found.reliable_recovery == (found.recovery and found.reliable_improvement)
    assert (found.change_class is not None) == (found.finished and found.paired)
