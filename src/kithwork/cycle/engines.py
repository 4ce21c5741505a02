"""Which engine counts: the plain one always can, the compiled one once it is ready.

Compiling takes about a minute the first time; then a cache beside the code, or in NUMBA_CACHE_DIR, is read. So nothing
that somebody waits for compiles: a worker or the command line calls `warm_up` before its first batch.
"""

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import TypeAlias

import numpy as np

from kithwork.cycle import plain
from kithwork.cycle.plan import Belief, State, Sums, Sweeps
from kithwork.cycle.ready import Ready

Run: TypeAlias = Callable[[Ready, Belief, State, Sweeps], Sums]

_ready: set[str] = set()


def engine(dtype: str = "f4") -> str:
    """Say which engine "auto" would take now: "compiled-f4" or "compiled-f8" after `warm_up`, else "plain"."""
    return f"compiled-{dtype}" if dtype in _ready else "plain"


def choose_engine(wanted: str, dtype: str) -> tuple[Run, str]:
    """Find an engine and its name. "auto" never compiles; "compiled" does, once, where Numba is installed."""
    if wanted not in ("auto", "plain", "compiled"):
        raise ValueError("engine is auto, plain or compiled")
    if wanted == "plain" or (wanted == "auto" and dtype not in _ready):
        return plain.run, "plain"
    from kithwork.cycle import compiled  # only here: the product runs without Numba

    return partial(compiled.run, dtype=dtype), f"compiled-{dtype}"


def warm_up(dtype: str = "f4") -> str:
    """Make the compiled engine ready where Numba is installed; returns what `engine` then says.

    Compiles for about a minute on a machine that has not done so yet, or reads the cache in a few seconds.
    """
    if dtype not in _ready and can_compile():
        from kithwork.cycle.estimate import fit_cycles

        fit_cycles(np.arange(150.0).reshape(1, 30, 5) % 7, draws=2, burn=1, dtype=dtype, engine="compiled")
        _ready.add(dtype)
    return engine(dtype)


def can_compile() -> bool:
    """Tell whether Numba is installed (the extra `numbers`)."""
    return find_spec("numba") is not None
