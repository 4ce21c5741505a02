"""Looking back on the way: what to go through together when little has changed, and what can be decided.

Source: the things to look at and the first date, session 4, after Gunlicks-Stoessel 2018 (young people) and
usual practice; the wording is ours. The number of points that counts as little change is the clinic's.
"""

from kithwork.ipt.shelf import Choice, Prompt, Shelf

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
