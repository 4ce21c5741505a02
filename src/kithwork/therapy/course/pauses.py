"""A time without sessions: before the first one, or in between. It is never left open who reads meanwhile."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.course_life import reasons_for_pausing
from kithwork.refusal import Refusal
from kithwork.therapy.course.access import carers_of
from kithwork.therapy.course.models import Course, CourseState, Pause
from kithwork.therapy.course.reading import standing_pause


def pause(*, by: Audience, reader: str, reason: str = "", until: date | None = None, note: str = "") -> Pause:
    """Pause a course, or say that it waits for its first session. ``reader`` reads meanwhile; empty: nobody does."""
    _check(by)
    if reason:
        reasons_for_pausing.get(reason)
    if reader and reader not in carers_of(by.course, now=by.now):
        raise Refusal(
            _("Only somebody in whose care the course is can read it."),
            next_step=_("Choose one of them, or nobody."),
            code="not-in-care",
        )
    if until and until < by.now.date():
        raise Refusal(
            _("That day is over."), next_step=_("Leave it empty, if you don’t know."), code="day-over"
        )
    with transaction.atomic():
        trail.lock(by.course)
        course = Course.objects.get(pk=by.course)
        if course.open_session is not None:
            raise Refusal(_("A session is still open."), next_step=_("Close it first."), code="session-open")
        _end(by)
        row: Pause = Pause.make(by, sharing=Sharing.SHARED, reader=reader, reason=reason, until=until)
        passages.write(by, record=row, field="note", text=note)
        state = CourseState.PAUSED if course.held else CourseState.WAITING
        Course.objects.filter(pk=by.course).update(state=state)
        trail.record("course.paused", by=by.who, at=by.now, course=by.course, reason=reason)
    return row


def go_on(*, by: Audience) -> None:
    """The pause is over: the course goes on where it was."""
    _check(by)
    with transaction.atomic():
        trail.lock(by.course)
        _end(by)
        Course.objects.filter(pk=by.course).update(state=CourseState.ACTIVE)
        trail.record("course.went_on", by=by.who, at=by.now, course=by.course)


def _end(by: Audience) -> None:
    row = standing_pause(by)
    if row is not None:
        row.over_at = by.now
        row.save(update_fields=["over_at"])


def _check(by: Audience) -> None:
    if by.is_client:
        raise Refusal(
            _("Your therapist records a pause."),
            next_step=_("Say that you would like one, or write it under “Things to talk about”."),
            code="not-yours",
        )
    if not by.may_write:
        raise Refusal(_("This course has ended."), code="course-ended")
