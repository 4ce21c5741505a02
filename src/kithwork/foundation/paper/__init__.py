"""Paper: from words that were handed over to a PDF: pages numbered, tagged for screen readers, its fonts inside.

A room describes what is to stand on the sheet as a frozen ``Document``, and gets bytes:

    from kithwork.foundation.paper.document import Closing, Document, Heading, Items, Paragraph, Size, Voice
    from kithwork.foundation.paper.printing import pdf

    booklet = Document(
        title=_("What I take with me"),
        language="en-gb",                               # of what we wrote around her words
        size=Size.A5,
        blocks=(
            Heading(_("How I know it is coming back")),
            Paragraph(_("You wrote this in March."), voice=Voice.KITHWORK),     # sans: Kithwork speaks
            Items(("Not answering Sam", "Staying in bed")),                     # serif: a person speaks
            Paragraph("I want to remember this.", voice=Voice.QUOTED),          # serif, with a rule beside it
        ),
        page_words=_("Page {n} of {m}"),
        unprintable_words=_("Some signs could not be printed; □ or a name in brackets stands in their place."),
        made_at=door.audience.now,                      # same document, same moment: the same bytes
    )
    return HttpResponse(pdf(booklet), content_type="application/pdf")

- Blocks: ``Heading``, ``Paragraph``, ``Items``, ``Table``, ``Rule``, ``PageBreak``, ``Closing``. A letter adds a
  ``Letterhead``, whose address may stand in an envelope's window. What is empty leaves nothing behind.
- What is not in the document cannot be printed: this package opens no passage and asks no database.
- Words are data. ``#strong[x]``, ``$x$`` or ``<b>`` in them stand on the sheet as they were typed.
- Any script may come in. Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Bengali, Tamil and emoji are printed. A
  sign that none of our fonts holds (Chinese, say) becomes □, and the last line says so; ``signs.on_paper(text)[1]``
  tells it beforehand.
- It costs about 10 ms a letter, and some 30 ms more for the first in a process. Print outside a write transaction.
"""
