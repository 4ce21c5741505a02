"""What every page of this room asks: who sits at the form, who sees what was saved, what stands there already."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from kithwork.foundation.passages.queries import Words
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.therapy.course.pages import Door
from kithwork.therapy.course.queries import therapist_name
from kithwork.therapy.story import queries
from kithwork.therapy.story.forms import Writer
from kithwork.therapy.story.models import StoryRecord


def writer_of(door: Door, usual: Sharing = Sharing.JUST_ME) -> Writer:
    """Who sits at the form. The client's own usual choice goes before a page's."""
    own = door.course.client.usual_words_sharing
    return Writer(door.is_client, therapist_of(door), Sharing(own) if own else usual)


def quiet_writer(door: Door, usual: Sharing = Sharing.JUST_ME) -> Writer:
    """Who sits at a form that starts out as nobody else's business, whatever is usual elsewhere."""
    return Writer(door.is_client, therapist_of(door), usual)


def therapist_of(door: Door) -> str:
    """Who the other reader is."""
    return therapist_name(door.course, now=door.audience.now)


def note(door: Door, sharing: Sharing | str | None) -> str:
    """Who sees what was just saved."""
    if not door.is_client:
        return _("Written together: {name} sees it too.").format(name=door.client_name.split(" ")[0])
    return (
        _("{therapist_of} can see it.").format(therapist_of=therapist_of(door))
        if sharing and sharing not in KEPT
        else _("Only you see it.")
    )


def standing_of(door: Door, found: StoryRecord | None) -> tuple[Mapping[str, Words], Sharing | None]:
    """A record's words and readers, for the form that changes it."""
    if found is None:
        return {}, None
    return queries.words_of(door.audience, found), Sharing(found.sharing)
