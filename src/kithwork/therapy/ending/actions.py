"""Everything that may be done at the ending."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.ending import reasons_for_ending, warning_sign_kinds, ways_of_ending, what_next
from kithwork.refusal import Refusal
from kithwork.therapy.course.actions import close, open_following_course
from kithwork.therapy.course.contracts import offer
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.protocols import find as find_protocol
from kithwork.therapy.ending import queries
from kithwork.therapy.ending.bringing import to_bring
from kithwork.therapy.ending.models import (
    CourseEnding,
    EndingReview,
    Keepsake,
    StayWellPlan,
    StopWish,
    WarningSign,
)
from kithwork.therapy.safety.queries import open_flags
from kithwork.therapy.sessions.actions import take_off_planned


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
        raise Refusal(_("There is no such part."), code="no-such-part")
    with transaction.atomic():
        trail.lock(by.course)
        _write_in(by, model, field=field, text=text, sharing=sharing, base=base)
        _record(by, "ending.written")


def _write_in(
    by: Audience,
    model: type[EndingReview] | type[StayWellPlan],
    *,
    field: str,
    text: str,
    sharing: Sharing | None,
    base: str = "",
) -> None:
    record = queries.of_course(by, model) or model.make(by, sharing=Sharing.SHARED)
    passages.write(by, record=record, field=field, text=text, sharing=sharing, base=base)


def add_warning_sign(
    *, by: Audience, sign: str, kind: str = "", sharing: Sharing | None = None
) -> WarningSign:
    """Note an early sign. Many, in any order."""
    _check(by)
    if not sign.strip():
        raise Refusal(_("Write a word or two."), code="nothing-to-say")
    if kind:
        warning_sign_kinds.get(kind)
    state = (sharing or Sharing.JUST_ME) if by.is_client else Sharing.SHARED
    with transaction.atomic():
        trail.lock(by.course)
        row = _keep_sign(by, sign, kind, state)
        _record(by, "ending.sign_added")
    return row


def _keep_sign(by: Audience, sign: str, kind: str, state: Sharing) -> WarningSign:
    row: WarningSign = WarningSign.make(by, sharing=state, kind=kind)
    passages.write(by, record=row, field="sign", text=sign, sharing=state)
    return row


def bring_along(*, by: Audience, pieces: Iterable[str], sharing: Sharing) -> None:
    """Copy early signs and parts of the plan from the course before, as she chose. That course stays as it was."""
    _check(by)
    if not by.is_client:
        raise Refusal(_("Only your client brings something along."), code="not-yours")
    with transaction.atomic():
        trail.lock(by.course)
        chosen = [one for one in to_bring(by) if one.key in set(pieces)]
        if not chosen:
            raise Refusal(
                _("Nothing is ticked."),
                next_step=_("Tick what you would like to have here too."),
                code="none-chosen",
            )
        for one in chosen:
            if one.field:
                _write_in(by, StayWellPlan, field=one.field, text=one.text, sharing=sharing)
            else:
                _keep_sign(by, one.text, one.kind, sharing)
        _record(by, "ending.brought_along")


def remove_warning_sign(*, by: Audience, sign: WarningSign) -> None:
    """Take a sign off again; its words are emptied."""
    _check(by)
    if not by.is_client and sign.side != by.side:
        raise Refusal(_("Your client wrote this one, and can take it off."), code="not-yours")
    with transaction.atomic():
        passages.overwrite(by, record=sign.id)
        sign.removed_at = by.now
        sign.save()
        _record(by, "ending.sign_removed")


def choose_pieces(*, by: Audience, left_out: Iterable[str], added: Iterable[str] = ()) -> None:
    """Choose what goes into the keepsake, piece by piece. Each side's choice is its own."""
    _check(by)
    with transaction.atomic():
        trail.lock(by.course)
        Keepsake.make(
            by, sharing=Sharing.JUST_ME if by.is_client else Sharing.SHARED, left_out=sorted(left_out),
            added=sorted(added) if by.is_client else [],
        )  # fmt: skip
        _record(by, "ending.keepsake_chosen")


def wish_to_stop(*, by: Audience, reason: str = "", words: str = "") -> StopWish:
    """The client would like to stop. She says why, or not; her therapist sees it."""
    if not by.is_client:
        raise Refusal(_("Only your client says this."), code="not-yours")
    _check(by)
    if reason:
        reasons_for_ending.get(reason)
    with transaction.atomic():
        trail.lock(by.course)
        _take_back_wish(by)
        row: StopWish = StopWish.make(by, sharing=Sharing.SHARED, reason=reason)
        passages.write(by, record=row, field="words", text=words, sharing=Sharing.SHARED)
        _record(by, "ending.wish_to_stop")
    return row


def talked_about_stopping(*, by: Audience) -> None:
    """The two have talked about the client's wish to stop. It stands as before; it is hers to take back."""
    _check(by)
    if by.is_client:
        raise Refusal(_("Your therapist says this."), code="not-yours")
    with transaction.atomic():
        trail.lock(by.course)
        standing = StopWish.seen.visible_to(by).filter(withdrawn_at__isnull=True, talked_at__isnull=True)
        if not standing.update(talked_at=by.now, talked_by=by.who.id):
            raise Refusal(
                _("No wish to stop is waiting here."),
                next_step=_("It was taken back, or somebody has said so already."),
                code="no-wish",
            )
        _record(by, "ending.talked_about_stopping")


def carry_on(*, by: Audience) -> None:
    """Take the wish to stop back. Nobody asks why."""
    if not by.is_client:
        raise Refusal(_("Only your client takes this back."), code="not-yours")
    _check(by)
    with transaction.atomic():
        trail.lock(by.course)
        _take_back_wish(by)
        _record(by, "ending.carry_on")


def _take_back_wish(by: Audience) -> None:
    StopWish.seen.visible_to(by).filter(withdrawn_at__isnull=True).update(withdrawn_at=by.now)


def finish(
    *, by: Audience, how: str, reason: str = "", why: str = "", show_why: bool = False, what_comes: str = ""
) -> None:
    """End the course: nothing new is written, and everything stays to be read."""
    if by.is_client:
        raise Refusal(
            _("Your therapist records the ending."),
            next_step=_("You can stop at any time: say so under “Ending”, or in any other way."),
            code="not-yours",
        )
    _check(by)
    for shelf, chosen in ((ways_of_ending, how), (reasons_for_ending, reason), (what_next, what_comes)):
        if chosen or shelf is ways_of_ending:
            shelf.get(chosen)
    with transaction.atomic():
        trail.lock(by.course)
        course = Course.objects.get(pk=by.course)
        _check_may_end(by, course)
        row = CourseEnding.make(by, sharing=Sharing.SHARED, how=how, reason=reason, what_comes=what_comes)
        passages.write(
            by, record=row, field="why", text=why, sharing=Sharing.SHARED if show_why else Sharing.THERAPIST
        )
        take_off_planned(by=by)
        close(by=by, course=course, how=how)


def _check_may_end(by: Audience, course: Course) -> None:
    if course.open_session is not None:
        raise Refusal(_("A session is still open."), next_step=_("Close it first."), code="session-open")
    if open_flags(by):
        raise Refusal(
            _(
                "Something about safety is still waiting for a review, and nothing can be written after the end."
            ),
            next_step=_("Record the review first."),
            code="flag-open",
        )


def begin_following(
    *,
    by: Audience,
    protocol: str,
    sessions: int | None = None,
    minutes: int | None = None,
    rhythm: str = "",
    ends_on: date | None = None,
) -> Course:
    """After the end: a course of its own, such as monthly sessions to stay well, with a contract that both sign."""
    with transaction.atomic():
        ended = Course.objects.select_related("client", "clinic").get(pk=by.course)
        form = find_protocol(ended.clinic, protocol)
        copy = {**form.to_dict(), "key": form.key}
        course, audience = open_following_course(
            by=by, after=ended, protocol=copy, offered=sessions or form.usual
        )
        offer(by=audience, sessions=sessions or form.usual, minutes=minutes, rhythm=rhythm, ends_on=ends_on)
    return course


def _check(by: Audience) -> None:
    if not by.may_write:
        raise Refusal(_("This course has ended. What was written stays here to read."), code="course-ended")


def _record(by: Audience, act: str) -> None:
    trail.record(act, by=by.who, at=by.now, course=by.course, page="ending")
