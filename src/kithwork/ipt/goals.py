"""Goals: one to three, small, with people in them, tied to the focus; rated 0 to 10 by the client."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kithwork.ipt.shelf import Choice, Prompt, Shelf
from kithwork.refusal import Refusal

MOST = 3
LOWEST, HIGHEST = 0, 10
SCALE_ENDS = (Choice("0", "not at all there yet"), Choice("10", "as I hoped"))

kinds = Shelf(
    "kinds of goal",
    (
        Choice("interpersonal", "Something between me and people"),
        Choice("symptom", "How I feel", "Kept apart from the others: the check-ins look after it."),
    ),
)

prompts = Shelf(
    "questions about a goal",
    (
        Prompt("goal", "What would you like to be different between you and someone?"),
        Prompt("sign", "How would you notice that it has begun?"),
        Prompt("by", "By when?", "Roughly is enough."),
        Prompt("who", "Who is part of it?"),
    ),
)

occasions = Shelf(
    "times to rate a goal",
    (Choice("start", "At the start"), Choice("middle", "On the way"), Choice("end", "At the end")),
)

endings = Shelf(
    "ways a goal can end",
    (
        Choice("reached", "We got there", "Far enough is enough."),
        Choice("replaced", "Another one took its place"),
        Choice("let_go", "It does not fit any more"),
    ),
)


class TooManyGoals(Refusal):
    """A fourth goal."""

    code = "too-many-goals"


class NotARating(Refusal):
    """A rating outside 0 to 10."""

    code = "not-a-rating"


@dataclass(frozen=True)
class Rating:
    """How far a goal has come, on a day. None is "not rated", which is not nought."""

    on: date
    value: int | None

    def __post_init__(self) -> None:
        check_rating(self.value)


@dataclass(frozen=True)
class Progress:
    """The first rating and the latest, and the points between them; None where there are not two."""

    first: int | None
    latest: int | None
    points: int | None


def check_rating(value: int | None) -> int | None:
    """Give back a rating of 0 to 10, or None for none. Anything else is refused, never moved to fit."""
    if value is not None and (isinstance(value, bool) or value not in range(LOWEST, HIGHEST + 1)):
        raise NotARating("A goal is rated from 0 to 10.", next_step="Choose a number, or leave it empty.")
    return value


def check_one_more(standing: int) -> None:
    """Allow up to three goals at a time."""
    if standing >= MOST:
        raise TooManyGoals(
            "Three goals are enough at a time.", next_step="Put one aside, or let this one take its place."
        )


def progress(ratings: Iterable[Rating]) -> Progress:
    """Compare the first rating given with the latest; days without one are left out, not counted as 0."""
    given = [one.value for one in sorted(ratings, key=lambda one: one.on) if one.value is not None]
    if not given:
        return Progress(None, None, None)
    return Progress(given[0], given[-1], given[-1] - given[0] if len(given) > 1 else None)
