"""Every component with every example: the component page, its tests and its documentation in one."""

from __future__ import annotations

from kithwork.foundation.ui.examples import actions, cards, charts, circles, controls, mood, notices, pages, words
from kithwork.foundation.ui.examples.example import Example, Group

__all__ = ["GROUPS", "Example", "Group"]

GROUPS: tuple[Group, ...] = (
    actions.GROUP,
    words.GROUP,
    cards.GROUP,
    notices.GROUP,
    controls.GROUP,
    mood.GROUP,
    pages.GROUP,
    charts.GROUP,
    circles.GROUP,
)
