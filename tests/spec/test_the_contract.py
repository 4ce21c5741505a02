"""Rulebook: the number of sessions changes only by a new contract with a reason, signed by both."""

from datetime import UTC, date, datetime

import pytest

from kithwork.ipt.contract import (
    Agreed,
    Contract,
    ContractRefused,
    Signature,
    Signer,
    check_contract,
    n_in_force,
    reasons,
    terms,
    waiting_for,
)
from kithwork.ipt.shelf import NotOnTheShelf


def contract(
    name: str, n: int | None, *, day: int, reason: str = "first", signers: tuple[Signer, ...] = tuple(Signer)
) -> Contract:
    at = datetime(2025, 3, day, 14, tzinfo=UTC)
    signatures = tuple(Signature(signer, name, at) for signer in signers)
    return Contract(name, n, date(2025, 3, day), reason, signatures)


FIRST = contract("c1", 16, day=11)


def test_before_the_first_signing_the_number_offered_holds_and_is_to_be_agreed() -> None:
    assert n_in_force([], 16) == Agreed(16, to_be_agreed=True)


def test_after_both_have_signed_that_number_holds() -> None:
    assert n_in_force([FIRST], 12) == Agreed(16, to_be_agreed=False)


@pytest.mark.parametrize(
    "signers", [(), (Signer.CLIENT,), (Signer.THERAPIST,)], ids=["none", "client", "therapist"]
)
def test_a_contract_that_lacks_a_signature_changes_nothing(signers: tuple[Signer, ...]) -> None:
    longer = contract("c2", 20, day=25, reason="partial_response", signers=signers)

    assert n_in_force([longer], 16) == Agreed(16, to_be_agreed=True)
    assert n_in_force([FIRST, longer], 16) == Agreed(16, to_be_agreed=False)


def test_an_extension_is_a_new_contract_with_a_reason_and_holds_once_both_have_signed() -> None:
    longer = contract("c2", 20, day=25, reason="illness_gap")

    check_contract([FIRST], longer, held=9)

    assert n_in_force([FIRST, longer], 16) == Agreed(20, to_be_agreed=False)


def test_the_last_signed_holds_whatever_the_order_they_are_kept_in() -> None:
    shorter = contract("c2", 12, day=18, reason="going_well")
    longer = contract("c3", 14, day=25, reason="major_event")

    assert n_in_force([longer, FIRST, shorter], 16) == Agreed(14, to_be_agreed=False)


def test_a_signature_on_one_contract_says_nothing_about_another() -> None:
    strayed = Contract("c2", 20, date(2025, 3, 25), "major_event", FIRST.signatures)

    assert n_in_force([FIRST, strayed], 16) == Agreed(16, to_be_agreed=False)


def test_an_open_course_has_no_number_until_one_is_agreed() -> None:
    opened = contract("c1", None, day=11)

    assert n_in_force([opened], 16) == Agreed(None, to_be_agreed=False)


def test_a_later_contract_cannot_be_the_first() -> None:
    with pytest.raises(ContractRefused) as refused:
        check_contract([FIRST], contract("c2", 20, day=25), held=9)

    assert refused.value.next_step == "Choose why this one is new."


def test_a_contract_never_has_fewer_sessions_than_were_held() -> None:
    with pytest.raises(ContractRefused):
        check_contract([FIRST], contract("c2", 8, day=25, reason="going_well"), held=9)


def test_not_going_on_is_a_reason_and_ends_the_course_where_it_stands() -> None:
    assert "not_going_on" in reasons
    check_contract([FIRST], contract("c2", 9, day=25, reason="not_going_on"), held=9)
    with pytest.raises(ContractRefused):
        check_contract([FIRST], contract("c2", 10, day=25, reason="not_going_on"), held=9)


def test_a_reason_comes_from_the_list() -> None:
    with pytest.raises(NotOnTheShelf):
        contract("c2", 20, day=25, reason="because")


def test_beside_the_number_the_two_agree_what_each_can_count_on_and_any_of_it_may_be_left_out() -> None:
    assert [term.label for term in terms] == [
        "On which day, and at what time",
        "Where, or by what link",
        "When one of us has to cancel",
        "The check-ins, and who sees them",
        "Whether sessions are recorded, and who may listen",
        "What stays between us, and what could not",
        "What we do if it gets no better",
        "Anything else that you agree",
    ]


def test_a_usual_wording_promises_nothing_that_cannot_be_kept() -> None:
    said = " ".join(term.usual for term in terms)

    assert "Nobody watches the answers day and night" in said
    assert "would have to tell someone" in said
    assert not {"guarantee", "always", "confidential"} & set(said.lower().split())


def test_another_wording_is_another_contract_and_has_to_be_signed_anew() -> None:
    half_signed = contract("c2", 20, day=18, reason="major_event", signers=(Signer.CLIENT,))
    reworded = contract("c3", 20, day=25, reason="major_event", signers=())

    assert (waiting_for(half_signed), waiting_for(reworded)) == ((Signer.THERAPIST,), tuple(Signer))
    assert n_in_force([FIRST, half_signed, reworded], 16) == Agreed(16, to_be_agreed=False)


def test_the_number_may_stay_while_something_else_is_new() -> None:
    check_contract([FIRST], contract("c2", 16, day=25, reason="wording"), held=9)
