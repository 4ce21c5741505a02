"""Looking back on the way: what to go through together when little has changed, and what can be decided.

Source: the things to look at and the first date, session 4, after Gunlicks-Stoessel 2018 (young people) and
usual practice; the wording is ours. The number of points that counts as little change is the clinic's.
"""

from kithwork.ipt.protocol import Phase, Protocol
from kithwork.ipt.shelf import Choice, Prompt, Shelf
from kithwork.ipt.sources import design, sourced

looks = Shelf(
    "things to look at",
    (
        Prompt("picture", "Is depression still the right word for it, or is something else going on?"),
        Prompt("safety", "Safety, asked aloud"),
        Prompt("frightened", "Is anyone hurting or frightening your client?"),
        Prompt("alcohol", "Alcohol and other drugs"),
        Prompt("focus", "Is the focus the right one, and is it kept?"),
        Prompt("attendance", "Sessions missed, and what made it hard to come"),
        Prompt("medication", "Medication: begun, changed, stopped?"),
        Prompt("between", "How is it going between the two of you?"),
    ),
)

decisions = Shelf(
    "decisions at a review",
    (
        Choice("go_on", "Go on as agreed"),
        Choice("change_focus", "Change the focus"),
        Choice("more_often", "Meet more often for a while"),
        Choice("prescriber", "Talk with the prescriber about medication"),
        Choice("other_care", "Offer other effective care"),
        Choice("new_contract", "Agree another number of sessions"),
        Choice("not_going_on", "Not go on"),
        Choice("supervision", "Take it to supervision first"),
    ),
)
"""None of these is ever chosen beforehand."""

carried_out_on = {
    "change_focus": "focus",
    "more_often": "contract",
    "new_contract": "contract",
    "not_going_on": "contract",
}
"""On which page a decision is carried out with the client, where it is more than a word: a record of it changes
nothing by itself."""

sources = (
    design("a review at session 4 and half-way; a list to go through when little has changed"),
    sourced(
        "deciding early: week 4 served young people better than week 8",
        "Gunlicks-Stoessel 2018, a pilot of 40",
    ),
    sourced(
        "offering other effective care to adults whom brief IPT did not help",
        "Oxford Clinical Psychology, 9780197554500, ch. 9",
    ),
)


def point_reached(protocol: Protocol, current: int, planned: int | None) -> int | None:
    """Tell at which review point a course stands: the newest one that its present session has come to.

    ``current`` is the session that is going on or comes next. Rule: a point stands until the next one, or until the
    ending begins, which has a looking back of its own; then there is none.
    """
    reached = [n for n in protocol.reviews(planned) if n <= current]
    if not reached:
        return None
    in_ending = protocol.phase_of(current, planned) is Phase.ENDING
    is_of_ending = protocol.phase_of(reached[-1], planned) is Phase.ENDING
    return None if in_ending and not is_of_ending else reached[-1]
