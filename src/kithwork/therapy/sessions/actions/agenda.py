"""What the two want to talk about, in which order, and what has been talked about."""

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Course
from kithwork.therapy.sessions import queries
from kithwork.therapy.sessions.actions.checks import check, record
from kithwork.therapy.sessions.models import AgendaItem, TherapySession


def add_agenda_item(
    *, by: Audience, text: str, session_n: int | None = None, sharing: Sharing = Sharing.SHARED
) -> AgendaItem:
    """Put something on the agenda; without a number, on that of the session that comes next."""
    check(by)
    if not text.strip():
        raise Refusal("Write a word or two.", code="nothing-to-say")
    state = sharing if by.is_client else Sharing.SHARED
    with transaction.atomic():
        trail.lock(by.course)
        n = session_n or Course.objects.get(pk=by.course).current_session
        standing = next(reversed(queries.agenda_items(by, n)), None)
        item: AgendaItem = AgendaItem.make(
            by, sharing=state, session=n, place=standing.place + 1 if standing else 1
        )
        passages.write(by, record=item, field="item", text=text, sharing=state)
        record(by, "sessions.agenda_added")
    return item


def remove_agenda_item(*, by: Audience, item: AgendaItem) -> None:
    """Take one's own item off again; its words are emptied."""
    check(by)
    if item.side != by.side:
        raise Refusal(
            "Whoever brought this takes it off.", next_step="You can tick it as done.", code="not-yours"
        )
    with transaction.atomic():
        passages.overwrite(by, record=item.id)
        item.removed_at = by.now
        item.save()
        record(by, "sessions.agenda_removed")


def move_agenda_item(
    *,
    by: Audience,
    item: AgendaItem,
    n: int,
    steps: int = 0,
    place: int | None = None,
    meeting: TherapySession | None = None,
) -> None:
    """Move an item up (-1) or down (1), or to a place, among those that the mover can see."""
    check(by, staff_only=True)
    with transaction.atomic():
        trail.lock(by.course)
        order = queries.agenda_items(by, n, meeting)
        here = next((number for number, one in enumerate(order) if one.id == item.id), None)
        if here is not None:
            there = here + steps if place is None else place
            order.insert(max(0, min(there, len(order) - 1)), order.pop(here))
        for number, one in enumerate(order, start=1):
            if one.place != number:
                one.place = number
                one.save()
        record(by, "sessions.agenda_moved")


def tick_agenda_item(
    *, by: Audience, item: AgendaItem, done: bool, meeting: TherapySession | None = None
) -> None:
    """Talked about, or not yet after all. It is kept in which session: this one, or else the one that is open."""
    check(by, staff_only=True)
    with transaction.atomic():
        trail.lock(by.course)
        item.done_at = by.now if done else None
        item.meeting = (meeting or queries.open_one(by)) if done else None
        item.save()
        record(by, "sessions.agenda_ticked")


def carry_agenda_item(*, by: Audience, item: AgendaItem, to: int) -> None:
    """Leave it for another session, or bring it back to this one."""
    check(by, staff_only=True)
    with transaction.atomic():
        trail.lock(by.course)
        item.session = to
        item.done_at = item.meeting = None
        item.save()
        record(by, "sessions.agenda_carried")
