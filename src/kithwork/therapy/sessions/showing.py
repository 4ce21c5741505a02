"""What the two let somebody else see in a session: single pieces, picked beforehand. What was not picked is not there.

Everything here is read for an audience that sees what both see (``access.both_see``): no note of staff and nothing
that the client keeps can be offered, picked or shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.passages.audience import Audience
from kithwork.ipt.shelf import Choice, Shelf
from kithwork.therapy.focus.queries import current
from kithwork.therapy.formulation.queries import goals, standing
from kithwork.therapy.sessions import queries
from kithwork.therapy.sessions.models import Picked, TherapySession
from kithwork.therapy.sessions.week import Week
from kithwork.therapy.story.queries import cycle, events

RECENT_EVENTS = 20

kinds = Shelf(
    "what can be shown to somebody else",
    (
        Choice("agenda", gettext_noop("On the agenda")),
        Choice("week", gettext_noop("The week, linked")),
        Choice("focus", gettext_noop("What we work on")),
        Choice("goal", gettext_noop("Goals")),
        Choice("try", gettext_noop("Something to try")),
        Choice("formulation", gettext_noop("What we wrote together")),
        Choice("cycle", gettext_noop("How it goes round")),
        Choice("event", gettext_noop("What happened")),
        Choice("summary", gettext_noop("What we took from a session")),
    ),
)


@dataclass(frozen=True)
class Piece:
    """One thing that can be shown: where it is from, and its words exactly as they would stand on the screen."""

    kind: str
    id: str
    text: str
    head: str = ""
    words: bool = True  # somebody's own words, or Kithwork's

    @property
    def key(self) -> str:
        """What names it in a form."""
        return f"{self.kind}.{self.id}"


@dataclass(frozen=True)
class Group:
    """The pieces of one kind."""

    key: str
    label: str
    pieces: list[Piece] = field(default_factory=list)


def groups(audience: Audience, session: TherapySession, zone: ZoneInfo) -> list[Group]:
    """Everything that both can see and that could be shown, kind by kind."""
    found = ((kind, list(PIECES[kind.key](audience, session, zone))) for kind in kinds)
    return [Group(kind.key, _(kind.label), pieces) for kind, pieces in found if pieces]


def picked(audience: Audience, session: TherapySession) -> set[str]:
    """What was picked for this session and not taken off again, by its key."""
    rows = Picked.seen.visible_to(audience).filter(meeting=session, removed_at__isnull=True)
    return {f"{row.kind}.{row.piece}" for row in rows}


def shown(audience: Audience, session: TherapySession, zone: ZoneInfo) -> list[Group]:
    """What was picked, as it stands now. A piece that was taken back since is not there."""
    chosen = picked(audience, session)
    if not chosen:
        return []
    kept = (
        Group(one.key, one.label, [piece for piece in one.pieces if piece.key in chosen])
        for one in groups(audience, session, zone)
    )
    return [one for one in kept if one.pieces]


# Where the pieces come from ---------------------------------------------------------------------------------

Source = Callable[[Audience, TherapySession, ZoneInfo], Iterable[Piece]]


def _agenda(audience: Audience, session: TherapySession, _zone: ZoneInfo) -> Iterable[Piece]:
    lines = queries.agenda(audience, session.n, session)
    return [Piece("agenda", one.id, one.text, words=one.from_client) for one in lines if not one.standing]


def _week(audience: Audience, session: TherapySession, zone: ZoneInfo) -> Iterable[Piece]:
    links = Week(audience, zone, session).links()
    return [Piece("week", one.id, one.words.text if one.words else "", "; ".join(one.ends)) for one in links]


def _focus(audience: Audience, _session: TherapySession, _zone: ZoneInfo) -> Iterable[Piece]:
    return [Piece("focus", one.id, one.in_our_words, one.line) for one in current(audience)]


def _goals(audience: Audience, _session: TherapySession, _zone: ZoneInfo) -> Iterable[Piece]:
    return [Piece("goal", one.id, one.goal) for one in goals(audience)]


def _tries(audience: Audience, _session: TherapySession, _zone: ZoneInfo) -> Iterable[Piece]:
    found = queries.try_outs(audience)
    return [
        Piece(
            "try", one.id, one.what.text, _("with %(person)s") % {"person": one.person} if one.person else ""
        )
        for one in found
        if one.what
    ]


def _formulation(audience: Audience, _session: TherapySession, _zone: ZoneInfo) -> Iterable[Piece]:
    sections = standing(audience).sections
    return [
        Piece("formulation", one.key, one.words.text, _(one.label))
        for one in sections
        if one.words and one.words.text.strip()
    ]


def _cycle(audience: Audience, _session: TherapySession, _zone: ZoneInfo) -> Iterable[Piece]:
    for step in cycle(audience):
        texts = [one.text for one in step.words.values() if one.text.strip()]
        if step.id and texts:
            yield Piece("cycle", step.id, "\n".join(texts), step.label)


def _events(audience: Audience, _session: TherapySession, _zone: ZoneInfo) -> Iterable[Piece]:
    found = sorted(events(audience), key=lambda one: one.latest, reverse=True)
    return [Piece("event", one.id, one.title, one.when) for one in found[:RECENT_EVENTS]]


def _summaries(audience: Audience, session: TherapySession, _zone: ZoneInfo) -> Iterable[Piece]:
    found = [one for one in queries.sessions(audience) if one.summary and one.id != session.id]
    return [
        Piece("summary", one.id, one.summary.text, one.title)
        for one in reversed(found)
        if one.summary is not None
    ]


PIECES: dict[str, Source] = {
    "agenda": _agenda, "week": _week, "focus": _focus, "goal": _goals, "try": _tries, "formulation": _formulation,
    "cycle": _cycle, "event": _events, "summary": _summaries,
}  # fmt: skip
