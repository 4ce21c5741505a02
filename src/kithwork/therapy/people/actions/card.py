"""A person's card: what is known of them, and every piece of writing with its own readers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.models import Passage
from kithwork.foundation.passages.queries import base_of, heads, read
from kithwork.foundation.passages.sharing import KEPT, OPEN, Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.inventory import CardField, card_fields, looking_back, views
from kithwork.ipt.timeline import FuzzyDate, UnclearDate
from kithwork.refusal import Refusal
from kithwork.therapy.people.actions.checks import check_choices, check_open, free_label, who_for
from kithwork.therapy.people.actions.placing import line_sharing, today_of
from kithwork.therapy.people.models import Line, Person, Placement

COLUMNS = ("relation", "state", "since_year", "is_group", "group_size", "line")


@dataclass(frozen=True)
class Piece:
    """One field of a card as it is to stand."""

    field: str
    text: str
    sharing: Sharing | None = None
    base: str = ""


def write_card(
    *, by: Audience, person: Person, field: str, text: str, sharing: Sharing | None = None, base: str = ""
) -> Person:
    """Write one field of a person's card."""
    return change_person(by=by, person=person, details={}, pieces=[Piece(field, text, sharing, base)])


def change_person(
    *, by: Audience, person: Person, details: Mapping[str, Any], pieces: Iterable[Piece] = ()
) -> Person:
    """Change what is known of somebody: name, relation, what became of them, who it is for, and the card's fields.

    Only the details that are named change. ``label`` comes with ``label_base``.
    """
    check_open(by)
    check_choices(details)
    with transaction.atomic():
        trail.lock(by.course)
        change_details(by, person, details)
        for piece in pieces:
            write_piece(by, person, piece)
        trail.record("people.card", by=by.who, at=by.now, course=by.course, page="person")
    return person


def look_back(*, by: Audience, person: Person, how: str) -> Person:
    """The client's choice whether a card shows what stood on it before: not at all, to her, or to both."""
    check_open(by)
    if not by.is_client:
        raise Refusal("Whether this is shown is the client’s own choice.", code="not-yours")
    if how not in looking_back:
        raise Refusal("Choose one from the list.", code="not-a-choice")
    with transaction.atomic():
        trail.lock(by.course)
        person.looking_back = how
        person.save()
        trail.record("people.card", by=by.who, at=by.now, course=by.course, page="person")
    return person


def hide(*, by: Audience, person: Person) -> None:
    """Put somebody out of sight. Nothing is lost; they can be shown again."""
    check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        person.hidden_at = by.now
        person.save(update_fields=["hidden_at"])
        trail.record("people.hidden", by=by.who, at=by.now, course=by.course, page="person")


def show_again(*, by: Audience, person: Person) -> Person:
    """Bring somebody back into sight."""
    check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        person.hidden_at = None
        person.save(update_fields=["hidden_at"])
        trail.record("people.shown", by=by.who, at=by.now, course=by.course, page="people")
    return person


def delete(*, by: Audience, person: Person) -> None:
    """Delete somebody: every word about them is emptied, and they are gone from every page.

    What the client keeps to herself is hers: deleted by somebody else, the person stays with her alone.
    """
    check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        passages.overwrite(by, record=person.id)
        kept = Passage.objects.filter(client=by.client, record=person.id, live=True, sharing__in=KEPT)
        if kept.exists():
            person.sharing = Sharing.JUST_ME
        else:
            person.deleted_at = by.now
            person.relation = person.line = ""
            person.since_year = person.group_size = None
        person.save()
        trail.record("people.deleted", by=by.who, at=by.now, course=by.course, page="person")


def change_details(by: Audience, person: Person, details: Mapping[str, Any]) -> None:
    """Change the details that are named."""
    changed = [name for name in COLUMNS if name in details]
    for name in changed:
        setattr(person, name, details[name])
    if "sharing" in details and by.is_client:
        _share(by, person, who_for(by, Sharing(details["sharing"])))
    if "label" in details:
        name = free_label(by, str(details["label"]), known_as={person.id: ""})
        passages.write(
            by, record=person, field="label", text=name, sharing=Sharing(person.sharing),
            base=str(details.get("label_base", "")) or base_of(heads(by, person.id, "label")),
        )  # fmt: skip
    person.save(update_fields=[*changed, "sharing"])


def _share(by: Audience, person: Person, sharing: Sharing) -> None:
    """Who may know of them at all. Nothing about somebody is more open than that they are known of.

    Sharing shows the place and lines as they stand; earlier places stay whose they were.
    """
    if sharing == person.sharing:
        return
    person.sharing = sharing
    for field, words in read(by, person).items():
        opens, closes = field == "label", sharing in KEPT and words.sharing in OPEN
        if (opens or closes) and words.text:
            passages.change_sharing(by, record=person, field=field, sharing=sharing)
    _share_places(by, person, sharing)
    _share_lines(by, person)


def _share_places(by: Audience, person: Person, sharing: Sharing) -> None:
    rows = Placement.seen.visible_to(by).filter(person=person)
    if sharing in KEPT:
        rows.update(sharing=sharing)
        return
    for view in (choice.key for choice in views):
        newest = rows.filter(view=view).order_by("-created_at").first()
        if newest:
            rows.filter(pk=newest.id).update(sharing=sharing)


def _share_lines(by: Audience, person: Person) -> None:
    lines = Line.seen.visible_to(by).select_related("one", "other")
    for row in lines.filter(one=person) | lines.filter(other=person):
        ends = {person.sharing if end.id == person.id else end.sharing for end in (row.one, row.other)}
        Line.seen.visible_to(by).filter(pk=row.id).update(sharing=line_sharing(ends))


def write_piece(by: Audience, person: Person, piece: Piece) -> None:
    """Write one field, never for more readers than know of the person."""
    if piece.field not in card_fields:
        raise Refusal("There is no such place on the card.", code="no-such-field")
    if piece.text.strip() and piece.sharing in OPEN and person.sharing in KEPT:
        raise Refusal(
            "This person is only known to you so far.",
            next_step="Choose who may know of them first, or keep these words to yourself.",
            code="person-kept",
        )
    text = _as_kept(by, card_fields[piece.field], piece.text)
    passages.write(by, record=person, field=piece.field, text=text, sharing=piece.sharing, base=piece.base)


def _as_kept(by: Audience, asks: CardField, text: str) -> str:
    """An answer as it is kept: in its own words, save a date that was said as seen from today.

    "Ten years ago" is kept as "about 2015": in its own words it would name another year each time it is read.
    """
    if not asks.is_date or not text.strip():
        return asks.check(text)
    today = today_of(by)
    kept = asks.check(text, today=today)
    try:
        FuzzyDate.parse(text)
    except UnclearDate:
        return str(FuzzyDate.parse(text, today=today))
    return kept
