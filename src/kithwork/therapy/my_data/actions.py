"""What somebody can do with everything that is kept of them."""

from datetime import datetime, timedelta

from django.db import transaction

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.foundation.trail.who import Who
from kithwork.foundation.vault import erasure
from kithwork.foundation.vault.models import Erasure
from kithwork.refusal import Refusal
from kithwork.therapy.course.access import courses_of_client, open_for_worker
from kithwork.therapy.course.models import Client, Course, CourseState
from kithwork.therapy.my_data.stopping import take_back
from kithwork.therapy.reminders.rounds import forget as forget_reminders
from kithwork.therapy.sessions.actions import take_off_planned

COOLING_OFF = timedelta(days=7)


def note_copy(*, by: Audience) -> None:
    """Put on the trail that the client took a copy of everything."""
    _check_is_hers(by)
    with transaction.atomic():
        trail.record("data.copied", by=by.who, at=by.now, course=by.course, page="data")


def stop_sharing(*, by: Audience) -> None:
    """Everything that the client wrote herself is hers alone again, and so is what she writes from now on."""
    _check_is_hers(by)
    if not by.may_write:
        raise Refusal(
            "This course has ended, and sharing with it. Nobody at the clinic reads it now.",
            code="course-ended",
        )
    with transaction.atomic():
        trail.lock(by.course)
        take_back(by)
        Client.objects.filter(pk=by.client).update(
            usual_sharing=Sharing.JUST_ME, usual_words_sharing=Sharing.JUST_ME
        )
        trail.record("data.stopped_sharing", by=by.who, at=by.now, course=by.course, page="data")


def ask_erasure(*, by: Audience, sure: bool) -> Erasure:
    """Ask to be erased: it happens after the cooling-off, unless it is taken back before."""
    _check_is_hers(by)
    if not sure:
        raise Refusal("Tick the box if you are sure.", code="not-sure")
    return begin_cooling_off(by=by.who, client=by.client, now=by.now)


def keep_record(*, by: Audience) -> None:
    """Take the erasure back: everything stays as it was."""
    _check_is_hers(by)
    stop_erasure(by=by.who, client=by.client, now=by.now)


def begin_cooling_off(*, by: Who, client: str, now: datetime) -> Erasure:
    """Note that a record is to be erased. Asked for again, the first time counts.

    The wish is kept beside the keys, so it is committed before the event that tells of it: a crash in between
    leaves a wish that its page shows, and never an event of something that isn't there.
    """
    asked = erasure.erasure_of(client)
    if asked:
        return asked
    with transaction.atomic():
        _on_every_chain("data.erasure_asked", by=by, client=client, now=now)
        return erasure.ask_erasure(client, now=now, due=now + COOLING_OFF)


def stop_erasure(*, by: Who, client: str, now: datetime) -> None:
    """Let a record stand that was to be erased."""
    with transaction.atomic():
        _on_every_chain("data.erasure_taken_back", by=by, client=client, now=now)
        if not erasure.take_back(client, now=now):
            raise Refusal("There is nothing to take back any more.", code="nothing-to-take-back")


def erase_now(*, by: Who, client: str, now: datetime, reason: str = "") -> None:
    """Destroy the key of a client's words, their account and their reminders: nobody can undo it.

    A crash anywhere in here is carried through at the next start, or by the next worker.
    """
    erasure.ask_erasure(client, now=now)
    erasure.begin(client, now=now)
    with transaction.atomic():
        _end_courses(client, now=now)
        _on_every_chain("data.erased", by=by, client=client, now=now, reason=reason)
    forget_reminders(client)
    erasure.erase(client, now=now)


def _end_courses(client: str, *, now: datetime) -> None:
    """A course without words cannot go on, and no session outlives it."""
    going_on = Course.objects.filter(client=client).exclude(state=CourseState.ENDED)
    for course in sorted(going_on.values_list("pk", flat=True)):
        take_off_planned(by=open_for_worker(client, course, now=now))
    going_on.update(state=CourseState.ENDED, ended_at=now, open_session=None, next_at=None, next_how="")


def _on_every_chain(act: str, *, by: Who, client: str, now: datetime, reason: str = "") -> None:
    courses = sorted(course.id for course in courses_of_client(client))
    for course in courses:
        trail.record(act, by=by, at=now, course=course, page="data", reason=reason)


def _check_is_hers(by: Audience) -> None:
    if not by.is_client:
        raise Refusal("Only the client can do this.", code="not-yours")
