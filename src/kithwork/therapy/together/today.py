"""The client's first page: where the course stands, what is there before the next session, and the last seven days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithwork.foundation.clock import day_in
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words
from kithwork.foundation.ui.arc import Arc
from kithwork.foundation.ui.dates import say_date
from kithwork.ipt.course_life import ways_of_meeting
from kithwork.therapy.checkins import queries as checkins
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.queries import waits_for_client
from kithwork.therapy.diary.queries import Day
from kithwork.therapy.diary.spans import WEEK, DayMark, marks
from kithwork.therapy.formulation import queries as formulation
from kithwork.therapy.letters.models import Letter
from kithwork.therapy.letters.queries import not_opened
from kithwork.therapy.people.queries import people
from kithwork.therapy.sessions import queries as sessions
from kithwork.therapy.story.queries import cycle
from kithwork.therapy.together.waiting import how_many


@dataclass(frozen=True)
class NextSession:
    """When the two meet next, as the client reads it."""

    arc: Arc
    before: str  # "Before Tuesday, if you can"
    line: str


def next_session(audience: Audience, course: Course, *, zone: ZoneInfo, therapist: str) -> NextSession:
    """ "Session 5 of 16 · Tuesday 2 pm", and below the arc "Tuesday 18 March, with Joan, by video"."""
    arc = sessions.arc_with_next(course, audience)
    ahead = sessions.next_ahead(audience)
    if ahead is None or ahead.planned_at is None or course.is_over:
        unfixed = (
            ""
            if course.is_over
            else _("With {therapist}. The next time is not fixed yet.").format(therapist=therapist)
        )
        return NextSession(arc, _("When you can"), unfixed)
    at = ahead.planned_at.astimezone(zone)
    is_today = at.date() == audience.now.astimezone(zone).date()
    day = _("today") if is_today else say_date(at, "l")
    how = _(ways_of_meeting.get(ahead.how).label) if ahead.how else ""
    line = ", ".join(
        filter(None, [say_date(at, "l j F"), _("with {therapist}").format(therapist=therapist), how])
    )
    shown = replace(arc, label=f"{arc.words} · {day} {hour(at)}", when="" if is_today else arc.when)
    before = (
        _("Before your session, if you can") if is_today else _("Before {day}, if you can").format(day=day)
    )
    return NextSession(shown, before, line)


def hour(at: datetime) -> str:
    """A time of day as people say it: "2 pm", "2:30 pm"."""
    return say_date(at, "g:i a" if at.minute else "g a").replace(".", "")


@dataclass(frozen=True)
class Before:
    """One thing that could be done before the next session. There is no late."""

    page: str
    icon: str
    title: str
    note: str
    record: tuple[str, str] | None = None  # what names it in the address, and its id
    in_her_words: bool = False


def before_next(
    audience: Audience, course: Course, *, today: date, therapist: str, is_new: bool
) -> list[Before]:
    """What she was shown and has not looked at; the check-in if one would be welcome, what was chosen to try, and
    things to talk about. Before anything has begun only what she was shown and what she left for later; after the
    end only the letters."""
    letters = [_letter(one, therapist) for one in not_opened(audience)]
    if course.is_over:
        return letters
    shown = [*_to_agree(audience, therapist), *letters]
    if is_new:
        return [*shown, *_to_decide(audience)]
    due = checkins.due(audience, course, today=today)
    rows = [_check_in(due, course), *shown] if due else shown
    for one in sessions.try_outs(audience):
        rows += [_try_out(one.id, one.what, one.person)] if one.what and not one.done else []
    return [*rows, *_to_decide(audience), _to_talk_about(audience, course, therapist)]


def _check_in(due: checkins.Due, course: Course) -> Before:
    if due.is_old and due.begun:
        note = _("You began one on {day}. Finish it as it is, or begin a new one.").format(
            day=say_date(day_in(due.begun.opened_at, course.client.time_zone), "j F")
        )
    else:
        note = _("You have begun it. It goes on where you stopped.") if due.begun else due.length
    return Before("check-in", "clipboard-check", _("Weekly check-in"), note)


def _to_agree(audience: Audience, therapist: str) -> list[Before]:
    """The contract and the shared picture, where it is her turn to say something."""
    rows = []
    contract = waits_for_client(audience)
    if contract is not None:
        title = (
            _("{therapist} says yes to what you proposed")
            if contract.side == "client"
            else _("What {therapist} proposes about your sessions")
        )
        note = _("Read it, sign it, or propose something else")
        rows.append(Before("contract", "signature", title.format(therapist=therapist), note))
    if formulation.waits_for_client(audience):
        note = _("Read it, sign it, or say what does not fit")
        rows.append(Before("formulation", "book-open", _("Our shared picture"), note))
    return rows


def _letter(letter: Letter, therapist: str) -> Before:
    title = _("A letter from {therapist}").format(therapist=therapist)
    return Before("letter", "mail", title, _(letter.template.subject), ("letter_id", letter.id))


def _try_out(one: str, what: Words, person: str) -> Before:
    return Before("try-out", "footprints", what.text, _with(person), ("try_id", one), in_her_words=True)


def _with(person: str) -> str:
    if person:
        return _("Something you chose to try, with {person}").format(person=person)
    return _("Something you chose to try")


def _to_decide(audience: Audience) -> list[Before]:
    """What she left for later. The number stands on her own page and nowhere else."""
    count = how_many(audience)
    title = ngettext(
        "{count} thing you wanted to decide about", "{count} things you wanted to decide about", count
    )
    note = _("Keep it, share it, or leave it for later")
    return [Before("to-decide", "clock", title.format(count=count), note)] if count else []


def _to_talk_about(audience: Audience, course: Course, therapist: str) -> Before:
    own = [
        line
        for line in sessions.agenda(audience, course.current_session)
        if not line.standing and not line.done
    ]
    note = (
        _("{n} so far").format(n=len(own))
        if own
        else _("Add a word, {therapist} will ask").format(therapist=therapist)
    )
    return Before("to-talk-about", "message-square-plus", _("Things to talk about"), note)


def week(days: Sequence[Day], today: date) -> list[DayMark]:
    """The last seven days, oldest first. A day without an entry is simply not there."""
    recent = [day for day in reversed(days) if today - WEEK <= day.on <= today and (day.mood or day.people)]
    return marks(recent)


def is_new(audience: Audience, course: Course) -> bool:
    """Whether nothing has begun yet, so that the page starts with the picture of how it goes round."""
    began = course.held or people(audience) or checkins.check_ins(audience).exists()
    return not began and not any(step.answer or step.words for step in cycle(audience))
