"""Reading the sessions, for one audience."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop

from kithwork.foundation.passages.actions import read_draft
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.once import once_a_page
from kithwork.foundation.passages.queries import Words, read, read_many
from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.course_life import attendance as attendances
from kithwork.ipt.course_life import session_kinds, techniques, ways_of_meeting
from kithwork.ipt.protocol import Protocol, Task
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.queries import agreed_sessions
from kithwork.therapy.people.queries import labels
from kithwork.therapy.sessions.models import AgendaItem, TechniqueUsed, TherapySession, TryOut

EVERY_SESSION = "Check-in and mood since last week"
FIRST_SESSION = gettext_noop("Check-in, and how things are now")
ON_THE_AGENDA_ANYWAY = frozenset({"check_in", "since_last", "first_check_in"})
NEAR = timedelta(hours=1)
AFTERWARDS = timedelta(minutes=15)
DRAFTED = ("note", "summary")


@dataclass(frozen=True)
class ShownSession:
    """One session as somebody sees it. ``number`` is None for one that takes none."""

    id: str
    n: int
    number: int | None
    address: str
    title: str
    at: datetime
    planned_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    minutes: int
    how: str
    way: str
    attendance: str
    held: bool
    is_open: bool
    summary: Words | None


@dataclass(frozen=True)
class AgendaLine:
    """One thing to talk about. The standing first line is no record and has no id."""

    id: str
    text: str
    from_client: bool
    sharing: Sharing | None
    done: bool = False
    standing: bool = False
    mine: bool = False


@dataclass(frozen=True)
class ShownTryOut:
    """Something to try, with whom, and how it went if somebody has said."""

    id: str
    session: int
    what: Words | None
    how_it_went: Words | None
    person: str
    on: date | None
    done: bool
    at: datetime


@once_a_page
def rows(audience: Audience) -> list[TherapySession]:
    """Every session that this audience may know of, in their order. Clients see those held, open or planned."""
    found = TherapySession.seen.all_of(audience)
    shown = [one for one in found if not audience.is_client or not one.is_closed or was_held(one)]
    return sorted(shown, key=lambda one: (one.n, one.at, one.pk))


def was_held(session: TherapySession) -> bool:
    """Whether the two met."""
    return session.is_closed and attendances.get(session.attendance).met


@once_a_page
def sessions(audience: Audience) -> list[ShownSession]:
    """The sessions with their summaries, oldest first."""
    found = rows(audience)
    words = read_many([audience], found)
    return [_shown(one, words.get((one.pk, "summary"))) for one in found]


def _shown(one: TherapySession, summary: Words | None) -> ShownSession:
    return ShownSession(
        id=one.pk,
        n=one.n,
        number=one.n if one.is_numbered else None,
        address=one.address,
        title=title_of(one),
        at=one.at,
        planned_at=one.planned_at,
        opened_at=one.opened_at,
        closed_at=one.closed_at,
        minutes=one.minutes,
        how=one.how,
        way=ways_of_meeting.get(one.how).label if one.how else "",
        attendance=attendances.get(one.attendance).label if one.is_closed else "",
        held=was_held(one),
        is_open=one.is_open,
        summary=summary if summary and summary.text else None,
    )


def title_of(session: TherapySession) -> str:
    """ "Session 5", or what kind it is when it takes no number."""
    if session.is_numbered:
        return f"Session {session.n}"
    if session.is_closed and not was_held(session):
        return "Did not take place"
    return f"{session_kinds.get(session.kind).label} session"


def find(audience: Audience, n: int | str) -> TherapySession | None:
    """The session with this number, or one without a number by its id."""
    found = rows(audience)
    if str(n).isdecimal():
        return next((one for one in reversed(found) if one.is_numbered and one.n == int(n)), None)
    return next((one for one in found if one.pk == n), None)


def last_held(audience: Audience) -> TherapySession | None:
    """The last session in which the two met."""
    held = [one for one in rows(audience) if was_held(one)]
    return max(held, key=lambda one: one.closed_at or one.at, default=None)


def next_ahead(audience: Audience) -> TherapySession | None:
    """The session that is going on, or else the next one planned."""
    ahead = [one for one in rows(audience) if not one.is_closed]
    return min(ahead, key=lambda one: (not one.is_open, one.at), default=None)


def since_last_session(audience: Audience) -> datetime | None:
    """From when on something counts as "since we last met"."""
    last = last_held(audience)
    return last.closed_at if last else None


# The agenda -------------------------------------------------------------------------------------------------


def agenda_items(audience: Audience, n: int) -> list[AgendaItem]:
    """What stands on the agenda of session n; what was left over before comes first."""
    is_past = any(one.n == n and one.is_closed and one.is_numbered for one in rows(audience))
    standing = [one for one in AgendaItem.seen.all_of(audience) if one.removed_at is None]
    left_over = [one for one in standing if not is_past and one.session < n and one.done_at is None]
    items = [one for one in standing if one.session == n] + left_over
    return sorted(items, key=lambda one: (one.place, one.created_at, one.pk))


def agenda(audience: Audience, n: int) -> list[AgendaLine]:
    """The agenda of session n for this audience: the check-in first, then what either has brought."""
    items = agenda_items(audience, n)
    words = read_many([audience], items)
    first = AgendaLine("", EVERY_SESSION if n > 1 else FIRST_SESSION, False, None, standing=True)
    return [
        first,
        *(_line(audience, item, words[item.pk, "item"]) for item in items if (item.pk, "item") in words),
    ]


def _line(audience: Audience, item: AgendaItem, words: Words) -> AgendaLine:
    return AgendaLine(
        id=item.pk,
        text=words.text,
        from_client=item.side == "client",
        sharing=words.sharing,
        done=item.done_at is not None,
        mine=item.side == audience.side,
    )


def agenda_item(audience: Audience, item: str) -> AgendaItem | None:
    """One thing to talk about, if this audience may see it."""
    return AgendaItem.seen.visible_to(audience).filter(pk=item, removed_at__isnull=True).first()


def suggested(audience: Audience, course: Course, n: int) -> list[Task]:
    """What the protocol suggests for session n, without what is on every agenda anyway."""
    protocol = Protocol.from_dict(course.protocol)
    tasks = protocol.tasks_for(n, agreed_sessions(audience, course).sessions)
    return [task for task in tasks if task.key not in ON_THE_AGENDA_ANYWAY]


# What was done, and what to try ------------------------------------------------------------------------------


def techniques_used(audience: Audience, session: TherapySession) -> list[str]:
    """The techniques of one session, in the order in which the method names them."""
    used = TechniqueUsed.seen.visible_to(audience).filter(meeting=session, removed_at__isnull=True)
    chosen = set(used.values_list("technique", flat=True))
    return [one.key for one in techniques if one.key in chosen]


def try_outs(audience: Audience) -> list[ShownTryOut]:
    """Everything that was chosen to try and not let go, the newest first."""
    found = [one for one in reversed(TryOut.seen.all_of(audience)) if one.dropped_at is None]
    words = read_many([audience], found)
    names = labels(audience)
    return [
        ShownTryOut(
            id=one.pk,
            session=one.session,
            what=words.get((one.pk, "what")),
            how_it_went=words.get((one.pk, "how_it_went")),
            person=names.get(one.person, ""),
            on=one.on,
            done=one.done_at is not None,
            at=one.created_at,
        )
        for one in found
        if (one.pk, "what") in words and (not one.person or one.person in names)
    ]


def try_out(audience: Audience, one: str) -> TryOut | None:
    """One thing to try, if this audience may see it."""
    return TryOut.seen.visible_to(audience).filter(pk=one, dropped_at__isnull=True).first()


# Drafts -----------------------------------------------------------------------------------------------------


def drafts(audience: Audience, session: TherapySession) -> dict[str, str]:
    """What this author was in the middle of writing, where it differs from what is saved."""
    saved = {field: words.text for field, words in read(audience, session).items()}
    found = {field: read_draft(audience, record=session.pk, field=field) for field in DRAFTED}
    kept = {field: draft[0] for field, draft in found.items() if draft}
    return {field: text for field, text in kept.items() if text.strip() and text != saved.get(field, "")}


# Times ------------------------------------------------------------------------------------------------------


def spoken(at: datetime, zone: ZoneInfo) -> str:
    """A moment as people say it where the client lives: "Tuesday 18 March, 2 pm"."""
    local = at.astimezone(zone)
    hour = f"{local.hour % 12 or 12}" + (f":{local.minute:02d}" if local.minute else "")
    return f"{local:%A} {local.day} {local:%B}, {hour} {'am' if local.hour < 12 else 'pm'}"


def stays_open(session: TherapySession, now: datetime) -> timedelta:
    """How long an open room keeps its therapist signed in: until its planned end and a quarter of an hour.

    A room that is opened far from its planned time counts from now.
    """
    length = timedelta(minutes=session.minutes)
    begins = session.planned_at if session.planned_at and abs(session.planned_at - now) <= NEAR else now
    return max(begins + length - now, timedelta(0)) + AFTERWARDS


def usual_next(found: Iterable[TherapySession]) -> datetime | None:
    """A week after the last planned session, at the same time: what most pairs agree on."""
    planned = [one.planned_at for one in found if one.planned_at]
    return max(planned) + timedelta(days=7) if planned else None
