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
LONGEST_NUMBER = 20


class UnknownMeasure(Refusal, ValueError):
    """An anxiety measure is named that the table does not hold."""

    code = "unknown-measure"


class InvalidScore(Refusal, ValueError):
    """A score is not a number its scale can give."""

    code = "invalid-score"


class TableRefused(Refusal, ValueError):
    """A file that was given as a table of measures is none."""

    code = "table-refused"


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
    """Read an edition of the table from JSON. Numbers stand as text, so that none is ever a float.

    Parameters
    ----------
    text : str
        An object with ``edition``, the day from which it holds; ``note``, where its numbers come from; and
        ``measures``, each with ``id``, ``title``, ``problems``, ``caseness``, ``reliable_change``, ``least``, ``most``.

    Returns
    -------
    MeasureTable

    Raises
    ------
    TableRefused
        When it is not such a table; the sentence names the place.
    """
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise _refused(
            "The table of measures is not JSON.", "Save it as JSON, as in national_measures.json."
        ) from None
    if not isinstance(data, dict) or not isinstance(data.get("measures"), list):
        raise _refused(
            "The table of measures has no list of measures.", "Give it edition, note and measures."
        )
    try:
        edition = date.fromisoformat(data["edition"])
    except (KeyError, TypeError, ValueError):
        raise _refused(
            "The table of measures has no day from which it holds.", "Give edition a day, as in 2025-04-01."
        ) from None
    if not isinstance(data.get("note"), str) or not data["note"].strip():
        raise _refused("The table of measures does not say where its numbers come from.", "Say it in note.")
    measures = [_measure(row, place) for place, row in enumerate(data["measures"], 1)]
    named = {measure.id: measure for measure in measures}
    if len(named) < len(measures):
        raise _refused("The table of measures has the same id twice.", "Give each measure an id of its own.")
    if not {"phq9", "gad7"} <= named.keys():
        raise _refused(
            "The table of measures lacks phq9 or gad7.", "Both belong to the national definitions; add them."
        )
    return MeasureTable(edition, data["note"].strip(), named)


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


def _measure(row: Any, place: int) -> Measure:
    if not isinstance(row, dict) or not all(
        isinstance(row.get(name), str) and row[name] for name in ("id", "title")
    ):
        raise _refused("Measure {place} of the table has no id or no title.", "Give it both.", place=place)
    problems = row.get("problems", [])
    if not isinstance(problems, list) or not all(isinstance(problem, str) for problem in problems):
        raise _refused(
            "The problems of {id} are not a list of words.",
            "Write them as a list; it may be empty.",
            id=row["id"],
        )
    caseness, change, least, most = (
        _points(row, name) for name in ("caseness", "reliable_change", "least", "most")
    )
    if not (least < caseness <= most and 0 < change <= most - least):
        raise _refused(
            "The numbers of {id} do not fit its scale.",
            "The cut lies above least and not above most; the reliable change above 0 and within the scale.",
            id=row["id"],
        )
    return Measure(row["id"], row["title"], tuple(problems), caseness, change, least, most)


def _points(row: Mapping[str, Any], name: str) -> Decimal:
    """Read a number that stands as text, on the ten-thousandths that scores are compared in."""
    value = row.get(name)
    try:
        points = Decimal(value) if isinstance(value, str) and len(value) <= LONGEST_NUMBER else Decimal("NaN")
        exact = points.is_finite() and points * TICKS_A_POINT % 1 == 0
    except ArithmeticError:
        points, exact = Decimal(0), False
    if not exact:
        raise _refused(
            "{name} of {id} is not a number in quotation marks.",
            'Write it as in "10" or "0.73", four decimals at most.',
            name=name, id=row["id"],
        )  # fmt: skip
    return points


def _refused(sentence: str, next_step: str, **more: Any) -> TableRefused:
    return TableRefused(sentence, next_step=next_step, **more)
