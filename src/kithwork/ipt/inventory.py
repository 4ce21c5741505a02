"""Taking stock of the people in a life: how close, what is good, what is hard, and what is wished.

A careful talk, not an instrument: every field may be left empty. People are named by a first name, an
initial or a nickname, because they never agreed to be written about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from kithwork.ipt.shelf import Choice, Shelf
from kithwork.refusal import Refusal

LABEL_PROMPT = "A first name, an initial or a nickname. You need not use real names."
EMPTY_PROMPT = "Who is around you at the moment? Add anyone you like, or nobody yet."
CIRCLES_PROMPT = (
    "Put people where they feel to you these days. "
    "There is no right answer, and you can move anyone at any time."
)
WISHED_PROMPT = "Where would you like them to be?"
LEAVE_BLANK = "You can leave this blank and talk about it instead."


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

tags = Shelf(
    "tags", (Choice("support", "Support I could use more"), Choice("focus", "May belong to what we work on"))
)


@dataclass(frozen=True)
class CardField:
    """One thing to say about a person, with other words for somebody who has died."""

    key: str
    label: str
    help: str = ""
    label_if_died: str | None = None
    asked_of_the_dead: bool = True

    def prompt_for(self, state: State) -> str:
        """The words to ask with."""
        return self.label_if_died or self.label if state is State.DIED else self.label


card_fields = Shelf(
    "fields of a person's card",
    (
        CardField("good", "What is good", "What works between you.", "What was good"),
        CardField("hard", "What is hard", "What hurts or disappoints.", "What was hard"),
        CardField("hope_from_them", "What I hope from them", "Said or unsaid.", "What I hoped from them"),
        CardField(
            "hope_from_me",
            "What they seem to hope from me",
            "As far as you can tell.",
            "What they seemed to hope from me",
        ),
        CardField(
            "wish", "What I wish", "What you would like to be different.", "What I wish had been different"
        ),
        CardField(
            "contact",
            "How we are in touch",
            "How often, in what way, and who starts it.",
            asked_of_the_dead=False,
        ),
        CardField("gives", "What they give me", "Help, company, listening, advice.", "What they gave me"),
        CardField("receives", "What I give them", "", "What I gave them"),
        CardField(
            "can_talk", "What we can talk about", "Do they know how you feel?", "What we could talk about"
        ),
        CardField(
            "cannot_talk", "What we can't talk about", "And why, if you know.", "What we could not talk about"
        ),
        CardField(
            "disagreement",
            "What happens when we disagree",
            "Is it settled, or dropped?",
            "What happened when we disagreed",
        ),
        CardField(
            "since",
            "Since I have felt low",
            "Closer, further away or the same? Who changed?",
            asked_of_the_dead=False,
        ),
    ),
)


def fields_for(state: State) -> tuple[CardField, ...]:
    """The fields of a card: somebody who has died is not asked about as if still here."""
    return tuple(field for field in card_fields if state is not State.DIED or field.asked_of_the_dead)


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
    if _said_of_none([one.confides for one in here]):
        found.append(NO_CONFIDANT)
    if _said_of_none([one.helps for one in here]):
        found.append(NO_HELPER)
    return tuple(found)


def _said_of_none(answers: Sequence[bool | None]) -> bool:
    return False in answers and True not in answers


@dataclass(frozen=True)
class Move:
    """A person who stands elsewhere on a later picture. None is off the circles, or not yet there."""

    person: str
    before: Ring | None
    after: Ring | None


def moves(before: Iterable[Placed], after: Iterable[Placed]) -> tuple[Move, ...]:
    """Compare two dated pictures: who stands elsewhere on the later one, in its order, then the rest."""
    then = {one.person: one.ring for one in before}
    now = {one.person: one.ring for one in after}
    people = [*now, *(person for person in then if person not in now)]
    both = (Move(person, then.get(person), now.get(person)) for person in people)
    return tuple(move for move in both if move.before is not move.after)
