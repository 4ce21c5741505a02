"""One piece of what was said before, as the canvas offers it: its words, and where they came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kithwork.foundation.passages.queries import Words
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.therapy.course.models import CourseRecord

Readers = frozenset[Sharing]
Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Piece:
    """Some words that could go into one part of the picture."""

    section: str
    record: str
    field: str  # the place in its record; empty for what a record says as a whole
    text: str
    origin: str  # what the page is called where it stands
    page: str  # that page's name
    names: Names  # and what its address names
    at: datetime
    by_client: bool
    together_in: int | None

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.record}.{self.field}"


def of_words(
    words: Words, *, section: str, origin: str, page: str, label: str = "", text: str = "", names: Names = ()
) -> Piece:
    """A piece that is one field's words, after the label that they need to be understood elsewhere."""
    said = text or (f"{label}: {words.text}" if label else words.text)
    return Piece(
        section, words.record, words.field, said, origin, page, names, words.at, words.side == "client",
        words.together_in,
    )  # fmt: skip


def of_record(
    row: CourseRecord, *, section: str, text: str, origin: str, page: str, names: Names = ()
) -> Piece:
    """A piece that a record says as a whole."""
    return Piece(
        section, row.id, "", text, origin, page, names, row.created_at, row.side == "client", row.together_in
    )


def for_readers(found: Iterable[Words], readers: Readers) -> list[Words]:
    """What is said for these readers, among words of which several may stand; a refusal is no piece."""
    every = (one for words in found for one in (words, *words.also))
    return [one for one in every if one.sharing in readers and one.text.strip() and not one.refused]


def is_for(record: Sharing, words: Sharing, readers: Readers) -> bool:
    """Whether a record's words belong to these readers: to the client alone as soon as either of the two does."""
    if readers <= KEPT:
        return record in KEPT or words in KEPT
    return record in readers and words in readers
