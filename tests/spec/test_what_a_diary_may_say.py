"""Rulebook: what the numbers of a diary may say of how mood and people go round, and what they never say."""

from dataclasses import replace

import numpy as np
import pytest

from kithwork.cycle import Arrow, Look, Loop, Stage, Why, explained, look, shown_blocks, shown_singles
from kithwork.cycle.fit import Status
from kithwork.cycle.loop import Together, Usual, hidden_because
from kithwork.ipt import cycle_words

MOOD, PEOPLE = 0, 1
VARIED = tuple(Usual(column, 2, 7, answers=60, sd=2.0) for column in range(5))
ENOUGH = Look(days=60, pairs=40, usual=VARIED, together=(), items=5, highest=10)


def arrow(since=MOOD, to=PEOPLE, mean=0.2, p_pos=0.99, rho=0.6):
    return Arrow(since, to, mean, mean - 0.1, mean + 0.1, p_pos, rho)


def loop(*blocks, status=Status.OK, gain=5.0, singles=()):
    return Loop(status, gain, blocks, singles)


def said(seen, found=None):
    return [str(one) for one in explained(seen, found).told]


def test_below_14_answered_days_there_is_only_the_picture_and_nothing_is_asked_for() -> None:
    found = explained(replace(ENOUGH, days=13))

    assert (found.stage, str(found.heading)) == (
        Stage.PICTURE_ONLY,
        "Not enough days yet to say what follows what",
    )
    assert str(found.told[0]).endswith("Any number of days is fine, and none is fine too.")
    assert found.days == ()


@pytest.mark.parametrize("days", [14, 39])
def test_from_14_to_39_it_says_what_days_were_like_and_not_what_follows_what(days: int) -> None:
    company = Together(0, 1, same=30, days=36, chance=18)
    found = explained(replace(ENOUGH, days=days, together=(company,)), loop(arrow()))

    assert str(found.heading) == "Not enough days yet to say what follows what"
    assert [str(one) for one in found.days][1:2] == ["On most days, low mood was between 2 and 7."]
    assert [str(one) for one in found.days][-2:] == [
        (
            "On 30 of 36 days, low mood and keeping away from people went the same way: both more than usual, "
            "or both less. They tended to go together on the same day."
        ),
        "That doesn’t say which led to which.",
    ]


def test_what_may_be_chance_is_not_called_going_together() -> None:
    company = Together(0, 1, same=22, days=36, chance=18)

    assert str(explained(replace(ENOUGH, together=(company,))).days[-1]) == (
        "What goes together on the same day, these answers don’t show clearly so far."
    )


def test_from_40_days_on_it_may_say_what_tended_to_follow_what() -> None:
    both = loop(arrow(), arrow(PEOPLE, MOOD, rho=0.4))

    assert [shown_blocks(replace(ENOUGH, days=39), both), len(shown_blocks(replace(ENOUGH, days=40), both))] == [
        (), 2,
    ]  # fmt: skip
    assert said(ENOUGH, both) == [
        "The day after a lower day, there tended to be more distance or tension between people.",
        "This comes mostly from this diary.",
        "The day after more distance or tension between people, mood tended to be lower.",
        "This comes partly from this diary, and mostly from what is known from other people’s diaries.",
        (
            "This is a pattern in these answers. It doesn’t show that one led to the other, and it says nothing about "
            "tomorrow."
        ),
    ]


@pytest.mark.parametrize(
    ("p_pos", "rho", "shown"),
    [(0.975, 0.30, True), (0.974, 0.90, False), (0.999, 0.29, False), (0.025, 0.30, True)],
)
def test_an_arrow_is_shown_only_where_its_direction_is_sure_and_the_diary_has_a_say_in_it(
    p_pos: float, rho: float, shown: bool
) -> None:
    assert bool(shown_blocks(ENOUGH, loop(arrow(p_pos=p_pos, rho=rho)))) == shown


@pytest.mark.parametrize(
    ("seen", "found", "why"),
    [
        (replace(ENOUGH, pairs=14), loop(arrow()), Why.FEW_PAIRS),
        (replace(ENOUGH, usual=(*VARIED[:4], Usual(4, 0, 1, 60, sd=1.0))), loop(arrow()), Why.TOO_EVEN),
        (replace(ENOUGH, usual=VARIED[:4]), loop(arrow()), Why.TOO_EVEN),
        (ENOUGH, loop(arrow(), status=Status.DRIFTING), Why.DRIFTING),
        (ENOUGH, loop(arrow(), gain=0.9), Why.UNCLEAR),
        (ENOUGH, loop(arrow(), gain=float("nan")), Why.UNCLEAR),
        (ENOUGH, loop(arrow(), status=Status.FAILED), Why.NOT_WORKED_OUT),
    ],
)
def test_arrows_are_hidden_where_days_are_apart_answers_even_levels_moving_or_nothing_is_gained(
    seen: Look, found: Loop, why: Why
) -> None:
    assert (hidden_because(seen, found), shown_blocks(seen, found)) == (why, ())


def test_a_single_arrow_is_for_the_expert_alone_and_needs_more() -> None:
    found = loop(singles=(arrow(0, 1, rho=0.5), arrow(0, 2, rho=0.49), arrow(1, 0, p_pos=0.97)))

    assert shown_singles(ENOUGH, found) == (arrow(0, 1, rho=0.5),)
    assert said(ENOUGH, found) == [
        cycle_words.reasons["unclear"], "That doesn’t mean that there is no link.",
    ]  # fmt: skip
    assert str(explained(ENOUGH, found).singles[0]) == (
        "low mood → keeping away from people, a day later: 0.2 (90 % interval 0.1 to 0.3)."
    )


def test_the_therapist_reads_the_interval_the_days_and_what_they_allow() -> None:
    assert [str(one) for one in explained(ENOUGH, loop(arrow())).numbers] == [
        (
            "Mood → between people: the day after one answer about mood was a usual step worse, an answer about "
            "distance or tension was on average 0.2 usual steps higher; 90 % interval 0.1 to 0.3."
        ),
        (
            "Such estimates are drawn towards nothing while days are few. A strong pattern often lies outside the "
            "interval, on its far side."
        ),
        "Days on which both mood and people were answered for: 60. Days of these straight after another: 40.",
        (
            "From 14 days on: what the days were like, and what went together on the same day. From 40 days and 15 "
            "pairs of days on: what followed what, where the answers show it clearly."
        ),
    ]


def test_less_is_told_as_less_and_not_as_more_below_nothing() -> None:
    less = arrow(1, 0, mean=-0.2, p_pos=0.01)

    assert str(explained(ENOUGH, loop(less)).numbers[0]) == (
        "Between people → mood: the day after one answer about distance or tension was a usual step higher, an answer "
        "about mood was on average 0.2 usual steps better; 90 % interval 0.1 to 0.3."
    )


@pytest.mark.parametrize("word", ["cause", "risk", "predict", "will ", "other clients", "no link", "always"])
def test_no_sentence_names_a_cause_a_risk_or_tomorrow_or_says_that_there_is_no_link(word: str) -> None:
    told = [text for text in vars(cycle_words).values() if isinstance(text, str) and " " in text]
    tables = (cycle_words.things, cycle_words.arrows, cycle_words.moved, cycle_words.reasons)
    told += [text for table in tables for text in table.values()]
    told = [text for text in told if text not in (cycle_words.__doc__, cycle_words.NOT_NO_LINK)]

    assert [text for text in told if word in text] == []


def test_a_day_counts_where_something_of_mood_and_something_of_people_was_answered() -> None:
    y = np.full((4, 5), np.nan)
    y[0, :] = 5
    y[1, [3, 4]] = 0
    y[2, [0, 3]] = 9
    y[3, 2] = 1

    assert (look(y).days, look(y).pairs) == (2, 1)
