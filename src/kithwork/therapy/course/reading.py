"""Who reads, and who does not: while a course waits, while it is paused, and after its end."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read
from kithwork.ipt.course_life import reasons_for_pausing
from kithwork.therapy.course.access import carers_of
from kithwork.therapy.course.models import Course, CourseState, Pause


@dataclass(frozen=True)
class Gap:
    """A time without sessions as a page tells it."""

    is_waiting: bool
    since: datetime
    until: date | None
    reader: str  # a first name; empty: nobody reads
    reason: str
    note: Words | None


def standing_pause(audience: Audience) -> Pause | None:
    """The pause that a course is in now."""
    return next((row for row in reversed(Pause.seen.all_of(audience)) if row.over_at is None), None)


def gap_of(course: Course, audience: Audience) -> Gap | None:
    """The waiting or the pause that a course is in; a course that goes on costs no look."""
    if course.state not in (CourseState.WAITING, CourseState.PAUSED):
        return None
    row = standing_pause(audience)
    if row is None:
        return Gap(course.state == CourseState.WAITING, course.opened_at, None, "", "", None)
    account = reader_in(row, now=audience.now)
    return Gap(
        is_waiting=course.state == CourseState.WAITING, since=row.created_at, until=row.until,
        reader=account.name.split(" ")[0] if account else "",
        reason=reasons_for_pausing.get(row.reason).label if row.reason else "",
        note=read(audience, row).get("note"),
    )  # fmt: skip


def reader_in(pause: Pause, *, now: datetime) -> Account | None:
    """Who was named to read during a pause, as long as the course is in their care."""
    if not pause.reader or pause.reader not in carers_of(pause.course_id, now=now):
        return None
    return Account.objects.filter(pk=pause.reader, is_active=True).first()


def carers(audience: Audience) -> list[tuple[str, str]]:
    """Who could read a course meanwhile, by account and name: those in whose care it is now."""
    ids = carers_of(audience.course, now=audience.now)
    names = dict(Account.objects.filter(pk__in=ids, is_active=True).values_list("pk", "name"))
    return [(pk, names[pk]) for pk in ids if pk in names]


def who_reads(course: Course, audience: Audience) -> str:
    """One sentence or two for the head of every page; nothing while the course goes on."""
    if course.is_over:
        return _after_the_end(audience)
    gap = gap_of(course, audience)
    if gap is None:
        return ""
    return _for_client(gap) if audience.is_client else _for_staff(gap)


def _after_the_end(audience: Audience) -> str:
    if audience.is_client:
        return _("Your course has ended. Nobody at the clinic reads this now.")
    return _("This course has ended. Nothing new is written here.")


def _for_client(gap: Gap) -> str:
    waits, paused = _("You are waiting for your first session."), _("Your sessions are paused.")
    begins = waits if gap.is_waiting else paused
    if gap.reader:
        reads = _("%(name)s reads what you share in the meantime, in working hours.") % {"name": gap.reader}
    else:
        reads = _("Nobody at the clinic reads what you write in the meantime.")
    return f"{begins} {reads}"


def _for_staff(gap: Gap) -> str:
    begins = _("Waiting for the first session.") if gap.is_waiting else _("This course is paused.")
    if gap.reader:
        reads = _("%(name)s reads what is shared in the meantime.") % {"name": gap.reader}
    else:
        reads = _("Nobody reads what is shared in the meantime, and the client’s pages say so.")
    return f"{begins} {reads}"
