"""The trail only grows, and shows where it was touched."""

import hmac
import json

import pytest
from django.db import DatabaseError, connection, transaction

from kithwork.foundation.secrets import purpose_key
from kithwork.foundation.trail.actions import record, take_checkpoint
from kithwork.foundation.trail.models import Chain, Event
from kithwork.foundation.trail.queries import faults, mac_of, merkle_root, root_holds
from kithwork.foundation.trail.who import Who
from tests.cast import NOW, browser

JOAN = Who(kind="staff", id="joan", name="Joan Hale", role="therapist")


@pytest.fixture
def chain(cast):
    for page in ("diary", "people", "story"):
        record("read", by=JOAN, at=NOW, course="course-1", page=page)
    return "course-1"


@pytest.mark.parametrize(
    "statement", ["UPDATE foundation_event SET page = 'x'", "DELETE FROM foundation_event"]
)
def test_the_database_refuses_to_touch_an_event(chain, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_untouched_trail_holds(chain):
    assert list(faults()) == []


def test_an_event_is_tied_to_all_that_it_says_as_json():
    said = [
        "chain",
        7,
        NOW.isoformat(),
        "staff",
        "joan",
        'Jo\u00e3n "H\\ale\n',
        "lead",
        "read",
        "people",
        2,
        "why",
    ]
    event = Event(
        chain="chain", place=7, at=NOW, who_kind="staff", who="joan", who_name='Jo\u00e3n "H\\ale\n', role="lead",
        act="read", page="people", count=2, reason="why",
    )  # fmt: skip
    content = json.dumps(said, ensure_ascii=False).encode()

    assert mac_of(event, b"before") == hmac.digest(purpose_key("trail"), b"before" + content, "sha256")


def test_a_cut_tail_shows(chain):
    last = Event.objects.filter(chain=chain).order_by("place")[1]

    Chain.objects.filter(pk=chain).update(length=last.place, head=last.mac)

    assert [(fault.chain, fault.kind) for fault in faults()] == [(chain, "cut")]


def test_a_head_that_was_kept_elsewhere_holds_while_the_trail_grows(chain):
    point = take_checkpoint(NOW)

    record("read", by=JOAN, at=NOW, course=chain, page="diary")

    assert root_holds(point.pk, bytes(point.root))
    assert not root_holds(point.pk, bytes(32))


def test_the_root_depends_on_every_head():
    heads = [(str(n), bytes([n]) * 32) for n in range(5)]

    assert len({merkle_root(heads[:n]) for n in range(6)}) == 6
    assert merkle_root(reversed(heads)) == merkle_root(heads)


def test_a_staff_read_is_on_the_trail_before_the_page(cast):
    browser(cast.joan).get(f"/course/{cast.mayas.pk}/diary/")

    event = Event.objects.filter(chain=cast.mayas.pk).order_by("-place").first()
    assert (event.who, event.who_name, event.role, event.act, event.page) == (
        cast.joan.pk, "Joan Hale", "therapist", "read", "diary",
    )  # fmt: skip


def test_a_refused_read_writes_to_no_chain(cast):
    before = Event.objects.count()

    assert browser(cast.mira).get(f"/course/{cast.mayas.pk}/diary/").status_code == 404

    assert Event.objects.count() == before


def test_a_clients_own_acts_carry_neither_account_nor_name(cast):
    from datetime import date

    from kithwork.therapy.diary.actions import write_entry

    write_entry(by=cast.maya_now(), on=date(2025, 3, 18), mood=3)

    event = Event.objects.filter(act="diary.written").get()
    assert (event.who_kind, event.who, event.who_name) == ("client", cast.mayas.client_id, "")
