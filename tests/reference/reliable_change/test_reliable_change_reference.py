"""Kithwork's reliable change against a program that shares nothing with it."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from kithwork.change import cutoffs, reliable_change, smallest_reliable_change, standard_error_of_difference

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


CASES = list(zip(rows("input.csv"), rows("output.csv"), strict=True))


@pytest.mark.parametrize(("given", "expected"), CASES, ids=[given["case"] for given, _ in CASES])
def test_same_numbers_as_the_reference(given: dict[str, str], expected: dict[str, str]) -> None:
    number = {name: float(value) for name, value in given.items() if name != "case"}
    steadiness = {"sd": number["sd"], "reliability": number["reliability"]}
    groups = {name: number[name] for name in ("clinical_mean", "clinical_sd", "normal_mean", "normal_sd")}

    change = reliable_change(number["before"], number["after"], **steadiness)
    found = cutoffs(**groups)

    assert given["case"] == expected["case"]
    assert ("yes" if change.reliable else "no") == expected["reliable"]
    assert [
        standard_error_of_difference(**steadiness),
        smallest_reliable_change(**steadiness),
        change.index,
        found.a,
        found.b,
        found.c,
    ] == pytest.approx(
        [float(expected[name]) for name in ("se_difference", "smallest_change", "index", "a", "b", "c")],
        rel=1e-12,
        abs=1e-12,
    )


def test_the_reference_prints_what_is_kept() -> None:
    given = (HERE / "input.csv").read_text(encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-I", str(HERE / "derive.py")],
        input=given,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == (HERE / "output.csv").read_text(encoding="utf-8")
