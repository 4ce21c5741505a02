"""What the picture's canvas shows of a room above it. The shelf's application fills this; no room is named here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kithwork.foundation.passages.audience import Audience
from kithwork.therapy.formulation.pieces import Piece


def _none(_audience: Audience) -> Iterable[Piece]:
    return ()


@dataclass
class FocusSlot:
    """What the two chose to work on, in their own words."""

    pieces: Callable[[Audience], Iterable[Piece]] = _none


focus = FocusSlot()
