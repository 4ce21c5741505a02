"""An example: markup that is shown, tested and copied from the same place.

The markup stands in the HTML files beside this one. A file is a group; comments in it carry the titles:
``{# Group: … #}``, ``{# Intro: … #}``, ``{# Wide #}``, then for each example ``{# Example: … #}``, perhaps
``{# Note: … #}``, and the markup as a room's template would hold it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template import engines
from django.utils.text import slugify

from kithwork.foundation.ui.examples.contexts import CONTEXTS, nothing

FOLDER = Path(__file__).resolve().parent
EXAMPLE = re.compile(r"^\{# Example: (.+?) #\}\n", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """One component in one state."""

    title: str
    markup: str
    note: str = ""

    @property
    def slug(self) -> str:
        return f"example-{slugify(self.title)}"

    def render(self) -> str:
        """Render the markup as a room's template would."""
        context: dict[str, Any] = dict(CONTEXTS.get(self.title, nothing)())
        return engines["django"].from_string(self.markup).render(context)


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


def read_group(name: str) -> Group:
    """Read one file of examples."""
    head, *parts = EXAMPLE.split((FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    pairs = zip(parts[::2], parts[1::2], strict=True)
    examples = tuple(_example(title, body) for title, body in pairs)
    return Group(_remark(head, "Group"), _remark(head, "Intro"), examples, wide="{# Wide #}" in head)


def _example(title: str, body: str) -> Example:
    markup = re.sub(r"^\{# Note: .+? #\}\n", "", body)
    return Example(title, markup.strip(), _remark(body, "Note"))


def _remark(text: str, name: str) -> str:
    found = re.search(rf"\{{# {name}: (.+?) #\}}", text)
    return found.group(1) if found else ""
