"""Safety: what brings a matter to a named person, what must be offered at once, and what a review records.

Kithwork shows the answer that was given. It has no levels and no colours of danger, adds nothing up, and
foresees nothing (after NICE NG225). It is not watched day and night, and says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from kithwork.ipt.shelf import Choice, Prompt, Shelf
from kithwork.refusal import Refusal

NOT_WATCHED = "Kithwork is not watched day and night."
NOBODY_READING = "Nobody is reading right now."
NOT_PASSED_ON = "“Rather not say”, or leaving it out, is not passed on."
NOT_SENT = "Not sent. Nobody has seen this."

flag_kinds = Shelf(
    "kinds of flag",
    (
        Choice("item_9", "PHQ-9 item 9 was answered above Not at all"),
        Choice("risk_item", "A question about safety was answered above the first option"),
        Choice("said_aloud", "Your client said so in a session"),
        Choice("frightened", "Your client is frightened of someone"),
        Choice("someone_else", "Someone else may not be safe"),
        Choice("told_by_other", "Another person got in touch"),
    ),
)

RAISED_BY_HAND = ("said_aloud", "frightened", "someone_else", "told_by_other")
"""Kinds of flag that staff raise; an answer raises its own."""

must_be_offered = Shelf(
    "things offered at once",
    (
        Choice("thanks", "Thank you for saying so"),
        Choice("who_sees", "Who will see it, and by when"),
        Choice("not_now", NOBODY_READING),
        Choice("numbers", "Numbers to ring now"),
        Choice("safety_plan", "My safety plan"),
        Choice("carry_on", "Carry on"),
    ),
)


NOTICE = (
    "One question asks about thoughts of being better off dead or hurting yourself. "
    "“Several days” or more goes to {therapist} straight away, even if you stop or change it."
)
NOTICE_OF_SEVERAL = (
    "Some questions may ask about wishing to be dead, or about hurting or killing yourself. "
    "Any answer to these but the first goes to {therapist} straight away, even if you stop or change it."
)
THANKS = "Thank you for saying so. Many people with depression have thoughts like this."
IF_YOU_MIGHT = "If you might act on it:"
GOES_LATER = "It goes when you press the button below, once there is a network."


def notice_before_first_question(
    therapist: str, *, say: Callable[[str], str] = str, only_item_9: bool = True
) -> str:
    """What a client reads before the first question of a check-in that asks about safety.

    ``say`` may say it in another language, with ``{therapist}`` still in its place. With other questions about
    safety than PHQ-9's (``only_item_9`` false), it names no answer: each questionnaire has answers of its own.
    """
    notice = NOTICE if only_item_9 else NOTICE_OF_SEVERAL
    return f"{say(notice).replace('{therapist}', therapist)} {say(NOT_PASSED_ON)}"


@dataclass(frozen=True)
class HelpNow:
    """The panel that comes at once: a few sentences, the numbers, and three ways on."""

    thanks: str
    who_sees: str
    nobody_now: str
    lead: str
    numbers: tuple[str, ...]
    plan_link: str = "My safety plan"
    carry_on: str = "Carry on"

    @property
    def text(self) -> str:
        """The panel as one piece of plain text, in reading order."""
        links = " · ".join((*self.numbers, self.plan_link, self.carry_on))
        return f"{self.thanks} {self.who_sees} {self.nobody_now} {self.lead} {links}"


def help_now(therapist: str, by: str, *, numbers: Iterable[str]) -> HelpNow:
    """Make the panel shown as soon as such an answer is saved, before anything else.

    ``by`` is a time in the client's own words of day and hour. The numbers come from the clinic's own
    checked table; with none, the panel says so by offering only the plan, never another country's number.
    """
    return HelpNow(
        thanks=THANKS,
        who_sees=f"{therapist} should see this by {by}.",
        nobody_now=NOBODY_READING,
        lead=IF_YOU_MIGHT,
        numbers=tuple(numbers),
    )


def unsent_help(*, numbers: Iterable[str]) -> HelpNow:
    """The same panel while the answer stands on the screen alone: it promises nobody's eyes."""
    return HelpNow(
        thanks=THANKS,
        who_sees=NOT_SENT,
        nobody_now=GOES_LATER,
        lead=IF_YOU_MIGHT,
        numbers=tuple(numbers),
    )


class FlagAct(StrEnum):
    """What saving an answer does to the one flag of a check-in."""

    NOTHING = "nothing"
    RAISE = "raise"
    REOPEN = "reopen"


@dataclass(frozen=True)
class FlagSoFar:
    """A check-in's flag: the highest answer that has raised it, and whether it has been reviewed."""

    highest: int
    reviewed: bool


def what_saving_does(answer: int | None, flag: FlagSoFar | None) -> FlagAct:
    """Tell what a saved answer to a question about safety does, in a draft as in a sent check-in.

    Rule: 1 or more raises one flag. A higher answer, or any of 1 or more after the review, opens it again
    with a new time to be seen by. Changing or taking back the answer never closes it. None is no answer.
    """
    if answer is None or answer < 1:
        return FlagAct.NOTHING
    if flag is None:
        return FlagAct.RAISE
    return FlagAct.REOPEN if flag.reviewed or answer > flag.highest else FlagAct.NOTHING


SATURDAY = 5
FIRST_HOUR = timedelta(hours=1)


def due_by(raised: datetime, *, within: timedelta, opens: time, closes: time) -> datetime:
    """Tell by when a flag should be seen, in the clinic's own clock, from Monday to Friday.

    Rule: so much later, where the clinic is open then. After closing: by closing on that day, if the flag was
    there when that day opened. Else within the first hour of the next day that the clinic is open. Nobody is
    promised eyes in a closed clinic; public holidays are not known.
    """
    wished = raised + within
    if wished.weekday() < SATURDAY:
        opening, closing = _at(wished, opens), _at(wished, closes)
        if opening <= wished <= closing:
            return wished
        if wished > closing and raised <= opening:
            return closing
        if wished < opening:
            return opening + FIRST_HOUR
    day = wished + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return _at(day, opens) + FIRST_HOUR


def _at(day: datetime, hour: time) -> datetime:
    return day.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)


class GoesOn(StrEnum):
    """Where a flag that nobody has looked at goes on to."""

    NOWHERE = "nowhere"
    TO_DEPUTY = "to_deputy"
    TO_LEAD = "to_lead"


@dataclass(frozen=True)
class Waiting:
    """A flag without a review: whether its owner is away, its time has passed, and what was done already."""

    owner_away: bool
    late: bool
    has_deputy: bool
    went_to_deputy: bool
    lead_told: bool


def goes_on(flag: Waiting) -> GoesOn:
    """Tell the next step of a flag that waits.

    Rule: while its owner is away, or once its time has passed, it goes on to whoever stands in, once. With nobody
    to stand in, or after their time too, whoever leads the clinic is told, once, that something waits.
    """
    if not (flag.owner_away or flag.late):
        return GoesOn.NOWHERE
    if flag.has_deputy and not flag.went_to_deputy:
        return GoesOn.TO_DEPUTY
    return GoesOn.NOWHERE if flag.lead_told else GoesOn.TO_LEAD


decisions = Shelf(
    "decisions of a review",
    (
        Choice("talked", "Talked about it, and go on as planned"),
        Choice("plan_made", "Made or renewed the safety plan together"),
        Choice("means", "Agreed how to make the surroundings safer"),
        Choice("sooner", "Will speak again before the next session"),
        Choice("family_told", "Someone close has been told, with consent"),
        Choice("doctor", "Spoke with the doctor or the prescriber"),
        Choice("crisis_team", "Passed on to the crisis team"),
        Choice("emergency", "Emergency services were called"),
        Choice("safeguarding", "Safeguarding was told"),
        Choice("consulted", "Consulted the supervisor; they decided together"),
        Choice("not_reached", "Could not reach your client; next attempt written beside it"),
    ),
)
"""None of these is ever chosen beforehand."""

review_fields = Shelf(
    "parts of a review",
    (
        Prompt("asked", "What was asked"),
        Prompt("answered", "What your client said"),
        Prompt("decision", "What was decided"),
        Prompt("next", "What happens next, who does it, and when"),
        Prompt("second_opinion", "Whom you spoke with"),
    ),
)


class ReviewNotWhole(Refusal):
    """A flag was to be closed without a person, a time and a decision."""

    code = "review-not-whole"


@dataclass(frozen=True)
class Review:
    """A review that closes a flag: who, when, and what was decided."""

    reviewer: str
    at: datetime
    decisions: tuple[str, ...]


def review(reviewer: str | None, at: datetime | None, *, chosen: Iterable[str] = ()) -> Review:
    """Make a review, or refuse: a flag closes only with a named reviewer, a time and a decision."""
    picked = tuple(decisions.get(key).key for key in chosen)
    if not reviewer or at is None or not picked:
        raise ReviewNotWhole(
            "A review needs a name, a time and a decision.",
            next_step="Fill in what is missing; nothing is preset.",
        )
    return Review(reviewer, at, picked)


ask_aloud = Shelf(
    "questions to ask aloud",
    (
        Prompt("wish_dead", "Do you ever think that it would be easier not to be here?"),
        Prompt("harm_self", "Have you thought of hurting yourself, or ending your life?"),
        Prompt("how", "Have you thought about how? Is there anything at hand that worries you?"),
        Prompt("before", "Has there been a time when you acted on it?"),
        Prompt("keeps", "What has kept you here?"),
        Prompt("who_knows", "Who knows about this?"),
        Prompt("frightened", "Is there anyone you are frightened of?"),
        Prompt("others", "Is there anyone you worry may not be safe: a child, someone you look after?"),
    ),
)
ASK_ALOUD_NOTE = "Ask in your own words, without hurry. Asking does not put the idea into anyone's head."

SAFETY_PLAN_SOURCE = (
    "The order of steps is an idea of Stanley & Brown (2012), Cognitive and Behavioral Practice 19, 256-264; "
    "the words are ours."
)

plan_headings = Shelf(
    "headings of the safety plan",
    (
        Prompt("signs", "How I notice that it is getting harder", "Thoughts, feelings, situations."),
        Prompt("by_myself", "What I can do by myself", "Things that have carried me through before."),
        Prompt("among_people", "People and places that turn my mind elsewhere", "I need not say how I am."),
        Prompt("ask", "People I can ask for help", "And what I would say."),
        Prompt("services", "Services I can ring", "My clinic, my doctor, a helpline."),
        Prompt(
            "surroundings",
            "How I make it safer around me",
            "What to put out of reach, and who helps with it.",
        ),
        Prompt("reasons", "What I want to stay for", "People, animals, things still to come."),
    ),
)

BLOCKED_WHILE_CONCERN = ("conversation", "decision", "role_play", "try_out")
"""Worksheets not offered about a person while a concern stands that the client is frightened of them."""

PUT_ASIDE = (
    "Talking it through with somebody who frightens or hurts you is not your task. Being safe comes first."
)
NOT_OFFERED = "This is not offered at the moment. Anything else can be worked on."


def withholds_speaking_up(*, said_so: bool, staff_worry: bool, own_page: bool) -> bool:
    """Tell whether a page leaves out what encourages speaking up to somebody: sheets, prompts, suggestions.

    ``said_so``: the client has said, where both of them can see it, that she is frightened or hurt.
    ``staff_worry``: staff hold a worry that she is not shown. ``own_page``: the page is the client's own.

    Rule: what she has said counts on every page. What staff keep among themselves counts on theirs alone: if her
    own pages changed with it, they would tell of it to her, and to whoever makes her open them.
    """
    return said_so or (staff_worry and not own_page)


def withheld_sentence(*, own_page: bool) -> str:
    """What stands in the place of something withheld. A page of staff may be on a screen that both see, so it
    does not tell why."""
    return PUT_ASIDE if own_page else NOT_OFFERED


safe_contact = Shelf(
    "questions about safe contact",
    (
        Prompt("channel", "How may we reach you safely?"),
        Prompt("hours", "At which times?"),
        Prompt("message", "May we leave a message?"),
        Prompt("who_else", "Who else may see your phone or your post?"),
    ),
)
