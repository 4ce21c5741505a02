"""What stands in a sheet's fields: answers as text in their places, and back."""

from collections.abc import Mapping
from typing import Any

from kithwork.foundation.rather_not import RatherNot
from kithwork.ipt.sheet_rows import Row, as_text, from_text
from kithwork.ipt.worksheets import Field, Kind, check_answers
from kithwork.ipt.worksheets import Worksheet as Sheet

APART = (Kind.PERSON, Kind.DAY)  # kept as a link and a date, not as words


def in_words(sheet: Sheet) -> tuple[Field, ...]:
    """The fields of a sheet that have a place for words."""
    return tuple(field for field in sheet.fields if field.kind not in APART)


def asks(sheet: Sheet, kind: Kind) -> Field | None:
    """The one field of a kind that a sheet has at most once."""
    return next((field for field in sheet.fields if field.kind is kind), None)


def texts(sheet: Sheet, answers: Mapping[str, Any]) -> dict[str, str]:
    """Answers as they are kept: rows laid out as text, a number as its figures, a refusal as it is.

    An answer that was given and is empty is an empty text; one that was not given is absent. Refuses with
    UnreadableWorksheet what does not belong to the sheet.
    """
    checked = check_answers(sheet, answers)
    return {key: _text(sheet.field(key), checked.get(key)) for key in answers}


def _text(field: Field, value: Any) -> str:
    if value is None or isinstance(value, RatherNot):
        return value or ""
    return as_text(value) if field.kind is Kind.ROWS else str(value)


def rows(field: Field, text: str) -> list[Row]:
    """The rows that a kept text holds."""
    return from_text([column.key for column in field.columns], text)


def value(field: Field, text: str) -> Any:
    """A kept text as a form begins with it."""
    return rows(field, text) if field.kind is Kind.ROWS and not isinstance(text, RatherNot) else text
