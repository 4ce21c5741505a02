"""The agreement on the number of sessions.

It changes only by a new dated contract with a reason, signed by both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kithwork.ipt.shelf import Choice, Shelf
from kithwork.ipt.signing import Manner, Signature, Signer, manners, missing_signers, signed_at
from kithwork.refusal import Refusal

__all__ = [
    "Agreed",
    "Contract",
    "ContractRefused",
    "Manner",
    "Signature",
    "Signer",
    "Term",
    "check_contract",
    "in_force",
    "manners",
    "n_in_force",
    "reasons",
    "rhythms",
    "sessions_left",
    "terms",
    "waiting_for",
]

FIRST = "first"
NOT_GOING_ON = "not_going_on"

reasons = Shelf(
    "reasons for a contract",
    (
        Choice(FIRST, "Our first agreement"),
        Choice("illness_gap", "There was a gap through illness or absence"),
        Choice("partial_response", "It has begun to help, and more is needed"),
        Choice("major_event", "Something big has happened"),
        Choice("after_review", "We looked at how it is going and decided to change"),
        Choice("going_well", "It is going well, and fewer are needed"),
        Choice("practical", "Practical reasons: time, place or the clinic"),
        Choice("wording", "The number stays; something else in it is new"),
        Choice(NOT_GOING_ON, "Not going on"),
        Choice("other", "Another reason, written beside it"),
    ),
)

rhythms = Shelf(
    "rhythms",
    (
        Choice("weekly", "Once a week"),
        Choice("twice_weekly", "Twice a week"),
        Choice("fortnightly", "Every two weeks"),
        Choice("monthly", "Once a month"),
        Choice("as_arranged", "As we arrange it"),
    ),
)


@dataclass(frozen=True)
class Term:
    """One thing that is agreed in words. ``usual`` is a wording to begin from; it can be changed or left out."""

    key: str
    label: str
    help: str = ""
    usual: str = ""


# Source: the parts of a contract in usual practice; the wordings are Kithwork's own proposal, for a clinic to check.
terms = Shelf(
    "terms of the contract",
    (
        Term("day", "On which day, and at what time"),
        Term("place", "Where, or by what link"),
        Term(
            "cancelling",
            "When one of us has to cancel",
            usual="We tell each other as early as we can, a day before if possible, and look for another time. "
            "A session that falls out is not counted.",
        ),
        Term(
            "check_ins",
            "The check-ins, and who sees them",
            usual="A short check-in before each session. We look at it together. Nobody watches the answers "
            "day and night.",
        ),
        Term("recording", "Whether sessions are recorded, and who may listen"),
        Term(
            "confidence",
            "What stays between us, and what could not",
            usual="What you say stays with me and the people here who answer for your care. If I came to fear "
            "that somebody might be badly hurt, I would have to tell someone, and would tell you first if I can.",
        ),
        Term(
            "if_no_better",
            "What we do if it gets no better",
            usual="We look at it together around the middle, and say so openly. Then we change something, or look "
            "for other help.",
        ),
        Term("note", "Anything else that you agree"),
    ),
)


class ContractRefused(Refusal):
    """A contract that cannot stand beside those before it."""

    code = "contract-refused"


@dataclass(frozen=True)
class Contract:
    """One dated agreement: how many sessions and why, and who has signed it.

    ``n`` is None for an open course.
    """

    id: str
    n: int | None
    dated: date
    reason: str
    signatures: tuple[Signature, ...] = ()

    def __post_init__(self) -> None:
        reasons.get(self.reason)
        if self.n is not None and self.n < 1:
            raise ContractRefused("A course has at least one session.", next_step="Choose a number from 1.")

    @property
    def signed_at(self) -> datetime | None:
        """When both had signed it, or None."""
        return signed_at(self.id, self.signatures)


@dataclass(frozen=True)
class Agreed:
    """The number of sessions that holds now, and whether it still has to be agreed."""

    number: int | None
    to_be_agreed: bool


def in_force(contracts: Iterable[Contract]) -> Contract | None:
    """Find the contract that holds: of those with both signatures, the one signed last.

    Rule: of two signed in one moment, the one given later stands; one that lacks a signature never holds.
    """
    signed = [(contract.signed_at, contract) for contract in contracts]
    standing = [(at, one.dated, place) for place, (at, one) in enumerate(signed) if at is not None]
    return signed[max(standing)[2]][1] if standing else None


def n_in_force(contracts: Iterable[Contract], offered: int | None) -> Agreed:
    """Tell how many sessions the course has now.

    Rule: before the first signing, the number offered, marked "to be agreed". Afterwards, the number of the
    contract that both signed last. One that lacks a signature changes nothing and blocks nothing.
    """
    return agreed_by(in_force(contracts), offered)


def agreed_by(holding: Contract | None, offered: int | None) -> Agreed:
    """The same for somebody who knows already which contract holds, if any."""
    return Agreed(offered, to_be_agreed=True) if holding is None else Agreed(holding.n, to_be_agreed=False)


def check_contract(contracts: Sequence[Contract], proposed: Contract, *, held: int = 0) -> None:
    """Allow a new contract, or refuse it with the reason why.

    ``held`` is the number of numbered sessions already held. Rules: the first contract is the first, and a
    later one says why; none has fewer sessions than were held; *not going on* stops where the course stands.
    """
    in_force = n_in_force(contracts, None)
    if not in_force.to_be_agreed and proposed.reason == FIRST:
        raise ContractRefused("There is a first agreement already.", next_step="Choose why this one is new.")
    if proposed.n is not None and proposed.n < held:
        raise ContractRefused(
            "More sessions than that have been held.", next_step="Choose at least the number held."
        )
    if proposed.reason == NOT_GOING_ON and proposed.n != max(held, 1):
        raise ContractRefused(
            "Not going on ends the course where it stands.", next_step="Choose the number of sessions held."
        )


def sessions_left(n: int, agreed: Agreed) -> int | None:
    """How many sessions come after session ``n``; None for an open course, never below nought."""
    return None if agreed.number is None else max(0, agreed.number - n)


def waiting_for(contract: Contract) -> tuple[Signer, ...]:
    """Who has yet to sign."""
    return missing_signers(contract.id, contract.signatures)
