"""Who may do what in a workspace."""

from kithwork.foundation.passages.audience import Audience
from kithwork.refusal import Refusal
from kithwork.therapy.focus.models import FocusItem


def can_remove(by: Audience, item: FocusItem) -> bool:
    """The client may take away anything in her workspace; at the table only what was written there can go."""
    return by.may_write and (by.is_client or item.side == "staff")


def check_may_remove(by: Audience, item: FocusItem) -> None:
    """Refuse to take away what the client wrote by herself."""
    if not can_remove(by, item):
        raise Refusal(
            "Only your client can take this away.", next_step="You can change it together.", code="not-yours"
        )
