"""Taking stock of the people in a life: how close, what is good, what is hard, and what is wished.

A careful talk, not an instrument: every field may be left empty. People are named by a first name, an
initial or a nickname, because they never agreed to be written about.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from kithwork.ipt.shelf import Choice, Shelf
from kithwork.ipt.timeline import FuzzyDate
from kithwork.refusal import Refusal

LABEL_PROMPT = "A first name, an initial or a nickname. You need not use real names."
EMPTY_PROMPT = "Who is around you at the moment? Add anyone you like, or nobody yet."
CIRCLES_PROMPT = (
    "Put people where they feel to you these days. "
    "There is no right answer, and you can move anyone at any time."
)
WISHED_PROMPT = "Where would you like them to be?"
LEAVE_BLANK = "You can leave this blank and talk about it instead."


THIRD_PARTIES = (
    "They never agreed to be written about. A first name, an initial or a nickname is enough; "
    "no surname, address or number is needed."
)


class NotARing(Refusal):
    """A place on the circles that does not exist."""

    code = "not-a-ring"


class Ring(IntEnum):
    """How close a person feels, from the innermost ring to the outermost."""

    CLOSEST = 1
    CLOSE = 2
    FURTHER_AWAY = 3
    DISTANT = 4

    @property
    def label(self) -> str:
        """The ring's name, as written on it."""
        return self.name.capitalize().replace("_", " ")


OFF = "off"
rings = Shelf(
    "rings",
    (*(Choice(str(ring.value), ring.label) for ring in Ring), Choice(OFF, "Leave off the circles for now")),
)
views = Shelf("views", (Choice("now", "These days"), Choice("wished", "As I wish it")))


def ring_name(ring: Ring | None) -> str:
    """How a place is said aloud."""
    return ring.label if ring else "Off the circles"


class State(StrEnum):
    """What has become of a person in the client's life."""

    PRESENT = "present"
    LOST_TOUCH = "lost_touch"
    DIED = "died"
    PAST = "past"

    @property
    def label(self) -> str:
        """The state, as a client chooses it."""
        return {
            State.PRESENT: "In my life",
            State.LOST_TOUCH: "We lost touch",
            State.DIED: "Died",
            State.PAST: "From earlier in my life",
        }[self]


relations = Shelf(
    "relations",
    (
        Choice("partner", "partner"),
        Choice("former_partner", "former partner"),
        Choice("parent", "mother or father"),
        Choice("child", "child"),
        Choice("sibling", "sister or brother"),
        Choice("family", "other family"),
        Choice("friend", "friend"),
        Choice("work", "work or study"),
        Choice("neighbour", "neighbour"),
        Choice("professional", "professional", "such as a nurse, a doctor or a teacher"),
        Choice("group", "group", "several people who belong together for you"),
        Choice("other", "someone else"),
    ),
)

line_kinds = Shelf(
    "kinds of line",
    (
        Choice("supports", "mostly supports me", "straight line"),
        Choice("up_and_down", "up and down", "wavy line"),
        Choice("tense", "often tense", "zigzag line"),
        Choice("lost", "lost, or lost touch", "dotted line"),
    ),
)

kinds_of_help = Shelf(
    "kinds of help",
    (
        Choice("listening", "Listening when it is hard"),
        Choice("practical", "Practical help"),
        Choice("company", "Company"),
        Choice("advice", "Advice"),
    ),
)

tags = Shelf(
    "tags", (Choice("support", "Support I could use more"), Choice("focus", "May belong to what we work on"))
)

frightening = Shelf("being frightened", (Choice("frightened", "They frighten or hurt me"),))

EVERYBODY = frozenset(State)
STILL_THERE = frozenset({State.PRESENT, State.LOST_TOUCH})
FROM_EARLIER = frozenset({State.PAST})


@dataclass(frozen=True)
class CardField:
    """One thing to ask about a person. It is answered in words, by choices, or with a rough date.

    Everything else follows from this: the card's form and page, the place that keeps the words, who may see
    them. ``{name}`` in a question stands for what the person is called.
    """

    key: str
    label: str
    help: str = ""
    label_in_the_past: str | None = None
    asked_of: frozenset[State] = EVERYBODY
    choices: Shelf[Choice] | None = None
    is_date: bool = False
    is_about_safety: bool = False  # for her alone at first, with who can help

    def prompt_for(self, state: State, name: str = "them", *, say: Callable[[str], str] = str) -> str:
        """The words to ask with; of somebody who has died or is from earlier, in the past.

        ``say`` may say them in another language, with ``{name}`` still in its place.
        """
        label = self.label if state in STILL_THERE else self.label_in_the_past or self.label
        return say(label).replace("{name}", name)

    def chosen(self, text: str) -> tuple[str, ...]:
        """The keys that an answer by choices names, in the order of the choices; others are passed over."""
        named = {part.strip() for part in text.split(",")}
        return tuple(choice.key for choice in self.choices or () if choice.key in named)

    def check(self, text: str, *, today: date | None = None) -> str:
        """An answer as it may be kept. Refuses a date that cannot be, and passes over what is no choice."""
        if self.is_date and text.strip():
            FuzzyDate.parse(text, today=today)
        return text if self.choices is None else as_answer(self.chosen(text))

    def shown(self, text: str) -> str:
        """An answer as it is read: choices by their labels, everything else as it was written."""
        if self.choices is None:
            return text
        return ", ".join(self.choices[key].label for key in self.chosen(text)) or text


def as_answer(chosen: Iterable[str]) -> str:
    """Choices as they are kept: their keys, so that a later wording changes no answer."""
    return ", ".join(chosen)


card_fields = Shelf(
    "fields of a person's card",
    (
        CardField("good", "What is good", "What works between you.", "What was good"),
        CardField("hard", "What is hard", "What hurts or disappoints.", "What was hard"),
        CardField("hope_from_them", "What I hope from them", "Said or unsaid.", "What I hoped from them"),
        CardField(
            "hope_from_me", "What they seem to hope from me", "As far as you can tell.",
            "What they seemed to hope from me",
        ),
        CardField(
            "wish", "What I wish", "What you would like to be different.", "What I wish had been different"
        ),
        CardField(
            "for_them", "How might this be for {name}?", "A guess is enough.",
            "How might it have been for {name}?",
        ),
        CardField(
            "turn_to", "What I can turn to {name} for", "", "What I could turn to {name} for",
            choices=kinds_of_help,
        ),
        CardField(
            "turns_to_me", "What {name} turns to me for", "", "What {name} turned to me for",
            choices=kinds_of_help,
        ),
        CardField("gives", "What they give me", "Help, company, listening, advice.", "What they gave me"),
        CardField("receives", "What I give them", "", "What I gave them"),
        CardField(
            "contact", "How we are in touch", "How often, in what way, and who starts it.",
            asked_of=STILL_THERE,
        ),
        CardField(
            "can_talk", "What we can talk about", "Do they know how you feel?", "What we could talk about"
        ),
        CardField(
            "cannot_talk", "What we can't talk about", "And why, if you know.", "What we could not talk about"
        ),
        CardField(
            "disagreement", "What happens when we disagree", "Is it settled, or dropped?",
            "What happened when we disagreed",
        ),
        CardField(
            "safe", "Whether I am safe with {name}",
            "Only if you like. Then we leave out everything about talking it through with them.",
            asked_of=STILL_THERE, choices=frightening, is_about_safety=True,
        ),
        CardField(
            "since", "Since I have felt low", "Closer, further away or the same? Who changed?",
            asked_of=STILL_THERE,
        ),
        CardField("tags", "For what we do here", "None, one or both.", asked_of=STILL_THERE, choices=tags),
        CardField(
            "began", "From when", "A year or a season is enough.", asked_of=FROM_EARLIER, is_date=True
        ),
        CardField(
            "ended", "Until when", "A year or a season is enough.", asked_of=FROM_EARLIER, is_date=True
        ),
        CardField("was_like", "What it was like", "", asked_of=FROM_EARLIER),
        CardField("how_ended", "How it ended", "", asked_of=FROM_EARLIER),
    ),
)  # fmt: skip


IN_SHORT = ("good", "hard", "wish")  # beside the circles, and in the table

looking_back = Shelf(
    "ways of looking back",
    (
        Choice("", "Leave it as it is now", "The card shows only what stands today."),
        Choice("me", "Show me what stood here before", "Earlier places and words, for you alone."),
        Choice("both", "Show us both the earlier places", "Earlier words are still for you alone."),
    ),
)


def fields_for(state: State, said: Collection[str] = ()) -> tuple[CardField, ...]:
    """The fields of a card: somebody who has died is not asked about as if still here.

    What belongs to this state alone comes first, and what was ``said`` before stays, whatever they are now.
    """
    asked = [field for field in card_fields if state in field.asked_of or field.key in said]
    return tuple(sorted(asked, key=lambda field: field.asked_of != {state}))


def may_be_wished_closer(state: State) -> bool:
    """Whether a wished ring may be asked for. Of the dead it is not."""
    return state is not State.DIED


def asks_what_changed(state: State) -> bool:
    """Whether a move on the circles is followed by "What changed?". Of the dead it is not."""
    return state is not State.DIED


def read_ring(text: str) -> Ring | None:
    """Read a ring from a form: "1" to "4", or "off" for None. Refuses anything else."""
    if text == OFF:
        return None
    if text not in rings:
        raise NotARing("That is not a place on the circles.", next_step="Choose a ring, or leave them off.")
    return Ring(int(text))


def read_angle(text: str) -> int | None:
    """Read where on its ring a person stands: 0 to 359 degrees, or empty for no wish."""
    if text == "":
        return None
    if not text.isdecimal() or int(text) > 359:
        raise NotARing("That is not a place on the ring.", next_step="Choose 0 to 359, or leave it empty.")
    return int(text)


@dataclass(frozen=True)
class Placed:
    """One person as the circles and the card's choices show them. None means: not said."""

    person: str
    ring: Ring | None = None
    state: State = State.PRESENT
    confides: bool | None = None
    helps: bool | None = None


@dataclass(frozen=True)
class Gap:
    """Something that is not on the picture, said neutrally: a thing to wonder about, never a verdict."""

    key: str
    label: str


NOBODY_CLOSEST = Gap("nobody_closest", "Nobody stands in the innermost ring these days.")
NOBODY_CLOSE = Gap("nobody_close", "Nobody stands in the two inner rings these days.")
ALL_DISTANT = Gap("all_distant", "Everyone placed so far stands in the outer ring.")
NO_CONFIDANT = Gap("no_confidant", "Nobody is marked so far as someone to confide in.")
NO_HELPER = Gap("no_helper", "Nobody is marked so far as someone who helps with practical things.")


def gaps(placements: Iterable[Placed]) -> tuple[Gap, ...]:
    """Say what is not on the picture, of those present in the client's life.

    Rule: silence is not a gap. Rings are looked at only when somebody has been placed, confiding and help
    only when it has been said of somebody. People lost touch with, past or dead do not count as present.
    """
    here = [one for one in placements if one.state is State.PRESENT]
    placed = [one.ring for one in here if one.ring is not None]
    found = []
    if placed and min(placed) is Ring.DISTANT:
        found.append(ALL_DISTANT)
    elif placed and min(placed) > Ring.CLOSE:
        found.append(NOBODY_CLOSE)
    elif placed and min(placed) > Ring.CLOSEST:
        found.append(NOBODY_CLOSEST)
    if _said_of_none([one.confides for one in here]):
        found.append(NO_CONFIDANT)
    if _said_of_none([one.helps for one in here]):
        found.append(NO_HELPER)
    return tuple(found)


def _said_of_none(answers: Sequence[bool | None]) -> bool:
    return False in answers and True not in answers


# A person who stands elsewhere than before.
IS_OFF = "{name} is off the circles now."
WENT_OFF = "{name} was in {before}, and is off the circles now."
CAME_ON = "{name} is on the circles now, in {after}."
CAME_CLOSER = "{name} moved closer, from {before} to {after}."
WENT_AWAY = "{name} moved further away, from {before} to {after}."


@dataclass(frozen=True)
class Move:
    """A person who stands elsewhere on a later picture. None is off the circles, or not yet there."""

    person: str
    before: Ring | None
    after: Ring | None

    def told_of(self, name: str, *, say: Callable[[str], str] = str) -> str:
        """The move in a sentence that takes nobody's side. ``say`` may say it in another language."""
        before, after = (say(ring.label) if ring else "" for ring in (self.before, self.after))
        return say(self._sentence()).format(name=name, before=before, after=after)

    def _sentence(self) -> str:
        if self.after is None:
            return WENT_OFF if self.before else IS_OFF
        if self.before is None:
            return CAME_ON
        return CAME_CLOSER if self.after < self.before else WENT_AWAY


def moves(before: Iterable[Placed], after: Iterable[Placed]) -> tuple[Move, ...]:
    """Compare two dated pictures: who stands elsewhere on the later one, in its order, then the rest."""
    then = {one.person: one.ring for one in before}
    now = {one.person: one.ring for one in after}
    people = [*now, *(person for person in then if person not in now)]
    both = (Move(person, then.get(person), now.get(person)) for person in people)
    return tuple(move for move in both if move.before is not move.after)
