"""The tide: mood as a circle that fills. One colour throughout, because low is not wrong."""

from __future__ import annotations

from functools import cache
from math import sqrt

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithwork.foundation.ui.language import reading_language

MOODS: tuple[tuple[int, Promise], ...] = (
    (1, gettext_lazy("Very low")),
    (2, gettext_lazy("Low")),
    (3, gettext_lazy("So-so")),
    (4, gettext_lazy("Good")),
    (5, gettext_lazy("Very good")),
)
LEVELS = {1: 0.12, 2: 0.37, 3: 0.56, 4: 0.77}
CENTRE, RADIUS, WAVE = 12.0, 10.5, 2.4


def mood_words(mood: int | None) -> str:
    """Say a mood in words; a day without one is said to have none, never scored as low."""
    return str(dict(MOODS)[mood]) if mood else _("No mood saved")


def tide_svg(mood: int | None, *, size: int = 24, hidden: bool = False) -> SafeString:
    """Draw one mood from 1 to 5, or a dashed circle for a day without an entry."""
    return _drawn(mood, size, hidden, reading_language())


@cache
def _drawn(mood: int | None, size: int, hidden: bool, _language: str | None) -> SafeString:
    words = (
        SafeString('aria-hidden="true"')
        if hidden
        else format_html('role="img" aria-label="{}"', mood_words(mood))
    )
    return format_html(
        '<svg class="kw-tide{}" width="{}" height="{}" viewBox="0 0 24 24" {} focusable="false">{}'
        '<circle class="kw-tide__rim" cx="12" cy="12" r="10.5"/></svg>',
        "" if mood else " kw-tide--none",
        size,
        size,
        words,
        _water(mood),
    )


@cache
def _water(mood: int | None) -> SafeString:
    if not mood:
        return SafeString("")
    if mood not in LEVELS:
        return format_html('<circle class="kw-tide__water" cx="12" cy="12" r="{}"/>', RADIUS)
    return format_html('<path class="kw-tide__water" d="{}"/>', _surface(LEVELS[mood]))


def _surface(level: float) -> str:
    """Outline the water: a wave from rim to rim, and back along the lower rim."""
    y = CENTRE + RADIUS - 2 * RADIUS * level
    half = sqrt(RADIUS**2 - (y - CENTRE) ** 2)
    wave = WAVE * (half / RADIUS) ** 2
    left, right, third = CENTRE - half, CENTRE + half, 2 * half / 3
    large = 1 if level > 0.5 else 0
    return (
        f"M{left:.2f} {y:.2f}C{left + third:.2f} {y - wave:.2f} {right - third:.2f} {y + wave:.2f} "
        f"{right:.2f} {y:.2f}A{RADIUS} {RADIUS} 0 {large} 1 {left:.2f} {y:.2f}Z"
    )
