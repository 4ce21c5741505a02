"""A flag that nobody looks at goes on: to whoever stands in, then to those who lead the clinic. Each step once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from kithwork.foundation.accounts.models import Account, Clinic, Role, RoleKind
from kithwork.foundation.outbox.actions import post
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.safety import GoesOn, Waiting, due_by, goes_on
from kithwork.therapy.course.access import open_for_worker, supervisors_of
from kithwork.therapy.safety.models import Flag
from kithwork.therapy.safety.queries import carers_here, courses_with_waiting, open_flags


def pass_on_waiting(*, now: datetime) -> int:
    """Take every flag that waits one step on, where one is due. Any number of workers may do this at once.

    A step, its letter and its event are one transaction under the course's lock, and the step is worked out anew
    inside it: a worker that dies has done all of it or nothing, and a second one finds it done.
    """
    steps = 0
    for client, course in courses_with_waiting():
        by = open_for_worker(client, course, now=now)
        if all(_next(by, flag) is GoesOn.NOWHERE for flag in open_flags(by)):
            continue
        with transaction.atomic():
            trail.lock(course)
            steps += sum(settle(by, flag) is not GoesOn.NOWHERE for flag in open_flags(by))
    return steps


def settle(by: Audience, flag: Flag) -> GoesOn:
    """Take one flag its next step, inside a transaction that holds the course's place in the trail."""
    step = _next(by, flag)
    if step is GoesOn.TO_DEPUTY:
        _to_deputy(by, flag)
    elif step is GoesOn.TO_LEAD:
        _to_lead(by, flag)
    return step


def due_from(clinic: Clinic, now: datetime) -> datetime:
    """By when a flag that is raised, or goes on, at this moment should be seen."""
    local = now.astimezone(ZoneInfo(clinic.time_zone))
    within = timedelta(hours=clinic.review_within_hours)
    return due_by(local, within=within, opens=clinic.opens_at, closes=clinic.closes_at).astimezone(UTC)


def _next(by: Audience, flag: Flag) -> GoesOn:
    here = carers_here(by.course, now=by.now)
    step = goes_on(
        Waiting(
            owner_away=flag.owner not in here, late=flag.due_at <= by.now,
            has_deputy=any(carer != flag.owner for carer in here),
            went_to_deputy=flag.went_on_at is not None, lead_told=flag.lead_told_at is not None,
        )
    )  # fmt: skip
    return GoesOn.NOWHERE if step is GoesOn.TO_LEAD and not _leads(by) else step


def _to_deputy(by: Audience, flag: Flag) -> None:
    deputy = next(carer for carer in carers_here(by.course, now=by.now) if carer != flag.owner)
    due = due_from(Clinic.objects.get(), by.now)
    _mark(by, flag, owner=deputy, went_on_from=flag.owner, went_on_at=by.now, due_at=due)
    _tell([Account.objects.get(pk=deputy)], by, "/clinic/")
    trail.record("safety.passed_on", by=by.who, at=by.now, course=by.course, page="safety")


def _to_lead(by: Audience, flag: Flag) -> None:
    _mark(by, flag, lead_told_at=by.now)
    _tell(_leads(by), by, "/clinic/waiting/")
    trail.record("safety.lead_told", by=by.who, at=by.now, course=by.course, page="safety")


def _mark(by: Audience, flag: Flag, **columns: object) -> None:
    Flag.seen.visible_to(by).filter(pk=flag.id).update(**columns)


def _tell(accounts: list[Account], by: Audience, page: str) -> None:
    for account in accounts:
        post("message", to=account.email, link=f"{settings.ADDRESS}{page}", now=by.now)


def _leads(by: Audience) -> list[Account]:
    """Those who lead the clinic, and whoever supervises this course."""
    leads = Role.objects.filter(kind=RoleKind.LEAD, since__lte=by.now).exclude(until__lte=by.now)
    ids = {*leads.values_list("account", flat=True), *supervisors_of(by.course, now=by.now)}
    return list(Account.objects.filter(pk__in=ids, is_active=True).order_by("pk"))
