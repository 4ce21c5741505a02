"""What the two chose to work on, as a piece that can go into the shared picture."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kithwork.foundation.passages.audience import Audience
from kithwork.therapy.focus.queries import current, standing
from kithwork.therapy.formulation.pieces import Piece, of_record


def pieces(audience: Audience) -> Iterator[Piece]:
    """Each focus that stands, in the two's own words. With whom is said by the people's own pieces."""
    shown = {one.id: one for one in current(audience)}
    for row in standing(audience):
        one = shown[row.id]
        text = f"{one.label}: {one.in_our_words}" if one.in_our_words else one.label
        yield of_record(row, section="focus", text=text, origin=_("What we work on"), page="focus")
