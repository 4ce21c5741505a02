"""Adding to the trail: an act in its own transaction, a read in a short one of its own before anything is read."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connections, router, transaction
from django.db.models import QuerySet

from kithwork.foundation.standing import asked_of_ids
from kithwork.foundation.trail.models import INSTALLATION, Chain, Checkpoint, Event
from kithwork.foundation.trail.queries import chained_root, mac_of, newest_checkpoint
from kithwork.foundation.trail.who import Who


class Head(NamedTuple):
    """A chain in columns: a list locks sixty."""

    id: str
    length: int
    head: bytes
    acted: bytes


def record(
    act: str,
    *,
    by: Who,
    at: datetime,
    course: str = INSTALLATION,
    page: str = "",
    count: int = 1,
    reason: str = "",
) -> Event:
    """Add one event at the end of its chain, inside the caller's transaction: without its event no act stands."""
    with transaction.atomic(savepoint=False):
        event = _event(act, by=by, at=at, page=page, count=count, reason=reason)
        _put_next(event, lock(course))
        event.save(force_insert=True)
        Chain.objects.filter(pk=course).update(length=event.place, head=event.mac, acted=event.mac)
    return event


def _event(act: str, *, by: Who, at: datetime, page: str, count: int = 1, reason: str = "") -> Event:
    """What was done or seen, before it has its place."""
    return Event(
        at=at, who_kind=by.kind, who=by.id, who_name=by.name, role=by.role, act=act, page=page, count=count,
        reason=reason,
    )  # fmt: skip


def _put_next(event: Event, chain: Chain | Head) -> None:
    """Make it the one that comes next in a chain, tied to the one before it."""
    event.chain, event.place = chain.id, chain.length + 1
    event.mac = mac_of(event, bytes(chain.head))


def lock(course: str) -> Chain:
    """Hold a course's chain until the transaction ends: its acts happen one after the other."""
    chain, _ = Chain.objects.select_for_update().get_or_create(pk=course)
    return chain


def _lock_all(courses: Iterable[str]) -> list[Chain | Head]:
    """The same for several courses, in the order of their ids so that two who do so can't hold each other up."""
    wanted = sorted(set(courses))
    found = {one.id: one for one in map(Head._make, _locked(wanted))}
    return [found.get(course) or lock(course) for course in wanted]


@asked_of_ids
def _locked(courses: list[str]) -> QuerySet[Any, Any]:
    rows = Chain.objects.select_for_update().filter(pk__in=courses).order_by("pk")
    return rows.values_list(*Head._fields)


def record_reads(courses: Iterable[str], *, by: Who, at: datetime, page: str) -> dict[str, bytes]:
    """A page that shows several courses: one event in each, written at once, however many they are.

    Gives for each course the mac of the last act in it: what the page reads from here on is at least that new.
    """
    with transaction.atomic():
        chains = _lock_all(courses)
        _add_to_each(chains, _event("read", by=by, at=at, page=page))
    return {chain.id: bytes(chain.acted) for chain in chains}


def _add_to_each(chains: list[Chain | Head], event: Event) -> None:
    """Add one event to several chains, each with its own place and mac, and move the chains' heads.

    Written in SQL: a page adds one for each of sixty courses, and Django would prepare all that they share sixty times.
    """
    connection = connections[router.db_for_write(Event)]
    fields = [field for field in Event._meta.concrete_fields if not field.primary_key]
    shared = {one.attname: one.get_db_prep_save(getattr(event, one.attname), connection) for one in fields}
    rows, heads = [], []
    for chain in chains:
        _put_next(event, chain)
        own = {"chain": event.chain, "place": event.place, "mac": event.mac}
        rows.append(list({**shared, **own}.values()))
        heads.append((event.place, bytes(event.mac), event.chain))
    columns, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {Event._meta.db_table} ({columns}) VALUES ({places})", rows)  # noqa: S608 -- our names
        cursor.executemany(
            f"UPDATE {Chain._meta.db_table} SET length = %s, head = %s WHERE id = %s",  # noqa: S608 -- our own names
            heads,
        )


def take_checkpoint(at: datetime) -> Checkpoint:
    """Gather all heads into one root, chained to the last one."""
    with transaction.atomic():
        lock(INSTALLATION)
        chains = list(Chain.objects.filter(length__gt=0))
        before = newest_checkpoint()
        previous = bytes(before.root) if before else bytes(32)
        root = chained_root(previous, [(chain.id, bytes(chain.head)) for chain in chains])
        lengths = {chain.id: chain.length for chain in chains}
        return Checkpoint.objects.create(at=at, lengths=lengths, previous=previous, root=root)
