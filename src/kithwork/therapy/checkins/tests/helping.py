"""What several tests of this room do first."""

from datetime import timedelta
from html import unescape

from tests.cast import NOW

from kithwork.therapy.checkins import actions
from kithwork.therapy.course.actions import end_relationship
from kithwork.therapy.course.models import Relationship


def both(cast, now=NOW):
    return cast.maya_now(now), cast.audience(cast.joan, cast.mayas, now=now)


def sent(cast, phq9, gad7=(0,) * 7, *, now=NOW):
    maya = cast.maya_now(now)
    begun = actions.open_check_in(by=maya)
    actions.answer_all(by=maya, check_in=begun, answers={"phq9": list(phq9), "gad7": list(gad7)})
    return actions.send(by=maya, check_in=begun)


def leave(cast):
    [relationship] = Relationship.objects.filter(course=cast.mayas)
    who = cast.viewer(cast.joan).who("therapist")
    end_relationship(by=who, relationship=relationship, now=NOW - timedelta(days=1))


def text(response):
    return unescape(response.content.decode())
