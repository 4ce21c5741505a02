"""What staff write down: answers given on paper or aloud, a score from elsewhere, and putting either right."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from django.db import transaction

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.refusal import Refusal
from kithwork.therapy.checkins import queries
from kithwork.therapy.checkins.actions.keeping import (
    Extras,
    Forms,
    check_open,
    course_of,
    named,
    new_check_in,
    put_all,
    share,
    staff_only,
)
from kithwork.therapy.checkins.models import Answers, CheckIn, Correction, EnteredScore
from kithwork.therapy.checkins.scales import scales_of

SOURCES = ("paper", "aloud")


def enter_for_client(
    *,
    by: Audience,
    answers: Forms,
    on: date,
    source: Literal["paper", "aloud"] = "paper",
    session: int | None = None,
    extras: Extras | None = None,
) -> CheckIn:
    """Staff write down what the client answered on paper or aloud; it is shared at once, with their name."""
    check_open(by)
    if by.is_client:
        raise Refusal("Answer your check-in on its own page.", code="not-yours")
    if source not in SOURCES:
        raise Refusal("Choose how it was answered.", code="source-unknown")
    _not_ahead(by, on)
    if all(one is None for given in answers.values() for one in given):
        raise Refusal("Nothing is filled in yet.", next_step="Type at least one answer.", code="nothing-here")
    with transaction.atomic():
        trail.lock(by.course)
        row = new_check_in(by, course_of(by), named(by), forms=answers, sharing=Sharing.SHARED,
                           entered_by=by.who.id, entered_from=source, for_session=session)  # fmt: skip
        flagged = put_all(by, row, answers, extras or {}, on=on)
        share(by, row, on=on)
        trail.record(
            "check-in.entered", by=by.who, at=by.now, course=by.course, page="check-in", reason=flagged
        )
    return row


def correct(
    *,
    by: Audience,
    check_in: CheckIn,
    answers: Forms,
    on: date,
    extras: Extras | None = None,
    shown: str | None = None,
) -> CheckIn:
    """Put a typing mistake right. What stood before is kept with who changed it and when, and a flag stays raised.

    ``shown`` is the newest correction that the form was drawn on; when another came since, nothing is changed.
    """
    staff_only(by)
    _not_ahead(by, on)
    with transaction.atomic():
        trail.lock(by.course)
        row = _typed(by, check_in)
        kept = queries.answers(by, row)
        if shown is not None and queries.newest_correction(by, kept) != shown:
            raise Refusal(
                "Somebody else put this right while you were writing.",
                next_step="Open it again to see what it says now.",
                code="corrected-since",
            )
        before = {form: _as_it_was(one) for form, one in kept.items()}
        flagged = put_all(by, row, answers, extras or {}, on=on)
        changed = _keep_what_was(by, row, before)
        Answers.seen.visible_to(by).filter(check_in=row).update(answered_on=on)
        trail.record("check-in.corrected", by=by.who, at=by.now, course=by.course, page="check-in",
                     count=changed, reason=flagged)  # fmt: skip
    return row


@dataclass(frozen=True)
class _Was:
    """One questionnaire as it stood."""

    items: list[int | str | None]
    extras: dict[str, int | str | None]
    total: Decimal | None
    rule: str


def _as_it_was(row: Answers) -> _Was:
    return _Was(list(row.items), dict(row.extras), row.total, row.rule)


def _keep_what_was(by: Audience, check_in: CheckIn, before: dict[str, _Was]) -> int:
    """Keep each questionnaire that says something else now, as it was. Returns how many."""
    changed = [
        row
        for form, row in queries.answers(by, check_in).items()
        if (row.items, row.extras) != (before[form].items, before[form].extras)
    ]
    for row in changed:
        was = before[row.instrument]
        Correction.make(
            by, sharing=Sharing.SHARED, answers=row, number=queries.next_number(by, row), items=was.items,
            extras=was.extras, total=was.total, rule=was.rule, corrected_by=by.who.id,
        )  # fmt: skip
    return len(changed)


def _typed(by: Audience, check_in: CheckIn) -> CheckIn:
    row = queries.check_ins(by).filter(pk=check_in.id, state="sent").first()
    if row is None or not row.entered_by:
        raise Refusal(
            "Only what staff typed in can be put right here.",
            next_step="What your client answered stays as they sent it.",
            code="not-typed",
        )
    return row


def enter_score(
    *,
    by: Audience,
    scale: str,
    total: Decimal,
    rated_by: str,
    came_from: str,
    on: date,
    replaces: EnteredScore | None = None,
) -> EnteredScore:
    """Keep a total that was worked out elsewhere, with who rated, when, where it comes from, and who entered it.

    ``scale`` names a questionnaire, or its subscale as ``dass21/stress``. To put one right is a new entry that
    replaces it; the one before stays readable.
    """
    staff_only(by)
    _not_ahead(by, on)
    queries.raters.get(rated_by)
    queries.origins.get(came_from)
    used = {one.key: one for one in scales_of(queries.by_score(course_of(by).clinic))}
    if scale not in used:
        raise Refusal("This questionnaire is not used here.", code="no-such-questionnaire")
    chosen = used[scale]
    kept = chosen.check(total)
    with transaction.atomic():
        trail.lock(by.course)
        if replaces and queries.find_score(by, replaces.id) is None:
            raise Refusal(
                "This score was put right already.", next_step="Open the newest one.", code="corrected-since"
            )
        row: EnteredScore = EnteredScore.make(
            by, sharing=Sharing.SHARED, instrument=chosen.instrument.id, part=chosen.part.name if chosen.part else "",
            rule=chosen.instrument.rule_version, total=Decimal(kept), rated_by=rated_by, came_from=came_from,
            rated_on=on, entered_by=by.who.id, replaces=replaces,
        )  # fmt: skip
        trail.record("check-in.score_entered", by=by.who, at=by.now, course=by.course, page="check-in")
    return row


def _not_ahead(by: Audience, on: date) -> None:
    # A day ahead is somebody's evening on the other side of the world.
    if on > by.now.date() + timedelta(days=1):
        raise Refusal(
            "That day has not come yet.", next_step="Choose today or a day before.", code="day-ahead"
        )
