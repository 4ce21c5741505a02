"""Who may do what with the story."""

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.refusal import Refusal
from kithwork.therapy.story.models import StoryRecord

OPEN_TO_HER = KEPT | {Sharing.SHARED}


def check_may_keep(by: Audience, sharing: Sharing) -> Sharing:
    """The state in which something may be kept. Written at the table it is shared, whatever was asked for."""
    if not by.may_write:
        raise Refusal(
            "This course has ended. Nothing new can be written here, and what was written stays readable.",
            code="course-ended",
        )
    if not by.is_client:
        return Sharing.SHARED
    if sharing not in OPEN_TO_HER:
        raise Refusal("Choose who this is for.", code="state-not-open")
    return Sharing(sharing)


def can_remove(by: Audience, record: StoryRecord) -> bool:
    """The client may remove anything of hers; at the table only what was begun there can be."""
    return by.may_write and (by.is_client or record.side == "staff")


def check_may_remove(by: Audience, record: StoryRecord) -> None:
    """Refuse to remove what somebody else began."""
    check_may_keep(by, Sharing.SHARED)
    if not can_remove(by, record):
        raise Refusal(
            "Only your client can take this out.", next_step="You can change it together.", code="not-yours"
        )
