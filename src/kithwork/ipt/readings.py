"""Short texts to read together or alone: what depression does, how it goes with people, what this therapy is.

Our own plain words, for somebody who is tired: each fits on one page. They teach; they promise nothing.
"""

from dataclasses import dataclass

from kithwork.ipt.shelf import Shelf
from kithwork.ipt.sources import Source, general, sourced


@dataclass(frozen=True)
class Reading:
    """One short text: its title, its paragraphs, and a question to take along."""

    key: str
    label: str
    paragraphs: tuple[str, ...]
    question: str
    sources: tuple[Source, ...]
    speaks_up: bool = False  # it encourages saying something to somebody


readings = Shelf(
    "short texts",
    (
        Reading(
            "what_it_does",
            "What depression does",
            (
                "Depression is an illness, and a common one. It is not weakness, and nobody chooses it.",
                (
                    "It touches sleep, appetite, energy and concentration. It takes the pleasure out of things, and "
                    "it makes small tasks heavy. It also colours thinking: guilt seems larger, the future smaller."
                ),
                (
                    "While you have it, some things are simply harder. That is a reason to put down what can wait, "
                    "the way one would with any other illness, and to keep what still does you good."
                ),
                "Most people get better. It often comes back a little at a time, with good days between bad ones.",
            ),
            "Which of these do you know from yourself?",
            (
                sourced("that naming the illness lifts blame", "Focus 2006, doi 10.1176/foc.4.2.179"),
                general("what the illness touches"),
            ),
        ),
        Reading(
            "round_and_round",
            "Mood and people, round and round",
            (
                "When mood drops, it is natural to pull away: not to ring back, to stay at home, to say little.",
                (
                    "Others may not see the low mood. They see the distance, and may feel pushed away. So they ask "
                    "less often, or grow short. That feels like proof that they don't care, and the mood drops again."
                ),
                (
                    "Nobody has to be at fault for this to go round. And because it goes round, it can be stopped at "
                    "any point: by a little more company, by a misunderstanding cleared up, by a day that is easier."
                ),
            ),
            "Where in this circle could a small thing make a difference?",
            (general("the circle of mood and relationships"),),
        ),
        Reading(
            "feelings_tell",
            "What feelings tell",
            (
                (
                    "Feelings are not the illness. They tell something: anger, that a line was crossed; sadness, that"
                    " something mattered; fear, that there may be danger; guilt, that you care how you have acted."
                ),
                (
                    "Two of them at once is usual. One can love somebody and be furious with them, or be relieved by "
                    "a death and grieve."
                ),
                "A feeling asks for nothing but to be noticed first. What to do with it can be decided afterwards.",
            ),
            "Which feeling is hardest to let be there?",
            (general("feelings as information about relationships"),),
        ),
        Reading(
            "said_and_heard",
            "What was said, and what was heard",
            (
                (
                    "Between what somebody means and what the other hears, a lot can get lost. “I'm fine” may mean "
                    "“please ask again”. A silence may mean “I am thinking”, and be heard as “I don't care”."
                ),
                (
                    "Some ways of talking lose more than others: hints instead of a wish, “you always” instead of "
                    "what happened this time, being silent and hoping to be understood."
                ),
                (
                    "It helps to go through one real talk slowly, line by line: what was meant, what arrived, what "
                    "was felt. Often one line is enough to see where it turned."
                ),
            ),
            "Is there a talk that you have gone over in your mind?",
            (
                sourced("replaying one talk", "Strategies and techniques, alpfmedical.info"),
                general("ways of talking"),
            ),
            speaks_up=True,
        ),
        Reading(
            "different_wishes",
            "Wanting different things",
            (
                (
                    "In every close relationship people want different things of each other. It becomes a difficulty "
                    "when the difference is not said, or is said again and again and nothing moves."
                ),
                (
                    "It may be that both still try; that talking has stopped; or that it is coming to an end. Each of"
                    " these asks for something else, and all of them happen to people who care."
                ),
                (
                    "If somebody frightens or hurts you, that is not a difference to be talked over. Then being safe "
                    "comes first, and there are people who can help."
                ),
            ),
            "What do you hope for from them, and do they know?",
            (
                sourced("the stages of a conflict", "Chicago training notes, Role disputes"),
                general("the rest"),
            ),
            speaks_up=True,
        ),
        Reading(
            "changes",
            "When life changes",
            (
                (
                    "A new job, a child, an illness, a move, a parting: a change takes something away even when it "
                    "brings something good. Missing how it was does not mean that the change was wrong."
                ),
                (
                    "In the middle of a change most people feel clumsy. What was known by heart has to be learnt "
                    "anew, often with fewer people around who know you."
                ),
                (
                    "It helps to look fairly at both sides: what was good and hard before, what is hard and may "
                    "become good now, and who could stand by you in it."
                ),
            ),
            "What do you miss that nobody has asked you about?",
            (
                sourced("welcome changes count", "Chicago training notes, Role transition"),
                general("the rest"),
            ),
        ),
        Reading(
            "grief",
            "There is no timetable for grief",
            (
                (
                    "After a death there is no right way to feel and no right time for it. Some people cry at once, "
                    "some months later, some hardly at all."
                ),
                (
                    "Grief can get stuck when there was no room for it: when others had to be looked after, when it "
                    "came too suddenly, or when the feelings were mixed and seemed not allowed."
                ),
                "Telling the story, good and hard, a piece at a time, can set it moving. It does not mean forgetting.",
            ),
            "Is there something about them that you have never told anyone?",
            (general("grief that was put off, and telling its story"),),
        ),
        Reading(
            "close_to_people",
            "Being close to people",
            (
                (
                    "Some people have felt outside for as long as they can remember. Depression makes that feeling "
                    "louder, and part of it may go as the mood lifts."
                ),
                (
                    "Closeness mostly grows from small, repeated things: the same people at the same place, a short "
                    "message, a question about last time."
                ),
                (
                    "A step can be small enough to be almost nothing. What happens then is worth looking at, whether "
                    "it went well or not."
                ),
            ),
            "When was it easier to be with people, and what was different?",
            (general("small steps towards people"),),
        ),
        Reading(
            "why_an_end",
            "Why there is an end from the beginning",
            (
                "We agree on a number of sessions. It keeps us to what matters, and it says that change can begin now.",
                (
                    "Towards the end it is usual to feel sad, cross, proud or worried, sometimes all in one week. It "
                    "does not mean that you are falling ill again. We look at it together, some sessions ahead."
                ),
                "What you have learnt stays with you. We also look at early signs, and at who to turn to.",
            ),
            "How have endings been for you before?",
            (
                sourced("raising the end sessions ahead", "Comprehensive Guide, chapter 7"),
                general("the rest"),
            ),
        ),
    ),
)
get = readings.get


def offered(*, withholds: bool) -> tuple[Reading, ...]:
    """The texts to offer; without those that encourage speaking up, where that is withheld."""
    return tuple(one for one in readings if not (withholds and one.speaks_up))
