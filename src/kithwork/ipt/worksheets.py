"""The techniques as sheets to fill in together or alone. Every field can stay empty, and no sheet is marked.

``staff_only`` sheets are a therapist's own and never on a shared page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from kithwork.ipt.shelf import Shelf
from kithwork.refusal import Refusal

LONGEST_TEXT = 10_000
MOST_ROWS = 60


class UnreadableWorksheet(Refusal):
    """Answers that do not belong to the sheet."""

    code = "unreadable-worksheet"


class Kind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    TEN = "ten"  # 0 to 10, or nothing
    PERSON = "person"
    DAY = "day"
    ROWS = "rows"


@dataclass(frozen=True)
class Field:
    """One thing the sheet asks. ``columns`` are the parts of each row, for a field of rows."""

    key: str
    label: str
    help: str = ""
    kind: Kind = Kind.TEXT
    columns: tuple["Field", ...] = ()


@dataclass(frozen=True)
class Worksheet:
    """One sheet: the client's name for it, the technique it belongs to, and its fields."""

    key: str
    label: str
    title: str
    intro: str
    fields: tuple[Field, ...]
    staff_only: bool = False
    blocked_by_concern: bool = False


def _when_who() -> tuple[Field, ...]:
    return Field("when", "When was it?", kind=Kind.DAY), Field("who", "Who was there?", kind=Kind.PERSON)


incident = Worksheet(
    "incident",
    "A moment with someone",
    "Interpersonal incident",
    "One moment that stayed with you. It need not be a big one.",
    (
        *_when_who(),
        Field("set_off", "What set it off?"),
        Field("happened", "What happened between you?"),
        Field("before", "How strong was the feeling before?", kind=Kind.TEN),
        Field("during", "During?", kind=Kind.TEN),
        Field("after", "After?", kind=Kind.TEN),
        Field("felt", "What did you feel?"),
        Field("wanted", "What did you want?"),
        Field("ended", "How did it end?"),
        Field("next_day", "How was your mood the next day?"),
    ),
)

conversation = Worksheet(
    "conversation",
    "A conversation, replayed",
    "Communication analysis",
    "Pick one talk that went wrong, and go through it line by line. Silences count.",
    (
        *_when_who(),
        Field(
            "turns",
            "Who said what?",
            kind=Kind.ROWS,
            columns=(
                Field("speaker", "Who"),
                Field("words", "Words, or silence"),
                Field("tone", "Tone"),
                Field("meant", "What was meant"),
                Field("heard", "What was heard"),
                Field("felt", "What you felt"),
            ),
        ),
        Field("turning_point", "Where did it turn?"),
        Field("another_way", "Another way to say it"),
    ),
    blocked_by_concern=True,
)

decision = Worksheet(
    "decision",
    "Weighing a choice",
    "Decision analysis",
    "Put down at least three things you could do. Doing nothing is one of them.",
    (
        Field("situation", "What is it about?"),
        Field(
            "options",
            "What could you do?",
            kind=Kind.ROWS,
            columns=(
                Field("option", "I could"),
                Field("speaks_for", "What speaks for it"),
                Field("speaks_against", "What speaks against it"),
                Field("for_me", "Likely effect on me"),
                Field("for_them", "Likely effect on them"),
            ),
        ),
        Field("choice", "Which one would you try?"),
        Field("rehearsal", "How would you begin?"),
    ),
    blocked_by_concern=True,
)

role_play = Worksheet(
    "role_play",
    "Trying it out here first",
    "Role play",
    "Say it once in the room before you say it outside.",
    (
        Field("aim", "What do you want from it?"),
        Field("opening", "Your first line"),
        Field("replies", "What might they say?"),
        Field("answer", "What would you say then?"),
        Field("who_played", "Who played whom?"),
        Field("sure_before", "How sure did you feel before?", kind=Kind.TEN),
        Field("sure_after", "And after?", kind=Kind.TEN),
    ),
    blocked_by_concern=True,
)

clarification = Worksheet(
    "clarification",
    "Making it clearer",
    "Clarification",
    "Say it again in other words, and see whether it still fits.",
    (
        Field("heard", "So what I hear is"),
        Field("surprise", "Something surprising, or two things that don't fit"),
        Field("expected", "What was expected, said plainly"),
    ),
)

feelings = Worksheet(
    "feelings",
    "Words for a feeling",
    "Encouraging affect",
    "All feelings are allowed here, mixed ones too.",
    (
        Field("words", "Which words come near it?"),
        Field("body", "Where in your body is it?"),
        Field("shown", "Did you show it, or hide it?"),
        Field("allowed", "Does it feel allowed?"),
        Field("need", "What does it tell you that you need?"),
    ),
)

between_us = Worksheet(
    "between_us",
    "Between the two of us",
    "Therapeutic relationship",
    "For the therapist alone.",
    (
        Field("pattern", "What happens in the session"),
        Field("parallel", "Something like it outside"),
        Field("feedback", "What was said about it"),
    ),
    staff_only=True,
)

problem_solving = Worksheet(
    "problem_solving",
    "One step after another",
    "Problem solving",
    "Break it into steps that are small enough.",
    (
        Field("problem", "What is in the way?"),
        Field(
            "steps",
            "Which steps?",
            kind=Kind.ROWS,
            columns=(
                Field("step", "Step"),
                Field("who", "Who"),
                Field("when", "When"),
                Field("obstacle", "What may get in the way"),
                Field("result", "What came of it"),
            ),
        ),
    ),
)

reading = Worksheet(
    "reading",
    "Something I read or heard",
    "Psychoeducation",
    "Not everything fits everyone.",
    (
        Field("what", "What did you read or hear?"),
        Field("fits", "What fits me"),
        Field("fits_not", "What doesn't"),
    ),
)

try_out = Worksheet(
    "try_out",
    "Something to try",
    "Try-out between sessions",
    "Nothing this week is fine.",
    (
        Field("what", "What would you like to try?"),
        Field("who", "With whom?", kind=Kind.PERSON),
        Field("when", "When?", kind=Kind.DAY),
        Field("how", "How did it go?"),
        Field("mood", "How was your mood afterwards?"),
    ),
    blocked_by_concern=True,
)

worksheets = Shelf(
    "worksheets",
    (
        incident,
        conversation,
        decision,
        role_play,
        clarification,
        feelings,
        between_us,
        problem_solving,
        reading,
        try_out,
    ),
)
get = worksheets.get


def check_answers(worksheet: Worksheet, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Give back the answers in the sheet's order, with empty ones left out.

    Refuses with :class:`UnreadableWorksheet` a field that the sheet does not have, text that is too long,
    and a number outside 0 to 10. Nothing has to be filled in.
    """
    return _check(worksheet.fields, answers)


def _check(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    if set(answers) - {field.key for field in fields}:
        raise _unreadable("The sheet does not have that field.")
    checked = {field.key: _check_one(field, answers.get(field.key)) for field in fields}
    return {key: value for key, value in checked.items() if value not in (None, "", [])}


def _check_one(field: Field, value: object) -> object:
    if value is None:
        return None
    if field.kind is Kind.ROWS:
        return _check_rows(field, value)
    if field.kind is Kind.TEN:
        if type(value) is not int or not 0 <= value <= 10:
            raise _unreadable("Choose a number from 0 to 10, or leave it empty.")
        return value
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise _unreadable("That text is too long for one field.")
    return value.strip()


def _check_rows(field: Field, rows: object) -> list[dict[str, Any]]:
    if not isinstance(rows, (list, tuple)) or len(rows) > MOST_ROWS:
        raise _unreadable("That is more than the sheet can hold.")
    if not all(isinstance(row, Mapping) for row in rows):
        raise _unreadable("A row of the sheet could not be read.")
    return [row for row in (_check(field.columns, row) for row in rows) if row]


def _unreadable(sentence: str) -> UnreadableWorksheet:
    return UnreadableWorksheet(sentence, next_step="Nothing is lost. Change it and save again.")


@dataclass(frozen=True)
class Turn:
    """One turn of a talk. Without words it is a silence, and a turn all the same if anything is said of it."""

    speaker: str = ""
    words: str = ""
    tone: str = ""
    meant: str = ""
    heard: str = ""
    felt: str = ""

    @property
    def is_silence(self) -> bool:
        """Whether nothing was said in this turn."""
        return not self.words


BLANK_TURNS = (Turn("Me"), Turn(), Turn("Me"))
"""Three turns to begin with, so that the page is not empty."""


@dataclass(frozen=True)
class Conversation:
    """A talk replayed: its turns in order, where it turned, and another way to say it."""

    turns: tuple[Turn, ...] = ()
    turning_point: str = ""
    another_way: str = ""
    when: str = ""
    who: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The body as it is sealed; empty parts are left out."""
        return check_answers(conversation, vars(self) | {"turns": [vars(turn) for turn in self.turns]})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a body back; refuses what is not a replayed talk."""
        checked = check_answers(conversation, data)
        return cls(**checked | {"turns": tuple(Turn(**turn) for turn in checked.get("turns", []))})
