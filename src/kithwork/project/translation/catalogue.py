"""Catalogues as gettext writes them, without gettext's programs: ``.pot`` and ``.po`` as text, ``.mo`` compiled."""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PLURALS = "nplurals=2; plural=(n != 1);"


@dataclass(frozen=True, order=True)
class Message:
    """One string to translate: perhaps with a plural, perhaps with the sense in which it is meant."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> str:
        """What a catalogue has once; its plural is no part of that."""
        return f"{self.context}\x04{self.text}" if self.context else self.text

    @property
    def compiled(self) -> bytes:
        """As it stands in a compiled catalogue."""
        return (f"{self.key}\0{self.plural}" if self.plural else self.key).encode()


@dataclass
class Catalogue:
    """One language's translations, with the head that says how its plurals are chosen."""

    head: str
    said: dict[Message, list[str]] = field(default_factory=dict)  # several where there are plurals
    doubtful: set[Message] = field(
        default_factory=set
    )  # marked "fuzzy": kept for the translator, never shown


def new_head(language: str) -> str:
    """What stands at the top of a catalogue. The rule for plurals is the translator's to set right."""
    return (
        "Project-Id-Version: Kithwork\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        f"Content-Transfer-Encoding: 8bit\nLanguage: {language}\nPlural-Forms: {PLURALS}\n"
    )


def as_text(messages: Mapping[Message, Iterable[str]], catalogue: Catalogue) -> str:
    """A ``.po``, or a ``.pot`` where nothing is translated; what is no longer said is left out."""
    parts = [f'msgid ""\nmsgstr {_quoted(catalogue.head)}\n']
    for message, places in sorted(messages.items()):
        lines = [f"#: {place}" for place in places]
        lines += ["#, fuzzy"] if message in catalogue.doubtful else []
        lines += [f"msgctxt {_quoted(message.context)}"] if message.context else []
        lines.append(f"msgid {_quoted(message.text)}")
        said = catalogue.said.get(message, [])
        if message.plural:
            lines.append(f"msgid_plural {_quoted(message.plural)}")
            lines += [f"msgstr[{n}] {_quoted(one)}" for n, one in enumerate(said or ["", ""])]
        else:
            lines.append(f"msgstr {_quoted(said[0] if said else '')}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def read(text: str) -> Catalogue:
    """A ``.po`` as somebody has filled it in."""
    catalogue = Catalogue(head="")
    for block in text.split("\n\n"):
        entry, fuzzy = _entry(block)
        if "msgid" not in entry:
            continue
        message = Message(entry["msgid"], entry.get("msgid_plural", ""), entry.get("msgctxt", ""))
        said = [value for name, value in entry.items() if name.startswith("msgstr")]
        if not message.text:
            catalogue.head = said[0]
        elif all(said):
            catalogue.said[message] = said
            catalogue.doubtful |= {message} if fuzzy else set()
    return catalogue


def compiled(catalogue: Catalogue) -> bytes:
    """The ``.mo`` that Python's gettext reads: sorted pairs, with a table of where each of them stands."""
    sure = {one.compiled: said for one, said in catalogue.said.items() if one not in catalogue.doubtful}
    pairs = [
        (b"", catalogue.head.encode()),
        *sorted((key, "\0".join(said).encode()) for key, said in sure.items()),
    ]
    tables_at, n = 28, len(pairs)
    texts_at, keys, values, body = tables_at + 16 * n, b"", b"", b""
    for column in (0, 1):
        for pair in pairs:
            place = struct.pack("<II", len(pair[column]), texts_at + len(body))
            keys, values = (keys + place, values) if column == 0 else (keys, values + place)
            body += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, n, tables_at, tables_at + 8 * n, 0, 0)
    return head + keys + values + body


def update(path: Path, messages: Mapping[Message, Iterable[str]]) -> Catalogue:
    """Bring one language's ``.po`` up to what is said now, keep its translations, and compile it beside."""
    language = path.parent.parent.name
    catalogue = read(path.read_text("utf-8")) if path.exists() else Catalogue(new_head(language))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_text(messages, catalogue), "utf-8")
    path.with_suffix(".mo").write_bytes(compiled(catalogue))
    return catalogue


def _entry(block: str) -> tuple[dict[str, str], bool]:
    entry: dict[str, str] = {}
    name, fuzzy = "", False
    for line in block.splitlines():
        if line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        if not line.startswith('"'):
            name, _, line = line.partition(" ")
            entry[name] = ""
        entry[name] += ast.literal_eval(line)
    return entry, fuzzy


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").split("\n")
    lines = [f'"{line}\\n"' for line in plain[:-1]] + ([f'"{plain[-1]}"'] if plain[-1] else [])
    return lines[0] if len(lines) == 1 else "\n".join(['""', *lines])
