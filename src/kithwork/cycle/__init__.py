"""The loop of mood and relationships: estimated from one person's diary, and simulated. NumPy and SciPy, no web."""

from kithwork.cycle.estimate import fit_cycles
from kithwork.cycle.fit import (
    BLOCK,
    MOOD_AND_RELATIONSHIPS,
    CycleFit,
    CyclePrior,
    DiaryRefused,
    Status,
)
from kithwork.cycle.priors import GENERIC, POPULATION_REAL, stated_prior

__all__ = [
    "BLOCK",
    "GENERIC",
    "MOOD_AND_RELATIONSHIPS",
    "POPULATION_REAL",
    "CycleFit",
    "CyclePrior",
    "DiaryRefused",
    "Status",
    "fit_cycles",
    "stated_prior",
]
