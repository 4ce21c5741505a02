"""What a print is: read back from the bytes, as a screen reader or a printer would."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from kithwork.foundation.paper import printing
from kithwork.foundation.paper.document import (
    Closing,
    Document,
    Heading,
    Items,
    Letterhead,
    PageBreak,
    Paragraph,
    Rule,
    Size,
    Table,
    Voice,
)
from kithwork.foundation.paper.signs import on_paper

MADE_AT = datetime(2025, 3, 18, 13, 30, tzinfo=UTC)
MARKUP = "#strong[x] *b* _i_ $x^2$ <b>c</b> @ref // no `raw` = head \\ #sys.inputs"
LETTER = Document(
    "What we agreed",
    (
        Paragraph("Dear Maya,"),
        Heading("Goals", level=3),
        Items(("Ring Sam", "Walk")),
        Items(("First", "Second"), numbered=True),
        Table(("When", "Score"), (("1 March", "18"), ("8 March",))),
        Rule(),
        Paragraph("I want to remember this.", Voice.QUOTED),
        PageBreak(),
        Paragraph("Kept by the clinic.", Voice.KITHWORK),
        Closing(("Yours sincerely", "Joan Hale")),
    ),
    letterhead=Letterhead(("Harbour Clinic", "1 Quay"), ("Maya Ellis", "12 Long Road"), "18 March 2025"),
    made_at=MADE_AT,
)


def read(document):
    return PdfReader(io.BytesIO(printing.pdf(document)))


def words(document):
    return "\n".join(page.extract_text() for page in read(document).pages)


def standard(reader):
    return b"<pdfuaid:part>1</pdfuaid:part>" in reader.xmp_metadata.stream.get_data()


def fonts(reader):
    """Each font on any page, and whether the file holds its shapes."""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            held = {"/FontFile", "/FontFile2", "/FontFile3"} & set(below)
            found[below["/FontName"].split("+")[-1]] = bool(held)
    return found


def roles(reader):
    """Every kind of tag in the file's tree."""
    found, waiting = set(), [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if not isinstance(node, dict):
            continue
        found.add(node.get("/S"))
        below = node.get("/K", [])
        waiting += below if isinstance(below, list) else [below]
    return found - {None}


def test_a_print_is_tagged_names_its_language_and_holds_its_fonts():
    reader = read(LETTER)
    root = reader.trailer["/Root"]

    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], standard(reader)) == ("en-GB", True, True)
    assert reader.metadata.title == "What we agreed"
    assert {"/Document", "/H1", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= roles(reader)
    assert fonts(reader) == {
        "Literata-Regular": True,
        "Literata-Bold": True,
        "AtkinsonHyperlegibleNext-Regular": True,
        "AtkinsonHyperlegibleNext-Bold": True,
    }


def test_every_page_says_which_it_is_of_how_many():
    first, second = (page.extract_text() for page in read(LETTER).pages)

    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in second


@pytest.mark.parametrize(("size", "width", "height"), [(Size.A4, 210, 297), (Size.A5, 148, 210)])
def test_a_sheet_has_the_size_that_was_asked_for(size, width, height):
    box = read(Document("Booklet", (Paragraph("One"),), size=size)).pages[0].mediabox

    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (width, height)


def test_nothing_in_words_is_read_as_markup():
    document = Document(
        MARKUP, (Paragraph(MARKUP), Heading(MARKUP), Items((MARKUP,)), Table((MARKUP,), ((MARKUP,),)))
    )

    said = " ".join(words(document).split())

    assert said.count(MARKUP) == 6


def test_the_same_document_at_the_same_moment_is_the_same_file():
    assert printing.pdf(LETTER) == printing.pdf(LETTER)


def test_a_moment_may_stand_between_two_seconds():
    between = replace(LETTER, made_at=MADE_AT.replace(microsecond=123_456))

    assert printing.pdf(between) == printing.pdf(LETTER)


def test_no_font_of_the_machine_and_none_of_typsts_own_is_used():
    assert sorted(printing._fonts().families()) == [
        "Atkinson Hyperlegible Next",
        "Literata",
        "Noto Emoji",
        "Noto Sans Arabic",
        "Noto Sans Bengali",
        "Noto Sans Devanagari",
        "Noto Sans Hebrew",
        "Noto Sans Tamil",
    ]


def test_other_scripts_keep_the_standard():
    reader = read(
        Document("Words", (Paragraph("Zażółć Привет Καλημέρα שלום مرحبا हिन्दी বাংলা தமிழ் 💔 👩‍👧 ❤️ — “ok” …"),))
    )
    said = reader.pages[0].extract_text()

    assert standard(reader)
    assert ("□" in said, "Zażółć Привет Καλημέρα" in said) == (False, True)
    assert set(fonts(reader).values()) == {True}


def test_a_sign_without_a_shape_is_replaced_and_the_document_says_so():
    said = words(Document("漢字", (Paragraph("Chinese 漢字 and a clef 𝄞"),)))

    assert "Chinese □□ and a clef [musical symbol g clef]" in said
    assert "Some signs could not be printed" in said
    assert "Some signs" not in words(Document("Plain", (Paragraph("Nothing\x00 odd\u200b\u202e"),)))
    assert on_paper("a\r\nb\x07c") == ("a\nbc", False)


def test_in_the_window_of_an_envelope_stands_the_address_and_nothing_else():
    """A DL window shows 20 to 110 mm from the left and 46 to 92 mm from the top, wherever the sheet slips to."""
    head = Letterhead(
        tuple(f"Sender {n}" for n in range(14)),
        (
            "Maya Ellis",
            "A house with a very long name that goes on and on",
            "12 Long Road",
            "Town",
            "County",
            "AB1 2CD",
        ),
        "18 March 2025",
        window=True,
    )
    seen = []

    def visit(text, cm, tm, _font, _size):
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        across, down = x / 72 * 25.4, (841.89 - y) / 72 * 25.4
        if text.strip() and 10 <= across <= 110 and 46 <= down <= 92:
            seen.append(text.strip())

    read(Document("A letter", (Paragraph("Dear Maya, " * 300),), letterhead=head)).pages[0].extract_text(
        visitor_text=visit
    )

    assert " ".join(" ".join(seen).split()) == " ".join(head.recipient)


def test_a_name_never_stands_alone_on_a_page():
    closing = Closing(("Yours sincerely", "Joan Hale"))
    for lines in range(28, 48):
        text = "\n\n".join(["One line."] * lines + ["The last thing said."])
        pages = [page.extract_text() for page in read(Document("T", (Paragraph(text), closing))).pages]
        assert "The last thing said." in next(page for page in pages if "Joan Hale" in page)


def test_headings_never_skip_a_level_and_empty_blocks_leave_nothing():
    document = Document(
        "T",
        (Heading("A", 3), Heading("B", 3), Heading(" "), Paragraph(" \n "), Items(("", " ")), Table((), ())),
    )
    reader = read(document)

    assert standard(reader)
    assert roles(reader) <= {"/Document", "/H1", "/H2", "/H3", "/Title", "/P", "/Span", "/NonStruct"}


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200), language=st.text(max_size=8))
def test_whatever_is_written_is_printed(text, language):
    document = Document(
        text,
        (
            Heading(text),
            Paragraph(text),
            Items((text,)),
            Table((text,), ((text, text), ())),
            Closing((text,)),
        ),
        letterhead=Letterhead((text,), (text,), text, window=True),
        language=language,
        foot=text,
        made_at=MADE_AT,
    )

    assert printing.pdf(document).startswith(b"%PDF")
