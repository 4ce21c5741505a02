"""Reading the sessions, for one audience."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.accounts.names import account_names
from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.actions import read_drafts
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read, read_many
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.arc import Arc
from kithwork.foundation.ui.dates import say_date
from kithwork.ipt.course_life import attendance as attendances
from kithwork.ipt.course_life import session_kinds, techniques, try_effects, ways_of_meeting
from kithwork.ipt.protocol import Task
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.queries import agreed_sessions, arc_of, said_when
from kithwork.therapy.people.queries import labels
from kithwork.therapy.sessions.models import (
    AgendaItem,
    Rating,
    SessionCorrection,
    TechniqueUsed,
    TherapySession,
    TryOut,
)

EVERY_SESSION = gettext_lazy("Check-in and mood since last week")
FIRST_SESSION = gettext_lazy("Check-in, and how things are now")
ON_THE_AGENDA_ANYWAY = frozenset({"check_in", "since_last", "first_check_in"})
NEAR = timedelta(hours=1)
AFTERWARDS = timedelta(minutes=15)
LINGERS = timedelta(hours=6)  # so long after its time, a session that nobody opened is still the next one
WRITTEN_UP = ("note", "summary")
DRAFTED = (
    *WRITTEN_UP,
    "rather_not",
    "link",
    "item",
    "what",
)  # what is kept while it is being written in the room


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
    typed_in_at: datetime | None = None


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
    effect: Words | None = None
    meeting: str = ""

    def belongs_to(self, session: TherapySession) -> bool:
        """Whether it was chosen in this session; by its number only where the session itself was not kept."""
        return self.meeting == session.id if self.meeting else self.session == session.n

    @property
    def effect_label(self) -> str:
        """How mood was after it, in words; nothing where nobody has said."""
        key = self.effect.text if self.effect else ""
        return _(try_effects.get(key).label) if key in try_effects else ""


@once_a_page
def rows(audience: Audience) -> list[TherapySession]:
    """Every session that this audience may know of, in their order. Clients see those held, open or planned."""
    found = TherapySession.seen.all_of(audience)
    shown = [one for one in found if not audience.is_client or not one.is_closed or was_held(one)]
    return sorted(shown, key=lambda one: (one.n, one.at, one.id))


def was_held(session: TherapySession) -> bool:
    """Whether the two met."""
    return session.is_closed and attendances.get(session.attendance).met


@once_a_page
def sessions(audience: Audience) -> list[ShownSession]:
    """The sessions with their summaries, oldest first."""
    found = rows(audience)
    words = read_many([audience], found)
    return [_shown(one, words.get((one.id, "summary"))) for one in found]


def _shown(one: TherapySession, summary: Words | None) -> ShownSession:
    return ShownSession(
        id=one.id,
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
        way=_(ways_of_meeting.get(one.how).label) if one.how else "",
        attendance=_(attendances.get(one.attendance).label) if one.is_closed else "",
        held=was_held(one),
        is_open=one.is_open,
        summary=summary if summary and summary.text else None,
        typed_in_at=one.typed_in_at,
    )


def title_of(session: TherapySession) -> str:
    """ "Session 5", or what kind it is when it takes no number."""
    if session.is_numbered:
        return numbered(session.n)
    if session.is_closed and not was_held(session):
        return _("Did not take place")
    return _("%(kind)s session") % {"kind": session_kinds.get(session.kind).label}


def who_typed_in(session: TherapySession) -> str:
    """The member of staff who entered a session that was held on paper; empty where nobody had to."""
    found = Account.objects.filter(pk=session.typed_in_by) if session.typed_in_by else Account.objects.none()
    return found.values_list("name", flat=True).first() or ""


@dataclass(frozen=True)
class ShownCorrection:
    """What was recorded of a session first, and who put it right when."""

    id: str
    kind: str
    attendance: str
    at: datetime
    by: str


def corrections(audience: Audience, session: TherapySession) -> list[ShownCorrection]:
    """Everything that a session was recorded as before, the newest first."""
    found = list(
        SessionCorrection.seen.visible_to(audience).filter(meeting=session).order_by("-created_at", "-pk")
    )
    names = account_names(one.corrected_by for one in found)
    return [
        ShownCorrection(
            one.id, _(session_kinds.get(one.kind).label), _(attendances.get(one.attendance).label),
            one.created_at, names.get(one.corrected_by, ""),
        )
        for one in found
    ]  # fmt: skip


def newest_correction(audience: Audience, session: TherapySession) -> str:
    """Which correction a page shows last: a form that was drawn on an older one is refused."""
    found = SessionCorrection.seen.visible_to(audience).filter(meeting=session)
    return found.order_by("-created_at", "-pk").values_list("pk", flat=True).first() or ""


def numbered(n: int) -> str:
    """A session by its number."""
    return _("Session %(n)s") % {"n": n}


def find(audience: Audience, n: int | str) -> TherapySession | None:
    """The session with this number, or one without a number by its id."""
    found = rows(audience)
    if str(n).isdecimal():
        return next((one for one in reversed(found) if one.is_numbered and one.n == int(n)), None)
    return next((one for one in found if one.id == n), None)


def last_held(audience: Audience) -> TherapySession | None:
    """The last session in which the two met."""
    held = [one for one in rows(audience) if was_held(one)]
    return max(held, key=lambda one: one.closed_at or one.at, default=None)


def not_closed(audience: Audience) -> list[TherapySession]:
    """The session that is going on first, then those planned, by their time; also those that nobody recorded."""
    found = [one for one in rows(audience) if not one.is_closed]
    return sorted(found, key=lambda one: (not one.is_open, one.at))


def next_ahead(audience: Audience) -> TherapySession | None:
    """The session that is going on, or else the next one planned. One whose time has passed is not next."""
    return next((one for one in not_closed(audience) if not has_passed(one, audience.now)), None)


def has_passed(session: TherapySession | ShownSession, now: datetime) -> bool:
    """Whether its time is over and nobody has opened its room."""
    return not session.is_open and session.planned_at is not None and session.planned_at < now - LINGERS


def arc_with_next(course: Course, audience: Audience) -> Arc:
    """The course's arc, which says of what comes next what it is and when: an extra session has no number."""
    arc = arc_of(course, audience)
    if course.is_over or not (course.open_session or course.next_at):
        return arc  # nothing lies ahead, which the course itself says: no page asks for it
    ahead = next_ahead(audience)
    if ahead is None:
        return replace(arc, when="")
    when = said_when(course, ahead.planned_at, audience.now)
    is_counted = ahead.is_numbered and arc.current is not None
    return replace(arc, when=when) if is_counted else replace(arc, label=title_of(ahead), when=when)


def open_one(audience: Audience) -> TherapySession | None:
    """The session that the two are in now."""
    return next((one for one in rows(audience) if one.is_open), None)


def since_last_session(audience: Audience) -> datetime | None:
    """From when on something counts as "since we last met"."""
    last = last_held(audience)
    return last.closed_at if last else None


# The agenda -------------------------------------------------------------------------------------------------


def agenda_items(audience: Audience, n: int, meeting: TherapySession | None = None) -> list[AgendaItem]:
    """What stands on the agenda of session n, or of a meeting that bears its number without taking it."""
    here = meeting or find(audience, n)
    is_past = here is not None and here.is_closed
    standing = [one for one in AgendaItem.seen.all_of(audience) if one.removed_at is None]
    left_over = [one for one in standing if not is_past and one.session < n and one.done_at is None]
    items = [one for one in standing if _stands_on(one, n, here)]
    items += [one for one in left_over if one not in items]
    return sorted(items, key=lambda one: (one.place, one.created_at, one.id))


def _stands_on(item: AgendaItem, n: int, meeting: TherapySession | None) -> bool:
    """Whether it was talked about in this meeting; by the number while it was talked about in none."""
    if item.meeting_id:
        return meeting is not None and item.meeting_id == meeting.id
    return item.session == n


def agenda(audience: Audience, n: int, meeting: TherapySession | None = None) -> list[AgendaLine]:
    """The agenda of session n for this audience: the check-in first, then what either has brought."""
    items = agenda_items(audience, n, meeting)
    words = read_many([audience], items)
    first = AgendaLine("", str(EVERY_SESSION if n > 1 else FIRST_SESSION), False, None, standing=True)
    return [
        first,
        *(_line(audience, item, words[item.id, "item"]) for item in items if (item.id, "item") in words),
    ]


def _line(audience: Audience, item: AgendaItem, words: Words) -> AgendaLine:
    return AgendaLine(
        id=item.id,
        text=words.text,
        from_client=item.side == "client",
        sharing=words.sharing,
        done=item.done_at is not None,
        mine=item.side == audience.side,
    )


def carried(audience: Audience, n: int) -> list[AgendaLine]:
    """What was left for a later session than n on purpose."""
    later = [one for one in AgendaItem.seen.all_of(audience) if one.removed_at is None and one.session > n]
    words = read_many([audience], later)
    return [_line(audience, item, words[item.id, "item"]) for item in later if (item.id, "item") in words]


def agenda_item(audience: Audience, item: str) -> AgendaItem | None:
    """One thing to talk about, if this audience may see it."""
    return AgendaItem.seen.visible_to(audience).filter(pk=item, removed_at__isnull=True).first()


def suggested(audience: Audience, course: Course, n: int) -> list[Task]:
    """What the protocol suggests for session n, without what is on every agenda anyway."""
    tasks = course.form.tasks_for(n, agreed_sessions(audience, course).sessions)
    return [task for task in tasks if task.key not in ON_THE_AGENDA_ANYWAY]


# What was done, and what to try ------------------------------------------------------------------------------


def techniques_used(audience: Audience, session: TherapySession) -> list[str]:
    """The techniques of one session, in the order in which the method names them."""
    used = [one for one in TechniqueUsed.seen.all_of(audience) if one.meeting_id == session.id]
    chosen = {one.technique for one in used if one.removed_at is None}
    return [one.key for one in techniques if one.key in chosen]


def try_outs(audience: Audience) -> list[ShownTryOut]:
    """Everything that was chosen to try and not let go, the newest first."""
    found = [one for one in reversed(TryOut.seen.all_of(audience)) if one.dropped_at is None]
    words = read_many([audience], found)
    names = labels(audience)
    return [
        ShownTryOut(
            id=one.id,
            session=one.session,
            what=words.get((one.id, "what")),
            how_it_went=words.get((one.id, "how_it_went")),
            person=names.get(one.person, ""),
            on=one.on,
            done=one.done_at is not None,
            at=one.created_at,
            effect=words.get((one.id, "effect")),
            meeting=one.meeting_id or "",
        )
        for one in found
        if (one.id, "what") in words and (not one.person or one.person in names)
    ]


def try_out(audience: Audience, one: str) -> TryOut | None:
    """One thing to try, if this audience may see it."""
    return TryOut.seen.visible_to(audience).filter(pk=one, dropped_at__isnull=True).first()


# Drafts -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Draft:
    """What this author was in the middle of writing. ``goes_on``: nothing newer has been saved in its place."""

    text: str
    at: datetime
    goes_on: bool


def drafts(
    audience: Audience, session: TherapySession, saved: Mapping[str, Words | None] | None = None
) -> dict[str, Draft]:
    """What this author was writing in this session's room, where it differs from what is saved.

    ``saved`` adds what stands in fields that are not the session's own.
    """
    stands: dict[str, Words | None] = {**read(audience, session), **(saved or {})}
    found = read_drafts(audience, record=session.id)
    return {
        field: Draft(text, at, goes_on=_goes_on(at, stands.get(field)))
        for field, (text, at) in found.items()
        if field in DRAFTED and text.strip() and text != _text(stands.get(field))
    }


def _goes_on(at: datetime, stands: Words | None) -> bool:
    return stands is None or stands.at <= at


def _text(words: Words | None) -> str:
    return words.text if words else ""


def ratings(audience: Audience, session: TherapySession) -> dict[str, int]:
    """How a session was rated, by what was rated."""
    found = Rating.seen.visible_to(audience).filter(meeting=session)
    return {row.item: row.value for row in found if row.value is not None}


# Times ------------------------------------------------------------------------------------------------------


def spoken(at: datetime, zone: ZoneInfo) -> str:
    """A moment as people say it where the client lives: "Tuesday 18 March, 2 pm"."""
    local = at.astimezone(zone)
    hour = say_date(local, "g:i a") if local.minute else say_date(local, "g a")
    return _("{day}, {hour}").format(day=say_date(local, "l j F"), hour=hour.replace(".", ""))


def stays_open(session: TherapySession, now: datetime) -> timedelta:
    """How long an open room keeps its therapist signed in: until its planned end and a quarter of an hour.

    A room that is opened far from its planned time counts from now.
    """
    length = timedelta(minutes=session.minutes)
    begins = session.planned_at if session.planned_at and abs(session.planned_at - now) <= NEAR else now
    return max(begins + length - now, timedelta(0)) + AFTERWARDS
