"""What simulated clients are made of: every number with where it comes from, or the word "assumption".

The sources are short names of studies; docs/reference says where to find them. A number that somebody changed is an
assumption from then on, whatever stood there before.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

ASSUMPTION = "assumption"

ITEM_NAMES = ("low_mood", "kept_away", "felt_unwanted", "felt_a_failure", "tension")
MOOD, WITHDRAWAL, REJECTION, FAILURE, TENSION = range(len(ITEM_NAMES))

# The loop, each edge as (what it acts on, what acts).
EDGES = (
    (WITHDRAWAL, MOOD),
    (REJECTION, WITHDRAWAL),
    (FAILURE, REJECTION),
    (MOOD, FAILURE),
    (MOOD, REJECTION),
    (REJECTION, TENSION),
    (MOOD, TENSION),
    (TENSION, MOOD),
)
# Work on the focus loosens these: keeping away no longer turns into feeling unwanted, nor that into failure.
LOOSENED = ((REJECTION, WITHDRAWAL), (FAILURE, REJECTION))


def said(default: Any, means: str, source: str) -> Any:
    """One number, what it means, and who says so."""
    return field(default=default, metadata={"means": means, "source": source})


@dataclass(frozen=True, slots=True)
class Params:
    """How days follow one another in simulated clients. SD are those of a person's own days, unless said otherwise."""

    carry_over: float = said(
        0.15, "carry-over of each item to the next day", "fits to Wendt 2020, Fried 2021"
    )
    carry_over_spread: float = said(0.12, "its SD between people", "fits to Wendt 2020")
    edge: float = said(
        0.05, "mean strength of each edge of the loop, SD per SD and day", "fits to daily diaries"
    )
    arrow_spread: float = said(
        0.08, "SD between people of every arrow between items", "fits to daily diaries"
    )
    saturation: float = said(2.0, "where others' pulling back levels off, in SD of keeping away", ASSUMPTION)
    together: float = said(0.30, "correlation of two items' shocks on one day", ASSUMPTION)
    tails: float = said(8.0, "degrees of freedom of the shocks (Student t)", ASSUMPTION)
    event_rate: float = said(0.10, "stressful events a day, at usual mood", ASSUMPTION)
    stress_generation: float = said(
        0.25, "log rate of events per SD of the day before's low mood", "Rnic 2023 (r = .23); mapping assumed"
    )
    event_to_mood: float = said(0.04, "SD of low mood an event adds", "Rnic 2023")
    event_to_tension: float = said(0.30, "SD of tension an event adds", ASSUMPTION)
    between_share: float = said(
        0.42, "share of the variance that lies between people", "openESM, Kuczynski items"
    )
    between_together: float = said(0.60, "correlation of two items' usual levels between people", ASSUMPTION)
    middle: float = said(4.0, "usual answer, 0 to 10", ASSUMPTION)
    within_sd: float = said(1.7, "SD of a person's own days in points", "openESM, 1.6 to 1.9")
    natural_fall: float = said(
        0.45, "fall of low mood over a course without therapy, in SD of all people's days", ASSUMPTION
    )
    therapy_fall: float = said(0.60, "fall beyond that with therapy, in the same SD", "Cuijpers 2016")
    fall_spread: float = said(0.30, "SD between people of the fall", ASSUMPTION)
    fall_of_others: float = said(
        0.50, "what the other items fall by, as a share of low mood's fall", ASSUMPTION
    )
    loosening_most: float = said(
        0.50, "most that edges shrink by over a course; from 0 up, alike", "assumption, no published value"
    )
    focus_worked_on: float = said(0.80, "share of people whose focus is worked on", ASSUMPTION)
    therapy_from: int = said(14, "day on which therapy begins", ASSUMPTION)
    therapy_days: int = said(112, "days that a course takes", "16 weekly sessions")
    missing_least: float = said(0.15, "least share of days missing", "data sets, .10 to .60; range assumed")
    missing_most: float = said(0.60, "largest share of days missing", "data sets, .10 to .60; range assumed")
    run_least: float = said(1.5, "shortest mean run of missing days", "data sets; range assumed")
    run_most: float = said(6.0, "longest mean run of missing days", "data sets; range assumed")
    tilt_most: float = said(1.0, "most that an SD of low mood adds to the logit of a missing day", ASSUMPTION)
    item_skip: float = said(0.05, "share of single answers left out", ASSUMPTION)
    leaving_weekly: float = said(0.015, "chance in a week to stop keeping the diary", ASSUMPTION)
    reliability_least: float = said(0.7, "least reliability of an answer", ASSUMPTION)
    reliability_most: float = said(0.9, "largest reliability of an answer", ASSUMPTION)

    def without_loop(self) -> "Params":
        """The same people without any arrow between items."""
        return replace(self, edge=0.0, arrow_spread=0.0)

    def without_therapy(self) -> "Params":
        """The same people, waiting: no fall beyond the natural one, and no edge loosens."""
        return replace(self, therapy_fall=0.0, loosening_most=0.0)


@dataclass(frozen=True, slots=True)
class Described:
    """One number for a page: what it is, and who says so."""

    name: str
    value: float
    means: str
    source: str


def described(params: Any) -> Iterator[Described]:
    """Every number of a set of parameters, in order; a changed one no longer has its source."""
    for one in fields(params):
        value = getattr(params, one.name)
        source = one.metadata["source"] if value == one.default else ASSUMPTION
        yield Described(one.name, value, one.metadata["means"], source)


DAILY = Params()
# For teaching: a loop that one can see. Real diaries are hardly ever like it.
STRONG = Params(edge=0.15, arrow_spread=0.03)
# Loop gain above 1 where everything is usual: two states that hold, low and well, as in Cramer 2016.
TWO_STATES = Params(carry_over=0.35, carry_over_spread=0.0, edge=0.41, arrow_spread=0.0, loosening_most=0.0)
