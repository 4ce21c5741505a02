"""A mark of what somebody may see of the people, so that an open page can ask whether it still shows what is.

It is made of ids, places and choices alone: no word is opened for it, and what is kept from an audience has no
part in it, so the mark stays the same when a client moves somebody whom she keeps.
"""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import live_pieces
from kithwork.therapy.people.models import Line, Person, Placement, Snapshot

PERSON = ("pk", "state", "since_year", "is_group", "group_size", "relation", "line", "sharing")


def mark(audience: Audience) -> str:
    """The same for the same picture, and another one as soon as anything in it changes."""
    digest = blake2b(digest_size=12)
    for rows in _what_is_shown(audience):
        digest.update(repr(rows).encode())
    return digest.hexdigest()


def _what_is_shown(audience: Audience) -> Iterator[list[Any]]:
    shown = Person.seen.visible_to(audience).filter(hidden_at__isnull=True, deleted_at__isnull=True)
    people = list(shown.order_by("pk").values_list(*PERSON))
    known = [row[0] for row in people]
    yield people
    yield live_pieces(audience, known)
    placed = Placement.seen.visible_to(audience).filter(person__in=known).order_by("pk")
    yield list(placed.values_list("pk"))
    yield list(
        Line.seen.visible_to(audience).filter(removed_at__isnull=True).order_by("pk").values_list("pk")
    )
    yield list(Snapshot.seen.visible_to(audience).order_by("pk").values_list("pk"))
