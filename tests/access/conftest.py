"""Two whole records in one clinic, each word of them told apart by a canary; built once for a module."""

import logging
import random
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client as Browser

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read_many
from kithwork.foundation.passages.sharing import STAFF_ONLY, Owner, Sharing
from kithwork.foundation.vault.sealing import keys_held
from tests.cast import NOW, Cast, browser
from tests.whole_record import Whole, keep_everything, kinds_of_record, share_everything

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass
class Record:
    """One course with everything in it: its ids by kind, and its canaries by whom they are for."""

    whole: Whole
    client: Account
    therapist: Account
    course: str
    ids: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, Sharing] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        return self.whole.names | {"course_id": self.course}

    @property
    def everything(self) -> list[str]:
        """Every id that belongs to this course, its people's accounts included."""
        own = [self.course, self.whole.client.client, self.client.pk]
        return [*own, *(one for ids in self.ids.values() for one in ids)]


@dataclass
class Clinic:
    """Who is who, and the two records."""

    cast: Cast
    mayas: Record
    carls: Record

    def page(self, who: Account) -> Browser:
        return browser(who)


@pytest.fixture(scope="module")
def clinic(django_db_setup, django_db_blocker):
    """The clinic, undone after the module."""
    logging.disable(logging.ERROR)  # thousands of pages that are not there
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="keys"), keys_held():
        yield _clinic(deepcopy(django_db_setup))
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keys")
    logging.disable(logging.NOTSET)


def _clinic(cast: Cast) -> Clinic:
    chance = random.Random("canaries")
    mayas = _record(cast, cast.maya, cast.joan, cast.mayas, chance)
    carls = _record(cast, cast.carl, cast.mira, cast.carls, chance)
    return Clinic(cast, mayas, carls)


def _record(cast: Cast, client: Account, therapist: Account, course, chance: random.Random) -> Record:
    before = NOW - timedelta(hours=2)
    own = cast.audience(client, course, now=before)
    whole = share_everything(own, cast.audience(therapist, course, now=before))
    for sharing in (Sharing.JUST_ME, Sharing.LATER):
        keep_everything(whole, sharing, f"Kept {sharing}")
    record = Record(whole, client, therapist, course.pk)
    for name, model in kinds_of_record().items():
        rows = {row.pk: row for by in (own, whole.staff) for row in model.seen.visible_to(by)}
        record.ids[name] = sorted(rows)
        for row in rows.values():
            record.words |= _plant(row, own, whole.staff, chance)
    return record


def _plant(row, client: Audience, staff: Audience, chance: random.Random) -> dict[str, Sharing]:
    """A word of its own in each place for words, whoever it is for; signed wordings stay as they are."""
    planted = {}
    stands = {by.side: read_many([by], [row]) for by in (client, staff)}
    for name, place in row.words.items():
        by = staff if place.owner in (Owner.STAFF, Owner.SUMMARY) or row.side == "staff" else client
        here = stands[by.side].get((row.pk, name))
        if type(row).__name__ in ("Formulation", "Contract"):
            continue
        word = "cnry-" + "".join(chance.choices(ALPHABET, k=14))
        stood = here.sharing if here else Sharing(row.sharing)
        sharing = None if place.owner in (Owner.JOINT, Owner.STAFF) else stood
        text = f"{here.text} {word}" if here else word
        written = passages.write(
            by, record=row, field=name, text=text, sharing=sharing, base=here.base if here else ""
        )
        planted[word] = written.sharing
    return planted


def staff_only(record: Record) -> set[str]:
    """The canaries that stand in what staff keep among themselves."""
    return {word for word, sharing in record.words.items() if sharing in STAFF_ONLY}
