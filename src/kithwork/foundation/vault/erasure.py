"""Two commits in an order that survives a crash: keys before clients, intent before destruction."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.db import connections, transaction

from kithwork.foundation.vault.models import AccountLink, ClientKey, Erasure

# A client is committed moments after its key; an hour is far longer than any request.
ORPHAN_AFTER = timedelta(hours=1)


def sweep_orphans(existing: Callable[[Collection[str]], set[str]], *, now: datetime) -> int:
    """Drop keys whose client never came to be: the server died between the two commits.

    A key that was ever seen with its client stays, whatever the data says now: an old backup of the data, put
    back under the newest keys, must not cost the clients that it doesn't know their words.
    """
    unused = ClientKey.objects.filter(created_at__lt=now - ORPHAN_AFTER, used_since__isnull=True)
    old = set(unused.values_list("pk", flat=True))
    there = existing(old)
    ClientKey.objects.filter(pk__in=there).update(used_since=now)
    orphans = old - there
    if orphans:
        ClientKey.objects.filter(pk__in=orphans).delete()
        forget_deleted()
    return len(orphans)


def ask_erasure(client: str, *, now: datetime) -> Erasure:
    """The first commit: that this key is to be destroyed. From here on a crash is carried through."""
    return Erasure.objects.get_or_create(pk=client, defaults={"asked_at": now})[0]


def destroy_key(client: str, *, now: datetime) -> None:
    """The second commit: no key, no link, and no copy of either in the write-ahead log."""
    with transaction.atomic(using="keys"):
        ClientKey.objects.filter(pk=client).delete()
        AccountLink.objects.filter(client=client).delete()
        Erasure.objects.filter(pk=client).update(destroyed_at=now)
    forget_deleted()
    Erasure.objects.filter(pk=client).update(finished_at=now)


def resume_erasures(*, now: datetime) -> int:
    """At start-up: finish what a crash cut off."""
    pending = list(Erasure.objects.filter(finished_at__isnull=True).values_list("pk", flat=True))
    for client in pending:
        destroy_key(client, now=now)
    return len(pending)


def forget_deleted() -> None:
    """A deleted key stays readable in SQLite's write-ahead log until that is cut."""
    connection = connections["keys"]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
