"""What every act here needs: somebody who is told, answers put in their places, and safety passed on at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from kithwork.foundation import clock
from kithwork.foundation.accounts.models import Account
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.instruments import InvalidAnswer, get, score
from kithwork.ipt.safety import FlagAct
from kithwork.refusal import Refusal
from kithwork.therapy.checkins import queries
from kithwork.therapy.checkins.models import REFUSED, Answers, CheckIn
from kithwork.therapy.checkins.steps import Step, in_order, steps
from kithwork.therapy.course.access import still_in_care
from kithwork.therapy.course.models import Course
from kithwork.therapy.safety.actions import flag_answer

Given = int | str | None  # an option's number, "refused", or left out
Forms = Mapping[str, Sequence[Given]]  # questionnaire: one answer a question
Extras = Mapping[str, Mapping[str, Given]]  # questionnaire: its questions that never count
THOUSANDTH = Decimal("0.001")


def check_open(by: Audience) -> None:
    """Nothing more is answered once a course has ended."""
    if not by.may_write:
        raise Refusal(
            "This course has ended, so there are no more check-ins.",
            next_step="What you answered stays here to read.",
            code="course-ended",
        )


def staff_only(by: Audience) -> None:
    """Some things only the therapist does."""
    check_open(by)
    if by.is_client:
        raise Refusal("Only your therapist does this.", code="not-yours")


def course_of(by: Audience) -> Course:
    """The course that is acted on, with its client and its clinic."""
    return Course.objects.select_related("client", "clinic").get(pk=by.course)


def today_of(by: Audience) -> date:
    """The day it is where the client lives."""
    return clock.day_in(by.now, course_of(by).client.time_zone)


def named(by: Audience, wished: Account | None = None) -> Account:
    """The person who is told, who must have the course in their care now: active, waiting or paused alike."""
    told = wished if wished and still_in_care(wished.id, by.course, now=by.now) else queries.reviewer_of(by)
    if told is None:
        raise Refusal(
            "Nobody at the clinic is named yet to see your answers, so a check-in can't begin.",
            next_step="Ask the clinic who looks after you now. If things feel too much, see who to call.",
            code="nobody-named",
        )
    return told


def new_check_in(
    by: Audience,
    course: Course,
    told: Account,
    *,
    forms: Iterable[str],
    sharing: Sharing,
    for_session: int | None = None,
    **columns: str,
) -> CheckIn:
    """A check-in with an empty form for each of its questionnaires."""
    row: CheckIn = CheckIn.make(
        by, sharing=sharing, opened_at=by.now, reviewer=told.id,
        for_session=for_session or course.current_session, **columns,
    )  # fmt: skip
    today = clock.day_in(by.now, course.client.time_zone)
    for form in in_order(forms):
        instrument = get(form)
        Answers.make(by, sharing=sharing, check_in=row, instrument=form, rule=instrument.rule_version,
                     version=f"{form}-{instrument.language}", items=[None] * len(instrument.items),
                     answered_on=today)  # fmt: skip
    return row


def put_all(by: Audience, check_in: CheckIn, answers: Forms, extras: Extras, *, on: date) -> str:
    """Save every form that was given on a day, and pass on what must be seen. Returns the trail's reason."""
    rows = queries.answers(by, check_in)
    if set(answers) - set(rows):
        raise Refusal("There is no such questionnaire here.", code="no-such-questionnaire")
    for form, given in answers.items():
        if len(given) != len(rows[form].items):
            raise InvalidAnswer(
                "There is not one answer for each question.",
                next_step="Leave an answer empty rather than out.",
            )
        put(rows[form], dict(enumerate(given, 1)), extras.get(form, {}), on=on)
    risky = [one for one in steps(in_order(answers)) if one.risk]
    return " ".join(
        filter(None, [pass_on(by, check_in, one, one.kept(rows[one.instrument.id])) for one in risky])
    )


def put(
    row: Answers, given: Mapping[int, Given], extras: Mapping[str, Given] | None = None, *, on: date
) -> None:
    """Put answers in their places and score anew; a total needs every answer, and "rather not say" is no number.

    An answer tells of the weeks before the day on which it is given, so the last one dates its questionnaire. What is
    passed over says nothing, and dates nothing.
    """
    before = _says(row)
    for item, value in given.items():
        row.items[item - 1] = value
    for extra in get(row.instrument).extra_items:
        if extras is not None and extra.id in extras:
            row.extras[extra.id] = _option(extra.options, extras[extra.id])
    row.passed = sorted({*row.passed, *given})
    numbers = [None if value == REFUSED else value for value in row.items]
    total = score(row.instrument, numbers).total  # refuses what is no option
    row.total = None if total is None else Decimal(total).quantize(THOUSANDTH)
    row.rule = get(row.instrument).rule_version
    if _says(row) != before or any(
        value is not None for value in (*given.values(), *(extras or {}).values())
    ):
        row.answered_on = on
    row.save(update_fields=["items", "extras", "passed", "total", "rule", "answered_on"])


def _says(row: Answers) -> list[object]:
    """What is answered, without what was passed over."""
    return [*row.items, {key: value for key, value in row.extras.items() if value is not None}]


def _option(options: Iterable[object], value: Given) -> Given:
    """An answer to a question that never counts. Refuses what is no option."""
    known = {option.value for option in options}  # type: ignore[attr-defined]
    if value not in (None, REFUSED) and (type(value) is not int or value not in known):
        raise InvalidAnswer(
            "This answer is not one of the options.", next_step="Choose one, or leave it empty."
        )
    return value


def pass_on(by: Audience, check_in: CheckIn, step: Step, value: Given) -> str:
    """Tell the named person of an answer about safety, as answered. Returns the trail's reason, or nothing."""
    if not step.must_be_seen(value) or not isinstance(value, int):
        return ""
    does = flag_answer(
        by=by, check_in=check_in.id, asked=step.field, answer=value,
        before=queries.answer_before(by, check_in, step), owner=_told_now(by, check_in),
    )  # fmt: skip
    return "" if does is FlagAct.NOTHING else "flag-raised"


def _told_now(by: Audience, check_in: CheckIn) -> Account:
    """Whoever is told at this moment. Should nobody be left, the one who was named: the answer is never lost."""
    first = Account.objects.get(pk=check_in.reviewer)
    if first.is_active and still_in_care(first.id, by.course, now=by.now):
        return first
    return queries.reviewer_of(by) or first


def share(by: Audience, row: CheckIn, *, on: date) -> None:
    """From now on staff see it, complete or not."""
    Answers.seen.visible_to(by).filter(check_in=row).update(sharing=Sharing.SHARED, answered_on=on)
    row.state, row.sent_at, row.sharing = "sent", by.now, Sharing.SHARED
    row.save(update_fields=["state", "sent_at", "sharing"])
