"""Sealing and opening with a client's key. Keys stay in memory for one request at most."""

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db.models import QuerySet

from kithwork.foundation.secrets import open_with, purpose_key, seal_with
from kithwork.foundation.standing import asked_of_ids
from kithwork.foundation.vault.models import ClientKey

_held: ContextVar[dict[str, bytes] | None] = ContextVar("held_keys", default=None)


class Erased(Exception):
    """This client's key has been destroyed; there is nothing left to open."""


class Unopenable(Exception):
    """What was sealed is not where it was put, or not what it was."""


@contextmanager
def keys_held() -> Iterator[None]:
    """Keep opened keys for the length of one request or one command, and no longer."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def create_key(client: str, *, now: datetime) -> None:
    """Make a client's key: committed before the client is, so no word is ever without one."""
    wrapped = seal_with(purpose_key("wrap"), os.urandom(32), bound_to=client.encode())
    ClientKey.objects.create(client=client, wrapped=wrapped, created_at=now)


def mark_used(client: str, *, now: datetime) -> None:
    """Note that the client has come to be: from now on only erasing destroys this key."""
    ClientKey.objects.filter(pk=client, used_since__isnull=True).update(used_since=now)


def load_keys(clients: Iterable[str]) -> None:
    """Fetch several clients' keys in one query, for a page that shows them all."""
    held = _held.get()
    if held is None:
        return
    wanted = {client for client in clients if client not in held}
    if wanted:
        held.update({client: _unwrap(client, wrapped) for client, wrapped in _wrapped(sorted(wanted))})


@asked_of_ids
def _wrapped(clients: list[str]) -> QuerySet[Any, Any]:
    return ClientKey.objects.filter(client__in=clients).values_list("client", "wrapped")


def seal(client: str, plain: bytes, *, bound_to: bytes) -> bytes:
    """Seal under a client's key. Raises Erased when there is none."""
    return seal_with(_key(client), plain, bound_to=bound_to)


def open_sealed(client: str, sealed: bytes, *, bound_to: bytes) -> bytes:
    """Open what was sealed. Raises Erased without a key, Unopenable when moved or changed."""
    try:
        return open_with(_key(client), sealed, bound_to=bound_to)
    except InvalidTag:
        raise Unopenable from None


def fingerprint(client: str, content: bytes) -> bytes:
    """A keyed hash under the client's key: names content without telling it, and dies with the key."""
    own = hashlib.sha256(b"fingerprint" + _key(client)).digest()
    return hmac.digest(own, content, "sha256")


def _key(client: str) -> bytes:
    held = _held.get()
    if held is not None and client in held:
        return held[client]
    row = ClientKey.objects.filter(pk=client).first()
    if row is None:
        raise Erased
    key = _unwrap(row.client, row.wrapped)
    if held is not None:
        held[client] = key
    return key


def _unwrap(client: str, wrapped: bytes | memoryview) -> bytes:
    return open_with(purpose_key("wrap"), bytes(wrapped), bound_to=client.encode())
