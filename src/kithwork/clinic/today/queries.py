"""Today's sessions and the caseload, as one therapist sees them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kithwork.clinic.today.facts import Facts
from kithwork.clinic.today.sparkline import Sparkline, sparkline
from kithwork.clinic.today.ways import ANY, AREAS, NONE, View
from kithwork.foundation.accounts.models import Invitation
from kithwork.foundation.ui.dates import say_date
from kithwork.ipt.protocol import Phase
from kithwork.therapy.course.models import CourseState
from kithwork.therapy.course.queries import session_of
from kithwork.therapy.sessions.models import TherapySession

LONGEST_DAY = timedelta(hours=25)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
STATES = dict(CourseState.choices)


def waiting_invitation(client: str, *, now: datetime) -> Invitation | None:
    """The link that has been sent to a client and still works."""
    waiting = Invitation.objects.filter(client=client, accepted_at__isnull=True, expires_at__gt=now)
    return waiting.order_by("-created_at").first()


@dataclass(frozen=True)
class TodaysSession:
    """One session of today."""

    course: str
    name: str
    at: str
    note: str  # which session, the focus, and whether it is open or over
    overview: str
    prepare: str
    room: str
    is_open: bool
    is_done: bool


def todays_sessions(found: list[Facts], *, now: datetime) -> list[TodaysSession]:
    """The sessions planned for today where the client lives, and those that are open, by their time."""
    rows = [
        (session.at, _todays(one, session))
        for one in found
        if not one.course.is_over
        for session in one.done.sessions
        if session.is_open or (session.planned_at and _is_of_today(one, session.planned_at, now))
    ]
    return [row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1].course))]


def _is_of_today(one: Facts, planned: datetime, now: datetime) -> bool:
    return abs(planned - now) < LONGEST_DAY and one.day(planned) == one.day(now)


def _todays(one: Facts, session: TherapySession) -> TodaysSession:
    line = _("Session without a number")
    if session.is_numbered:
        line = session_of(session.n, one.agreed.number, to_be_agreed=one.agreed.to_be_agreed)
    state = _("Closed") if session.is_closed else _("Open now") if session.is_open else ""
    return TodaysSession(
        course=one.course.id, name=one.name, at=clock_time(session.at, one),
        note=". ".join(filter(None, (line, one.focus, state))), overview=one.url("overview"),
        prepare=one.url("prepare"), room=one.url("session", n=session.address),
        is_open=session.is_open, is_done=session.is_closed,
    )  # fmt: skip


def clock_time(moment: datetime, one: Facts) -> str:
    """The hour where the client lives: "2:00 pm"."""
    local = moment.astimezone(one.zone)
    return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"


# The caseload -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One row of the caseload."""

    facts: Facts
    name: str
    overview: str
    session: str  # "Session 5 of 16", or how far it came
    stands: str  # its phase, its state where it is not simply going on
    focus: str
    last_contact: datetime | None
    contact: str
    line: Sparkline | None

    @property
    def is_over(self) -> bool:
        return self.facts.course.is_over

    @property
    def latest(self) -> int | None:
        """The newest whole PHQ-9."""
        whole = self.facts.done.whole
        return whole[-1].total if whole else None


KEYS: dict[str, Callable[[Case], Any]] = {
    "name": lambda case: case.name.casefold(),
    "session": lambda case: (case.is_over, -case.facts.course.held),
    "phase": lambda case: (case.is_over, _place(case.facts.phase)),
    "score": lambda case: (case.latest is None, -(case.latest or 0)),
    "contact": lambda case: (case.last_contact is not None, case.last_contact or LONG_AGO),
}


def caseload(found: list[Facts], *, now: datetime) -> list[Case]:
    """Every course in somebody's care as a row."""
    return [_case(one, now) for one in found]


def seen_as(cases: list[Case], view: View) -> list[Case]:
    """The rows that a view asks for, in its order; the name decides between equals."""
    rows = sorted((case for case in cases if _fits(case, view)), key=lambda case: case.facts.course.id)
    rows.sort(key=KEYS["name"])
    rows.sort(key=KEYS[view.sort])
    return rows


def _fits(case: Case, view: View) -> bool:
    return _has_focus(case, view.focus) and _is_in_part(case, view.show)


def _has_focus(case: Case, focus: str) -> bool:
    if focus == NONE:
        return not case.facts.done.areas
    return focus == ANY or AREAS[focus].key in case.facts.done.areas


def _is_in_part(case: Case, show: str) -> bool:
    if show == "all":
        return True
    if show == "ended":
        return case.facts.course.is_over
    phase = case.facts.phase
    return not case.facts.course.is_over and (show == "open" or (phase is not None and show == phase.value))


def _case(one: Facts, now: datetime) -> Case:
    met = one.done.last_met
    last = met.at if met else None
    return Case(
        facts=one, name=one.name, overview=one.url("overview"), session=one.line, stands=_stands(one),
        focus=one.focus, last_contact=last,
        contact=_ago(last, one, now) if last else "", line=sparkline(one.done.scores),
    )  # fmt: skip


def _stands(one: Facts) -> str:
    state = str(STATES[one.course.state])
    if one.phase is None:
        return state
    return _(one.phase.label) if one.is_going_on else f"{_(one.phase.label)}, {state.lower()}"


def _ago(moment: datetime, one: Facts, now: datetime) -> str:
    day, today = one.day(moment), one.day(now)
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return said_day(day, today)


def said_day(day: date, today: date) -> str:
    """A day, with its year only where it is another one."""
    return say_date(day, "j F" if day.year == today.year else "j F Y")


def _place(phase: Phase | None) -> int:
    return list(Phase).index(phase) if phase else len(Phase)
