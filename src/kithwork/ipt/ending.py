"""The ending: what changed and who changed it, what to watch for, and how to come back.

Schools differ on how to speak of it: a *conclusion* after which one can return, or a *termination*, a
relationship that is given up and mourned. A clinic sets which; the work is the same.
"""

from dataclasses import dataclass
from enum import StrEnum

from kithwork.ipt.shelf import Choice, Prompt, Shelf


class Wording(StrEnum):
    """How the clinic speaks of the ending."""

    CONCLUDE = "conclude"
    TERMINATE = "terminate"

    @property
    def label(self) -> str:
        """The choice, as the clinic's settings show it."""
        return {
            Wording.CONCLUDE: "Our sessions conclude; you can come back",
            Wording.TERMINATE: "The therapy ends; saying goodbye is part of it",
        }[self]

    @property
    def opening(self) -> str:
        """The sentence at the head of the ending's page."""
        return {
            Wording.CONCLUDE: "Our sessions are coming to the end we agreed. What you have built goes on, "
            "and there is a way back if you need one.",
            Wording.TERMINATE: "Our work together is coming to the end we agreed. Ending is a goodbye too, "
            "and whatever you feel about it has a place here.",
        }[self]

    @property
    def way_back(self) -> str:
        """How coming back is spoken of, once the sessions are over."""
        return {
            Wording.CONCLUDE: "If it comes round again, you can come back: get in touch with the clinic. "
            "You need not wait until it is bad.",
            Wording.TERMINATE: "This work is complete, and you carry it on. Should you need help again, "
            "your doctor or the clinic can tell you what there is.",
        }[self]


sections = Shelf(
    "sections of the ending",
    (
        Prompt("then_and_now", "Then and now", "The check-ins, the circles and the goals, side by side."),
        Prompt(
            "changed",
            "What changed, and what I did",
            "However small. Say what you did, not only what happened.",
        ),
        Prompt("helped", "What helped", "In the sessions, between them, or somewhere else entirely."),
        Prompt(
            "feelings",
            "What it is like to stop",
            "Glad, sad, cross, worried, nothing much: all of it is fine.",
        ),
        Prompt("warning_signs", "Early warning signs", "What you or others would notice first."),
        Prompt("stressors", "What may be hard ahead", "Dates, changes, people."),
        Prompt("who_to_tell", "Who to tell", "And what you would like them to do."),
        Prompt("plan", "What I will do", "What helped, ready to be used again."),
        Prompt("return", "How to come back", "Whom to ring, and when."),
    ),
)

then_and_now = Shelf(
    "things compared at the end",
    (
        Choice("check_ins", "Check-ins: first and latest"),
        Choice("circles", "Circles: the first and the latest"),
        Choice("goals", "Goals: first and latest rating"),
        Choice("symptoms", "What it was like, and what it is like"),
    ),
)

warning_sign_kinds = Shelf(
    "kinds of warning sign",
    (
        Choice("mood", "Mood and thoughts"),
        Choice("body", "Body, sleep and strength"),
        Choice("contact", "How I am with people"),
        Choice("other", "Something else"),
    ),
)

plan_fields = Shelf(
    "parts of the plan",
    (
        Prompt("if_i_notice", "If I notice"),
        Prompt("i_will", "I will"),
        Prompt("tell", "I will tell"),
        Prompt("come_back", "I will get in touch again when"),
    ),
)

keepsake_parts = Shelf(
    "things to keep",
    (
        Choice("agreed", "What we agreed"),
        Choice("then_and_now", "Then and now"),
        Choice("circles", "My circles"),
        Choice("changed", "What changed, and what I did"),
        Choice("tried", "What I tried, and how it went"),
        Choice("cycle", "How it goes round, with my ideas"),
        Choice("warning_signs", "My warning signs"),
        Choice("plan", "My plan for staying well"),
        Choice("words", "A few words from my therapist"),
    ),
)


class Manner(StrEnum):
    """How an ending came about, which decides how it is spoken of to the client."""

    AGREED = "agreed"
    EARLY = "early"
    UNPLANNED = "unplanned"
    HANDED_ON = "handed_on"


@dataclass(frozen=True)
class WayOfEnding:
    """One way in which a course ends, in a therapist's words, and the sentence that the client reads afterwards."""

    key: str
    label: str
    manner: Manner
    to_client: str


ways_of_ending = Shelf(
    "ways a course can end",
    (
        WayOfEnding("as_agreed", "As agreed", Manner.AGREED, "Your sessions ended as the two of you had agreed."),
        WayOfEnding(
            "earlier_together", "Earlier, decided together", Manner.EARLY,
            "Your sessions ended earlier than first planned, as the two of you decided. What you worked on is yours.",
        ),
        WayOfEnding(
            "earlier_alone", "Earlier, by your client", Manner.EARLY,
            "Your sessions ended earlier than first planned. Stopping was yours to decide, and needs no reason.",
        ),
        WayOfEnding(
            "no_contact", "No contact since the last session", Manner.UNPLANNED,
            "You and your therapist did not meet again. That happens, and nobody holds it against you.",
        ),
        WayOfEnding(
            "handed_on", "Handed on to a colleague here", Manner.HANDED_ON,
            "Your care goes on here with somebody else. You choose what you take along to them.",
        ),
        WayOfEnding(
            "other_care", "On to other care", Manner.HANDED_ON,
            "Your care goes on elsewhere. You choose what you take along from here.",
        ),
        WayOfEnding(
            "moved", "Moved away, or the clinic could not go on", Manner.UNPLANNED,
            "Your sessions could not go on here. What you worked on is yours.",
        ),
        WayOfEnding("died", "Died", Manner.UNPLANNED, ""),
    ),
)  # fmt: skip

reasons_for_ending = Shelf(
    "reasons for an ending",
    (
        Choice("enough", "It is enough for now"),
        Choice("not_helping", "It did not help, or not enough"),
        Choice("not_fitting", "It did not fit: this way of working, or the two of us"),
        Choice("not_now", "Not the right time"),
        Choice("practical", "Time, place, work, money or travel"),
        Choice("health", "Illness or hospital"),
        Choice("something_first", "Something else is needed first"),
        Choice("clinic", "The therapist or the clinic could not go on"),
        Choice("other", "Something else"),
    ),
)

what_next = Shelf(
    "what may come next",
    (
        Choice("nothing", "Nothing for now"),
        Choice("follow_up", "One session to look back, in some months"),
        Choice("monthly", "Monthly sessions to stay well, with a new contract"),
        Choice("other_care", "Other care"),
    ),
)

AFTERWARDS = "Nobody at the clinic reads this now. You can still read it and take it with you."
