"""Agreeing on the number of sessions: what holds, who signs how, and what a signature names."""

from datetime import date, timedelta

import pytest
from tests.cast import NOW

from kithwork.foundation.trail.models import Event
from kithwork.refusal import Refusal
from kithwork.therapy.course import contracts, queries, signing
from kithwork.therapy.course.actions import close
from kithwork.therapy.course.models import Contract, Signature


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def maya(cast):
    return cast.maya_now()


def number(cast, audience):
    agreed = queries.agreed_sessions(audience, cast.mayas)
    return agreed.sessions, agreed.to_be_agreed


def both_sign(joan, maya, contract):
    contracts.sign(by=joan, contract=contract, party="therapist")
    contracts.sign(by=maya, contract=contract, party="client")


def test_the_offered_number_holds_until_a_contract_has_both_signatures(cast, joan, maya):
    contract = contracts.offer(by=joan, sessions=12)
    before = number(cast, joan)
    contracts.sign(by=joan, contract=contract, party="therapist")
    half = number(cast, joan)
    contracts.sign(by=maya, contract=contract, party="client")

    assert (before, half, number(cast, joan)) == ((16, True), (16, True), (12, False))


def test_an_unsigned_change_moves_nothing(cast, joan, maya):
    both_sign(joan, maya, contracts.offer(by=joan, sessions=16))
    later = cast.maya_now(NOW + timedelta(days=7))

    contracts.offer(by=later, sessions=20, reason="partial_response")

    assert number(cast, joan) == (16, False)
    standing = queries.contract_standing(joan, cast.mayas)
    assert (standing.in_force.sessions, standing.proposed.sessions) == (16, 20)
    assert standing.proposed.waiting_for == ("client", "therapist")


def test_the_contract_signed_last_holds_and_the_one_before_stays_to_read(cast, joan, maya):
    both_sign(joan, maya, contracts.offer(by=joan, sessions=16))
    week = timedelta(days=7)
    later = cast.audience(cast.joan, cast.mayas, now=NOW + week)
    newer = contracts.offer(by=later, sessions=18, reason="illness_gap")
    both_sign(later, cast.maya_now(NOW + week), newer)

    standing = queries.contract_standing(joan, cast.mayas)
    assert standing.agreed == queries.Agreed(18, to_be_agreed=False, contract=newer)
    assert [one.sessions for one in standing.earlier] == [16]


def test_an_older_proposal_can_no_longer_be_signed(cast, joan, maya):
    older = contracts.offer(by=joan, sessions=16)
    contracts.offer(by=cast.maya_now(NOW + timedelta(minutes=1)), sessions=12)

    with pytest.raises(Refusal) as refused:
        contracts.sign(by=maya, contract=older, party="client")

    assert (refused.value.code, queries.signatures(joan, "contract")) == ("not-the-newest", [])


def test_not_going_on_stops_where_the_course_stands(cast, joan):
    cast.mayas.held = 4
    cast.mayas.save()

    contract = contracts.offer(by=joan, sessions=None, reason="not_going_on")

    assert (contract.sessions, contract.reason) == (4, "not_going_on")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"sessions": None}, "sessions-missing"),
        ({"sessions": 3}, "contract-refused"),
        ({"sessions": 16, "minutes": 0}, "minutes-unclear"),
        ({"sessions": 16, "rhythm": "now and then"}, "not-on-the-shelf"),
        ({"sessions": 16, "reason": "because"}, "not-on-the-shelf"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(cast, joan, wrong, code):
    cast.mayas.held = 4
    cast.mayas.save()

    with pytest.raises(Refusal) as refused:
        contracts.offer(by=joan, **wrong)

    assert (refused.value.code, queries.contracts(joan)) == (code, [])


def test_after_the_first_agreement_another_needs_a_reason_of_its_own(joan, maya):
    both_sign(joan, maya, contracts.offer(by=joan, sessions=16))

    with pytest.raises(Refusal) as refused:
        contracts.offer(by=joan, sessions=20)

    assert refused.value.code == "contract-refused"


@pytest.mark.parametrize(
    ("who", "party", "manner"),
    [
        ("maya", "therapist", "signed_in"),
        ("maya", "client", "on_paper"),
        ("joan", "client", "signed_in"),
        ("joan", "therapist", "on_paper"),
        ("joan", "supervisor", "signed_in"),
    ],
)
def test_nobody_signs_for_somebody_else(request, joan, who, party, manner):
    contract = contracts.offer(by=joan, sessions=16)

    with pytest.raises(Refusal) as refused:
        contracts.sign(by=request.getfixturevalue(who), contract=contract, party=party, manner=manner)

    assert (refused.value.code, queries.signatures(joan, "contract")) == ("signing-refused", [])


def test_a_signature_on_paper_says_who_entered_it(cast, joan):
    contract = contracts.offer(by=joan, sessions=16)

    signature = contracts.sign(by=joan, contract=contract, party="client", manner="on_paper")

    [shown] = queries.shown_signatures(joan, queries.signatures(joan, "contract"))[contract.pk]
    assert (signature.by, signature.entered_by) == (cast.mayas.client_id, cast.joan.pk)
    assert shown == queries.ShownSignature("client", "Maya", NOW, "on paper, entered by Joan Hale")


def test_the_same_hand_signs_once(joan):
    contract = contracts.offer(by=joan, sessions=16)
    contracts.sign(by=joan, contract=contract, party="therapist")

    with pytest.raises(Refusal) as refused:
        contracts.sign(by=joan, contract=contract, party="therapist")

    assert (refused.value.code, len(queries.signatures(joan, "contract"))) == ("signed-already", 1)


def test_a_signature_stands_under_these_words_and_no_others(joan):
    contract = contracts.offer(
        by=joan, sessions=16, ends_on=date(2025, 6, 24), terms={"day": "Tuesdays at two."}
    )
    signature = contracts.sign(by=joan, contract=contract, party="therapist")
    other = Contract(**{**_columns(contract), "sessions": 17})

    assert signing.holds(signature, contracts.content_of(joan, contract))
    assert not signing.holds(signature, contracts.content_of(joan, other))


def _columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_each_act_is_one_event(cast, joan, maya):
    before = Event.objects.filter(chain=cast.mayas.pk).count()

    both_sign(joan, maya, contracts.offer(by=joan, sessions=16))

    acts = Event.objects.filter(chain=cast.mayas.pk).order_by("place").values_list("act", flat=True)
    assert list(acts)[before:] == ["contract.offered", "contract.signed", "contract.signed"]


def test_after_the_end_nothing_is_offered_or_signed(cast, joan):
    contract = contracts.offer(by=joan, sessions=16)
    close(by=joan, course=cast.mayas, how="completed")
    after = cast.audience(cast.joan, cast.mayas)

    for act in (
        lambda: contracts.offer(by=after, sessions=16),
        lambda: contracts.sign(by=after, contract=contract, party="therapist"),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "course-ended"
    assert Signature.seen.visible_to(after).count() == 0


@pytest.mark.parametrize(
    ("n", "number", "to_be_agreed", "line"),
    [
        (5, 16, False, "Session 5 of 16"),
        (2, 16, True, "Session 2 of 16 (to be agreed)"),
        (3, None, False, "Session 3"),
        (17, 16, False, "Session 17"),
    ],
    ids=["agreed", "offered", "no number", "one beyond the number"],
)
def test_the_screen_says_which_session_of_how_many(n, number, to_be_agreed, line):
    assert queries.session_of(n, number, to_be_agreed=to_be_agreed) == line
