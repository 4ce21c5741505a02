"""What one page asks for twice is read once. Only while a page is being read: an act always looks anew."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

UNASKED: Any = object()

_read: ContextVar[dict[Hashable, Any] | None] = ContextVar("read_on_this_page", default=None)


@contextmanager
def reading_a_page() -> Iterator[None]:
    """For the length of one request that changes nothing."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def is_reading() -> bool:
    """Whether a page is being read now."""
    return _read.get() is not None


def once_a_page(ask: Callable[P, T]) -> Callable[P, T]:
    """Let a query answer once a page for the same arguments. Nobody may change what it gave."""

    @wraps(ask)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        found = _read.get()
        if found is None:
            return ask(*args, **kwargs)
        key = (ask, args, tuple(sorted(kwargs.items())) if kwargs else ())
        answer: T = found.get(key, UNASKED)
        if answer is UNASKED:
            answer = found[key] = ask(*args, **kwargs)
        return answer

    return remembered
