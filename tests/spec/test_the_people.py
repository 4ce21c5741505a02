"""Rulebook: taking stock of people. Silence is not a gap, and the dead are not asked about as if here."""

import pytest

from kithwork.ipt.inventory import (
    ALL_DISTANT,
    NO_CONFIDANT,
    NO_HELPER,
    NOBODY_CLOSE,
    NOBODY_CLOSEST,
    Gap,
    Placed,
    Ring,
    State,
    asks_what_changed,
    card_fields,
    fields_for,
    gaps,
    line_kinds,
    may_be_wished_closer,
    rings,
)


def test_there_are_four_rings_and_leaving_somebody_off_is_an_answer() -> None:
    assert rings.choices() == [
        ("1", "Closest"),
        ("2", "Close"),
        ("3", "Further away"),
        ("4", "Distant"),
        ("off", "Leave off the circles for now"),
    ]


def test_a_line_says_how_it_is_between_two_people() -> None:
    assert line_kinds.choices() == [
        ("supports", "mostly supports me"),
        ("up_and_down", "up and down"),
        ("tense", "often tense"),
        ("lost", "lost, or lost touch"),
    ]


def test_a_card_asks_what_is_good_before_what_is_hard() -> None:
    assert card_fields.keys()[:5] == ("good", "hard", "hope_from_them", "hope_from_me", "wish")


def test_of_somebody_who_has_died_the_card_speaks_in_the_past() -> None:
    assert [field.prompt_for(State.DIED) for field in fields_for(State.DIED)][:2] == [
        "What was good",
        "What was hard",
    ]
    assert card_fields["good"].prompt_for(State.LOST_TOUCH) == "What is good"


def test_of_somebody_who_has_died_no_contact_no_wished_ring_and_no_what_changed() -> None:
    assert {"contact", "since"}.isdisjoint(field.key for field in fields_for(State.DIED))
    assert not may_be_wished_closer(State.DIED)
    assert not asks_what_changed(State.DIED)
    assert may_be_wished_closer(State.LOST_TOUCH)


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ([], ()),
        ([Placed("Sam")], ()),
        ([Placed("Sam", Ring.CLOSEST)], ()),
        ([Placed("Sam", Ring.CLOSE)], (NOBODY_CLOSEST,)),
        ([Placed("Sam", Ring.FURTHER_AWAY)], (NOBODY_CLOSE,)),
        ([Placed("Sam", Ring.DISTANT), Placed("Chris")], (ALL_DISTANT,)),
        ([Placed("Mum", Ring.CLOSEST, State.DIED), Placed("Sam", Ring.DISTANT)], (ALL_DISTANT,)),
        ([Placed("Sam", confides=False, helps=False)], (NO_CONFIDANT, NO_HELPER)),
        ([Placed("Sam", confides=False), Placed("Leah", confides=True)], ()),
    ],
    ids=[
        "nobody yet is no gap",
        "not placed is no gap",
        "somebody is closest",
        "nobody in the innermost ring",
        "nobody in the inner rings",
        "everyone placed is distant",
        "the dead do not count as present",
        "asked, and nobody",
        "one is enough",
    ],
)
def test_gaps_are_said_only_of_what_was_told(people: list[Placed], found: tuple[Gap, ...]) -> None:
    assert gaps(people) == found


def test_a_gap_is_said_neutrally() -> None:
    assert NOBODY_CLOSE.label == "Nobody stands in the two inner rings these days."
