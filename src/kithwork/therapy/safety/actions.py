"""Everything that may be done about safety."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.outbox.actions import post
from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.safety import FlagAct, FlagSoFar, plan_headings, review, review_fields, what_saving_does
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Course
from kithwork.therapy.safety.models import Concern, Flag, SafetyPlan, SafetyReview
from kithwork.therapy.safety.queries import flag_of, plan_record


def flag_answer(
    *, by: Audience, check_in: str, kind: str, answer: int | None, before: int | None, owner: Account
) -> FlagAct:
    """Raise or reopen a check-in's one flag for a saved answer, inside the transaction that saves it.

    The saving act holds the course's place in the trail, and writes the one event.
    """
    flag = flag_of(by, check_in)
    so_far = FlagSoFar(flag.answer or 0, reviewed=flag.reviewed_at is not None) if flag else None
    does = what_saving_does(answer, so_far)
    if does is FlagAct.NOTHING:
        return does
    values = {"answer": answer, "answer_before": before, **_clock(by, owner)}
    if flag is None:
        Flag.make(by, sharing=Sharing.SHARED, kind=kind, raised_by=check_in, **values)
    else:
        Flag.seen.visible_to(by).filter(pk=flag.pk).update(**values)
    post("message", to=owner.email, link=f"{settings.ADDRESS}/clinic/", now=by.now)
    return does


def _clock(by: Audience, owner: Account) -> dict[str, Any]:
    """Whose a flag is from now on, and by when; an earlier review stays written and no longer closes it."""
    hours = Course.objects.select_related("clinic").get(pk=by.course).clinic.review_within_hours
    return {
        "owner": owner.pk, "raised_at": by.now, "due_at": by.now + timedelta(hours=hours),
        "reviewed_by": "", "reviewed_at": None,
    }  # fmt: skip


def record_review(
    *,
    by: Audience,
    decisions: Iterable[str],
    words: Mapping[str, str],
    flag: Flag | None = None,
    shown: str = "",
) -> SafetyReview:
    """Keep what was asked and decided, and close the flag it is about; without a flag it was asked aloud.

    Rule: a flag closes only with a named reviewer, a time and a decision, none of them preset, and only as the
    reviewer saw it (``shown``): an answer that came in the meantime opens it for itself.
    """
    _staff_only(by)
    whole = review(by.who.name, by.now, chosen=decisions)
    with transaction.atomic():
        trail.lock(by.course)
        _same_as_shown(by, flag, shown)
        row: SafetyReview = SafetyReview.make(
            by, sharing=Sharing.THERAPIST, flag=flag, reviewer=by.who.id, reviewer_name=whole.reviewer,
            decisions=list(whole.decisions), session=by.together_in, at=whole.at,
        )  # fmt: skip
        for field in review_fields:
            passages.write(by, record=row, field=field.key, text=words.get(field.key, ""))
        if flag is not None:
            Flag.seen.visible_to(by).filter(pk=flag.pk).update(reviewed_by=by.who.id, reviewed_at=by.now)
        trail.record("safety.reviewed", by=by.who, at=by.now, course=by.course, page="safety")
    return row


def _same_as_shown(by: Audience, flag: Flag | None, shown: str) -> None:
    newest = Flag.seen.visible_to(by).get(pk=flag.pk) if flag else None
    if newest is not None and shown and newest.shown_as != shown:
        raise Refusal(
            "A new answer came in while you were writing.",
            next_step="Your words are still here. Look at the answer above, then save again.",
            code="flag-changed",
        )


def write_plan(
    *, by: Audience, heading: str, text: str, sharing: Sharing | None = None, base: str = ""
) -> SafetyPlan:
    """Write under one heading of the plan, in the client's own words."""
    plan_headings.get(heading)
    with transaction.atomic():
        trail.lock(by.course)
        record: SafetyPlan = plan_record(by) or SafetyPlan.make(by, sharing=Sharing.SHARED)
        passages.write(by, record=record, field=heading, text=text, sharing=sharing, base=base)
        trail.record("safety.plan_written", by=by.who, at=by.now, course=by.course, page="safety-plan")
    return record


def note_concern(*, by: Audience, text: str) -> Concern:
    """Keep a worry among staff; the client's pages never show it."""
    _staff_only(by)
    if not text.strip():
        raise Refusal(
            "There is nothing here to keep yet.", next_step="Write a word or two.", code="nothing-here"
        )
    with transaction.atomic():
        trail.lock(by.course)
        row: Concern = Concern.make(by, sharing=Sharing.THERAPIST)
        passages.write(by, record=row, field="concern", text=text)
        trail.record("safety.concern_noted", by=by.who, at=by.now, course=by.course, page="safety")
    return row


def close_concern(*, by: Audience, concern: Concern) -> Concern:
    """The worry does not stand any more; what was written stays."""
    _staff_only(by)
    with transaction.atomic():
        Concern.seen.visible_to(by).filter(pk=concern.pk, closed_at__isnull=True).update(closed_at=by.now)
        trail.record("safety.concern_closed", by=by.who, at=by.now, course=by.course, page="safety")
    return concern


def _staff_only(by: Audience) -> None:
    if by.is_client:
        raise Refusal("Only your therapist writes here.", code="not-yours")
    if not by.may_write:
        raise Refusal("This course has ended. What was written stays readable.", code="course-ended")
