"""From a document to a PDF, by Typst: no file of ours is written, no font of the machine is used, no network."""

import json
import logging
import re
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import typst

from kithwork.foundation.paper import document as paper
from kithwork.foundation.paper.signs import FONTS, on_paper, runs_leftwards

log = logging.getLogger(__name__)
LOOK = Path(__file__).with_name("document.typ")
_TAG = re.compile(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?", re.IGNORECASE)


@cache
def _fonts() -> typst.Fonts:
    """Our fonts and no others, so that a letter looks the same on every machine; opened once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _look() -> bytes:
    return LOOK.read_bytes()


class _Words:
    """Brings words into the shape that the look reads, and remembers whether a sign had to be replaced."""

    def __init__(self) -> None:
        self.replaced = False

    def line(self, text: str) -> str:
        put, replaced = on_paper(text)
        self.replaced |= replaced
        return " ".join(put.split())

    def lines(self, text: str) -> list[str]:
        return [self.line(line) for line in text.splitlines() if line.strip()]

    def pieces(self, text: str) -> list[dict[str, Any]]:
        """A text's paragraphs, each with its lines and the way it is read."""
        found = [self.lines(part) for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
        return [{"lines": lines, "leftwards": runs_leftwards("".join(lines))} for lines in found if lines]

    def item(self, text: str) -> dict[str, Any]:
        return {"lines": self.lines(text), "leftwards": runs_leftwards(text)}


def _levels(blocks: tuple[paper.Block, ...]) -> dict[int, int]:
    """Each heading's level, so that none is left out on the way down: screen readers count on it."""
    levels, last = {}, 0
    for at, block in enumerate(blocks):
        if isinstance(block, paper.Heading):
            last = levels[at] = max(1, min(block.level, last + 1, 3))
    return levels


def _block(block: paper.Block, words: _Words, level: int, before_closing: bool) -> dict[str, Any] | None:
    """One block as data; None where there is nothing to show."""
    match block:
        case paper.Heading(text):
            line = words.line(text)
            return {"kind": "heading", "text": line, "level": level} if line else None
        case paper.Paragraph(text, voice):
            pieces = words.pieces(text)
            made = {"kind": "paragraph", "pieces": pieces, "voice": voice.value, "sticky": before_closing}
            return made if pieces else None
        case paper.Items(items, numbered, voice):
            kept = [words.item(item) for item in items if item.strip()]
            return (
                {"kind": "items", "items": kept, "numbered": numbered, "voice": voice.value} if kept else None
            )
        case paper.Table(head, rows):
            cells = [words.lines(cell) for row in rows for cell in (*row, *[""] * len(head))[: len(head)]]
            return (
                {"kind": "table", "head": [words.lines(one) for one in head], "cells": cells}
                if head
                else None
            )
        case paper.Rule():
            return {"kind": "rule"}
        case paper.PageBreak():
            return {"kind": "pagebreak"}
        case paper.Closing(lines):
            return {"kind": "closing", "lines": [words.line(line) for line in lines]}


def _letterhead(head: paper.Letterhead | None, words: _Words) -> dict[str, Any] | None:
    if head is None:
        return None
    return {
        "sender": [words.line(line) for line in head.sender],
        "recipient": [words.line(line) for line in head.recipient],
        "dated": words.line(head.dated),
        "window": head.window,
    }


def _data(document: paper.Document) -> dict[str, Any]:
    """Everything that the look may know."""
    words, levels, blocks = _Words(), _levels(document.blocks), document.blocks
    made = [
        _block(block, words, levels.get(at, 1), isinstance((*blocks, None)[at + 1], paper.Closing))
        for at, block in enumerate(blocks)
    ]
    tag = _TAG.fullmatch(document.language)
    data = {
        "title": words.line(document.title) or "Kithwork",
        "titled": document.titled,
        "lang": tag[1].lower() if tag else "und",
        "region": tag[2].upper() if tag and tag[2] else None,
        "size": document.size.value,
        "dated": document.made_at is not None,
        "foot": words.line(document.foot),
        "page_words": words.line(document.page_words),
        "letterhead": _letterhead(document.letterhead, words),
        "blocks": [block for block in made if block],
    }
    return {**data, "unprintable": on_paper(document.unprintable_words)[0] if words.replaced else ""}


def pdf(document: paper.Document) -> bytes:
    """The document as a PDF: tagged for screen readers (PDF/UA-1), its language set, its fonts inside.

    What no font can shape together (a mark of one script on a letter of another) still prints, without the standard's
    seal, rather than end on an error page.
    """
    data = _data(document)
    try:
        return _compiled(data, document, ["ua-1"])
    except typst.TypstError:
        # What Typst says could hold the document's words, so it is not written down.
        log.warning("A document did not meet PDF/UA-1 and was printed without its seal.")
        return _compiled(data, document, [])


def _compiled(data: dict[str, Any], document: paper.Document, standards: list[Any]) -> bytes:
    """Compile in a compiler of its own: two at once never meet, and none that lives on is given the words."""
    compiler = typst.Compiler(_look(), font_paths=_fonts(), sys_inputs={"data": json.dumps(data)})
    made_at = document.made_at.astimezone(UTC).replace(microsecond=0) if document.made_at else None
    made = compiler.compile(format="pdf", pdf_standards=standards, timestamp=made_at)
    if not isinstance(made, bytes):
        raise TypeError("Typst gave something else than one PDF.")
    return made
