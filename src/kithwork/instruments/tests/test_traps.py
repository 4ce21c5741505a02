"""Traps that have produced wrong numbers elsewhere, each held by a test."""

from decimal import Decimal

import pytest

from kithwork.instruments import InvalidAnswer, cesdr_category, get, pcl5_pattern, phq9_pattern, score


def test_answered_items_are_never_summed_alone() -> None:
    assert score("phq9", [2, 2, 2, 2, 2, 2, 2, None, 2]).total is None


def test_item_nine_is_seen_on_an_incomplete_form() -> None:
    assert score("phq9", [None] * 8 + [3]).risk is True
    assert score("phq9", [3] * 8 + [None]).risk is None


@pytest.mark.parametrize(
    ("instrument_id", "answers", "caseness"),
    [
        ("phq9", [1] * 9, False),
        ("phq9", [2] + [1] * 8, True),
        ("gad7", [1] * 7, False),
        ("gad7", [2] + [1] * 6, True),
        ("pcl5", [1] * 8 + [2] * 12, True),
        ("pcl5", [1] * 9 + [2] * 11, False),
    ],
)
def test_caseness_is_at_or_above_the_cut(instrument_id: str, answers: list[int], caseness: bool) -> None:
    assert score(instrument_id, answers).caseness is caseness


def test_all_first_options_are_not_nought_where_items_are_reversed() -> None:
    assert score("cesd", [0] * 20).total == 12
    assert score("core10", [0] * 10).total == 8


def test_all_top_boxes_of_the_epds_come_to_21_once_keyed() -> None:
    keyed_top_boxes = [0 if item in (1, 2, 4) else 3 for item in range(1, 11)]

    assert score("epds", keyed_top_boxes).total == 21


def test_cesd_items_are_reversed_and_others_are_not() -> None:
    assert [item.n for item in get("cesd").items if item.reverse] == [4, 8, 12, 16]
    assert [item.n for item in get("core10").items if item.reverse] == [2, 3]
    assert [item.n for item in get("phq9").items if item.reverse] == []


def test_the_adolescent_form_has_its_own_order_and_so_no_borrowed_wording() -> None:
    phqa = get("phqa")

    assert {item.text for item in phqa.items} == {""}
    assert [item.n for item in phqa.items if item.risk] == [9]
    assert any("item order differs" in trap for trap in phqa.traps)


def test_k10_runs_from_10_to_50_and_refuses_noughts() -> None:
    assert (score("k10", [1] * 10).total, score("k10", [5] * 10).total) == (10, 50)
    with pytest.raises(InvalidAnswer):
        score("k10", [0] * 10)
    assert get("k10").rule_version == "k10-1to5-1"


def test_k6_is_six_less_than_the_same_k10_answers() -> None:
    k10 = [2, 3, 1, 4, 5, 1, 2, 3, 4, 5]
    on_k6 = [k10[item - 1] - 1 for item in (2, 4, 5, 8, 9, 10)]

    assert score("k6", on_k6).total == sum(k10[item - 1] for item in (2, 4, 5, 8, 9, 10)) - 6


@pytest.mark.parametrize("instrument_id", ["who5", "mspss", "lsns6", "reqol10", "srs", "ors", "wai_sr"])
def test_up_is_good_where_it_is(instrument_id: str) -> None:
    assert get(instrument_id).higher_is == "better"


def test_loinc_answers_of_the_difficulty_item_are_not_in_numeric_order() -> None:
    (difficulty,) = get("phq9").extra_items

    assert [(option.value, option.label, option.loinc) for option in difficulty.options] == [
        (0, "Not difficult at all", "LA6572-7"),
        (1, "Somewhat difficult", "LA6573-5"),
        (2, "Very difficult", "LA6575-0"),
        (3, "Extremely difficult", "LA6574-3"),
    ]


def test_the_alcohol_total_does_not_borrow_the_code_of_an_abuse_screen() -> None:
    assert get("auditc").loinc["total"] == "75626-2"


def test_gad7_has_the_official_options() -> None:
    assert [(option.value, option.label) for option in get("gad7").options] == [
        (0, "Not at all"),
        (1, "Several days"),
        (2, "More than half the days"),
        (3, "Nearly every day"),
    ]


def test_mood_and_feelings_ranges() -> None:
    assert (get("smfq").scoring.maximum, get("mfq").scoring.maximum) == (26, 66)


def test_prolonged_grief_counts_ten_items() -> None:
    assert (score("pg13r", [1] * 10).total, score("pg13r", [5] * 10).total) == (10, 50)
    with pytest.raises(InvalidAnswer):
        score("pg13r", [1] * 11)


def test_a_half_is_rounded_up() -> None:
    assert score("phq9", [4 - 1, 1, 0, 0, 0, 0, 0, 0, None], prorate=True).prorated == 5


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (35, "low"),
        (36, "moderate"),
        (48, "moderate"),
        (60, "moderate"),
        (61, "high"),
    ],
)
def test_mspss_bands_follow_the_mean_and_leave_no_gap(total: int, band: str) -> None:
    answers = [1 + (total - 12) // 12 + (item < (total - 12) % 12) for item in range(12)]

    result = score("mspss", answers)

    assert (result.total, result.band) == (Decimal(total) / Decimal(12), band)


def test_who5_is_four_times_the_sum() -> None:
    assert [(score("who5", a).total, score("who5", a).band) for a in ([1, 1, 1, 2, 2], [5] * 5, [2] * 5)] == [
        (28, "very_low"),
        (100, "not_low"),
        (40, "low"),
    ]


def test_the_two_top_options_of_the_cesdr_count_alike() -> None:
    assert score("cesdr", [4] * 20).total == score("cesdr", [3] * 20).total == 60


@pytest.mark.parametrize(
    ("answers", "pattern"),
    [
        pytest.param([2, 0, 2, 2, 2, 0, 0, 0, 1], "major", id="item 9 counts from 1"),
        pytest.param([2, 0, 2, 2, 2, 1, 1, 1, 0], "other", id="four symptoms"),
        pytest.param([2, 0, 0, 0, 0, 0, 0, 0, 1], "other", id="two symptoms"),
        pytest.param([3, 0, 0, 0, 0, 0, 0, 0, 0], "none", id="one symptom"),
        pytest.param([1, 1, 3, 3, 3, 3, 3, 3, 3], "none", id="neither core symptom"),
        pytest.param([3, 3, 3, 3, 3, 3, 3, 3, None], None, id="incomplete"),
    ],
)
def test_phq9_pattern(answers: list[int | None], pattern: str | None) -> None:
    assert phq9_pattern(answers) == pattern


def test_pcl5_pattern_needs_every_cluster() -> None:
    met = [2] + [0] * 4 + [2, 0] + [2, 2] + [0] * 5 + [2, 2] + [0] * 4

    assert pcl5_pattern(met) is True
    assert pcl5_pattern([0, *met[1:]]) is False
    assert pcl5_pattern([None, *met[1:]]) is None


@pytest.mark.parametrize(
    ("fours", "threes", "category"),
    [
        pytest.param((8, 1, 5, 3, 9), (), "major", id="four other groups nearly every day"),
        pytest.param((2, 1, 5, 3), (), "probable_major", id="three other groups"),
        pytest.param((2,), (1, 5), "possible_major", id="two other groups"),
        pytest.param((2,), (1,), "none", id="total below 16 is none, not subthreshold"),
        pytest.param((), (1, 5, 3, 9, 7, 12), "subthreshold", id="no gate, total 18"),
    ],
)
def test_cesdr_category(fours: tuple[int, ...], threes: tuple[int, ...], category: str) -> None:
    answers = [4 if n in fours else 3 if n in threes else 0 for n in range(1, 21)]

    assert cesdr_category(answers) == category
    assert cesdr_category([*answers[:-1], None]) is None
