"""Rulebook: a signature names a version; an edit makes a new version that nobody has signed."""

from datetime import UTC, datetime

import pytest

from kithwork.ipt.formulation import (
    NotTheNewest,
    Standing,
    State,
    Version,
    check_signing,
    may_be_sent_as_letter,
    sections,
    standing,
    still_signed,
    what_a_signature_covers,
)
from kithwork.ipt.signing import Signature, Signer
from kithwork.refusal import Refusal

AT = datetime(2025, 3, 11, 14, tzinfo=UTC)
DRAFT = Version("v1", AT)
V1 = Version("v1", AT, shared=True)
V2 = Version("v2", AT, shared=True)
BOTH = [Signature(signer, "v1", AT) for signer in Signer]
CLIENT_ONLY = BOTH[:1]


def test_the_picture_joins_symptoms_events_people_and_cycle_with_focus_strengths_and_goals() -> None:
    assert sections.keys() == ("symptoms", "events", "people", "cycle", "focus", "strengths", "goals")


@pytest.mark.parametrize(
    ("versions", "signatures", "expected"),
    [
        ([], [], Standing(State.DRAFT, None, tuple(Signer))),
        ([DRAFT], [], Standing(State.DRAFT, None, tuple(Signer))),
        ([V1], [], Standing(State.SHARED, None, tuple(Signer))),
        ([V1], CLIENT_ONLY, Standing(State.SHARED, None, (Signer.THERAPIST,))),
        ([V1], BOTH, Standing(State.AGREED, V1, ())),
        ([V1, V2], BOTH, Standing(State.REVISED, V1, tuple(Signer))),
    ],
    ids=[
        "nothing yet",
        "being written",
        "shared",
        "one has signed",
        "both have signed",
        "edited after signing",
    ],
)
def test_the_state_is_read_off_versions_and_signatures(
    versions: list[Version], signatures: list[Signature], expected: Standing
) -> None:
    assert standing(versions, signatures) == expected


def test_after_an_edit_the_signed_wording_holds_until_the_new_one_is_signed() -> None:
    again = [Signature(signer, "v2", AT) for signer in Signer]

    assert still_signed("v2", BOTH) == ()
    assert standing([V1, V2], BOTH).in_force == V1
    assert standing([V1, V2], BOTH + again) == Standing(State.AGREED, V2, ())


def test_only_the_newest_shared_wording_can_be_signed() -> None:
    check_signing([V1, V2], "v2")
    with pytest.raises(NotTheNewest):
        check_signing([V1, V2], "v1")
    with pytest.raises(NotTheNewest):
        check_signing([], "v1")
    with pytest.raises(Refusal, match="not-shared-yet"):
        check_signing([DRAFT], "v1")


def test_only_agreed_wording_is_sent_as_a_letter() -> None:
    assert not may_be_sent_as_letter(standing([V1], CLIENT_ONLY))
    assert may_be_sent_as_letter(standing([V1, V2], BOTH))


def test_what_signing_means_is_said_before_anyone_signs() -> None:
    assert what_a_signature_covers("version 2")[0] == "You agree with version 2, as it stands on this page."
