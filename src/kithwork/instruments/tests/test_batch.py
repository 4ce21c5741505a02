"""Many rows at once: a refused row is named, the others go on."""

import json
from io import StringIO

import pytest

from kithwork.instruments import RefusedRow, UnknownInstrument, score_file, score_rows

NINE = [2, 1, 0, 3, 1, 1, 2, 0, 1]
SCORED = {
    "total": 11,
    "complete": True,
    "band": "moderate",
    "prorated": None,
    "subscales": {},
    "risk": True,
    "caseness": True,
}
HEADER = ",".join(f"q{n}" for n in range(1, 10))
ROW = "2,1,0,3,1,1,2,0,1"


def run(text: str, instrument_id: str = "phq9") -> list[dict[str, object] | RefusedRow]:
    return list(score_file(instrument_id, StringIO(text)))


def sentences(results: list[dict[str, object] | RefusedRow]) -> list[object]:
    return [(r.line, r.sentence) if isinstance(r, RefusedRow) else r["total"] for r in results]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(NINE, id="a list"),
        pytest.param(tuple(NINE), id="a tuple"),
        pytest.param({f"q{n}": a for n, a in enumerate(NINE, 1)}, id="names q1 to q9"),
        pytest.param({f"phq9_{n}": a for n, a in enumerate(NINE, 1)}, id="names of the form"),
        pytest.param({"client": "x", "answers": NINE}, id="under answers"),
        pytest.param(
            {"note": 1, **{f"Q{n}": a for n, a in enumerate(NINE, 1)}}, id="other names passed over"
        ),
    ],
)
def test_a_row_may_be_a_sequence_or_a_mapping(row: object) -> None:
    assert list(score_rows("phq9", [row])) == [SCORED]


def test_a_refused_row_is_named_and_the_others_go_on() -> None:
    results = list(score_rows("phq9", [NINE, [9] * 9, NINE]))

    assert results == [
        SCORED,
        RefusedRow(
            line=2,
            code="invalid-answer",
            sentence="The answer to question 1 is not one of its options.",
            next_step="Choose one from 0 to 3, or leave it empty.",
        ),
        SCORED,
    ]


def test_an_unknown_questionnaire_stops_the_whole_run() -> None:
    with pytest.raises(UnknownInstrument):
        list(score_rows("nothing", [[1]]))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{ROW}\n", id="CSV without names"),
        pytest.param(f"{HEADER}\n{ROW}\n", id="CSV with names"),
        pytest.param(f"\ufeff{HEADER}\r\n{ROW}\r\n", id="as a spreadsheet writes it"),
        pytest.param(f"{HEADER}\n{ROW}\n".replace(",", ";"), id="semicolons"),
        pytest.param(f"{HEADER}\n{ROW}".replace(",", "\t"), id="tabs, no last line end"),
        pytest.param(f"client,{HEADER.replace('q', 'phq9_')}\nA,{ROW}\n", id="another column first"),
        pytest.param(f"\n\n{HEADER}\n\n{ROW}\n\n", id="empty lines"),
        pytest.param(" 2 ,1,0,3,1,1,2,0,1\n", id="blanks round a number"),
        pytest.param(json.dumps(NINE), id="a JSON list"),
        pytest.param(
            "\n" + json.dumps({f"q{n}": a for n, a in enumerate(NINE, 1)}) + "\n\n", id="a JSON object"
        ),
    ],
)
def test_a_file_is_read_whatever_its_shape(text: str) -> None:
    assert run(text) == [SCORED]


def test_names_may_stand_in_any_order() -> None:
    backwards = ",".join(f"phq9_{n}" for n in range(9, 0, -1))

    (result,) = run(f"{backwards}\n1,,,,,,,,\n")

    assert isinstance(result, dict)
    assert (result["risk"], result["complete"], result["total"]) == (True, False, None)


def test_an_empty_cell_is_an_answer_not_given() -> None:
    assert sentences(run("2,,0,3,1,1,2,0,1\n")) == [None]
    assert sentences(run("[2, null, 0, 3, 1, 1, 2, 0, 1]\n")) == [None]


def test_prorating_is_done_when_asked() -> None:
    (result,) = score_file("phq9", StringIO("2,2,2,2,2,2,2,2,\n"), prorate=True)

    assert isinstance(result, dict)
    assert (result["total"], result["prorated"]) == (None, 18)


def test_decimals_are_given_as_plain_numbers() -> None:
    (result,) = run("4,4,4,4,4,4,4,4,4,4,4,4\n", "mspss")

    assert json.loads(json.dumps(result))["total"] == 4.0
    assert sentences(run("6.5,7,0.1,10\n", "ors")) == [23.6]


def test_lines_are_those_of_the_file() -> None:
    text = f"\n{HEADER}\n{ROW}\n\n1,2\n{ROW[:-1]}7\n{ROW[:-1]}x\n{ROW[:-1]}1.0\n{ROW}\n"

    assert sentences(run(text)) == [
        11,
        (5, "This row has 2 cells, and the first row names 9."),
        (6, "The answer to question 9 is not one of its options."),
        (7, "The answer to question 9 is not one of its options."),
        (8, "The answer to question 9 is not one of its options."),
        11,
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "This line is not JSON."),
        ("[" * 100_000, "This line is not JSON."),
        ("7", "This row is not a list of answers."),
        ('"2101"', "This row is not a list of answers."),
        ('{"a": 1}', "The names of these answers do not fit the questions."),
        ('{"q1": 1, "q10": 1}', "The names of these answers do not fit the questions."),
        ('{"q1": 1, "phq9_1": 1}', "Question 1 is answered twice."),
        ('["2", 1, 0, 3, 1, 1, 2, 0, 1]', "The answer to question 1 is not one of its options."),
        ("[true, 1, 0, 3, 1, 1, 2, 0, 1]", "The answer to question 1 is not one of its options."),
        ("[NaN, 1, 0, 3, 1, 1, 2, 0, 1]", "The answer to question 1 is not one of its options."),
    ],
)
def test_a_json_line_that_is_no_form_is_refused(line: str, sentence: str) -> None:
    assert sentences(run(f"{json.dumps(NINE)}\n{line}\n{json.dumps(NINE)}\n")) == [11, (2, sentence), 11]


def test_a_csv_that_names_a_question_twice_is_refused() -> None:
    assert sentences(run(f"q1,{HEADER}\n1,{ROW}\n")) == [(2, "The first row names a question twice.")]


def test_a_stray_quote_is_refused_and_the_rest_goes_on() -> None:
    assert sentences(run(f'{ROW}\n"2"x,1,0,3,1,1,2,0,1\n{ROW}\n')) == [11, (2, "This line is not CSV."), 11]


def test_a_first_row_of_other_names_is_refused() -> None:
    assert sentences(run(f"a,b,c,d,e,f,g,h,i\n{ROW}\n")) == [
        (1, "The answer to question 1 is not one of its options."),
        11,
    ]


def test_nothing_in_nothing_out() -> None:
    assert run("") == run("\n \n") == []
