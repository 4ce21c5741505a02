"""Everything that may be done about safety."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.outbox.actions import post
from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, shown_as
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.rather_not import RatherNot
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.safety import (
    RAISED_BY_HAND,
    FlagAct,
    FlagSoFar,
    plan_headings,
    review,
    review_fields,
    safe_contact,
    what_saving_does,
)
from kithwork.refusal import Refusal
from kithwork.therapy.course.access import open_for_worker, still_in_care
from kithwork.therapy.course.models import Course
from kithwork.therapy.safety.going_on import due_from, settle
from kithwork.therapy.safety.models import Concern, Flag, SafeContact, SafetyPlan, SafetyReview
from kithwork.therapy.safety.queries import flag_of, plan_record, reaching


def flag_answer(
    *, by: Audience, check_in: str, asked: str, answer: int | None, before: int | None, owner: Account
) -> FlagAct:
    """Raise or reopen a check-in's one flag for a saved answer, inside the transaction that saves it.

    ``asked`` is the question that was answered, as the whole form names it: "phq9_9".
    The saving act holds the course's place in the trail, and writes the one event.
    """
    flag = flag_of(by, check_in)
    so_far = FlagSoFar(flag.answer or 0, reviewed=flag.reviewed_at is not None) if flag else None
    does = what_saving_does(answer, so_far)
    if does is FlagAct.NOTHING:
        return does
    kind = "item_9" if asked == "phq9_9" else "risk_item"
    values = {"kind": kind, "asked": asked, "answer": answer, "answer_before": before, **_clock(by, owner)}
    if flag is None:
        Flag.make(by, sharing=Sharing.SHARED, raised_by=check_in, **values)
    else:
        Flag.seen.visible_to(by).filter(pk=flag.id).update(**values)
    _tell(by, owner)
    raised = flag_of(by, check_in)
    if raised is not None:
        # Should its owner be away just now, it goes on in this same transaction.
        settle(open_for_worker(by.client, by.course, now=by.now), raised)
    return does


def raise_flag(*, by: Audience, kind: str, owner: str, text: str = "") -> Flag:
    """Staff raise a flag by hand: something that a named person must look at, without a questionnaire."""
    _staff_only(by)
    account = Account.objects.filter(pk=owner, is_active=True).first()
    if kind not in RAISED_BY_HAND or account is None or not still_in_care(account.id, by.course, now=by.now):
        raise Refusal("Choose what it is about, and who looks at it.", code="flag-not-whole")
    with transaction.atomic():
        trail.lock(by.course)
        flag: Flag = Flag.make(by, sharing=Sharing.THERAPIST, kind=kind, **_clock(by, account))
        passages.write(by, record=flag, field="what", text=text)
        if account.id != by.who.id:
            _tell(by, account)
        trail.record("safety.flag_raised", by=by.who, at=by.now, course=by.course, page="safety")
    return flag


def _tell(by: Audience, owner: Account) -> None:
    post("message", to=owner.email, link=f"{settings.ADDRESS}/clinic/", now=by.now)


def _clock(by: Audience, owner: Account) -> dict[str, Any]:
    """Whose a flag is from now on, and by when; an earlier review stays written and no longer closes it."""
    clinic = Course.objects.select_related("clinic").get(pk=by.course).clinic
    return {
        "owner": owner.id, "raised_at": by.now, "due_at": due_from(clinic, by.now), "reviewed_by": "",
        "reviewed_at": None, "went_on_from": "", "went_on_at": None, "lead_told_at": None,
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
            Flag.seen.visible_to(by).filter(pk=flag.id).update(reviewed_by=by.who.id, reviewed_at=by.now)
        trail.record("safety.reviewed", by=by.who, at=by.now, course=by.course, page="safety")
    return row


def _same_as_shown(by: Audience, flag: Flag | None, shown: str) -> None:
    newest = Flag.seen.visible_to(by).get(pk=flag.id) if flag else None
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


def say_how_to_reach(
    *,
    by: Audience,
    answers: Mapping[str, str],
    bases: Mapping[str, str],
    sharing: Sharing | None = None,
    no_mail: bool | None = None,
) -> SafeContact:
    """Write how it is safe to reach the client. That no mail should come is hers alone to say.

    Rule: where nobody chose, each answer keeps its own readers. Where two texts stand and the box was not
    touched, both stay as they are: a save of another answer puts neither away. Nor does a box that came back as it
    was shown put away what was written there since.
    """
    if set(answers) - set(safe_contact.keys()):
        raise Refusal("There is no such question here.", code="no-such-question")
    with transaction.atomic():
        trail.lock(by.course)
        before = reaching(by)
        record: SafeContact = before.record or SafeContact.make(by, sharing=Sharing.SHARED)
        stands = {prompt.key: words for prompt, words in before.answers if words}
        for field, text in answers.items():
            words, base = stands.get(field), bases.get(field, "")
            if words and _leaves_it(by, words, text, base):
                _decide(by, record, words, sharing)
                continue
            state = sharing or (_own_readers(words) if words else None)
            passages.write(by, record=record, field=field, text=text, sharing=state, base=base)
        if by.is_client and no_mail is not None:
            SafeContact.seen.visible_to(by).filter(pk=record.id).update(no_mail=no_mail)
        trail.record("safety.contact_written", by=by.who, at=by.now, course=by.course, page="safe-contact")
    return record


def _leaves_it(by: Audience, words: Words, text: str, base: str) -> bool:
    """Whether the box came back as it was shown, where two texts stand or somebody wrote another one since."""
    if words.base == base and not words.also:
        return False
    shown = shown_as(by, words.record, words.field, base) if base else ""
    return shown is not None and isinstance(text, RatherNot) == isinstance(shown, RatherNot) and (
        text.split() == shown.split()
    )  # fmt: skip


def _decide(by: Audience, record: SafeContact, words: Words, sharing: Sharing | None) -> None:
    """Readers that the client chose for all her answers hold for this one too; where two stand, each keeps its own."""
    if by.is_client and sharing and words.text.strip() and not words.also and words.sharing is not sharing:
        passages.change_sharing(by, record=record, field=words.field, sharing=sharing)


def _own_readers(words: Words) -> Sharing:
    """Who an answer is for as it stands. One that is kept beside a shared one stays kept."""
    return next((one.sharing for one in (words, *words.also) if one.is_kept), words.sharing)


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
        Concern.seen.visible_to(by).filter(pk=concern.id, closed_at__isnull=True).update(closed_at=by.now)
        trail.record("safety.concern_closed", by=by.who, at=by.now, course=by.course, page="safety")
    return concern


def _staff_only(by: Audience) -> None:
    if by.is_client:
        raise Refusal("Only your therapist writes here.", code="not-yours")
    if not by.may_write:
        raise Refusal("This course has ended. What was written stays readable.", code="course-ended")
