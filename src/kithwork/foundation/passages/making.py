"""Making an audience. An import contract lets only the one door in here."""

from datetime import datetime

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import KEPT, OPEN, Sharing
from kithwork.foundation.trail.who import Who

OF_A_CLIENT = KEPT | OPEN
OF_STAFF = OPEN | {Sharing.THERAPIST}


def make_audience(
    who: Who, *, client: str, course: str, now: datetime, may_write: bool, together_in: int | None = None
) -> Audience:
    """What a client, or somebody with an accepted relationship, sees of a record."""
    sees = OF_A_CLIENT if who.kind == "client" else OF_STAFF
    return Audience(who, client, course, sees, now, may_write=may_write, together_in=together_in)
