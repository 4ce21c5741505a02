"""Reading the story, for one audience: what happened, what it is like, and how it goes round."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from django.utils.dateformat import format as say_date

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.once import once_a_page
from kithwork.foundation.passages.queries import Words, read_many
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.ipt import cycle_steps, first
from kithwork.ipt.timeline import FuzzyDate, effects, lanes, link_kinds
from kithwork.therapy.checkins.queries import ScorePoint, scores
from kithwork.therapy.people.queries import labels
from kithwork.therapy.story.models import (
    CycleStep,
    Episode,
    Event,
    FirstPicture,
    Link,
    PutDown,
    StoryRecord,
    Symptom,
)

MEASURE = "phq9"
S = TypeVar("S", bound=StoryRecord)


@dataclass(frozen=True)
class ShownEvent:
    """Something that happened, as somebody sees it."""

    id: str
    title: str
    effect: str  # how mood was around then, in words; empty: not said
    effect_key: str
    effect_words: str
    lane: str
    people: tuple[str, ...]
    when: str
    earliest: date
    latest: date
    middle: date
    until: date | None
    until_when: str
    sharing: Sharing
    together_in: int | None


@once_a_page
def events(audience: Audience) -> list[ShownEvent]:
    """What happened, in the order in which it did."""
    rows = standing(audience, Event)
    words = read_many([audience], rows)
    names = labels(audience)
    shown = [_event(row, {name: words.get((row.pk, name)) for name in row.words}, names) for row in rows]
    return sorted(shown, key=lambda event: (event.middle, event.earliest, event.id))


def _event(row: Event, words: Mapping[str, Words | None], names: Mapping[str, str]) -> ShownEvent:
    title, effect = words["title"], words["effect"]
    rough = row.rough or FuzzyDate(row.created_at.year)
    return ShownEvent(
        id=row.pk, title=(title.text if title else "") or "Something without a name",
        effect=effects[row.effect_on_mood].label if row.effect_on_mood else "", effect_key=row.effect_on_mood,
        effect_words=effect.text if effect else "", lane=row.lane,
        people=tuple(names[person] for person in row.people if person in names), when=str(rough),
        earliest=rough.earliest, latest=rough.latest, middle=rough.midpoint, until=row.until,
        until_when=str(FuzzyDate.parse(row.until_when)) if row.until_when else "",
        sharing=Sharing(row.sharing), together_in=_together_in(row, words.values()),
    )  # fmt: skip


def _together_in(row: StoryRecord, words: Iterable[Words | None]) -> int | None:
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
    return _first_and_beside(list(rows))


def _first_and_beside(rows: Sequence[S]) -> tuple[S | None, S | None]:
    newest = sorted(rows, key=lambda row: (row.changed_at or row.created_at, row.pk), reverse=True)
    kept = next((row for row in newest if row.sharing in KEPT), None)
    shared = next((row for row in newest if row.sharing not in KEPT), None)
    return (kept, shared) if kept else (shared, None)


def _by_key(rows: Iterable[S], column: str) -> dict[str, tuple[S | None, S | None]]:
    found: dict[str, list[S]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return {key: _first_and_beside(same) for key, same in found.items()}


# How it goes round


@dataclass(frozen=True)
class ShownStep:
    """One station as somebody sees it. ``beside`` is what others see where the client keeps another to herself."""

    station: cycle_steps.Station
    id: str = ""
    answer: str = ""
    could_stop: bool = False
    words: Mapping[str, Words] = field(default_factory=dict)
    sharing: Sharing | None = None
    together_in: int | None = None
    beside: "ShownStep | None" = None

    @property
    def answer_label(self) -> str:
        return cycle_steps.answers[self.answer].label if self.answer else ""

    @property
    def is_gap(self) -> bool:
        """Whether the ring opens after this station."""
        return self.could_stop or bool(self.idea)

    @property
    def idea(self) -> str:
        return self._text("help_here")

    @property
    def texts(self) -> list[str]:
        return [text for text in (self.differently, self.my_words, self.idea) if text]

    @property
    def my_words(self) -> str:
        return self._text("my_words")

    @property
    def differently(self) -> str:
        return self._text("differently")

    def _text(self, name: str) -> str:
        return self.words[name].text if name in self.words else ""


def cycle(audience: Audience) -> list[ShownStep]:
    """The four stations in their order, each as far as it has been made the client's own."""
    rows = standing(audience, CycleStep)
    words = read_many([audience], rows)
    found = _by_key(rows, "station")
    return [_step(station, *found.get(station.key, (None, None)), words) for station in cycle_steps.stations]


def _step(
    station: cycle_steps.Station,
    row: CycleStep | None,
    beside: CycleStep | None,
    words: Mapping[tuple[str, str], Words],
) -> ShownStep:
    if row is None:
        return ShownStep(station)
    own = {name: words[row.pk, name] for name in row.words if (row.pk, name) in words}
    return ShownStep(
        station, row.pk, row.answer, row.could_stop_here, own, Sharing(row.sharing), _together_in(row, own.values()),
        _step(station, beside, None, words) if beside else None,
    )  # fmt: skip


# The first session's picture

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


def first_picture(audience: Audience) -> FirstShown:
    """Everything that was said about how it is, how it began, and what else matters."""
    pictures = first_rows(audience)
    symptoms, episodes, put_down = (
        standing(audience, Symptom), standing(audience, Episode), standing(audience, PutDown),
    )  # fmt: skip
    words = read_many([audience], [*pictures, *symptoms, *episodes, *put_down])
    fields, beside = _fields(words[key] for key in words if key[0] in {row.pk for row in pictures})
    return FirstShown(
        fields, beside, _experiences(symptoms, words),
        [_record(row, words, said=str(row.rough or "")) for row in sorted(episodes, key=_earliest, reverse=True)],
        [_record(row, words) for row in put_down],
    )  # fmt: skip


def _earliest(episode: Episode) -> date:
    return episode.earliest or date.min


def first_rows(audience: Audience) -> list[FirstPicture]:
    """The rows that hold the picture's fields: one, or two where the client keeps some to herself."""
    return list(FirstPicture.seen.visible_to(audience).order_by("created_at", "pk"))


def first_fields(audience: Audience) -> dict[str, Words]:
    """What stands in each of the picture's fields."""
    words = read_many([audience], first_rows(audience))
    return _fields(words.values())[0]


def _fields(words: Iterable[Words]) -> tuple[dict[str, Words], dict[str, Words]]:
    # Whichever piece of a row is shown, a save builds on all that stands there.
    everything = [replace(piece, base=one.base) for one in words for piece in (one, *one.also)]
    main: dict[str, Words] = {}
    beside: dict[str, Words] = {}
    # Kept before shared, then newest first: what the client keeps is what she goes on writing in.
    for piece in sorted(everything, key=lambda one: (one.is_kept, one.at), reverse=True):
        if piece.field not in main:
            main[piece.field] = piece
        elif main[piece.field].is_kept and not piece.is_kept and piece.text:
            beside.setdefault(piece.field, piece)
    return main, beside


def _experiences(rows: Iterable[Symptom], words: Mapping[tuple[str, str], Words]) -> list[ShownRecord]:
    found = _by_key(rows, "kind")
    return [_experience(one, *found.get(one.key, (None, None)), words) for one in first.experiences]


def _experience(
    kind: first.Experience,
    row: Symptom | None,
    beside: Symptom | None,
    words: Mapping[tuple[str, str], Words],
) -> ShownRecord:
    if row is None:
        return ShownRecord("", kind.key, kind.label, "", {}, None, None)
    shown_beside = _experience(kind, beside, None, words) if beside else None
    said = first.presence[row.present].label if row.present else ""
    return _record(row, words, key=kind.key, label=kind.label, said=said, beside=shown_beside)


def _record(
    row: StoryRecord,
    words: Mapping[tuple[str, str], Words],
    *,
    key: str = "",
    label: str = "",
    said: str = "",
    beside: ShownRecord | None = None,
) -> ShownRecord:
    own = {name: words[row.pk, name] for name in row.words if (row.pk, name) in words}
    return ShownRecord(
        row.pk, key, label, said, own, Sharing(row.sharing), _together_in(row, own.values()), beside
    )


# Links


@dataclass(frozen=True)
class ShownLink:
    """Two things that belong together, both of which this audience may see."""

    id: str
    one: str
    other: str
    says: str
    ends: tuple[str, str]
    sharing: Sharing


def linkable(audience: Audience) -> dict[str, dict[str, str]]:
    """Everything that can be an end of a link, by kind and id, in words."""
    symptoms = [one for one in first_picture(audience).experiences if one.id]
    return {
        "event": {event.id: f"{event.title} ({event.when})" for event in events(audience)},
        "person": labels(audience),
        "symptom": {one.id: one.label for one in symptoms},
        "score": {point.id: score_words(point) for point in scores(audience, MEASURE)},
    }


def score_words(point: ScorePoint) -> str:
    """ "PHQ-9: 18, 11 March 2025"; a form with something left out has no total and says so."""
    total = "not complete" if point.total is None else point.total
    return f"PHQ-9: {total}, {say_date(point.on, 'j F Y')}"


def links(audience: Audience, things: Mapping[str, Mapping[str, str]]) -> list[ShownLink]:
    """The links of which this audience may see both ends. ``things`` is what :func:`linkable` gave."""
    rows = Link.seen.visible_to(audience).filter(removed_at__isnull=True).order_by("created_at", "pk")
    return [_link(row, things) for row in rows if _has_both_ends(row, things)]


def _has_both_ends(row: Link, things: Mapping[str, Mapping[str, str]]) -> bool:
    return row.one in things.get(row.one_kind, {}) and row.other in things.get(row.other_kind, {})


def _link(row: Link, things: Mapping[str, Mapping[str, str]]) -> ShownLink:
    one, other = things[row.one_kind][row.one], things[row.other_kind][row.other]
    says = link_kinds[row.kind].label
    return ShownLink(row.pk, one, other, says, (row.one, row.other), Sharing(row.sharing))


def find_link(audience: Audience, link: str) -> Link | None:
    """One link, if this audience may see it and both of its ends."""
    row = Link.seen.visible_to(audience).filter(removed_at__isnull=True, pk=link).first()
    return row if row and _has_both_ends(row, linkable(audience)) else None


# What was written together


@dataclass(frozen=True)
class Together:
    """One thing that was written together: a whole record, or one field of it."""

    record: str
    field: str  # empty: the whole record
    label: str
    text: str


def written_together(audience: Audience, session: int | None) -> list[Together]:
    """What was written together in one session, across this room, so that any of it can be taken out again."""
    if session is None:
        return []
    rows: list[StoryRecord | FirstPicture] = [*first_rows(audience)]
    for kind in (Symptom, Episode, PutDown, Event, CycleStep):
        rows += standing(audience, kind)
    words = read_many([audience], rows)
    return [item for row in rows for item in _items(row, session, words)]


def _items(
    row: StoryRecord | FirstPicture, session: int, words: Mapping[tuple[str, str], Words]
) -> list[Together]:
    own = [words[row.pk, name] for name in row.words if (row.pk, name) in words and words[row.pk, name].text]
    here = [one for one in own if one.side == "staff" and one.together_in == session]
    whole = (
        isinstance(row, StoryRecord) and row.side == "staff" and row.together_in == session and here == own
    )
    if whole:
        return [Together(row.pk, "", label_of(row), " · ".join(one.text for one in here))]
    return [Together(row.pk, one.field, _field_label(row, one.field), one.text) for one in here]


def label_of(row: StoryRecord | FirstPicture) -> str:
    """What a record is about, for a list."""
    if isinstance(row, Symptom):
        return first.experiences[row.kind].label
    if isinstance(row, CycleStep):
        return f"{cycle_steps.TITLE}: {cycle_steps.stations[row.station].label}"
    if isinstance(row, Event):
        return f"{lanes[row.lane].label}, {row.rough}"
    return "An earlier time" if isinstance(row, Episode) else first.PUT_DOWN_TITLE


FIRST_LABELS = {
    "how_it_is": "What it is like now",
    "with_people": "What it does to being with people",
    **{f"began_{prompt.key}": prompt.label for prompt in first.began},
    **{f"care_{prompt.key}": prompt.label for prompt in first.other_care},
}


def _field_label(row: StoryRecord | FirstPicture, name: str) -> str:
    return FIRST_LABELS[name] if isinstance(row, FirstPicture) else label_of(row)
