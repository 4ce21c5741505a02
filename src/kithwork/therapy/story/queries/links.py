"""Links, for one audience: shown only where every end is."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.dates import say_date
from kithwork.ipt.timeline import link_kinds
from kithwork.therapy.checkins.queries import ScorePoint, scores
from kithwork.therapy.people.queries import labels
from kithwork.therapy.story.models import Link
from kithwork.therapy.story.queries.cycle import arrangement
from kithwork.therapy.story.queries.events import MEASURE, events
from kithwork.therapy.story.queries.first_picture import first_picture
from kithwork.therapy.story.slots import diary

Things = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class ShownLink:
    """Two things that belong together, both of which this audience may see."""

    id: str
    one: str
    other: str
    says: str
    ends: tuple[str, str]
    sharing: Sharing
    kinds: tuple[str, str] = ("", "")

    def beside(self, end: str) -> str:
        """What stands at the other end."""
        return self.other if self.ends[0] == end else self.one


def linkable(audience: Audience) -> dict[str, Mapping[str, str]]:
    """Everything that can be an end of a link, by kind and id, in words."""
    symptoms = [one for one in first_picture(audience).experiences if one.id]
    return {
        "event": {event.id: f"{event.title} ({event.when})" for event in events(audience)},
        "person": labels(audience),
        "symptom": {one.id: one.label for one in symptoms},
        "score": {point.id: score_words(point) for point in scores(audience, MEASURE)},
        "diary": diary.days(audience),
        "step": {one.key: one.label for one in arrangement(audience).all},
    }


def score_words(point: ScorePoint) -> str:
    """ "PHQ-9: 18, 11 March 2025"; a form with something left out has no total and says so."""
    total = _("not complete") if point.total is None else point.total
    return f"PHQ-9: {total}, {say_date(point.on, 'j F Y')}"


def links(audience: Audience, things: Things) -> list[ShownLink]:
    """The links of which this audience may see both ends. ``things`` is what :func:`linkable` gave."""
    rows = Link.seen.visible_to(audience).filter(removed_at__isnull=True).order_by("created_at", "pk")
    return [_link(row, things) for row in rows if _has_both_ends(row, things)]


def _has_both_ends(row: Link, things: Things) -> bool:
    return row.one in things.get(row.one_kind, {}) and row.other in things.get(row.other_kind, {})


def _link(row: Link, things: Things) -> ShownLink:
    one, other = things[row.one_kind][row.one], things[row.other_kind][row.other]
    says = link_kinds[row.kind].label
    ends, kinds = (row.one, row.other), (row.one_kind, row.other_kind)
    return ShownLink(row.id, one, other, says, ends, Sharing(row.sharing), kinds)


def links_of(audience: Audience, things: Things, end: str) -> list[ShownLink]:
    """The links that have one thing at one end."""
    return [link for link in links(audience, things) if end in link.ends]


def find_link(audience: Audience, link: str) -> Link | None:
    """One link, if this audience may see it and both of its ends."""
    row = Link.seen.visible_to(audience).filter(removed_at__isnull=True, pk=link).first()
    return row if row and _has_both_ends(row, linkable(audience)) else None
