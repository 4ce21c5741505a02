"""Planning, opening and closing a session, and the course's own line of it."""

from datetime import datetime, timedelta

from django.db import transaction

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.course_life import attendance as attendances
from kithwork.ipt.course_life import session_kinds, takes_a_number, ways_of_meeting
from kithwork.refusal import Refusal
from kithwork.therapy.course.pauses import go_on
from kithwork.therapy.course.reading import standing_pause
from kithwork.therapy.sessions import queries
from kithwork.therapy.sessions.actions.checks import check, record
from kithwork.therapy.sessions.actions.numbers import fresh, next_number, put_in_order
from kithwork.therapy.sessions.models import TherapySession

SHORTEST, LONGEST = 5, 480


def plan(
    *,
    by: Audience,
    at: datetime,
    how: str = "video",
    minutes: int = 50,
    n: int | None = None,
    kind: str = "planned",
) -> TherapySession:
    """Plan a session. It gets the number that it would take if it were held; ``n`` is what the caller expects."""
    check(by, staff_only=True)
    _check_plan(how, minutes)
    session_kinds.get(kind)
    with transaction.atomic():
        trail.lock(by.course)
        session: TherapySession = TherapySession.make(
            by, sharing=Sharing.SHARED, n=1, kind=kind, planned_at=at, how=how, minutes=minutes
        )
        put_in_order(by)
        session = fresh(by, session)
        if n not in (None, session.n):
            raise Refusal(
                "That would be session {n}.",
                next_step="Plan them in order.",
                code="not-in-order",
                n=session.n,
            )
        record(by, "sessions.planned")
    return session


def change_plan(
    *, by: Audience, session: TherapySession, at: datetime, how: str, minutes: int, kind: str = ""
) -> TherapySession:
    """Move a session that has not been held, meet in another way, or make it one of another kind."""
    check(by, staff_only=True)
    _check_plan(how, minutes)
    session_kinds.get(kind or session.kind)
    with transaction.atomic():
        trail.lock(by.course)
        session = fresh(by, session)
        _check_not_closed(session)
        session.planned_at, session.how, session.minutes = at, how, minutes
        session.kind = kind or session.kind
        session.save()
        put_in_order(by)
        record(by, "sessions.moved")
    return session


def open_room(*, by: Audience, session: TherapySession) -> TherapySession:
    """Begin: from now on what is written at the table belongs to this session."""
    check(by, staff_only=True)
    with transaction.atomic():
        trail.lock(by.course)
        session = fresh(by, session)
        _check_not_closed(session)
        _check_no_other_open(by, session)
        if standing_pause(by) is not None:
            go_on(by=by)  # meeting again ends a pause, or the wait for a first session
        session.opened_at = session.opened_at or by.now
        session.save()
        put_in_order(by)
        record(by, "sessions.opened")
    return fresh(by, session)


def open_next(*, by: Audience) -> TherapySession:
    """Begin the next numbered session, planned or not. An extra one has a room of its own."""
    check(by, staff_only=True)
    with transaction.atomic():
        trail.lock(by.course)
        ahead = next((one for one in queries.not_closed(by) if one.is_numbered), None)
        made = ahead or TherapySession.make(by, sharing=Sharing.SHARED, n=1, how="in_person")
        return open_room(by=by, session=made)


def close_room(*, by: Audience, session: TherapySession, attendance: str = "attended") -> TherapySession:
    """End a session, or say that it did not take place. Only one in which the two met keeps its number."""
    check(by, staff_only=True)
    attendances.get(attendance)
    with transaction.atomic():
        trail.lock(by.course)
        session = fresh(by, session)
        _check_not_closed(session)
        session.closed_at = by.now
        _end(by, session, attendance)
        record(by, "sessions.closed")
    return session


def type_in(
    *,
    by: Audience,
    session: TherapySession | None,
    at: datetime,
    attendance: str = "attended",
    kind: str = "",
) -> TherapySession:
    """Enter a session that was held on paper: when it was, and who typed it in, stand with it for good.

    Without a ``kind`` it is what it was planned as.
    """
    check(by, staff_only=True)
    attendances.get(attendance)
    if kind:
        session_kinds.get(kind)
    if at > by.now:
        raise Refusal("That day is still ahead.", next_step="Plan the session instead.", code="not-held-yet")
    with transaction.atomic():
        trail.lock(by.course)
        made = session or TherapySession.make(by, sharing=Sharing.SHARED, n=1, how="in_person")
        session = fresh(by, made)
        _check_not_closed(session)
        session.opened_at, session.closed_at = at, at + timedelta(minutes=session.minutes)
        session.typed_in_at, session.typed_in_by = by.now, by.who.id
        session.kind = kind or session.kind
        _end(by, session, attendance)
        record(by, "sessions.typed_in")
    return session


def take_off_planned(*, by: Audience) -> None:
    """No session outlives its course: take off what was planned and has not begun."""
    with transaction.atomic():
        trail.lock(by.course)
        planned = TherapySession.seen.visible_to(by).filter(opened_at__isnull=True, closed_at__isnull=True)
        for _session in range(planned.update(closed_at=by.now, attendance="clinic_cancelled")):
            record(by, "sessions.closed")


def _end(by: Audience, session: TherapySession, attendance: str) -> None:
    """Keep what became of it, and the number that it takes, or would have taken: the one after what was held."""
    if takes_a_number(session.kind, attendance):
        _check_no_other_open(by, session)
    session.n, session.attendance = next_number(by), attendance
    session.save()
    put_in_order(by)


def _check_plan(how: str, minutes: int) -> None:
    ways_of_meeting.get(how)
    if not SHORTEST <= minutes <= LONGEST:
        raise Refusal("A session is between five minutes and eight hours long.", code="length-unknown")


def _check_not_closed(session: TherapySession) -> None:
    if session.is_closed:
        raise Refusal(
            "This session is over.",
            next_step="Its note and summary can still be written.",
            code="session-closed",
        )


def _check_no_other_open(by: Audience, session: TherapySession) -> None:
    other = next((one for one in queries.rows(by) if one.is_open and one.id != session.id), None)
    if other:
        raise Refusal(
            "{session} is still open.",
            next_step="Close it first.",
            code="another-session-open",
            session=queries.title_of(other),
        )
