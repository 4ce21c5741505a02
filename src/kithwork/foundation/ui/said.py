"""Where words that know no translation meet a reader: refusals, and what comes from the method's data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_supported_language_variant, gettext, gettext_lazy

from kithwork.refusal import Refusal


@dataclass(frozen=True)
class Said:
    """A refusal in the reader's language."""

    sentence: str
    next_step: str

    def __str__(self) -> str:
        return " ".join(filter(None, [self.sentence, self.next_step]))


def said(refusal: Refusal) -> Said:
    """A refusal as its reader reads it; one that cannot be filled in translation is said in English."""
    return Said(_filled(refusal, refusal.pattern), _filled(refusal, refusal.next_pattern))


def _filled(refusal: Refusal, pattern: str) -> str:
    try:
        return refusal.filled(gettext(pattern)) if pattern else ""
    except (KeyError, IndexError, ValueError):  # a translator's slip in a place
        return refusal.filled(pattern)


def in_words(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, Any]]:
    """A form's choices from the method's data, each said in the reader's language when it is shown."""
    return [(key, gettext_lazy(label)) for key, label in pairs]


def listed(names: Iterable[object]) -> str:
    """Several in one breath: "Ana, Sam and Jo"."""
    *some, last = [str(name) for name in names] or [""]
    return gettext("{some} and {last}").format(some=", ".join(some), last=last) if some else last


def spoken(language: str) -> str:
    """The nearest to a language that Kithwork speaks here; English where it speaks none like it."""
    try:
        return get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE
