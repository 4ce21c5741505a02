"""Counting courses. A count that could point at somebody is not shown."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kithwork.ipt.protocol import Phase, Protocol
from kithwork.ipt.protocols import protocols
from kithwork.therapy.course.models import Course, CourseState

SMALLEST = 5


@dataclass(frozen=True)
class Line:
    """One count with what it is out of; None where it is too small to show."""

    label: str
    count: int | None
    of: int | None

    @property
    def words(self) -> str:
        """ "12 of 24", or that it is not shown."""
        if self.count is None or self.of is None:
            return "Not shown"
        return f"{self.count} of {self.of}"


@dataclass(frozen=True)
class Table:
    """Counts that belong together, and the rule by which they were counted."""

    title: str
    rule: str
    lines: tuple[Line, ...]
    total: int | None


def tables() -> list[Table]:
    """The courses of the clinic by state, by phase and by form."""
    rows = list(Course.objects.values_list("state", "protocol_key", "held", "open_session", "offered"))
    states = Counter(state for state, *_ in rows)
    forms = Counter(key for _, key, *_ in rows)
    phases = Counter(
        _phase(key, open_session or held + 1, offered)
        for state, key, held, open_session, offered in rows
        if state != CourseState.ENDED
    )
    labels = {key: str(label) for key, label in CourseState.choices}
    return [
        _table("By state", "Every course ever opened here.", labels, states),
        _table(
            "By phase", "Courses that have not ended, by the session that the two are in or that comes next.",
            {phase.value: phase.label for phase in Phase}, phases,
        ),
        _table("By form", "Every course ever opened here.", dict(protocols.choices()), forms),
    ]  # fmt: skip


def _phase(key: str, n: int, offered: int | None) -> str:
    protocol: Protocol = protocols.get(key)
    return protocol.phase_of(n, offered).value


def _table(title: str, rule: str, labels: Mapping[str, str], counts: Mapping[str, int]) -> Table:
    total = sum(counts.values())
    used = {key: counts[key] for key in labels if counts.get(key)}
    shown = hide_small(used)
    of = total if total >= SMALLEST else None
    lines = tuple(Line(labels[key], shown[key], of) for key in used)
    return Table(title, rule, lines, of)


def hide_small(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Hide every count under five, and so many more that none of the hidden can be worked out from the total.

    Rule: counts from 1 to 4 are hidden. If what is hidden is one cell, or adds up to less than five, the smallest
    of the others is hidden too. Source: usual disclosure control of small numbers in published health statistics.
    """
    hidden = {key for key, count in counts.items() if 0 < count < SMALLEST}
    others = sorted((key for key in counts if key not in hidden), key=lambda key: (counts[key], key))
    while hidden and others and (len(hidden) == 1 or sum(counts[key] for key in hidden) < SMALLEST):
        hidden.add(others.pop(0))
    return {key: None if key in hidden else count for key, count in counts.items()}
