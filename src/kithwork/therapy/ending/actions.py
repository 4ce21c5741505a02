"""Everything that may be done at the ending."""

from collections.abc import Iterable

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.ending import keepsake_parts, warning_sign_kinds, ways_of_ending
from kithwork.refusal import Refusal
from kithwork.therapy.course.actions import close
from kithwork.therapy.course.models import Course
from kithwork.therapy.ending import queries
from kithwork.therapy.ending.models import EndingReview, Keepsake, StayWellPlan, WarningSign
from kithwork.therapy.safety.queries import open_flags


def write(*, by: Audience, field: str, text: str, sharing: Sharing | None = None, base: str = "") -> None:
    """Write one part of looking back. The therapist's own words are hers until she shows them."""
    _write(by, EndingReview, field=field, text=text, sharing=sharing, base=base)


def write_plan(
    *, by: Audience, field: str, text: str, sharing: Sharing | None = None, base: str = ""
) -> None:
    """Write one part of the plan for staying well."""
    _write(by, StayWellPlan, field=field, text=text, sharing=sharing, base=base)


def _write(
    by: Audience,
    model: type[EndingReview] | type[StayWellPlan],
    *,
    field: str,
    text: str,
    sharing: Sharing | None,
    base: str,
) -> None:
    _check(by)
    if field not in model.words:
        raise Refusal("There is no such part.", code="no-such-part")
    with transaction.atomic():
        trail.lock(by.course)
        record = queries.of_course(by, model) or model.make(by, sharing=Sharing.SHARED)
        passages.write(by, record=record, field=field, text=text, sharing=sharing, base=base)
        _record(by, "ending.written")


def add_warning_sign(
    *, by: Audience, sign: str, kind: str = "", sharing: Sharing | None = None
) -> WarningSign:
    """Note an early sign. Many, in any order."""
    _check(by)
    if not sign.strip():
        raise Refusal("Write a word or two.", code="nothing-to-say")
    if kind:
        warning_sign_kinds.get(kind)
    state = (sharing or Sharing.JUST_ME) if by.is_client else Sharing.SHARED
    with transaction.atomic():
        trail.lock(by.course)
        row: WarningSign = WarningSign.make(by, sharing=state, kind=kind)
        passages.write(by, record=row, field="sign", text=sign, sharing=state)
        _record(by, "ending.sign_added")
    return row


def remove_warning_sign(*, by: Audience, sign: WarningSign) -> None:
    """Take a sign off again; its words are emptied."""
    _check(by)
    if not by.is_client and sign.side != by.side:
        raise Refusal("Your client wrote this one, and can take it off.", code="not-yours")
    with transaction.atomic():
        passages.overwrite(by, record=sign.pk)
        sign.removed_at = by.now
        sign.save()
        _record(by, "ending.sign_removed")


def choose_parts(*, by: Audience, parts: Iterable[str]) -> None:
    """Choose what goes into the keepsake. Each side's choice is its own."""
    _check(by)
    chosen = [keepsake_parts.get(part).key for part in parts]
    with transaction.atomic():
        trail.lock(by.course)
        Keepsake.make(by, sharing=Sharing.JUST_ME if by.is_client else Sharing.SHARED, parts=chosen)
        _record(by, "ending.keepsake_chosen")


def finish(*, by: Audience, how: str) -> None:
    """End the course: nothing new is written, and everything stays to be read."""
    if by.is_client:
        raise Refusal(
            "Your therapist records the ending.",
            next_step="You can stop at any time: say so, or write it under “Things to talk about”.",
            code="not-yours",
        )
    _check(by)
    ways_of_ending.get(how)
    with transaction.atomic():
        trail.lock(by.course)
        course = Course.objects.get(pk=by.course)
        if course.open_session is not None:
            raise Refusal("A session is still open.", next_step="Close it first.", code="session-open")
        if open_flags(by):
            raise Refusal(
                "Something about safety is still waiting for a review, and nothing can be written after the end.",
                next_step="Record the review first.",
                code="flag-open",
            )
        close(by=by, course=course, how=how)


def _check(by: Audience) -> None:
    if not by.may_write:
        raise Refusal("This course has ended. What was written stays here to read.", code="course-ended")


def _record(by: Audience, act: str) -> None:
    trail.record(act, by=by.who, at=by.now, course=by.course, page="ending")
