"""The loop of mood and relationships: estimated from one person's diary, and simulated. NumPy and SciPy, no web."""

from kithwork.cycle.fit import (
    BLOCK,
    MOOD_AND_RELATIONSHIPS,
    CycleFit,
    CyclePrior,
    DiaryRefused,
    Status,
)

__all__ = [
    "BLOCK",
    "MOOD_AND_RELATIONSHIPS",
    "CycleFit",
    "CyclePrior",
    "DiaryRefused",
    "Status",
]
