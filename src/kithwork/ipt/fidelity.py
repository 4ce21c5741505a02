"""Was this session IPT? Twelve things a therapist or supervisor may rate from 0 to 4, in our own words.

It is a set of Kithwork's own and not a validated scale: it opens a talk in supervision and ranks nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kithwork.ipt.shelf import Choice, Prompt, Shelf
from kithwork.refusal import Refusal

LOWEST, HIGHEST = 0, 4

items = Shelf(
    "ratings",
    (
        Prompt(
            "agenda", "Agenda and time limit", "What today is for, and how many sessions are left, was clear."
        ),
        Prompt("score_used", "Check-in used", "The answers were talked about, not only collected."),
        Prompt(
            "linked", "Symptoms linked to relationships", "The week's mood was joined to events and people."
        ),
        Prompt("focus_kept", "Focus kept", "The talk came back to what was agreed."),
        Prompt("phase_tasks", "Work of the phase", "What belongs to this part of the course was done."),
        Prompt("affect", "Feelings invited", "Feelings were given room and words."),
        Prompt("communication", "Talk looked at closely", "An exchange was gone through line by line."),
        Prompt("options", "Choices explored", "More than one way forward was looked at."),
        Prompt("rehearsed", "Change rehearsed", "Something new was tried out in the room."),
        Prompt("network", "Support drawn in", "People who could help were thought of and used."),
        Prompt("together", "Worked together", "The two decided together."),
        Prompt("ending_named", "Ending named", "The ending was spoken of, when its time had come."),
    ),
)

anchors = Shelf(
    "ratings from 0 to 4",
    (
        Choice("0", "Not there"),
        Choice("1", "A little"),
        Choice("2", "In part"),
        Choice("3", "Well"),
        Choice("4", "Very well"),
    ),
)
DOES_NOT_APPLY = Choice("", "Did not belong to this session")


class NotARating(Refusal):
    """A rating outside 0 to 4, or of something that is not on the list."""

    code = "not-a-fidelity-rating"


@dataclass(frozen=True)
class Summary:
    """How many were rated, and their mean; the mean is None when none was rated."""

    rated: int
    mean: float | None


def summarise(ratings: Mapping[str, int | None]) -> Summary:
    """Average the ratings given; what was not rated is left out and never counts as 0."""
    given = [_check(key, value) for key, value in ratings.items() if value is not None]
    return Summary(len(given), sum(given) / len(given) if given else None)


def _check(key: str, value: int) -> int:
    if key not in items or isinstance(value, bool) or value not in range(LOWEST, HIGHEST + 1):
        raise NotARating("A rating goes from 0 to 4.", next_step="Choose one, or leave it empty.")
    return value
