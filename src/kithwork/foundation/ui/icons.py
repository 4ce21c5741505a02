"""Lucide's icons."""

from __future__ import annotations

from functools import cache

from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide


@cache
def icon(name: str, size: int = 20) -> SafeString:
    """Draw a Lucide icon. It never stands without words, so readers do not hear it."""
    drawn = lucide(name, size=size, aria_hidden="true", focusable="false", **{"class": "kw-icon"})
    return SafeString(" ".join(drawn.split()).replace("> <", "><"))
