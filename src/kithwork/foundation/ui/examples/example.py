"""An example: markup that is shown, tested and copied from the same place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any

from django.template import engines
from django.utils.safestring import SafeString
from django.utils.text import slugify


def nothing() -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Example:
    """One component in one state. ``context`` makes what the markup needs, afresh for each rendering."""

    title: str
    source: str
    note: str = ""
    context: Callable[[], Mapping[str, Any]] = nothing

    @property
    def slug(self) -> str:
        return f"example-{slugify(self.title)}"

    @property
    def markup(self) -> str:
        return cleandoc(self.source)

    def render(self) -> SafeString:
        """Render the markup as a room's template would."""
        return engines["django"].from_string(self.markup).render(dict(self.context()))


@dataclass(frozen=True)
class Group:
    """Examples that belong together."""

    title: str
    intro: str
    examples: tuple[Example, ...]
    wide: bool = False

    @property
    def slug(self) -> str:
        return slugify(self.title)
