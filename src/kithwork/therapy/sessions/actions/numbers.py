"""Which number a session has: the next one when it is held, and until then the one that it would take."""

from collections.abc import Iterable

from kithwork.foundation.passages.audience import Audience
from kithwork.ipt.course_life import numbering
from kithwork.therapy.course.models import Course
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.queries import has_passed


def fresh(by: Audience, session: TherapySession) -> TherapySession:
    """The session as it stands now."""
    return TherapySession.seen.visible_to(by).get(pk=session.id)


def next_number(by: Audience) -> int:
    """The number that comes after what was held."""
    return _held(TherapySession.seen.visible_to(by)) + 1


def put_in_order(by: Audience) -> None:
    """Number what lies ahead after what was held, and keep the course's own line of it.

    Rule: a session that does not take place uses up no number, so the ones after it move up.
    """
    found = list(TherapySession.seen.visible_to(by))
    held = _held(found)
    ahead = sorted(
        (one for one in found if not one.is_closed), key=lambda one: (not one.is_open, one.at, one.id)
    )
    for one, (n, _) in zip(ahead, numbering(((one.kind, "") for one in ahead), first=held + 1), strict=True):
        if one.n != n:
            one.n = n
            one.save()
    # One whose time has passed with nobody recording it is not what comes next.
    waiting = (one for one in ahead if one.planned_at and not one.is_open and not has_passed(one, by.now))
    planned = next(waiting, None)
    Course.objects.filter(pk=by.course).update(
        held=held,
        open_session=next((one.n for one in ahead if one.is_open), None),
        next_at=planned.planned_at if planned else None,
        next_how=planned.how if planned else "",
    )


def _held(sessions: Iterable[TherapySession]) -> int:
    return sum(one.is_numbered for one in sessions if one.is_closed)
