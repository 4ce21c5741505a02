"""Shelves find by key, keep their order, and refuse what they do not have."""

import pytest

from kithwork.ipt.shelf import Choice, NotOnTheShelf, Shelf

FRUIT = Shelf("fruit", (Choice("pear", "A pear"), Choice("apple", "An apple")))


def test_a_shelf_keeps_its_reading_order() -> None:
    assert FRUIT.keys() == ("pear", "apple")
    assert FRUIT.choices() == [("pear", "A pear"), ("apple", "An apple")]
    assert tuple(FRUIT) == FRUIT()
    assert len(FRUIT) == 2


def test_a_shelf_finds_by_key() -> None:
    assert FRUIT["apple"] == FRUIT.get("apple") == Choice("apple", "An apple")
    assert "apple" in FRUIT
    assert dict(FRUIT) == {"pear": Choice("pear", "A pear"), "apple": Choice("apple", "An apple")}


def test_an_unknown_key_is_refused_in_a_sentence() -> None:
    with pytest.raises(NotOnTheShelf) as refused:
        FRUIT.get("plum")

    assert refused.value.sentence == "That is not one of these."
    assert str(refused.value) == "not-on-the-shelf"


def test_two_things_of_one_key_cannot_share_a_shelf() -> None:
    with pytest.raises(ValueError, match="two of one key among fruit"):
        Shelf("fruit", (Choice("pear", "A pear"), Choice("pear", "Another")))
