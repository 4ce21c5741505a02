"""The two commands on one person's record, as somebody types them; and erasing through a restart and an old backup."""

import json
import shutil

from kithwork.therapy.my_data import machine
from tests.cast import PASSWORD
from tests.server.running import DATABASES, Server, Visitor
from tests.server.test_commands import kithwork
from tests.server.test_two_commits import keys

MAYA = "maya@demo.kithwork.example"
IN_EIGHT_DAYS = {"KITHWORK_NOW": "2025-03-26T13:30:00+00:00"}


def write_something(folder):
    with Server(folder) as running:
        maya = Visitor(running, "maya")
        maya.post("/me/diary/", {"on": "2025-03-18", "mood": "2", "words": "Kept to myself."})
        maya.post("/me/diary/", {"on": "2025-03-18", "words": "For both of us.", "words_sharing": "shared"})


def test_a_copy_from_the_command_line_holds_what_both_see_and_reads_back_equal(folder, mayas, tmp_path):
    write_something(folder)
    code, out, said = kithwork(folder, "export", mayas, "--as", "json", "--out", str(tmp_path / "out"))

    assert (code, said) == (0, "")
    text = next((tmp_path / "out").iterdir()).read_text()
    assert ("For both of us." in text, "Kept to myself." in text) == (True, False)
    assert machine.write(machine.read(text)) == text
    assert (tmp_path / "out").joinpath(out.strip().rsplit("/", 1)[-1]).stat().st_mode & 0o077 == 0
    # A second one never replaces the first.
    assert kithwork(folder, "export", mayas, "--as", "json", "--out", str(tmp_path / "out"))[0] == 1


def test_her_own_copy_needs_her_own_password(folder, tmp_path):
    write_something(folder)
    words = ("export", MAYA, "--as", "html", "--own", "--out", str(tmp_path / "out"))

    assert kithwork(folder, *words, given="a guess\n")[0] == 1
    assert kithwork(folder, *words, given=f"{PASSWORD}\n")[0] == 0

    [page] = (tmp_path / "out").iterdir()
    assert "Kept to myself." in page.read_text()


def test_what_cannot_be_done_is_said_in_one_sentence(folder, tmp_path):
    out = ("--out", str(tmp_path))
    for words, part in (
        (("export", MAYA, "--as", "fhir", *out), "FHIR"),
        (("export", "nobody", "--as", "json", *out), "no such client"),
        (("erase", "nobody", "--yes"), "no such client"),
        (("erase", MAYA, "--take-back"), "nothing to take back"),
        (("erase", MAYA, "--yes", "--second", "maya@demo.kithwork.example"), "second person"),
    ):
        code, _, said = kithwork(folder, *words)
        assert (code, said.count("\n"), part in said) == (1, 1, True), words


def test_erasing_asks_first_and_waits_a_week_and_can_be_taken_back(folder):
    before = keys(folder)
    assert kithwork(folder, "erase", MAYA, given="no\n")[0] == 1
    code, out, _ = kithwork(folder, "erase", MAYA, given="erase\n")
    assert (code, "2025-03-25" in out) == (0, True)
    assert kithwork(folder, "worker", "--once")[0] == 0
    assert keys(folder) == before

    assert kithwork(folder, "erase", MAYA, "--take-back")[0] == 0
    assert kithwork(folder, "worker", "--once", **IN_EIGHT_DAYS)[0] == 0
    assert keys(folder) == before


def test_after_the_week_a_start_of_the_server_erases_and_an_older_copy_of_the_data_stays_erased(
    folder, mayas
):
    write_something(folder)
    old = None if DATABASES else shutil.copy(folder / "data.sqlite3", folder / "old.sqlite3")
    before = keys(folder)
    assert kithwork(folder, "erase", MAYA, "--yes")[0] == 0

    with Server(folder, more=IN_EIGHT_DAYS) as running:
        page = Visitor(running, "joan").get(f"/course/{mayas}/diary/")
    assert ("For both of us." in page.text, "erased" in page.text) == (False, True)
    assert len(keys(folder)) == len(before) - 1

    if old:
        for rest in ("data.sqlite3-wal", "data.sqlite3-shm"):
            (folder / rest).unlink(missing_ok=True)
        shutil.move(old, folder / "data.sqlite3")
    with Server(folder, more=IN_EIGHT_DAYS) as running:
        page = Visitor(running, "joan").get(f"/course/{mayas}/diary/")
    assert ("For both of us." in page.text, "erased" in page.text) == (False, True)


def test_a_second_person_of_the_clinic_makes_it_at_once(folder):
    before = keys(folder)
    words = ("erase", "carl@demo.kithwork.example", "--yes", "--second", "sade@demo.kithwork.example")

    assert kithwork(folder, *words, given="a guess\n")[0] == 1
    assert keys(folder) == before
    assert kithwork(folder, *words, given=f"{PASSWORD}\n")[0] == 0
    assert len(keys(folder)) == len(before) - 1


def test_the_copy_is_json_with_its_format_and_version(folder, mayas, tmp_path):
    kithwork(folder, "export", mayas, "--as", "json", "--out", str(tmp_path))

    whole = json.loads(next(tmp_path.glob("*.json")).read_text())
    assert (whole["format"], whole["version"], whole["whose"]) == ("kithwork-record", 1, "both")
