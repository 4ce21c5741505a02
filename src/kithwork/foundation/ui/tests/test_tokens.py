"""Colours keep the contrast that was computed for them, in both themes; the style sheets stay small and plain."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[1] / "static" / "ui"
SHEETS = sorted(STATIC.glob("*.css"))
TOKENS = (STATIC / "tokens.css").read_text()
LARGEST = 30_000

# Foreground, background, contrast in light, contrast in dark.
PAIRS = [
    ("ink", "ground", 13.83, 15.40),
    ("ink-2", "ground", 6.76, None),
    ("ink-2", "sunken", 6.25, None),
    ("ink-2", "surface", None, 7.79),
    ("edge", "sunken", 3.51, None),
    ("edge", "surface", None, 4.54),
    ("juniper", "surface", 7.95, 8.30),
    ("on-juniper", "juniper", 7.95, 9.00),
    ("juniper-deep", "juniper-soft", 8.67, 7.77),
    ("damson", "damson-soft", 6.87, 6.72),
    ("on-marigold", "marigold", 8.22, 8.22),
    ("marigold-ink", "marigold-soft", 6.77, 8.39),
    ("clay", "clay-soft", 5.60, 6.36),
    ("brick", "brick-soft", 6.29, 6.34),
    ("slate", "slate-soft", 5.95, 6.87),
]
# Pairs that pages use beyond those: text at 4.5 or more, controls at 3 or more.
TEXT = [
    *[("ink-2", f"ring-{ring}") for ring in (1, 2, 3, 4)],
    *[("ink", soft) for soft in ("slate-soft", "marigold-soft", "brick-soft", "clay-soft", "damson-soft")],
    *[("juniper", ground) for ground in ("ground", "sunken", "marigold-soft", "slate-soft")],
    *[(colour, "surface") for colour in ("ink", "ink-2", "brick", "clay", "slate", "damson")],
    ("on-juniper", "brick"),
    ("on-juniper", "juniper-deep"),
]
CONTROLS = [("edge", "ground"), ("edge", "surface"), ("edge", "sunken")]


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", block))


def themes() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    light, by_system, chosen = re.split(r"@media screen[^{]*\{", TOKENS)
    return palette(light), palette(by_system), palette(chosen)


def luminance(colour: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[start : start + 2]) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_dark_theme_is_the_same_by_choice_and_by_system() -> None:
    light, by_system, chosen = themes()

    assert by_system == chosen
    assert set(by_system) == set(light)


@pytest.mark.parametrize(("front", "back", "light", "dark"), PAIRS)
def test_contrast_is_as_computed(front: str, back: str, light: float | None, dark: float | None) -> None:
    for expected, theme in ((light, themes()[0]), (dark, themes()[1])):
        assert expected is None or round(contrast(theme[front], theme[back]), 2) == expected


@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(front: str, back: str) -> None:
    assert all(contrast(theme[front], theme[back]) >= 4.5 for theme in themes())


@pytest.mark.parametrize(("front", "back"), CONTROLS)
def test_controls_can_be_seen(front: str, back: str) -> None:
    assert all(contrast(theme[front], theme[back]) >= 3 for theme in themes())


def test_one_ring_of_the_focus_always_stands_out_from_the_page() -> None:
    for theme in themes():
        for ground in ("ground", "surface", "sunken"):
            assert max(contrast(theme[ring], theme[ground]) for ring in ("ink", "marigold")) >= 3


def test_the_two_rings_of_the_focus_stand_out_from_each_other_in_light() -> None:
    light = themes()[0]

    assert contrast(light["ink"], light["marigold"]) >= 3


def test_all_style_sheets_together_stay_small() -> None:
    assert sum(len(gzip.compress(sheet.read_bytes())) for sheet in SHEETS) < LARGEST


def test_style_sheets_use_nothing_that_older_phones_lack_and_no_other_host() -> None:
    unusable = re.compile(r"color-mix|oklch|@container|@property|:has\(|^\s*&|https?:|@import", re.MULTILINE)

    assert [sheet.name for sheet in SHEETS if unusable.search(sheet.read_text())] == []


def test_colours_stand_in_the_tokens_alone() -> None:
    elsewhere = [sheet for sheet in SHEETS if sheet.name not in {"tokens.css", "print.css"}]

    assert [sheet.name for sheet in elsewhere if re.search(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text())] == []
