"""Reading what was written for the ending, for one audience."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.many import asked_of_many
from kithwork.foundation.passages.queries import Words, read, read_many
from kithwork.foundation.passages.sharing import Owner
from kithwork.ipt.ending import (
    Manner,
    Wording,
    plan_fields,
    reasons_for_ending,
    sections,
    warning_sign_kinds,
    ways_of_ending,
    what_next,
)
from kithwork.ipt.shelf import Prompt
from kithwork.therapy.course.access import courses_of_client
from kithwork.therapy.course.models import Course, CourseRecord
from kithwork.therapy.course.queries import agreed_sessions
from kithwork.therapy.ending.models import (
    CourseEnding,
    EndingReview,
    Keepsake,
    StayWellPlan,
    StopWish,
    WarningSign,
)

R = TypeVar("R", bound=CourseRecord)

REVIEW_PROMPTS = (
    Prompt("changed", gettext_noop("What changed"), sections["changed"].help),
    sections["helped"],
    Prompt(
        "who_did_it",
        gettext_noop("What I did, and who helped"),
        gettext_noop("Say what you did, not only what happened."),
    ),
    Prompt("feelings", sections["feelings"].label, sections["feelings"].help),
    Prompt("stressors", sections["stressors"].label, sections["stressors"].help),
    Prompt("from_therapist", gettext_noop("A few words from my therapist")),
)


@dataclass(frozen=True)
class ShownPart:
    """One thing that is asked, and what this audience sees of the answer."""

    key: str
    label: str
    help: str
    words: Words | None
    of_therapist: bool = False

    @property
    def text(self) -> str:
        return self.words.text.strip() if self.words else ""


@dataclass(frozen=True)
class ShownSign:
    """An early sign."""

    id: str
    kind: str
    words: Words
    mine: bool
    kind_key: str = ""


@dataclass(frozen=True)
class Review:
    """Everything written for the ending."""

    parts: dict[str, ShownPart]
    plan: dict[str, ShownPart]
    signs: list[ShownSign]


@once_a_page
def review(audience: Audience) -> Review:
    """What was written so far; a part that nobody wrote is there with nothing in it."""
    records = [one for one in (of_course(audience, EndingReview), of_course(audience, StayWellPlan)) if one]
    signs = warning_signs(audience)
    words = read_many([audience], [*records, *signs])
    by_field = {
        field: found for (record, field), found in words.items() if record in {one.id for one in records}
    }
    return Review(
        parts={prompt.key: _part(prompt, by_field, EndingReview) for prompt in REVIEW_PROMPTS},
        plan={prompt.key: _part(prompt, by_field, StayWellPlan) for prompt in plan_fields},
        signs=[_sign(audience, row, words[row.id, "sign"]) for row in signs if (row.id, "sign") in words],
    )


def of_course(audience: Audience, model: type[R]) -> R | None:
    """The course's one record of a kind."""
    return next(iter(model.seen.all_of(audience)), None)


def _part(
    prompt: Prompt, words: dict[str, Words], model: type[EndingReview] | type[StayWellPlan]
) -> ShownPart:
    of_therapist = model.words[prompt.key].owner is Owner.SUMMARY
    return ShownPart(prompt.key, prompt.label, prompt.help, words.get(prompt.key), of_therapist)


def warning_signs(audience: Audience) -> list[WarningSign]:
    """The early signs that stand, in the order in which they were written."""
    return [sign for sign in WarningSign.seen.all_of(audience) if sign.removed_at is None]


def warning_sign(audience: Audience, sign: str) -> WarningSign | None:
    """One early sign, if this audience may see it."""
    return next((one for one in warning_signs(audience) if one.id == sign), None)


def _sign(audience: Audience, row: WarningSign, words: Words) -> ShownSign:
    kind = warning_sign_kinds.get(row.kind).label if row.kind else ""
    return ShownSign(
        row.id, kind, words, mine=audience.is_client or row.side == audience.side, kind_key=row.kind
    )


@dataclass(frozen=True)
class Choice:
    """What one side takes along: open pieces unless left out, kept pieces only where added."""

    left_out: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()

    def takes(self, key: str, part: str, *, kept: bool) -> bool:
        return key in self.added if kept else not {key, part} & self.left_out


def choice_of(audience: Audience) -> Choice:
    """What this side has chosen for its keepsake; until then everything open, and nothing kept."""
    rows = [row for row in Keepsake.seen.all_of(audience) if row.side == audience.side]
    return Choice(frozenset(rows[-1].left_out), frozenset(rows[-1].added)) if rows else Choice()


@dataclass(frozen=True)
class ShownWish:
    """The client would like to stop."""

    id: str
    at: datetime
    reason: str
    words: Words | None
    talked_at: datetime | None


def stop_wish(audience: Audience) -> ShownWish | None:
    """The wish to stop that stands, if there is one."""
    row = next((one for one in reversed(StopWish.seen.all_of(audience)) if one.withdrawn_at is None), None)
    if row is None:
        return None
    reason = reasons_for_ending.get(row.reason).label if row.reason else ""
    return ShownWish(row.id, row.created_at, reason, read(audience, row).get("words"), row.talked_at)


@asked_of_many
def _wishes_waiting(audiences: list[Audience]) -> QuerySet[Any, Any]:
    rows = StopWish.seen.visible_in(audiences).filter(withdrawn_at__isnull=True, talked_at__isnull=True)
    return rows.order_by("created_at", "pk").values_list("course_id", "created_at", "reason")


def wishes_waiting(audiences: list[Audience]) -> dict[str, tuple[datetime, str]]:
    """The wishes to stop that nobody has talked about yet, by course: when each was said, and its reason if one was.

    One question for any number of courses; no words are opened.
    """
    found = {course: (at, reason) for course, at, reason in _wishes_waiting(audiences)}
    return {
        course: (at, _(reasons_for_ending.get(reason).label) if reason else "")
        for course, (at, reason) in found.items()
    }


@dataclass(frozen=True)
class ShownEnding:
    """How a course ended. The words about it are staff's own, unless they were shown."""

    manner: Manner
    to_client: str
    how: str
    reason: str
    why: Words | None
    what_comes: str


def how_it_ended(audience: Audience, course: Course) -> ShownEnding | None:
    """How a course ended, for whoever looks; None while it goes on, or where nobody recorded it."""
    if not course.is_over or course.ended_how not in ways_of_ending:
        return None
    way = ways_of_ending.get(course.ended_how)
    row = next(iter(CourseEnding.seen.all_of(audience)), None)
    reason = reasons_for_ending.get(row.reason).label if row and row.reason else ""
    return ShownEnding(
        manner=way.manner, to_client=way.to_client, how=way.label,
        reason=reason, why=read(audience, row).get("why") if row else None,
        what_comes=what_next.get(row.what_comes).label if row and row.what_comes else "",
    )  # fmt: skip


def wording_of(course: Course) -> Wording:
    """How the two speak of the ending: as the clinic does, where the course says nothing else."""
    return Wording(course.ending_wording) if course.ending_wording else clinics_wording(course)


def clinics_wording(course: Course) -> Wording:
    """How the clinic speaks of endings."""
    return Wording(course.clinic.ending_wording)


@dataclass(frozen=True)
class Opening:
    """Whether the ending's page is open, and with which session it opens."""

    is_open: bool
    at: int | None  # None: no number is agreed


def opening(audience: Audience, course: Course) -> Opening:
    """The ending opens by the course's own form of IPT; before that it can be looked at, and begun."""
    planned = agreed_sessions(audience, course).sessions
    is_open = course.is_over or course.form.ending_is_open(course.current_session, planned)
    return Opening(is_open, course.form.ending_opens_at(planned))


def other_courses(audience: Audience) -> list[Course]:
    """The same client's other courses, the newest first."""
    courses = courses_of_client(audience.client).select_related("client", "clinic")
    return list(courses.exclude(pk=audience.course))
