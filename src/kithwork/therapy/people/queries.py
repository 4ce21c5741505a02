"""Reading the people in a life, for one audience."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Key, Words, read_many
from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.inventory import Ring, State, card_fields
from kithwork.therapy.course.models import Client
from kithwork.therapy.people import picture
from kithwork.therapy.people.models import Line, Person, Placement
from kithwork.therapy.people.picture import Circles, Place, ShownPerson

__all__ = ["Circles", "Place", "ShownPerson", "circles", "everybody", "labels", "people"]

NAMELESS = gettext_noop("Someone")  # what is left when a name was deleted and the client keeps something else


def zone_of(client: str) -> ZoneInfo:
    """The clock that a client's days go by."""
    zone = Client.objects.filter(pk=client).values_list("time_zone", flat=True).first()
    return ZoneInfo(zone or "UTC")


@once_a_page
def people(audience: Audience) -> list[Person]:
    """Everybody this audience may know of, in the order in which they were added."""
    return [one for one in Person.seen.all_of(audience) if one.hidden_at is None and one.deleted_at is None]


@once_a_page
def labels(audience: Audience) -> dict[str, str]:
    """What each of them is called, by id. Somebody whose name is kept is not there for others."""
    return _named(audience, people(audience))


def out_of_sight(audience: Audience) -> dict[str, str]:
    """What those are called who were put out of sight, by id."""
    return _named(audience, _hidden(audience))


def called(known: Mapping[str, str], name: str) -> str:
    """The id of whoever is called so, whatever the letters' case; empty where nobody is."""
    wanted = " ".join(name.split()).casefold()
    return next((person for person, label in known.items() if label.casefold() == wanted), "")


def _named(audience: Audience, found: list[Person]) -> dict[str, str]:
    words = read_many([audience], found)
    named = {one.id: words[one.id, "label"].text for one in found if (one.id, "label") in words}
    return {person: label for person, label in named.items() if label}


def find(audience: Audience, person: str) -> Person | None:
    """One person, hidden or not, if this audience may know of them."""
    return Person.seen.visible_to(audience).filter(pk=person, deleted_at__isnull=True).first()


@once_a_page
def everybody(audience: Audience, *, at: datetime | None = None) -> list[ShownPerson]:
    """Everybody with their cards and places, as they stood at a moment; ``None`` is now."""
    found = [one for one in people(audience) if at is None or one.created_at <= at]
    return _shown(audience, found, at)


@once_a_page
def says_she_is_frightened(audience: Audience) -> bool:
    """Whether the client has said of somebody that they frighten or hurt her, where this audience can see it.

    Somebody who was put out of sight counts too: out of sight is not out of the house.
    """
    known = [one for one in Person.seen.all_of(audience) if one.deleted_at is None]
    words, asks = read_many([audience], known), card_fields["safe"]
    said = [words[one.id, asks.key].text for one in known if (one.id, asks.key) in words]
    return any(asks.chosen(text) for text in said)


def card(audience: Audience, person: Person) -> ShownPerson:
    """One person's card."""
    return _shown(audience, [person], None)[0]


def hidden(audience: Audience) -> list[ShownPerson]:
    """Those who were put out of sight, to be shown again."""
    return _shown(audience, _hidden(audience), None)


def _hidden(audience: Audience) -> list[Person]:
    return [one for one in Person.seen.all_of(audience) if one.hidden_at and one.deleted_at is None]


def _shown(audience: Audience, found: list[Person], at: datetime | None) -> list[ShownPerson]:
    words = _by_person(read_many([audience], found))
    placements = _placements(audience, found, at)
    return [_person(one, words[one.id], placements[one.id]) for one in found]


def _by_person(words: Mapping[Key, Words]) -> dict[str, dict[str, Words]]:
    """What each card says. Where the newest is emptied, what its owner keeps beside it still stands."""
    cards: dict[str, dict[str, Words]] = defaultdict(dict)
    for (person, field), piece in words.items():
        if piece.text or any(other.text for other in piece.also):
            cards[person][field] = piece
    return cards


def _placements(
    audience: Audience, found: Iterable[Person], at: datetime | None
) -> dict[str, dict[str, list[Placement]]]:
    """By person and view, oldest first. A placement is seen only where its person is."""
    known = {one.id for one in found}
    placed: dict[str, dict[str, list[Placement]]] = defaultdict(lambda: defaultdict(list))
    for row in Placement.seen.all_of(audience):
        if row.person_id in known and (at is None or row.created_at <= at):
            placed[row.person_id][row.view].append(row)
    return placed


def moved_by_client(audience: Audience, since: datetime) -> dict[str, datetime]:
    """Whom the client has placed by herself since a moment, and when last."""
    return {
        row.person_id: row.created_at
        for row in Placement.seen.all_of(audience)
        if row.side == "client" and row.view == "now" and row.created_at > since
    }


def _person(row: Person, words: dict[str, Words], placements: Mapping[str, list[Placement]]) -> ShownPerson:
    now = placements.get("now", [])
    return ShownPerson(
        id=row.id, label=_name(words), relation=row.relation,
        state=State(row.state), since_year=row.since_year, is_group=row.is_group, group_size=row.group_size,
        line=row.line, sharing=Sharing(row.sharing), together_in=row.together_in, words=words,
        looking_back=row.looking_back,
        now=_newest(now), wished=_newest(placements.get("wished", [])), before=_day_before(now),
    )  # fmt: skip


def _name(words: Mapping[str, Words]) -> str:
    return words["label"].text if "label" in words and words["label"].text else _(NAMELESS)


def place_of(row: Placement) -> Place:
    """One placement as it was made."""
    return Place(Ring(row.ring) if row.ring else None, row.angle, row.on)


def _newest(rows: list[Placement]) -> Place | None:
    """The newest placement rules; the direction is the last that was said."""
    if not rows:
        return None
    said = [row.angle for row in rows if row.angle is not None]
    ring = rows[-1].ring
    return Place(Ring(ring) if ring else None, said[-1] if said else None, rows[-1].on)


def _day_before(rows: list[Placement]) -> Place | None:
    """Where they stood at the end of the last earlier day, if that was another ring."""
    earlier = [row for row in rows if row.on < rows[-1].on]
    place = _newest(earlier)
    return place if place and place.ring and place.ring != rows[-1].ring else None


def circles(
    audience: Audience,
    *,
    view: str = "now",
    at: datetime | None = None,
    since: datetime | None = None,
    folds_crowds: bool = False,
    spread: Ring | None = None,
) -> Circles:
    """The circles as this audience may see them.

    ``at`` draws an earlier moment; ``since`` lays one under the picture, as ghosts. Without it the ghosts of the
    present view stand where people were on the last earlier day, those of the wished view where they are now.
    """
    shown = everybody(audience, at=at) if at else everybody(audience)
    were = _were(audience, shown, view, since)
    pairs = _pairs(audience, shown, at)
    return picture.draw(
        shown, view=view, at=at, were=were, pairs=pairs, folds_crowds=folds_crowds, spread=spread
    )


def _were(
    audience: Audience, shown: list[ShownPerson], view: str, since: datetime | None
) -> dict[str, Place | None]:
    if since is not None:
        return {one.id: one.place_in(view) for one in everybody(audience, at=since)}
    if view == "wished":
        return {one.id: one.now for one in shown}
    return {one.id: one.before for one in shown}


def _pairs(audience: Audience, shown: list[ShownPerson], at: datetime | None) -> list[picture.Pair]:
    ends = {one.id for one in shown}
    rows = [row for row in Line.seen.all_of(audience) if _stood(row, at)]
    return [(row.one_id, row.other_id, row.kind) for row in rows if {row.one_id, row.other_id} <= ends]


def _stood(line: Line, at: datetime | None) -> bool:
    if at is None:
        return line.removed_at is None
    return line.created_at <= at and (line.removed_at is None or line.removed_at > at)


@dataclass(frozen=True)
class ShownLine:
    """A line between a person and another one."""

    other: str
    label: str
    kind: str


def lines_of(audience: Audience, person: Person) -> list[ShownLine]:
    """The lines from one person to others, where both ends may be seen."""
    names = labels(audience)
    rows = [row for row in Line.seen.all_of(audience) if _stood(row, None)]
    ends = [(row.one_id if row.other_id == person.id else row.other_id, row) for row in rows
            if person.id in (row.one_id, row.other_id)]  # fmt: skip
    return [ShownLine(other, names[other], row.kind) for other, row in ends if other in names]


def days_placed(audience: Audience) -> list[date]:
    """The days on which somebody was placed, newest first: the moments that circles can be compared with."""
    known = {one.id for one in people(audience)}
    rows = Placement.seen.all_of(audience)
    return sorted({row.on for row in rows if row.view == "now" and row.person_id in known}, reverse=True)


def end_of_day(audience: Audience, on: date) -> datetime | None:
    """The moment of the last placement that was made on a day or before."""
    known = {one.id for one in people(audience)}
    rows = [row for row in Placement.seen.all_of(audience) if row.on <= on and row.person_id in known]
    return rows[-1].created_at if rows else None
