"""Adding people: one, all who come to mind, or whole rows of a table."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.inventory import Ring, State
from kithwork.refusal import Refusal
from kithwork.therapy.people.actions.card import Piece, change_details, write_piece
from kithwork.therapy.people.actions.checks import (
    check_choices,
    check_in_sight,
    check_open,
    free_label,
    who_for,
)
from kithwork.therapy.people.actions.placing import come_after, put
from kithwork.therapy.people.models import Person
from kithwork.therapy.people.queries import called, labels

MOST_AT_ONCE = 60


@dataclass(frozen=True)
class Row:
    """One row of the table as it was sent. ``None`` and no pieces: not touched. Without a person: somebody new."""

    person: Person | None
    label: str | None = None
    label_base: str = ""
    ring: Ring | None = None
    moves: bool = False
    pieces: tuple[Piece, ...] = ()


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
    check_open(by)
    columns = {
        "relation": relation, "state": state, "since_year": since_year, "is_group": is_group,
        "group_size": group_size, "line": line,
    }  # fmt: skip
    check_choices(columns)
    with transaction.atomic():
        trail.lock(by.course)
        person = _add(by, label, who_for(by, sharing), ring=ring, angle=angle, **columns)
        trail.record("people.added", by=by.who, at=by.now, course=by.course, page="people")
    return person


def somebody_called(*, by: Audience, label: str, sharing: Sharing = Sharing.JUST_ME) -> str:
    """The id of somebody who is named in passing: whoever is known by that name, or else somebody new.

    Inside the transaction of the act that names them, which holds the course's place in the trail and writes its one
    event.
    """
    check_open(by)
    check_in_sight(by=by, label=label)
    return called(labels(by), label) or _add(by, label, who_for(by, sharing)).id


def add_people(
    *, by: Audience, labels: Iterable[str], ring: int | None = None, sharing: Sharing = Sharing.JUST_ME
) -> list[Person]:
    """Add everybody who came to mind: all of them, or, where one name is taken, nobody yet."""
    check_open(by)
    names = [label for label in labels if label.strip()]
    if not names:
        raise Refusal("Give them a name, an initial or a nickname.", code="label-missing")
    if len(names) > MOST_AT_ONCE:
        raise Refusal(
            "That is more than fits at once ({most}).", next_step="Add some now, the rest after.",
            code="too-many", most=MOST_AT_ONCE,
        )  # fmt: skip
    with transaction.atomic():
        trail.lock(by.course)
        added = [_add(by, name, who_for(by, sharing), ring=ring) for name in names]
        trail.record("people.added", by=by.who, at=by.now, course=by.course, page="people", count=len(added))
    return added


def fill_in(*, by: Audience, rows: Iterable[Row], sharing: Sharing = Sharing.JUST_ME) -> None:
    """Save a table of people: every row that was touched, or, where something stands against one, none of them."""
    check_open(by)
    rows = list(rows)
    if not rows:
        return
    with transaction.atomic():
        trail.lock(by.course)
        for row in rows:
            _fill_in_row(by, row, who_for(by, sharing))
        trail.record("people.filled", by=by.who, at=by.now, course=by.course, page="people")


def _fill_in_row(by: Audience, row: Row, sharing: Sharing) -> None:
    if row.person is None:
        person = _add(by, row.label or "", sharing, ring=row.ring)
        for piece in row.pieces:
            write_piece(by, person, _no_more_open(piece, person))
        return
    try:
        if row.label is not None:
            change_details(by, row.person, {"label": row.label, "label_base": row.label_base})
        if row.moves:
            put(by, row.person, row.ring, None, view="now")
        for piece in row.pieces:
            write_piece(by, row.person, _no_more_open(piece, row.person))
    except Changed as changed:
        # A page of many rows has to know whose field it was.
        field = f"{row.person.id}_{changed.field}"
        raise Changed(field, yours=changed.yours, newest=changed.newest) from changed


def _no_more_open(piece: Piece, person: Person) -> Piece:
    """Words of somebody whom the client keeps are kept with them."""
    return replace(piece, sharing=Sharing(person.sharing)) if person.sharing in KEPT else piece


def _add(
    by: Audience,
    label: str,
    sharing: Sharing,
    *,
    ring: int | None = None,
    angle: int | None = None,
    **columns: Any,
) -> Person:
    name = free_label(by, label, known_as={})
    last = Person.seen.visible_to(by).order_by("-created_at").first()
    person: Person = Person.make(by, sharing=sharing, **columns)
    come_after(last, person)
    passages.write(by, record=person, field="label", text=name, sharing=sharing)
    if ring is not None:
        put(by, person, ring, angle, view="now")
    return person
