"""What was estimated from a diary, for the length of a process: worked out beside the request, shown when it is there.

An estimate takes 60 to 200 ms without the compiled engine, a page is meant to take 25. So one thread works for the
clients and one for the staff, and a page waits for it only so long. It is asked for by the very answers that a reader
may see, so it can say nothing else; and the two sides share nothing, so that what a client keeps, or when she looks,
changes nothing for the staff, not even how long a page takes. Only arrows are kept, no answers, and never on disk.
"""

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock

import numpy as np

from kithwork.cycle.estimate import fit_cycles
from kithwork.cycle.fit import Floats, Status
from kithwork.cycle.loop import Loop, loop_of
from kithwork.cycle.priors import POPULATION_REAL

MOST = 256
# Seconds for which a page of either side waits. Staff have one such page a client and week, clients one a day.
PATIENCE = {"client": 0.02, "staff": 0.15}


@dataclass
class Side:
    """The newest estimates of one side of the table, by what they came from."""

    found: OrderedDict[bytes, "Future[Loop]"] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)
    hand: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "cycle"))

    def begin(self, y: Floats) -> "Future[Loop]":
        """Have it worked out, unless it was or is being."""
        key = blake2b(y.tobytes() + y.shape[0].to_bytes(4, "big"), digest_size=32).digest()
        with self.lock:
            if key not in self.found:
                self.found[key] = self.hand.submit(_estimate, y)
            self.found.move_to_end(key)
            while len(self.found) > MOST:
                self.found.popitem(last=False)
            return self.found[key]


_sides = {side: Side() for side in PATIENCE}


def begin(side: str, y: Floats) -> None:
    """Have the arrows of one diary, shape (T, 5), worked out for a page that may be asked for soon."""
    _sides[side].begin(y)


def loop_from(side: str, y: Floats) -> Loop | None:
    """Give the arrows of one diary, shape (T, 5); None while they are still being worked out."""
    try:
        return _sides[side].begin(y).result(PATIENCE[side])
    except NotYet:
        return None


def _estimate(y: Floats) -> Loop:
    try:
        return loop_of(fit_cycles(y[None], prior=POPULATION_REAL), 0)
    except np.linalg.LinAlgError:
        return Loop(Status.FAILED, 0.0, (), ())
