"""How long a letter takes to become a PDF, beside WeasyPrint setting the same words, in the same run.

    .venv/bin/python benchmarks/letter.py --peer /tmp/peer/bin/python

The peer is any Python in which ``pip install weasyprint`` worked (it also needs Pango from the system); without one,
only ours is measured, and that is said. Both make two A4 sheets in the same fonts, tagged as PDF/UA-1, with page n of
m. No two letters say the same, so that nothing set before helps. Ends with 1 when our first letter in a new process
takes more than 1.5 s.
"""

# ruff: noqa: T201 -- it talks to the person at the terminal

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.timing import Times, in_turns, this_machine
from kithwork.foundation.paper.document import Closing, Document, Heading, Letterhead, Paragraph, Voice
from kithwork.foundation.paper.signs import FONTS

MOST_SECONDS = 1.5
SAID = "The less we talk the lower I get, and the lower I get the less I say. We looked at it together, week by week."
PARTS = [f"Part {number}" for number in range(1, 7)]


def text(part: str, number: int) -> str:
    """A paragraph that no other letter has."""
    return " ".join(f"{SAID} ({part}, {number}, {line})" for line in range(5))


def letter(number: int) -> Document:
    """One letter of two sheets."""
    parts = [
        block
        for part in PARTS
        for block in (Heading(part, 2), Paragraph(text(part, number)), Paragraph(SAID, Voice.QUOTED))
    ]
    return Document(
        "What we agreed",
        (
            Paragraph("Dear Maya,"),
            Heading("What we agreed"),
            *parts,
            Closing(("With good wishes,", "Joan Hale")),
        ),
        titled=False,
        letterhead=Letterhead(("Lime Street",), ("Maya Ellis", "12 Long Road"), "18 March 2025", window=True),
        made_at=datetime(2025, 3, 18, tzinfo=UTC),
    )


def peers_page(number: int) -> str:
    """The same letter as a web page."""
    parts = "".join(
        f"<h2>{part}</h2><p>{text(part, number)}</p><blockquote>{SAID}</blockquote>" for part in PARTS
    )
    around = "<p>Lime Street</p><p>Maya Ellis<br>12 Long Road</p><p>18 March 2025</p><p>Dear Maya,</p>"
    close = "<p>With good wishes,<br>Joan Hale</p>"
    head = f"<title>What we agreed</title><style>{STYLE}</style>"
    return f"<html lang=en-gb><head>{head}</head><body>{around}<h1>What we agreed</h1>{parts}{close}</body></html>"


# Each process sets one letter for every line it gets, a page for the peer, and says how long that took.
TURNS = """
import json, sys, time
for line in sys.stdin:
    began = time.perf_counter()
    made = set_letter(json.loads(line))
    print(time.perf_counter() - began, len(made), flush=True)
"""
OURS = """
from benchmarks.letter import letter
from kithwork.foundation.paper.printing import pdf
set_letter = lambda number: pdf(letter(number))
"""
PEERS = """
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
def set_letter(page):
    return HTML(string=page, base_url={fonts!r}).write_pdf(pdf_variant="pdf/ua-1", font_config=FontConfiguration())
"""
STYLE = """
@font-face { font-family: Literata; src: url(Literata-Regular.ttf) }
@font-face { font-family: Atkinson; src: url(AtkinsonHyperlegibleNext-Bold.ttf); font-weight: bold }
@page { size: A4; margin: 22mm; @bottom-right { content: "Page " counter(page) " of " counter(pages) } }
body { font: 11.5pt Literata } h1, h2 { font-family: Atkinson } blockquote { margin: 0; padding-left: 1em }
"""


def setter(python: str, code: str, page: Callable[[int], object]) -> Callable[[], float]:
    """A process that sets letters; asking it once gives the seconds that one took."""
    numbers = count()
    root = Path(__file__).resolve().parents[1]
    process = subprocess.Popen(  # noqa: S603 -- our own words, for a Python that the caller named
        [python, "-c", code + TURNS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    )

    def one() -> float:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(page(next(numbers))) + "\n")
        process.stdin.flush()
        return float(process.stdout.readline().split()[0])

    return one


def first(python: str, code: str, page: Callable[[int], object]) -> float:
    """Seconds from starting a process to its first letter: what nobody ever waits longer than."""
    began = time.perf_counter()
    setter(python, code, page)()
    return time.perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peer", metavar="PYTHON", help="a Python that has weasyprint")
    parser.add_argument("--times", type=int, default=60)
    chosen = parser.parse_args()
    peers = PEERS.format(fonts=f"{FONTS.as_uri()}/")
    ours_first = first(sys.executable, OURS, int)
    print(f"{this_machine()}\nfirst letter of a new process: Kithwork {ours_first * 1000:.0f} ms", end="")
    if chosen.peer is None:
        one = setter(sys.executable, OURS, int)
        alone = Times.of([one() for _ in range(chosen.times)])
        print(f"\nevery later one: {alone.median:.1f} ms (p95 {alone.p95:.1f}). No peer was named: no ratio.")
        return int(ours_first > MOST_SECONDS)
    peers_first = first(chosen.peer, peers, peers_page)
    print(f", WeasyPrint {peers_first * 1000:.0f} ms: ratio {peers_first / ours_first:.1f}")
    ours, theirs = in_turns(
        setter(sys.executable, OURS, int),
        setter(chosen.peer, peers, peers_page),
        warm_up=3,
        times=chosen.times,
        block=5,
    )
    print(
        f"every later one: Kithwork {ours.median:.1f} ms (p95 {ours.p95:.1f}), "
        f"WeasyPrint {theirs.median:.1f} ms (p95 {theirs.p95:.1f}): ratio {theirs.median / ours.median:.1f}"
    )
    return int(ours_first > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
