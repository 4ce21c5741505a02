"""Building the demo clinic: the cast, Maya's story, Joan's caseload, and a clinic's worth of other courses."""

import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kithwork.clinic.demo import canaries as canary_words
from kithwork.clinic.demo import caseload, maya, simulated
from kithwork.clinic.demo.cast import CLIENTS, DOMAIN, PASSWORD, STAFF
from kithwork.clinic.demo.hand import Hand
from kithwork.foundation import clock
from kithwork.foundation.accounts.actions import end_account, found, open_account
from kithwork.foundation.accounts.models import Account, Clinic
from kithwork.foundation.trail.who import SYSTEM
from kithwork.foundation.vault.links import link

ACCOUNTS_FILE = "demo-accounts.json"
CANARIES_FILE = "canaries.json"


def build_clinic(folder: Path, *, seed: int, clients: int, months: int, canaries: bool) -> None:
    """Build everything, the same for a seed and a clock, and leave the list of accounts in the folder."""
    now = clock.now().replace(second=0, microsecond=0)
    clinic = found(name="Lime Street", country="GB")
    accounts = _open_accounts(now - timedelta(days=31 * (months + 3)))
    hands = _walk_courses(clinic, accounts, now, random.Random(seed), clients, months)  # noqa: S311 -- invented data
    if canaries:
        (folder / CANARIES_FILE).write_text(json.dumps(canary_words.plant(hands, now), indent=1))
    _write_accounts(folder)


def accounts_of(folder: Path) -> list[dict[str, str]]:
    """Who can sign in to a demo folder."""
    found_accounts: list[dict[str, str]] = json.loads((folder / ACCOUNTS_FILE).read_text())
    return found_accounts


def _open_accounts(since: datetime) -> dict[str, Account]:
    # One hash for everybody: hashing is slow on purpose, and the password is printed anyway.
    encoded = make_password(PASSWORD)
    return {
        one.key: open_account(
            by=SYSTEM, email=f"{one.key}@{DOMAIN}", name=one.name if one.role != "client" else "",
            encoded_password=encoded, role=one.role, now=since,
        )
        for one in (*STAFF, *CLIENTS)
    }  # fmt: skip


def _walk_courses(
    clinic: Clinic,
    accounts: dict[str, Account],
    now: datetime,
    chance: random.Random,
    clients: int,
    months: int,
) -> list[Hand]:
    plans: list[Any] = [maya.PLAN, *caseload.named(), *simulated.invented(chance, clients, months)]
    hands = []
    for plan in plans:
        hand = Hand.begin(clinic, accounts[plan.therapist], plan, now)
        # One transaction a course: a thousand short ones would wait a thousand times for the disk.
        with transaction.atomic():
            plan.walk(hand)
        if plan.account:
            link(accounts[plan.account].id, hand.course.client_id)
        hands.append(hand)
    end_account(accounts["noor"], by=SYSTEM, now=now - timedelta(days=60))
    return hands


def _write_accounts(folder: Path) -> None:
    listed = [
        {"role": one.role, "name": one.name, "email": f"{one.key}@{DOMAIN}", "password": PASSWORD}
        for one in (*CLIENTS, *STAFF)
    ]
    (folder / ACCOUNTS_FILE).write_text(json.dumps(listed, indent=1))
