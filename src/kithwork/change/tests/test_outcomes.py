"""A service's courses counted at once: published arithmetic, columns of all kinds, and each course as it counts alone.

Every test here holds for both engines.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithwork.change import (
    ColumnRefused,
    InvalidScore,
    Rate,
    UnknownMeasure,
    course_flags,
    course_outcome,
    engines,
    missing_columns,
    national_table,
    outcomes,
    outcomes_by,
    published,
    read_table,
)
from kithwork.change.tests.test_definitions import Pair, one_course, outcome

FLAGS = ["finished", "paired", "caseness_start", "not_caseness_start", "recovery", "reliable_improvement"]
FLAGS += ["reliable_deterioration", "reliable_recovery"]


@pytest.fixture(scope="module", params=["plain", "compiled"], autouse=True)
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "_ready", [])
        if request.param == "compiled":
            pytest.importorskip("numba")
            engines.warm_up()
        yield request.param


def columns(rows: Sequence[tuple[Any, Any, Any, Any]], **more: Any) -> dict[str, Any]:
    names = ("phq9_first", "phq9_last", "anxiety_first", "anxiety_last")
    scores = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return {"treatment_contacts": [8] * len(rows), "ended": [True] * len(rows)} | scores | more


@pytest.mark.parametrize("number", [float, Decimal, np.float64, np.float32])
@pytest.mark.parametrize(
    ("first", "last", "improved"), [("3.0", "2.27", True), ("3.0", "2.28", False), ("2.83", "2.1", True)]
)
def test_means_are_compared_exactly(number: Any, first: str, last: str, improved: bool) -> None:
    pair = (number(first), number(last))
    rows = columns([(5, 5, *pair)], anxiety_measure=["mobility_alone"])

    assert outcome((5, 5), pair, measure="mobility_alone").reliable_improvement is improved
    assert outcomes(rows).counts["reliable_improvement"] == improved


@pytest.mark.parametrize(
    ("measure", "case", "below", "better_by"),
    [
        ("gad7", 8, 7, 4),
        ("spin", 19, 18, 10),
        ("mobility_alone", 2.3, 2.29, 0.73),
        ("pdss", 8, 7, 5),
        ("oci", 40, 39, 32),
        ("pcl5", 32, 31, 10),
        ("hai", 18, 17, 4),
        ("ies_r", 33, 32, 9),
    ],
)
def test_each_anxiety_measure_has_its_own_cut_and_change(
    measure: str, case: float, below: float, better_by: float
) -> None:
    assert outcome((5, 5), (case, case), measure=measure).caseness_start is True
    assert outcome((5, 5), (below, below), measure=measure).not_caseness_start is True
    start = (
        Decimal("4.5") if measure == "mobility_alone" else Decimal(42) if measure == "oci" else Decimal(20)
    )
    end = start - Decimal(str(better_by))
    rows = columns([(5, 5, start, end), (5, 5, start, end + Decimal("0.01"))], anxiety_measure=[measure] * 2)
    assert course_flags(rows).reliable_improvement.tolist() == [True, False]


@pytest.mark.parametrize("wrong", [-1, 2.5, True, "8", None, float("nan")])
def test_contacts_must_be_a_count(wrong: Any) -> None:
    with pytest.raises(InvalidScore):
        outcome((18, 6), (14, 5), contacts=wrong)
    with pytest.raises((InvalidScore, ColumnRefused)):
        outcomes(columns([(18, 6, 14, 5)], treatment_contacts=[wrong if wrong != "8" else "x"]))


@pytest.mark.parametrize("unknown", [None, float("nan"), np.float32("nan")])
def test_contacts_may_be_unknown_while_a_course_goes_on(unknown: Any) -> None:
    rows = columns([(18, 6, 14, 5)], treatment_contacts=[unknown], ended=[False])

    assert outcome((18, 6), (14, 5), contacts=unknown, ended=False).finished is False
    assert outcomes(rows).counts["finished"] == 0


@pytest.mark.parametrize("measure", ["phq9", "GAD7", "nothing"])
def test_a_measure_that_is_not_in_the_table_is_refused(measure: str) -> None:
    with pytest.raises(UnknownMeasure):
        outcome((18, 6), (14, 5), measure=measure)
    with pytest.raises(UnknownMeasure):
        outcomes(columns([(18, 6, 14, 5)] * 2, anxiety_measure=["gad7", measure]))


def test_no_measure_named_is_gad7() -> None:
    nobody = course_outcome((18, 6), (14, 5), anxiety_measure=None, treatment_contacts=8, ended=True)
    named = [outcomes(columns([(18, 6, 14, 5)], anxiety_measure=[name])) for name in ("gad7", "", None, " ")]

    assert nobody == outcome((18, 6), (14, 5))
    assert named == [outcomes(columns([(18, 6, 14, 5)]))] * 4


def test_the_table_is_dated_data_that_may_be_replaced() -> None:
    text = (
        '{"edition": "2030-04-01", "note": "made up", "measures": ['
        '{"id": "phq9", "title": "PHQ-9", "problems": [], "caseness": "10", "reliable_change": "3", '
        '"least": "0", "most": "27"}, {"id": "gad7", "title": "GAD-7", "problems": [], "caseness": "8", '
        '"reliable_change": "4", "least": "0", "most": "21"}]}'
    )
    table = read_table(text)

    assert (national_table().edition, table.edition) == (date(2022, 4, 1), date(2030, 4, 1))
    stricter = course_outcome((11, 8), (7, 6), treatment_contacts=8, ended=True, table=table)
    assert stricter.reliable_recovery is True
    assert outcomes(columns([(11, 8, 7, 6)]), table=table).counts["reliable_recovery"] == 1


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        pytest.param(27_884, 57_060 - 3_200, 51.8, id="recovery, June 2020"),
        pytest.param(39_417, 57_060, 69.1, id="improvement, June 2020"),
        pytest.param(321_061, 670_419 - 35_234, 50.5, id="recovery, 2024-25"),
        pytest.param(301_815, 635_185, 47.5, id="reliable recovery, 2024-25"),
        pytest.param(452_284, 670_419, 67.5, id="improvement, 2024-25"),
        pytest.param(39_157, 670_419, 5.8, id="deterioration, 2024-25"),
        pytest.param(170_457, 670_419, 25.4, id="no change, 2024-25"),
        pytest.param(8_521, 670_419, 1.3, id="unclassified, 2024-25"),
        pytest.param(2_637, 5_791 - 474, 49.6, id="IPT for depression, recovery, 2024-25"),
        pytest.param(1, 8, 12.5, id="exact"),
        pytest.param(1, 2000, 0.1, id="a half goes up"),
    ],
)
def test_published_percentages(numerator: int, denominator: int, percent: float) -> None:
    assert Rate(numerator, denominator).percent == percent


def test_no_rate_where_there_is_nobody() -> None:
    assert (Rate(0, 0).value, Rate(0, 0).percent) == (None, None)
    assert outcomes(columns([(9, 2, 7, 2)])).rates["recovery"] == Rate(0, 0)
    assert outcomes(columns([])).counts["courses"] == 0


def test_a_year_of_england_counts_as_published() -> None:
    kinds = [
        ((18, 6, 14, 5), 301_815),
        ((11, 8, 7, 6), 321_061 - 301_815),
        ((24, 14, 18, 12), 452_284 - 301_815 - 35_234),
        ((9, 2, 7, 2), 35_234),
        ((12, 18, 10, 10), 39_157),
        ((20, 12, 6, 11), 170_457 - (321_061 - 301_815)),
        ((18, np.nan, 14, np.nan), 8_521),
    ]
    table = np.repeat(np.array([row for row, _ in kinds]), [people for _, people in kinds], axis=0)
    names = ("phq9_first", "phq9_last", "anxiety_first", "anxiety_last")

    england = outcomes(
        dict(zip(names, table.T, strict=True))
        | {"treatment_contacts": np.full(len(table), 8), "ended": np.ones(len(table), dtype=bool)}
    )

    assert england.counts == {
        "courses": 670_419,
        "finished": 670_419,
        "paired": 670_419 - 8_521,
        "caseness_start": 635_185,
        "not_caseness_start": 35_234,
        "recovery": 321_061,
        "reliable_recovery": 301_815,
        "reliable_improvement": 452_284,
        "reliable_deterioration": 39_157,
        "no_reliable_change": 170_457,
        "unclassified": 8_521,
    }
    assert england.rates == {
        "recovery": Rate(321_061, 635_185),
        "reliable_recovery": Rate(301_815, 635_185),
        "reliable_improvement": Rate(452_284, 670_419),
        "reliable_deterioration": Rate(39_157, 670_419),
        "no_reliable_change": Rate(170_457, 670_419),
        "unclassified": Rate(8_521, 670_419),
    }


def test_the_recovery_denominator_keeps_those_of_whom_a_score_is_missing() -> None:
    rows = columns([(18, 6, 14, 5), (None, None, 7, 2), (9, 2, 7, 2), (18, None, 14, None)])

    found = outcomes(rows)

    assert found.rates["recovery"] == Rate(1, 3)
    assert (found.counts["caseness_start"], found.counts["not_caseness_start"]) == (2, 1)
    assert found.as_dict()["rates"]["recovery"] == {"numerator": 1, "denominator": 3, "rate": 1 / 3}


def test_columns_may_be_text_from_a_file() -> None:
    text = {
        "phq9_first": ["18", "11", " 9 ", "18"],
        "phq9_last": ["6", "8", "2", ""],
        "anxiety_first": np.array(["14", "7", "7", "14"]),
        "anxiety_last": np.array(["5", "6", "2", ""]),
        "treatment_contacts": ["8", "8", "8", ""],
        "discharged_on": ["2025-01-31", "2025-01-31", date(2025, 1, 31), ""],
        "anxiety_measure": "gad7",
        "note": [1],
    }

    assert course_flags(text).recovery.tolist() == [True, True, False, False]
    assert course_flags(text).finished.tolist() == [True, True, True, False]


@pytest.mark.parametrize(
    "ended_on",
    [
        np.array(["2025-01-31", "NaT"], dtype="datetime64[D]"),
        [date(2025, 1, 31), None],
        np.array(["2025-01-31", ""]),
        [np.datetime64("2025-01-31"), np.datetime64("NaT")],
    ],
    ids=["days", "dates", "text", "mixed"],
)
def test_a_course_has_ended_where_it_has_a_day_of_ending(ended_on: Any) -> None:
    rows = columns([(18, 6, 14, 5)] * 2, discharged_on=ended_on)
    del rows["ended"]

    assert course_flags(rows).finished.tolist() == [True, False]


def test_no_course_has_ended_where_the_day_is_missing_throughout() -> None:
    rows = columns([(18, 6, 14, 5)] * 2, discharged_on=[np.nan, np.nan])
    del rows["ended"]

    assert outcomes(rows).counts["finished"] == 0


def test_masked_values_are_missing() -> None:
    masked = np.ma.MaskedArray([6, 6], mask=[False, True])

    assert course_flags(columns([(18, 0, 14, 5)] * 2, phq9_last=masked)).paired.tolist() == [True, False]
    assert list(outcomes_by(columns([(18, 6, 14, 5)] * 2, focus=masked), "focus")) == ["", "6"]


def test_waits_are_counted_of_those_who_finished() -> None:
    rows = columns(
        [(18, 6, 14, 5)] * 5,
        ended=[True, True, True, True, False],
        referred_on=["2025-01-01"] * 5,
        first_treatment_on=["2025-02-12", "2025-02-13", "2025-05-08", "", "2025-01-02"],
    )

    found = outcomes(rows)

    assert (found.rates["within_6_weeks"], found.rates["within_18_weeks"]) == (Rate(1, 4), Rate(2, 4))


def test_a_wait_below_nought_is_refused() -> None:
    with pytest.raises(InvalidScore) as refusal:
        outcomes(columns([(18, 6, 14, 5)], referred_on=["2025-01-02"], first_treatment_on=["2025-01-01"]))

    assert refusal.value.sentence == "In row 1 treatment began before the referral."


@pytest.mark.parametrize(
    "wrong",
    [
        {"phq9_last": [6]},
        {"phq9_last": ["six", 6]},
        {"phq9_last": np.array([True, 6], dtype=object)},
        {"phq9_last": np.array([True, False])},
        {"phq9_last": [[6], [6]]},
        {"ended": ["yes", "no"]},
        {"referred_on": ["soon", ""], "first_treatment_on": ["", ""]},
        {"referred_on": [1, 2], "first_treatment_on": ["", ""]},
    ],
    ids=str,
)
def test_a_column_that_is_not_of_its_kind_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ColumnRefused):
        outcomes(columns([(18, 6, 14, 5)] * 2) | wrong)


def test_a_day_of_ending_is_not_a_number() -> None:
    rows = columns([(18, 6, 14, 5)], discharged_on=[1.0])
    del rows["ended"]

    with pytest.raises(ColumnRefused):
        outcomes(rows)


def test_a_missing_column_is_named() -> None:
    rows = columns([(18, 6, 14, 5)])
    del rows["anxiety_last"]

    with pytest.raises(ColumnRefused) as refusal:
        outcomes(rows)

    assert refusal.value.sentence == "The column anxiety_last is missing."
    assert missing_columns(rows) == ["anxiety_last"]
    assert missing_columns(["phq9_first", "phq9_last"])[-1] == "discharged_on"


def test_a_refused_score_names_its_row() -> None:
    with pytest.raises(InvalidScore) as refusal:
        outcomes(columns([(18, 6, 14, 5), (18, 28, 14, 5)]))

    assert refusal.value.sentence == "A score on the PHQ-9 in row 2 is outside its scale."


def test_groups_are_counted_apart_and_add_up() -> None:
    rows = columns(
        [(18, 6, 14, 5), (9, 2, 7, 2), (12, 18, 10, 10), (18, None, 14, None)],
        focus=["conflict", "loss", None, "conflict"],
    )

    apart = outcomes_by(rows, "focus")

    assert list(apart) == ["", "conflict", "loss"]
    assert apart["conflict"].rates["recovery"] == Rate(1, 2)
    assert apart["loss"].rates["recovery"] == Rate(0, 0)
    for name, count in outcomes(rows).counts.items():
        assert sum(group.counts[name] for group in apart.values()) == count
    with pytest.raises(ColumnRefused):
        outcomes_by(rows, "protocol")
    with pytest.raises(ColumnRefused):
        outcomes_by(rows | {"focus": [["a"], ["b"]]}, "focus")


def test_small_counts_are_not_published() -> None:
    assert [published(n) for n in (0, 4, 5, 7, 8, 12, 13)] == [None, None, 5, 5, 10, 10, 15]
    with pytest.raises(ValueError, match="below 0"):
        published(-1)


@settings(max_examples=30, deadline=None)
@given(st.lists(one_course(), min_size=1, max_size=30))
def test_one_course_and_a_million_agree(courses: list[tuple[Pair, Pair, str, int, bool]]) -> None:
    single = [outcome(p, a, measure=m, contacts=n, ended=e) for p, a, m, n, e in courses]

    flags = course_flags(
        columns(
            [(*phq9, *anxiety) for phq9, anxiety, *_ in courses],
            anxiety_measure=[course[2] for course in courses],
            treatment_contacts=[course[3] for course in courses],
            ended=[course[4] for course in courses],
        )
    )

    assert {name: getattr(flags, name).tolist() for name in FLAGS} == {
        name: [getattr(one, name) for one in single] for name in FLAGS
    }
    classes = [one.change_class == "no_reliable_change" for one in single]
    assert flags.no_reliable_change.tolist() == classes
