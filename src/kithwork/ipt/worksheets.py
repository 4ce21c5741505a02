"""The techniques as sheets to fill in together or alone. Every field can stay empty, and no sheet is marked.

The questions and the client's names for the sheets are in our own words (:data:`SOURCES`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kithwork.ipt.shelf import Choice, Shelf
from kithwork.ipt.sources import design, general, sourced
from kithwork.refusal import Refusal

LONGEST_TEXT = 10_000
MOST_ROWS = 60

SOURCES = (
    sourced("the named set of techniques", "Oxford Clinical Psychology, med-9780190662592, chapter 10"),
    sourced(
        "replaying a talk; nothing set to be done at home", "Strategies and techniques, alpfmedical.info"
    ),
    sourced("weighing a choice, and something to do at home", "IPT-A, middle phase, ebrary.net/115882"),
    general("what each technique looks at"),
    design("what can be kept from a sheet that is shared"),
)


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


class Filler(StrEnum):
    """Who may fill in a field."""

    EITHER = "either"  # the client by herself, or the therapist while she talks
    THERAPIST = "therapist"


@dataclass(frozen=True)
class Field:
    """One thing the sheet asks.

    ``columns`` are the parts of each row, for a field of rows; ``row`` is what one row is called. ``speaks_up``: it
    encourages saying something to the other person.
    """

    key: str
    label: str
    help: str = ""
    kind: Kind = Kind.TEXT
    columns: tuple["Field", ...] = ()
    row: str = ""
    by: Filler = Filler.EITHER
    speaks_up: bool = False


@dataclass(frozen=True)
class Worksheet:
    """One sheet: the client's name for it, the technique it belongs to, and its fields.

    ``by_field``: she may keep single fields of a sheet that she shares; otherwise it makes sense only whole.
    ``staff_only``: a therapist's own, never on a page that both may see. ``blocked_by_concern``: withheld while
    somebody is feared. ``elsewhere``: it has a room of its own, and is not filled in as a sheet.
    """

    key: str
    label: str
    title: str
    intro: str
    fields: tuple[Field, ...]
    group: str = "look"
    by_field: bool = False
    staff_only: bool = False
    blocked_by_concern: bool = False
    elsewhere: bool = False

    def field(self, key: str) -> Field:
        """One field by its key."""
        return next(field for field in self.fields if field.key == key)


groups = Shelf(
    "groups of sheets",
    (
        Choice("look", "Look closely at something that happened"),
        Choice("prepare", "Get ready for something"),
        Choice("read", "Read, and see what fits"),
        Choice("own", "For the therapist alone"),
    ),
)


def _when_who() -> tuple[Field, ...]:
    return Field("when", "When was it?", kind=Kind.DAY), Field("who", "Who was it with?", kind=Kind.PERSON)


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
    by_field=True,
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
            "Begin with the words alone; a turn without words was a silence. Meaning and feeling can come later.",
            kind=Kind.ROWS,
            columns=(
                Field("speaker", "Who"),
                Field("words", "Words"),
                Field("tone", "How it was said"),
                Field("meant", "What was meant"),
                Field("heard", "What was heard"),
                Field("felt", "What you felt"),
            ),
            row="Turn",
        ),
        Field("turning_point", "Where did it turn?"),
        Field("another_way", "Another way to say it", speaks_up=True),
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
            row="Choice",
        ),
        Field("choice", "Which one would you try?"),
        Field("rehearsal", "How would you begin?", speaks_up=True),
    ),
    group="prepare",
    by_field=True,
    blocked_by_concern=True,
)

role_play = Worksheet(
    "role_play",
    "Trying it out here first",
    "Role play",
    "Say it once in the room before you say it outside.",
    (
        Field("aim", "What do you want from it?"),
        Field("opening", "Your first line", speaks_up=True),
        Field("replies", "What might they say?"),
        Field("answer", "What would you say then?", speaks_up=True),
        Field("who_played", "Who played whom?"),
        Field("sure_before", "How sure did you feel before?", kind=Kind.TEN),
        Field("sure_after", "And after?", kind=Kind.TEN),
    ),
    group="prepare",
    by_field=True,
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
    by_field=True,
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
    by_field=True,
)

between_us = Worksheet(
    "between_us",
    "Between the two of us",
    "Therapeutic relationship",
    "For the therapist alone.",
    (
        Field("pattern", "What happens in the session", by=Filler.THERAPIST),
        Field("parallel", "Something like it outside", by=Filler.THERAPIST),
        Field("feedback", "What was said about it", by=Filler.THERAPIST),
    ),
    group="own",
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
            row="Step",
        ),
    ),
    group="prepare",
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
    group="read",
    by_field=True,
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
    group="prepare",
    blocked_by_concern=True,
    elsewhere=True,
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


def offered(*, withholds: bool) -> tuple[Worksheet, ...]:
    """The sheets that both sides may begin; without those that encourage speaking up, where that is withheld."""
    open_to_both = (sheet for sheet in worksheets if not (sheet.staff_only or sheet.elsewhere))
    return tuple(sheet for sheet in open_to_both if not (withholds and sheet.blocked_by_concern))


def words_of_all() -> dict[str, Field]:
    """Every field of every sheet that takes words or a number, by key: the places that a filled-in sheet has."""
    apart = (Kind.PERSON, Kind.DAY)
    return {field.key: field for sheet in worksheets for field in sheet.fields if field.kind not in apart}


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
    return value.replace("\r\n", "\n").strip() if "\r" in value else value.strip()


def _check_rows(field: Field, rows: object) -> list[dict[str, Any]]:
    if not isinstance(rows, (list, tuple)) or len(rows) > MOST_ROWS:
        raise _unreadable("That is more than the sheet can hold.")
    if not all(isinstance(row, Mapping) for row in rows):
        raise _unreadable("A row of the sheet could not be read.")
    return [row for row in (_check(field.columns, row) for row in rows) if row]


def _unreadable(sentence: str) -> UnreadableWorksheet:
    return UnreadableWorksheet(sentence, next_step="Nothing is lost. Change it and save again.")
