"""One session as plain text, to copy into the clinic's own record."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.ui.dates import say_date
from kithwork.ipt.course_life import session_kinds, techniques, ways_of_meeting
from kithwork.ipt.problem_areas import problem_areas
from kithwork.ipt.session_record import ScoreLine, SessionRecord, copy_for_record
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.queries import Agreed, agreed_sessions, session_of
from kithwork.therapy.focus.queries import current
from kithwork.therapy.safety.models import SafetyReview
from kithwork.therapy.safety.queries import open_flags, reviews
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.queries import rows, spoken, techniques_used, try_outs, was_held
from kithwork.therapy.sessions.week import Week


def text_of(audience: Audience, course: Course, *, session: TherapySession, zone: ZoneInfo) -> str:
    """The session's record: n of N, attendance, scores, safety, link, focus, work, next."""
    week = Week(audience, zone, session)
    return copy_for_record(
        SessionRecord(
            session=_which(session, agreed_sessions(audience, course)),
            held_on=say_date((session.opened_at or session.at).astimezone(zone), "j F Y"),
            attendance=session.attendance or "attended",
            way=_(ways_of_meeting.get(session.how).label) if session.how else "",
            scores=[ScoreLine(one.label, one.total, one.before) for one in week.check_in],
            safety=_safety(audience, session, zone),
            link=_link(week),
            focus="; ".join(_(problem_areas.get(one.area).label) for one in current(audience)),
            work="; ".join(_(techniques.get(key).label) for key in techniques_used(audience, session)),
            next=_next(audience, session, zone),
        ),
        _,
    )


def _which(session: TherapySession, agreed: Agreed) -> str:
    """ "Session 5 of 16"; one that takes no number is told by its kind."""
    if session.is_numbered:
        return session_of(session.n, agreed.sessions, to_be_agreed=agreed.to_be_agreed)
    return _("{kind} session").format(kind=_(session_kinds.get(session.kind).label))


def _safety(audience: Audience, session: TherapySession, zone: ZoneInfo) -> str:
    """What was reviewed, by whom and with which decision; and what still waits. Silence is never "nothing"."""
    here = _reviewed_in(audience, session)
    found = [one for one in reversed(reviews(audience, zone=zone)) if one.id in here]
    said = [f"{'; '.join(one.decisions)} ({one.reviewer})." for one in found]
    until = session.closed_at or audience.now
    waiting = sum(flag.raised_at <= until for flag in open_flags(audience))
    if waiting:
        said.append(_("{n} waiting for a review.").format(n=waiting))
    return " ".join(said)


def _reviewed_in(audience: Audience, session: TherapySession) -> set[str]:
    """The reviews of one session. One made while another was open is that one's, though both bear the same number."""
    found = SafetyReview.seen.visible_to(audience).filter(session=session.n)
    others = [one for one in rows(audience) if one.n == session.n and one.id != session.id]
    return {
        review.id
        for review in found
        if _was_open(session, review.at)
        or (session.is_numbered and not any(_was_open(one, review.at) for one in others))
    }


def _was_open(session: TherapySession, at: datetime) -> bool:
    if session.opened_at is None or at < session.opened_at:
        return False
    return session.closed_at is None or at <= session.closed_at


def _link(week: Week) -> str:
    if week.link is None:
        return ""
    ends = "; ".join(week.link.ends)
    return " ".join(
        filter(None, [f"{ends}." if ends else "", week.link.words.text if week.link.words else ""])
    )


def _next(audience: Audience, session: TherapySession, zone: ZoneInfo) -> str:
    chosen = [one for one in reversed(try_outs(audience)) if one.belongs_to(session)]
    said = [one.what.text.strip().rstrip(".") + "." for one in chosen if one.what]
    after = [one.at for one in rows(audience) if one.at > session.at and (was_held(one) or not one.is_closed)]
    if after:
        said.append(_("Next session {when}.").format(when=spoken(min(after), zone)))
    return " ".join(said)
