"""What comes when: the questionnaires of a course, how often, and whether a check-in would be welcome now."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.accounts.models import Clinic
from kithwork.foundation.passages.audience import Audience
from kithwork.instruments import Instrument, all_instruments, get
from kithwork.ipt.shelf import Choice, Shelf
from kithwork.therapy.checkins.models import Answers, CheckIn, Schedule
from kithwork.therapy.checkins.queries.reading import current, is_stale, reviewer_of, sent_answers
from kithwork.therapy.checkins.scales import scales_of
from kithwork.therapy.checkins.steps import in_order, length
from kithwork.therapy.course.access import open_by_client_act
from kithwork.therapy.course.models import Course, CourseState
from kithwork.therapy.course.queries import agreed_sessions

MONTH = timedelta(days=28)
# People answer on the eve of a session that moves: a day or two early still counts.
EARLY = timedelta(days=2)
EACH, MONTHLY, REVIEWS = "each", "monthly", "reviews"

rhythms = Shelf(
    gettext_noop("how often a questionnaire comes"),
    (
        Choice(EACH, gettext_noop("Each time")),
        Choice(MONTHLY, gettext_noop("About every four weeks")),
        Choice(REVIEWS, gettext_noop("At the first session, at reviews and at the last")),
    ),
)
# A form inside another is not asked beside it: the same questions twice in ten minutes help nobody.
HELD_BY = {"phq2": "phq9", "gad2": "gad7", "k6": "k10"}
# Kept apart from every page that both see: its answers could reach somebody that the client is afraid of.
NEVER_HERE = frozenset({"hits"})


def is_on(instrument: Instrument, clinic: Clinic) -> bool:
    """Whether this clinic uses a questionnaire: a pack, or a licensed one, only after it was turned on."""
    return instrument.id not in NEVER_HERE and (
        instrument.enabled or instrument.id in clinic.questionnaires_on
    )


def with_text(clinic: Clinic) -> list[Instrument]:
    """The questionnaires that a client can be asked here."""
    return [one for one in all_instruments() if not one.score_entry_only and is_on(one, clinic)]


def by_score(clinic: Clinic) -> list[Instrument]:
    """The questionnaires of which staff can enter a score here: those with a total, or with subscales at least."""
    return [
        one for one in all_instruments() if one.score_entry_only and scales_of([one]) and is_on(one, clinic)
    ]


def to_turn_on() -> list[Instrument]:
    """The questionnaires that stay off until a clinic says that it may use them."""
    return [one for one in all_instruments() if not one.enabled and scales_of([one])]


@dataclass(frozen=True)
class Line:
    """One questionnaire of a plan, and how often it comes."""

    instrument: Instrument
    rhythm: str

    @property
    def when(self) -> str:
        return _(rhythms.get(self.rhythm).label)

    @property
    def by_staff(self) -> bool:
        """Whether only its total is kept here, entered by staff."""
        return self.instrument.score_entry_only


@dataclass(frozen=True)
class Plan:
    """What the two go by; without a schedule of their own, the usual one of their course."""

    lines: list[Line]
    every_days: int
    until: date | None
    schedule: Schedule | None

    @property
    def how_often(self) -> str:
        usual = {
            7: _("Once a week"),
            14: _("Every two weeks"),
            28: _("About every four weeks"),
            0: _("When the two of you say so"),
        }
        return usual.get(self.every_days, _("Every {every_days} days").format(every_days=self.every_days))

    @property
    def rhythms(self) -> dict[str, str]:
        return {line.instrument.id: line.rhythm for line in self.lines}


def schedule(audience: Audience) -> Schedule | None:
    """The newest schedule that was set for this course."""
    return next(reversed(Schedule.seen.all_of(audience)), None)


def plan_of(audience: Audience, course: Course) -> Plan:
    """Which questionnaires come round in this course, and how often."""
    row = schedule(audience)
    wanted = {one: row.rhythms.get(one, EACH) for one in row.instruments} if row else usual_rhythms(course)
    lines = [Line(get(one), wanted[one]) for one in in_order(wanted) if is_on(get(one), course.clinic)]
    if row is None:
        return Plan(lines, course.form.every_days, None, None)
    return Plan(lines, row.every_days, row.until, row)


def usual_rhythms(course: Course) -> dict[str, str]:
    """What the course's own form of IPT usually asks: in every session, or at its start, reviews and end."""
    rows = [set(row.measures) for row in course.form.rows]
    named = in_order(one for row in rows for one in row)
    return {one: EACH if all(one in row for row in rows) else REVIEWS for one in named}


def forms_now(audience: Audience, course: Course, *, today: date) -> tuple[str, ...]:
    """The questionnaires that a check-in begun today holds."""
    asked = [line for line in plan_of(audience, course).lines if not line.by_staff]
    return in_order(line.instrument.id for line in asked if _comes(audience, course, line, today))


def _comes(audience: Audience, course: Course, line: Line, today: date) -> bool:
    if line.rhythm == MONTHLY:
        newest = last_answered(audience, line.instrument.id)
        return newest is None or newest <= today - (MONTH - EARLY)
    if line.rhythm == REVIEWS:
        return course.current_session in review_sessions(audience, course)
    return True


def review_sessions(audience: Audience, course: Course) -> set[int]:
    """The first session, those at which to look back, and the last."""
    planned = agreed_sessions(audience, course).sessions
    return {1, *course.form.reviews(planned), *([planned] if planned else [])}


def last_answered(audience: Audience, instrument: str) -> date | None:
    """When a questionnaire was answered last, of what was sent."""
    rows = [row for row in sent_answers(audience) if row.instrument == instrument]
    return rows[-1].answered_on if rows else None


@dataclass(frozen=True)
class Due:
    """A check-in that would be welcome now, if the client can; ``on`` is the day of the next session, if known.

    ``is_old`` says that the one that was begun is about other days by now.
    """

    on: date | None
    begun: CheckIn | None
    forms: tuple[str, ...]
    is_old: bool = False

    @property
    def length(self) -> str:
        """ "16 short questions, about 3 minutes"."""
        return length(self.forms)


def due(audience: Audience, course: Course, *, today: date, session_on: date | None = None) -> Due | None:
    """Whether a check-in would be welcome: none was sent for about a week. Never called late, never counted."""
    plan = plan_of(audience, course)
    if course.state in (CourseState.ENDED, CourseState.PAUSED) or not plan.every_days:
        return None
    if plan.until and plan.until <= today:
        return None
    begun = current(audience)
    welcome = welcome_from(audience, plan, zone=ZoneInfo(course.client.time_zone))
    if begun is None and welcome and welcome > today:
        return None
    forms = forms_now(audience, course, today=today)
    is_old = begun is not None and is_stale(begun, now=audience.now)
    return Due(session_on, begun, forms, is_old) if forms else None


def welcome_from(audience: Audience, plan: Plan, *, zone: ZoneInfo) -> date | None:
    """The day from which the next check-in is welcome; None for at any time.

    Rule: whoever has just sent one is not asked for the next at once, whichever day it stands on.
    """
    newest = max((_came_on(row, zone) for row in sent_answers(audience)), default=None)
    if newest is None or not plan.every_days:
        return None
    return newest + max(timedelta(days=1), timedelta(days=plan.every_days) - EARLY)


def _came_on(row: Answers, zone: ZoneInfo) -> date:
    """On which day answers came: when they were sent, or when they were given on paper or aloud."""
    came = row.check_in.sent_at
    return row.answered_on if came is None or row.check_in.entered_by else came.astimezone(zone).date()


def due_now(course: Course, today: date) -> Due | None:
    """The same for whoever reminds: nobody is looking, so it is asked in the client's own name.

    None as well while nobody is named who would be told of an answer: a check-in could not begin then.
    """
    noon = datetime.combine(today, time(12), tzinfo=ZoneInfo(course.client.time_zone))
    audience = open_by_client_act(course.client, course, now=noon)
    return due(audience, course, today=today) if reviewer_of(audience) else None
