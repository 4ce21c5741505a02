"""The rows of a form as it was sent: read from the browser's lists, moved, added to, and made from a script.

Each row's cells come under the same names, one after another, so that the order on the page is the order that is
kept. Rows are arranged without saving: what comes back is the form as it was sent, arranged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from kithwork.ipt.sheet_rows import Row, as_text, turns_from_script
from kithwork.ipt.worksheets import Field

BLANK_ROWS = 3


@dataclass(frozen=True)
class Cell:
    """One box of a row."""

    column: Field
    name: str
    id: str
    value: str


@dataclass(frozen=True)
class ShownRow:
    """One row of the form. ``mark`` names it for the buttons that move it."""

    number: int
    mark: str
    cells: list[Cell]

    @property
    def first(self) -> list[Cell]:
        """What is asked at once: who and what was said, or what it is."""
        return self.cells[: 2 if self.cells[0].column.key == "speaker" else 1]

    @property
    def later(self) -> list[Cell]:
        """What can be added afterwards."""
        return self.cells[len(self.first) :]

    @property
    def has_more(self) -> bool:
        return any(cell.value for cell in self.later)


class Rows(list[Row]):
    """Rows as they were sent. As text they read as they are kept, on a page that can only give them back."""

    def __str__(self) -> str:
        return as_text(self)


class RowsInput(forms.Widget):
    """Reads rows from repeated names. The page's own template draws them."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> Rows:
        if not isinstance(data, MultiValueDict):
            return Rows(data.get(name, []))
        columns = {column.key: data.getlist(f"{name}-{column.key}") for column in self.field.columns}
        most = max((len(cells) for cells in columns.values()), default=0)
        found: list[Row] = [
            {key: cells[place] for key, cells in columns.items() if place < len(cells)}
            for place in range(most)
        ]
        turns = turns_from_script(data.get(script_name(name), "")) if takes_script(self.field) else []
        return Rows([*(row for row in found if any(row.values())), *turns] if turns else found)


class RowsField(forms.Field):
    """A list of rows, each of some boxes; any number of them can be empty."""

    def __init__(self, field: Field, **kwargs: Any) -> None:
        super().__init__(required=False, widget=RowsInput(field), **kwargs)
        self.cell = forms.CharField(required=False, strip=False)

    def clean(self, value: Any) -> list[Row]:
        return [{key: str(self.cell.clean(cell)) for key, cell in row.items()} for row in value]


def takes_script(field: Field) -> bool:
    """Whether rows can be made from a talk as it was typed."""
    return any(column.key == "speaker" for column in field.columns)


def script_name(name: str) -> str:
    """The name of the box for the script."""
    return f"{name}_script"


def shown_rows(field: Field, name: str, found: list[Row], *, blank: int) -> list[ShownRow]:
    """The rows as the form shows them, with so many empty ones after them."""
    rows = [*found, *({} for _ in range(blank))]
    return [
        ShownRow(
            place + 1, str(place),
            [
                Cell(column, f"{name}-{column.key}", f"id_{name}-{place}-{column.key}", row.get(column.key, ""))
                for column in field.columns
            ],
        )
        for place, row in enumerate(rows)
    ]  # fmt: skip


def arranged(data: QueryDict, field: Field, act: str, mark: str) -> QueryDict:
    """The form as it was sent, with its rows arranged: ``add``, ``script``, and ``up``, ``down``, ``out`` for one row.

    The page numbers its rows as they stood when it was made; ``<field>-row`` says in which order they stand now.
    """
    sent = data.copy()
    sent.pop("arrange", None)
    found = RowsInput(field).value_from_datadict(sent, None, field.key)
    marks = sent.getlist(f"{field.key}-row")
    place = marks.index(mark) if mark in marks else -1
    if act == "add":
        found.append({})
    elif 0 <= place < len(found):
        row = found.pop(place)
        if act != "out":
            found.insert(max(0, place - 1) if act == "up" else place + 1, row)
    for column in field.columns:
        sent.setlist(f"{field.key}-{column.key}", [row.get(column.key, "") for row in found])
    sent.setlist(f"{field.key}-row", [str(number) for number in range(len(found))])
    sent[script_name(field.key)] = ""
    return sent
