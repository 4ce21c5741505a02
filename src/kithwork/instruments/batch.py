"""Score many filled-in questionnaires, row by row: a refused row is named, the others go on."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any, TextIO

from kithwork.instruments.catalogue import get
from kithwork.instruments.instrument import Instrument
from kithwork.instruments.scoring import InvalidAnswer, Score, score
from kithwork.refusal import Refusal

_WHOLE = re.compile(r"-?[0-9]{1,9}\Z")
_TENTHS = re.compile(r"-?[0-9]{1,9}\.[0-9]{1,9}\Z")


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that could not be scored: where it stands and why."""

    line: int
    code: str
    sentence: str
    next_step: str


def score_rows(
    instrument_id: str, rows: Iterable[object], *, prorate: bool = False
) -> Iterator[dict[str, object] | RefusedRow]:
    """Score rows of answers; lines count from 1.

    A row is a sequence in the order of the questions, or a mapping by "q1" or "phq9_1"; None is an answer
    not given, and so is a name left out of a mapping.

    Raises UnknownInstrument or NoScoringRule at the first row. Any other trouble is handed back as RefusedRow.
    """
    return _scored(instrument_id, enumerate(rows, 1), prorate=prorate)


def score_file(
    instrument_id: str, stream: TextIO, *, prorate: bool = False
) -> Iterator[dict[str, object] | RefusedRow]:
    """Score a text of answers, CSV or JSON lines, whichever it is.

    CSV: comma, semicolon or tab; a first row of names (q1 or phq9_1, other columns are passed over) or none;
    an empty cell is an answer not given. JSON lines: a list or an object a line. Lines are those of the text.
    """
    lines = iter(stream)
    head = _up_to_first_text(lines)
    text = chain(head, lines)
    if head and head[-1].lstrip().startswith(("[", "{")):
        return _scored(instrument_id, _json_rows(text), prorate=prorate)
    return _scored(instrument_id, _csv_rows(get(instrument_id), text, sample="".join(head)), prorate=prorate)


def _up_to_first_text(lines: Iterator[str]) -> list[str]:
    """Take the lines up to the first that is not empty, without the mark some programs put at the start."""
    head: list[str] = []
    for line in lines:
        head.append(line if head else line.removeprefix("\ufeff"))
        if head[-1].strip():
            break
    return head


def _scored(
    instrument_id: str, rows: Iterable[tuple[int, object]], *, prorate: bool
) -> Iterator[dict[str, object] | RefusedRow]:
    instrument = get(instrument_id)
    for line, row in rows:
        try:
            yield _row_of(score(instrument_id, _answers(instrument, row), prorate=prorate))
        except InvalidAnswer as refusal:
            yield RefusedRow(line, refusal.code, refusal.sentence, refusal.next_step)


def _row_of(result: Score) -> dict[str, object]:
    return {
        "total": _plain(result.total),
        "complete": result.complete,
        "band": result.band,
        "prorated": _plain(result.prorated),
        "subscales": {name: _plain(value) for name, value in result.subscales.items()},
        "risk": result.risk,
        "caseness": result.caseness,
    }


def _plain(value: int | Decimal | None) -> int | float | None:
    """Give a number that JSON can write."""
    return float(value) if isinstance(value, Decimal) else value


def _answers(instrument: Instrument, row: object) -> list[Any]:
    if isinstance(row, Refusal):
        raise row
    if isinstance(row, Mapping):
        return _by_name(instrument, row)
    if isinstance(row, list | tuple):
        return list(row)
    raise InvalidAnswer("This row is not a list of answers.", next_step="Give a list, or names with answers.")


def _by_name(instrument: Instrument, row: Mapping[object, object]) -> list[Any]:
    if isinstance(row.get("answers"), list | tuple | dict):
        return _answers(instrument, row["answers"])
    found: dict[int, object] = {}
    for name, answer in row.items():
        n = _item_number(instrument, name)
        if n is not None and n in found:
            raise InvalidAnswer(
                "Question {n} is answered twice.", next_step="Keep one of the two answers.", n=n
            )
        if n is not None:
            found[n] = answer
    _check_names(instrument, found)
    return [found.get(item.n) for item in instrument.items]


def _item_number(instrument: Instrument, name: object) -> int | None:
    """Read "q3" or "phq9_3" as 3, and any other name as None."""
    text = str(name).strip().lower()
    for prefix in (f"{instrument.id}_", "q"):
        number = text.removeprefix(prefix)
        if number != text and _WHOLE.match(number):
            return int(number)
    return None


def _check_names(instrument: Instrument, found: Iterable[int]) -> None:
    """Refuse names that fit no question: an answer that is passed over would look like one not given."""
    known = {item.n for item in instrument.items}
    if not (named := set(found)) or not named <= known:
        raise InvalidAnswer(
            "The names of these answers do not fit the questions.",
            next_step="Name them q1 to q{last}, or {id}_1 to {id}_{last}.",
            last=len(known),
            id=instrument.id,
        )


def _json_rows(lines: Iterable[str]) -> Iterator[tuple[int, object]]:
    for line, text in enumerate(lines, 1):
        if text.strip():
            yield line, _json_row(text)


def _json_row(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return InvalidAnswer("This line is not JSON.", next_step="Give one list or object a line.")


def _csv_rows(instrument: Instrument, lines: Iterable[str], *, sample: str) -> Iterator[tuple[int, object]]:
    names: list[str] | None = None
    for place, (line, cells) in enumerate(_csv_cells(lines, delimiter=max(",;\t", key=sample.count))):
        if isinstance(cells, Refusal):
            yield line, cells
        elif place == 0 and any(_item_number(instrument, cell) for cell in cells):
            names = cells
        elif names is None:
            yield line, [_cell(cell) for cell in cells]
        else:
            yield line, _named(instrument, names, cells)


def _csv_cells(lines: Iterable[str], *, delimiter: str) -> Iterator[tuple[int, list[str] | Refusal]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield reader.line_num, InvalidAnswer("This line is not CSV.", next_step="Look for a stray quote.")
            continue
        if len(cells) > 1 or any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def _named(instrument: Instrument, names: list[str], cells: list[str]) -> object:
    if len(cells) != len(names):
        return InvalidAnswer(
            "This row has {cells} cells, and the first row names {names}.",
            next_step="Give every row as many cells as the first row has; an empty cell is an answer not given.",
            cells=len(cells),
            names=len(names),
        )
    numbers = [_item_number(instrument, name) for name in names]
    answers = [(n, _cell(cell)) for n, cell in zip(numbers, cells, strict=True) if n is not None]
    if len(dict(answers)) < len(answers):
        return InvalidAnswer("The first row names a question twice.", next_step="Keep one column a question.")
    return {f"q{n}": answer for n, answer in answers}


def _cell(text: str) -> object:
    """Read a cell as a number, as not given when empty, and else as it stands, to be refused."""
    text = text.strip()
    if not text:
        return None
    if _WHOLE.match(text):
        return int(text)
    return Decimal(text) if _TENTHS.match(text) else text
