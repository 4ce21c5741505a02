"""What the reviews show of the clinic's past courses. The clinic's application fills this; nothing above is named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kithwork.change import Curve


@dataclass(frozen=True)
class Usual:
    """One edition of a clinic's usual curves: its number, when it was worked out, and the curves."""

    version: int
    made_at: datetime
    curves: tuple[Curve, ...]


def _none(_clinic: str) -> Usual | None:
    return None


@dataclass
class UsualSlot:
    """The newest edition of a clinic, by the clinic's id."""

    newest: Callable[[str], Usual | None] = _none


usual = UsualSlot()
