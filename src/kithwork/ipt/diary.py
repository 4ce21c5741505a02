"""The diary: one tap for the day's mood, and more for those who like. A missed day is simply not there.

The five steps and the fuller items are two scales. Neither is ever turned into the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kithwork.ipt.shelf import Choice, Prompt, Shelf
from kithwork.refusal import Refusal

MOOD_PROMPT = "How is today going?"
PEOPLE_PROMPT = "Who was in your day, or on your mind?"
ON_MY_OWN = "On my own"
WORDS_PROMPT = "A few words"
MORE = "More about today"
NO_CONTACT = "no_contact"

moods = Shelf(
    "moods",
    (
        Choice("1", "Very low"),
        Choice("2", "Low"),
        Choice("3", "So-so"),
        Choice("4", "Good"),
        Choice("5", "Very good"),
    ),
)


class NotADiaryAnswer(Refusal):
    """An answer outside its scale."""

    code = "not-a-diary-answer"


@dataclass(frozen=True)
class MoreItem:
    """One fuller item, with its scale from 0 and the words at its two ends."""

    key: str
    label: str
    highest: int
    low_end: str
    high_end: str
    opt_in: bool = False
    may_be_no_contact: bool = False


more_items = Shelf(
    "fuller items",
    (
        MoreItem("mood_0_10", "Today, how was your mood overall?", 10, "very low", "very good"),
        MoreItem(
            "contact", "How much contact did you have with people, in person or not?", 4, "none", "a lot"
        ),
        MoreItem(
            "understood",
            "How understood or cared about did you feel?",
            4,
            "not at all",
            "very much",
            may_be_no_contact=True,
        ),
        MoreItem("tension", "How much tension or disagreement was there?", 4, "none", "a lot"),
        MoreItem("lonely", "How lonely or left out did you feel?", 4, "not at all", "very much"),
        MoreItem(
            "kept_to_myself",
            "How much did you keep to yourself when you might have been in touch?",
            4,
            "not at all",
            "very much",
        ),
        MoreItem(
            "checking",
            "How much did you need to check that someone still cared?",
            4,
            "not at all",
            "very much",
            opt_in=True,
        ),
    ),
)

moment = Prompt("moment", "One moment with someone that stayed with you", "Better or worse, and with whom.")
"""Opt-in and, unless the client chooses otherwise, just hers."""


def read_mood(text: str) -> int | None:
    """Read a mood from a form: "1" to "5", or empty for none."""
    return None if text == "" else int(moods.get(text).key)


def check_more(answers: Mapping[str, int | str | None]) -> dict[str, int | str]:
    """Give back the fuller answers that were given. Refuses a number outside its scale; adds nothing up."""
    return {key: _check(more_items.get(key), value) for key, value in answers.items() if value is not None}


def _check(item: MoreItem, value: int | str) -> int | str:
    if value == NO_CONTACT and item.may_be_no_contact:
        return NO_CONTACT
    if type(value) is not int or not 0 <= value <= item.highest:
        raise NotADiaryAnswer(
            f"This goes from 0 to {item.highest}.", next_step="Choose a number, or leave it empty."
        )
    return value
