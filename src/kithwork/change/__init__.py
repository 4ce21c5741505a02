"""Is this person getting better, and how sure can anybody be? NumPy and SciPy, no web."""

from kithwork.change.columns import ColumnRefused
from kithwork.change.course import Outcome, course_outcome
from kithwork.change.effect import Effect, effect_size
from kithwork.change.measures import (
    InvalidScore,
    Measure,
    MeasureTable,
    UnknownMeasure,
    national_table,
    read_table,
)
from kithwork.change.reliable import (
    Change,
    Cutoffs,
    clinical_significance,
    cutoffs,
    reliable_change,
    smallest_reliable_change,
    standard_error_of_difference,
)
from kithwork.change.rows import RefusedRow, countable
from kithwork.change.service import (
    CourseFlags,
    Outcomes,
    Rate,
    course_flags,
    missing_columns,
    outcomes,
    outcomes_by,
    published,
)

__all__ = [
    "Change",
    "ColumnRefused",
    "CourseFlags",
    "Cutoffs",
    "Effect",
    "InvalidScore",
    "Measure",
    "MeasureTable",
    "Outcome",
    "Outcomes",
    "Rate",
    "RefusedRow",
    "UnknownMeasure",
    "clinical_significance",
    "countable",
    "course_flags",
    "course_outcome",
    "cutoffs",
    "effect_size",
    "missing_columns",
    "national_table",
    "outcomes",
    "outcomes_by",
    "published",
    "read_table",
    "reliable_change",
    "smallest_reliable_change",
    "standard_error_of_difference",
]
