"""What the story's pages show of rooms above it. The shelf's application fills these; no room is named here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from kithwork.cycle.diary import ITEMS
from kithwork.cycle.explain import Explained, explained
from kithwork.cycle.loop import look
from kithwork.foundation.passages.audience import Audience


def _nothing(_audience: Audience) -> Mapping[str, str]:
    return {}


def _no_days(_audience: Audience) -> Explained:
    return explained(look(np.empty((0, len(ITEMS)))))


def _no(_audience: Audience) -> bool:
    return False


@dataclass
class DiarySlot:
    """The diary as far as an audience sees it: its days by id, in words, and what its numbers may say.

    ``is_coming``: whether there is something to be worked out before they can say it; no more is read for that.
    """

    days: Callable[[Audience], Mapping[str, str]] = _nothing
    says: Callable[[Audience], Explained] = _no_days
    is_coming: Callable[[Audience], bool] = _no


diary = DiarySlot()
