"""What stood on somebody's card before, for whoever the client chose to show it to."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, history
from kithwork.ipt.inventory import card_fields
from kithwork.therapy.people.models import Person, Placement
from kithwork.therapy.people.picture import Place, ShownPerson
from kithwork.therapy.people.queries import place_of


@dataclass(frozen=True)
class EarlierWords:
    """What a field said before, newest first; never what it says now."""

    prompt: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Past:
    """Where somebody stood, newest first, and what was written about them."""

    places: tuple[Place, ...]
    words: tuple[EarlierWords, ...]


def past_of(audience: Audience, person: Person, shown: ShownPerson) -> Past | None:
    """The past of a card, if the client chose to see it. Words that were changed are for their owner alone."""
    if not person.looking_back or (person.looking_back == "me" and not audience.is_client):
        return None
    return Past(_places(audience, person), _words(audience, person, shown) if audience.is_client else ())


def _places(audience: Audience, person: Person) -> tuple[Place, ...]:
    rows = (
        Placement.seen.visible_to(audience).filter(person=person, view="now").order_by("-created_at", "-pk")
    )
    places = [place_of(row) for row in rows]
    # Somebody who was only turned stands where they stood.
    return tuple(next(group) for _, group in groupby(places, key=lambda place: place.ring))


def _words(audience: Audience, person: Person, shown: ShownPerson) -> tuple[EarlierWords, ...]:
    found = []
    for field in card_fields:
        live = shown.words.get(field.key)
        now = set(live.base.split(".")) if live else set()
        before = tuple(
            one for one in history(audience, person, field.key) if one.text and one.base not in now
        )
        if before:
            found.append(EarlierWords(field.prompt_for(shown.state, shown.label, say=gettext), before))
    return tuple(found)
