"""The work of a session: the week's line, what was done, something to try, and what is left out."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing, readers_of
from kithwork.foundation.trail import actions as trail
from kithwork.ipt import fidelity
from kithwork.ipt.course_life import techniques, try_effects, week_days
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Course
from kithwork.therapy.sessions import queries
from kithwork.therapy.sessions.actions.checks import check, record
from kithwork.therapy.sessions.models import Rating, TechniqueUsed, TherapySession, TryOut, WeekLink


def link_week(
    *,
    by: Audience,
    session_n: int | str,
    text: str,
    answers: str = "",
    event: str = "",
    person: str = "",
    which: str = "",
    base: str = "",
    link: str = "",
) -> WeekLink:
    """Put the week in one line. ``link`` is the line that is being changed, where there is one."""
    check(by, staff_only=True)
    if which:
        week_days.get(which)
    with transaction.atomic():
        trail.lock(by.course)
        meeting = _meeting(by, session_n)
        row = WeekLink.seen.visible_to(by).filter(pk=link, meeting=meeting).first() if link else None
        row = row or WeekLink.make(by, sharing=Sharing.SHARED, meeting=meeting)
        passages.write(by, record=row, field="link", text=text, base=base)
        row.which, row.answers, row.event, row.person = which, answers, event, person
        row.save()
        record(by, "sessions.week_linked")
    return row


def use_techniques(*, by: Audience, session_n: int | str, techniques: Iterable[str]) -> None:
    """Say what was done in a session: these, and no others."""
    check(by, staff_only=True)
    chosen = set(techniques)
    _check_techniques(chosen)
    with transaction.atomic():
        trail.lock(by.course)
        meeting = _meeting(by, session_n)
        standing = TechniqueUsed.seen.visible_to(by).filter(meeting=meeting, removed_at__isnull=True)
        standing.exclude(technique__in=chosen).update(removed_at=by.now)
        for key in sorted(chosen - set(standing.values_list("technique", flat=True))):
            TechniqueUsed.make(by, sharing=Sharing.SHARED, meeting=meeting, technique=key)
        record(by, "sessions.techniques")


def _check_techniques(chosen: set[str]) -> None:
    for key in chosen:
        techniques.get(key)


def add_try_out(
    *,
    by: Audience,
    what: str,
    person: str = "",
    on: date | None = None,
    session_n: int | None = None,
    meeting: TherapySession | None = None,
    sharing: Sharing = Sharing.SHARED,
) -> TryOut:
    """Choose something to try before next time: in this session, or else in the one that is open."""
    check(by)
    if not what.strip():
        raise Refusal(
            "Say what there is to try.", next_step="Nothing this week is fine too.", code="nothing-to-try"
        )
    state = sharing if by.is_client else Sharing.SHARED
    with transaction.atomic():
        trail.lock(by.course)
        n = session_n or by.together_in or Course.objects.get(pk=by.course).together_in
        opened = queries.open_one(by)
        meeting = meeting or (opened if opened and opened.n == n else None)
        one: TryOut = TryOut.make(by, sharing=state, session=n, meeting=meeting, person=person, on=on)
        passages.write(by, record=one, field="what", text=what, sharing=state)
        record(by, "sessions.try_out_added")
    return one


def try_out_outcome(
    *,
    by: Audience,
    try_out: TryOut,
    how_it_went: str,
    effect: str | None = None,
    base: str = "",
    effect_base: str = "",
    sharing: Sharing = Sharing.SHARED,
) -> None:
    """Say how it went, and how mood was after it (None: not asked). What is kept changes nothing that others see."""
    check(by)
    if effect:
        try_effects.get(effect)
    state = readers_of(how_it_went, sharing) if by.is_client else Sharing.SHARED
    readers = sharing if by.is_client else Sharing.SHARED
    with transaction.atomic():
        trail.lock(by.course)
        passages.write(by, record=try_out, field="how_it_went", text=how_it_went, sharing=state, base=base)
        if effect is not None:
            passages.write(by, record=try_out, field="effect", text=effect, sharing=readers, base=effect_base)
        told = (state if how_it_went.strip() else readers) is Sharing.SHARED
        if told and (how_it_went.strip() or effect):
            try_out.done_at = try_out.done_at or by.now
            try_out.save()
        record(by, "sessions.try_out_told")


def drop_try_out(*, by: Audience, try_out: TryOut) -> None:
    """Let it go. It is never overdue, and nobody is asked why."""
    check(by)
    with transaction.atomic():
        trail.lock(by.course)
        try_out.dropped_at = by.now
        try_out.save()
        record(by, "sessions.try_out_dropped")


def rate_session(*, by: Audience, session: TherapySession, ratings: Mapping[str, int | None]) -> None:
    """Say how much of the method was in a session: for its therapist and a supervisor, and for nobody else."""
    check(by, staff_only=True)
    fidelity.summarise(ratings)
    with transaction.atomic():
        trail.lock(by.course)
        standing = {row.item: row for row in Rating.seen.visible_to(by).filter(meeting=session)}
        for item, value in ratings.items():
            row = standing.get(item)
            if row is None and value is not None:
                Rating.make(by, sharing=Sharing.THERAPIST, meeting=session, item=item, value=value)
            elif row is not None and row.value != value:
                row.value = value
                row.save()
        record(by, "sessions.rated", page="note")


def write_rather_not(*, by: Audience, session: TherapySession, text: str, base: str = "") -> None:
    """What had better stay unwritten, so that both know to leave it out."""
    with transaction.atomic():
        trail.lock(by.course)
        passages.write(by, record=session, field="rather_not", text=text, base=base)
        record(by, "sessions.rather_not")


def _meeting(by: Audience, n: int | str) -> TherapySession:
    found = queries.find(by, n)
    if found is None:
        raise Refusal(
            "There is no such session yet.", next_step="Plan it or open it first.", code="no-such-session"
        )
    return found
