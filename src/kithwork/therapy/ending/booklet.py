"""The keepsake's two files: a booklet to print, and one page that needs neither Kithwork nor a network."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kithwork.foundation.paper.document import Block, Document, Heading, Paragraph, Size, Voice
from kithwork.foundation.paper.printing import pdf
from kithwork.foundation.ui.dates import say_date
from kithwork.therapy.ending.keepsake import Part, Piece

LOOK = Path(__file__).resolve().parent / "static" / "ending" / "page.css"


def on_paper(parts: Iterable[Part], *, made_at: datetime) -> bytes:
    """The booklet as a PDF, A5. The circles stand in it as names, ring by ring."""
    blocks: list[Block] = []
    for part in parts:
        blocks.append(Heading(part.label))
        for piece in part.pieces:
            blocks += _blocks(piece)
    return pdf(
        Document(
            title=_("What I take with me"), blocks=tuple(blocks) or (Paragraph(_("There is nothing in this yet.")),),
            language=get_language() or "en-gb", size=Size.A5, page_words=_("Page {n} of {m}"),
            unprintable_words=_("Some signs could not be printed; □ or a name in brackets stands in their place."),
            made_at=made_at,
        )
    )  # fmt: skip


def _blocks(piece: Piece) -> list[Block]:
    label = [Heading(piece.label, level=2)] if piece.label else []
    voice = Voice.KITHWORK if piece.circles else Voice.PERSON
    return [*label, Paragraph(piece.text, voice=voice)]


def as_page(parts: list[Part], *, on: date) -> str:
    """One page of HTML with its look inside, no script, and nothing to fetch."""
    context = {"made": parts, "style": _style(), "day": say_date(on, "j F Y")}
    return render_to_string("ending/page.html", context)


@cache
def _style() -> SafeString:
    """The page's look, written into it: a file that stands alone can fetch none. Our own file, nothing of anybody's."""
    return mark_safe(f"<style>{LOOK.read_text(encoding='utf-8')}</style>")  # noqa: S308
