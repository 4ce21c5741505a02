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
