"""One more question about each person is one more line of data: no other file knows of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INVENTORY = Path("src/kithwork/ipt/inventory.py")
BEFORE = '        CardField("was_like",'
QUESTION = '        CardField("laughs", "What makes {name} and me laugh", "", "What made us laugh"),\n'
HELD_BY = "src/kithwork/therapy/people/tests/test_questions.py"


@pytest.mark.any_database
def test_one_more_question_about_each_person_touches_one_file(tmp_path):
    """In a copy of the house with one line more, form, page, place for words and readers are all there."""
    for part in ("src", "tests"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / part, tmp_path / part)
    inventory = tmp_path / INVENTORY
    text = inventory.read_text()
    assert text.count(BEFORE) == 1
    inventory.write_text(text.replace(BEFORE, QUESTION + BEFORE))

    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", HELD_BY, "-k", "laughs"]
    here = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(tmp_path / "src")])}
    ran = subprocess.run(words, cwd=tmp_path, env=here, capture_output=True, text=True, check=False)

    assert (ran.returncode, "4 passed" in ran.stdout) == (0, True), ran.stdout[-2000:] + ran.stderr[-2000:]
