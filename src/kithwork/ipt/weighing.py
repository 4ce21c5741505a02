"""The four kinds of difficulty, to recognise: short stories, and a client's own weighing. It decides nothing.

The people in the stories are made up. The focus is chosen by two people together (``problem_areas``).
"""

from dataclasses import dataclass

from kithwork.ipt.problem_areas import ProblemArea, problem_areas
from kithwork.ipt.shelf import Choice, Prompt, Shelf

QUESTION = "Does this fit for you?"
WHY = Prompt("why", "What makes you think so?", "A few words, or none.")
DECIDES_NOTHING = "This decides nothing. You two choose what to work on together."
MADE_UP = "These people are made up."

fits = Shelf(
    "answers",
    (
        Choice("a_lot", "It fits a lot"),
        Choice("a_bit", "A bit"),
        Choice("not", "Not for me"),
        Choice("not_sure", "Not sure"),
        Choice("rather_not_say", "Rather not say"),
    ),
)


@dataclass(frozen=True)
class Recognise:
    """One kind of difficulty as a reader may know it: a story or two, and what people say."""

    area: ProblemArea
    stories: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.area.key

    @property
    def label(self) -> str:
        return self.area.label


_STORIES = {
    "dispute": (
        (
            "Nadia and her sister have not spoken properly since they cleared their father’s house. Each waits for the "
            "other to begin. Nadia sleeps badly and has stopped going to family birthdays."
        ),
        (
            "Owen and his wife agree about most things, but not about money. They used to argue. Now they are polite, "
            "and he stays late at work."
        ),
    ),
    "transition": (
        (
            "Ben was glad of the new job. But the people he used to eat lunch with are two hundred miles away, and "
            "he no longer knows what he is good at."
        ),
        (
            "Farida wanted the baby for years. She loves him. She also misses who she was, and feels that she may not "
            "say so."
        ),
    ),
    "grief": (
        (
            "Ruth looked after her husband for two years. Everyone said how well she coped when he died. A year on she "
            "still lays the table for two and feels nothing at all."
        ),
        (
            "Marek’s brother died after they had fallen out. People tell him that time heals. He cannot look at a "
            "photograph, and cannot put one away."
        ),
    ),
    "sensitivity": (
        (
            "Kofi has been on his own for most of his life. He would like to say more at work than “good morning”, and "
            "usually thinks of it on the bus home."
        ),
        (
            "Jo makes friends quickly and loses them quickly. When a friend takes two days to answer, Jo decides "
            "that it is over and stops writing."
        ),
    ),
}

_SAID = {
    "dispute": (
        "We go round in the same row",
        "We have stopped talking about it",
        "I want something they don’t",
    ),
    "transition": (
        "I don’t know who I am in this",
        "I miss how it was",
        "Everybody thinks that I should be glad",
    ),
    "grief": (
        "I can’t think of them, or of anything else",
        "I never really cried",
        "Some days come back each year",
    ),
    "sensitivity": (
        "It has been like this for a long time",
        "I never know what to say",
        "It ends before it begins",
    ),
}

recognise = Shelf(
    "kinds of difficulty", (Recognise(area, _STORIES[area.key], _SAID[area.key]) for area in problem_areas)
)
