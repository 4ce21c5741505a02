"""The list of what is checked names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "docs" / "developers" / "what-is-checked.md"


def test_every_test_named_in_the_list_is_there():
    named = set(re.findall(r"`(test_\w+)`", LIST.read_text()))
    written = {
        name
        for folder in ("src", "tests")
        for path in (ROOT / folder).rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
    }

    assert len(named) > 40
    assert named - written == set()
