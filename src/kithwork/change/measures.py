"""The cuts and reliable changes of the national definitions: dated data, compared exactly."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from kithwork.refusal import Refusal

# Scores are compared in whole ten-thousandths of a point: 3.0 - 2.27 is then 0.73, not a hair less.
TICKS_A_POINT = 10_000


class UnknownMeasure(Refusal, ValueError):
    """An anxiety measure is named that the table does not hold."""

    code = "unknown-measure"


class InvalidScore(Refusal, ValueError):
    """A score is not a number its scale can give."""

    code = "invalid-score"


def in_ticks(score: float) -> int:
    """Turn points into whole ten-thousandths. On arrays the same rule is applied, so both always agree."""
    return round(score * TICKS_A_POINT)


@dataclass(frozen=True, slots=True)
class Measure:
    """One scale of the table; `caseness`, `reliable_change`, `least` and `most` in points."""

    id: str
    title: str
    problems: tuple[str, ...]
    caseness: Decimal
    reliable_change: Decimal
    least: Decimal
    most: Decimal

    @property
    def cut_ticks(self) -> int:
        """The caseness cut in ten-thousandths of a point."""
        return int(self.caseness * TICKS_A_POINT)

    @property
    def change_ticks(self) -> int:
        """The reliable change in ten-thousandths of a point."""
        return int(self.reliable_change * TICKS_A_POINT)


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """One edition of the national table, and the day from which it holds."""

    edition: date
    note: str
    measures: Mapping[str, Measure]

    def anxiety(self, measure_id: str | None) -> Measure:
        """Find an anxiety measure; none named means GAD-7. Raises UnknownMeasure."""
        measure = self.measures.get(measure_id or "gad7")
        if measure is None or measure.id == "phq9":
            raise UnknownMeasure(
                "This anxiety measure is not in the national table.",
                next_step="Choose one of {names}.",
                names=", ".join(name for name in self.measures if name != "phq9"),
            )
        return measure

    def measure_for(self, problem: str | None, *, paired: Iterable[str]) -> str:
        """Say which anxiety measure counts for a problem.

        Rule: the problem's own scale where it was given at both ends, else GAD-7; GAD-7 for depression,
        generalised anxiety, both together, or no problem named. Source: Clark 2018, PMC5942544.
        """
        at_both_ends = set(paired)
        own = (m.id for m in self.measures.values() if problem in m.problems and m.id in at_both_ends)
        return next(own, "gad7")


def read_table(text: str) -> MeasureTable:
    """Read an edition of the table from JSON. Numbers stand as text, so that none is ever a float."""
    data: Any = json.loads(text)
    measures = (_measure(row) for row in data["measures"])
    return MeasureTable(
        date.fromisoformat(data["edition"]), data["note"], {measure.id: measure for measure in measures}
    )


@cache
def national_table() -> MeasureTable:
    """The edition that ships with this version."""
    path = files("kithwork.change").joinpath("data", "national_measures.json")
    return read_table(path.read_text(encoding="utf-8"))


def out_of_range(measure: Measure, *, row: int | None = None) -> InvalidScore:
    """Make the refusal of a score that its scale cannot give."""
    return InvalidScore(
        "A score on the {title} is outside its scale."
        if row is None
        else "A score on the {title} in row {row} is outside its scale.",
        next_step="Scores run from {least} to {most}; leave a missing one empty.",
        title=measure.title,
        row=row,
        least=measure.least,
        most=measure.most,
    )


def _measure(row: Mapping[str, Any]) -> Measure:
    return Measure(
        id=row["id"],
        title=row["title"],
        problems=tuple(row["problems"]),
        caseness=Decimal(row["caseness"]),
        reliable_change=Decimal(row["reliable_change"]),
        least=Decimal(row["least"]),
        most=Decimal(row["most"]),
    )
