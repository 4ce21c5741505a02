"""Where people stand: placements, lines, and moments to compare with."""

from datetime import date, timedelta

from django.db import transaction

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import OPEN, Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.inventory import NotARing, Ring, State, may_be_wished_closer, views
from kithwork.refusal import Refusal
from kithwork.therapy.people.actions.checks import check_choices, check_open, who_for
from kithwork.therapy.people.models import Line, Person, Placement, Snapshot
from kithwork.therapy.people.queries import zone_of

MOMENT = timedelta(microseconds=1)


def place(
    *, by: Audience, person: Person, ring: int | None, angle: int | None = None, view: str = "now"
) -> Placement:
    """Put somebody on a ring, or leave them off. Placements are dated and only added."""
    check_open(by)
    if view not in views or ring not in (None, *Ring) or (angle is not None and angle not in range(360)):
        raise NotARing("That is not a place on the circles.", next_step="Choose a ring, or leave them off.")
    if view == "wished" and not may_be_wished_closer(State(person.state)):
        raise Refusal("A wish for closeness isn't asked of somebody who has died.", code="not-asked")
    with transaction.atomic():
        trail.lock(by.course)
        placement = put(by, person, ring, angle, view=view)
        trail.record("people.placed", by=by.who, at=by.now, course=by.course, page="people")
    return placement


def set_line(*, by: Audience, person: Person, kind: str, other: Person | None = None) -> None:
    """Say how it is between the client and somebody, or between two people. An empty kind takes the line away."""
    check_open(by)
    check_choices({"line": kind})
    if other is not None and other.id == person.id:
        raise Refusal("A line needs two people.", code="one-end")
    with transaction.atomic():
        trail.lock(by.course)
        if other is None:
            person.line = kind
            person.save(update_fields=["line"])
        else:
            _join(by, person, other, kind)
        trail.record("people.line", by=by.who, at=by.now, course=by.course, page="person")


def take_snapshot(
    *, by: Audience, session: int | None = None, sharing: Sharing = Sharing.JUST_ME
) -> Snapshot:
    """Remember this moment, so that other circles can be laid over it. It is named by its day and session."""
    check_open(by)
    seen_by = who_for(by, sharing)
    with transaction.atomic():
        trail.lock(by.course)
        snapshot: Snapshot = Snapshot.make(by, sharing=seen_by, at=by.now, session=session or by.together_in)
        trail.record("people.snapshot", by=by.who, at=by.now, course=by.course, page="circles")
    return snapshot


def put(by: Audience, person: Person, ring: int | None, angle: int | None, *, view: str) -> Placement:
    """Add a placement; the same one twice on a day is one."""
    last = Placement.seen.visible_to(by).filter(person=person, view=view).order_by("-created_at").first()
    today = today_of(by)
    if last and last.on == today and last.ring == ring and angle in (None, last.angle):
        return last
    placement: Placement = Placement.make(
        by, sharing=Sharing(person.sharing), person=person, view=view, ring=ring, on=today,
        angle=angle if ring else None,
    )  # fmt: skip
    come_after(last, placement)
    if placement.created_at < person.created_at:  # nobody stands anywhere before they are there
        placement.created_at = person.created_at
        placement.save(update_fields=["created_at"])
    return placement


def come_after(last: Person | Placement | None, new: Person | Placement) -> None:
    """Keep the order in which things were done, whatever the clock's grain."""
    if last and new.created_at <= last.created_at:
        new.created_at = last.created_at + MOMENT
        new.save(update_fields=["created_at"])


def today_of(by: Audience) -> date:
    """The day it is where the client lives."""
    return by.now.astimezone(zone_of(by.client)).date()


def line_sharing(ends: set[str]) -> Sharing:
    """A line is shared where both its ends are."""
    return Sharing.SHARED if ends <= OPEN else Sharing.JUST_ME


def _join(by: Audience, person: Person, other: Person, kind: str) -> None:
    one, two = sorted((person, other), key=lambda end: end.id)
    Line.seen.visible_to(by).filter(one=one, other=two, removed_at__isnull=True).update(removed_at=by.now)
    if kind:
        Line.make(by, sharing=line_sharing({one.sharing, two.sharing}), one=one, other=two, kind=kind)
