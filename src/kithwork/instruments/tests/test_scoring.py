"""How answers become scores."""

from decimal import Decimal
from enum import IntEnum
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kithwork.instruments import (
    InvalidAnswer,
    NoScoringRule,
    Score,
    UnknownInstrument,
    all_instruments,
    enter_total,
    get,
    score,
)
from kithwork.refusal import Refusal

SCORABLE = [instrument.id for instrument in all_instruments() if instrument.scoring.total != "unknown"]
WITH_TOTAL = [name for name in SCORABLE if get(name).scoring.total != "none"]
PHQ9_BANDS = [
    *["minimal"] * 5,
    *["mild"] * 5,
    *["moderate"] * 5,
    *["moderately_severe"] * 5,
    *["severe"] * 8,
]
GAD7_BANDS = [*["minimal"] * 5, *["mild"] * 5, *["moderate"] * 5, *["severe"] * 7]


def test_every_complete_phq9_scores_as_a_plain_sum() -> None:
    for answers in product(range(4), repeat=9):
        result, total = score("phq9", answers), sum(answers)
        assert (result.total, result.band, result.caseness, result.risk, result.missing) == (
            total,
            PHQ9_BANDS[total],
            total >= 10,
            answers[8] >= 1,
            (),
        )


def test_every_complete_gad7_scores_as_a_plain_sum() -> None:
    for answers in product(range(4), repeat=7):
        total = sum(answers)
        assert score("gad7", answers) == Score(
            "gad7", total, True, (), GAD7_BANDS[total], total >= 8, False, {}, None
        )


def test_a_missing_answer_leaves_no_total_but_risk_is_still_seen() -> None:
    assert score("phq9", [2, 1, 0, 3, None, 1, 2, 0, 1]) == Score(
        instrument="phq9",
        total=None,
        complete=False,
        missing=(5,),
        band=None,
        caseness=None,
        risk=True,
        subscales={},
        prorated=None,
    )


def test_a_score_reads_as_its_fields() -> None:
    assert repr(score("ucla3", [1, 2, 3])) == (
        "Score(instrument='ucla3', total=6, complete=True, missing=(), band='lonely', caseness=None, "
        "risk=False, subscales={}, prorated=None)"
    )


@pytest.mark.parametrize(
    ("instrument_id", "answers", "risk"),
    [
        pytest.param("phq9", [0] * 8 + [None], None, id="unanswered is unknown, not no"),
        pytest.param("phq9", [None] * 8 + [0], False, id="answered no, the rest missing"),
        pytest.param("phq9", [None] * 8 + [1], True, id="answered yes, the rest missing"),
        pytest.param("cesdr", [None] * 14 + [1] + [None] * 5, True, id="one of two risk items is enough"),
        pytest.param("cesdr", [0] * 13 + [0, None] + [0] * 5, None, id="one no, one unanswered"),
        pytest.param("cesdr", [0] * 20, False, id="both no"),
        pytest.param("core10", [0] * 5 + [1] + [0] * 4, True, id="CORE-10 item 6"),
        pytest.param("epds", [0] * 9 + [1], True, id="EPDS item 10, keyed"),
        pytest.param("qids16", [0] * 11 + [1] + [0] * 4, True, id="QIDS item 12"),
        pytest.param("cssrs_screen", [1, 0, 0, 0, 0, 0], True, id="any yes on the C-SSRS screener"),
        pytest.param("gad7", [None] * 7, False, id="no risk item, nothing to know"),
        pytest.param("mfq", [0] * 33, None, id="risk items not known here"),
    ],
)
def test_risk(instrument_id: str, answers: list[int | None], risk: bool | None) -> None:
    assert score(instrument_id, answers).risk is risk


class Often(IntEnum):
    NEVER = 0


@pytest.mark.parametrize(
    "answer", [4, -1, True, False, 1.0, "1", "", Decimal(1), Often.NEVER, [], {}, float("nan"), b"1", 10**30]
)
def test_a_value_outside_the_options_is_refused(answer: object) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        score("phq9", [0, 0, answer, 0, 0, 0, 0, 0, 0])  # type: ignore[list-item]

    assert isinstance(refusal.value, Refusal)
    assert isinstance(refusal.value, ValueError)
    assert str(refusal.value) == "invalid-answer"
    assert refusal.value.sentence == "The answer to question 3 is not one of its options."
    assert refusal.value.next_step == "Choose one from 0 to 3, or leave it empty."


@pytest.mark.parametrize("answers", [[], [0] * 8, [0] * 10, [None] * 10])
def test_a_wrong_count_is_refused(answers: list[int | None]) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        score("phq9", answers)

    assert refusal.value.sentence == f"This questionnaire has 9 questions, and {len(answers)} answers came."


def test_tenths_are_taken_only_where_lines_are_measured() -> None:
    assert score("ors", [Decimal("6.5"), 7, Decimal("0.1"), 10]).total == Decimal("23.6")
    for wrong in (Decimal("6.55"), Decimal("10.1"), Decimal("NaN"), Decimal("sNaN")):
        with pytest.raises(InvalidAnswer):
            score("ors", [wrong, 7, 7, 7])


@pytest.mark.parametrize("name", ["phq", "", "PHQ9"])
def test_an_unknown_questionnaire_is_refused(name: str) -> None:
    with pytest.raises(UnknownInstrument) as refusal:
        score(name, [])

    assert (str(refusal.value), refusal.value.status) == ("unknown-instrument", 404)


@pytest.mark.parametrize("instrument_id", ["eq5d5l", "sas_sr", "iip32"])
def test_a_rule_that_is_not_kept_here_is_refused(instrument_id: str) -> None:
    with pytest.raises(NoScoringRule):
        score(instrument_id, [])
    with pytest.raises(NoScoringRule):
        enter_total(instrument_id, 1)


@pytest.mark.parametrize(
    ("instrument_id", "answers", "prorated"),
    [
        pytest.param("phq9", [2] * 8 + [None], 18, id="eight twos"),
        pytest.param("phq9", [2, 2, 0, 0, 0, 0, 0, 0, None], 5, id="4.5 goes up to 5"),
        pytest.param("phq9", [3, 1, 1, 1, 1, 0, 0, None, None], 9, id="two missing"),
        pytest.param("phq9", [1] * 6 + [None] * 3, None, id="three missing is too many"),
        pytest.param("gad7", [1, 1, 1, 0, 0, None, None], 4, id="4.2 goes down to 4"),
        pytest.param("core10", [1, 3, 3, 1, 1, 1, 1, 1, 1, None], Decimal("10.0"), id="one decimal"),
        pytest.param("core10", [1, 4, 4, 1, 1, 0, 0, 0, 0, None], Decimal("3.3"), id="reversed first"),
        pytest.param("core10", [1] * 8 + [None] * 2, None, id="CORE-10 allows one"),
        pytest.param("cesd", [0, 0, 0, None] + [0] * 16, 9, id="reversed first, 9.47"),
        pytest.param("who5", [5, 5, 5, 5, None], None, id="no rule, no estimate"),
        pytest.param("djg6", [2, 0, 0, 2, None, 2], 5, id="the manual counts with one missing"),
        pytest.param("phq9", [2] * 9, None, id="complete, nothing to estimate"),
    ],
)
def test_prorating(instrument_id: str, answers: list[int | None], prorated: int | Decimal | None) -> None:
    result = score(instrument_id, answers, prorate=True)

    assert (result.prorated, type(result.prorated)) == (prorated, type(prorated))
    assert score(instrument_id, answers).prorated is None
    assert (result.total is None) == (None in answers)


def test_pcl5_clusters() -> None:
    answers = [1] * 5 + [2] * 2 + [3] * 7 + [4] * 6

    assert score("pcl5", answers) == Score(
        instrument="pcl5",
        total=54,
        complete=True,
        missing=(),
        band="above",
        caseness=True,
        risk=False,
        subscales={"B_intrusion": 5, "C_avoidance": 4, "D_cognition_mood": 21, "E_arousal": 24},
        prorated=None,
    )


def test_a_subscale_needs_all_its_own_items_and_no_others() -> None:
    answers = [7, 7, 4, 4, 7, 1, 1, 4, 1, 7, 4, None]

    result = score("mspss", answers)

    assert result.total is None
    assert result.subscales == {"significant_other": Decimal(7), "family": Decimal(4), "friends": None}


def test_mspss_is_a_mean_that_is_not_rounded() -> None:
    result = score("mspss", [5] + [4] * 11)

    assert result.total == Decimal(49) / Decimal(12)
    assert result.subscales["significant_other"] == Decimal("4.25")


def test_qids_sums_nine_domains() -> None:
    answers = [1, 3, 0, 0, 1, 2, 0, 0, 0, 1, 1, 0, 1, 1, 0, 2]

    assert (score("qids16", answers).total, score("qids16", answers).band) == (3 + 1 + 2 + 4 + 2, "moderate")
    assert score("qids16", [None, *answers[1:]]).total is None


def test_dass21_doubles_three_subscales_and_has_no_total() -> None:
    result = score("dass21", [1] * 21)

    assert (result.total, result.complete, result.band) == (None, True, None)
    assert result.subscales == {"depression": 14, "anxiety": 14, "stress": 14}


def test_ecr_rs_averages_two_subscales_some_items_turned_round() -> None:
    assert score("ecr_rs", [7, 7, 7, 7, 1, 1, 2, 2, 3]).subscales == {
        "avoidance": Decimal(1),
        "anxiety": Decimal(7) / Decimal(3),
    }


def test_de_jong_gierveld_counts_yes_or_no_by_item() -> None:
    everybody_there = [0, 2, 2, 0, 2, 0]

    assert score("djg6", everybody_there).total == 0
    assert score("djg6", [1] * 6).subscales == {"emotional": 3, "social": 3}
    assert score("djg6", [2, 2, 2, None, 0, 2]).subscales == {"emotional": None, "social": 1}


def test_wsas_without_work_stands_beside_the_total_never_for_it() -> None:
    result = score("wsas", [None, 8, 8, 8, 8])

    assert (result.total, result.band, result.subscales) == (None, None, {"without_work": 32})


@pytest.mark.parametrize(
    ("instrument_id", "total", "band", "caseness", "risk"),
    [
        ("phq9", 10, "moderate", True, None),
        ("gad7", 7, "mild", False, False),
        ("epds", 13, "probable", None, None),
        ("wsas", 21, "moderate_severe", None, False),
        ("who5", 52, "not_low", None, False),
        ("mspss", Decimal("2.95"), "low", None, False),
        ("ors", Decimal("24.9"), None, None, False),
        ("mfq", 27, None, None, None),
    ],
)
def test_a_total_worked_out_elsewhere_is_taken_down(
    instrument_id: str, total: int | Decimal, band: str | None, caseness: bool | None, risk: bool | None
) -> None:
    result = enter_total(instrument_id, total)

    assert (result.total, result.band, result.caseness, result.risk) == (total, band, caseness, risk)


@pytest.mark.parametrize(
    ("instrument_id", "total"),
    [
        ("phq9", 28),
        ("phq9", -1),
        ("phq9", True),
        ("phq9", 9.0),
        ("phq9", Decimal(9)),
        ("phq9", None),
        ("who5", 50),
        ("k10", 9),
        ("mspss", Decimal("7.01")),
        ("ors", Decimal("NaN")),
    ],
)
def test_a_total_out_of_reach_is_refused(instrument_id: str, total: int) -> None:
    with pytest.raises(InvalidAnswer):
        enter_total(instrument_id, total)


@pytest.mark.parametrize("instrument_id", WITH_TOTAL)
def test_lowest_and_highest_total_are_those_of_the_data(instrument_id: str) -> None:
    instrument = get(instrument_id)
    least = [min(item.options, key=lambda o: o.points).value for item in instrument.items]
    most = [max(item.options, key=lambda o: o.points).value for item in instrument.items]

    assert score(instrument_id, least).total == instrument.scoring.minimum
    assert score(instrument_id, most).total == instrument.scoring.maximum


@st.composite
def filled_in(draw: st.DrawFn) -> tuple[str, list[int | Decimal | None]]:
    instrument = get(draw(st.sampled_from(SCORABLE)))
    answers = [
        draw(st.none() | st.sampled_from([option.value for option in item.options]))
        for item in instrument.items
    ]
    return instrument.id, answers


@settings(max_examples=60, deadline=None)
@given(filled_in())
def test_missing_and_complete_say_the_same_and_only_a_complete_form_has_a_total(
    form: tuple[str, list[int | Decimal | None]],
) -> None:
    instrument_id, answers = form

    result = score(instrument_id, answers, prorate=True)

    assert result.missing == tuple(n for n, answer in enumerate(answers, 1) if answer is None)
    assert result.complete == (result.missing == ())
    if result.missing:
        assert (result.total, result.band, result.caseness) == (None, None, None)
    elif get(instrument_id).scoring.total != "none":
        assert get(instrument_id).scoring.minimum <= result.total <= get(instrument_id).scoring.maximum  # type: ignore[operator]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=9, max_size=9), st.randoms())
def test_the_order_of_answers_never_changes_a_plain_sum(answers: list[int], random: object) -> None:
    shuffled = sorted(answers, key=lambda _: random.random())  # type: ignore[attr-defined]

    assert score("phq9", shuffled).total == score("phq9", answers).total


@settings(max_examples=40, deadline=None)
@given(filled_in(), st.data())
def test_one_answer_that_counts_more_never_lowers_the_total(
    form: tuple[str, list[int | Decimal | None]], data: st.DataObject
) -> None:
    instrument = get(form[0])
    answers = [
        item.options[0].value if a is None else a for item, a in zip(instrument.items, form[1], strict=True)
    ]
    item = data.draw(st.sampled_from(instrument.items))
    more = data.draw(st.sampled_from(item.options))
    before = next(option for option in item.options if option.value == answers[item.n - 1])

    raised = score(instrument.id, [*answers[: item.n - 1], more.value, *answers[item.n :]]).total
    total = score(instrument.id, answers).total

    assert raised is None or total is None or (more.points < before.points) or raised >= total


@settings(max_examples=60, deadline=None)
@example([0, None, 3, 0, 0, 0, 0, 0, 0])
@given(st.lists(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), max_size=12))
def test_anything_at_all_is_scored_or_refused(answers: list[object]) -> None:
    try:
        result = score("phq9", answers)  # type: ignore[arg-type]
    except InvalidAnswer:
        return
    assert all(answer is None or (type(answer) is int and 0 <= answer <= 3) for answer in answers)
    assert result.complete == (None not in answers)
