"""The diary: one tap for the day's mood, and more for those who like. A missed day is simply not there.

The five steps and the fuller items are two scales. Neither is ever turned into the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kithwork.ipt.shelf import Choice, Shelf
from kithwork.refusal import Refusal

MOOD_PROMPT = "How is today going?"
PEOPLE_PROMPT = "Who was in your day, or on your mind?"
ON_MY_OWN = "On my own"
WORDS_PROMPT = "A few words"
MORE = "More about today"
ALSO = "And three more, if you like"
HIGHEST = 10

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
    """One fuller item, from 0 to 10, with the words at its two ends; ``also`` is one of the three that come last."""

    key: str
    label: str
    low_end: str
    high_end: str
    also: bool = False


# A key is never used for another scale: an answer means what was asked when it was given.
more_items = Shelf(
    "fuller items",
    (
        MoreItem("low_mood", "How low was your mood?", "not low", "very low"),
        MoreItem("kept_away", "How much did you keep away from people?", "not at all", "all day"),
        MoreItem("felt_distant", "How distant or unwanted did you feel?", "not at all", "very"),
        MoreItem("felt_no_good", "How much did you feel no good at anything?", "not at all", "very much"),
        MoreItem("argument", "How much tension or arguing was there?", "none", "a lot"),
        MoreItem("let_help", "How much did you let someone help?", "not at all", "very much", also=True),
        MoreItem(
            "time_with_people", "How much of the day were you with people?", "none", "all of it", also=True
        ),
        MoreItem("sleep", "How did you sleep?", "badly", "well", also=True),
    ),
)


def read_mood(text: str) -> int | None:
    """Read a mood from a form: "1" to "5", or empty for none."""
    return None if text == "" else int(moods.get(text).key)


def check_more(answers: Mapping[str, int | None]) -> dict[str, int]:
    """Give back the fuller answers that were given. Refuses a number outside its scale; adds nothing up."""
    given = {key: value for key, value in answers.items() if value is not None}
    return {more_items.get(key).key: _on_scale(value) for key, value in given.items()}


def _on_scale(value: int) -> int:
    if type(value) is not int or not 0 <= value <= HIGHEST:
        raise NotADiaryAnswer(
            "This goes from 0 to {highest}.", next_step="Choose a number, or leave it empty.", highest=HIGHEST
        )
    return value
