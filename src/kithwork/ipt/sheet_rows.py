"""The rows of a sheet as text that anybody can read, and a talk that was typed or pasted as turns.

A field of rows is sealed whole. Its text is laid out like a list, so that it reads well wherever words are shown: in
a copy that leaves, beside a second text, on paper. Nothing is ever dropped: what does not fit the layout belongs to
the row above it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, str]

CELL = re.compile(r"(- |  )(\w+):(?: (.*))?")
DEEPER = "    "

# "[18/03/2025, 21:14] Sam: …" or "18.03.25, 21:14 - Sam: …", as telephones write it.
SENT_AT = re.compile(
    r"^\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? +\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?\]?[ -]*", re.IGNORECASE
)
# A name, how it was said in brackets, and what was said: as in “Sam (quietly): I forgot”.
SAID = re.compile(r"\s*([^\W\d_][^:()\n]{0,39}?)\s*(?:\(([^()\n]*)\))?\s*:(?!//|\d\d)\s*(.*)")
MOST_WORDS_IN_A_NAME = 4
SILENCES = frozenset({"", "silence", "silent", "says nothing", "said nothing", "no answer", "...", "…"})


def as_text(rows: Iterable[Mapping[str, str]]) -> str:
    """Lay rows out as text; empty cells are left out, and a row without any cell."""
    lines: list[str] = []
    for row in rows:
        lead = "- "
        for key, value in row.items():
            if value:
                first, *more = value.split("\n")
                lines += [f"{lead}{key}: {first}", *(DEEPER + line for line in more)]
                lead = "  "
    return "\n".join(lines)


def from_text(columns: Sequence[str], text: str) -> list[Row]:
    """Read the rows back. The columns are those of the field; the lead column takes what has no key."""
    rows: list[Row] = []
    last = ""
    for line in text.split("\n") if text else []:
        found = CELL.fullmatch(line)
        if found and found[2] in columns and (rows or found[1] == "- "):
            if found[1] == "- ":
                rows.append({})
            last = found[2]
            rows[-1][last] = found[3] or ""
        elif rows:
            rows[-1][last] += "\n" + line.removeprefix(DEEPER)
        else:
            last = lead_of(columns)
            rows.append({last: line})
    return rows


def lead_of(columns: Sequence[str]) -> str:
    """The column that says what the row is: the words of a turn, otherwise the first."""
    return "words" if "words" in columns else columns[0]


def turns_from_script(script: str) -> list[Row]:
    """Make turns of a talk that was typed or pasted: ``Me: …``, ``Sam (quietly): …``, ``Sam: (silence)``.

    A line without a name goes on with the turn before it. Dates and times that a telephone puts before a line are
    left out. Meaning and feeling are for later; nothing is guessed.
    """
    turns: list[Row] = []
    for line in script.replace("\r\n", "\n").split("\n"):
        said = SENT_AT.sub("", line).strip()
        found = SAID.fullmatch(said)
        if found and len(found[1].split()) <= MOST_WORDS_IN_A_NAME:
            turns.append(_turn(found[1], found[2] or "", found[3]))
        elif said and turns:
            turns[-1]["words"] = "\n".join(filter(None, [turns[-1].get("words", ""), said]))
        elif said:
            turns.append({"words": said})
    return turns


def _turn(speaker: str, tone: str, words: str) -> Row:
    silent = words.strip("() ").lower().rstrip(".") in SILENCES or words.strip("() ") in SILENCES
    cells = {"speaker": speaker.strip(), "words": "" if silent else words.strip(), "tone": tone.strip()}
    return {key: value for key, value in cells.items() if value}


def is_silence(turn: Mapping[str, str]) -> bool:
    """Whether nothing was said in a turn."""
    return not turn.get("words", "").strip()
