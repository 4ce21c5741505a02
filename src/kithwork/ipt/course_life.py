"""The everyday words of a course: kinds of session, attendance, techniques, how a session runs."""

from collections.abc import Iterable
from dataclasses import dataclass

from kithwork.ipt.shelf import Choice, Prompt, Shelf

OPENING_QUESTION = "How have things been since we last met?"
LINK_QUESTION = "Which day was worst, or best, and who was around?"
FIVE_MINUTES = "What to look at before the session: the check-in, what was shared, the last thing tried."


@dataclass(frozen=True)
class SessionKind:
    """A kind of session: whether it takes one of the agreed numbers when it is held, and whether others sit in."""

    key: str
    label: str
    numbered: bool
    others: bool = False


session_kinds = Shelf(
    "kinds of session",
    (
        SessionKind("planned", "Planned", numbered=True),
        SessionKind("extra", "Extra", numbered=False),
        SessionKind("parent", "With a parent or carer", numbered=False, others=True),
        SessionKind("conjoint", "With someone close", numbered=True, others=True),
        SessionKind("review", "Review", numbered=True),
        SessionKind("did_not_attend", "Did not take place", numbered=False),
    ),
)


@dataclass(frozen=True)
class Attendance:
    """What became of an appointment, and whether the two met."""

    key: str
    label: str
    met: bool


attendance = Shelf(
    "attendance",
    (
        Attendance("attended", "Attended", met=True),
        Attendance("part", "Attended for part of it", met=True),
        Attendance("client_cancelled", "Cancelled by your client", met=False),
        Attendance("clinic_cancelled", "Cancelled by the clinic", met=False),
        Attendance("not_there", "Did not come, no word", met=False),
    ),
)

ways_of_meeting = Shelf(
    "ways of meeting",
    (
        Choice("in_person", "in person"),
        Choice("video", "by video"),
        Choice("phone", "by phone"),
        Choice("writing", "in writing"),
    ),
)


def takes_a_number(kind: str, attended: str) -> bool:
    """Whether a session uses up one of the agreed number.

    Rule: only when the two met, and only a planned, joint or review session. Cancelling never costs one, so
    that "session n of N" means the same to both.
    """
    return session_kinds.get(kind).numbered and attendance.get(attended).met


def numbering(sessions: Iterable[tuple[str, str]], *, first: int = 1) -> list[tuple[int, bool]]:
    """Number sessions in their order, each given as its kind and what became of it ("" while it lies ahead).

    Rule: each has the number that it takes, or would take; one that takes none leaves it to the next. So a missed,
    extra or parent session never moves anything that was held.
    """
    numbers: list[tuple[int, bool]] = []
    n = first
    for kind, attended in sessions:
        takes = takes_a_number(kind, attended) if attended else session_kinds.get(kind).numbered
        numbers.append((n, takes))
        n += takes
    return numbers


@dataclass(frozen=True)
class Technique:
    """A technique by its name in the field, in a client's words, with the worksheet that goes with it."""

    key: str
    label: str
    plain: str
    worksheet: str | None


techniques = Shelf(
    "techniques",
    (
        Technique("exploration", "Non-directive exploration", "Following where you lead", None),
        Technique("direct_questions", "Direct questions", "Asking about one thing", None),
        Technique("affect", "Encouraging affect", "Words for a feeling", "feelings"),
        Technique("clarification", "Clarification", "Making it clearer", "clarification"),
        Technique(
            "communication_analysis", "Communication analysis", "A conversation, replayed", "conversation"
        ),
        Technique("decision_analysis", "Decision analysis", "Weighing a choice", "decision"),
        Technique("role_play", "Role play", "Trying it out here first", "role_play"),
        Technique(
            "relationship", "Use of the therapeutic relationship", "What happens between us", "between_us"
        ),
        Technique("incident", "Interpersonal incident", "A moment with someone", "incident"),
        Technique("problem_solving", "Problem solving", "One step after another", "problem_solving"),
        Technique("psychoeducation", "Psychoeducation", "Learning about depression", "reading"),
        Technique("try_out", "Try-out between sessions", "Something to try", "try_out"),
    ),
)

usual_steps = Shelf(
    "steps of a session",
    (
        Prompt("check_in", "Check-in", "Look at it together."),
        Prompt("opening", "Since last time", OPENING_QUESTION),
        Prompt("link", "Link the week", LINK_QUESTION),
        Prompt("focus", "The focus", "Work on what was agreed."),
        Prompt("technique", "One thing closely"),
        Prompt("try", "Something to try", "Nothing this week is fine."),
        Prompt("close", "Close", "What to take along, and how many sessions are left."),
    ),
)

week_days = Shelf(
    "days that a week is linked by",
    (
        Choice("worst", "The worst day"),
        Choice("best", "The best day"),
    ),
)

try_effects = Shelf(
    "how mood was after a try-out",
    (
        Choice("lighter", "Mood was lighter after it"),
        Choice("same", "No different"),
        Choice("heavier", "Mood was lower after it"),
        Choice("mixed", "Some of both"),
    ),
)

course_states = Shelf(
    "states of a course",
    (
        Choice("waiting", "Waiting to begin"),
        Choice("under_way", "Under way"),
        Choice("paused", "Paused"),
        Choice("ended", "Ended"),
    ),
)

reasons_for_pausing = Shelf(
    "reasons for a pause",
    (
        Choice("waiting", "Waiting for a first session"),
        Choice("illness", "Illness or hospital"),
        Choice("away", "Away for a while"),
        Choice("happened", "Something has happened that comes first"),
        Choice("therapist_away", "The therapist is away"),
        Choice("wish", "Your client wishes for a pause"),
        Choice("other", "Another reason"),
    ),
)
