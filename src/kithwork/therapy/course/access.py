"""The one door. Rights come from an accepted, dated relationship, worked out at each request; deny wins.

What a viewer may not open does not exist for them: one refusal, whatever the reason. A staff member's look is on
the trail, committed, before anything of the record is read.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from kithwork.foundation.accounts.viewer import Viewer
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.making import make_audience
from kithwork.foundation.passages.sharing import OPEN
from kithwork.foundation.standing import Question, Standing, as_record, column_names, database_of
from kithwork.foundation.trail.actions import record_reads
from kithwork.foundation.trail.who import SYSTEM, Who
from kithwork.therapy.course.clinic import clinics
from kithwork.therapy.course.models import Client, Course, CourseState, Relationship, RelationshipRole

LISTS = frozenset({"clinic-today", "caseload"})  # pages that show courses in a list, and open none of them
OPENS_RECORD = (RelationshipRole.THERAPIST, RelationshipRole.DEPUTY)
_RELATIONSHIPS = Standing(Relationship, Q(course=""))
_ANY_TIME = datetime.min.replace(tzinfo=UTC)  # an example: whoever asks says when
# All but the copy of the protocol, by far the longest: ``Course.form`` knows it.
_OF_COURSE = [name for name in column_names(Course) if name != "protocol"]
_OF_CLIENT = column_names(Client)
_CLIENT: Any = Course._meta.get_field("client")
_CLINIC: Any = Course._meta.get_field("clinic")


class NotYours(Exception):
    """There is no such course for this viewer."""


@dataclass(frozen=True)
class Opened:
    """A course that this viewer may open, and what they see of it."""

    course: Course
    audience: Audience
    viewer: Viewer
    # On a list: the mac of the newest act in the course, which was there before anything of it was read.
    acted: bytes = b""


def open_course(viewer: Viewer, course_id: str | None, *, page: str, now: datetime) -> Opened:
    """Open one course for somebody. ``None`` is a client's own present course. Raises NotYours."""
    if viewer.client:
        return _open_own(viewer, course_id, now)
    opened = _in_care(viewer, course_id, now)
    record_reads([opened.course.id], by=opened.audience.who, at=now, page=page)
    return opened


def glance(viewer: Viewer, course_id: str | None, *, mark: Callable[[Audience], str], now: datetime) -> str:
    """The mark of what this viewer may see of a course: enough to tell whether an open page still shows what is.

    The rights are those of opening it. Nothing leaves but the mark, which is made of no words, so a glance reads
    nothing and is not on the trail; whoever finds another mark opens the course, and that is. Raises NotYours.
    """
    opened = _open_own(viewer, course_id, now) if viewer.client else _in_care(viewer, course_id, now)
    return mark(opened.audience)


def open_courses(viewer: Viewer, *, page: str, now: datetime) -> list[Opened]:
    """Every course that a member of staff has in their care, for a page that lists them."""
    found = list(_all_in_care(viewer, now))
    acted = record_reads([course.id for _, course in found], by=viewer.who("therapist"), at=now, page=page)
    return [_opened(viewer, role, course, now, acted=acted[course.id]) for role, course in found]


def open_by_client_act(client: Client, course: Course, *, now: datetime) -> Audience:
    """The client's own view of her course, for acts that are hers: the demo, and what runs in her name."""
    who = Who(kind="client", id=client.id, role="client")
    return make_audience(who, client=client.id, course=course.id, now=now, may_write=not course.is_over)


def open_for_link(course_id: str, *, now: datetime) -> Opened | None:
    """A client's own course for a link from a message of ours, when nobody is signed in.

    Whoever calls this answers for what it opens: one check-in, and only after the code that was sent for it.
    """
    course = Course.objects.select_related("client", "clinic").filter(pk=course_id).first()
    if course is None:
        return None
    return Opened(course, open_by_client_act(course.client, course, now=now), Viewer())


def open_new(who: Who, *, client: str, course: str, now: datetime) -> Audience:
    """The first look at a course that is being opened in this very act, by the therapist who opens it."""
    return make_audience(who, client=client, course=course, now=now, may_write=True)


def open_for_worker(client: str, course: str, *, now: datetime) -> Audience:
    """What Kithwork itself needs of a course in order to pass on a flag that waits. It opens no words."""
    return make_audience(SYSTEM, client=client, course=course, now=now, may_write=False)


def open_for_release(course: Course, *, by: Who, now: datetime) -> Audience:
    """What both can see, and nothing else: for a copy that somebody makes who is neither of the two.

    The look is on the trail before anything is read. Staff's own notes and what the client keeps stay shut.
    """
    record_reads([course.id], by=by, at=now, page="copy")
    opened = make_audience(by, client=course.client_id, course=course.id, now=now, may_write=False)
    return replace(opened, sees=OPEN)


def both_see(audience: Audience) -> Audience:
    """The same look at a course, at what both of the two see: for a screen that they, or others, look at together.

    What staff keep among themselves and what the client keeps is not hidden on such a page: it can't be read for it.
    """
    return replace(audience, sees=audience.sees & OPEN)


def still_in_care(account: str, course: str, *, now: datetime) -> bool:
    """Whether this account's relationship with a course opens its record now."""
    return _current(now).filter(account=account, course=course).exists()


def carers_of(course: str, *, now: datetime) -> list[str]:
    """The accounts that this course is in the care of: the therapist first, then deputies."""
    rows = [row for row in _RELATIONSHIPS.ask([course]) if row.role in OPENS_RECORD]
    running = [(row.accepted_at, row) for row in rows if row.accepted_at and row.accepted_at <= now]
    running = [(since, row) for since, row in running if row.until is None or row.until > now]
    running.sort(key=lambda one: (OPENS_RECORD.index(RelationshipRole(one[1].role)), one[0]))
    return [row.account for _, row in running]


def supervisors_of(course: str, *, now: datetime) -> list[str]:
    """The accounts that supervise a course now. They are told that something waits; they open nothing by this."""
    running = Q(until__isnull=True) | Q(until__gt=now)
    rows = Relationship.objects.filter(
        running, accepted_at__lte=now, role=RelationshipRole.SUPERVISOR, course=course
    )
    return list(rows.values_list("account", flat=True))


def courses_of_client(client: str) -> QuerySet[Course]:
    """A client's courses, the present one first."""
    return Course.objects.filter(client=client).order_by("-opened_at")


def existing_clients(ids: Iterable[str]) -> set[str]:
    """Which of these ids are clients: what is not, has an orphaned key."""
    return set(Client.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _open_own(viewer: Viewer, course_id: str | None, now: datetime) -> Opened:
    own = (_course(row) for row in _of_client().ask([viewer.client or ""]))
    course = next((one for one in own if course_id in (None, one.id)), None)
    if course is None:
        raise NotYours
    audience = open_by_client_act(course.client, course, now=now)
    return Opened(course, audience, viewer)


def _in_care(viewer: Viewer, course_id: str | None, now: datetime) -> Opened:
    if "therapist" not in viewer.roles:
        raise NotYours
    for role, *columns in _of_one().ask([now, now, *OPENS_RECORD, viewer.account, course_id or ""]):
        return _opened(viewer, role, _course(columns), now)
    raise NotYours


def _all_in_care(viewer: Viewer, now: datetime) -> Iterator[tuple[str, Course]]:
    """The same for all that are in a viewer's care, each with the viewer's part in it."""
    if "therapist" not in viewer.roles:
        return
    for role, *columns in _of_account().ask([now, now, *OPENS_RECORD, viewer.account]):
        yield role, _course(columns)


def _course(columns: Sequence[Any]) -> Course:
    """A course from its columns and, after these, its client's."""
    alias, own = database_of(Course), len(_OF_COURSE)
    course = as_record(Course, alias, _OF_COURSE, columns[:own])
    _CLIENT.set_cached_value(course, as_record(Client, alias, _OF_CLIENT, columns[own:]))
    _CLINIC.set_cached_value(course, clinics()[course.clinic_id])
    return course


@cache
def _of_account() -> Question:
    rows = _current(_ANY_TIME).filter(account="").order_by("course_id")
    return Question(rows.values_list("role", *_joined("course__")))


@cache
def _of_one() -> Question:
    rows = _current(_ANY_TIME).filter(account="").filter(course="").order_by("pk")
    return Question(rows.values_list("role", *_joined("course__")))


@cache
def _of_client() -> Question:
    return Question(courses_of_client("").values_list(*_joined("")))


def _joined(to: str) -> list[str]:
    return [*(f"{to}{name}" for name in _OF_COURSE), *(f"{to}client__{name}" for name in _OF_CLIENT)]


def _current(now: datetime) -> QuerySet[Relationship]:
    running = Q(until__isnull=True) | Q(until__gt=now)
    return Relationship.objects.filter(running, accepted_at__lte=now, role__in=OPENS_RECORD)


def _opened(viewer: Viewer, role: str, course: Course, now: datetime, *, acted: bytes = b"") -> Opened:
    audience = make_audience(
        viewer.who(role), client=course.client_id, course=course.id, now=now,
        may_write=course.state != CourseState.ENDED, together_in=course.together_in,
    )  # fmt: skip
    return Opened(course, audience, viewer, acted)
