"""Gathers the shelf's models for Django; nothing else imports this."""

from kithwork.foundation.accounts.models import (
    Absence,
    Account,
    Clinic,
    Invitation,
    Role,
    Team,
)
from kithwork.foundation.effects.models import Effect
from kithwork.foundation.outbox.models import Outbox
from kithwork.foundation.passages.models import Draft, Passage
from kithwork.foundation.trail.models import Chain, Checkpoint, Event
from kithwork.foundation.vault.models import AccountLink, ClientKey, Erasure

__all__ = [
    "Absence",
    "Account",
    "AccountLink",
    "Chain",
    "Checkpoint",
    "ClientKey",
    "Clinic",
    "Draft",
    "Effect",
    "Erasure",
    "Event",
    "Invitation",
    "Outbox",
    "Passage",
    "Role",
    "Team",
]
