"""What comes when: the two settle it, and it is shown to both."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from kithwork.foundation import clock
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.instruments import get
from kithwork.refusal import Refusal
from kithwork.therapy.checkins import queries
from kithwork.therapy.checkins.actions.keeping import check_open, course_of, staff_only
from kithwork.therapy.checkins.models import Schedule
from kithwork.therapy.checkins.queries.plan import HELD_BY
from kithwork.therapy.checkins.steps import in_order

LONGEST_PAUSE = 92  # days


def plan_check_ins(
    *,
    by: Audience,
    every_days: int,
    since: date,
    until: date | None = None,
    rhythms: Mapping[str, str] | None = None,
    agreed: bool = False,
) -> Schedule:
    """Settle which questionnaires come and how often; without a choice, those that came so far.

    It holds from now on. ``agreed`` says that the client said yes in the room; else they are asked on their page.
    """
    staff_only(by)
    if not 0 <= every_days <= LONGEST_PAUSE:
        raise Refusal("Choose how often a check-in would be welcome.", code="how-often-unclear")
    with transaction.atomic():
        trail.lock(by.course)
        course = course_of(by)
        wanted = dict(rhythms) if rhythms is not None else queries.plan_of(by, course).rhythms
        for instrument, rhythm in wanted.items():
            queries.rhythms.get(rhythm)
            _check_used_here(instrument, wanted, on=queries.is_on(get(instrument), course.clinic))
        today = clock.day_in(by.now, course.client.time_zone)
        row: Schedule = Schedule.make(
            by, sharing=Sharing.SHARED, instruments=list(in_order(wanted)), rhythms=wanted, every_days=every_days,
            since=since, until=until, agreed_on=today if agreed else None,
        )  # fmt: skip
        trail.record("check-in.planned", by=by.who, at=by.now, course=by.course, page="check-in")
    return row


def _check_used_here(instrument: str, wanted: Mapping[str, str], *, on: bool) -> None:
    if not on:
        raise Refusal(
            "{title} is not turned on at this clinic.",
            next_step="Whoever administers Kithwork can turn it on, if its terms allow.",
            code="turned-off",
            title=get(instrument).short_title,
        )
    held_by = HELD_BY.get(instrument, "")
    if held_by in wanted:
        raise Refusal(
            "{longer} asks everything that {shorter} asks.",
            next_step="Choose one of the two.",
            code="asked-twice",
            longer=get(held_by).short_title,
            shorter=get(instrument).short_title,
        )


def agree_to_plan(*, by: Audience) -> Schedule:
    """The client says yes to what comes when."""
    check_open(by)
    if not by.is_client:
        raise Refusal("Your client says this.", code="not-yours")
    with transaction.atomic():
        trail.lock(by.course)
        row = queries.schedule(by)
        if row is None:
            raise Refusal("There is nothing to agree to yet.", code="nothing-planned")
        if row.agreed_on is None:
            row.agreed_on = clock.day_in(by.now, course_of(by).client.time_zone)
            row.save(update_fields=["agreed_on"])
            trail.record("check-in.plan_agreed", by=by.who, at=by.now, course=by.course, page="check-in")
    return row
