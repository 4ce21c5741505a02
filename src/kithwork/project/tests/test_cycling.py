"""``kithwork cycle``: what it says to somebody who gives it a good file, a bad one, or none."""

import csv
import io
import json
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from kithwork.cycle import GENERIC, CyclePrior
from kithwork.cycle.files import PEOPLE_A_PART, rows_of_people, to_parquet
from kithwork.cycle.parameters import ITEM_NAMES
from kithwork.cycle.prior_files import prior_as_text, read_prior
from kithwork.cycle.priors import POPULATION_REAL
from kithwork.project import cycling
from kithwork.project.cli import main

TWO = replace(GENERIC.for_items(2), a_sd=np.full((2, 2), 0.1))
HEAD = "person,day,sad,apart\n"


def diary(people: int, days: int) -> str:
    rows = [
        f"p{who},{day},{(day * 7 + who) % 5 + day // 9},{(day * 3 + who * 2) % 7}"
        for who in range(people) for day in range(1, days + 1)
    ]  # fmt: skip
    return HEAD + "\n".join(rows) + "\n"


def test_a_csv_gives_a_line_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "d.csv").write_text(diary(3, 30))

    assert main(["cycle", "fit", str(tmp_path / "d.csv"), "--engine", "local=1"]) == 0

    said = capsys.readouterr()
    rows = list(csv.DictReader(said.out.splitlines()))
    assert [(row["person"], row["days_seen"], row["pairs"]) for row in rows] == [
        (f"p{n}", "30", "29") for n in range(3)
    ]
    assert "no proof of a cause" in said.err


def test_bad_rows_are_told_with_their_line_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = diary(2, 20).splitlines()
    lines[3], lines[7] = "p0,soon,1,2", "p0,7,very,2"
    (tmp_path / "d.csv").write_text("\n".join(lines))

    assert (
        main(["cycle", "fit", str(tmp_path / "d.csv"), "--engine=local=1", "--out", str(tmp_path / "o.csv")])
        == 1
    )

    said = capsys.readouterr().err.splitlines()
    assert said[:2] == [
        "line 4: The day is neither a whole number nor a date. Write 12, or 2025-03-18.",
        "line 8: sad is not a number. Correct it, or leave the cell empty: an empty cell is a missing answer.",
    ]
    rows = list(csv.DictReader((tmp_path / "o.csv").read_text().splitlines()))
    assert [row["days_seen"] for row in rows] == ["18", "20"]
    assert len(rows[0]) == 6 + 10 + 16
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d.csv", "o.csv"]


@pytest.mark.parametrize(
    ("content", "more", "sentence"),
    [
        (None, [], "There is no file"),
        ("who,day,a,b\n1,1,1,1\n", [], "The table lacks the columns person."),
        (HEAD, ["--engine", "cloud"], "There is no engine cloud. Say local"),
        (HEAD, ["--out", "o.xlsx"], "o.xlsx should end in .parquet or .csv."),
        (HEAD + "1,1,1\n", [], "Line 2 has 3 cells, and the first line 4."),
        (HEAD + "p,1,\x00,2\n", [], "is not a CSV file in UTF-8"),
        (
            HEAD + "p,1,1,2\n",
            ["--mood", "zz"],
            "The mood zz is none of the answers, which are sad, apart. Choose among them with --mood.",
        ),
        (
            HEAD + "p,1,1,2\n",
            ["--mood", "person"],
            "The mood person is none of the answers",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, more: list[str], sentence: str
) -> None:
    path = tmp_path / "d.csv"
    if content is not None:
        path.write_text(content)
    assert main(["cycle", "fit", str(path), "--engine", "local=1", *more]) == 1
    assert sentence in capsys.readouterr().err


def test_simulated_courses_are_files_that_our_other_commands_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made"
    simulate = ["cycle", "simulate", "--clients", "40", "--weeks", "8", "--seed", "5", "--engine", "local=1"]

    assert main([*simulate, "--out", str(out)]) == 0
    before = {path: path.read_bytes() for path in out.rglob("*.parquet")}
    assert sorted(path.parent.name for path in before) == [
        "attendance", "check_ins", "courses", "diary", "events", "truth",
    ]  # fmt: skip
    about = json.loads((out / "about.json").read_text())
    assert {one["name"] for one in about["parameters"]} >= {"carry_over", "depression_start"}

    (out / "truth" / "part-00000.parquet").unlink()
    assert main([*simulate, "--out", str(out)]) == 0
    assert {path: path.read_bytes() for path in out.rglob("*.parquet")} == before
    assert main([*simulate, "--like", "strong", "--out", str(out)]) == 1
    assert "holds other simulated clients" in capsys.readouterr().err

    assert main(["outcomes", str(out / "courses" / "part-00000.parquet"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["groups"]["all"]["counts"]["courses"] == 40

    fitted = tmp_path / "fitted.parquet"
    assert main(["cycle", "fit", str(out), "--engine=local=1", "--kernel=plain", "--out", str(fitted)]) == 0
    from pyarrow import parquet

    table = parquet.read_table(fitted)
    assert (table.num_rows, table.num_columns) == (40, 116)


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        ("made", "made is a file. Give a new folder."),
        ("made/below", "below cannot be made: Not a directory."),
    ],
)
def test_courses_are_not_simulated_into_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str, sentence: str
) -> None:
    (tmp_path / "made").write_text("kept")
    simulate = ["cycle", "simulate", "--clients", "4", "--weeks", "8", "--engine", "local=1"]

    assert main([*simulate, "--out", str(tmp_path / out)]) == 1

    assert sentence in capsys.readouterr().err
    assert (tmp_path / "made").read_text() == "kept"


def test_one_parquet_is_estimated_in_pieces_and_bad_rows_keep_their_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from pyarrow import csv as arrow_csv
    from pyarrow import parquet

    table = arrow_csv.read_csv(io.BytesIO(diary(3, 20).encode()))
    days = table["day"].cast("string").to_pylist()
    days[4], days[46] = "soon", "never"
    table = table.set_column(1, "day", [days])
    parquet.write_table(table, tmp_path / "d.parquet")
    fit = ["cycle", "fit", str(tmp_path / "d.parquet"), "--engine=local=1", "--kernel=plain"]
    cut = rows_of_people(tmp_path / "d.parquet", cycling.PARTS_AT_LEAST, PEOPLE_A_PART)
    assert len(cut) == 3

    assert main([*fit, "--out", str(tmp_path / "o.csv")]) == 1

    said = capsys.readouterr().err
    assert [line.split(":")[0] for line in said.splitlines() if "neither" in line] == [
        "d.parquet, row 5", "d.parquet, row 47",
    ]  # fmt: skip
    rows = list(csv.DictReader((tmp_path / "o.csv").read_text().splitlines()))
    assert [int(row["days_seen"]) for row in rows] == [19, 20, 19]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no", "d.parquet is not a Parquet file. Give one, or a CSV."),
        (None, "The table lacks the columns person."),
    ],
)
def test_one_file_that_holds_no_diary_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, sentence: str
) -> None:
    (tmp_path / "d.parquet").write_bytes(content or to_parquet({"day": np.array([1]), "a": np.array([1])}))

    assert main(["cycle", "fit", str(tmp_path / "d.parquet"), "--engine=local=1"]) == 1
    assert sentence in capsys.readouterr().err


def test_without_pyarrow_it_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    simulate = ["cycle", "simulate", "--clients", "4", "--weeks", "8", "--out", str(tmp_path / "made")]
    assert main(simulate) == 1
    assert capsys.readouterr().err == (
        "Writing simulated courses as Parquet needs pyarrow: pip install 'kithwork[numbers]'.\n"
    )


def test_a_prior_is_learned_from_some_people_written_down_and_used_for_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    some, others, prior = tmp_path / "some", tmp_path / "others", tmp_path / "prior.json"
    for out, clients, seed in ((some, "40", "5"), (others, "6", "6")):
        simulate = ["cycle", "simulate", "--clients", clients, "--weeks", "8", "--seed", seed]
        assert main([*simulate, "--engine=local=1", "--out", str(out)]) == 0
    fit = ["cycle", "fit", "--engine=local=1", "--kernel=plain"]

    assert (
        main(
            [*fit, str(some), "--prior=learned", "--prior-out", str(prior), "--out", str(tmp_path / "a.csv")]
        )
        == 0
    )

    told = json.loads(prior.read_text())
    assert (told["items"], told["name"], 20 <= told["people"] <= 40) == (list(ITEM_NAMES), "population", True)
    assert {name for name, row in told.items() if "s000" in str(row)} == set()  # nobody's diary

    arrows = []
    for which in (str(prior), "real"):
        assert main([*fit, str(others), "--prior", which, "--out", str(tmp_path / "b.csv")]) == 0
        rows = list(csv.DictReader((tmp_path / "b.csv").read_text().splitlines()))
        arrows.append([row["mood_to_relationships_mean"] for row in rows])
    assert len(arrows[0]) == 6
    assert arrows[0] != arrows[1]


def test_the_prior_that_was_written_is_the_one_that_is_read() -> None:
    back, items = read_prior(prior_as_text(POPULATION_REAL, ITEM_NAMES))

    assert items == tuple(ITEM_NAMES)
    for one in fields(CyclePrior):
        np.testing.assert_array_equal(getattr(back, one.name), getattr(POPULATION_REAL, one.name))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "Say real, generic, learned, or the name of a file."),
        ("nothing", "The prior is not JSON."),
        ("[]", "The prior is not JSON with names."),
        ("{}", "The prior does not name its items."),
        ('{"items": ["sad"]}', "The prior speaks of too few items, or of too many."),
        ('{"items": ["sad", "apart"]}', "a_mean of the prior is not a table of numbers."),
        ('{"items": ["sad", "apart"], "a_mean": [[1, 2]]}', "a_mean of the prior has not as many rows"),
        (
            prior_as_text(TWO, ("sad", "apart")).replace("0.1,", "0,"),
            "The numbers of the prior are no prior’s",
        ),
        (prior_as_text(TWO, ("low", "apart")), "speaks of low, apart, the diaries of sad, apart."),
    ],
    ids=[
        "no file",
        "no JSON",
        "a list",
        "no items",
        "one item",
        "no arrows",
        "too few",
        "no spread",
        "others",
    ],
)
def test_what_is_no_prior_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, sentence: str
) -> None:
    (tmp_path / "d.csv").write_text(diary(2, 20))
    prior = tmp_path / "prior.json"
    if content is not None:
        prior.write_text(content)

    assert main(["cycle", "fit", str(tmp_path / "d.csv"), "--engine=local=1", "--prior", str(prior)]) == 1
    assert sentence in capsys.readouterr().err


def test_only_what_was_learned_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "d.csv").write_text(diary(2, 20))

    assert main(["cycle", "fit", str(tmp_path / "d.csv"), "--prior-out", str(tmp_path / "p.json")]) == 1
    assert "Only a learned prior can be written." in capsys.readouterr().err
