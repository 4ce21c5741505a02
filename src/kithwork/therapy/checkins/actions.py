"""Everything that may be done with check-ins."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from django.db import transaction

from kithwork.foundation import clock
from kithwork.foundation.accounts.models import Account
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.instruments import InvalidAnswer, get, score
from kithwork.ipt.safety import FlagAct
from kithwork.refusal import Refusal
from kithwork.therapy.checkins import queries
from kithwork.therapy.checkins.models import REFUSED, Answers, CheckIn, Schedule
from kithwork.therapy.checkins.steps import FORMS, Step, step_of, steps
from kithwork.therapy.course.access import still_in_care
from kithwork.therapy.course.models import Course
from kithwork.therapy.safety.actions import flag_answer

Given = int | str | None  # an option's number, "refused", or left out
DRAFT_LASTS = timedelta(days=7)
SOURCES = ("paper", "aloud")


def open_check_in(*, by: Audience, reviewer: Account | None = None) -> CheckIn:
    """Begin a check-in, or go on with the one that was begun.

    Rule: none opens without a named person who is told of a safety answer. A draft older than a week is put
    aside, since its questions asked about other days.
    """
    _check_open(by)
    if not by.is_client:
        raise Refusal(
            "Your client answers this.", next_step="Enter it on paper or aloud instead.", code="not-yours"
        )
    with transaction.atomic():
        trail.lock(by.course)
        told = _named(by, reviewer)
        begun = queries.current(by)
        if begun and by.now - begun.opened_at < DRAFT_LASTS:
            CheckIn.seen.visible_to(by).filter(pk=begun.pk).update(reviewer=told.pk)
            begun.reviewer = told.pk
            trail.record("check-in.resumed", by=by.who, at=by.now, course=by.course, page="check-in")
            return begun
        CheckIn.seen.visible_to(by).filter(state="open").update(state="withdrawn")
        made = _new(by, told, sharing=Sharing.JUST_ME)
        trail.record("check-in.opened", by=by.who, at=by.now, course=by.course, page="check-in")
    return made


def answer(*, by: Audience, check_in: CheckIn, instrument: str, item: int, value: Given) -> CheckIn:
    """Save one answer at once. Item 9 above "Not at all" is passed on in the same transaction, also from a draft."""
    _check_open(by)
    asked = step_of(instrument, item)
    if asked is None:
        raise Refusal("There is no such question.", code="no-such-question")
    with transaction.atomic():
        trail.lock(by.course)
        row = _still_open(by, check_in)
        forms = queries.answers(by, row)
        _put(forms[instrument], {item: value})
        flagged = _pass_on(by, row, asked, value)
        trail.record(
            "check-in.answered", by=by.who, at=by.now, course=by.course, page="check-in", reason=flagged
        )
    return row


def answer_all(*, by: Audience, check_in: CheckIn, answers: Mapping[str, Sequence[Given]]) -> CheckIn:
    """Save the whole form: questionnaire id -> one answer an item, None where it was left out."""
    _check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        row = _still_open(by, check_in)
        flagged = _put_all(by, row, answers)
        trail.record("check-in.answered", by=by.who, at=by.now, course=by.course, page="check-in",
                     count=sum(map(len, answers.values())), reason=flagged)  # fmt: skip
    return row


def send(*, by: Audience, check_in: CheckIn) -> CheckIn:
    """Send it to the therapist: from now on it is shared, complete or not."""
    _check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        row = _still_open(by, check_in)
        _share(by, row, on=clock.day_in(by.now, _course(by).client.time_zone))
        trail.record("check-in.sent", by=by.who, at=by.now, course=by.course, page="check-in")
    return row


def withdraw(*, by: Audience, check_in: CheckIn) -> CheckIn:
    """Take a check-in back. What was read stays read, and a flag that it raised stays."""
    _check_open(by)
    if not by.is_client or check_in.entered_by:
        raise Refusal("Only what you sent yourself can be taken back here.", code="not-yours")
    with transaction.atomic():
        trail.lock(by.course)
        Answers.seen.visible_to(by).filter(check_in=check_in).update(sharing=Sharing.JUST_ME)
        CheckIn.seen.visible_to(by).filter(pk=check_in.pk).update(state="withdrawn", sharing=Sharing.JUST_ME)
        trail.record("check-in.withdrawn", by=by.who, at=by.now, course=by.course, page="check-in")
    return check_in


def enter_for_client(
    *,
    by: Audience,
    answers: Mapping[str, Sequence[Given]],
    on: date,
    source: Literal["paper", "aloud"] = "paper",
    session: int | None = None,
) -> CheckIn:
    """Staff write down what the client answered on paper or aloud; it is shared at once, with their name."""
    _check_open(by)
    if by.is_client:
        raise Refusal("Answer your check-in on its own page.", code="not-yours")
    if on > by.now.date() + timedelta(days=1) or source not in SOURCES:
        raise Refusal(
            "That day has not come yet.", next_step="Choose today or a day before.", code="day-ahead"
        )
    with transaction.atomic():
        trail.lock(by.course)
        row = _new(by, _named(by, None), sharing=Sharing.SHARED, entered_by=by.who.id, entered_from=source,
                   for_session=session)  # fmt: skip
        flagged = _put_all(by, row, answers)
        _share(by, row, on=on)
        trail.record(
            "check-in.entered", by=by.who, at=by.now, course=by.course, page="check-in", reason=flagged
        )
    return row


def plan_check_ins(*, by: Audience, every_days: int, since: date, until: date | None = None) -> Schedule:
    """Agree how often a check-in would be welcome."""
    _check_open(by)
    with transaction.atomic():
        row: Schedule = Schedule.make(
            by,
            sharing=Sharing.SHARED,
            instruments=list(FORMS),
            every_days=every_days,
            since=since,
            until=until,
        )
        trail.record("check-in.planned", by=by.who, at=by.now, course=by.course, page="check-in")
    return row


def _check_open(by: Audience) -> None:
    if not by.may_write:
        raise Refusal(
            "This course has ended, so there are no more check-ins.",
            next_step="What you answered stays here to read.",
            code="course-ended",
        )


def _named(by: Audience, wished: Account | None) -> Account:
    """The person who is told, who must have the course in their care now."""
    told = wished if wished and still_in_care(wished.pk, by.course, now=by.now) else queries.reviewer_of(by)
    if told is None:
        raise Refusal(
            "Nobody at the clinic is named yet to see your answers, so a check-in can't begin.",
            next_step="Ask the clinic who looks after you now. If things feel too much, see who to call.",
            code="nobody-named",
        )
    return told


def _new(
    by: Audience, told: Account, *, sharing: Sharing, for_session: int | None = None, **columns: str
) -> CheckIn:
    course = _course(by)
    row: CheckIn = CheckIn.make(
        by, sharing=sharing, opened_at=by.now, reviewer=told.pk,
        for_session=for_session or course.current_session, **columns,
    )  # fmt: skip
    today = clock.day_in(by.now, course.client.time_zone)
    for form in FORMS:
        instrument = get(form)
        Answers.make(by, sharing=sharing, check_in=row, instrument=form, rule=instrument.rule_version,
                     version=f"{form}-{instrument.language}", items=[None] * len(instrument.items),
                     answered_on=today)  # fmt: skip
    return row


def _course(by: Audience) -> Course:
    return Course.objects.select_related("client").get(pk=by.course)


def _still_open(by: Audience, check_in: CheckIn) -> CheckIn:
    row = queries.check_ins(by).filter(pk=check_in.pk, state="open").first()
    if row is None:
        raise Refusal(
            "This check-in was sent already, so it can't be changed here.",
            next_step="You can take it back, or tell your therapist.",
            code="check-in-sent",
        )
    return row


def _put_all(by: Audience, check_in: CheckIn, answers: Mapping[str, Sequence[Given]]) -> str:
    """Save every form that was given, and pass on what must be seen. Returns the trail's reason."""
    forms = queries.answers(by, check_in)
    if set(answers) - set(forms):
        raise Refusal("There is no such questionnaire here.", code="no-such-questionnaire")
    for form, given in answers.items():
        if len(given) != len(forms[form].items):
            raise InvalidAnswer(
                "There is not one answer for each question.",
                next_step="Leave an answer empty rather than out.",
            )
        _put(forms[form], dict(enumerate(given, 1)))
    asked = [one for one in steps() if one.risk and one.instrument.id in answers]
    return " ".join(
        filter(
            None, [_pass_on(by, check_in, one, answers[one.instrument.id][one.item.n - 1]) for one in asked]
        )
    )


def _put(row: Answers, given: Mapping[int, Given]) -> None:
    """Put answers in their places and score anew; a total needs every answer, and "rather not say" is no number."""
    for item, value in given.items():
        row.items[item - 1] = value
    row.passed = sorted({*row.passed, *given})
    numbers = [None if value == REFUSED else value for value in row.items]
    row.total = score(row.instrument, numbers).total  # refuses what is no option
    row.rule = get(row.instrument).rule_version
    row.save(update_fields=["items", "passed", "total", "rule"])


def _pass_on(by: Audience, check_in: CheckIn, asked: Step, value: Given) -> str:
    """Tell the named person of an answer about safety, as answered. Returns the trail's reason, or nothing."""
    if asked.risk is None or not isinstance(value, int) or value < asked.risk.from_value:
        return ""
    does = flag_answer(
        by=by, check_in=check_in.pk, kind="item_9" if asked.instrument.id == "phq9" else "risk_item", answer=value,
        before=queries.risk_answer_before(by, check_in), owner=_told_now(by, check_in),
    )  # fmt: skip
    return "" if does is FlagAct.NOTHING else "flag-raised"


def _told_now(by: Audience, check_in: CheckIn) -> Account:
    """Whoever is told at this moment. Should nobody be left, the one who was named: the answer is never lost."""
    named = Account.objects.get(pk=check_in.reviewer)
    if named.is_active and still_in_care(named.pk, by.course, now=by.now):
        return named
    return queries.reviewer_of(by) or named


def _share(by: Audience, row: CheckIn, *, on: date) -> None:
    Answers.seen.visible_to(by).filter(check_in=row).update(sharing=Sharing.SHARED, answered_on=on)
    row.state, row.sent_at, row.sharing = "sent", by.now, Sharing.SHARED
    row.save(update_fields=["state", "sent_at", "sharing"])
