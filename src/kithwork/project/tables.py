"""Tables from files, for the commands that count and estimate."""

import csv
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from kithwork.project.cli import Stop
from kithwork.project.files import reading
from kithwork.project.progress import shown

NO_CSV = "{path} is not a CSV file in UTF-8. Save it as one."


def need_pyarrow(what: str, *, instead: str) -> None:
    """Say kindly what is missing, before any work is done."""
    try:
        import pyarrow  # noqa: F401 -- slow to load, and only Parquet needs it
    except ImportError:
        raise Stop(
            f"{what} needs pyarrow: pip install 'kithwork[numbers]'{', ' + instead if instead else '.'}"
        ) from None


def csv_columns(path: Path) -> tuple[Mapping[str, Any], Sequence[int]]:
    """The columns, and the line on which each row ends."""
    table, lines = [], []
    try:
        with reading(path), path.open(newline="", encoding="utf-8-sig") as stream:
            rows = csv.reader(stream)
            names = [name.strip() for name in next(rows, [])]
            for row in shown(rows, total=_lines(path), what="Reading"):
                if row and len(row) != len(names):
                    raise Stop(f"Line {rows.line_num} has {len(row)} cells, and the first line {len(names)}.")
                if row:
                    table.append(row)
                    lines.append(rows.line_num)
    except (UnicodeDecodeError, csv.Error):
        raise Stop(NO_CSV.format(path=path)) from None
    cells = zip(*table, strict=True) if table else ([] for _ in names)
    return {name: np.array(column, dtype=np.str_) for name, column in zip(names, cells, strict=True)}, lines


def _lines(path: Path) -> int:
    with path.open("rb") as stream:
        lines = 0
        for chunk in iter(partial(stream.read, 1 << 20), b""):
            if b"\0" in chunk:
                raise Stop(NO_CSV.format(path=path))
            lines += chunk.count(b"\n")
        return lines
