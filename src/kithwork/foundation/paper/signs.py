"""Which signs our own fonts can print, and what stands in place of one that they cannot.

A client may write in any script. PDF/UA forbids a sign without a shape, so what no font here holds is replaced before
the print: by its Unicode name in brackets if it is a picture (“[broken heart]”), by □ otherwise. The document says so.
"""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
INSTEAD = "□"
PICTURES = {"So", "Sk", "Sm", "Sc"}
JOINERS = "\u200c\u200d\ufe0e\ufe0f"  # they shape their neighbours and have no shape of their own
KEPT = "\n\t " + JOINERS


def _table(font: bytes, tag: bytes) -> int:
    """Where a table of an OpenType file begins."""
    count = struct.unpack_from(">H", font, 4)[0]
    for at in range(12, 12 + 16 * count, 16):
        if font[at : at + 4] == tag:
            return int(struct.unpack_from(">I", font, at + 8)[0])
    raise ValueError("This font has no such table.")


def _groups(font: bytes, at: int) -> set[int]:
    """Every code point of a character map in format 12 (groups) or 4 (segments)."""
    if struct.unpack_from(">H", font, at)[0] == 12:
        count = struct.unpack_from(">I", font, at + 12)[0]
        groups = struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * count])
        return {point for first, last, _ in groups for point in range(first, last + 1)}
    doubled = struct.unpack_from(">H", font, at + 6)[0]
    ends = struct.unpack_from(f">{doubled // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", font, at + 16 + doubled)
    return {p for first, last in zip(starts, ends, strict=True) for p in range(first, last + 1)} - {0xFFFF}


def _points(path: Path) -> set[int]:
    """The code points that one font file has a shape for."""
    font = path.read_bytes()
    start = _table(font, b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    records = [struct.unpack_from(">HHI", font, start + 4 + 8 * n) for n in range(count)]
    unicode_maps = [
        start + offset for platform, kind, offset in records if (platform, kind) in {(3, 1), (3, 10)}
    ]
    return set().union(*(_groups(font, at) for at in unicode_maps))


@cache
def printable() -> frozenset[str]:
    """Every sign that one of our fonts can print; read from the fonts once."""
    points = set().union(*(_points(path) for path in FONTS.glob("*.ttf")))
    return frozenset(chr(point) for point in points if not unicodedata.category(chr(point)).startswith("C"))


def _instead(sign: str) -> str:
    """What stands in place of a sign without a shape. Control signs, which have none anywhere, are left out."""
    kind = unicodedata.category(sign)
    if kind in {"Cc", "Cf", "Cs"}:
        return ""
    name = unicodedata.name(sign, "").lower()
    return f"[{name}]" if kind in PICTURES and name else INSTEAD


def on_paper(text: str) -> tuple[str, bool]:
    """The text as it can be printed, and whether a sign had to be replaced."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    can = printable()
    if all(sign in can or sign in KEPT for sign in text):
        return text, False
    put = [sign if sign in can or sign in KEPT else _instead(sign) for sign in text]
    return "".join(put), any(after not in (before, "") for before, after in zip(text, put, strict=True))


def runs_leftwards(text: str) -> bool:
    """Whether a paragraph is read from right to left: its first letter with a direction decides."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((way for way in directions if way in {"L", "R", "AL"}), "L") != "L"
