"""Everything that may be done with the people in a life."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.models import Passage
from kithwork.foundation.passages.queries import base_of, heads, read
from kithwork.foundation.passages.sharing import KEPT, OPEN, Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.inventory import (
    NotARing,
    Ring,
    State,
    card_fields,
    line_kinds,
    may_be_wished_closer,
    relations,
    views,
)
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Client
from kithwork.therapy.people.models import Line, Person, Placement, Snapshot
from kithwork.therapy.people.queries import labels

COLUMNS = ("relation", "state", "since_year", "is_group", "group_size", "line")
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Piece:
    """One field of a card as it is to stand."""

    field: str
    text: str
    sharing: Sharing | None = None
    base: str = ""


def add_person(
    *,
    by: Audience,
    label: str,
    relation: str = "",
    ring: int | None = None,
    angle: int | None = None,
    sharing: Sharing = Sharing.JUST_ME,
    state: str = State.PRESENT,
    since_year: int | None = None,
    is_group: bool = False,
    group_size: int | None = None,
    line: str = "",
) -> Person:
    """Add somebody, or a group that belongs together, and place them if a ring is named."""
    _check_open(by)
    who_for = _who_for(by, sharing)
    columns = {
        "relation": relation, "state": state, "since_year": since_year, "is_group": is_group,
        "group_size": group_size, "line": line,
    }  # fmt: skip
    _check_choices(columns)
    with transaction.atomic():
        trail.lock(by.course)
        name = _free_label(by, label, known_as={})
        last = Person.seen.visible_to(by).order_by("-created_at").first()
        person: Person = Person.make(by, sharing=who_for, **columns)
        _come_after(last, person)
        passages.write(by, record=person, field="label", text=name, sharing=who_for)
        if ring is not None:
            _put(by, person, ring, angle, view="now")
        trail.record("people.added", by=by.who, at=by.now, course=by.course, page="people")
    return person


def place(
    *, by: Audience, person: Person, ring: int | None, angle: int | None = None, view: str = "now"
) -> Placement:
    """Put somebody on a ring, or leave them off. Placements are dated and only added."""
    _check_open(by)
    if view not in views or ring not in (None, *Ring) or (angle is not None and angle not in range(360)):
        raise NotARing("That is not a place on the circles.", next_step="Choose a ring, or leave them off.")
    if view == "wished" and not may_be_wished_closer(State(person.state)):
        raise Refusal("A wish for closeness isn't asked of somebody who has died.", code="not-asked")
    with transaction.atomic():
        trail.lock(by.course)
        placement = _put(by, person, ring, angle, view=view)
        trail.record("people.placed", by=by.who, at=by.now, course=by.course, page="people")
    return placement


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
    _check_open(by)
    _check_choices(details)
    with transaction.atomic():
        trail.lock(by.course)
        _change_details(by, person, details)
        for piece in pieces:
            _write_piece(by, person, piece)
        trail.record("people.card", by=by.who, at=by.now, course=by.course, page="person")
    return person


def set_line(*, by: Audience, person: Person, kind: str, other: Person | None = None) -> None:
    """Say how it is between the client and somebody, or between two people. An empty kind takes the line away."""
    _check_open(by)
    _check_choices({"line": kind})
    if other is not None and other.pk == person.pk:
        raise Refusal("A line needs two people.", code="one-end")
    with transaction.atomic():
        trail.lock(by.course)
        if other is None:
            person.line = kind
            person.save(update_fields=["line"])
        else:
            _join(by, person, other, kind)
        trail.record("people.line", by=by.who, at=by.now, course=by.course, page="person")


def hide(*, by: Audience, person: Person) -> None:
    """Put somebody out of sight. Nothing is lost; they can be shown again."""
    _check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        person.hidden_at = by.now
        person.save(update_fields=["hidden_at"])
        trail.record("people.hidden", by=by.who, at=by.now, course=by.course, page="person")


def show_again(*, by: Audience, person: Person) -> Person:
    """Bring somebody back into sight."""
    _check_open(by)
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
    _check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        passages.overwrite(by, record=person.pk)
        kept = Passage.objects.filter(client=by.client, record=person.pk, live=True, sharing__in=KEPT)
        if kept.exists():
            person.sharing = Sharing.JUST_ME
        else:
            person.deleted_at = by.now
            person.relation = person.line = ""
            person.since_year = person.group_size = None
        person.save()
        trail.record("people.deleted", by=by.who, at=by.now, course=by.course, page="person")


def take_snapshot(*, by: Audience, session: int | None = None) -> Snapshot:
    """Remember this moment, so that later circles can be laid over it."""
    _check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        sharing = Sharing.JUST_ME if by.is_client else Sharing.SHARED
        snapshot: Snapshot = Snapshot.make(by, sharing=sharing, at=by.now, session=session)
        trail.record("people.snapshot", by=by.who, at=by.now, course=by.course, page="circles")
    return snapshot


def _check_open(by: Audience) -> None:
    if not by.may_write:
        raise Refusal("This course has ended. What you wrote stays here to read.", code="course-ended")


def _check_choices(columns: Mapping[str, Any]) -> None:
    allowed: dict[str, Iterable[str]] = {
        "relation": ("", *relations.keys()), "line": ("", *line_kinds.keys()), "state": tuple(State)
    }  # fmt: skip
    for name, choices in allowed.items():
        if name in columns and columns[name] not in choices:
            raise Refusal("Choose one from the list, or leave it empty.", code="not-a-choice")


def _who_for(by: Audience, sharing: Sharing) -> Sharing:
    """In the therapist's hand people are added together, so they are shared."""
    if not by.is_client:
        return Sharing.SHARED
    if sharing not in KEPT | {Sharing.SHARED}:
        raise Refusal("Choose who this is for.", code="state-not-open")
    return sharing


def _free_label(by: Audience, label: str, *, known_as: Mapping[str, str]) -> str:
    """A name that nobody else has, among the people whom the writer can see."""
    name = " ".join(label.split())
    if not name:
        raise Refusal("Give them a name, an initial or a nickname.", code="label-missing")
    others = {known.casefold(): known for person, known in labels(by).items() if person not in known_as}
    if taken := others.get(name.casefold()):
        whose = "You have a" if by.is_client else "There is a"
        raise Refusal(
            f"{whose} {taken} already.", next_step="Add something to tell them apart.", code="label-taken"
        )
    return name


def _put(by: Audience, person: Person, ring: int | None, angle: int | None, *, view: str) -> Placement:
    """Add a placement; the same one twice on a day is one."""
    last = Placement.seen.visible_to(by).filter(person=person, view=view).order_by("-created_at").first()
    today = _today(by)
    if last and last.on == today and last.ring == ring and angle in (None, last.angle):
        return last
    placement: Placement = Placement.make(
        by, sharing=Sharing(person.sharing), person=person, view=view, ring=ring, on=today,
        angle=angle if ring else None,
    )  # fmt: skip
    _come_after(last, placement)
    return placement


def _come_after(last: Person | Placement | None, new: Person | Placement) -> None:
    """Keep the order in which things were done, whatever the clock's grain."""
    if last and new.created_at <= last.created_at:
        new.created_at = last.created_at + MOMENT
        new.save(update_fields=["created_at"])


def _today(by: Audience) -> date:
    """The day it is where the client lives."""
    zone = Client.objects.filter(pk=by.client).values_list("time_zone", flat=True).first()
    return by.now.astimezone(ZoneInfo(zone or "UTC")).date()


def _change_details(by: Audience, person: Person, details: Mapping[str, Any]) -> None:
    changed = [name for name in COLUMNS if name in details]
    for name in changed:
        setattr(person, name, details[name])
    if "sharing" in details and by.is_client:
        _share(by, person, _who_for(by, Sharing(details["sharing"])))
    if "label" in details:
        name = _free_label(by, str(details["label"]), known_as={person.pk: ""})
        passages.write(
            by, record=person, field="label", text=name, sharing=Sharing(person.sharing),
            base=str(details.get("label_base", "")) or base_of(heads(by, person.pk, "label")),
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
            rows.filter(pk=newest.pk).update(sharing=sharing)


def _share_lines(by: Audience, person: Person) -> None:
    lines = Line.seen.visible_to(by).select_related("one", "other")
    for row in lines.filter(one=person) | lines.filter(other=person):
        ends = {person.sharing if end.pk == person.pk else end.sharing for end in (row.one, row.other)}
        Line.seen.visible_to(by).filter(pk=row.pk).update(sharing=_line_sharing(ends))


def _line_sharing(ends: set[str]) -> Sharing:
    return Sharing.SHARED if ends <= OPEN else Sharing.JUST_ME


def _write_piece(by: Audience, person: Person, piece: Piece) -> None:
    if piece.field not in card_fields:
        raise Refusal("There is no such place on the card.", code="no-such-field")
    if piece.text.strip() and piece.sharing in OPEN and person.sharing in KEPT:
        raise Refusal(
            "This person is only known to you so far.",
            next_step="Choose who may know of them first, or keep these words to yourself.",
            code="person-kept",
        )
    passages.write(
        by, record=person, field=piece.field, text=piece.text, sharing=piece.sharing, base=piece.base
    )


def _join(by: Audience, person: Person, other: Person, kind: str) -> None:
    one, two = sorted((person, other), key=lambda end: end.pk)
    Line.seen.visible_to(by).filter(one=one, other=two, removed_at__isnull=True).update(removed_at=by.now)
    if kind:
        Line.make(by, sharing=_line_sharing({one.sharing, two.sharing}), one=one, other=two, kind=kind)
