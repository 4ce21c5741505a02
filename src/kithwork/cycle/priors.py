"""The priors that ship: one that knows nothing of people, and one from what was found in real diaries."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from kithwork.cycle.fit import MOOD_AND_RELATIONSHIPS, Blocks, CyclePrior, Floats

ITEMS = 5


@cache
def _shipped() -> Any:
    return json.loads(files("kithwork.cycle").joinpath("data", "priors.json").read_text(encoding="utf-8"))


def stated_prior(name: str, p: int = ITEMS, blocks: Blocks = MOOD_AND_RELATIONSHIPS) -> CyclePrior:
    """Read a shipped prior for p items: "generic", or "population-real" (from what was found in real diaries)."""
    data = _shipped()
    row = data["priors"][name]
    own, cross, between = row["own"], row["cross"], row["between_blocks"]
    mean, sd = (_cells(p, blocks, own[at], cross[at], between[at]) for at in (0, 1))
    return CyclePrior(
        name=name,
        version=data["version"],
        a_mean=mean,
        a_sd=sd,
        a_mean_se=np.zeros((p, p)),
        a_freedom=np.full((p, p), np.inf),
        levels=np.array(data["levels"], dtype=np.float64),
        noise=np.array(data["noise"], dtype=np.float64),
        exchangeable=cross == between,
    )


def _cells(p: int, blocks: Blocks, own: float, cross: float, between: float) -> Floats:
    cells = np.full((p, p), cross)
    for one, other in (blocks, blocks[::-1]):
        cells[np.ix_([i for i in one if i < p], [j for j in other if j < p])] = between
    np.fill_diagonal(cells, own)
    return cells


GENERIC = stated_prior("generic")
POPULATION_REAL = stated_prior("population-real")
