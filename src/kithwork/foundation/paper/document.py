"""What can stand on paper: a document is data, so that it can be compared, checked and kept, and only then printed."""

import enum
from dataclasses import dataclass
from datetime import datetime


class Size(enum.StrEnum):
    """Both sheets that the method uses: a letter, and a booklet that goes into a bag."""

    A4 = "a4"
    A5 = "a5"


class Voice(enum.StrEnum):
    """Who speaks in a paragraph: Kithwork in sans, a person in serif, quoted with a line beside it."""

    PERSON = "person"
    QUOTED = "quoted"
    KITHWORK = "kithwork"
    SMALL = "small"


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` 1 stands under the document's title."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A piece of running text. A line break stays a line break; an empty line begins a new paragraph."""

    text: str
    voice: Voice = Voice.PERSON


@dataclass(frozen=True)
class Items:
    """A list, with bullets or with numbers."""

    items: tuple[str, ...]
    numbered: bool = False
    voice: Voice = Voice.PERSON


@dataclass(frozen=True)
class Table:
    """A table with one row of headings, read out with every cell by a screen reader."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Rule:
    """A thin line across."""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new sheet."""


@dataclass(frozen=True)
class Closing:
    """A letter's last lines, kept together and with the paragraph before: a name never stands alone on a page."""

    lines: tuple[str, ...]


Block = Heading | Paragraph | Items | Table | Rule | PageBreak | Closing


@dataclass(frozen=True)
class Letterhead:
    """Who writes, to whom, when. With ``window`` the address stands where a DL or C5/6 envelope's window shows it.

    Nothing else can come to stand in the window: the sender keeps to the right of it, the text begins below it.
    """

    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    dated: str = ""
    window: bool = False


@dataclass(frozen=True)
class Document:
    """All that one print needs. Nothing else, from a session or a record, can reach the paper.

    ``title`` names the file to readers and screen readers, and stands on the first page unless ``titled`` is False.
    ``page_words`` is the foot of every page in the document's language, with {n} and {m}; ``foot`` a line beside it.
    ``made_at`` is the moment written into the file: the same document with the same moment gives the same bytes.
    """

    title: str
    blocks: tuple[Block, ...]
    language: str = "en-gb"
    size: Size = Size.A4
    letterhead: Letterhead | None = None
    titled: bool = True
    foot: str = ""
    page_words: str = "Page {n} of {m}"
    unprintable_words: str = "Some signs could not be printed; □ or a name in brackets stands in their place."
    made_at: datetime | None = None
