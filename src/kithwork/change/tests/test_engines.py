"""Both engines count the same of every value that there may be, and read words alike in whatever form they come."""

from typing import Any

import numpy as np
import pytest

from kithwork.change import engines, national_table, outcomes_by, plain, warm_up
from kithwork.change.checks import checks
from kithwork.change.columns import coded
from kithwork.change.kinds import WRONG
from kithwork.change.ready import Ready, make_ready

# More than one thread's share, and not a whole number of steps.
MANY = 120_007
NUMBERS = ("phq9_first", "phq9_last", "anxiety_first", "anxiety_last", "treatment_contacts")


def edges(many: int) -> dict[str, Any]:
    """Courses drawn from the values where something turns: gaps, both sides of each cut and end, what cannot be."""
    draw = np.random.default_rng(5)
    table = national_table().measures
    measure = draw.choice([*(name for name in table if name != "phq9"), "", " gad7 "], many)
    phq9 = [np.nan, 0, 4, 9, 9.99995, 10, 16, 21, 27, 27.01, -0.01, np.inf, -np.inf]
    anxiety = {
        name: [np.nan, *(float(part) for part in (one.least, one.most, one.caseness, one.least + one.reliable_change)),
               float(one.caseness) - 0.01, float(one.most - one.reliable_change), float(one.most) + 0.01, -1, np.inf]
        for name, one in table.items()
    }  # fmt: skip
    choices = np.array([anxiety[name.strip() or "gad7"] for name in measure])
    day = np.datetime64("2025-01-01")
    days = np.array([day, day + 42, day + 43, day + 126, day + 127, day - 1, np.datetime64("NaT")])
    row = np.arange(many)
    return {
        "phq9_first": draw.choice(phq9, many), "phq9_last": draw.choice(phq9, many),
        "anxiety_first": choices[row, draw.integers(0, 10, many)],
        "anxiety_last": choices[row, draw.integers(0, 10, many)],
        "anxiety_measure": measure,
        "treatment_contacts": draw.choice([np.nan, 0, 1, 2, 3, 2.5, -1, np.inf, -np.inf], many),
        "ended": draw.random(many) < 0.7,
        "referred_on": draw.choice(days[[0, 0, 0, 6]], many), "first_treatment_on": draw.choice(days, many),
    }  # fmt: skip


def test_both_engines_count_the_same_of_every_edge() -> None:
    compiled = pytest.importorskip("kithwork.change.compiled", reason="needs Numba", exc_type=ImportError)
    columns, table = edges(MANY), national_table()
    ready, again = (make_ready(columns, table, each.encode) for each in (plain, compiled))
    group = np.random.default_rng(1).integers(0, 7, MANY).astype(np.int32)
    alone = np.arange(2000, dtype=np.int32)
    few: Ready = make_ready({name: column[:2000] for name, column in columns.items()}, table, compiled.encode)

    assert np.array_equal(np.array(ready.measures)[ready.measure], np.array(again.measures)[again.measure])
    counted = plain.tally(ready, group, 7)
    assert (counted.sum(), (counted.sum(axis=0) > 0).sum() > 200) == (MANY, True)
    assert np.array_equal(compiled.tally(again, group, 7), counted)
    assert np.array_equal(compiled.tally(few, alone, 2000), plain.tally(few, alone, 2000))


def test_a_course_is_of_a_wrong_kind_where_a_check_refuses_it() -> None:
    table = national_table()
    ready = make_ready(edges(MANY), table, plain.encode)
    refused = np.logical_or.reduce([rows for rows, _ in checks(ready.as_columns(), table)])

    wrong = plain.kinds(ready) & WRONG != 0

    assert 0 < wrong.sum() < MANY
    assert np.array_equal(wrong, refused)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["gad7", "", "pcl5", " "] * 30_000, id="few words, many times"),
        pytest.param([f"practice {n % 90_000}" for n in range(MANY)], id="many words"),
        pytest.param(["ä", "\U0001f642", "a", "ab", "abc", "a"], id="other letters"),
        pytest.param(["b"], id="one"),
        pytest.param([], id="none"),
    ],
)
def test_both_engines_read_the_same_words(words: list[str]) -> None:
    compiled = pytest.importorskip("kithwork.change.compiled", reason="needs Numba", exc_type=ImportError)
    column = np.array(words, dtype=np.str_)
    said = [word.strip() for word in words]

    for form in (column, column.astype(object), words, column.astype(f">U{column.dtype.itemsize // 4}")):
        for engine in (plain, compiled):
            found = coded("focus", form, len(words), engine.encode)
            assert [found.words[code].strip() for code in found.codes] == said
            assert len(set(found.words)) == len(found.words)


def test_words_that_are_numbered_already_are_taken_as_they_are() -> None:
    pandas, arrow = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    words = ["loss", None, "conflict", "loss", ""]
    frame = pandas.DataFrame({"focus": words})
    parts = arrow.chunked_array([arrow.array(words[:2]), arrow.array(words[2:])])
    forms = {
        "text": frame["focus"],
        "object": frame["focus"].astype(object),
        "category": frame["focus"].astype("category"),
        "categorical": pandas.Categorical(words, categories=["change", "loss", "conflict", ""]),
        "numbers": pandas.Series([1, None, 2, 1, None]),
        "arrow": arrow.array(words),
        "arrow parts": parts,
        "dictionary": parts.dictionary_encode(),
        "dictionaries": arrow.chunked_array([part.dictionary_encode() for part in parts.chunks]),
    }

    read = {name: coded("focus", form, 5, plain.encode) for name, form in forms.items()}

    assert {name: [one.words[code] for code in one.codes] for name, one in read.items()} == {
        name: ["1.0", "", "2.0", "1.0", ""] if name == "numbers" else ["loss", "", "conflict", "loss", ""]
        for name in forms
    }


def test_a_value_that_nobody_has_makes_no_group() -> None:
    pandas = pytest.importorskip("pandas")
    focus = pandas.Categorical(["loss", "conflict"], categories=["change", "loss", "conflict"])

    apart = outcomes_by(dict.fromkeys(NUMBERS, np.ones(2)) | {"ended": [True, True], "focus": focus}, "focus")

    assert {name: one.counts["courses"] for name, one in apart.items()} == {"conflict": 1, "loss": 1}


def test_many_groups_are_counted_some_at_a_time() -> None:
    practice = np.array([f"{n % 9000:05}" for n in range(20_000)])
    columns = dict.fromkeys(NUMBERS, np.full(20_000, 2.0)) | {"ended": np.arange(20_000) % 2 == 0}

    apart = outcomes_by(columns | {"practice": practice}, "practice")

    assert {name: (one.counts["courses"], one.counts["finished"]) for name, one in apart.items()} == {
        f"{n:05}": (2 + (n < 2000), (2 + (n < 2000)) * (n % 2 == 0)) for n in range(9000)
    }


def test_nothing_is_compiled_before_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    monkeypatch.setattr(engines, "_ready", [])
    assert engines.engine() is plain

    assert warm_up() == "compiled"

    assert engines.engine().__name__ == "kithwork.change.compiled"
