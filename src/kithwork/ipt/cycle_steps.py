"""How it goes round: the loop of mood and relationships in four steps, for a client to make her own.

It follows the leaflet that started Kithwork, told without blame.
It can start anywhere, and it can stop anywhere.
"""

from dataclasses import dataclass

from kithwork.ipt.shelf import Choice, Prompt, Shelf

TITLE = "How it goes round"
INTRO = "It can start anywhere. Nobody is to blame."
ENTRY = "Something is hard between me and someone"
CENTRE = "What might help here, and who?"
QUESTION = "Is this true for you?"
FOOT = "If someone frightens you, keeping away may be keeping you safe."
EXAMPLE_NOTE = "This is an example. Yours may look quite different."


@dataclass(frozen=True)
class Station:
    """One step of the loop: its name on the disc, a line below it, and what to say about it."""

    key: str
    label: str
    below: str
    text: str
    in_my_words: str


stations = Shelf(
    "steps of the cycle",
    (
        Station(
            "mood_drops",
            "My mood drops",
            "",
            "When mood is low, everything takes more strength. Being with people can feel like too much.",
            "What is it like for you when your mood drops?",
        ),
        Station(
            "pull_away",
            "I pull away",
            "",
            "When we feel low or ashamed we may turn down help, even from people we love. "
            "It can look like we don't want them.",
            "What do you do less of, and with whom?",
        ),
        Station(
            "others_step_back",
            "Others step back",
            "They may feel shut out, unsure how to help",
            "People who care may not know what to do. They may give us room, or feel pushed away themselves.",
            "What have you seen others do?",
        ),
        Station(
            "take_as_proof",
            "I take it as proof I've failed",
            "",
            "When people step back, it is easy to think that it is our own doing. "
            "Then mood drops further, and it goes round again.",
            "What do you tell yourself then?",
        ),
    ),
)

answers = Shelf(
    "answers",
    (
        Choice("often", "Often"),
        Choice("sometimes", "Sometimes"),
        Choice("not_really", "Not really"),
        Choice("differently", "It goes differently for me"),
        Choice("rather_not_say", "Rather not say"),
    ),
)

own_prompts = Shelf(
    "questions about the cycle",
    (
        Prompt("my_words", "In my words"),
        Prompt("help_here", CENTRE, "A gap opens in the ring where you put your idea."),
        Prompt("differently", "How does it go for you?"),
    ),
)


def following(key: str) -> Station:
    """The step that comes after this one; after the last comes the first."""
    keys = stations.keys()
    return stations.get(keys[(keys.index(stations.get(key).key) + 1) % len(keys)])
