"""The first wording of a letter: the template's sentences with what both know of the course."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read
from kithwork.foundation.ui.dates import say_date
from kithwork.ipt.letters import Reader, Template, came_to_an_end
from kithwork.therapy.course.models import Client, Course
from kithwork.therapy.course.queries import agreed_sessions, client_name
from kithwork.therapy.letters.sources import eyes_for_paper
from kithwork.therapy.sessions.queries import rows as session_rows

NOT_THERE = "not_there"  # ipt.course_life.attendance


def facts(audience: Audience, course: Course) -> dict[str, str]:
    """What a template's sentences may name. What is not known is empty, and its sentence is left out."""
    agreed = agreed_sessions(audience, course)
    return {
        "clinic": course.clinic.name,
        "held": str(course.held) if course.held else "",
        "sessions": str(agreed.sessions) if agreed.sessions and not agreed.to_be_agreed else "",
        "came_to_an_end": came_to_an_end(course.ended_how if course.is_over else ""),
        "missed": _last_missed(audience, course),
    }


def _last_missed(audience: Audience, course: Course) -> str:
    missed = [row.at for row in session_rows(audience) if row.attendance == NOT_THERE]
    zone = ZoneInfo(course.client.time_zone)
    return say_date(max(missed).astimezone(zone), "l j F") if missed else ""


def first_wording(audience: Audience, course: Course, template: Template) -> dict[str, str]:
    """Every part of a new letter, and what stands around them."""
    first = client_name(audience).split(" ")[0]
    known = facts(audience, course)
    return {
        "sender": course.clinic.name,
        "address": _address(audience, template),
        "greeting": _("Dear %(name)s,") % {"name": first},
        **{part.key: part.drafted(known) for part in template.parts},
        "farewell": _("With good wishes,"),
    }


def _address(audience: Audience, template: Template) -> str:
    """Her name and how to reach her on paper; whose copy it is for somebody else, the therapist types."""
    if template.reader is not Reader.CLIENT:
        return ""
    contact = read(eyes_for_paper(audience), Client(pk=audience.client)).get("contact")
    return "\n".join(filter(None, [client_name(audience), contact.text if contact else ""]))
