"""What became of messages."""

from kithwork.foundation.outbox.models import GivenUp, Outbox


def could_not_reach(once: str) -> bool:
    """Whether the newest message whose name begins like this could not be delivered, for good or in ten tries."""
    ended = Outbox.objects.filter(once__startswith=once).exclude(sent_at=None, given_up_at=None)
    newest = ended.order_by("-pk").first()
    return newest is not None and newest.given_up in (GivenUp.REFUSED, GivenUp.TRIED)
