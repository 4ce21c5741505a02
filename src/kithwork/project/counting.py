"""The command that counts how a file of courses ended, by the national definitions."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kithwork.change import (
    Effect,
    MeasureTable,
    Outcomes,
    TableRefused,
    countable,
    course_flags,
    effect_size,
    missing_columns,
    national_table,
    outcomes,
    read_table,
)
from kithwork.project.cli import Stop
from kithwork.project.files import reading
from kithwork.project.progress import shown
from kithwork.project.tables import csv_columns, need_pyarrow

NOT_A_RANKING = (
    "Groups were not drawn by lot: differences between them are no measure of a person or a method."
)
# What effect sizes and the mean of treatment contacts are taken from.
MEANT = (
    "phq9_first", "phq9_last", "anxiety_measure", "anxiety_first", "anxiety_last", "treatment_contacts",
)  # fmt: skip


def count(options: argparse.Namespace) -> int:
    """Count the courses of a file; a refused row is reported with its line, and the others go on."""
    path = Path(options.file)
    table = _table(options.measures)
    columns, lines = _from_parquet(path) if path.suffix == ".parquet" else csv_columns(path)
    lacking = [*missing_columns(columns), *([options.by] if options.by and options.by not in columns else [])]
    if lacking:
        raise Stop(
            f"The file lacks the columns {', '.join(lacking)}. Add them; an empty cell is a missing value."
        )
    kept, refused = countable(columns, table=table)
    for row in refused:
        print(f"line {lines[row.row - 1]}: {row.sentence} {row.next_step}", file=sys.stderr)
    parts = _parts(kept, options.by, table)
    if options.json:
        by_what = {"edition": table.edition.isoformat(), "note": table.note}
        told = {"measures": by_what, "by": options.by or None, "refused": len(refused), "groups": parts}
        print(json.dumps(told, indent=1))
    else:
        print("\n\n".join(_told(name, part) for name, part in parts.items()))
        if options.by:
            print(f"\n{NOT_A_RANKING}")
        whose = "of this clinic" if options.measures else "that ships with Kithwork"
        print(
            f"\nCuts and reliable changes: the table {whose}, edition of {table.edition.isoformat()}.\n{table.note}"
        )
    return 1 if refused else 0


def _table(given: str | None) -> MeasureTable:
    """The clinic's own edition of cuts and reliable changes, or the one that ships."""
    if not given:
        return national_table()
    path = Path(given)
    try:
        return read_table(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise Stop(f"There is no file {path} that can be read.") from None
    except UnicodeDecodeError:
        raise Stop(f"{path} is not text in UTF-8. Save it as JSON in UTF-8.") from None
    except TableRefused as refusal:
        raise Stop(f"{path}: {refusal.sentence} {refusal.next_step}") from None


def _from_parquet(path: Path) -> tuple[Mapping[str, Any], Sequence[int]]:
    need_pyarrow("Reading Parquet", instead="or give a CSV.")
    from pyarrow import ArrowInvalid, Table, dataset

    try:
        with reading(path):
            found = dataset.dataset(path, format="parquet", partitioning="hive" if path.is_dir() else None)
            batches = shown(found.to_batches(), total=found.count_rows(), what="Reading", size=len)
            table = Table.from_batches(batches, schema=found.schema)
    except ArrowInvalid:
        raise Stop(f"{path} is not a Parquet file.") from None
    columns = {name: table[name].to_numpy(zero_copy_only=False) for name in table.column_names}
    return columns, range(1, table.num_rows + 1)


def _parts(kept: Mapping[str, Any], by: str, table: MeasureTable) -> dict[str, dict[str, Any]]:
    """All courses, or one part for each value of a column, in the order of the alphabet."""
    if not by:
        return {"all": _part(kept, table)}
    names = kept[by]
    return {
        str(name) or "not said": _part({key: column[names == name] for key, column in kept.items()}, table)
        for name in np.unique(names)
    }


def _part(columns: Mapping[str, Any], table: MeasureTable) -> dict[str, Any]:
    """The counts, and the means: like the rates, those are of finished courses."""
    found: Outcomes = outcomes(columns, table=table)
    finished = course_flags(columns, table=table).finished
    ended = {name: columns[name][finished] for name in MEANT if name in columns}
    contacts = ended["treatment_contacts"]
    return {
        **found.as_dict(),
        "effect_sizes": {name: one.as_dict() if one else None for name, one in _effects(ended).items()},
        "mean_treatment_contacts": float(contacts.mean()) if len(contacts) else None,
    }


def _effects(columns: Mapping[str, Any]) -> dict[str, Effect | None]:
    """PHQ-9, and the anxiety measure where it is GAD-7: other scales have other points."""
    named = columns.get("anxiety_measure")
    gad7 = slice(None) if named is None else (named == "") | (named == "gad7")
    pairs = {
        "phq9": (columns["phq9_first"], columns["phq9_last"]),
        "gad7": (columns["anxiety_first"][gad7], columns["anxiety_last"][gad7]),
    }
    return {name: effect_size(first, last) for name, (first, last) in pairs.items()}


def _told(name: str, part: Mapping[str, Any]) -> str:
    counts = part["counts"]
    lines = [f"{name}: {counts['courses']:,} courses, {counts['finished']:,} of them finished"]
    for rate, one in part["rates"].items():
        share = "no rate" if one["rate"] is None else f"{100 * one['rate']:5.1f} %"
        lines.append(
            f"  {rate.replace('_', ' '):<24}{share:>9}   {one['numerator']:,} of {one['denominator']:,}"
        )
    for measure, one in part["effect_sizes"].items():
        if one:
            lines.append(
                f"  effect size, {measure:<11}{one['size']:>9.2f}   {one['people']:,} people,"
                f" {one['first_mean']:.1f} to {one['last_mean']:.1f}, divided by the {one['divided_by']}"
            )
    contacts = part["mean_treatment_contacts"]
    if contacts is not None:
        lines.append(f"  mean treatment contacts {contacts:>9.2f}   {counts['finished']:,} finished courses")
    return "\n".join(lines)
