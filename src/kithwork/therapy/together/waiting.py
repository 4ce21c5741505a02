"""What the client wanted to decide about later, gathered from every room. It reaches nobody but her."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read_many, waiting_in
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.dates import say_date
from kithwork.foundation.ui.tide import mood_words
from kithwork.ipt import cycle_steps, ending
from kithwork.ipt import diary as day
from kithwork.ipt.inventory import State, card_fields
from kithwork.ipt.safety import plan_headings
from kithwork.ipt.worksheets import words_of_all, worksheets
from kithwork.therapy.course.models import CourseRecord
from kithwork.therapy.diary.models import Entry
from kithwork.therapy.ending.queries import REVIEW_PROMPTS
from kithwork.therapy.focus.kinds import kind_of as focus_kind_of
from kithwork.therapy.focus.models import DisputeStage, FocusItem, FocusNote
from kithwork.therapy.focus.worksheets.models import Worksheet
from kithwork.therapy.people.models import Person
from kithwork.therapy.people.queries import labels
from kithwork.therapy.story.models import CycleStep, FirstPicture, Link, StoryRecord, Symptom, Weighing
from kithwork.therapy.story.queries import linkable, links
from kithwork.therapy.story.queries.first_picture import QUESTIONS
from kithwork.therapy.story.queries.together import FIRST_LABELS, label_of
from kithwork.therapy.together.overview import taken_away

FACTS = "facts"  # an entry's mood and people, as if they were one field
MAY_BE_WORDLESS: tuple[type[CourseRecord], ...] = (
    Entry,
    Symptom,
    CycleStep,
    DisputeStage,
    Link,
    Weighing,
    FocusNote,
    Worksheet,
)
PER_FIELD = (Person, Entry, FirstPicture)  # here each field has its own readers, beside the record's

# Where something stands, by its record's kind: what the place is called, its page, and what names the record there.
PLACES = {
    "person": (gettext_noop("My people"), "person", "person_id"),
    "event": (gettext_noop("My story"), "event", "event_id"),
    "link": (gettext_noop("My story"), "story", ""),
    "entry": (gettext_noop("My diary"), "diary-entry", "entry_id"),
    "episode": (gettext_noop("First session"), "first", ""),
    "symptom": (gettext_noop("First session"), "first", ""),
    "firstpicture": (gettext_noop("First session"), "first", ""),
    "putdown": (gettext_noop("First session"), "first", ""),
    "cyclestep": (gettext_noop("How it goes round"), "cycle", ""),
    "safetyplan": (gettext_noop("My safety plan"), "safety-plan", ""),
    "agendaitem": (gettext_noop("Things to talk about"), "to-talk-about", ""),
    "tryout": (gettext_noop("Something to try"), "try-out", "try_id"),
    "endingreview": (gettext_noop("Ending"), "ending", ""),
    "staywellplan": (gettext_noop("Ending"), "ending", ""),
    "warningsign": (gettext_noop("Ending"), "ending", ""),
    "weighing": (gettext_noop("Four kinds of difficulty"), "difficulties", ""),
    "safecontact": (gettext_noop("Reaching me"), "safe-contact", ""),
    "worksheet": (gettext_noop("Sheets"), "worksheet", "worksheet_id"),
}
FOCUS_PLACE, ELSEWHERE = (
    (gettext_noop("What we work on"), "focus", ""),
    (gettext_noop("My record"), "more", ""),
)

PROMPTS: Mapping[str, Mapping[str, str]] = {
    "person": {one.key: one.prompt_for(State.PRESENT) for one in card_fields},
    "event": {"effect": gettext_noop("What it did to me, or between us")},
    "firstpicture": FIRST_LABELS,
    "entry": {"words": day.WORDS_PROMPT},
    "cyclestep": {one.key: one.label for one in cycle_steps.own_prompts},
    "safetyplan": {one.key: one.label for one in plan_headings},
    "endingreview": {one.key: one.label for one in REVIEW_PROMPTS},
    "staywellplan": {one.key: one.label for one in ending.plan_fields},
    "tryout": {"how_it_went": gettext_noop("How it went")},
    "worksheet": {key: one.label for key, one in words_of_all().items()},
}


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a choice: a record, or one field of it."""

    record: CourseRecord
    field: str  # empty: the record as a whole
    about: str
    said: tuple[tuple[str, Words], ...] = ()  # each with the question that it answers
    note: str = ""

    @property
    def id(self) -> str:
        return f"{self.record.id}.{self.field}" if self.field else self.record.id

    @property
    def place(self) -> tuple[str, str, str]:
        """What the place is called, its page, and what names the record in its address."""
        if isinstance(self.record, FocusItem):
            title, page, name = FOCUS_PLACE
        else:
            title, page, name = PLACES.get(kind_of(self.record), ELSEWHERE)
        return _(title), page, name

    @property
    def is_person(self) -> bool:
        return isinstance(self.record, Person) and not self.field


@dataclass
class _Found:
    """What is read at once for all that waits."""

    audience: Audience
    words: Mapping[tuple[str, str], Words]
    names: Mapping[str, str] = field(default_factory=dict)


def kind_of(record: CourseRecord) -> str:
    """A record's kind, as its words name it."""
    return type(record).__name__.lower()


def waiting(audience: Audience) -> list[Waiting]:
    """Everything at *decide later*, people before what is said of them, then as it was written."""
    standing = _standing(audience)
    if not standing:
        return []
    found = _Found(audience, read_many([audience], [record for record, _ in standing]), labels(audience))
    pieces = [_piece(record, part, found) for record, later in standing for part in _parts(record, later)]
    return sorted(pieces, key=lambda piece: (not piece.is_person, piece.record.created_at, piece.id))


def how_many(audience: Audience) -> int:
    """How many choices wait; no word is opened for that."""
    return sum(len(_parts(record, later)) for record, later in _standing(audience))


def shown_as(pieces: Iterable[Waiting]) -> str:
    """An opaque name for what a page showed, so that nothing is shared that was not seen there."""
    seen = sorted(f"{piece.id} {' '.join(words.base for _, words in piece.said)}" for piece in pieces)
    return sha256("\n".join(seen).encode()).hexdigest()


def _standing(audience: Audience) -> list[tuple[CourseRecord, list[str]]]:
    """The records that wait, as a whole or in part, each with the fields whose words do."""
    if not audience.is_client:
        return []
    wanted: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in waiting_in(audience):
        wanted[row.kind][row.record].append(row.field)
    for kind, record in _without_words(audience):
        wanted[kind].setdefault(record, [])
    return [
        (row, wanted[kind][row.id]) for kind, ids in sorted(wanted.items())
        for row in _model(kind).seen.all_of(audience) if row.id in ids and not taken_away(row)
    ]  # fmt: skip


def _without_words(audience: Audience) -> Iterable[tuple[str, str]]:
    """Kind and id of every record that waits and may have no words."""
    rows = [row for model in MAY_BE_WORDLESS for row in model.seen.all_of(audience)]
    return [(kind_of(row), row.id) for row in rows if _waits(row)]


def _model(kind: str) -> type[CourseRecord]:
    model: type[CourseRecord] = apps.get_model("therapy", kind)
    return model


def _waits(record: CourseRecord) -> bool:
    """Whether a record waits as a whole; an entry, whether its mood and people do."""
    return (record.facts if isinstance(record, Entry) else record.sharing) == Sharing.LATER


def _parts(record: CourseRecord, later: list[str]) -> list[str]:
    """What is decided one by one: the record as a whole, its mood and people, or single fields."""
    waits = _waits(record)
    if not isinstance(record, PER_FIELD):
        return [""] if waits else later
    own = (
        [FACTS if isinstance(record, Entry) else ""] if waits and not isinstance(record, FirstPicture) else []
    )
    # A name goes with the person.
    return [*own, *(name for name in later if name != "label")]


def _piece(record: CourseRecord, part: str, found: _Found) -> Waiting:
    if part == FACTS and isinstance(record, Entry):
        return Waiting(record, part, _about(record, found), note=_day(record, found))
    if isinstance(record, Person) and not part:
        return Waiting(
            record, part, _about(record, found), note=_("The name, and where they stand on the circles.")
        )
    asked = [part] if part else [*record.words]
    said = [(name, found.words[record.id, name]) for name in asked if (record.id, name) in found.words]
    shown = tuple(_asked(record, name, words) for name, words in said if words.sharing is Sharing.LATER)
    return Waiting(record, part, _about(record, found), shown)


def _asked(record: CourseRecord, name: str, words: Words) -> tuple[str, Words]:
    if isinstance(record, FocusItem):
        prompts = {prompt.key: prompt.label for prompt in focus_kind_of(record).words}
        return _(prompts.get(name, "")), words
    return _(PROMPTS.get(kind_of(record), QUESTIONS).get(name, "")), words


def _about(record: CourseRecord, found: _Found) -> str:
    """What something is about, where its words do not say it."""
    if isinstance(record, Person):
        return found.names.get(record.id, "")
    if isinstance(record, Entry):
        return say_date(record.on, "l j F")
    if isinstance(record, Link):
        return _link(record, found.audience)
    if isinstance(record, Worksheet):
        return worksheets.get(record.kind).label
    return label_of(record) if isinstance(record, StoryRecord) else ""


def _day(entry: Entry, found: _Found) -> str:
    """What mood and people say: "Low. Sam, Leah"."""
    people = [found.names[one] for one in entry.people if one in found.names]
    said = [
        mood_words(entry.mood) if entry.mood else "",
        ", ".join(people),
        _("On my own") if entry.on_my_own else "",
    ]
    return ". ".join(filter(None, said)) or _("The day itself, without mood or people.")


def _link(record: Link, audience: Audience) -> str:
    shown = next((one for one in links(audience, linkable(audience)) if one.id == record.id), None)
    return f"{shown.one} · {shown.says} · {shown.other}" if shown else _("Two things that go together")
