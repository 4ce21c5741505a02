"""Reading check-ins, for one audience. A draft exists for the client alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.once import once_a_page
from kithwork.instruments import get
from kithwork.instruments.instrument import Instrument
from kithwork.therapy.checkins.models import REFUSED, Answers, CheckIn, Schedule
from kithwork.therapy.checkins.steps import FORMS, Step, steps
from kithwork.therapy.course.models import Course
from kithwork.therapy.safety.queries import told_first

EVERY_DAYS = 7
CHOSE_NOT_TO_SAY = "You chose not to say"


def check_ins(audience: Audience) -> QuerySet[CheckIn]:
    """The check-ins that this audience may see, the newest first."""
    return CheckIn.seen.visible_to(audience).order_by("-opened_at", "-pk")


def find(audience: Audience, check_in: str) -> CheckIn | None:
    """One check-in, if this audience may see it and it was not withdrawn."""
    return check_ins(audience).exclude(state="withdrawn").filter(pk=check_in).first()


def current(audience: Audience) -> CheckIn | None:
    """The one that was begun and not sent."""
    return check_ins(audience).filter(state="open").first()


def answers(audience: Audience, check_in: CheckIn) -> dict[str, Answers]:
    """A check-in's questionnaires, by their ids."""
    return {row.instrument: row for row in Answers.seen.visible_to(audience).filter(check_in=check_in)}


def sent(audience: Audience) -> list[tuple[CheckIn, date]]:
    """What was sent and on which day it was answered, the newest first."""
    rows = Answers.seen.visible_to(audience).filter(check_in__state="sent").select_related("check_in")
    newest_first = rows.order_by("-answered_on", "-check_in__sent_at")
    return list({row.check_in_id: (row.check_in, row.answered_on) for row in newest_first}.values())


def answered_on(audience: Audience, check_in: CheckIn) -> date:
    """The day that a check-in's answers are about."""
    return next(iter(answers(audience, check_in).values())).answered_on


def first_ahead(audience: Audience, check_in: CheckIn) -> Step | None:
    """The first question that was neither answered nor passed over; None when all were."""
    forms = answers(audience, check_in)
    return next((one for one in steps() if one.item.n not in forms[one.instrument.id].passed), None)


def risk_answer(audience: Audience, check_in: CheckIn) -> int | None:
    """The answer to PHQ-9 item 9 as it stands; None when there is none, or a refusal."""
    row = answers(audience, check_in).get("phq9")
    given = row.items[8] if row else None
    return given if isinstance(given, int) else None


def risk_answer_before(audience: Audience, check_in: CheckIn) -> int | None:
    """The same in the check-in that was sent last before this one."""
    before = (
        check_ins(audience).filter(state="sent", opened_at__lt=check_in.opened_at).exclude(pk=check_in.pk)
    )
    newest = before.order_by("-sent_at").first()
    return risk_answer(audience, newest) if newest else None


@dataclass(frozen=True)
class ScorePoint:
    """One questionnaire's result in one check-in that was sent. ``band`` is a word for staff alone."""

    id: str
    check_in: str
    on: date
    session: int | None
    total: int | None
    complete: bool
    answered: int
    band: str | None
    previous: int | None
    entered: str  # "on paper", "aloud", or empty

    @property
    def change(self) -> int | None:
        """Points since the last total; None where either is missing, since missing is never zero."""
        return None if self.total is None or self.previous is None else self.total - self.previous

    @property
    def points_moved(self) -> int | None:
        """The same without its sign."""
        return None if self.change is None else abs(self.change)


@once_a_page
def scores(audience: Audience, instrument: str) -> list[ScorePoint]:
    """One questionnaire over the course, oldest first, only what was sent."""
    points: list[ScorePoint] = []
    last: int | None = None
    for row in (one for one in _sent_answers(audience) if one.instrument == instrument):
        point = _point(audience, row, last)
        points.append(point)
        last = point.total if point.total is not None else last
    return points


@once_a_page
def _sent_answers(audience: Audience) -> list[Answers]:
    rows = Answers.seen.visible_to(audience).filter(check_in__state="sent").select_related("check_in")
    return list(rows.order_by("answered_on", "check_in__sent_at", "pk"))


def _point(audience: Audience, row: Answers, last: int | None) -> ScorePoint:
    total = None if row.total is None else int(row.total)
    return ScorePoint(
        id=row.pk, check_in=row.check_in_id, on=row.answered_on, session=row.check_in.for_session, total=total,
        complete=total is not None, answered=sum(isinstance(item, int) for item in row.items),
        band=None if audience.is_client else band_label(row.instrument, total), previous=last,
        entered=row.check_in.entered_from,
    )  # fmt: skip


def band_label(instrument: str, total: int | None) -> str | None:
    """What staff call a total. Clients never see severity words."""
    band = get(instrument).band_for(total) if total is not None else None
    return band.label if band else None


@dataclass(frozen=True)
class ShownAnswer:
    """One question with its answer in words; ``value`` None is a question left out."""

    step: Step
    value: int | str | None
    words: str


@dataclass(frozen=True)
class Sheet:
    """One questionnaire of one check-in, to be read."""

    instrument: Instrument
    total: int | None
    band: str | None
    lines: list[ShownAnswer]

    @property
    def answered(self) -> int:
        return sum(isinstance(line.value, int) for line in self.lines)


def sheets(audience: Audience, check_in: CheckIn) -> list[Sheet]:
    """A check-in's questionnaires with every question and what was answered."""
    forms = answers(audience, check_in)
    return [_sheet(audience, forms[form]) for form in FORMS if form in forms]


def _sheet(audience: Audience, row: Answers) -> Sheet:
    instrument = get(row.instrument)
    lines = [
        ShownAnswer(one, row.items[one.item.n - 1], _words(one, row.items[one.item.n - 1], audience))
        for one in steps()
        if one.instrument.id == row.instrument
    ]
    total = None if row.total is None else int(row.total)
    return Sheet(instrument, total, None if audience.is_client else band_label(row.instrument, total), lines)


def _words(one: Step, value: int | str | None, audience: Audience) -> str:
    if value == REFUSED:
        return "Rather not say"
    if value is None:
        return CHOSE_NOT_TO_SAY if audience.is_client else "Left out"
    return next(option.label for option in one.item.options if option.value == value)


def reviewer_of(audience: Audience) -> Account | None:
    """The named person who is told of a safety answer: whoever has the course in their care and is not away."""
    return told_first(audience)


def first_name(account: Account | None) -> str:
    """How somebody stands in a sentence to a client."""
    return account.name.split(" ")[0] if account and account.name else "your therapist"


def who_entered(check_in: CheckIn) -> str:
    """The member of staff who wrote the answers down; empty when the client answered by herself."""
    return Account.objects.filter(pk=check_in.entered_by).values_list("name", flat=True).first() or ""


def schedule(audience: Audience) -> Schedule | None:
    """What was agreed about how often; None is once a week, before the session."""
    return Schedule.seen.visible_to(audience).order_by("-since", "-created_at").first()


@dataclass(frozen=True)
class Due:
    """A check-in that would be welcome now, if the client can; ``on`` is the day of the next session, if known."""

    on: date | None
    begun: CheckIn | None


def due(audience: Audience, course: Course, *, today: date, session_on: date | None = None) -> Due | None:
    """Whether a check-in would be welcome: none was sent for about a week. Never called late, never counted."""
    agreed = schedule(audience)
    if course.is_over or (agreed and agreed.until and agreed.until <= today):
        return None
    begun = current(audience)
    if begun is None and _sent_lately(audience, agreed, today=today):
        return None
    return Due(session_on, begun)


def _sent_lately(audience: Audience, agreed: Schedule | None, *, today: date) -> bool:
    # A day or two early still counts, since people answer on the eve of a session that moves.
    wait = timedelta(days=max(1, (agreed.every_days if agreed else EVERY_DAYS) - 2))
    newest = Answers.seen.visible_to(audience).filter(check_in__state="sent").order_by("-answered_on").first()
    return newest is not None and newest.answered_on > today - wait


def sent_at(check_in: CheckIn) -> datetime:
    """When a check-in reached the therapist."""
    return check_in.sent_at or check_in.opened_at
