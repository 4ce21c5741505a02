"""What a protocol is: sessions in three phases, with suggested tasks, and how it bends to the number agreed.

A protocol suggests an order and never locks one: any step can be done at any time. A course keeps its own
copy (:meth:`Protocol.to_dict`), so a later change to the catalogue never changes a course under way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Self

from kithwork.ipt.sources import Mark, Source
from kithwork.refusal import Refusal

COPY_FORMAT = 1
"""The shape of a copied protocol. It goes up when an old copy can no longer be read as it stands."""


EVERY_DAYS = {"weekly": 7, "twice": 7, "fortnightly": 14, "monthly": 28}
SHORTEST_SIGHT = 2
"""The ending is in sight for so many sessions, counting the present one, however short a course was agreed."""


class UnreadableProtocol(Refusal):
    """A copied protocol is not whole, or comes from a newer Kithwork."""

    code = "unreadable-protocol"


class Phase(StrEnum):
    """The three phases of a course."""

    BEGINNING = "beginning"
    MIDDLE = "middle"
    ENDING = "ending"

    @property
    def label(self) -> str:
        """The phase as it stands under the arc of sessions."""
        return self.value.capitalize()


class Arc(NamedTuple):
    """How many sessions each phase has: 4, 8 and 4 of sixteen."""

    beginning: int
    middle: int
    ending: int


class Place(NamedTuple):
    """Where a session stands: its phase, how many of the phase came before, and how long the phase is."""

    phase: Phase
    at: int
    length: int


@dataclass(frozen=True)
class Range:
    """From, usually, to."""

    least: int
    usual: int
    most: int

    def __post_init__(self) -> None:
        if not 1 <= self.least <= self.usual <= self.most:
            raise ValueError("a range runs from least over usual to most")

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least} to {self.most}"


@dataclass(frozen=True)
class Task:
    """One thing to do together, and the part of the record that it fills."""

    key: str
    label: str
    record: str


@dataclass(frozen=True)
class Extra:
    """Meetings beside the numbered sessions, such as those with a parent."""

    kind: str
    label: str
    least: int
    most: int


@dataclass(frozen=True)
class SessionPlan:
    """What one session is usually for: its aim, suggested tasks, measures due, and whether to look back."""

    n: int
    phase: Phase
    aim: str
    tasks: tuple[Task, ...] = ()
    measures: tuple[str, ...] = ()
    review: bool = False


@lru_cache(maxsize=256)
def places_of(arc: Arc) -> tuple[Place, ...]:
    """Where each session of an arc stands, from the first to the last."""
    spans = zip(Phase, arc, strict=True)
    return tuple(Place(phase, at, length) for phase, length in spans for at in range(length))


def arc_for(own: Arc, planned: int) -> Arc:
    """Share out an agreed number of sessions among the phases, after a protocol's own arc.

    Rule: a shorter course keeps the proportions; each phase is rounded down to the half, so that a half
    session goes to the middle; a beginning comes first and an ending second to have one at all. A longer
    course lengthens the middle only: what was assessed stays assessed, no session changes its phase
    behind the two people's backs, and an ending stays as long as it was planned.
    Source: Kithwork's own proposal; 16 in 4/8/4 becomes 12 in 3/6/3, as in usual practice.
    """
    if planned < 1:
        raise ValueError("a course has at least one session")
    beginning = max(1, min(own.beginning, _share(own.beginning, planned, sum(own))))
    ending = max(1, min(own.ending, _share(own.ending, planned, sum(own)))) if planned > 1 else 0
    return Arc(beginning, planned - beginning - ending, ending)


def _share(part: int, planned: int, whole: int) -> int:
    # Nearest whole number, an exact half downwards, in whole numbers so that no float decides a phase.
    return (2 * part * planned + whole - 1) // (2 * whole)


@dataclass(frozen=True)
class Protocol:
    """One form of IPT: how many sessions, how long, who offers it, and what each session is usually for.

    ``sessions`` is None for an open course, which has no number until a contract gives it one.
    """

    key: str
    title: str
    sessions: Range | None
    minutes: Range | None
    rhythm: str
    delivered_by: str
    differs: str
    rows: tuple[SessionPlan, ...]
    not_for: tuple[str, ...] = ()
    extras: tuple[Extra, ...] = ()
    sources: tuple[Source, ...] = ()
    version: int = 1
    ending_opens: int = 4  # with so many sessions left, counting the present one

    def __post_init__(self) -> None:
        order = [list(Phase).index(row.phase) for row in self.rows]
        if [row.n for row in self.rows] != list(range(1, len(self.rows) + 1)):
            raise ValueError("sessions are numbered from 1 without a gap")
        if order != sorted(order) or set(order) != {0, 1, 2}:
            raise ValueError("the phases come in order: beginning, middle, ending")
        if self.sessions is not None and self.sessions.usual != len(self.rows):
            raise ValueError("there is one row for each of the usual number of sessions")
        if self.ending_opens < 1:
            raise ValueError("an ending opens with the last session at the latest")

    @property
    def label(self) -> str:
        """The title, under the name that every shelf uses."""
        return self.title

    @property
    def open(self) -> bool:
        """Whether the course has no number of its own."""
        return self.sessions is None

    @property
    def usual(self) -> int | None:
        """The number usually offered; None for an open course."""
        return None if self.sessions is None else self.sessions.usual

    @property
    def every_days(self) -> int:
        """How many days usually lie between two sessions."""
        return next((days for word, days in EVERY_DAYS.items() if self.rhythm.startswith(word)), 7)

    def arc(self, planned: int | None = None) -> Arc | None:
        """How many sessions each phase has, for the number agreed or else the usual one.

        None for an open course with no number agreed: there is no arc to draw.
        """
        agreed = planned if planned is not None else self.usual
        return None if agreed is None else arc_for(self._own_arc, agreed)

    def phase_of(self, n: int, planned: int | None = None) -> Phase:
        """Which phase session ``n`` belongs to.

        A session beyond the agreed number belongs to the ending until a new contract says otherwise. An
        open course has a first session and a middle; it ends only when a number has been agreed.
        """
        return self._place(n, planned).phase

    def ending_opens_at(self, planned: int | None = None) -> int | None:
        """The session from which the ending has a page that is open; None while no number is agreed.

        Rule: with as many sessions left as the protocol says, counting the present one, and never later than the
        ending's own phase. A course agreed shorter opens it with the sessions of that phase, two at least.
        Source: Weissman, Markowitz & Klerman, Comprehensive Guide, ch. 7: raised two to four sessions ahead.
        """
        agreed = planned if planned is not None else self.usual
        arc = self.arc(planned)
        if agreed is None or arc is None:
            return None
        left = self.ending_opens
        if self.usual is not None and agreed < self.usual:
            left = min(left, max(SHORTEST_SIGHT, arc.ending))
        return max(1, min(agreed - left, arc.beginning + arc.middle) + 1)

    def ending_is_open(self, n: int, planned: int | None = None) -> bool:
        """Whether the ending is open by session ``n``; a session beyond the agreed number is part of it."""
        opens = self.ending_opens_at(planned)
        return opens is not None and n >= opens

    def plan_for(self, n: int, planned: int | None = None) -> SessionPlan:
        """What session ``n`` is usually for, when ``planned`` sessions were agreed.

        Rule: the phase's sessions share its rows in order. A shorter phase gathers several rows into one
        session, so that nothing suggested is lost; a longer one repeats a row, its review only once.
        """
        if (n, planned) not in self._plans:
            self._plans[n, planned] = self.row_at(n, self._place(n, planned))
        return self._plans[n, planned]

    def row_at(self, n: int, place: Place) -> SessionPlan:
        """What a session at this place of a phase is for, made from the rows that the phase has."""
        rows = tuple(row for row in self.rows if row.phase is place.phase)
        start = place.at * len(rows) // place.length
        end = max(start + 1, (place.at + 1) * len(rows) // place.length)
        repeats = place.at > 0 and (place.at - 1) * len(rows) // place.length == start
        return _gather(n, rows[start:end], repeats=repeats)

    def tasks_for(self, n: int, planned: int | None = None) -> tuple[Task, ...]:
        """The tasks suggested for session ``n``."""
        return self.plan_for(n, planned).tasks

    def measures_for(self, n: int, planned: int | None = None) -> tuple[str, ...]:
        """The keys of the questionnaires usually due before session ``n``."""
        return self.plan_for(n, planned).measures

    def reviews(self, planned: int | None = None) -> tuple[int, ...]:
        """The sessions at which to look back together and decide whether to change anything."""
        last = planned if planned is not None else len(self.rows)
        return tuple(n for n in range(1, last + 1) if self.plan_for(n, planned).review)

    def to_dict(self) -> dict[str, Any]:
        """Copy the protocol as plain data that JSON can hold."""
        return {"format": COPY_FORMAT} | _plain_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a copy back; refuses with :class:`UnreadableProtocol` what is not whole."""
        try:
            if data["format"] != COPY_FORMAT:
                raise ValueError("another format")
            return cls(**_read(data))
        except (AttributeError, KeyError, TypeError, ValueError) as trouble:
            raise UnreadableProtocol(
                "This copy of a protocol cannot be read.",
                next_step="Choose the protocol again, or ask the person who looks after Kithwork.",
            ) from trouble

    @cached_property
    def _plans(self) -> dict[tuple[int, int | None], SessionPlan]:
        return {}

    @cached_property
    def _own_arc(self) -> Arc:
        return Arc(*(sum(row.phase is phase for row in self.rows) for phase in Phase))

    def _place(self, n: int, planned: int | None) -> Place:
        if n < 1:
            raise ValueError("sessions are numbered from 1")
        arc = self.arc(planned)
        if arc is None:
            return Place(Phase.BEGINNING, 0, 1) if n == 1 else Place(Phase.MIDDLE, 0, 1)
        places = places_of(arc)
        return places[min(n, len(places)) - 1]


def _gather(n: int, rows: tuple[SessionPlan, ...], *, repeats: bool) -> SessionPlan:
    return SessionPlan(
        n=n,
        phase=rows[0].phase,
        aim=" ".join(row.aim for row in rows),
        tasks=tuple(dict.fromkeys(task for row in rows for task in row.tasks)),
        measures=tuple(dict.fromkeys(key for row in rows for key in row.measures)),
        review=any(row.review for row in rows) and not repeats,
    )


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, StrEnum):
        return value.value
    return _plain_fields(value) if is_dataclass(value) else value


def _plain_fields(value: Any) -> dict[str, object]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _read(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "format"} | {
        "sessions": _read_range(data["sessions"]),
        "minutes": _read_range(data["minutes"]),
        "rows": tuple(_read_row(row) for row in data["rows"]),
        "not_for": tuple(data["not_for"]),
        "extras": tuple(Extra(**extra) for extra in data["extras"]),
        "sources": tuple(Source(**source | {"mark": Mark(source["mark"])}) for source in data["sources"]),
    }


def _read_range(data: Mapping[str, int] | None) -> Range | None:
    return None if data is None else Range(**data)


def _read_row(data: Mapping[str, Any]) -> SessionPlan:
    return SessionPlan(
        n=data["n"],
        phase=Phase(data["phase"]),
        aim=data["aim"],
        tasks=tuple(Task(**task) for task in data["tasks"]),
        measures=tuple(data["measures"]),
        review=data["review"],
    )
