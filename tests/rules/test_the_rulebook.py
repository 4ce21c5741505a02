"""The rulebook that people read says what the examples hold."""

from tests import rulebook


def test_the_rulebook_is_as_the_examples_are():
    assert rulebook.BOOK.read_text() == rulebook.rulebook(), "renew it: ./kithwork rulebook"


def test_every_example_of_the_method_stands_in_it():
    page = rulebook.BOOK.read_text()
    examples = [line for path in rulebook.SPEC.glob("test_*.py") for line in path.read_text().splitlines()
                if line.startswith("def test_")]  # fmt: skip

    assert (page.count("\n**"), len(examples) > 100) == (len(examples), True)
    assert all(f"## {title}" in page for title in ("The forms of IPT", "The contract", "The countdown"))
