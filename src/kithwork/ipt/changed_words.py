"""Two wordings side by side, word by word: what was taken out of the one, and what the other adds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 3000
"""Beyond so many words a comparison word by word would keep somebody waiting: then the whole text is the change."""

WORD = re.compile(r"\S+\s*|^\s+")


class Kind(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Run:
    """Some words in a row to which the same happened."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class SideBySide:
    """The older wording with what was removed from it, and the newer one with what was added."""

    older: tuple[Run, ...]
    newer: tuple[Run, ...]


def side_by_side(older: str, newer: str) -> SideBySide:
    """Compare two wordings. The runs of each side, put together, are that wording again, letter for letter."""
    one, other = WORD.findall(older), WORD.findall(newer)
    if len(one) + len(other) > MOST_WORDS and older != newer:
        return SideBySide(_whole(Kind.REMOVED, older), _whole(Kind.ADDED, newer))
    plain, other_plain = ([word.strip() for word in words] for words in (one, other))
    steps = SequenceMatcher(None, plain, other_plain, autojunk=False).get_opcodes()
    return SideBySide(
        tuple(_runs(Kind.REMOVED, one, [(step[0], step[1], step[2]) for step in steps])),
        tuple(_runs(Kind.ADDED, other, [(step[0], step[3], step[4]) for step in steps])),
    )


def _whole(kind: Kind, text: str) -> tuple[Run, ...]:
    return (Run(kind, text),) if text else ()


def _runs(kind: Kind, words: list[str], steps: list[tuple[str, int, int]]) -> Iterator[Run]:
    for what, start, end in steps:
        if start < end:
            yield Run(Kind.SAME if what == "equal" else kind, "".join(words[start:end]))
