"""A bar on standard error for work that takes longer than a second, where somebody is there to see it."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
QUIET_SECONDS = 1.0
WIDTH = 40


def shown(
    things: Iterable[T], *, total: int, what: str, size: Callable[[T], int] = lambda _: 1
) -> Iterator[T]:
    """Go through ``things``, showing how many of ``total`` are done; silent when nobody is at a terminal.

    A thing may stand for many: ``size`` says how many.
    """
    if not sys.stderr.isatty():
        yield from things
        return
    started, last, done = time.monotonic(), 0.0, 0
    for thing in things:
        yield thing
        done += size(thing)
        now = time.monotonic()
        if now - started > QUIET_SECONDS and now - last > 0.1:
            last = now
            full = WIDTH * min(done, total) // max(total, 1)
            print(
                f"\r{what} {'█' * full}{'·' * (WIDTH - full)} {done:,}", end="", file=sys.stderr, flush=True
            )
    if last:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
