"""Gathering pieces for the picture from the people and the story: for one audience, and for some readers only."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read_many
from kithwork.foundation.passages.sharing import KEPT, OPEN, Sharing
from kithwork.foundation.ui.dates import say_rough
from kithwork.ipt import cycle_steps, first
from kithwork.ipt.inventory import Ring, State, card_fields
from kithwork.ipt.problem_areas import problem_areas
from kithwork.ipt.weighing import fits
from kithwork.therapy.course.models import CourseRecord
from kithwork.therapy.formulation.pieces import Piece, Readers, for_readers, is_for, of_record, of_words
from kithwork.therapy.people.models import Person, Placement
from kithwork.therapy.people.queries import people
from kithwork.therapy.story.models import CycleStep, Episode, Event, PutDown, StoryRecord, Symptom, Weighing
from kithwork.therapy.story.queries import first_rows, standing

R = TypeVar("R", bound=CourseRecord)
Fields = Mapping[str, Words]
ByRecord = Mapping[str, list[Words]]

# field of the first session's picture: the part of the shared picture that it could go into
BEGINNINGS = {
    "how_it_is": "symptoms", "with_people": "symptoms", "began_when": "symptoms",
    "began_around": "events", "began_who": "events", "began_noticed": "people",
}  # fmt: skip
CARD = {"good": "people", "hard": "people", "wish": "goals", "turn_to": "strengths", "gives": "strengths"}
CYCLE = {"my_words": "cycle", "differently": "cycle", "help_here": "strengths"}
THERE = frozenset({"often", "sometimes"})


def gather(audience: Audience, readers: Readers, *, only: Container[str] | None = None) -> Iterator[Piece]:
    """Every piece that is for these readers: what both see, or what the client alone does.

    ``only`` names the records that are asked for; words of others are not opened.
    """
    rows = {kind: _asked(standing(audience, kind), only) for kind in GATHERED}
    beginning, known = _asked(first_rows(audience), only), _asked(people(audience), only)
    words: dict[str, list[Words]] = defaultdict(list)
    records = [*beginning, *known, *(row for of_kind in rows.values() for row in of_kind)]
    for one in read_many([audience], records).values():
        words[one.record].append(one)
    yield from _beginnings((one for row in beginning for one in words[row.id]), readers)
    for kind, pieces_of in GATHERED.items():
        for row in rows[kind]:
            yield from pieces_of(row, _of(row, words, readers), readers)
    rings = _rings(audience, readers)
    for one_of_them in known:
        own = _of(one_of_them, words, readers)
        yield from _person(one_of_them, words.get(one_of_them.id, []), own, rings.get(one_of_them.id))


def _asked(rows: list[R], only: Container[str] | None) -> list[R]:
    return rows if only is None else [row for row in rows if row.id in only]


def _of(row: CourseRecord, words: ByRecord, readers: Readers) -> Fields:
    """A record's words for these readers, by field. What stands in a kept record is kept, whatever it says itself."""
    own = Sharing(row.sharing)
    every = for_readers(words.get(row.id, ()), KEPT | OPEN)
    return {one.field: one for one in every if is_for(own, one.sharing, readers)}


def _beginnings(found: Iterable[Words], readers: Readers) -> Iterator[Piece]:
    for one in for_readers(found, readers):
        if one.field in BEGINNINGS:
            label = _("It began") if one.field == "began_when" else ""
            section = BEGINNINGS[one.field]
            yield of_words(
                one, section=section, label=label, origin=_("The first session’s picture"), page="first"
            )


def _symptom(row: Symptom, words: Fields, readers: Readers) -> Iterator[Piece]:
    label = first.experiences[row.kind].label
    for field in ("own_words", "effect", "since"):
        if field in words:
            yield of_words(
                words[field], section="symptoms", label=label, origin=_("What it is like"), page="first"
            )
    if not words and row.present in THERE and row.sharing in readers:
        said = f"{label}: {first.presence[row.present].label.lower()}"
        yield of_record(row, section="symptoms", text=said, origin=_("What it is like"), page="first")


def _event(row: Event, words: Fields, _readers: Readers) -> Iterator[Piece]:
    if "title" in words:
        said = f"{words['title'].text} ({say_rough(row.rough)})" if row.rough else words["title"].text
        text = f"{said}: {words['effect'].text}" if "effect" in words else said
        yield of_record(
            row, section="events", text=text, origin=_("What happened, and when"), page="event",
            names=(("event_id", row.id),),
        )  # fmt: skip


def _step(row: CycleStep, words: Fields, _readers: Readers) -> Iterator[Piece]:
    name = words["name"].text if "name" in words else ""
    for field, section in CYCLE.items():
        if field in words:
            station = cycle_steps.own_station(row.station, name)
            label = "" if section != "cycle" else _(station.label) if station.text else station.label
            yield of_words(
                words[field], section=section, label=label, origin=_(cycle_steps.TITLE), page="cycle"
            )


def _weighing(row: Weighing, words: Fields, _readers: Readers) -> Iterator[Piece]:
    area = problem_areas[row.area].label
    label = f"{area} ({fits[row.fits].label.lower()})" if row.fits else area
    for one in words.values():
        yield of_words(
            one, section="focus", label=label, origin=_("Four kinds of difficulty"), page="difficulties"
        )


def _episode(_row: Episode, words: Fields, _readers: Readers) -> Iterator[Piece]:
    if "helped" in words:
        label, origin = _("It helped before"), _("Earlier times")
        yield of_words(words["helped"], section="strengths", label=label, origin=origin, page="first")


def _put_down(_row: PutDown, words: Fields, _readers: Readers) -> Iterator[Piece]:
    if "keep" in words:
        yield of_words(words["keep"], section="strengths", origin=first.PUT_DOWN_TITLE, page="first")


Pieces = Callable[[Any, Fields, Readers], Iterator[Piece]]
GATHERED: Mapping[type[StoryRecord], Pieces] = {
    Symptom: _symptom, Event: _event, CycleStep: _step, Weighing: _weighing, Episode: _episode, PutDown: _put_down,
}  # fmt: skip


def _rings(audience: Audience, readers: Readers) -> dict[str, Ring | None]:
    """Where everybody stands, as far as these readers were shown: the placement that was made last."""
    rows = [row for row in Placement.seen.all_of(audience) if row.view == "now" and row.sharing in readers]
    return {row.person_id: Ring(row.ring) if row.ring else None for row in rows}


def _person(row: Person, every: list[Words], own: Fields, ring: Ring | None) -> Iterator[Piece]:
    """Somebody's name with their place, and what their card says. A name goes before words about them."""
    name = next((one.text for one in every if one.field == "label"), "")
    if "label" in own:
        yield of_record(
            row, section="people", text=_name_and_place(name, ring, State(row.state)), origin=_("The circles"),
            page="circles",
        )  # fmt: skip
    for field, section in CARD.items():
        if field in own and name:
            asked = card_fields[field]
            said = f"{name}. {asked.prompt_for(State(row.state), name)}: {asked.shown(own[field].text)}"
            yield of_words(
                own[field], section=section, text=said, origin=_("The card of %(name)s") % {"name": name},
                page="person", names=(("person_id", row.id),),
            )  # fmt: skip


def _name_and_place(name: str, ring: Ring | None, state: State) -> str:
    """ "Sam (closest)", "Mum (closest, died)"."""
    said = [ring.label] if ring else []
    said += [] if state is State.PRESENT else [state.label]
    return f"{name} ({', '.join(said).lower()})" if said else name
