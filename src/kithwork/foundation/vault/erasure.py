"""Two commits in an order that survives a crash: keys before clients, intent before destruction."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.db import connections, transaction
from django.db.models import Q

from kithwork.foundation.accounts.actions import forget_account, forget_invitations
from kithwork.foundation.standing import Standing
from kithwork.foundation.vault.links import account_of
from kithwork.foundation.vault.models import AccountLink, ClientKey, Erasure

# A client is committed moments after its key; an hour is far longer than any request.
ORPHAN_AFTER = timedelta(hours=1)
_ERASURES = Standing(Erasure, Q(pk=""))


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


def ask_erasure(client: str, *, now: datetime, due: datetime | None = None) -> Erasure:
    """The first commit: that this key is to be destroyed. Once it is due, a crash is carried through.

    Asked twice, the first time counts. Until ``due`` it can be taken back; without it there is no way back.
    """
    return Erasure.objects.get_or_create(pk=client, defaults={"asked_at": now, "due_at": due})[0]


def take_back(client: str, *, now: datetime) -> bool:
    """Let the client's record stand, while that is still possible. Says whether it was."""
    waiting = Erasure.objects.filter(
        pk=client, begun_at__isnull=True, destroyed_at__isnull=True, due_at__gt=now
    )
    return bool(waiting.delete()[0])


def erasure_of(client: str) -> Erasure | None:
    """What was asked for, if anything was."""
    return next(iter(_ERASURES.ask([client])), None)


def begin(client: str, *, now: datetime) -> None:
    """From here on there is no way back."""
    Erasure.objects.filter(pk=client, begun_at__isnull=True).update(begun_at=now)


def erase(client: str, *, now: datetime) -> None:
    """Carry an erasure out: the account with its address first, while the link still says which one it is."""
    begin(client, now=now)
    account = account_of(client)
    if account:
        forget_account(account)
    forget_invitations(client)
    destroy_key(client, now=now)


def destroy_key(client: str, *, now: datetime) -> None:
    """The second commit: no key, no link, and no copy of either in the write-ahead log."""
    with transaction.atomic(using="keys"):
        ClientKey.objects.filter(pk=client).delete()
        AccountLink.objects.filter(client=client).delete()
        Erasure.objects.filter(pk=client).update(destroyed_at=now)
    forget_deleted()
    Erasure.objects.filter(pk=client).update(finished_at=now)


def due_erasures(*, now: datetime) -> list[str]:
    """The clients whose erasure is due, or was begun and cut off."""
    due = Q(due_at__isnull=True) | Q(due_at__lte=now) | Q(begun_at__isnull=False)
    return list(
        Erasure.objects.filter(due, finished_at__isnull=True).order_by("pk").values_list("pk", flat=True)
    )


def forget_deleted() -> None:
    """A deleted key stays readable in SQLite's write-ahead log until that is cut."""
    connection = connections["keys"]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
