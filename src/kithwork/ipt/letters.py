"""Letters: what was found and agreed together, put into words that can be kept, or sent to somebody who helps.

Every letter is written to the person it is about, as "you" and "we"; a GP or a referrer gets a copy of it. So nobody
reads about somebody what that person has not read first. Source for writing so: Academy of Medical Royal Colleges,
Please, write to me (2018). The texts are Kithwork's own and only a beginning: the therapist changes them.

A template has a version; a letter keeps the one that it was begun with, so old versions stay here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from kithwork.ipt.shelf import Choice, NotOnTheShelf, Shelf
from kithwork.refusal import Refusal


class Reader(StrEnum):
    """Whom the envelope is for."""

    CLIENT = "client"
    GP = "gp"
    REFERRER = "referrer"


class State(StrEnum):
    """Where a letter stands. It only ever goes forward."""

    DRAFT = "draft"
    SHOWN = "shown"
    SIGNED = "signed"
    SENT = "sent"

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            State.DRAFT: "Being written",
            State.SHOWN: "Shown, not signed off",
            State.SIGNED: "Signed off, not sent",
            State.SENT: "Sent",
        }[self]


class NotReady(Refusal):
    """A letter cannot take this step yet."""

    code = "letter-not-ready"


@dataclass(frozen=True)
class Part:
    """One part of a letter: its heading, a first wording, and what of the shared record may stand in it.

    A sentence with something in braces is left out where that is not known. ``takes`` names sources, in order.
    """

    key: str
    heading: str = ""
    sentences: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()

    def drafted(self, facts: Mapping[str, str]) -> str:
        """The first wording, of the sentences in which everything is known."""
        known = [one for one in self.sentences if _names(one) <= {key for key, fact in facts.items() if fact}]
        return " ".join(one.format(**facts) for one in known)


def _names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@dataclass(frozen=True)
class Template:
    """One kind of letter in one version."""

    key: str
    version: int
    label: str
    note: str
    subject: str
    reader: Reader
    parts: tuple[Part, ...]

    @property
    def for_others(self) -> bool:
        """Whether the envelope goes to somebody else, so that the client says first whether it may."""
        return self.reader is not Reader.CLIENT

    def part(self, key: str) -> Part:
        """One part by its key, or refuse."""
        found = next((part for part in self.parts if part.key == key), None)
        if found is None:
            raise NotOnTheShelf("That is not a part of this letter.")
        return found

    def part_for(self, source: str) -> Part | None:
        """The part in which something of the record may stand; None where it has no place in this letter."""
        return next((part for part in self.parts if source in part.takes), None)


PICTURE = tuple(f"formulation.{one}" for one in ("symptoms", "events", "people", "cycle", "strengths"))
WORK = ("formulation.focus", "formulation.goals", "goal")
CHANGED = ("ending.changed", "ending.who_did_it")
AHEAD = ("ending.stressors", "sign", "plan.if_i_notice", "plan.i_will", "plan.tell", "plan.come_back")
# How a letter at the end begins, by the way in which the course ended (ipt.ending.ways_of_ending); "" while it runs.
CAME_TO_AN_END = {
    "": "Our sessions have come to the end that we agreed.",
    "as_agreed": "Our sessions have come to the end that we agreed.",
    "earlier_together": "Our sessions have ended earlier than we first planned, as we decided together.",
    "earlier_alone": "Our sessions have ended earlier than we first planned, as you decided.",
    "no_contact": "Our sessions have ended, and we did not meet again.",
    "handed_on": "Our sessions have ended, and your care goes on here with somebody else.",
    "other_care": "Our sessions have ended, and your care goes on elsewhere.",
    "moved": "Our sessions have ended, as they could not go on here.",
}
HOW_ELSE = "Our sessions have ended."
MET = "We have met {held} times so far, of the {sessions} sessions that we agreed."

TEMPLATES = (
    Template(
        "formulation", 1, "What we agreed", "The shared picture as a letter, around session 4.",
        "What we agreed", Reader.CLIENT,
        (
            Part("opening", sentences=(
                "We set out to see what has been hard for you, and how it goes together with the people around you.",
                "This letter puts into words what we have seen so far, so that you have it to keep.",
            )),
            Part("picture", "What we have seen together", takes=PICTURE),
            Part("work", "What we want to work on", ("We agreed to give the sessions ahead to this.",), WORK),
            Part("ahead", "What comes next", (
                MET, "If something in this letter does not sound like you, tell me, and we will change it together.",
            )),
        ),
    ),
    Template(
        "ending", 1, "At the end", "What changed, who did it, and what helps from here.",
        "Looking back, and ahead", Reader.CLIENT,
        (
            Part("opening", sentences=(
                "{came_to_an_end}", "We have met {held} times.", "I would like to put down what I saw you do in them.",
            )),
            Part("done", "What changed, and what you did", takes=CHANGED),
            Part("work", "What we worked on", takes=WORK),
            Part("ahead", "What may help from here", (
                "Hard weeks can come, and they do not undo this.", "These are the things that you wrote down for them.",
            ), AHEAD),
            Part("back", "If you want to come back", ("You can get in touch with {clinic} again.",)),
        ),
    ),
    Template(
        "did_not_attend", 1, "After a missed session", "When you had a time and did not meet.",
        "Our appointment", Reader.CLIENT,
        (
            Part("opening", sentences=(
                "We had a time to meet on {missed}, and did not.",
                "That happens, for many reasons, and you need not explain it.",
            )),
            Part("ahead", sentences=(
                "I would like to go on with you, if you would too.",
                "Your place is kept, and you can ring or write to find another time.",
            )),
            Part("back", sentences=("If you would rather stop, it would help me to know; that is all right as well.",)),
        ),
    ),
    Template(
        "plain", 1, "A letter in your own words", "An empty page, written to your client.",
        "A letter for you", Reader.CLIENT, (Part("opening", takes=(*WORK, *CHANGED)),),
    ),
    Template(
        "to_gp", 1, "For the GP", "Written to your client; the GP gets a copy, once your client agrees.",
        "Our work together", Reader.GP,
        (
            Part("opening", sentences=(
                "I am writing down where we are, so that your GP can know it too.", MET,
            )),
            Part("work", "What we work on", takes=WORK),
            Part("done", "What has changed", takes=CHANGED),
            Part("ahead", "What would help", takes=AHEAD),
        ),
    ),
    Template(
        "to_referrer", 1, "For whoever referred",
        "Written to your client; whoever asked us to meet gets a copy, once your client agrees.",
        "Our work together", Reader.REFERRER,
        (
            Part("opening", sentences=("We were asked to meet, and this is to say where we are.", MET)),
            Part("work", "What we work on", takes=WORK),
            Part("done", "What has changed", takes=CHANGED),
            Part("ahead", "What comes next", takes=AHEAD),
        ),
    ),
)  # fmt: skip

_newest = {template.key: template for template in sorted(TEMPLATES, key=lambda one: one.version)}
kinds_of_letter = Shelf(
    "kinds of letter", (_newest[key] for key in dict.fromkeys(one.key for one in TEMPLATES))
)

answers = Shelf(
    "answers to a letter",
    (
        Choice("fits", "It can go as it is"),
        Choice("change", "I would change something"),
        Choice("not_to_go", "I’d rather it did not go to anybody else"),
        Choice("talk", "I’d rather talk about it first"),
    ),
)

ways_of_sending = Shelf(
    "ways of sending",
    (
        Choice("by_hand", "Given by hand"),
        Choice("post", "By post"),
        Choice("secure_mail", "By the clinic’s secure mail"),
        Choice("here", "To read here, in Kithwork"),
    ),
)


def template(key: str, version: int) -> Template:
    """The template that a letter was begun with, whatever its newest version is."""
    found = next((one for one in TEMPLATES if (one.key, one.version) == (key, version)), None)
    if found is None:
        raise NotOnTheShelf("There is no such letter.", next_step="Choose one from the list.")
    return found


def state_of(*, shown: bool, signed: bool, sent: bool) -> State:
    """Where a letter stands, from what has been done with it."""
    if sent:
        return State.SENT
    if signed:
        return State.SIGNED
    return State.SHOWN if shown else State.DRAFT


def asks_for_a_yes(reader: Reader, *, own: bool) -> bool:
    """Whether the client says for this very piece that it may leave.

    For what is hers alone, always: paper can be read by others. For what both wrote, when somebody else gets it.
    """
    return own or reader is not Reader.CLIENT


def came_to_an_end(how: str) -> str:
    """The sentence with which a letter at the end begins, for a way of ending; "" while the course runs."""
    return CAME_TO_AN_END.get(how, HOW_ELSE)


def check_sign_off(letter: Template, *, has_words: bool, agreed: bool, may_ask: bool = True) -> None:
    """Refuse to sign an empty letter, or one for somebody else without the client's yes to exactly this wording.

    ``may_ask``: whether the client can still be asked, which ends with the course.
    """
    if not has_words:
        raise NotReady("There is nothing in this letter yet.", next_step="Write a part of it first.")
    if letter.for_others and not agreed and not may_ask:
        raise NotReady(
            "It goes to somebody else, and the course ended before your client said yes to this wording.",
            next_step="Write a letter to your client instead, to be passed on by them, or put this one aside.",
        )
    if letter.for_others and not agreed:
        raise NotReady(
            "Your client has not said yes to this wording, and it goes to somebody else.",
            next_step="Show it, or enter what your client said to you.",
        )
