"""The command line as somebody types it: what it does, and how it says no."""

import io
import json
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from kithwork.project.cli import main
from tests.server.running import ROOT, Server, environment

REAL = {"KITHWORK_NOW": "", "KITHWORK_DATABASE_URL": "", "KITHWORK_KEYS_URL": ""}
INIT = ("init", "--clinic", "Lime Street", "--admin", "ada@example.org", "--country", "GB")


def kithwork(folder, *words, given="", **more):
    """Run one command on a folder; gives exit code, output and what was said on standard error."""
    words = (sys.executable, "-W", "ignore", "-m", "kithwork", *words)
    seen = environment(folder, **more)
    done = subprocess.run(words, env=seen, input=given, capture_output=True, text=True, check=False, cwd=ROOT)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """A real installation, in files of its own whatever the other tests run on."""
    folder = tmp_path_factory.mktemp("installed") / "real"
    code, _, said = kithwork(folder, *INIT, **REAL)
    assert code == 0, said
    return folder


@pytest.fixture
def real(installed, tmp_path):
    """A copy of it."""
    return Path(shutil.copytree(installed, tmp_path / "real"))


def test_routes_tell_every_address_and_who_may_open_it(folder):
    code, out, _ = kithwork(folder, "routes", "--json")

    found = {route["name"]: route for route in json.loads(out)}
    assert code == 0
    assert set(found["course:diary"]) == {"name", "pattern", "methods", "who"}
    assert found["course:diary"]["who"] == {
        "client": "own", "therapist": "own", "supervisor": "deny", "lead": "deny", "admin": "deny",
        "anonymous": "deny",
    }  # fmt: skip


def test_score_goes_on_after_a_refused_row(tmp_path, capsys):
    rows = tmp_path / "rows.csv"
    rows.write_text("2,1,0,3,0,1,2,0,1\n1,1,1,1,,1,1,1,0\n9,0,0,0,0,0,0,0,0\n")

    code = main(["score", "phq9", str(rows)])

    out, said = capsys.readouterr()
    whole, missing = (json.loads(line) for line in out.splitlines())
    assert (code, whole["total"], whole["risk"], missing["total"], missing["complete"]) == (
        1,
        10,
        True,
        None,
        False,
    )
    assert said.startswith("line 3: ")


def test_the_trail_holds_and_a_head_kept_elsewhere_is_checked(folder, tmp_path):
    code, head, _ = kithwork(folder, "trail", "head")
    kept = tmp_path / "head.json"
    kept.write_text(head)
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps({**json.loads(head), "root": "00" * 32}))

    assert code == 0
    assert kithwork(folder, "trail", "verify", "--head", str(kept))[0] == 0
    code, _, said = kithwork(folder, "trail", "verify", "--head", str(changed))
    assert (code, "does not hold" in said) == (1, True)


@pytest.mark.parametrize("words", [["nothing"], ["score"], ["trail", "burn"]], ids=" ".join)
def test_wrong_usage_is_exit_code_2(words):
    with pytest.raises(SystemExit) as stopped:
        main(words)

    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["score", "nosuch", "-"], "questionnaire"), (["serve"], "kithwork init")],
    ids=["an instrument that is not there", "a folder that holds nothing"],
)
def test_a_refusal_is_one_plain_sentence_and_exit_code_1(tmp_path, monkeypatch, capsys, words, sentence):
    monkeypatch.setenv("KITHWORK_DATA", str(tmp_path / "empty"))
    monkeypatch.setattr("sys.stdin", io.StringIO("1,1\n"))

    code = main(words)

    _, said = capsys.readouterr()
    assert (code, said.count("\n"), sentence in said) == (1, 1, True)


def test_an_installation_is_made_once_and_its_clock_is_the_real_one(real):
    assert kithwork(real, *INIT, **REAL)[0] == 1
    code, out, _ = kithwork(real, "check", **REAL)
    assert (code, "installation key" in out) == (0, True)
    code, _, said = kithwork(real, "check", **REAL | {"KITHWORK_NOW": "2025-03-18T13:30:00+00:00"})
    assert (code, "KITHWORK_NOW" in said) == (1, True)


def test_the_demo_never_touches_a_real_installation(real):
    before = sorted(path.name for path in real.iterdir())

    code, _, said = kithwork(real, "demo", "--no-serve", **REAL)

    assert (code, "real installation" in said) == (1, True)
    assert sorted(path.name for path in real.iterdir()) == before


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"KITHWORK_SYNCHRONOUS": "NORMAL"}, ("serve",)),
        ({}, ("serve", "--host", "0.0.0.0")),
    ],
    ids=["a power cut could lose a save", "open to the network without https"],
)
def test_the_server_does_not_start_when_it_would_be_unsafe(real, more, words):
    code, _, said = kithwork(real, *words, **REAL, **more)

    assert (code, "does not start" in said) == (1, True)


def test_an_older_installation_is_checked_and_brought_up_to_date_at_its_next_start(real):
    for app, first in (("therapy", "0001"), ("foundation", "0002")):
        code, _, said = kithwork(real, "manage", "migrate", app, first, **REAL)
        assert code == 0, said

    code, out, said = kithwork(real, "check", **REAL)
    assert ("no such column" in said, "copy of the installation key" in out + said) == (False, True)
    with Server(real, more=REAL) as server:
        answer = urllib.request.urlopen(f"{server.address}/readyz", timeout=10)
    assert answer.status == 200


COURSES = """\
course_id,therapy,focus,protocol,therapist,referred_on,first_treatment_on,discharged_on,treatment_contacts,\
phq9_first,phq9_last,anxiety_measure,anxiety_first,anxiety_last
a,ipt,dispute,ipt_16,t1,2025-01-02,2025-01-20,2025-06-01,8,18,6,gad7,14,5
b,ipt,grief,ipt_16,t1,2025-01-02,2025-03-20,2025-06-01,8,12,18,gad7,10,10
c,ipt,dispute,ipt_16,t2,2025-01-02,2025-01-20,,3,9,,,7,
d,ipt,grief,ipt_16,t2,2025-01-02,2025-01-20,2025-06-01,8,31,6,gad7,14,5
"""


def test_outcomes_are_counted_and_a_bad_row_is_reported(tmp_path, capsys):
    courses = tmp_path / "courses.csv"
    courses.write_text(COURSES)

    code = main(["outcomes", str(courses), "--json"])

    out, said = capsys.readouterr()
    whole = json.loads(out)["groups"]["all"]
    assert (code, said.startswith("line 5: A score on the PHQ-9"), said.count("\n")) == (1, True, 1)
    assert whole["rates"]["recovery"] == {"numerator": 1, "denominator": 2, "rate": 0.5}
    assert (whole["counts"]["courses"], whole["rates"]["within_6_weeks"]["numerator"]) == (3, 1)

    courses.write_text("".join(COURSES.splitlines(keepends=True)[:-1]))
    code = main(["outcomes", str(courses), "--by", "focus"])
    out, said = capsys.readouterr()
    assert (code, said) == (0, "")
    assert [line.split(":")[0] for line in out.splitlines() if line.endswith("finished")] == [
        "dispute",
        "grief",
    ]
    assert "1 of 1" in out


@pytest.mark.parametrize(
    ("text", "part"),
    [("a,b\n1,2\n", "lacks the columns"), ("", "lacks the columns"), ("phq9_first,phq9_last\n1\n", "Line 2")],
)
def test_a_file_that_holds_no_courses_is_refused_in_one_sentence(tmp_path, capsys, text, part):
    courses = tmp_path / "courses.csv"
    courses.write_text(text)

    assert main(["outcomes", str(courses)]) == 1
    out, said = capsys.readouterr()
    assert (out, said.count("\n"), part in said) == ("", 1, True)


def test_a_clinic_may_give_its_own_dated_table_of_measures(tmp_path, capsys):
    courses, table = tmp_path / "courses.csv", tmp_path / "measures.json"
    courses.write_text("".join(COURSES.splitlines(keepends=True)[:-1]))
    scale = {"title": "a scale", "caseness": "1", "reliable_change": "1", "least": "0", "most": "27"}
    own = {
        "edition": "2031-02-03",
        "note": "our manual",
        "measures": [scale | {"id": name} for name in ("phq9", "gad7")],
    }
    table.write_text(json.dumps(own))

    assert main(["outcomes", str(courses), "--json"]) == 0
    shipped = json.loads(capsys.readouterr().out)
    assert main(["outcomes", str(courses), "--json", "--measures", str(table)]) == 0
    ours = json.loads(capsys.readouterr().out)
    assert main(["outcomes", str(courses), "--measures", str(table)]) == 0
    said = capsys.readouterr().out

    assert (shipped["measures"]["edition"], ours["measures"]) == (
        "2022-04-01",
        {"edition": "2031-02-03", "note": "our manual"},
    )
    assert shipped["groups"]["all"]["counts"]["recovery"] > ours["groups"]["all"]["counts"]["recovery"] == 0
    assert said.endswith("the table of this clinic, edition of 2031-02-03.\nour manual\n")
    table.write_text("[]")
    assert main(["outcomes", str(courses), "--measures", str(table)]) == 1
    assert capsys.readouterr().err.count("has no list of measures.") == 1


def test_a_parquet_file_is_counted_as_the_same_csv(tmp_path, capsys):
    from pyarrow import csv, parquet

    courses, same = tmp_path / "courses.csv", tmp_path / "courses.parquet"
    courses.write_text(COURSES)
    parquet.write_table(csv.read_csv(courses), same)

    told = []
    for file in (courses, same):
        assert main(["outcomes", str(file), "--by", "therapist", "--json"]) == 1
        told.append(capsys.readouterr())

    assert told[0].out == told[1].out
    assert told[1].err.startswith("line 4: A score on the PHQ-9")
    same.write_text("not one")
    assert main(["outcomes", str(same)]) == 1
