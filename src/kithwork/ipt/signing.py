"""Signing: who agreed to which version, when and how. A signature names a version and holds for no other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kithwork.ipt.shelf import Choice, Shelf
from kithwork.refusal import Refusal


class UnclearSignature(Refusal):
    """A signature that does not say enough to stand."""

    code = "unclear-signature"


class Signer(StrEnum):
    """The two who agree."""

    CLIENT = "client"
    THERAPIST = "therapist"


class Manner(StrEnum):
    """How somebody signed."""

    SIGNED_IN = "signed_in"
    IN_ROOM = "in_room"
    ON_PAPER = "on_paper"

    @property
    def label(self) -> str:
        """The manner in words, as it stands beside the name."""
        return {Manner.SIGNED_IN: "Signed in", Manner.IN_ROOM: "In the room", Manner.ON_PAPER: "On paper"}[
            self
        ]


manners = Shelf("ways of signing", (Choice(manner.value, manner.label) for manner in Manner))


@dataclass(frozen=True)
class Signature:
    """One signature: whose, on which version, when and how; on paper, also who entered it."""

    signer: Signer
    version: str
    at: datetime
    manner: Manner = Manner.SIGNED_IN
    entered_by: str = ""

    def __post_init__(self) -> None:
        if self.manner is Manner.ON_PAPER and not self.entered_by:
            raise UnclearSignature(
                "A signature on paper needs the name of the person who entered it.",
                next_step="Sign in and enter it yourself.",
            )
        if self.manner is Manner.SIGNED_IN and self.entered_by:
            raise UnclearSignature(
                "Nobody can sign in for somebody else.",
                next_step="Enter it as signed in the room or on paper.",
            )

    @property
    def label(self) -> str:
        """How it was signed: "Signed in", "In the room", "On paper, entered by Joan Hale"."""
        return f"{self.manner.label}, entered by {self.entered_by}" if self.entered_by else self.manner.label


def signatures_on(version: str, signatures: Iterable[Signature]) -> tuple[Signature, ...]:
    """The signatures that name this version; all others say nothing about it."""
    return tuple(signature for signature in signatures if signature.version == version)


def missing_signers(version: str, signatures: Iterable[Signature]) -> tuple[Signer, ...]:
    """Who has not signed this version yet."""
    there = {signature.signer for signature in signatures_on(version, signatures)}
    return tuple(signer for signer in Signer if signer not in there)


def signed_at(version: str, signatures: Iterable[Signature]) -> datetime | None:
    """When a version was signed by both: the moment of the later of each one's first signature; else None."""
    on_it = signatures_on(version, signatures)
    firsts = [min((s.at for s in on_it if s.signer is signer), default=None) for signer in Signer]
    moments = [moment for moment in firsts if moment is not None]
    return max(moments) if len(moments) == len(Signer) else None
