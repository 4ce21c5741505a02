"""Rulebook: a signature names a version; an edit makes a new version that nobody has signed."""

from datetime import UTC, datetime

import pytest

from kithwork.ipt.changed_words import Kind, Run, SideBySide, side_by_side
from kithwork.ipt.formulation import (
    PAGE_WORDS,
    VOICE,
    WHAT_A_SIGNATURE_COVERS,
    NotTheNewest,
    Standing,
    State,
    Version,
    check_signing,
    comment_kinds,
    fits_one_page,
    may_be_sent_as_letter,
    sections,
    standing,
    still_signed,
    with_pieces,
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
    assert WHAT_A_SIGNATURE_COVERS[0] == "You agree with this wording, as it stands on this page."


def test_it_is_one_page_in_the_words_that_the_two_use_with_each_other() -> None:
    assert "“you” and “we”" in VOICE
    assert fits_one_page(["One page."] * 7)
    assert not fits_one_page(["word " * PAGE_WORDS, "and one more"])


def test_pieces_go_below_what_is_written_and_none_is_put_there_twice() -> None:
    assert with_pieces("", ["Sam (closest)", "Leah (closest)"]) == "Sam (closest)\nLeah (closest)"
    assert with_pieces("The two of you.", ["Sam (closest)"]) == "The two of you.\nSam (closest)"
    assert (
        with_pieces("Sam (closest), who goes quiet.", ["Sam (closest)"]) == "Sam (closest), who goes quiet."
    )


def test_somebody_may_say_that_a_part_fits_suggest_a_change_disagree_or_rather_talk() -> None:
    assert comment_kinds.choices() == [
        ("fits", "This fits"),
        ("change", "Suggest a change"),
        ("disagree", "I don't agree with this part"),
        ("talk", "I'd rather talk about this"),
    ]


def test_two_wordings_side_by_side_show_which_words_were_taken_out_and_which_are_new() -> None:
    assert side_by_side("The lower I get, the less I say.", "The lower we get, the less we say.") == SideBySide(
        older=(
            Run(Kind.SAME, "The lower "), Run(Kind.REMOVED, "I "), Run(Kind.SAME, "get, the less "),
            Run(Kind.REMOVED, "I "), Run(Kind.SAME, "say."),
        ),
        newer=(
            Run(Kind.SAME, "The lower "), Run(Kind.ADDED, "we "), Run(Kind.SAME, "get, the less "),
            Run(Kind.ADDED, "we "), Run(Kind.SAME, "say."),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("", "Sam."),
        ("Sam.", ""),
        ("  Sam\n\nand Leah ", "Sam and Leah"),
        ("a b c", "c b a"),
        ("word " * 5000, "other " * 5000),
    ],
    ids=["written", "emptied", "other lines", "another order", "very long"],
)
def test_put_together_again_each_side_is_its_wording_letter_for_letter(older: str, newer: str) -> None:
    sides = side_by_side(older, newer)

    assert ("".join(run.text for run in sides.older), "".join(run.text for run in sides.newer)) == (
        older,
        newer,
    )
