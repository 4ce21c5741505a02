"""How it goes round: the loop of mood and relationships in four steps, for a client to make her own.

It follows the leaflet that started Kithwork, told without blame. It can start anywhere, and it can stop anywhere.
Steps can be renamed, left out, added and put into another order. What a diary can say about it stands in `cycle_words`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kithwork.ipt.shelf import Choice, Prompt, Shelf
from kithwork.refusal import Refusal

TITLE = "How it goes round"
INTRO = "It can start anywhere. Nobody is to blame."
ENTRY = "Something is hard between me and someone"
CENTRE = "What might help here, and who?"
QUESTION = "Is this true for you?"
FOOT = "If someone frightens you, keeping away may be keeping you safe."
EXAMPLE_NOTE = "This is an example. Yours may look quite different."
OWN_QUESTION = "What is it like for you?"

FEWEST_STEPS, MOST_STEPS = 2, 6


class TooManySteps(Refusal):
    """A picture can hold only so many steps and still be seen at once."""

    code = "too-many-steps"


class TooFewSteps(Refusal):
    """One step alone goes nowhere."""

    code = "too-few-steps"


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
        Prompt("tried", "What have you tried here, and what came of it?"),
        Prompt("differently", "How does it go for you?"),
        Prompt("name", "What I call this step", "A few words that fit on the picture."),
    ),
)


def following(key: str) -> Station:
    """The step that comes after this one; after the last comes the first."""
    keys = stations.keys()
    return stations.get(keys[(keys.index(stations.get(key).key) + 1) % len(keys)])


def in_address(key: str) -> str:
    """What a step is called in an address, which ends up in a browser's history: one of the four is only a number."""
    return str(stations.keys().index(key) + 1) if key in stations else key


def from_address(said: str) -> str:
    """The step that an address names."""
    return next((one.key for one in stations if in_address(one.key) == said), said)


# Made one's own


def own_station(key: str, name: str) -> Station:
    """A step that somebody added, or one of the four under a name of her own: what we say about it is then left out."""
    known = stations.get(key) if key in stations else None
    if known and name in ("", known.label):
        return known
    return Station(key, name or "A step of my own", "", "", known.in_my_words if known else OWN_QUESTION)


def in_order(keys: Iterable[str], order: Sequence[str]) -> list[str]:
    """The steps in somebody's own order. Those that it does not name come after, as they came."""
    present = list(keys)
    named = [key for key in order if key in present]
    return [*named, *(key for key in present if key not in named)]


def in_picture(order: Sequence[str], left_out: Collection[str]) -> list[str]:
    """The steps that were not left out. Where one reader would then see no round, none is left out for that reader."""
    stays = [key for key in order if key not in left_out]
    return stays if len(stays) >= FEWEST_STEPS else list(order)


def moved(order: Sequence[str], key: str, *, by: int) -> list[str]:
    """One step moved along. It stops at either end: a round has a first step only on paper."""
    others = [one for one in order if one != key]
    place = min(max(list(order).index(key) + by, 0), len(others))
    return [*others[:place], key, *others[place:]]


def check_room_for_one_more(steps: int) -> None:
    """Refuse a step that would no longer fit on the picture."""
    if steps >= MOST_STEPS:
        raise TooManySteps(
            "The picture has room for {most} steps.",
            next_step="Leave one out, then add this one.",
            most=MOST_STEPS,
        )


def check_can_spare_one(steps: int) -> None:
    """Refuse to leave out a step when nothing would go round any more."""
    if steps <= FEWEST_STEPS:
        raise TooFewSteps(
            "With one step alone nothing goes round.", next_step="Add another step first, or rename this one."
        )
