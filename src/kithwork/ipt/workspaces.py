"""How the four problem areas are worked on: what the two may do next, and questions to think or write about.

A suggestion is never a duty: it stands open, is being worked on, is enough for now, or is not for these two, and no
state is better than another. Questions come three at a time. ``about`` names the list of the workspace that an answer
goes to; ``speaks_up`` marks what encourages saying things to the other person, which :mod:`kithwork.ipt.safety` may
put aside.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kithwork.ipt.protocol import Phase
from kithwork.ipt.shelf import Choice, Shelf
from kithwork.ipt.sources import Source, design, general, sourced

AT_ONCE = 3

step_states = Shelf(
    "ways a suggestion can stand",
    (
        Choice("open", "Open"),
        Choice("on_it", "We are on it"),
        Choice("enough", "Enough for now"),
        Choice("not_for_us", "Not for us"),
    ),
)

ways_of_losing = Shelf(
    "ways of losing somebody",
    (
        Choice("death", "A death"),
        Choice("before_birth", "A child who was not to live"),
        Choice("own_hand", "A death by suicide"),
        Choice("illness", "An illness that changed them"),
        Choice("parting", "A parting, or not being in touch any more"),
        Choice("animal", "An animal that was family"),
        Choice("place", "A home, a country, work, or a way of living"),
        Choice("other", "Something else"),
    ),
)


@dataclass(frozen=True)
class Step:
    """Something that the two may do in one phase, and the lists that it fills."""

    key: str
    label: str
    lists: tuple[str, ...]
    phase: Phase = Phase.MIDDLE
    speaks_up: bool = False


@dataclass(frozen=True)
class Question:
    """One thing to ask oneself, and the list that an answer goes to."""

    key: str
    label: str
    about: str
    speaks_up: bool = False


@dataclass(frozen=True)
class Workspace:
    """The work on one problem area."""

    key: str
    label: str
    steps: Shelf[Step]
    questions: Shelf[Question]
    sources: tuple[Source, ...]


def _workspace(
    key: str, label: str, steps: Sequence[Step], questions: Sequence[Question], *sources: Source
) -> Workspace:
    own = (general("suggestions that no other source names"), design("the wording of the questions"))
    return Workspace(
        key, label, Shelf(f"suggestions for {key}", steps), Shelf(f"questions for {key}", questions),
        (*sources, *own),
    )  # fmt: skip


_conflict = _workspace(
    "dispute",
    "Conflict",
    (
        Step("name", "Say what it is about, and between whom", ("stage",), Phase.BEGINNING),
        Step("mood", "See how the conflict and your mood go together", ("goes_with",), Phase.BEGINNING),
        Step("stage", "Find where it stands: still trying, stuck, or coming to an end", ("stage",)),
        Step("hopes", "Say what each of you hopes for from the other", ("stage",)),
        Step("means", "Look at what each of you could give, and what each depends on", ("stage",)),
        Step("tried", "Go through what has been tried already", ("stage",)),
        Step("replay", "Replay one talk turn by turn, silences too", ("stage",), speaks_up=True),
        Step("weigh", "Weigh what could be done. Doing nothing is one of the choices", ("option",)),
        Step("rehearse", "Choose one, and try it out here first", ("option",), speaks_up=True),
        Step("since", "Write down where it stands now, and what moved it", ("stage",), Phase.ENDING),
        Step("ahead", "Think about what you would do if it came back", ("option",), Phase.ENDING),
    ),
    (
        Question("about", "If it were about one thing only, what would that be?", "stage"),
        Question("hope", "What do you wish they would do, or stop doing?", "stage"),
        Question("theirs", "What might they be hoping for from you?", "stage"),
        Question("lower", "On which days this week did it weigh on you most?", "goes_with"),
        Question("unsaid", "What have you not said to them yet?", "stage", speaks_up=True),
        Question("better", "When was it different between you, even a little?", "stage"),
        Question("three", "What are three things you could do, wise or not?", "option"),
        Question("friend", "What would you tell a friend to do?", "option"),
        Question("first", "How could you begin, in one sentence?", "option", speaks_up=True),
        Question("accept", "What could you live with, if nothing changed?", "option"),
        Question("leave", "What would be lost, and what won, if it ended?", "option"),
        Question("after", "How was your mood the day after the last row, or the last silence?", "goes_with"),
    ),
    sourced(
        "stages and what helps in each", "Chicago training notes, Role disputes; Pocket Guide to IPT, p. 45"
    ),
)

_life_change = _workspace(
    "transition",
    "Life change",
    (
        Step("name", "Say what has changed, and when", ("change",), Phase.BEGINNING),
        Step("old", "Go through what was good and hard before", ("old-good", "old-hard"), Phase.BEGINNING),
        Step("losses", "Make room for what is missed", ("losses",)),
        Step("feelings", "Talk about the feelings at the change itself", ("feelings",)),
        Step(
            "new", "Go through what is hard now, what is good, and what could open", ("new-good", "new-hard")
        ),
        Step("seeing", "Look at how it changed how you see yourself and other people", ("self", "others")),
        Step("demands", "Say what it asks of you, and what you can do already", ("demand", "skill")),
        Step("helpers", "Find who could help, and with what", ("helper",)),
        Step(
            "sheet",
            "Read the sheet again: what would you write differently now?",
            ("new-good",),
            Phase.ENDING,
        ),
        Step("next", "Think about the next change, and what you learned for it", ("skill",), Phase.ENDING),
    ),
    (
        Question("usual", "What was a usual day like before?", "old-good"),
        Question("miss", "What do you miss, even if you wanted the change?", "losses"),
        Question("told", "How did you hear of it, or decide it, and what went through you?", "feelings"),
        Question("keep", "What is one thing about now that you would not give back?", "new-good"),
        Question("hardest", "Which hour of the day is the hardest now?", "new-hard"),
        Question("not_miss", "What are you glad to be rid of?", "old-hard"),
        Question(
            "who_am_i", "How would you have finished “I am somebody who …” before, and how now?", "self"
        ),
        Question("people", "What do you think of people now that you didn’t think before?", "others"),
        Question("asks", "What does it ask of you that nobody showed you how to do?", "demand"),
        Question("can", "What did you manage once that was like this?", "skill"),
        Question("been_there", "Who else has been through something like it?", "helper"),
        Question("mixed", "Which two feelings about it don’t fit together?", "feelings"),
    ),
    sourced("welcome changes, accepting the new role", "Chicago training notes, Role transition"),
)

_grief = _workspace(
    "grief",
    "Grief and loss",
    (
        Step("story", "Tell the story, in any order, as far as you like", ("story",), Phase.BEGINNING),
        Step("together", "Tell what it was like between you, good and hard", ("together",)),
        Step("lost", "Tell how you lost them: before, during and after", ("lost",)),
        Step("since", "Say how it has been since", ("since",)),
        Step("feelings", "Make room for feelings that seem not allowed", ("mixed",)),
        Step("unsaid", "Put into words what was left unsaid", ("unsaid",)),
        Step("dates", "Mark the days that matter, and plan the next one", ("date",)),
        Step("reconnect", "Take small steps back towards people and interests", ("reconnect",)),
        Step("keep", "Choose what of them stays with you", ("together",), Phase.ENDING),
        Step("year", "Look at the days of the coming year", ("date",), Phase.ENDING),
    ),
    (
        Question("know", "What would you like me to know about them?", "story"),
        Question("last", "When did you last see them, and what was that day like?", "lost"),
        Question("miss", "What do you miss? What do you not miss?", "mixed"),
        Question("told", "How did you hear, and who was with you?", "lost"),
        Question("quarrel", "What did you two not agree on?", "together"),
        Question("say", "If they could hear one sentence, what would it be?", "unsaid"),
        Question("hear", "What would you have liked to hear from them?", "unsaid"),
        Question("week", "What would they have made of this week?", "since"),
        Question("thing", "Which thing of theirs have you kept, or could not keep?", "together"),
        Question("angry", "Is there anything you are angry about, or relieved about?", "mixed"),
        Question("stopped", "What did you stop doing after that?", "reconnect"),
        Question("day", "Which day of the year do you feel coming?", "date"),
    ),
    sourced("mourning, and taking up interests and ties again", "abstract of a manual's chapter on grief"),
    sourced("widening to losses other than a death", "Chicago training notes, Grief"),
)

_relationships = _workspace(
    "sensitivity",
    "Starting or keeping relationships",
    (
        Step("around", "Look at who is around you now", (), Phase.BEGINNING),
        Step(
            "easier",
            "Look back at people it was easier with, and what made it so",
            ("easier",),
            Phase.BEGINNING,
        ),
        Step("repeats", "Notice what repeats", ("repeats",)),
        Step("between", "Use what happens between the two of you here as practice, gently", ("between",)),
        Step("ladder", "Find small steps towards people, from easy to hard", ("step",)),
        Step("rehearse", "Try the next step out here first", ("step",)),
        Step("attempts", "Look at what happened when you tried", ("attempt",)),
        Step("network", "Look at the circles again: what is different?", (), Phase.ENDING),
        Step("go_on", "Choose the steps that you will go on with by yourself", ("step",), Phase.ENDING),
    ),
    (
        Question("easier", "When was it easier to be with people, and what was different?", "easier"),
        Question("smallest", "What is the smallest contact that would feel all right this week?", "step"),
        Question("cancel", "What goes through you just before you cancel?", "repeats"),
        Question("kind", "Who has been kind to you lately, in a small way?", "easier"),
        Question("first_weeks", "How do the first weeks with somebody new usually go?", "repeats"),
        Question("ending", "How have friendships come to an end?", "repeats"),
        Question("here", "What did it feel like here, when you were asked about it?", "between"),
        Question("misread", "When did somebody mean something other than you had thought?", "repeats"),
        Question("harder", "Which step would be a little harder than the last one?", "step"),
        Question("happened", "What did they do, and what did you do then?", "attempt"),
        Question("alone", "When is being alone good, and when is it not?", "repeats"),
        Question("here_hard", "Is there anything here that is hard to say to me?", "between"),
    ),
    sourced("as the last choice; what to watch for", "Weissman, ch. 8; Luty, IPT in practice"),
)

workspaces = Shelf("workspaces", (_conflict, _life_change, _grief, _relationships))
get = workspaces.get


def suggested(area: str, phase: Phase, *, speaking_up: bool = True) -> list[Step]:
    """What the two may do in one phase. ``speaking_up`` False leaves out what encourages saying things."""
    steps = workspaces.get(area).steps
    return [one for one in steps if one.phase is phase and (speaking_up or not one.speaks_up)]


def ask(area: str, turn: int, *, lists: Collection[str] = (), speaking_up: bool = True) -> list[Question]:
    """Three questions; the next ``turn`` has the next three, and after the last ones the first come again.

    ``lists`` keeps to questions about some of the lists; none given, all of them.
    """
    able = [
        one
        for one in workspaces.get(area).questions
        if (not lists or one.about in lists) and (speaking_up or not one.speaks_up)
    ]
    turns = max(1, -(-len(able) // AT_ONCE))
    begin = turn % turns * AT_ONCE
    return able[begin : begin + AT_ONCE]
