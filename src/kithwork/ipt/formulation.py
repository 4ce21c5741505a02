"""The shared picture: one page that joins symptoms, events, people, the cycle and what to work on.

Built aloud together, corrected by the client, signed by both. What was signed is a version that never
changes; an edit makes a new one that nobody has signed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kithwork.ipt.shelf import Choice, Prompt, Shelf
from kithwork.ipt.signing import Signature, Signer, missing_signers, signatures_on, signed_at
from kithwork.refusal import Refusal

EMPTY_PROMPT = "You will write this together, around session 4."

sections = Shelf(
    "sections of the shared picture",
    (
        Prompt(
            "symptoms",
            "What it is like, and when it began",
            "In your own words: what you noticed, since when.",
        ),
        Prompt("events", "What was happening", "What changed around then, welcome or not."),
        Prompt(
            "people", "The people in it", "Who is close, who is missing, where it hurts and where it helps."
        ),
        Prompt("cycle", "How it goes round", "How mood and people go together for you."),
        Prompt("focus", "What we want to work on", "One thing, as you would say it."),
        Prompt("strengths", "What is strong, and who stands by me", "What you can do, and who is there."),
        Prompt("goals", "What we hope will be different", "Small, with people in it."),
    ),
)

VOICE = "Say “you” and “we”, as you would say it to each other. Short is good: one page in all."

PAGE_WORDS = 450
"""How many words fit on one printed page with its headings. Kithwork's own measure, at 11.5 point."""

DISAGREES = "disagree"

comment_kinds = Shelf(
    "kinds of comment",
    (
        Choice("fits", "This fits"),
        Choice("change", "Suggest a change"),
        Choice(DISAGREES, "I don't agree with this part"),
        Choice("talk", "I'd rather talk about this"),
    ),
)


class State(StrEnum):
    """Where the shared picture stands."""

    DRAFT = "draft"
    SHARED = "shared"
    AGREED = "agreed"
    REVISED = "revised"

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            State.DRAFT: "Being written",
            State.SHARED: "To look at together",
            State.AGREED: "Agreed",
            State.REVISED: "Changed since it was agreed",
        }[self]


class NotTheNewest(Refusal):
    """Somebody is about to sign words that have been replaced."""

    code = "not-the-newest-version"


@dataclass(frozen=True)
class Version:
    """One wording that never changes. ``shared`` says whether the client has been shown it."""

    id: str
    made_at: datetime
    shared: bool = False


@dataclass(frozen=True)
class Standing:
    """Where the shared picture stands: its state, the version that holds, and whose signature is awaited."""

    state: State
    in_force: Version | None
    waiting_for: tuple[Signer, ...]


def standing(versions: Sequence[Version], signatures: Sequence[Signature]) -> Standing:
    """Read the state off the versions, oldest first, and the signatures.

    Rule: *agreed* when both have signed the newest version; *revised* when both have signed an earlier one,
    which holds until the newest is signed; *shared* when the client has been shown one; else *draft*.
    """
    agreed = [version for version in versions if signed_at(version.id, signatures) is not None]
    in_force = agreed[-1] if agreed else None
    if not versions:
        return Standing(State.DRAFT, None, tuple(Signer))
    newest = versions[-1]
    waiting = missing_signers(newest.id, signatures)
    if in_force is not None:
        return Standing(State.REVISED if waiting else State.AGREED, in_force, waiting)
    state = State.SHARED if any(version.shared for version in versions) else State.DRAFT
    return Standing(state, None, waiting)


def check_signing(versions: Sequence[Version], version: str) -> None:
    """Allow signing only of the newest version, and only once it is shared."""
    if not versions or versions[-1].id != version:
        raise NotTheNewest(
            "This wording has been changed since you opened it.",
            next_step="Read the newest one, then sign it.",
        )
    if not versions[-1].shared:
        raise Refusal("This has not been shared yet.", next_step="Share it first.", code="not-shared-yet")


def still_signed(version: str, signatures: Sequence[Signature]) -> tuple[Signature, ...]:
    """The signatures that hold for a version: those that name it. A version made by an edit has none."""
    return signatures_on(version, signatures)


def stands_in(piece: str, text: str) -> bool:
    """Whether a piece stands in a text word for word; "Nan" does not stand in "Nancy"."""
    return re.search(rf"(?<!\w){re.escape(piece.strip())}(?!\w)", text) is not None


def with_pieces(text: str, pieces: Iterable[str]) -> str:
    """Put pieces under what is written already, each on a line of its own; one that stands there is not doubled."""
    said = text.rstrip()
    for piece in pieces:
        if not stands_in(piece, said):
            said = f"{said}\n{piece.strip()}" if said else piece.strip()
    return said if said != text.rstrip() else text


def fits_one_page(texts: Iterable[str]) -> bool:
    """Whether the whole is still one page: a picture that both can hold in mind."""
    return sum(len(text.split()) for text in texts) <= PAGE_WORDS


def may_be_sent_as_letter(standing_now: Standing) -> bool:
    """Whether there is agreed wording to print as a letter. Only agreed wording is ever sent."""
    return standing_now.in_force is not None


# What signing means, said plainly before anybody signs.
WHAT_A_SIGNATURE_COVERS = (
    "You agree with this wording, as it stands on this page.",
    "Nothing else is signed with it: not notes, not drafts, not anything you keep to yourself.",
    "If a word changes later, that is a new version, and it needs signing anew.",
    "You can suggest a change at any time, also after signing.",
    "The signed wording stays as it is, so that both of you can come back to it.",
)
