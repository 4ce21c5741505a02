"""Which engine counts: the plain one always can, the compiled one once it is ready.

Compiling takes some seconds. So nothing that somebody waits for compiles, and a file that is counted once is quicker
without: `warm_up` is for who counts millions of courses again and again.
"""

from importlib.util import find_spec
from types import ModuleType

import numpy as np

from kithwork.change import plain
from kithwork.change.measures import national_table
from kithwork.change.ready import make_ready

_ready: list[ModuleType] = []


def engine() -> ModuleType:
    """Give the engine that counts now: compiled after `warm_up`, else plain. Each has `encode` and `tally`."""
    return _ready[0] if _ready else plain


def warm_up() -> str:
    """Make the compiled engine ready where Numba is installed (the extra `numbers`).

    Returns
    -------
    str
        Which engine counts from now on, "compiled" or "plain". Both count the same.
    """
    if not _ready and find_spec("numba"):
        from kithwork.change import compiled  # only here: the product runs without Numba

        names = ("phq9_first", "phq9_last", "anxiety_first", "anxiety_last", "treatment_contacts")
        course = dict.fromkeys(names, np.ones(1)) | {"ended": [True], "anxiety_measure": np.array(["gad7"])}
        one = make_ready(course, national_table(), compiled.encode)
        compiled.tally(one, one.measure, len(one.measures))
        _ready.append(compiled)
    return "compiled" if _ready else "plain"
