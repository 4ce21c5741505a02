"""Standing in for a therapist who is away: offered for each of her courses, a right only once accepted, and dated."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from kithwork.foundation.accounts.absences import note_absence
from kithwork.foundation.accounts.models import Absence, Account
from kithwork.foundation.outbox.actions import post
from kithwork.foundation.trail import actions as trail
from kithwork.foundation.trail.who import Who
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Course, CourseState, Relationship, RelationshipRole

DEPUTY, THERAPIST = RelationshipRole.DEPUTY, RelationshipRole.THERAPIST


def ask_to_stand_in(
    *,
    by: Who,
    stands_in: Account,
    since: datetime,
    until: datetime,
    now: datetime,
    colleague: Account | None = None,
) -> Absence:
    """Say when one is away, and offer the courses in one's care to whoever is asked to stand in.

    ``colleague`` is whose absence it is, where somebody who leads enters it for them: they are told, and nobody opens
    a course by what they entered themselves.
    """
    away = colleague.id if colleague else by.id
    if stands_in.id in {away, by.id}:
        raise Refusal(
            "This one can’t be asked to stand in here.",
            next_step="Choose somebody else.",
            code="not-this-one",
        )
    with transaction.atomic():
        absence = note_absence(account=away, stands_in=stands_in, since=since, until=until)
        for course in _courses_of(away, now):
            trail.lock(course)
            Relationship.objects.create(
                course_id=course, account=stands_in.id, role=DEPUTY, offered_at=now, until=until
            )
            trail.record("course.deputy_asked", by=by, at=now, course=course)
        for told in filter(None, (stands_in, colleague)):
            post("message", to=told.email, link=f"{settings.ADDRESS}/clinic/away/", now=now)
    return absence


def accept_standing_in(*, by: Who, absence: Absence, now: datetime) -> int:
    """Take on the courses that were offered, from the first day of the absence. Returns how many."""
    with transaction.atomic():
        offered = list(_offers(absence).filter(accepted_at__isnull=True).order_by("course_id"))
        for one in offered:
            trail.lock(one.course_id)
            Relationship.objects.filter(pk=one.id).update(accepted_at=max(now, absence.since))
            trail.record("course.deputy_accepted", by=by, at=now, course=one.course_id)
    return len(offered)


def come_back(*, by: Who, absence: Absence, now: datetime) -> None:
    """End an absence, before it began or early: whoever stood in opens nothing of it from now on."""
    with transaction.atomic():
        for one in _offers(absence).order_by("course_id"):
            trail.lock(one.course_id)
            Relationship.objects.filter(pk=one.id).update(until=now)
            trail.record("course.deputy_ended", by=by, at=now, course=one.course_id)
        Absence.objects.filter(pk=absence.id).update(until=now)


def accepted(absences: Iterable[Absence]) -> set[str]:
    """Which of these absences somebody has agreed to stand in for."""
    return {one.id for one in absences if _offers(one).filter(accepted_at__isnull=False).exists()}


def courses_offered(absence: Absence) -> int:
    """For how many courses somebody was asked to stand in."""
    return _offers(absence).count()


def _offers(absence: Absence) -> QuerySet[Relationship]:
    """The relationships that one absence has brought: the same person, the same last moment, the same courses."""
    hers = Relationship.objects.filter(account=absence.account_id, role=THERAPIST).values("course")
    return Relationship.objects.filter(
        course__in=hers, account=absence.stands_in_id, role=DEPUTY, until=absence.until
    )


def _courses_of(account: str, now: datetime) -> list[str]:
    running = Course.objects.exclude(state=CourseState.ENDED).values("pk")
    rows = Relationship.objects.filter(
        account=account, role=THERAPIST, accepted_at__lte=now, course__in=running
    )
    return sorted(set(rows.exclude(until__lte=now).values_list("course", flat=True)))
