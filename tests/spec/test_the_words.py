"""Rulebook: the words of the method blame nobody, judge nobody and promise nothing; and it stands alone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import kithwork.ipt
from kithwork.instruments import all_instruments
from kithwork.ipt import cycle_steps, diary, first

HERE = Path(kithwork.ipt.__file__).parent
MODULES = sorted(HERE.glob("*.py"))
THE_CYCLES_OWN = "I take it as proof I've failed"
NEVER = re.compile(
    r"\b(?:low|medium|moderate|high)[- ]risk\b|\brisk (?:level|score|rating)|\bdiagnos|\bcaus(?:e|ed|es|ing)\b"
    r"|\btreat|\bdeficit|\bdysfunction|\bfail|\bcomplian|\bhomework|\bstreak|\boverdue|\bpatients?\b|\busers?\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_text_holds_a_word_that_judges_blames_or_promises(module: Path) -> None:
    words = module.read_text(encoding="utf-8").replace(THE_CYCLES_OWN, "")

    assert NEVER.findall(words) == []


def test_the_cycles_own_words_are_the_only_exception() -> None:
    assert cycle_steps.stations["take_as_proof"].label == THE_CYCLES_OWN


def test_experiences_are_our_own_words_and_not_a_questionnaires() -> None:
    ours = {experience.label.lower() for experience in first.experiences()}
    theirs = {item.text.lower() for instrument in all_instruments() for item in instrument.items}

    assert ours.isdisjoint(theirs)


def test_a_day_has_five_steps_of_mood() -> None:
    assert diary.moods.choices() == [
        ("1", "Very low"),
        ("2", "Low"),
        ("3", "So-so"),
        ("4", "Good"),
        ("5", "Very good"),
    ]


def test_what_can_be_put_down_for_now() -> None:
    assert first.put_down.keys() == ("what", "who_could", "keep", "who_should_know")
    assert first.CLOSING_PROMPT == "Anything you'd rather not have written down?"


def test_the_whole_method_can_be_imported_with_nothing_installed() -> None:
    names = [f"kithwork.ipt.{path.stem}" for path in MODULES if path.stem != "__init__"]
    program = (
        f"import sys; sys.path.insert(0, {str(HERE.parents[1])!r}); import kithwork.ipt, {', '.join(names)}"
    )

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
