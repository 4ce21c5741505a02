"""What the story's pages show of rooms above it. The shelf's application fills these; no room is named here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kithwork.foundation.passages.audience import Audience


def _nothing(_audience: Audience) -> Mapping[str, str]:
    return {}


def _none(_audience: Audience) -> int:
    return 0


@dataclass
class DiarySlot:
    """The diary as far as an audience sees it: its days by id, in words, and on how many days anything was said."""

    days: Callable[[Audience], Mapping[str, str]] = _nothing
    count: Callable[[Audience], int] = _none


diary = DiarySlot()
