"""Reading letters, for one audience. A letter that is still being written does not exist for the client."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.many import records_of_many
from kithwork.foundation.passages.queries import Words, read, read_many
from kithwork.ipt.letters import Part, State, Template, asks_for_a_yes
from kithwork.ipt.letters import answers as kinds_of_answer
from kithwork.ipt.signing import Manner
from kithwork.therapy.course.queries import signatures
from kithwork.therapy.course.signing import hash_of, holds
from kithwork.therapy.letters.models import AROUND, Letter, LetterAnswer, LetterOpened, LetterPiece
from kithwork.therapy.letters.sources import eyes_for_paper, now_at, place_of


@dataclass(frozen=True)
class Quote:
    """A piece of the shared record in a letter: whose words, and whether they may stand there."""

    id: str
    source: str  # its name among the sources
    place: str  # letters.sources.PLACES
    label: str
    text: str
    own: bool
    asks: bool
    allowed: bool | None

    @property
    def stands(self) -> bool:
        """Whether it is in the letter: it needs no yes, or has one."""
        return not self.asks or self.allowed is True


@dataclass(frozen=True)
class WrittenPart:
    """One part of a letter: the therapist's words, and the pieces that may stand under them."""

    part: Part
    words: Words | None
    quotes: tuple[Quote, ...]

    @property
    def text(self) -> str:
        return self.words.text.strip() if self.words else ""

    @property
    def standing(self) -> tuple[Quote, ...]:
        """What is in the letter."""
        return tuple(quote for quote in self.quotes if quote.stands)

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.standing


@dataclass(frozen=True)
class ShownAnswer:
    """What the client said to a letter. ``holds``: it was said to exactly the wording that stands now."""

    answer: str
    label: str
    said: str
    at: datetime
    how: str
    holds: bool


@dataclass(frozen=True)
class ShownLetter:
    """One letter as it stands."""

    row: Letter
    template: Template
    around: dict[str, Words]
    parts: tuple[WrittenPart, ...]
    answers: tuple[ShownAnswer, ...]  # the newest first
    signed_by: str
    is_as_signed: bool

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def state(self) -> State:
        return self.row.state

    def text(self, field: str) -> str:
        """One of the places around the parts."""
        return self.around[field].text.strip() if field in self.around else ""

    @property
    def agreed(self) -> bool:
        """Whether the client's newest word is a yes to exactly this wording."""
        return bool(self.answers) and self.answers[0].answer == "fits" and self.answers[0].holds

    @property
    def waiting(self) -> tuple[Quote, ...]:
        """The pieces that the client has not yet said yes or no to."""
        return tuple(
            quote for part in self.parts for quote in part.quotes if quote.asks and quote.allowed is None
        )

    @property
    def asked(self) -> tuple[Quote, ...]:
        """The pieces that need the client's yes."""
        return tuple(quote for part in self.parts for quote in part.quotes if quote.asks)

    @property
    def has_words(self) -> bool:
        return any(not part.is_empty for part in self.parts)


@dataclass(frozen=True)
class NotSent:
    """A letter that has not left, for a list of what needs a look."""

    course: str
    letter: str
    label: str
    state: State
    since: datetime


def not_sent(audiences: Iterable[Audience]) -> list[NotSent]:
    """Every letter of these courses that was begun and is neither sent nor put aside, the longest waiting first.

    One query for any number of courses; no words are opened.
    """
    found = [
        NotSent(
            row.course_id,
            row.id,
            row.template.label,
            row.state,
            row.signed_at or row.shown_at or row.created_at,
        )
        for row in _not_sent(list(audiences))
    ]
    return sorted(found, key=lambda one: (one.since, one.letter))


@records_of_many(Letter)
def _not_sent(audiences: list[Audience]) -> QuerySet[Letter]:
    return Letter.seen.visible_in(audiences).filter(sent_on__isnull=True, put_aside_at__isnull=True)


def letters(audience: Audience) -> list[Letter]:
    """A course's letters, the newest first; what was put aside is not among them."""
    return [row for row in reversed(Letter.seen.all_of(audience)) if row.put_aside_at is None]


def not_opened(audience: Audience) -> list[Letter]:
    """The letters that a client can read and has neither opened nor answered, the oldest first."""
    found = letters(audience)
    if not found:
        return []
    met = {row.letter_id for model in (LetterOpened, LetterAnswer) for row in model.seen.all_of(audience)}
    return [row for row in reversed(found) if row.id not in met]


def find(audience: Audience, letter: str) -> Letter | None:
    """One letter, if this audience may see it."""
    return next((row for row in Letter.seen.all_of(audience) if row.id == letter), None)


def correction_of(audience: Audience, letter: Letter) -> Letter | None:
    """The letter that was begun to correct this one."""
    return next((row for row in letters(audience) if row.corrects_id == letter.id), None)


def pieces(audience: Audience, letter: Letter) -> list[LetterPiece]:
    """What of the shared record may stand in a letter, in its order."""
    rows = [
        row
        for row in LetterPiece.seen.all_of(audience)
        if row.letter_id == letter.id and row.taken_out_at is None
    ]
    return sorted(rows, key=lambda row: row.place)


def shown(audience: Audience, letter: Letter) -> ShownLetter:
    """One letter with everything in it that this audience may see."""
    # Once it is shown, both read the very same: an answer and a signature name what stands here.
    eyes = eyes_for_paper(audience) if letter.shown_at else audience
    own, quotes = read(eyes, letter), _quotes(eyes, letter)
    around = {field: own[field] for field in AROUND if field in own}
    parts = tuple(
        WrittenPart(part, own.get(part.key), tuple(quotes[part.key])) for part in letter.template.parts
    )
    content = content_of(letter, around, parts)
    signed = next((one for one in signatures(audience, "letter") if one.version == letter.id), None)
    return ShownLetter(
        letter, letter.template, around, parts, _answers(audience, letter, content),
        signed_by=signed.name if signed else "", is_as_signed=signed is not None and holds(signed, content),
    )  # fmt: skip


def content_of(letter: Letter, around: Mapping[str, Words], parts: Iterable[WrittenPart]) -> bytes:
    """What a letter says, in one fixed form: for the hash that an answer and a signature name."""
    said = {field: words.text.strip() for field, words in sorted(around.items())}
    body = [[one.part.key, one.text, [quote.text for quote in one.standing]] for one in parts]
    return json.dumps([letter.id, letter.kind, letter.version, said, body], ensure_ascii=False).encode()


def _quotes(audience: Audience, letter: Letter) -> dict[str, list[Quote]]:
    """The pieces by the part in which they may stand: signed off, as copied then; before, as they are shared now.

    A piece that is no longer shared, or says something else by now, is not there: a yes was for those words.
    """
    rows, found = pieces(audience, letter), defaultdict[str, list[Quote]](list)
    for row, words in _said(audience, letter, rows):
        part, place = letter.template.part_for(row.source), place_of(row.source)
        if part is None or place is None:
            continue
        asks = asks_for_a_yes(letter.template.reader, own=place.own) and not letter.is_signed
        quote = Quote(
            row.id,
            f"{row.record}.{row.field}",
            place.key,
            place.label,
            words.text.strip(),
            place.own,
            asks,
            row.allowed,
        )
        found[part.key].append(quote)
    return found


def _said(audience: Audience, letter: Letter, rows: list[LetterPiece]) -> list[tuple[LetterPiece, Words]]:
    if letter.is_signed:
        copies = read_many([audience], rows)
        return [(row, copies[row.id, "quote"]) for row in rows if (row.id, "quote") in copies]
    now = now_at(audience, {row.id: (row.record, row.field) for row in rows})
    return [(row, now[row.id]) for row in rows if row.id in now and now[row.id].base == row.revision]


def _answers(audience: Audience, letter: Letter, content: bytes) -> tuple[ShownAnswer, ...]:
    rows = [row for row in LetterAnswer.seen.all_of(audience) if row.letter_id == letter.id]
    words, stands = read_many([audience], rows), hash_of(audience, content) if rows else b""
    return tuple(
        ShownAnswer(
            row.answer, kinds_of_answer.get(row.answer).label, words[row.id, "said"].text if (row.id, "said") in words
            else "", row.created_at, "" if row.how == Manner.SIGNED_IN else Manner(row.how).label,
            holds=bytes(row.content) == stands,
        )
        for row in reversed(rows)
    )  # fmt: skip
