"""What the lists read of a course's own copy of its protocol: its phases, and where it is looked back.

Sixty courses hold sixty copies of a handful of protocols. A course's copy never changes, so it is read once in the life
of this process, and each wording is understood once.
"""

import json
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import TextField
from django.db.models.functions import Cast

from kithwork.ipt.protocol import Phase, Protocol
from kithwork.ipt.review import point_reached
from kithwork.therapy.course.models import Course

REMEMBERED = 64  # protocols


class Plan:
    """One protocol, and what it has been asked so far."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._phases: dict[tuple[int, int | None], Phase] = {}
        self._points: dict[tuple[int, int | None], int | None] = {}

    def phase(self, session: int, planned: int | None) -> Phase:
        """Which phase a session belongs to."""
        if (session, planned) not in self._phases:
            self._phases[session, planned] = self._protocol.phase_of(session, planned)
        return self._phases[session, planned]

    def point(self, session: int, planned: int | None) -> int | None:
        """The review point that a course in this session has come to."""
        if (session, planned) not in self._points:
            self._points[session, planned] = point_reached(self._protocol, session, planned)
        return self._points[session, planned]


_read: dict[str, Plan] = {}  # by course


def plans_of(courses: Iterable[str]) -> dict[str, Plan]:
    """Each course's plan, in one query for those that were not read before."""
    wanted = list(courses)
    if unread := [course for course in wanted if course not in _read]:
        rows = Course.objects.filter(pk__in=unread).annotate(copy=Cast("protocol", TextField()))
        _read.update((course, _plan(copy)) for course, copy in rows.values_list("pk", "copy"))
    return {course: _read[course] for course in wanted}


@lru_cache(maxsize=REMEMBERED)
def _plan(copy: str) -> Plan:
    return Plan(Protocol.from_dict(json.loads(copy)))
