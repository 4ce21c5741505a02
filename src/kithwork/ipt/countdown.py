"""How the end comes into sight: raised in time, because the time limit is itself a part of the work."""

from dataclasses import dataclass
from enum import StrEnum

from kithwork.ipt.contract import Agreed
from kithwork.ipt.protocol import Phase, Protocol

IN_SIGHT_TASK, NAMING_TASK = "mention_ending", "name_ending"


class Stage(StrEnum):
    """How near the end is, as the two speak of it."""

    IN_SIGHT = "in_sight"
    NAMED = "named"
    LAST = "last"
    PAST = "past"


@dataclass(frozen=True)
class Countdown:
    """Which session of how many this is, and how many are left, counting this one."""

    stage: Stage
    session: int
    number: int
    left: int


def countdown(session: int, agreed: Agreed, protocol: Protocol) -> Countdown | None:
    """Tell how near the end is at a session; None while it is not yet time to speak of it.

    Rule: it comes into sight with the session in which the protocol mentions the ending, and is named from the one
    in which the protocol names it, or in which its ending begins. A protocol that says neither has it raised where its
    ending page opens. The last session always says so, and one beyond the number says that a new number is due.
    Source: Weissman, Markowitz & Klerman, Comprehensive Guide, ch. 7: at least two to four sessions ahead.
    """
    number = agreed.number
    if number is None:
        return None
    stage = _stage(session, number, protocol)
    return Countdown(stage, session, number, max(0, number - session + 1)) if stage else None


def _stage(session: int, number: int, protocol: Protocol) -> Stage | None:
    if session >= number:
        return Stage.LAST if session == number else Stage.PAST
    so_far = {task.key for n in range(1, session + 1) for task in protocol.tasks_for(n, number)}
    if NAMING_TASK in so_far or protocol.phase_of(session, number) is Phase.ENDING:
        return Stage.NAMED
    opens = protocol.ending_opens_at(number)
    is_near = opens is not None and session >= opens
    return Stage.IN_SIGHT if IN_SIGHT_TASK in so_far or (is_near and not _mentions(protocol)) else None


def _mentions(protocol: Protocol) -> bool:
    return any(task.key == IN_SIGHT_TASK for row in protocol.rows for task in row.tasks)
