"""A mark of the picture as somebody sees it, so that an open page can ask whether it still shows what is.

It is made of ids and times alone: no word is opened for it.
"""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import live_pieces
from kithwork.therapy.course.models import Signature
from kithwork.therapy.formulation.models import Comment, Formulation, Version


def mark(audience: Audience) -> str:
    """The same for the same picture, and another one as soon as anything in it changes."""
    digest = blake2b(digest_size=12)
    for rows in _what_is_shown(audience):
        digest.update(repr(rows).encode())
    return digest.hexdigest()


def _what_is_shown(audience: Audience) -> Iterator[list[Any]]:
    pictures = [(row.id, row.shared_at) for row in Formulation.seen.all_of(audience)]
    said = [(row.id, row.settled_at) for row in Comment.seen.all_of(audience)]
    yield pictures
    yield said
    yield live_pieces(audience, [record for record, _ in (*pictures, *said)])
    yield [row.id for row in Version.seen.all_of(audience)]
    yield [row.id for row in Signature.seen.all_of(audience)]
