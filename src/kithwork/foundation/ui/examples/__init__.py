"""Every component with every example: the component page, its tests and its documentation in one."""

from __future__ import annotations

from kithwork.foundation.ui.examples.example import Example, Group, read_group

__all__ = ["GROUPS", "Example", "Group"]

ORDER = ("actions", "words", "cards", "notices", "controls", "mood", "pages", "charts", "circles")
GROUPS: tuple[Group, ...] = tuple(read_group(name) for name in ORDER)
