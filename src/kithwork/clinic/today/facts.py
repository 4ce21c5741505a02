"""What a list knows of each course: a handful of queries, the same number for one course and for sixty.

A list reads columns, not whole records: of nine hundred sessions it needs the last few, of nine hundred
questionnaires a number and a day. And it reads them of those courses in which something was done since it last did:
every act leaves an event on its course's trail, in the same transaction, so that one mark a course tells.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kithwork.clinic.today.contracts import Standing, agreements
from kithwork.clinic.today.plans import Plan, plans_of
from kithwork.clinic.today.remembered import Remembered
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.many import asked_of_many
from kithwork.foundation.standing import as_record, database_of, moment_from
from kithwork.ipt import contract as rules
from kithwork.ipt.course_life import attendance
from kithwork.ipt.problem_areas import problem_areas
from kithwork.ipt.protocol import Phase
from kithwork.therapy.checkins.models import Answers, CheckIn
from kithwork.therapy.course.access import Opened
from kithwork.therapy.course.models import Course, CourseState
from kithwork.therapy.course.queries import names_of, where_it_stands
from kithwork.therapy.focus.models import Focus
from kithwork.therapy.reviews.little_change import LittleChange, little_change
from kithwork.therapy.reviews.models import Review
from kithwork.therapy.reviews.queries import rests
from kithwork.therapy.sessions.models import TherapySession

PHQ9 = "phq9"
ANY_COURSE, REMEMBERED = "any-course", 1024
MET = [one.key for one in attendance if one.met]
# What a session is to a list, in the model's order: when it was or will be, whether the two met, and its address.
OF_SESSION = (
    "id", "created_at", "course_id", "n", "kind", "planned_at", "opened_at", "closed_at", "attendance",
)  # fmt: skip


class Score(NamedTuple):
    """One PHQ-9 that was sent: its day as the database writes it, and its total, or None where an answer is missing."""

    day: str
    total: int | None

    @property
    def on(self) -> date:
        """The day as Python has it: a list reads a thousand scores, and asks it of a handful."""
        return date.fromisoformat(self.day)


class Reviewed(NamedTuple):
    """One review: the point that it answers, if any, and when it was made."""

    point: int | None
    at: datetime


@dataclass
class Done:
    """What was done in one course so far, as far as a list's viewer may see it. It holds no words.

    ``sessions`` are those ahead, those open, and the newest closed one, once where the two met and once where they did
    not: enough to say when they last met, what did not take place, and what is planned. (There may be older ones.)
    """

    contract: Standing
    sessions: list[TherapySession] = field(default_factory=list)  # oldest first
    last_sent: datetime | None = None  # the newest check-in
    scores: list[Score] = field(default_factory=list)  # PHQ-9, oldest first
    areas: list[str] = field(default_factory=list)
    reviews: list[Reviewed] = field(default_factory=list)
    # How little was changed by the clinic's points and the client's time zone, once somebody has asked.
    little: dict[tuple[int, str], LittleChange | None] = field(default_factory=dict)

    @cached_property
    def whole(self) -> list[Score]:
        """The PHQ-9 of which there is a total. A form with an answer missing has none, and is left out here."""
        return [score for score in self.scores if score.total is not None]

    @cached_property
    def totals(self) -> list[int | None]:
        """What those come to, oldest first."""
        return [score.total for score in self.whole]

    @cached_property
    def last_met(self) -> TherapySession | None:
        """The last session in which the two met."""
        held = [one for one in self.sessions if one.is_closed and attendance.get(one.attendance).met]
        return held[-1] if held else None


@dataclass
class Facts:
    """One course as a list shows it: only what its viewer may see."""

    opened: Opened
    name: str
    plan: Plan
    done: Done

    @cached_property
    def course(self) -> Course:
        """Asked for a thousand times by a list of sixty."""
        return self.opened.course

    @property
    def agreed(self) -> rules.Agreed:
        """The number of sessions that the two go by."""
        return self.done.contract.agreed

    @property
    def line(self) -> str:
        """ "Session 5 of 16", or how far it came."""
        return where_it_stands(self.course, self.agreed.number, to_be_agreed=self.agreed.to_be_agreed)

    @property
    def phase(self) -> Phase | None:
        """Where in the protocol the course stands; none once it is over."""
        if self.course.is_over:
            return None
        return self.plan.phase(self.course.current_session, self.agreed.number)

    @property
    def review_due(self) -> int | None:
        """The review point that the course has come to and that no review has answered."""
        if self.course.is_over:
            return None
        point = self.plan.point(self.course.current_session, self.agreed.number)
        return None if point in {one.point for one in self.done.reviews} else point

    @property
    def focus(self) -> str:
        """What the work is on, in the field's words."""
        return ", ".join(_(problem_areas.get(area).label) for area in self.done.areas)

    @cached_property
    def zone(self) -> ZoneInfo:
        """Where the client lives: the clock that the course goes by."""
        return ZoneInfo(self.course.client.time_zone)

    def day(self, moment: datetime) -> date:
        """Which day a moment falls on where the client lives."""
        return moment.astimezone(self.zone).date()

    def url(self, page: str, **kwargs: str | int) -> str:
        """One of this course's pages."""
        return _address(page, **kwargs).replace(ANY_COURSE, self.course.id)

    @property
    def changed_little(self) -> LittleChange | None:
        """Little change that nobody has looked back on lately."""
        by, known = (self.course.clinic.little_change_points, self.course.client.time_zone), self.done.little
        if by not in known:
            known[by] = self._changed_little()
        return known[by]

    def _changed_little(self) -> LittleChange | None:
        found = little_change(self.done.totals, self.course.clinic.little_change_points)
        looked_on = [self.day(review.at) for review in self.done.reviews]
        if found is None or rests(looked_on, (score.on for score in self.done.whole)):
            return None
        return found

    @property
    def is_going_on(self) -> bool:
        return self.course.state == CourseState.ACTIVE


remembered: Remembered[Done] = Remembered()


@lru_cache(maxsize=REMEMBERED)
def _address(page: str, **kwargs: str | int) -> str:
    """The address of a page, with a place for the course: a list asks for hundreds that differ in nothing else."""
    return reverse(f"course:{page}", kwargs={"course_id": ANY_COURSE, **kwargs})


def facts_of(opened: Iterable[Opened]) -> list[Facts]:
    """Gather what the lists show of these courses."""
    opened = list(opened)
    names, plans, done = names_of(opened), plans_of(one.course.id for one in opened), _done_in(opened)
    return [
        Facts(one, names[one.course.client_id], plans[one.course.id], done[one.course.id]) for one in opened
    ]


def _done_in(opened: list[Opened]) -> dict[str, Done]:
    """What was done in each of these courses, read of those only in which something was done since."""
    found = {one.course.id: done for one in opened if (done := remembered.of(one))}
    changed = [one for one in opened if one.course.id not in found]
    read = _read(changed)
    for one in changed:
        remembered.keep(one, read[one.course.id])
    return found | read


def _read(opened: list[Opened]) -> dict[str, Done]:
    audiences = [one.audience for one in opened]
    found = {course: Done(contract) for course, contract in agreements(opened).items()}
    _add_sessions(found, audiences)
    _add_check_ins(found, audiences)
    _add_focus(found, audiences)
    _add_reviews(found, audiences)
    return found


def _add_sessions(found: dict[str, Done], audiences: list[Audience]) -> None:
    alias = database_of(TherapySession)
    for row in _sessions(audiences):
        session = as_record(TherapySession, alias, OF_SESSION, row)
        found[session.course_id].sessions.append(session)
    for done in found.values():
        done.sessions.sort(key=lambda one: (one.closed_at or one.at, one.id))


@asked_of_many
def _sessions(audiences: list[Audience]) -> QuerySet[Any, Any]:
    they_met = Case(When(attendance__in=MET, then=Value(1)), default=Value(0))
    # The database looks from each one onwards, where the next is most often the later one that it looks for.
    like_it = {name: OuterRef(name) for name in ("course", "sharing", "met")}
    later = TherapySession._base_manager.annotate(met=they_met).filter(
        **like_it, n__gte=OuterRef("n"), closed_at__gt=OuterRef("closed_at")
    )
    rows = TherapySession.seen.visible_in(audiences).annotate(met=they_met)
    return rows.filter(Q(closed_at__isnull=True) | ~Exists(later)).values_list(*OF_SESSION)


def _add_check_ins(found: dict[str, Done], audiences: list[Audience]) -> None:
    sent = sorted(_sent(audiences), key=itemgetter(2))
    newest = {course: sent_at for course, _check_in, sent_at in sent}
    for course, sent_at in newest.items():
        found[course].last_sent = moment_from(sent_at)
    visible = {check_in for _course, check_in, _sent_at in sent}
    for course, check_in, day, total in _totals(audiences):
        if check_in in visible:  # a link is there only if both of its ends are
            found[course].scores.append(Score(day, total))


# A thousand days and moments as text: Django takes its time to make more of them, and a list needs but a few.


@asked_of_many
def _sent(audiences: list[Audience]) -> QuerySet[Any, Any]:
    sent = CheckIn.seen.visible_in(audiences).filter(state="sent")
    return sent.annotate(moment=Cast("sent_at", TextField())).values_list("course_id", "pk", "moment")


@asked_of_many
def _totals(audiences: list[Audience]) -> QuerySet[Any, Any]:
    answers = Answers.seen.visible_in(audiences).filter(instrument=PHQ9)
    answers = answers.annotate(whole=Cast("total", IntegerField()), day=Cast("answered_on", TextField()))
    answers = answers.order_by("answered_on", "created_at", "pk")
    return answers.values_list("course_id", "check_in_id", "day", "whole")


def _add_focus(found: dict[str, Done], audiences: list[Audience]) -> None:
    for course, area in _focus(audiences):
        found[course].areas.append(area)


@asked_of_many
def _focus(audiences: list[Audience]) -> QuerySet[Any, Any]:
    current = Focus.seen.visible_in(audiences).filter(until__isnull=True)
    return current.order_by("since", "created_at", "pk").values_list("course_id", "area")


def _add_reviews(found: dict[str, Done], audiences: list[Audience]) -> None:
    for course, point, at in _reviews(audiences):
        found[course].reviews.append(Reviewed(point, at))


@asked_of_many
def _reviews(audiences: list[Audience]) -> QuerySet[Any, Any]:
    rows = Review.seen.visible_in(audiences).order_by("created_at", "pk")
    return rows.values_list("course_id", "point", "created_at")
