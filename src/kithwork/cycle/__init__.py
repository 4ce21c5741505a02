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
from kithwork.cycle.parameters import DAILY, STRONG, Params
from kithwork.cycle.priors import GENERIC, POPULATION_REAL, stated_prior
from kithwork.cycle.simulate import Truth, simulate

__all__ = [
    "BLOCK",
    "DAILY",
    "GENERIC",
    "MOOD_AND_RELATIONSHIPS",
    "POPULATION_REAL",
    "STRONG",
    "CycleFit",
    "CyclePrior",
    "DiaryRefused",
    "Moments",
    "Params",
    "Status",
    "Truth",
    "engine",
    "fit_cycles",
    "follow",
    "forecast",
    "learn_prior",
    "moments",
    "refresh",
    "simulate",
    "stated_prior",
    "warm_up",
]
