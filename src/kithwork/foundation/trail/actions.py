"""Adding to the trail: an act in its own transaction, a read in a short one of its own before anything is read."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kithwork.foundation.trail.models import INSTALLATION, Chain, Checkpoint, Event
from kithwork.foundation.trail.queries import chained_root, mac_of, newest_checkpoint
from kithwork.foundation.trail.who import Who


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
        chain = lock(course)
        event = Event(
            chain=course, place=chain.length + 1, at=at, who_kind=by.kind, who=by.id, who_name=by.name,
            role=by.role, act=act, page=page, count=count, reason=reason,
        )  # fmt: skip
        event.mac = mac_of(event, bytes(chain.head))
        event.save(force_insert=True)
        Chain.objects.filter(pk=course).update(length=event.place, head=event.mac)
    return event


def lock(course: str) -> Chain:
    """Hold a course's chain until the transaction ends: its acts happen one after the other."""
    chain, _ = Chain.objects.select_for_update().get_or_create(pk=course)
    return chain


def record_reads(courses: Iterable[str], *, by: Who, at: datetime, page: str) -> None:
    """A page that shows several courses: one event in each, in id order so that two such pages can't deadlock."""
    with transaction.atomic():
        for course in sorted(courses):
            record("read", by=by, at=at, course=course, page=page)


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
