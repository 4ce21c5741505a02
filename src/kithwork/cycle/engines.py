"""Which engine counts: the plain one always can, the compiled one once it is ready.

Compiling takes about a minute the first time; then a cache beside the code, or in NUMBA_CACHE_DIR, is read. So nothing
that somebody waits for compiles: the command line and a fleet's workers call `warm_up` before their first batch.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import TypeAlias

import numpy as np

from kithwork.cycle import foretell, plain
from kithwork.cycle.fit import Floats
from kithwork.cycle.plan import Belief, State, Sums, Sweeps
from kithwork.cycle.priors import ITEMS
from kithwork.cycle.ready import Ready

Run: TypeAlias = Callable[[Ready, Belief, State, Sweeps], Sums]
Scores: TypeAlias = Callable[[Ready, foretell.Held, Floats], tuple[Floats, Floats, Floats]]


@dataclass(frozen=True, slots=True)
class Engine:
    """One way of counting: the sweeps, and how well what they found foretells (see `foretell.scores`)."""

    name: str
    run: Run
    scores: Scores


PLAIN = Engine("plain", plain.run, foretell.scores)

# Precision, items and covariates: the compiled engine is made anew for each.
Shape: TypeAlias = tuple[str, int, int]
_ready: set[Shape] = set()


def engine(dtype: str = "f4", items: int = ITEMS, covariates: int = 0) -> str:
    """Say which engine "auto" would take now: "compiled-f4" or "compiled-f8" after `warm_up`, else "plain"."""
    return f"compiled-{dtype}" if (dtype, items, covariates) in _ready else PLAIN.name


def choose_engine(wanted: str, dtype: str, items: int, covariates: int) -> Engine:
    """Find an engine. "auto" never compiles; "compiled" does, once, where Numba is installed."""
    if wanted not in ("auto", "plain", "compiled"):
        raise ValueError("engine is auto, plain or compiled")
    if wanted == "plain" or (wanted == "auto" and (dtype, items, covariates) not in _ready):
        return PLAIN
    from kithwork.cycle import compiled  # only here: the product runs without Numba

    return Engine(
        f"compiled-{dtype}", partial(compiled.run, dtype=dtype), partial(compiled.scores, dtype=dtype)
    )


def warm_up(dtype: str = "f4", items: int = ITEMS, covariates: int = 0) -> str:
    """Make the compiled engine ready where Numba is installed; returns what `engine` then says.

    Compiles for about a minute on a machine that has not done so yet, or reads the cache in a second. What is ready is
    ready for diaries of so many items and covariates.
    """
    if (dtype, items, covariates) not in _ready and can_compile():
        from kithwork.cycle.estimate import fit_cycles

        days = np.arange(30.0)[None, :, None]
        y, x = days * np.arange(3, 3 + items) % 7, days * np.ones(covariates) % 5
        fit_cycles(y, x, draws=2, burn=1, dtype=dtype, blocks=((0,), (1,)), engine="compiled")
        _ready.add((dtype, items, covariates))
    return engine(dtype, items, covariates)


def can_compile() -> bool:
    """Tell whether Numba is installed (the extra `numbers`)."""
    return find_spec("numba") is not None
