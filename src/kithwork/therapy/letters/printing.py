"""A letter as a document for paper. Only what stands in the shown letter is handed over; nothing is looked up here."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kithwork.foundation.paper.document import (
    Block,
    Closing,
    Document,
    Heading,
    Items,
    Letterhead,
    Paragraph,
    Voice,
)
from kithwork.foundation.ui.dates import say_date
from kithwork.therapy.letters.queries import Quote, ShownLetter, WrittenPart

IN_A_LIST = {"goal", "sign"}


@dataclass(frozen=True)
class Sheet:
    """What stands around a letter on paper, the same for whoever looks."""

    client: str  # the first name
    therapist: str
    dated: str
    foot: str = ""


def sheet_of(letter: ShownLetter, *, client: str, therapist: str) -> Sheet:
    """The date of signing off and the name under it; before that, that it is a draft."""
    signed_at = letter.row.signed_at
    return Sheet(
        client=client.split(" ", maxsplit=1)[0],
        therapist=letter.signed_by or therapist,
        dated=say_date(timezone.localtime(signed_at), "j F Y") if signed_at else "",
        foot=" ".join(
            filter(
                None, [_("Demo.") if settings.DEMO else "", "" if signed_at else _("Draft. Not signed off.")]
            )
        ),
    )


def document(letter: ShownLetter, sheet: Sheet, *, window: bool = False) -> Document:
    """The letter on A4, with the address in an envelope's window if that is asked for."""
    return Document(
        title=letter.template.subject,
        blocks=tuple(_blocks(letter, sheet)),
        language=translation.get_language() or "en-gb",
        titled=False,
        letterhead=Letterhead(
            sender=tuple(letter.text("sender").splitlines()),
            recipient=tuple(letter.text("address").splitlines()),
            dated=sheet.dated,
            window=window,
        ),
        foot=sheet.foot,
        page_words=_("Page {n} of {m}"),
        unprintable_words=_(
            "Some signs could not be printed; □ or a name in brackets stands in their place."
        ),
        made_at=letter.row.signed_at,
    )


def _blocks(letter: ShownLetter, sheet: Sheet) -> Iterator[Block]:
    if letter.template.for_others:
        yield Paragraph(copy_line(sheet.client), Voice.KITHWORK)
    yield Paragraph(letter.text("greeting"))
    yield Heading(letter.template.subject)
    for part in letter.parts:
        if not part.is_empty:
            yield from _part(part)
    yield Closing(tuple(filter(None, [letter.text("farewell"), sheet.therapist])))


def copy_line(client: str) -> str:
    """What stands over a letter whose envelope goes to somebody else."""
    return _("A copy of a letter to %(name)s, sent to you with %(name)s’s agreement.") % {"name": client}


def _part(part: WrittenPart) -> Iterator[Block]:
    yield Heading(part.part.heading, level=2)
    yield Paragraph(part.text)
    for label, quotes in by_label(part):
        if quotes[0].place in IN_A_LIST:
            yield Items(tuple(quote.text for quote in quotes))
        else:
            yield Heading(label, level=3)
            yield from (Paragraph(quote.text, Voice.QUOTED) for quote in quotes)


def by_label(part: WrittenPart) -> list[tuple[str, list[Quote]]]:
    """Quotes of one kind together, in their order; a label that only repeats the part's heading is left out."""
    found: dict[str, list[Quote]] = {}
    for quote in part.standing:
        found.setdefault(quote.label, []).append(quote)
    return [("" if label == part.part.heading else label, quotes) for label, quotes in found.items()]
