"""The loop of mood and relationships: estimated from one person's diary, and simulated. NumPy and SciPy, no web."""

from kithwork.cycle.engines import engine, warm_up
from kithwork.cycle.estimate import fit_cycles
from kithwork.cycle.fit import (
    BLOCK,
    MOOD_AND_RELATIONSHIPS,
    CycleFit,
    CyclePrior,
    DiaryRefused,
    Status,
)
from kithwork.cycle.going_on import follow, forecast, refresh
from kithwork.cycle.learning import Moments, learn_prior, moments
from kithwork.cycle.priors import GENERIC, POPULATION_REAL, stated_prior

__all__ = [
    "BLOCK",
    "GENERIC",
    "MOOD_AND_RELATIONSHIPS",
    "POPULATION_REAL",
    "CycleFit",
    "CyclePrior",
    "DiaryRefused",
    "Moments",
    "Status",
    "engine",
    "fit_cycles",
    "follow",
    "forecast",
    "learn_prior",
    "moments",
    "refresh",
    "stated_prior",
    "warm_up",
]
