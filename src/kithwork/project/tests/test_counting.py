"""``kithwork outcomes``: means of finished courses, and files that are none."""

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from kithwork.project import progress
from kithwork.project.cli import Stop, main
from kithwork.project.files import reading

HEAD = "course_id,focus,discharged_on,treatment_contacts,phq9_first,phq9_last,anxiety_first,anxiety_last\n"
FINISHED = "a,grief,2025-06-01,8,18,6,14,5\nb,grief,2025-06-01,5,14,10,10,9\n"
# One goes on, and one ended after a single contact.
UNFINISHED = "c,grief,,3,2,20,1,20\nd,dispute,2025-06-01,1,27,0,21,0\n"


def counted(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> dict[str, Any]:
    (folder / "courses.csv").write_text(text)
    assert main(["outcomes", str(folder / "courses.csv"), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["groups"]["all"]
    return found


def test_means_are_of_finished_courses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    every = counted(tmp_path, capsys, HEAD + FINISHED + UNFINISHED)
    phq9 = every["effect_sizes"]["phq9"]

    assert (every["counts"]["courses"], every["counts"]["finished"]) == (4, 2)
    assert every["mean_treatment_contacts"] == 6.5
    assert (phq9["people"], phq9["first_mean"], phq9["last_mean"]) == (2, 16.0, 8.0)
    assert phq9["size"] == pytest.approx(8 / 8**0.5)
    assert every["effect_sizes"] == counted(tmp_path, capsys, HEAD + FINISHED)["effect_sizes"]


def test_mean_contacts_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "courses.csv").write_text(HEAD + FINISHED + UNFINISHED)

    assert main(["outcomes", str(tmp_path / "courses.csv"), "--by", "focus"]) == 0

    dispute, grief = capsys.readouterr().out.split("\n\n")[:2]
    assert "  mean treatment contacts      6.50   2 finished courses" in grief.splitlines()
    assert "contacts" not in dispute


def test_a_course_that_stands_twice_is_counted_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "courses.csv").write_text(HEAD + FINISHED + FINISHED.splitlines()[0])

    assert main(["outcomes", str(tmp_path / "courses.csv")]) == 1

    out, said = capsys.readouterr()
    assert out.startswith("all: 2 courses, 2 of them finished\n")
    assert said == (
        "line 4: The course a in row 3 is counted already, by an earlier row. Keep one row for each course.\n"
    )


def test_a_csv_may_say_that_a_course_has_ended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (HEAD + FINISHED + UNFINISHED).replace("discharged_on", "ended").replace("2025-06-01", "yes")

    assert counted(tmp_path, capsys, text)["counts"]["finished"] == 2


@pytest.mark.parametrize("words", [["outcomes"], ["score", "phq9"]], ids=" ".join)
@pytest.mark.parametrize(
    ("name", "part"), [("", "is a folder. Give one file."), ("nothing.csv", "There is no file")]
)
def test_what_is_no_file_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], name: str, part: str
) -> None:
    assert main([*words, str(tmp_path / name)]) == 1

    out, said = capsys.readouterr()
    assert (out, said.count("\n"), part in said, str(tmp_path) in said) == ("", 1, True, True)


def test_a_file_that_may_not_be_read_is_said_so(tmp_path: Path) -> None:
    """Rights are not tried out: they do not hold for whoever runs the tests as root."""
    with (
        pytest.raises(Stop, match=r"You may not read .*notes\.csv"),
        reading(tmp_path / "notes.csv"),
    ):
        raise PermissionError


def as_parquet(folder: Path, text: str) -> Path:
    csv, parquet = pytest.importorskip("pyarrow.csv"), pytest.importorskip("pyarrow.parquet")
    (folder / "courses.csv").write_text(text)
    parquet.write_table(csv.read_csv(folder / "courses.csv"), folder / "courses.parquet", row_group_size=2)
    return folder / "courses.parquet"


def test_reading_parquet_is_shown_as_reading_a_csv_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = as_parquet(tmp_path, HEAD + FINISHED + UNFINISHED)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(progress, "QUIET_SECONDS", -1)
    seconds = count()
    monkeypatch.setattr("time.monotonic", lambda: next(seconds))

    assert main(["outcomes", str(path)]) == 0

    shown = capsys.readouterr().err.split("\r")
    assert [line.strip() for line in shown if line.startswith("Reading")] == [
        f"Reading {'█' * 20}{'·' * 20} 2",
        f"Reading {'█' * 40} 4",
    ]


def test_a_folder_of_parquet_is_read_as_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = as_parquet(tmp_path, HEAD + FINISHED)
    (tmp_path / "all.parquet").mkdir()
    path.rename(tmp_path / "all.parquet" / "part.parquet")

    assert main(["outcomes", str(tmp_path / "all.parquet")]) == 0
    assert capsys.readouterr().out.startswith("all: 2 courses, 2 of them finished\n")


def test_parquet_that_is_not_there_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyarrow")

    assert main(["outcomes", str(tmp_path / "nothing.parquet")]) == 1
    assert capsys.readouterr().err == f"There is no file {tmp_path / 'nothing.parquet'}.\n"
