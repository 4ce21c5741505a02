"""What a workspace hands on to rooms above it. The shelf's application fills this; no room is named here."""

from collections.abc import Callable
from dataclasses import dataclass


def _nowhere(**_given: object) -> object:
    raise LookupError("no room takes this")


@dataclass
class AheadSlot:
    """Where something to try goes, and the page with it and with what there is to talk about."""

    try_out: Callable[..., object] = _nowhere
    page: str = ""


ahead = AheadSlot()
