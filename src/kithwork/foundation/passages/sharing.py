"""Who a piece of writing is for, and whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.rather_not import RatherNot


class Sharing(models.TextChoices):
    """Who a piece of writing, or a record, is for."""

    JUST_ME = "just-me", _("Just me")
    LATER = "later", _("Decide later")
    SHARED = "shared", _("Shared")
    AGREED = "agreed", _("Agreed")
    THERAPIST = "therapist", _("Therapist note")
    SUPERVISION = "supervision", _("Supervision")


KEPT = frozenset({Sharing.JUST_ME, Sharing.LATER})
OPEN = frozenset({Sharing.SHARED, Sharing.AGREED})
STAFF_ONLY = frozenset({Sharing.THERAPIST, Sharing.SUPERVISION})


class Owner(Enum):
    """Whose words a field holds, which decides who may keep it to themselves."""

    CLIENT = "client"  # hers; staff may write in it while she talks, and then it is shared
    JOINT = "joint"  # both write; never kept, so that a refusal can't show what was kept
    STAFF = "staff"  # the therapist's; the client never sees it
    SUMMARY = "summary"  # the therapist's, shared with the client once looked over


STATES: dict[Owner, frozenset[Sharing]] = {
    Owner.CLIENT: KEPT | OPEN,
    Owner.JOINT: OPEN,
    Owner.STAFF: STAFF_ONLY,
    Owner.SUMMARY: STAFF_ONLY | OPEN,
}


@dataclass(frozen=True)
class Field:
    """One place for words in a record: whose it is, and its longest length in characters."""

    owner: Owner = Owner.CLIENT
    longest: int = 20_000


S = TypeVar("S", bound=Sharing | None)


def readers_of(text: str, sharing: S) -> S | Sharing:
    """Who a text is for: a refusal brings its own readers."""
    if not isinstance(text, RatherNot):
        return sharing
    return Sharing.SHARED if text.told else Sharing.JUST_ME


def readers_of_all(texts: Iterable[str], sharing: Sharing) -> Sharing:
    """Who a record is for in which only these texts were said: where all are refused, whoever may know of that."""
    said = {readers_of(text, sharing) for text in texts if text.strip()}
    return said.pop() if len(said) == 1 else sharing
