"""What a session's forms begin with: a first draft of the summary, from what was done."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from kithwork.foundation.passages.audience import Audience
from kithwork.ipt.course_life import techniques
from kithwork.ipt.session_record import Done, summary_from
from kithwork.therapy.sessions import queries
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.week import Week


def summary(audience: Audience, session: TherapySession, zone: ZoneInfo) -> str:
    """A first draft of the summary, put together from the shared page of the session. Empty while nothing was done."""
    talked = [one for one in queries.agenda(audience, session.n, session) if one.done and not one.standing]
    links = [one.words.text for one in Week(audience, zone, session).links() if one.words]
    used = [_(techniques.get(key).plain) for key in queries.techniques_used(audience, session)]
    tries = [
        one.what.text for one in reversed(queries.try_outs(audience)) if one.belongs_to(session) and one.what
    ]
    done = Done([one.text for one in talked], links, used, tries)
    if done == Done([], [], [], []):
        return ""
    after = [one.at for one in queries.rows(audience) if one.at > session.at and not one.is_closed]
    if after:
        done = Done(done.talked_about, links, used, tries, queries.spoken(min(after), zone))
    return summary_from(done, _)
