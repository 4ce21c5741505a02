"""Reading check-ins, for one audience. A draft exists for the client alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.instruments import get
from kithwork.instruments.instrument import Instrument
from kithwork.therapy.checkins.models import REFUSED, Answers, CheckIn
from kithwork.therapy.checkins.steps import Step, asked, in_order
from kithwork.therapy.course.access import carers_of
from kithwork.therapy.safety.queries import told_first

DRAFT_LASTS = timedelta(days=7)
_CHECK_IN: Any = Answers._meta.get_field("check_in")
CHOSE_NOT_TO_SAY = gettext_noop("You chose not to say")


def check_ins(audience: Audience) -> QuerySet[CheckIn]:
    """The check-ins that this audience may see, the newest first."""
    return CheckIn.seen.visible_to(audience).order_by("-opened_at", "-pk")


def find(audience: Audience, check_in: str) -> CheckIn | None:
    """One check-in, if this audience may see it and it was not withdrawn."""
    return check_ins(audience).exclude(state="withdrawn").filter(pk=check_in).first()


def current(audience: Audience) -> CheckIn | None:
    """The one that was begun and not sent."""
    begun = [row for row in CheckIn.seen.all_of(audience) if row.state == "open"]
    return max(begun, key=lambda row: (row.opened_at, row.id), default=None)


def is_stale(draft: CheckIn, *, now: datetime) -> bool:
    """Whether a draft is about other days by now: its questions asked about the weeks before it was begun.

    Rule: from a week on she is asked whether to finish it as it is or to begin a new one. Nothing decides for her.
    """
    return now - draft.opened_at >= DRAFT_LASTS


def answers(audience: Audience, check_in: CheckIn) -> dict[str, Answers]:
    """A check-in's questionnaires, by their ids."""
    return {row.instrument: row for row in Answers.seen.visible_to(audience).filter(check_in=check_in)}


def sent(audience: Audience) -> list[tuple[CheckIn, date]]:
    """What was sent and on which day it was answered, the newest first."""
    rows = Answers.seen.visible_to(audience).filter(check_in__state="sent").select_related("check_in")
    newest_first = rows.order_by("-answered_on", "-check_in__sent_at")
    return list({row.check_in_id: (row.check_in, row.answered_on) for row in newest_first}.values())


def answered_on(audience: Audience, check_in: CheckIn) -> date:
    """The day that a check-in's answers are about: that of the last one."""
    return max(row.answered_on for row in answers(audience, check_in).values())


def ahead(rows: Mapping[str, Answers]) -> Step | None:
    """The first question that was neither answered nor passed over; None when all were."""
    return next((one for one in asked(rows) if not one.is_behind(rows[one.instrument.id])), None)


def answer_before(audience: Audience, check_in: CheckIn, step: Step) -> int | None:
    """The same question's answer in the check-in that was sent last before this one."""
    before = Answers.seen.visible_to(audience).filter(
        instrument=step.instrument.id, check_in__state="sent", check_in__opened_at__lt=check_in.opened_at
    )
    newest = before.exclude(check_in=check_in).order_by("-check_in__sent_at").first()
    given = step.kept(newest) if newest else None
    return given if isinstance(given, int) else None


class ScorePoint(NamedTuple):
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


@once_a_page
def scores(audience: Audience, instrument: str) -> list[ScorePoint]:
    """A questionnaire with whole totals over the course, oldest first, only what was sent."""
    points: list[ScorePoint] = []
    last: int | None = None
    for row in (one for one in sent_answers(audience) if one.instrument == instrument):
        point = _point(audience, row, last)
        points.append(point)
        last = point.total if point.total is not None else last
    return points


@once_a_page
def sent_answers(audience: Audience) -> list[Answers]:
    """Every questionnaire that was sent, the oldest answers first."""
    sent = {row.id: row for row in CheckIn.seen.all_of(audience) if row.state == "sent"}
    rows = [row for row in Answers.seen.all_of(audience) if row.check_in_id in sent]
    for row in rows:
        _CHECK_IN.set_cached_value(row, sent[row.check_in_id])
    return sorted(
        rows, key=lambda row: (row.answered_on, sent[row.check_in_id].sent_at or row.created_at, row.id)
    )


def _point(audience: Audience, row: Answers, last: int | None) -> ScorePoint:
    total, check_in = None if row.total is None else int(row.total), row.check_in
    return ScorePoint(
        id=row.id, check_in=check_in.id, on=row.answered_on, session=check_in.for_session, total=total,
        complete=total is not None, answered=len([item for item in row.items if isinstance(item, int)]),
        band=None if audience.is_client else band_label(row.instrument, total), previous=last,
        entered=check_in.entered_from,
    )  # fmt: skip


def band_label(instrument: str, total: int | Decimal | None) -> str | None:
    """What staff call a total. Clients never see severity words."""
    band = get(instrument).band_for(total) if total is not None else None
    return band.label if band else None


@dataclass(frozen=True)
class ShownAnswer:
    """One question with its answer in words; ``value`` None is a question left out."""

    step: Step
    value: int | str | None
    words: str

    @property
    def is_printed(self) -> bool:
        """Whether its words are the questionnaire's own."""
        return isinstance(self.value, int)


@dataclass(frozen=True)
class Sheet:
    """One questionnaire of one check-in, to be read."""

    instrument: Instrument
    total: str | None
    band: str | None
    lines: list[ShownAnswer]

    @property
    def answered(self) -> int:
        return sum(isinstance(line.value, int) for line in self.lines if not line.step.is_extra)


def sheets(audience: Audience, check_in: CheckIn) -> list[Sheet]:
    """A check-in's questionnaires with every question and what was answered."""
    forms = answers(audience, check_in)
    return [_sheet(audience, forms[form]) for form in in_order(forms)]


def _sheet(audience: Audience, row: Answers) -> Sheet:
    lines = [
        ShownAnswer(one, one.kept(row), said(one, one.kept(row), audience))
        for one in asked({row.instrument: row})
    ]
    band = None if audience.is_client else band_label(row.instrument, row.total)
    return Sheet(get(row.instrument), number(row.total), band, lines)


def number(total: Decimal | int | None) -> str | None:
    """A total as it is written: whole where it is whole, else to two places."""
    if total is None:
        return None
    return f"{total:.0f}" if total == int(total) else f"{total:.2f}"


def said(one: Step, value: int | str | None, audience: Audience) -> str:
    """An answer in the words that were printed beside it. For the client, every blank was her choice."""
    if value in (REFUSED, None) and audience.is_client:
        return _(CHOSE_NOT_TO_SAY)
    if value in (REFUSED, None):
        return _("Rather not say") if value else _("Left out")
    return next(option.label for option in one.item.options if option.value == value)


def reviewer_of(audience: Audience) -> Account | None:
    """The named person who is told of a safety answer: whoever has the course in their care and is not away."""
    return told_first(audience)


def others_in_care(audience: Audience, told: Account | None) -> list[str]:
    """The first names of those who could open the answers as well: who else has the course in their care now."""
    carers = Account.objects.in_bulk(carers_of(audience.course, now=audience.now))
    return [first_name(one) for one in carers.values() if one.is_active and one != told]


def first_name(account: Account | None) -> str:
    """How somebody stands in a sentence to a client."""
    return account.name.split(" ")[0] if account and account.name else _("your therapist")


def who_entered(check_in: CheckIn) -> str:
    """The member of staff who wrote the answers down; empty when the client answered by herself."""
    return Account.objects.filter(pk=check_in.entered_by).values_list("name", flat=True).first() or ""


def sent_at(check_in: CheckIn) -> datetime:
    """When a check-in reached the therapist."""
    return check_in.sent_at or check_in.opened_at
