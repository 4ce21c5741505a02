"""What a list read of its courses, remembered for as long as nothing is done in them. Never words."""

from threading import Lock
from typing import Generic, TypeVar

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.course.access import Opened

T = TypeVar("T")
Place = tuple[str, frozenset[Sharing]]

MOST = 2048  # courses; of each, some kilobytes


class Remembered(Generic[T]):
    """One thing of each course, for everybody who sees as much of it. Nobody may change what it gave."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._found: dict[Place, tuple[bytes, T]] = {}  # the longest kept first

    def of(self, opened: Opened) -> T | None:
        """What was kept of this course, if it still is so: if the last act in it is the one that it was read after."""
        acted, what = self._found.get(_place(opened), (b"", None))
        return what if acted == opened.acted else None

    def keep(self, opened: Opened, what: T) -> None:
        """Keep what was read after this course was opened by ``open_courses``."""
        if not opened.acted:
            return
        with self._lock:
            self._found.pop(_place(opened), None)
            self._found[_place(opened)] = (opened.acted, what)
            if len(self._found) > self._most:
                del self._found[next(iter(self._found))]

    def forget(self) -> None:
        """Begin anew, as a process does that has just started."""
        with self._lock:
            self._found.clear()


def _place(opened: Opened) -> Place:
    return opened.course.id, opened.audience.sees
