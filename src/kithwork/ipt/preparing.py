"""Five minutes before a session: what is still open from earlier, and a question to open with.

All of it is offered. Nothing here has to be done, and the two of them decide what the session is for.
"""

from collections.abc import Collection
from dataclasses import dataclass

from kithwork.ipt.protocol import Phase, Protocol, Task
from kithwork.ipt.shelf import Shelf
from kithwork.ipt.sources import Source, design, sourced

TRACES = {
    "first_check_in": "check_in",
    "symptoms": "experiences",
    "ask_safety": "asked_aloud",
    "earlier_times": "episodes",
    "put_down": "put_down",
    "explain_ipt": "cycle",
    "timeline_start": "events",
    "timeline_finish": "events",
    "circles": "placed",
    "inventory": "cards",
    "formulation_share": "picture",
    "formulation_agree": "picture_signed",
    "agree_focus": "focus",
    "agree_goals": "goals",
    "agree_contract": "contract_signed",
    "review": "review",
    "what_changed": "what_changed",
    "warning_signs": "warning_signs",
    "stay_well": "stay_well",
}
"""What a task leaves in the record. One that is not here leaves nothing to be seen, and is never called open."""


def still_open(protocol: Protocol, n: int, planned: int | None, there: Collection[str]) -> tuple[Task, ...]:
    """The tasks of earlier sessions of which nothing stands in the record yet, each once, in their order.

    ``there`` names what stands in the record as far as the reader may see it. Rule: only tasks of the sessions before
    ``n``; what was talked about and not written down looks open too, and a therapist knows better.
    """
    earlier = (task for session in range(1, n) for task in protocol.tasks_for(session, planned))
    once = {task.key: task for task in earlier if task.key in TRACES}
    return tuple(task for task in once.values() if TRACES[task.key] not in there)


@dataclass(frozen=True)
class Opening:
    """A question to open with, or to go on with: when it fits, and where it comes from."""

    key: str
    label: str
    fits: str  # what it rests on, for the therapist who wants to know
    source: Source


_ROUTINE = "Strategies and techniques of IPT, alpfmedical.info"

openings = Shelf(
    "questions to open with",
    (
        Opening(
            "what_brings", "What made you look for help now, and who around you has noticed?",
            "It is the first session.", design("the wording"),
        ),
        Opening(
            "since_last", "How have things been since we last met?",
            "It opens every session after the first.", sourced("the question", _ROUTINE),
        ),
        Opening(
            "since_missed", "We did not meet as planned. How have things been in the meantime?",
            "The last appointment did not take place.", design("the wording"),
        ),
        Opening(
            "time_left", "How have things been since we last met, and what is it like to see the end from here?",
            "The ending has begun.",
            sourced("raising the ending sessions ahead", "Weissman, Markowitz & Klerman, Comprehensive Guide, ch. 7"),
        ),
        Opening(
            "last_time", "This is our last session. What would you not want to leave without saying?",
            "It is the last of the agreed sessions.", design("the wording"),
        ),
    ),
)  # fmt: skip

questions = Shelf(
    "questions to go on with",
    (
        Opening(
            "near_date", "A day that matters is close. What is it like to have it coming?",
            "A date in the record is less than three weeks away.", design("the wording"),
        ),
        Opening(
            "brought", "You brought something to talk about. Shall we begin there?",
            "There is something from your client on the agenda.", design("the wording"),
        ),
        Opening(
            "tried", "You had something in mind to try. What happened, whether or not it came to it?",
            "Something to try was chosen last time.",
            sourced("following up what was tried, whether or not it came to it", "Blanco et al., abstract"),
        ),
        Opening(
            "score_moved", "Your check-in has moved. What was going on that week, and with whom?",
            "A total lies further from the last one than its unsteadiness explains.",
            sourced("linking the week’s mood to its events and people", _ROUTINE),
        ),
        Opening(
            "moved_closer", "Somebody stands elsewhere on your circles than before. What happened there?",
            "Somebody was moved on the circles since you last met.", design("the wording"),
        ),
        Opening(
            "days_apart", "Which day was the worst and which the best, and who was around?",
            "Days in the shared diary lie apart since you last met.", design("the wording, after usual practice"),
        ),
        Opening(
            "people", "Who would you like me to know about first?",
            "Nobody stands on the circles yet.", design("the wording"),
        ),
        Opening(
            "focus", "When did what we work on show itself this week?",
            "A focus was agreed.", sourced("keeping to the focus each week", _ROUTINE),
        ),
    ),
)  # fmt: skip
"""In the order in which they come up when several fit. None asks about safety: that has words of its own."""

MOST_QUESTIONS = 2


@dataclass(frozen=True)
class Moment:
    """What is known before a session, as far as it chooses a question."""

    n: int
    phase: Phase
    is_last: bool
    missed: bool
    there: frozenset[str]  # keys of ``questions`` that have something to rest on


def open_with(moment: Moment) -> tuple[Opening, ...]:
    """Choose one question to open with and at most two to go on with; all of them can be left."""
    going_on = [one for one in questions if one.key in moment.there]
    return (openings.get(_opening(moment)), *going_on[:MOST_QUESTIONS])


def _opening(moment: Moment) -> str:
    if moment.n == 1:
        return "what_brings"
    if moment.is_last:
        return "last_time"
    if moment.missed:
        return "since_missed"
    return "time_left" if moment.phase is Phase.ENDING else "since_last"
