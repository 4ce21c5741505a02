"""Is this person getting better, and how sure can anybody be? NumPy and SciPy, no web."""

from kithwork.change.columns import ColumnRefused
from kithwork.change.course import Outcome, course_outcome
from kithwork.change.effect import Effect, effect_size
from kithwork.change.engines import warm_up
from kithwork.change.level import Level, slow_level
from kithwork.change.measures import (
    InvalidScore,
    Measure,
    MeasureTable,
    TableRefused,
    UnknownMeasure,
    national_table,
    read_table,
)
from kithwork.change.off_track import Curve, Point, Reason, usual_curves, worth_a_conversation
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
from kithwork.change.trajectory import Estimate, Trajectory, trajectory

__all__ = [
    "Change",
    "ColumnRefused",
    "CourseFlags",
    "Curve",
    "Cutoffs",
    "Effect",
    "Estimate",
    "InvalidScore",
    "Level",
    "Measure",
    "MeasureTable",
    "Outcome",
    "Outcomes",
    "Point",
    "Rate",
    "Reason",
    "RefusedRow",
    "TableRefused",
    "Trajectory",
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
    "slow_level",
    "smallest_reliable_change",
    "standard_error_of_difference",
    "trajectory",
    "usual_curves",
    "warm_up",
    "worth_a_conversation",
]
