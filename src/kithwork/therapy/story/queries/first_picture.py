"""The first session's picture, for one audience: what it is like, how it began, earlier times, what can be put down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read_many
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.dates import say_rough
from kithwork.ipt import first
from kithwork.therapy.story.models import Episode, FirstPicture, Lasting, PutDown, StoryRecord, Symptom
from kithwork.therapy.story.queries.standing import Found, by_key, own_words, standing, together_in

QUESTIONS = {
    prompt.key: prompt.label
    for shelf in (first.experience_prompts, first.earlier_times, first.put_down)
    for prompt in shelf
}


@dataclass(frozen=True)
class Piece:
    """Some words and the question that they answer."""

    label: str
    text: str


@dataclass(frozen=True)
class ShownRecord:
    """An experience, an earlier time, or something put down, with its words."""

    id: str
    key: str
    label: str
    said: str  # the answer, or the rough date
    words: Mapping[str, Words]
    sharing: Sharing | None
    together_in: int | None
    beside: "ShownRecord | None" = None

    @property
    def texts(self) -> list[str]:
        return [words.text for words in self.words.values() if words.text]

    @property
    def pieces(self) -> list["Piece"]:
        """What was said, each below its question."""
        return [Piece(QUESTIONS[name], words.text) for name, words in self.words.items() if words.text]


@dataclass(frozen=True)
class FirstShown:
    """The first session's picture. ``fields`` holds what stands in each place, ``beside`` what others see instead."""

    fields: Mapping[str, Words]
    beside: Mapping[str, Words]
    experiences: Sequence[ShownRecord]
    episodes: Sequence[ShownRecord]
    put_down: Sequence[ShownRecord]

    @property
    def is_empty(self) -> bool:
        said = any(words.text for words in self.fields.values()) or any(one.id for one in self.experiences)
        return not (said or self.episodes or self.put_down)


@once_a_page
def first_picture(audience: Audience) -> FirstShown:
    """Everything that was said about how it is, how it began, and what else matters."""
    pictures = first_rows(audience)
    symptoms, episodes, put_down = (
        standing(audience, Symptom), standing(audience, Episode), standing(audience, PutDown),
    )  # fmt: skip
    words = read_many([audience], [*pictures, *symptoms, *episodes, *put_down])
    fields, beside = _fields(words[key] for key in words if key[0] in {row.id for row in pictures})
    return FirstShown(
        fields, beside, _experiences(symptoms, words),
        [_record(row, words, said=span_words(row)) for row in sorted(episodes, key=_earliest, reverse=True)],
        [_record(row, words) for row in put_down],
    )  # fmt: skip


def span_words(row: Lasting) -> str:
    """ "spring 2022 to March 2023", as far as it was said."""
    first, last = (say_rough(said) if said else "" for said in (row.rough, row.rough_end))
    return (
        _("{when} to {until_when}").format(when=first, until_when=last) if first and last else first or last
    )


def _earliest(episode: Episode) -> date:
    return episode.earliest or date.min


def first_rows(audience: Audience) -> list[FirstPicture]:
    """The rows that hold the picture's fields: one, or two where the client keeps some to herself."""
    return FirstPicture.seen.all_of(audience)


def first_fields(audience: Audience) -> dict[str, Words]:
    """What stands in each of the picture's fields."""
    words = read_many([audience], first_rows(audience))
    return _fields(words.values())[0]


def _fields(words: Iterable[Words]) -> tuple[dict[str, Words], dict[str, Words]]:
    # Whichever piece of a row is shown, a save builds on all that stands there.
    everything = [piece._replace(base=one.base) for one in words for piece in (one, *one.also)]
    main: dict[str, Words] = {}
    beside: dict[str, Words] = {}
    # Kept before shared, then newest first: what the client keeps is what she goes on writing in.
    for piece in sorted(everything, key=lambda one: (one.is_kept, one.at), reverse=True):
        if piece.field not in main:
            main[piece.field] = piece
        elif main[piece.field].is_kept and not piece.is_kept and piece.text:
            beside.setdefault(piece.field, piece)
    return main, beside


def _experiences(rows: Iterable[Symptom], words: Found) -> list[ShownRecord]:
    found = by_key(rows, "kind")
    return [_experience(one, *found.get(one.key, (None, None)), words) for one in first.experiences]


def _experience(
    kind: first.Experience,
    row: Symptom | None,
    beside: Symptom | None,
    words: Found,
) -> ShownRecord:
    if row is None:
        return ShownRecord("", kind.key, _(kind.label), "", {}, None, None)
    shown_beside = _experience(kind, beside, None, words) if beside else None
    said = first.presence[row.present].label if row.present else ""
    return _record(row, words, key=kind.key, label=_(kind.label), said=_(said), beside=shown_beside)


def _record(
    row: StoryRecord,
    words: Found,
    *,
    key: str = "",
    label: str = "",
    said: str = "",
    beside: ShownRecord | None = None,
) -> ShownRecord:
    own = own_words(row, words)
    return ShownRecord(
        row.id, key, label, said, own, Sharing(row.sharing), together_in(row, own.values()), beside
    )
