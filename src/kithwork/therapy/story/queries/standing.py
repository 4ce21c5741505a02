"""Which rows stand for an audience, and what is hers beside what others see. The other queries build on these."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read_many
from kithwork.foundation.passages.sharing import KEPT
from kithwork.therapy.story.models import StoryRecord

S = TypeVar("S", bound=StoryRecord)
Found = Mapping[tuple[str, str], Words]


def together_in(row: StoryRecord, words: Iterable[Words | None]) -> int | None:
    """The session in which the words that now stand were written, or, without words, the row was made."""
    found = [one for one in words if one and one.text]
    sessions = {one.together_in for one in found} if found else {row.together_in}
    return max((session for session in sessions if session), default=None)


def standing(audience: Audience, kind: type[S]) -> list[S]:
    """The rows of one kind that this audience may see and that were not removed, oldest first."""
    return [row for row in kind.seen.all_of(audience) if row.removed_at is None]


def find(audience: Audience, kind: type[S], record: str) -> S | None:
    """One row, if this audience may see it."""
    return kind.seen.visible_to(audience).filter(removed_at__isnull=True, pk=record).first()


def words_of(audience: Audience, record: StoryRecord) -> dict[str, Words]:
    """A row's words, by field."""
    return {name: words for (_, name), words in read_many([audience], [record]).items()}


def row_for(audience: Audience, kind: type[S], /, **what: str) -> tuple[S | None, S | None]:
    """The row about one thing that stands for this audience, and beside it what others see instead.

    Where the client keeps a row to herself and another is shared, both stand: hers is first for her.
    """
    rows = kind.seen.visible_to(audience).filter(removed_at__isnull=True, **what)
    return first_and_beside(list(rows))


def first_and_beside(rows: Sequence[S]) -> tuple[S | None, S | None]:
    """Hers and, beside it, what others see; where she keeps nothing, what everybody sees."""
    newest = sorted(rows, key=lambda row: (row.changed_at or row.created_at, row.id), reverse=True)
    kept = next((row for row in newest if row.sharing in KEPT), None)
    shared = next((row for row in newest if row.sharing not in KEPT), None)
    return (kept, shared) if kept else (shared, None)


def by_key(rows: Iterable[S], column: str) -> dict[str, tuple[S | None, S | None]]:
    """The rows about each thing, hers and what others see."""
    found: dict[str, list[S]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return {key: first_and_beside(same) for key, same in found.items()}


def own_words(row: StoryRecord, words: Found) -> dict[str, Words]:
    """A row's words by field, out of what was read for many."""
    return {name: words[row.id, name] for name in row.words if (row.id, name) in words}
