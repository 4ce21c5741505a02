"""The smaller rules of the method, each in one line or two."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from kithwork.ipt import course_life, cycle_steps, ending, formulation, review
from kithwork.ipt.contract import Agreed, Contract, ContractRefused, sessions_left, waiting_for
from kithwork.ipt.diary import NotADiaryAnswer, check_more, more_items, read_mood
from kithwork.ipt.fidelity import NotARating, Summary, items, summarise
from kithwork.ipt.inventory import (
    NotARing,
    Placed,
    Ring,
    State,
    asks_what_changed,
    moves,
    read_angle,
    read_ring,
)
from kithwork.ipt.shelf import NotOnTheShelf
from kithwork.ipt.signing import Manner, Signature, Signer, UnclearSignature, manners, signed_at
from kithwork.ipt.timeline import End, check_link
from kithwork.ipt.worksheets import worksheets
from kithwork.refusal import Refusal

NOON = datetime(2025, 3, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(("text", "ring"), [("1", Ring.CLOSEST), ("4", Ring.DISTANT), ("off", None)])
def test_a_ring_is_read_from_a_form(text: str, ring: Ring | None) -> None:
    assert read_ring(text) is ring


@pytest.mark.parametrize("text", ["", "0", "5", "closest"])
def test_what_is_not_a_ring_is_refused(text: str) -> None:
    with pytest.raises(NotARing):
        read_ring(text)


@pytest.mark.parametrize(("text", "angle"), [("", None), ("0", 0), ("359", 359)])
def test_an_angle_is_read_from_a_form(text: str, angle: int | None) -> None:
    assert read_angle(text) == angle


@pytest.mark.parametrize("text", ["360", "-1", "north", "1.5"])
def test_what_is_not_an_angle_is_refused(text: str) -> None:
    with pytest.raises(NotARing):
        read_angle(text)


def test_ring_and_state_labels_are_words() -> None:
    assert [ring.label for ring in Ring] == ["Closest", "Close", "Further away", "Distant"]
    assert [state.label for state in State] == [
        "In my life", "We lost touch", "Died", "From earlier in my life",
    ]  # fmt: skip


def test_a_move_is_told_for_those_who_came_and_those_who_left() -> None:
    then = [Placed("Sam", Ring.CLOSEST), Placed("Priya", Ring.CLOSE), Placed("Dad", Ring.CLOSE)]
    now = [Placed("Sam", Ring.CLOSE), Placed("Dad", Ring.CLOSE), Placed("Ruth", Ring.DISTANT)]

    assert [(m.person, m.before, m.after) for m in moves(then, now)] == [
        ("Sam", Ring.CLOSEST, Ring.CLOSE),
        ("Ruth", None, Ring.DISTANT),
        ("Priya", Ring.CLOSE, None),
    ]
    assert asks_what_changed(State.PRESENT)


def test_a_mood_is_one_of_five_or_none() -> None:
    assert [read_mood("1"), read_mood("5"), read_mood("")] == [1, 5, None]
    with pytest.raises(NotOnTheShelf):
        read_mood("6")


def test_the_fuller_items_are_the_five_of_the_cycle_and_three_more() -> None:
    assert [(item.key, item.also) for item in more_items] == [
        ("low_mood", False),
        ("kept_away", False),
        ("felt_distant", False),
        ("felt_no_good", False),
        ("argument", False),
        ("let_help", True),
        ("time_with_people", True),
        ("sleep", True),
    ]


def test_fuller_answers_keep_nought_and_leave_out_what_was_not_said() -> None:
    given: dict[str, int | None] = {"low_mood": 10, "kept_away": 0, "sleep": None}

    assert check_more(given) == {"low_mood": 10, "kept_away": 0}


@pytest.mark.parametrize("answer", [{"kept_away": 11}, {"argument": True}, {"felt_distant": -1}])
def test_a_fuller_answer_outside_its_scale_is_refused(answer: dict[str, Any]) -> None:
    with pytest.raises(NotADiaryAnswer):
        check_more(answer)


def test_fidelity_averages_only_what_was_rated() -> None:
    assert summarise({"agenda": 4, "linked": 1, "ending_named": None}) == Summary(2, 2.5)
    assert summarise({}) == Summary(0, None)
    assert len(items) == 12


@pytest.mark.parametrize("rating", [{"agenda": 5}, {"agenda": True}, {"charm": 3}])
def test_a_fidelity_rating_off_the_scale_is_refused(rating: dict[str, int | None]) -> None:
    with pytest.raises(NotARating):
        summarise(rating)


def test_a_signature_on_paper_names_who_entered_it() -> None:
    paper = Signature(Signer.CLIENT, "v1", NOON, Manner.ON_PAPER, "Joan Hale")

    assert paper.label == "On paper, entered by Joan Hale"
    assert Signature(Signer.CLIENT, "v1", NOON, Manner.IN_ROOM).label == "In the room"
    with pytest.raises(UnclearSignature):
        Signature(Signer.CLIENT, "v1", NOON, Manner.ON_PAPER)


def test_nobody_can_sign_in_for_somebody_else() -> None:
    with pytest.raises(UnclearSignature):
        Signature(Signer.CLIENT, "v1", NOON, Manner.SIGNED_IN, "Joan Hale")


def test_ways_of_signing_are_choices() -> None:
    assert manners.choices() == [
        ("signed_in", "Signed in"), ("in_room", "In the room"), ("on_paper", "On paper"),
    ]  # fmt: skip


def test_signing_twice_does_not_move_the_moment() -> None:
    first, again = NOON, NOON.replace(hour=18)
    signatures = [
        Signature(Signer.CLIENT, "v1", again),
        Signature(Signer.CLIENT, "v1", first),
        Signature(Signer.THERAPIST, "v1", first),
    ]

    assert signed_at("v1", signatures) == first


def test_a_contract_has_at_least_one_session_and_waits_for_both() -> None:
    with pytest.raises(ContractRefused):
        Contract("c1", 0, date(2025, 2, 18), "first")

    assert waiting_for(Contract("c1", 16, date(2025, 2, 18), "first")) == (Signer.CLIENT, Signer.THERAPIST)


def test_sessions_left_never_fall_below_nought() -> None:
    agreed = Agreed(16, to_be_agreed=False)

    assert [sessions_left(5, agreed), sessions_left(17, agreed)] == [11, 0]
    assert sessions_left(5, Agreed(None, to_be_agreed=True)) is None


def test_a_link_joins_two_different_things() -> None:
    sam, row = End("person", "p1"), End("event", "e1")

    check_link(sam, row)
    check_link(row, sam, kind="before")
    with pytest.raises(Refusal, match="link-to-itself"):
        check_link(sam, sam)


def test_the_cycle_comes_round_again() -> None:
    keys = cycle_steps.stations.keys()

    assert tuple(cycle_steps.following(key).key for key in keys) == (*keys[1:], keys[0])


def test_every_technique_names_a_sheet_that_exists() -> None:
    sheets = {technique.worksheet for technique in course_life.techniques()} - {None}

    assert sheets == set(worksheets.keys())


def test_each_wording_of_the_ending_has_its_own_sentence() -> None:
    assert len({wording.opening for wording in ending.Wording} | {w.label for w in ending.Wording}) == 4


def test_states_of_the_shared_picture_are_words() -> None:
    assert [state.label for state in formulation.State] == [
        "Being written", "To look at together", "Agreed", "Changed since it was agreed",
    ]  # fmt: skip


def test_a_review_looks_at_safety_and_may_end_in_not_going_on() -> None:
    assert "safety" in review.looks
    assert "not_going_on" in review.decisions
