"""Who a piece of writing is for, and whose it is."""

from dataclasses import dataclass
from enum import Enum

from django.db import models


class Sharing(models.TextChoices):
    """Who a piece of writing, or a record, is for."""

    JUST_ME = "just-me", "Just me"
    LATER = "later", "Decide later"
    SHARED = "shared", "Shared"
    AGREED = "agreed", "Agreed"
    THERAPIST = "therapist", "Therapist note"
    SUPERVISION = "supervision", "Supervision"


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
