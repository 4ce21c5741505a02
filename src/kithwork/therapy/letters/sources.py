"""What of the shared record can stand in a letter, as the two of them see it.

Everything is read with eyes that see only what is shared or agreed, whoever looks: what the client keeps, and what
staff note for themselves, cannot be named here, so no letter can hold it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_noop

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Record, Words, read_many
from kithwork.foundation.passages.sharing import OPEN, Field, Owner
from kithwork.ipt.ending import plan_fields
from kithwork.ipt.formulation import sections
from kithwork.therapy.ending.models import EndingReview, StayWellPlan
from kithwork.therapy.ending.queries import REVIEW_PROMPTS, of_course, warning_signs
from kithwork.therapy.formulation.queries import find as find_formulation
from kithwork.therapy.formulation.queries import standing_goals


@dataclass(frozen=True)
class Place:
    """Somewhere in the record that a letter may draw from: what it is called, and whether it is the client's own."""

    key: str
    label: str
    own: bool  # the client's, and not written by both


def _places() -> Iterator[Place]:
    for section in sections:
        yield Place(f"formulation.{section.key}", section.label, own=False)
    yield Place("goal", gettext_noop("A goal"), own=False)
    for prompt in REVIEW_PROMPTS:
        if EndingReview.words[prompt.key].owner is Owner.CLIENT:
            yield Place(f"ending.{prompt.key}", prompt.label, own=True)
    yield Place("sign", gettext_noop("An early sign"), own=True)
    for prompt in plan_fields:
        yield Place(f"plan.{prompt.key}", prompt.label, own=True)


PLACES = {place.key: place for place in _places()}


@dataclass(frozen=True)
class Source:
    """One piece of the shared record as it is now."""

    place: Place
    record: str
    field: str
    words: Words

    @property
    def id(self) -> str:
        """Its name in a form."""
        return f"{self.record}.{self.field}"


@dataclass(frozen=True)
class Named:
    """A record that is known by its id alone."""

    id: str
    words: Mapping[str, Field] = field(default_factory=dict)


def place_of(key: str) -> Place | None:
    """What a source is called; None for one that this version of Kithwork no longer draws from."""
    return PLACES.get(key)


def eyes_for_paper(audience: Audience) -> Audience:
    """The same audience with eyes for nothing but what is shared or agreed."""
    return replace(audience, sees=OPEN)


def sources(audience: Audience) -> list[Source]:
    """Everything that is shared now and has a place in some letter, in reading order."""
    eyes = eyes_for_paper(audience)
    rows = list(_rows(eyes))
    words = read_many([eyes], [record for record, _, _ in rows])
    said = [(PLACES[key], record.id, name, words.get((record.id, name))) for record, name, key in rows]
    return [
        Source(place, record, name, found)
        for place, record, name, found in said
        if found and found.text.strip() and not found.refused
    ]


def _rows(eyes: Audience) -> Iterator[tuple[Record, str, str]]:
    """Record, field and place of everything that a letter may draw from."""
    if picture := find_formulation(eyes):
        yield from ((picture, one.key, f"formulation.{one.key}") for one in sections)
    yield from ((goal, "goal", "goal") for goal in standing_goals(eyes))
    if review := of_course(eyes, EndingReview):
        yield from ((review, key.partition(".")[2], key) for key in PLACES if key.startswith("ending."))
    yield from ((sign, "sign", "sign") for sign in warning_signs(eyes))
    if plan := of_course(eyes, StayWellPlan):
        yield from ((plan, one.key, f"plan.{one.key}") for one in plan_fields)


def now_at(audience: Audience, places: Mapping[str, tuple[str, str]]) -> dict[str, Words]:
    """What is shared now at some places, each a record's id and a field; where nothing is shared, nothing."""
    eyes = eyes_for_paper(audience)
    words = read_many([eyes], [Named(record) for record, _ in places.values()])
    return {name: words[place] for name, place in places.items() if place in words}
