"""Opening a course, and what changes in it as a whole."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kithwork.foundation.accounts.models import Clinic
from kithwork.foundation.ids import new_id
from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.foundation.trail.who import Who
from kithwork.foundation.vault import sealing
from kithwork.ipt.ending import Wording
from kithwork.refusal import Refusal
from kithwork.therapy.course.access import courses_of_client, open_new
from kithwork.therapy.course.models import Client, Course, CourseState, Relationship, RelationshipRole


def open_new_course(
    *,
    by: Who,
    clinic: Clinic,
    name: str,
    protocol: dict[str, Any],
    offered: int | None,
    now: datetime,
    about: str = "",
    contact: str = "",
    referred_on: date | None = None,
) -> Course:
    """Begin a course with a client who need not have an account, now or ever.

    The client's key is committed first: a crash in between leaves a key without a client, which is swept, and
    never a client whose words cannot be sealed.
    """
    client = new_id()
    sealing.create_key(client, now=now)
    with transaction.atomic():
        row = Client.objects.create(pk=client, time_zone=clinic.time_zone, created_at=now)
        course = Course.objects.create(
            client=row, clinic=clinic, protocol_key=protocol["key"], protocol=protocol, offered=offered,
            opened_at=now, referred_on=referred_on,
        )  # fmt: skip
        Relationship.objects.create(
            course=course, account=by.id, role=RelationshipRole.THERAPIST, offered_at=now, accepted_at=now
        )
        audience = open_new(by, client=client, course=course.id, now=now)
        for field, text in (("name", name), ("about", about), ("contact", contact)):
            passages.write(audience, record=row, field=field, text=text)
        trail.record("course.opened", by=by, at=now, course=course.id)
    sealing.mark_used(client, now=now)
    return course


def open_following_course(
    *, by: Audience, after: Course, protocol: dict[str, Any], offered: int | None
) -> tuple[Course, Audience]:
    """Begin another course with somebody whose course has ended. It starts empty; its client brings what she likes."""
    if by.is_client:
        raise Refusal(_("Your therapist begins a course with you."), code="not-yours")
    with transaction.atomic():
        trail.lock(after.id)
        standing = courses_of_client(by.client).exclude(state=CourseState.ENDED).first()
        if standing is not None:
            raise Refusal(
                _("A course with this client is still going on."),
                next_step=_("End that one first."),
                code="course-going-on",
            )
        course = Course.objects.create(
            client=after.client, clinic=after.clinic, protocol_key=protocol["key"], protocol=protocol,
            offered=offered, opened_at=by.now, ending_wording=after.ending_wording,
        )  # fmt: skip
        Relationship.objects.create(
            course=course, account=by.who.id, role=RelationshipRole.THERAPIST, offered_at=by.now, accepted_at=by.now
        )  # fmt: skip
        audience = open_new(by.who, client=by.client, course=course.id, now=by.now)
        trail.record("course.opened", by=by.who, at=by.now, course=course.id)
    return course, audience


def speak_of_ending(*, by: Audience, wording: str) -> None:
    """Choose how the two speak of the ending in this course; empty is as the clinic does."""
    if by.is_client:
        raise Refusal(_("Your therapist chooses this with you."), code="not-yours")
    if wording:
        Wording(wording)
    with transaction.atomic():
        trail.lock(by.course)
        Course.objects.filter(pk=by.course).update(ending_wording=wording)
        trail.record("course.ending_wording", by=by.who, at=by.now, course=by.course)


def name_client(*, by: Audience, client: Client, field: str, text: str, base: str) -> None:
    """Correct the client's name, the line about them, or how to reach them."""
    with transaction.atomic():
        trail.lock(by.course)
        passages.write(by, record=client, field=field, text=text, base=base)
        trail.record("course.client_named", by=by.who, at=by.now, course=by.course)


def set_usual_sharing(*, by: Audience, client: Client, usual: Sharing, words: Sharing) -> None:
    """The client's own answer to "who is this usually for?"; every piece can still differ."""
    if not by.is_client or client.id != by.client:
        raise Refusal(_("Only the client chooses this."), code="not-yours")
    if {usual, words} - (KEPT | {Sharing.SHARED}):
        raise Refusal(_("Choose who this is for."), code="state-not-open")
    with transaction.atomic():
        Client.objects.filter(pk=client.id).update(usual_sharing=usual, usual_words_sharing=words)
        trail.record("course.usual_sharing", by=by.who, at=by.now, course=by.course)


def set_leave_quickly(*, by: Audience, client: Client, on: bool) -> None:
    """Show or hide "Leave quickly" on the client's own pages."""
    if not by.is_client or client.id != by.client:
        raise Refusal(_("Only the client chooses this."), code="not-yours")
    with transaction.atomic():
        Client.objects.filter(pk=client.id).update(leave_quickly=on)
        trail.record("course.leave_quickly", by=by.who, at=by.now, course=by.course)


def end_relationship(*, by: Who, relationship: Relationship, now: datetime) -> None:
    """Take somebody off a course: from this moment none of their requests opens it."""
    with transaction.atomic():
        Relationship.objects.filter(pk=relationship.id, until__isnull=True).update(until=now)
        trail.record("course.relationship_ended", by=by, at=now, course=relationship.course_id)


def close(*, by: Audience, course: Course, how: str) -> None:
    """End the course: check-ins and sharing close, the record stays readable."""
    with transaction.atomic():
        trail.lock(course.id)
        Course.objects.filter(pk=course.id).exclude(state=CourseState.ENDED).update(
            state=CourseState.ENDED,
            ended_at=by.now,
            ended_how=how,
            open_session=None,
            next_at=None,
            next_how="",
        )
        trail.record("course.ended", by=by.who, at=by.now, course=course.id)
