"""A clinic's own form of IPT: copied from one on the shelf, changed, and given a new version.

What a form must have is little: a name, three phases with a session in each, and an ending that opens by the last
session. Whatever else it suggests is the clinic's to choose; a course under way keeps the copy that it began with.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from kithwork.ipt.contract import rhythms
from kithwork.ipt.protocol import Arc, Protocol, Range, SessionPlan, places_of
from kithwork.ipt.tasks import tasks
from kithwork.refusal import Refusal

MOST_SESSIONS, SHORTEST, LONGEST = 60, 10, 240
LONGEST_TITLE, LONGEST_AIM = 80, 300
MARK = "-own"


class ProtocolRefused(Refusal):
    """A form of IPT that could not be carried out as it is written."""

    code = "protocol-refused"


@dataclass(frozen=True)
class Frame:
    """What a form is as a whole; ``sessions`` is None for an open one, whose phases stay as they are."""

    title: str
    sessions: int | None
    beginning: int
    ending: int
    ending_opens: int
    minutes: int | None
    rhythm: str
    reviews: tuple[int, ...]
    each_time: tuple[str, ...]
    at_reviews: tuple[str, ...]


def frame_of(protocol: Protocol) -> Frame:
    """A form as a whole, ready to be changed."""
    rows = [set(row.measures) for row in protocol.rows]
    each = set.intersection(*rows)
    named = dict.fromkeys(key for row in protocol.rows for key in row.measures)
    arc = _arc(protocol)
    return Frame(
        title=protocol.title, sessions=protocol.usual, beginning=arc.beginning, ending=arc.ending,
        ending_opens=protocol.ending_opens, minutes=protocol.minutes.usual if protocol.minutes else None,
        rhythm=_rhythm(protocol),
        reviews=tuple(row.n for row in protocol.rows if row.review),
        each_time=tuple(key for key in named if key in each),
        at_reviews=tuple(key for key in named if key not in each),
    )  # fmt: skip


def _rhythm(protocol: Protocol) -> str:
    """The rhythm as one of those that a contract knows; the shelf says it in words."""
    return next((one.key for one in rhythms if protocol.rhythm.startswith(one.key)), "as_arranged")


def copied(protocol: Protocol, *, key: str, title: str) -> Protocol:
    """A form of the clinic's own, as yet the same but for its name."""
    return replace(protocol, key=key, title=_title(title), version=1)


def reframed(protocol: Protocol, frame: Frame, *, measures: Collection[str]) -> Protocol:
    """The next version, with another frame. A phase that grows or shrinks keeps what it suggests.

    ``measures`` are the questionnaires that there are. Raises ProtocolRefused.
    """
    arc = _checked_arc(protocol, frame)
    _check_frame(frame, sum(arc), measures)
    rows = [protocol.row_at(n, place) for n, place in enumerate(places_of(arc), start=1)]
    minutes = None if frame.minutes is None else Range(frame.minutes, frame.minutes, frame.minutes)
    return replace(
        protocol, title=_title(frame.title), version=protocol.version + 1,
        sessions=None if frame.sessions is None else Range(frame.sessions, frame.sessions, frame.sessions),
        minutes=minutes, rhythm=rhythms.get(frame.rhythm).key, ending_opens=frame.ending_opens,
        rows=tuple(_measured(row, frame, last=sum(arc)) for row in rows),
    )  # fmt: skip


def with_session(protocol: Protocol, n: int, *, aim: str, chosen: Iterable[str]) -> Protocol:
    """The next version, with another aim and other suggestions for one session."""
    if not 1 <= n <= len(protocol.rows):
        raise ProtocolRefused("There is no such session in it.", next_step="Choose one from the list.")
    if len(aim) > LONGEST_AIM:
        raise ProtocolRefused("An aim has at most {n} characters.", next_step="Shorten it.", n=LONGEST_AIM)
    wanted = set(chosen)
    picked = tuple(task for task in tasks if task.key in wanted)
    if len(picked) != len(wanted):
        raise ProtocolRefused("That is not one of the tasks.", next_step="Choose from the list.")
    row = replace(protocol.rows[n - 1], aim=aim.strip(), tasks=picked)
    rows = (*protocol.rows[: n - 1], row, *protocol.rows[n:])
    return replace(protocol, rows=rows, version=protocol.version + 1)


def _arc(protocol: Protocol) -> Arc:
    phases = [row.phase for row in protocol.rows]
    return Arc(*(phases.count(phase) for phase in dict.fromkeys(phases)))


def _checked_arc(protocol: Protocol, frame: Frame) -> Arc:
    if protocol.open != (frame.sessions is None):
        raise ProtocolRefused(
            "How many sessions?"
            if frame.sessions is None
            else "This form is open: it has no number of its own.",
            next_step="Choose a number from 3." if frame.sessions is None else "Leave the number empty.",
        )
    if frame.sessions is None:
        return _arc(protocol)
    if not len(Arc._fields) <= frame.sessions <= MOST_SESSIONS:
        raise ProtocolRefused(
            "A form has from 3 to {most} sessions: one at least to begin, to work and to end.",
            next_step="Choose another number.",
            most=MOST_SESSIONS,
        )
    arc = Arc(frame.beginning, frame.sessions - frame.beginning - frame.ending, frame.ending)
    if min(arc) < 1:
        raise ProtocolRefused(
            "Beginning and ending take {beginning} and {ending} of {sessions} sessions, so none is left for a phase.",
            next_step="Leave at least one session for each of the three.",
            beginning=frame.beginning,
            ending=frame.ending,
            sessions=frame.sessions,
        )
    return arc


def _check_frame(frame: Frame, last: int, measures: Collection[str]) -> None:
    if not 1 <= frame.ending_opens <= last:
        raise ProtocolRefused(
            "The ending opens with 1 session left at the latest, and with all of them at the earliest.",
            next_step="Choose a number from 1 to {last}.",
            last=last,
        )
    if frame.minutes is not None and not SHORTEST <= frame.minutes <= LONGEST:
        raise ProtocolRefused(
            "A session lasts from {shortest} to {longest} minutes.",
            next_step="Choose another length.",
            shortest=SHORTEST,
            longest=LONGEST,
        )
    beyond = [n for n in frame.reviews if not 1 <= n <= last]
    if beyond:
        raise ProtocolRefused(
            "Session {n} is not one of the {last}, so nothing can be looked back on in it.",
            next_step="Name sessions from 1 to {last}.",
            n=beyond[0],
            last=last,
        )
    if {*frame.each_time, *frame.at_reviews} - set(measures):
        raise ProtocolRefused("That is not one of the questionnaires.", next_step="Choose from the list.")


def _measured(row: SessionPlan, frame: Frame, *, last: int) -> SessionPlan:
    review = row.n in frame.reviews
    more = frame.at_reviews if review or row.n in (1, last) else ()
    asked = (tasks["review"],) if review else ()
    suggested = (*(task for task in row.tasks if task.key != "review"), *asked)
    return replace(
        row, review=review, tasks=suggested, measures=tuple(dict.fromkeys((*frame.each_time, *more)))
    )


def _title(title: str) -> str:
    name = " ".join(title.split())
    if not name:
        raise ProtocolRefused("It needs a name.", next_step="Write one that colleagues will know it by.")
    if len(name) > LONGEST_TITLE:
        raise ProtocolRefused("A name has at most {n} characters.", next_step="Shorten it.", n=LONGEST_TITLE)
    return name
