"""What a client has begun and not saved, as the copy to read tells it: question by question, as its form left it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from kithwork.foundation.passages.copying import HalfWritten
from kithwork.ipt.sheet_rows import as_text
from kithwork.ipt.worksheets import Field, Kind, Worksheet, worksheets
from kithwork.therapy.focus.worksheets.rows import RowsInput, script_name
from kithwork.therapy.my_data.record import Record

NEW = "new_"  # before there is a sheet, its draft is named by its kind


@dataclass(frozen=True)
class Begun:
    """One question, and what stands in its box."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class HalfSheet:
    """One sheet as it was left."""

    title: str
    at: datetime
    said: tuple[Begun, ...]


def shown(record: Record) -> list[HalfSheet]:
    """Every sheet that was begun and not saved, the oldest first; one in which nothing stands is not there."""
    kinds = {
        item.id: str(item.values.get("kind", "")) for course in record.courses for item in course.items
        if item.kind == "worksheet"
    }  # fmt: skip
    found = (_sheet(one, kinds.get(one.record, "")) for one in record.half_written)
    return [one for one in found if one.said]


def _sheet(draft: HalfWritten, kind: str) -> HalfSheet:
    key = draft.field.removeprefix(NEW) if draft.field.startswith(NEW) else kind
    if key not in worksheets:
        return HalfSheet(_("A sheet"), draft.at, tuple(_begun(_("In my words"), draft.text)))
    sheet = worksheets[key]
    return HalfSheet(_(sheet.label), draft.at, tuple(_questions(sheet, QueryDict(draft.text))))


def _questions(sheet: Worksheet, sent: QueryDict) -> Iterator[Begun]:
    for field in sheet.fields:
        if field.kind is not Kind.PERSON:  # named by an id, which tells a reader nothing
            yield from _begun(_(field.label), _text(field, sent))


def _text(field: Field, sent: QueryDict) -> str:
    if f"{field.key}_rather_not" in sent and not sent.get(field.key, "").strip():
        return _("Chose not to say")
    if field.kind is not Kind.ROWS:
        return str(sent.get(field.key, ""))
    rows = as_text(RowsInput(field).value_from_datadict(sent, None, field.key))
    return "\n".join(filter(None, [rows, sent.get(script_name(field.key), "")]))


def _begun(label: str, text: str) -> Iterator[Begun]:
    if text.strip():
        yield Begun(label, tuple(text.splitlines()))
