"""Links between two things that tended to go together. Which came first need not be said."""

from django.db import transaction

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.timeline import USUAL_LINK, End, check_link
from kithwork.refusal import Refusal
from kithwork.therapy.story import queries
from kithwork.therapy.story.access import check_may_keep
from kithwork.therapy.story.models import Link


def link(
    *, by: Audience, one: End, other: End, kind: str = USUAL_LINK, sharing: Sharing = Sharing.JUST_ME
) -> Link:
    """Join two things that belong together. Which came first need not be said."""
    state = check_may_keep(by, sharing)
    check_link(one, other, kind=kind)
    things = queries.linkable(by)
    if any(end.id not in things[end.kind] for end in (one, other)):
        raise Refusal("That is not there to be linked.", next_step="Choose another.", code="no-such-end")
    with transaction.atomic():
        trail.lock(by.course)
        made: Link = Link.make(
            by, sharing=state, kind=kind, one_kind=one.kind, one=one.id, other_kind=other.kind, other=other.id
        )
        trail.record("story.linked", by=by.who, at=by.now, course=by.course, page="event")
    return made


def unlink(*, by: Audience, link: Link) -> None:
    """Take a link away; what it joined stays."""
    check_may_keep(by, Sharing.SHARED)
    with transaction.atomic():
        trail.lock(by.course)
        link.removed_at = by.now
        link.save(update_fields=["removed_at"])
        trail.record("story.unlinked", by=by.who, at=by.now, course=by.course, page="event")
