"""What the worker does about erasures: those whose cooling-off is over, and those that a crash cut off."""

from datetime import datetime

from kithwork.foundation.trail.who import SYSTEM
from kithwork.foundation.vault import erasure
from kithwork.therapy.my_data.actions import erase_now


def erase_due(*, now: datetime) -> int:
    """Carry out every erasure that is due. Returns how many there were."""
    due = erasure.due_erasures(now=now)
    for client in due:
        erase_now(by=SYSTEM, client=client, now=now, reason="cooling-off-over")
    return len(due)
