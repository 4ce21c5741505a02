"""Everything of one client at once, for a copy that leaves: one loop over one table."""

from dataclasses import dataclass
from datetime import datetime

from kithwork.foundation.passages.actions import all_drafts, plain
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.models import Draft, Passage
from kithwork.foundation.passages.queries import ERASED, opened
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.vault import sealing


@dataclass(frozen=True)
class Revision:
    """One revision of one piece of writing. ``newest``: nothing has replaced it.

    ``refused``: "rather not say" was the answer, and there is no text.
    """

    id: str
    record: str
    kind: str
    field: str
    text: str
    sharing: Sharing
    side: str
    together_in: int | None
    at: datetime
    newest: bool
    refused: bool = False


@dataclass(frozen=True)
class HalfWritten:
    """What its writer has begun and not saved, as the form left it. It belongs to no record yet."""

    record: str
    field: str
    text: str
    at: datetime


def half_written(audience: Audience) -> list[HalfWritten]:
    """The client's own drafts, the oldest first, for herself; nothing for anybody else, and nobody else's."""
    if not audience.is_client:
        return []
    return [HalfWritten(row.record, row.field, _plain(row), row.at) for row in all_drafts(audience)]


def _plain(row: Draft) -> str:
    try:
        return plain(row)
    except sealing.Erased:
        return ERASED


def revisions(audience: Audience) -> list[Revision]:
    """Every revision of a course that this audience may see, in the order of writing.

    Earlier wordings belong to the client alone: anybody else gets what stands. Emptied ones say nothing and are
    left out.
    """
    rows = Passage.objects.filter(
        client=audience.client, course=audience.course, sharing__in=[str(one) for one in audience.sees]
    )
    if not audience.is_client:
        rows = rows.filter(live=True)
    sealing.load_keys([audience.client])
    found = (_revision(row) for row in rows.order_by("at", "record", "field", "number"))
    return [one for one in found if one.text or one.refused]


def _revision(row: Passage) -> Revision:
    return Revision(
        id=row.id, record=row.record, kind=row.kind, field=row.field, text=opened(row),
        sharing=Sharing(row.sharing), side=row.side, together_in=row.together_in, at=row.at, newest=row.live,
        refused=row.refused,
    )  # fmt: skip
