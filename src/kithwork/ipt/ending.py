"""The ending: what changed and who changed it, what to watch for, and how to come back.

Schools differ on how to speak of it: a *conclusion* after which one can return, or a *termination*, a
relationship that is given up and mourned. A clinic sets which; the work is the same.
"""

from enum import StrEnum

from kithwork.ipt.shelf import Choice, Prompt, Shelf

NAMED_FROM = 4
"""The ending is spoken of while at least this many sessions are left, counting the present one.

Source: Weissman, Markowitz & Klerman, Comprehensive Guide, ch. 7: at least two to four sessions ahead.
"""


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


sections = Shelf(
    "sections of the ending",
    (
        Prompt("then_and_now", "Then and now", "The check-ins, the circles and the goals, side by side."),
        Prompt(
            "changed",
            "What changed, and what I did",
            "However small. Say what you did, not only what happened.",
        ),
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
        Choice("circles", "My circles"),
        Choice("changed", "What changed, and what I did"),
        Choice("cycle", "How it goes round, with my ideas"),
        Choice("warning_signs", "My warning signs"),
        Choice("plan", "My plan for staying well"),
        Choice("words", "A few words from my therapist"),
    ),
)

ways_of_ending = Shelf(
    "ways a course can end",
    (
        Choice("as_agreed", "As agreed"),
        Choice("earlier_together", "Earlier, decided together"),
        Choice("earlier_alone", "Earlier, by your client"),
        Choice("no_contact", "No contact since the last session"),
        Choice("other_care", "On to other care"),
        Choice("moved", "Moved away, or the clinic could not go on"),
        Choice("died", "Died"),
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


def is_time_to_name_it(n: int, planned: int | None) -> bool:
    """Whether the ending should be spoken of in session ``n`` of ``planned``; never in an open course.

    A course of four sessions or fewer speaks of its ending from the first.
    """
    return planned is not None and planned - n < NAMED_FROM
