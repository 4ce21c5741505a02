"""What became of messages."""

from functools import cache

from django.db import connections, router

from kithwork.foundation.outbox.models import GivenUp, Outbox
from kithwork.foundation.standing import Question


def could_not_reach(once: str) -> bool:
    """Whether the newest message whose name begins like this could not be delivered, for good or in ten tries."""
    literally = connections[router.db_for_read(Outbox)].ops.prep_for_like_query(once)
    return any(why in (GivenUp.REFUSED, GivenUp.TRIED) for (why,) in _newest().ask([f"{literally}%"]))


@cache
def _newest() -> Question:
    """Why it was given up, of the newest message that is no longer on its way, among those of one name."""
    ended = Outbox.objects.filter(once__startswith="").exclude(sent_at=None, given_up_at=None)
    return Question(ended.order_by("-pk").values_list("given_up")[:1])
