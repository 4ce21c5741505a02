"""Answering: a check-in is begun, answered one question at a time or all at once, sent, taken back."""

from django.db import transaction

from kithwork.foundation import clock
from kithwork.foundation.accounts.models import Account
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.refusal import Refusal
from kithwork.therapy.checkins import queries
from kithwork.therapy.checkins.actions.keeping import (
    Extras,
    Forms,
    Given,
    check_open,
    course_of,
    named,
    new_check_in,
    pass_on,
    put,
    put_all,
    share,
    today_of,
)
from kithwork.therapy.checkins.models import Answers, CheckIn, MailedLink
from kithwork.therapy.checkins.steps import step_of


def open_check_in(*, by: Audience, reviewer: Account | None = None, anew: bool = False) -> CheckIn:
    """Begin a check-in, or go on with the one that was begun.

    Rule: none opens without a named person who is told of a safety answer. A draft goes on, however old. It is put
    aside only where she begins ``anew``, and only once its questions asked about other days.
    """
    check_open(by)
    if not by.is_client:
        raise Refusal(
            "Your client answers this.", next_step="Enter it on paper or aloud instead.", code="not-yours"
        )
    with transaction.atomic():
        trail.lock(by.course)
        told = named(by, reviewer)
        row = _go_on(by, told, anew=anew) or _begin(by, told)
        # Whatever is begun first after a link was sent is what that link leads to, and nothing else.
        MailedLink.seen.visible_to(by).filter(check_in__isnull=True, expires_at__gt=by.now).update(
            check_in=row
        )
        done = "opened" if row.opened_at == by.now else "resumed"
        trail.record(f"check-in.{done}", by=by.who, at=by.now, course=by.course, page="check-in")
    return row


def _go_on(by: Audience, told: Account, *, anew: bool) -> CheckIn | None:
    begun = queries.current(by)
    if begun is None or (anew and queries.is_stale(begun, now=by.now)):
        return None
    CheckIn.seen.visible_to(by).filter(pk=begun.id).update(reviewer=told.id)
    begun.reviewer = told.id
    return begun


def _begin(by: Audience, told: Account) -> CheckIn:
    course = course_of(by)
    forms = queries.forms_now(by, course, today=clock.day_in(by.now, course.client.time_zone))
    if not forms:
        raise Refusal(
            "There are no questions planned at the moment.",
            next_step="You can always write down something to talk about.",
            code="nothing-planned",
        )
    CheckIn.seen.visible_to(by).filter(state="open").update(state="withdrawn")
    return new_check_in(by, course, told, forms=forms, sharing=Sharing.JUST_ME)


def answer(*, by: Audience, check_in: CheckIn, instrument: str, item: int | str, value: Given) -> CheckIn:
    """Save one answer at once. Item 9 above "Not at all" is passed on in the same transaction, also from a draft."""
    check_open(by)
    asked = step_of(instrument, item)
    with transaction.atomic():
        trail.lock(by.course)
        row = _still_open(by, check_in)
        kept = Answers.seen.visible_to(by).filter(check_in=row, instrument=instrument).first()
        if asked is None or kept is None:
            raise Refusal("There is no such question.", code="no-such-question")
        if isinstance(item, int):
            put(kept, {item: value}, on=today_of(by))
        else:
            put(kept, {}, {item: value}, on=today_of(by))
        flagged = pass_on(by, row, asked, value)
        trail.record(
            "check-in.answered", by=by.who, at=by.now, course=by.course, page="check-in", reason=flagged
        )
    return row


def answer_all(*, by: Audience, check_in: CheckIn, answers: Forms, extras: Extras | None = None) -> CheckIn:
    """Save the whole form: questionnaire id -> one answer an item, None where it was left out."""
    check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        row = _still_open(by, check_in)
        flagged = put_all(by, row, answers, extras or {}, on=today_of(by))
        trail.record("check-in.answered", by=by.who, at=by.now, course=by.course, page="check-in",
                     count=sum(map(len, answers.values())), reason=flagged)  # fmt: skip
    return row


def send(*, by: Audience, check_in: CheckIn) -> CheckIn:
    """Send it to the therapist: from now on it is shared, complete or not.

    It stands on the day of its last answer, or, without one, on that on which it was begun: its questions ask about
    the weeks before that day, whenever it is sent.
    """
    check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        row = _still_open(by, check_in)
        share(by, row, on=queries.answered_on(by, row))
        trail.record("check-in.sent", by=by.who, at=by.now, course=by.course, page="check-in")
    return row


def withdraw(*, by: Audience, check_in: CheckIn) -> CheckIn:
    """Take a check-in back. What was read stays read, and a flag that it raised stays."""
    check_open(by)
    if not by.is_client or check_in.entered_by:
        raise Refusal("Only what you sent yourself can be taken back here.", code="not-yours")
    with transaction.atomic():
        trail.lock(by.course)
        Answers.seen.visible_to(by).filter(check_in=check_in).update(sharing=Sharing.JUST_ME)
        CheckIn.seen.visible_to(by).filter(pk=check_in.id).update(state="withdrawn", sharing=Sharing.JUST_ME)
        trail.record("check-in.withdrawn", by=by.who, at=by.now, course=by.course, page="check-in")
    return check_in


def _still_open(by: Audience, check_in: CheckIn) -> CheckIn:
    row = queries.check_ins(by).filter(pk=check_in.id, state="open").first()
    if row is None:
        raise Refusal(
            "This check-in was sent already, so it can't be changed here.",
            next_step="You can take it back, or tell your therapist.",
            code="check-in-sent",
        )
    return row
