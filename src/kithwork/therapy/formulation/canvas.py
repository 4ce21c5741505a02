"""What the picture can be drawn from, part by part: the seed, what the client keeps, and where words came from.

The seed is what both can see and nothing else, for the client too. What she keeps is gathered apart, on her asking.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from django.utils.translation import gettext as _

from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import KEPT, OPEN
from kithwork.ipt.formulation import sections
from kithwork.therapy.formulation import queries, slots
from kithwork.therapy.formulation.gathering import gather
from kithwork.therapy.formulation.models import Seed
from kithwork.therapy.formulation.pieces import Piece, of_record

BySection = dict[str, list[Piece]]


@once_a_page
def seed(audience: Audience) -> BySection:
    """What was agreed to be shared, by the part that it could go into. The same for both sides."""
    return _by_section(_shared(audience))


def kept(audience: Audience) -> BySection:
    """What the client keeps to herself: for her alone, and only when she asks for it."""
    return _by_section(gather(audience, KEPT)) if audience.is_client else {}


def came_from(audience: Audience) -> BySection:
    """Where the words of each part came from, as far as that still stands and is shared."""
    noted = {(row.section, row.record, row.field) for row in Seed.seen.all_of(audience)}
    if not noted:
        return {}
    shared = _shared(audience, only={record for _section, record, _field in noted})
    return _by_section(piece for piece in shared if (piece.section, piece.record, piece.field) in noted)


def _shared(audience: Audience, *, only: Container[str] | None = None) -> Iterator[Piece]:
    yield from gather(audience, OPEN, only=only)
    yield from slots.focus.pieces(audience)
    yield from _goals(audience)


def _goals(audience: Audience) -> Iterator[Piece]:
    worded = {goal.id: goal.goal for goal in queries.goals(audience) if goal.goal}
    for row in queries.standing_goals(audience):
        if row.id in worded:
            names = (("goal_id", row.id),)
            yield of_record(
                row, section="goals", text=worded[row.id], origin=_("Goals"), page="goal", names=names
            )


def _by_section(pieces: Iterable[Piece]) -> BySection:
    found: BySection = defaultdict(list)
    for piece in pieces:
        found[piece.section].append(piece)
    return {section.key: found[section.key] for section in sections if section.key in found}
