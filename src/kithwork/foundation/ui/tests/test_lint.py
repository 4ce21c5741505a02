"""What the strict content security policy forbids stands in no template of ours, nor in markup written in Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kithwork

SOURCE = Path(kithwork.__file__).resolve().parent
TEMPLATES = sorted(SOURCE.rglob("*.html"))
PYTHON = sorted(path for path in SOURCE.rglob("*.py") if "tests" not in path.parts)
SCRIPTS = sorted(SOURCE.rglob("static/**/*.js"))

FORBIDDEN = {
    "an inline style": re.compile(r"""\sstyle\s*=\s*["']?"""),
    "a style element": re.compile(r"<style\b"),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>"),
    "an inline handler": re.compile(r"""<[^>]*\son[a-z]+\s*=\s*["']"""),
    "an htmx handler": re.compile(r"\bhx-on\b"),
    "an htmx expression": re.compile(r"""(["'])js:|hx-vars|hx-trigger=["'][^"']*\["""),
    "a javascript address": re.compile(r"""["']javascript:"""),
    "another host": re.compile(
        r"""<(?:script|link|img|iframe|source)\b[^>]*\s(?:src|href)=["'](?:https?:)?//"""
    ),
}
HTML_COMMENT = re.compile(r"<!--")
HTML5_REQUIRED = re.compile(r"<(?:input|textarea|select)\b[^>]*\srequired\b")


def where(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("name", FORBIDDEN)
def test_no_template_holds(name: str) -> None:
    assert [where(path) for path in TEMPLATES if FORBIDDEN[name].search(path.read_text())] == []


def test_no_markup_in_python_holds_an_inline_style_or_script() -> None:
    patterns = (re.compile(r"<\w[^>\n]*\sstyle="), re.compile(r"<script\b"), re.compile(r"<\w[^>\n]*\shx-on"))

    assert [where(path) for path in PYTHON if any(each.search(path.read_text()) for each in patterns)] == []


def test_templates_are_short_and_their_comments_stay_on_the_server() -> None:
    assert [where(path) for path in TEMPLATES if len(path.read_text().splitlines()) > 150] == []
    assert [where(path) for path in TEMPLATES if HTML_COMMENT.search(path.read_text())] == []


def test_no_field_blocks_sending() -> None:
    assert [where(path) for path in TEMPLATES if HTML5_REQUIRED.search(path.read_text())] == []


def test_scripts_are_short_and_evaluate_nothing() -> None:
    evaluates = re.compile(
        r"\beval\(|new Function\(|\.style\b|\bcssText\b|innerHTML\s*=|setAttribute\(.style"
    )

    assert [where(path) for path in SCRIPTS if evaluates.search(path.read_text())] == []
    assert [where(path) for path in SCRIPTS if len(path.read_text().splitlines()) > 150] == []
