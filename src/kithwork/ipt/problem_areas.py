"""The four problem areas: when each is chosen, what it is for, and what is written down. ``workspaces`` says how.

A client reads ``label`` and ``plain``; a therapist reads the rest. A clinic may show other labels; the key
is what is kept. One focus is usual; a second one wants a reason (:func:`check_focus`).
"""

from collections.abc import Collection
from dataclasses import dataclass

from kithwork.ipt.shelf import Choice, Prompt, Shelf
from kithwork.ipt.sources import Source, general, sourced
from kithwork.refusal import Refusal


class SecondFocusNeedsAReason(Refusal):
    """A second focus was chosen without saying why."""

    code = "second-focus-needs-a-reason"


@dataclass(frozen=True)
class DisputeStage:
    """Where a conflict stands, and what helps there."""

    key: str
    label: str
    plain: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class ProblemArea:
    """One of the four kinds of difficulty that IPT works on."""

    key: str
    label: str
    title: str
    plain: str
    choose_when: str
    watch_for: str
    goals: tuple[str, ...]
    records: tuple[Prompt, ...]
    other_labels: tuple[str, ...]
    sources: tuple[Source, ...]


dispute_stages = Shelf(
    "stages of a conflict",
    (
        DisputeStage(
            "renegotiation",
            "Still trying",
            "You both know that something is wrong, and you are still trying to sort it out.",
            (
                "Calm things enough to talk",
                "Make clear what each of you wants",
                "Replay one talk closely, and try another way to say it",
            ),
        ),
        DisputeStage(
            "impasse",
            "Stuck",
            "The talking has stopped, and the gap is still there.",
            (
                "Reopen the subject in a safe way",
                "Expect it to feel hotter for a while before it eases",
                "Look at what has not been said",
            ),
        ),
        DisputeStage(
            "dissolution",
            "Coming to an end",
            "It seems beyond repair, or one of you is leaving.",
            ("Make room for the loss", "See both sides of what it was", "Find new footing, and other people"),
        ),
    ),
)

_SHARED_LABELS = "Leeds Community Healthcare, Inter-Personal Therapy"
_WHEN = "International Society of IPT, Key IPT strategies"

dispute = ProblemArea(
    key="dispute",
    label="Conflict",
    title="Interpersonal dispute",
    plain="You and someone important to you want different things, and it keeps hurting. "
    "It may be loud, or it may have gone quiet.",
    choose_when="The low mood began or goes on together with a relationship in which the two people expect "
    "different things of each other.",
    watch_for="Fear, control or violence. Then safety comes first, and talking better is not the task.",
    goals=(
        "See how the conflict and the mood go together",
        "Choose a plan",
        "A better arrangement, other expectations, or leaving: it is your client's choice",
    ),
    records=(
        Prompt("stage", "Where does it stand now?", "It may change. Each change is kept with its date."),
        Prompt("issue", "What is it about, in your words?"),
        Prompt("i_hope", "What do you hope for from them?"),
        Prompt("they_hope", "What do you think they hope for from you?"),
        Prompt("means", "What could each of you give, and what does each depend on?"),
        Prompt("tried", "What has been tried already, and what came of it?"),
        Prompt("goes_with", "How do the conflict and your mood go together?"),
        Prompt("option", "What could you do?", "Doing nothing is one of the choices."),
        Prompt("for_it", "What speaks for it"),
        Prompt("against", "What speaks against it"),
        Prompt("for_them", "What it might be like for them"),
    ),
    other_labels=("Conflict with another person", "Role dispute"),
    sources=(
        sourced("when it is chosen", _WHEN),
        sourced(
            "the stages and the goals", "Chicago training notes, Role disputes; Pocket Guide to IPT, p. 45"
        ),
        sourced("the client's label", _SHARED_LABELS),
        general("actions for each stage, and what to watch for"),
    ),
)

transition = ProblemArea(
    key="transition",
    label="Life change",
    title="Role transition",
    plain="Something in your life has changed, and it is hard to find your feet. "
    "A change can be welcome and still be hard.",
    choose_when="The low mood goes together with coping with changed circumstances. Welcome changes count.",
    watch_for="A conflict underneath the change that nobody has named.",
    goals=(
        "Let go of the old role, and see its good and hard sides fairly",
        "Accept the new role, and feel more able in it",
        "Find people and support that belong to the new role",
    ),
    records=(
        Prompt("change", "What has changed?"),
        Prompt(
            "feelings",
            "What did you feel at the change itself?",
            "Feelings that don't fit together are allowed.",
        ),
        Prompt("losses", "What do you miss?"),
        Prompt("old_good", "What was good about how it was?"),
        Prompt("old_hard", "What was hard about how it was?"),
        Prompt("new_good", "What is good, or could become good, about how it is?"),
        Prompt("new_hard", "What is hard about how it is?"),
        Prompt("self", "How has it changed how you see yourself?"),
        Prompt("others", "How has it changed how you see other people?"),
        Prompt("demand", "What does the new situation ask of you?"),
        Prompt("skill", "What can you do already that helps, and what would you like to learn?"),
        Prompt("who", "Who could help?"),
        Prompt("how", "With what, or how?"),
    ),
    other_labels=("Role change", "Change in life"),
    sources=(
        sourced("when it is chosen", _WHEN),
        sourced("welcome changes, accepting the new role", "Chicago training notes, Role transition"),
        sourced("the label Role change", _SHARED_LABELS),
        general("letting go of the old role, and what to watch for"),
    ),
)

grief = ProblemArea(
    key="grief",
    label="Grief and loss",
    title="Grief",
    plain="You have lost someone, or something that held your life, and the grief has stayed stuck or could not "
    "be felt. "
    "There is no right way and no right time to grieve.",
    choose_when="The low mood goes together with a death. Some schools widen this to other losses.",
    watch_for="Grief that was put off or kept away, and dates on which it comes back.",
    goals=("Mourn, with all the mixed feelings", "Take up interests and ties again"),
    records=(
        Prompt(
            "story",
            "Tell it as it comes, in any order, as far as you want to.",
            "It can stay one piece. You can sort it later, or never.",
        ),
        Prompt("together", "What was it like between you?", "The good and the hard."),
        Prompt("lost", "How did you lose them, as far as you want to tell it?"),
        Prompt("since", "How has it been since?"),
        Prompt("mixed", "Which feelings are there, those too that seem not allowed?"),
        Prompt("unsaid", "What was not said?"),
        Prompt("what", "What day is it?", "An anniversary, a birthday, a holiday."),
        Prompt("step", "What or whom would you like to come back to, a little?"),
        Prompt("how_it_went", "How did it go?"),
    ),
    other_labels=("Complicated grief", "Bereavement"),
    sources=(
        sourced("when it is chosen", _WHEN),
        sourced("widening to other losses", "Chicago training notes, Grief"),
        sourced("grief put off, goals of mourning and ties", "abstract of a manual's chapter on grief"),
        sourced("the label Complicated grief", _SHARED_LABELS),
    ),
)

sensitivity = ProblemArea(
    key="sensitivity",
    label="Starting or keeping relationships",
    title="Interpersonal sensitivity",
    plain="It has been hard for a long time to get close to people, or to stay close. "
    "You may feel alone even among others.",
    choose_when="No event fits, and there has long been a lack of ties. It is looked at last.",
    watch_for="Depression's own withdrawal, which is not this. Progress tends to be slower here. "
    "One school sees it as something that complicates another focus.",
    goals=("Less time alone than is wished", "New ties, or old ones taken up again"),
    records=(
        Prompt("easier", "With whom was it easier, and what made it so?"),
        Prompt("repeats", "What repeats between you and people?"),
        Prompt("between", "What happens between the two of you here that also happens elsewhere?"),
        Prompt("step", "Which small step could you take?"),
        Prompt("what_happened", "What happened?"),
    ),
    other_labels=("Loneliness", "Isolation"),
    sources=(
        sourced("as the last choice; what to watch for", "Weissman, ch. 8; Luty, IPT in practice"),
        sourced("as complicating another focus", "Taylor & Francis, chapter b13643-26"),
        sourced("the label Loneliness", _SHARED_LABELS),
        general("goals"),
    ),
)

problem_areas = Shelf("problem areas", (dispute, transition, grief, sensitivity))
get = problem_areas.get

second_focus_reasons = Shelf(
    "reasons for a second focus",
    (
        Choice("two_belong_together", "The two belong together, and neither can be worked on alone"),
        Choice("new_event", "Something new has happened"),
        Choice("first_is_done", "The first focus has come to rest"),
        Choice("other", "Another reason, written beside it"),
    ),
)

NOT_SURE = Choice("not_sure", "Not sure yet", "You can leave this open and look at it together.")


def check_focus(standing: Collection[str], area: str, *, reason: str | None = None) -> None:
    """Allow one focus freely and a second with a reason; refuse a third, and an area chosen twice.

    Source: Kithwork's own proposal, after the manuals' one agreed problem.
    """
    problem_areas.get(area)
    if area in standing:
        raise Refusal("This focus is already agreed.", code="focus-already-agreed")
    if len(standing) >= 2:
        raise Refusal(
            "There are two focuses already.", next_step="Close one of them first.", code="too-many-focuses"
        )
    if standing and not reason:
        raise SecondFocusNeedsAReason(
            "A second focus needs a reason.", next_step="Choose the reason, or keep to one focus."
        )
    if reason:
        second_focus_reasons.get(reason)
