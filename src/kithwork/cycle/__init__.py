"""The loop of mood and relationships: estimated from one person's diary, and simulated. NumPy and SciPy, no web."""

from kithwork.cycle.diary import ITEMS, Diaries, answered, answered_pairs, read_diaries
from kithwork.cycle.engines import engine, warm_up
from kithwork.cycle.estimate import fit_cycles
from kithwork.cycle.explain import Explained, Reader, Sentence, being_worked_out, explain, explained
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
from kithwork.cycle.loop import Arrow, Look, Loop, Stage, Why, look, loop_of, shown_blocks, shown_singles
from kithwork.cycle.parameters import DAILY, STRONG, Params
from kithwork.cycle.priors import GENERIC, POPULATION_REAL, stated_prior
from kithwork.cycle.simulate import Truth, simulate

__all__ = [
    "BLOCK",
    "DAILY",
    "GENERIC",
    "ITEMS",
    "MOOD_AND_RELATIONSHIPS",
    "POPULATION_REAL",
    "STRONG",
    "Arrow",
    "CycleFit",
    "CyclePrior",
    "Diaries",
    "DiaryRefused",
    "Explained",
    "Look",
    "Loop",
    "Moments",
    "Params",
    "Reader",
    "Sentence",
    "Stage",
    "Status",
    "Truth",
    "Why",
    "answered",
    "answered_pairs",
    "being_worked_out",
    "engine",
    "explain",
    "explained",
    "fit_cycles",
    "follow",
    "forecast",
    "learn_prior",
    "look",
    "loop_of",
    "moments",
    "read_diaries",
    "refresh",
    "shown_blocks",
    "shown_singles",
    "simulate",
    "stated_prior",
    "warm_up",
]
