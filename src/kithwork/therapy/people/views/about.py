"""What the people's pages share: finding somebody, the ways between pages, and whom things are usually for."""

from django.http import Http404

from kithwork.therapy.course.pages import Door
from kithwork.therapy.course.queries import therapist_name
from kithwork.therapy.people import queries
from kithwork.therapy.people.models import Person


def found(door: Door, person_id: str) -> Person:
    """Somebody whom this viewer may know of, or the page that isn't there."""
    person = queries.find(door.audience, person_id)
    if person is None:
        raise Http404
    return person


def urls(door: Door) -> dict[str, str]:
    """The ways between the people's pages."""
    names = {"people": "people", "circles": "circles", "several": "people-several", "table": "people-table"}
    return {name: door.url(page) for name, page in names.items()}


def usual(door: Door) -> str:
    """Whom this client's things are usually for."""
    return door.course.client.usual_sharing or "just-me"


def usual_words(door: Door) -> str:
    """Whom her words are usually for."""
    return door.course.client.usual_words_sharing or "just-me"


def therapist(door: Door) -> str:
    """The therapist's first name, as the sharing question says it."""
    return therapist_name(door.course, now=door.audience.now)
