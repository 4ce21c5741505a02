"""Reading the people in a life, for one audience."""

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read_many
from kithwork.therapy.people.models import Person


def people(audience: Audience) -> list[Person]:
    """Everybody this audience may know of, in the order in which they were added."""
    shown = Person.seen.visible_to(audience).filter(hidden_at__isnull=True, deleted_at__isnull=True)
    return list(shown.order_by("created_at", "pk"))


def labels(audience: Audience) -> dict[str, str]:
    """What each of them is called, by id. Somebody whose name is kept is not there for others."""
    found = people(audience)
    words = read_many([audience], found)
    named = {one.pk: words[one.pk, "label"].text for one in found if (one.pk, "label") in words}
    return {person: label for person, label in named.items() if label}
