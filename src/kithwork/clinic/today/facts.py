"""What a list knows of each course: a handful of queries, the same number for one course and for sixty."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.urls import reverse

from kithwork.foundation.passages.audience import Audience
from kithwork.ipt import contract as rules
from kithwork.ipt.course_life import attendance
from kithwork.ipt.problem_areas import problem_areas
from kithwork.ipt.protocol import Phase, Protocol
from kithwork.therapy.checkins.models import Answers, CheckIn
from kithwork.therapy.course.access import Opened
from kithwork.therapy.course.models import Contract, Course, CourseState, Signature
from kithwork.therapy.course.queries import as_rule, names_of
from kithwork.therapy.focus.models import Focus
from kithwork.therapy.sessions.models import TherapySession

PHQ9 = "phq9"


@dataclass(frozen=True)
class Score:
    """One PHQ-9 that was sent: its total, or None where an answer is missing."""

    on: date
    total: Decimal | None


@dataclass
class Facts:
    """One course as a list shows it: only what its viewer may see."""

    opened: Opened
    name: str
    agreed: rules.Agreed
    sessions: list[TherapySession] = field(default_factory=list)  # oldest first
    check_ins: list[CheckIn] = field(default_factory=list)  # those sent, oldest first
    scores: list[Score] = field(default_factory=list)  # PHQ-9, oldest first
    areas: list[str] = field(default_factory=list)

    @property
    def course(self) -> Course:
        return self.opened.course

    @property
    def line(self) -> str:
        """ "Session 5 of 16", or how far it came."""
        if self.course.is_over:
            return f"Ended after {self.course.held} {'session' if self.course.held == 1 else 'sessions'}"
        return self.agreed.session(self.course.current_session)

    @property
    def phase(self) -> Phase | None:
        """Where in the protocol the course stands; none once it is over."""
        if self.course.is_over:
            return None
        protocol = Protocol.from_dict(self.course.protocol)
        return protocol.phase_of(self.course.current_session, self.agreed.number)

    @property
    def focus(self) -> str:
        """What the work is on, in the field's words."""
        return ", ".join(problem_areas.get(area).label for area in self.areas)

    @property
    def held(self) -> list[TherapySession]:
        """The sessions in which the two met."""
        return [one for one in self.sessions if one.is_closed and attendance.get(one.attendance).met]

    @property
    def totals(self) -> list[tuple[date, int]]:
        """The PHQ-9 totals of whole forms. A form with an answer missing has none, and is left out here."""
        return [(score.on, int(score.total)) for score in self.scores if score.total is not None]

    @property
    def zone(self) -> ZoneInfo:
        """Where the client lives: the clock that the course goes by."""
        return ZoneInfo(self.course.client.time_zone)

    def url(self, page: str, **kwargs: str | int) -> str:
        """One of this course's pages."""
        return reverse(f"course:{page}", kwargs={"course_id": self.course.pk, **kwargs})

    @property
    def is_going_on(self) -> bool:
        return self.course.state == CourseState.ACTIVE


def facts_of(opened: Iterable[Opened]) -> list[Facts]:
    """Gather what the lists show of these courses."""
    opened = list(opened)
    audiences = [one.audience for one in opened]
    names, agreed = names_of(opened), _agreed(opened, audiences)
    found = {one.course.pk: Facts(one, names[one.course.client_id], agreed[one.course.pk]) for one in opened}
    _add_sessions(found, audiences)
    _add_check_ins(found, audiences)
    _add_focus(found, audiences)
    return list(found.values())


def _agreed(opened: list[Opened], audiences: list[Audience]) -> dict[str, rules.Agreed]:
    contracts: dict[str, list[Contract]] = defaultdict(list)
    for contract in Contract.seen.visible_in(audiences).order_by("created_at", "pk"):
        contracts[contract.course_id].append(contract)
    signed: dict[str, list[Signature]] = defaultdict(list)
    for one in Signature.seen.visible_in(audiences).filter(what="contract").order_by("created_at", "pk"):
        signed[one.course_id].append(one)
    return {
        one.course.pk: rules.n_in_force(
            [as_rule(row, signed[one.course.pk]) for row in contracts[one.course.pk]], one.course.offered
        )
        for one in opened
    }


def _add_sessions(found: dict[str, Facts], audiences: list[Audience]) -> None:
    for session in TherapySession.seen.visible_in(audiences):
        found[session.course_id].sessions.append(session)
    for facts in found.values():
        facts.sessions.sort(key=lambda one: (one.at, one.pk))


def _add_check_ins(found: dict[str, Facts], audiences: list[Audience]) -> None:
    sent = {
        one.pk: one
        for one in CheckIn.seen.visible_in(audiences).filter(state="sent").order_by("sent_at", "pk")
    }
    for check_in in sent.values():
        found[check_in.course_id].check_ins.append(check_in)
    answers = (
        Answers.seen.visible_in(audiences).filter(instrument=PHQ9).order_by("answered_on", "created_at", "pk")
    )
    for row in answers:
        # A link is there only if both of its ends are.
        if row.check_in_id in sent:
            found[row.course_id].scores.append(Score(row.answered_on, row.total))


def _add_focus(found: dict[str, Facts], audiences: list[Audience]) -> None:
    current = (
        Focus.seen.visible_in(audiences).filter(until__isnull=True).order_by("since", "created_at", "pk")
    )
    for focus in current:
        found[focus.course_id].areas.append(focus.area)
