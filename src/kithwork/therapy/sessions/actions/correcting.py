"""Putting right what was recorded of a session that is over."""

from django.db import transaction

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read
from kithwork.foundation.passages.sharing import OPEN, Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.course_life import attendance as attendances
from kithwork.ipt.course_life import session_kinds, takes_a_number
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.queries import agreed_sessions
from kithwork.therapy.sessions import queries
from kithwork.therapy.sessions.actions.checks import check, record
from kithwork.therapy.sessions.actions.numbers import fresh, next_number, put_in_order
from kithwork.therapy.sessions.models import SessionCorrection, TherapySession


def correct(
    *, by: Audience, session: TherapySession, kind: str, attendance: str, shown: str | None = None
) -> TherapySession:
    """Put kind and attendance right. What stood before is kept, with who changed it and when.

    Rule: a session that was held keeps its number. So only the last one can come to take one, or give its own back.
    ``shown`` is the newest correction that the form was drawn on; when another came since, nothing is changed.
    """
    check(by, staff_only=True)
    session_kinds.get(kind)
    attendances.get(attendance)
    with transaction.atomic():
        trail.lock(by.course)
        session = fresh(by, session)
        _check_over(session)
        if shown is not None and queries.newest_correction(by, session) != shown:
            raise Refusal(
                "Somebody else put this right while you were writing.",
                next_step="Open it again to see what it says now.",
                code="corrected-since",
            )
        takes = takes_a_number(kind, attendance)
        if takes and not session.is_numbered:
            _check_can_take(by, session)
            session.n = next_number(by)
        elif session.is_numbered and not takes:
            _check_can_give_back(by, session)
        _check_not_read(by, session, attendance)
        if (kind, attendance) != (session.kind, session.attendance):
            SessionCorrection.make(
                by, sharing=Sharing.SHARED, meeting=session, kind=session.kind, attendance=session.attendance,
                corrected_by=by.who.id,
            )  # fmt: skip
        session.kind, session.attendance = kind, attendance
        session.save()
        put_in_order(by)
        record(by, "sessions.corrected")
    return session


def _check_over(session: TherapySession) -> None:
    if not session.is_closed:
        raise Refusal(
            "This session is not over yet.", next_step="Change its plan, or close it.", code="not-over"
        )


def _check_not_read(by: Audience, session: TherapySession, attendance: str) -> None:
    """One that did not take place is no page of the client's: what she can read there would go with it."""
    if attendances.get(attendance).met or not queries.was_held(session):
        return
    summary = read(by, session).get("summary")
    if summary and summary.text and summary.sharing in OPEN:
        raise Refusal(
            "Your client can read the summary of this session.",
            next_step="Stop sharing it first.",
            code="summary-shared",
        )


def _check_can_take(by: Audience, session: TherapySession) -> None:
    for one in queries.rows(by):
        if one.is_open or (one.is_closed and one.is_numbered and one.at > session.at):
            raise _keeps_its_number(one, "Record this one as an extra session: that takes no number.")
    course = Course.objects.get(pk=by.course)
    agreed = agreed_sessions(by, course)
    if agreed.contract and agreed.sessions is not None and course.held >= agreed.sessions:
        raise Refusal(
            "All the sessions that you two agreed on have been held.",
            next_step="Agree on another number first, or record this one as an extra session.",
            code="all-held",
        )


def _check_can_give_back(by: Audience, session: TherapySession) -> None:
    for one in queries.rows(by):
        if one.is_open or (one.is_closed and one.is_numbered and one.n > session.n):
            raise _keeps_its_number(one, "Say in the note of this one what really happened.")


def _keeps_its_number(later: TherapySession, next_step: str) -> Refusal:
    return Refusal(
        "{session} has begun since, and keeps its number.",
        next_step=next_step,
        code="number-taken",
        session=queries.title_of(later),
    )
