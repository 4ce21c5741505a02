"""Whether a save stopped sharing something: the page says then that it may have been read."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from kithwork.foundation.passages.sharing import KEPT, OPEN


@dataclass
class TakenBack:
    """What one save took back from others' eyes."""

    anything: bool = False


_watched: ContextVar[TakenBack | None] = ContextVar("taken_back", default=None)


@contextmanager
def watching() -> Iterator[TakenBack]:
    """For the length of one act."""
    found = TakenBack()
    token = _watched.set(found)
    try:
        yield found
    finally:
        _watched.reset(token)


def note_readers(*, before: str, after: str) -> None:
    """Somebody changed who a piece, or a record, is for."""
    found = _watched.get()
    if found is not None and before in OPEN and after in KEPT:
        found.anything = True
