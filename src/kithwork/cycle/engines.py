"""Which engine counts: the plain one always can, the compiled one once it is ready."""

from collections.abc import Callable
from typing import TypeAlias

from kithwork.cycle import plain
from kithwork.cycle.plan import Belief, State, Sums, Sweeps
from kithwork.cycle.ready import Ready

Run: TypeAlias = Callable[[Ready, Belief, State, Sweeps], Sums]


def choose_engine(engine: str, dtype: str, people: int) -> tuple[Run, str]:
    """Find the engine that was asked for and its name."""
    return plain.run, "plain"
