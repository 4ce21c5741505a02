"""Rulebook: an answer about safety is seen by a named person, help comes at once, and nothing is rated."""

from datetime import UTC, datetime

import pytest

from kithwork.ipt.safety import (
    BLOCKED_WHILE_CONCERN,
    FlagAct,
    FlagSoFar,
    Review,
    ReviewNotWhole,
    ask_aloud,
    help_now,
    notice_before_first_question,
    plan_headings,
    review,
    what_saving_does,
)
from kithwork.ipt.worksheets import worksheets

AT = datetime(2025, 3, 18, 9, 30, tzinfo=UTC)
OPEN, REVIEWED = FlagSoFar(highest=1, reviewed=False), FlagSoFar(highest=2, reviewed=True)


def test_who_will_see_the_answer_is_said_before_the_first_question() -> None:
    assert notice_before_first_question("Joan") == (
        "One question asks about thoughts of being better off dead or hurting yourself. "
        "Any answer but 'Not at all' goes to Joan straight away, even if you stop or change it."
    )


def test_the_panel_thanks_says_who_and_when_and_never_pretends_that_somebody_is_there() -> None:
    panel = help_now("Joan", "10 am tomorrow", numbers=("Samaritans 116 123",))

    assert panel.text == (
        "Thank you for saying so. Many people with depression have thoughts like this. "
        "Joan should see this by 10 am tomorrow. Nobody is reading right now. "
        "If you might act on it: Samaritans 116 123 · My safety plan · Carry on"
    )


@pytest.mark.parametrize(
    ("answer", "flag", "act"),
    [
        (None, None, FlagAct.NOTHING),
        (0, None, FlagAct.NOTHING),
        (1, None, FlagAct.RAISE),
        (3, None, FlagAct.RAISE),
        (1, OPEN, FlagAct.NOTHING),
        (2, OPEN, FlagAct.REOPEN),
        (0, OPEN, FlagAct.NOTHING),
        (None, OPEN, FlagAct.NOTHING),
        (1, REVIEWED, FlagAct.REOPEN),
        (0, REVIEWED, FlagAct.NOTHING),
    ],
    ids=[
        "no answer is not nought",
        "not at all",
        "several days raises one",
        "nearly every day raises one",
        "the same again raises no second",
        "a higher answer opens it again",
        "changing it to nought leaves it",
        "taking it back leaves it",
        "any answer after the review opens it again",
        "not at all after the review",
    ],
)
def test_what_saving_an_answer_does(answer: int | None, flag: FlagSoFar | None, act: FlagAct) -> None:
    assert what_saving_does(answer, flag) is act


def test_a_flag_closes_only_with_a_name_a_time_and_a_decision() -> None:
    assert review("Joan Hale", AT, chosen=["talked", "plan_made"]) == Review(
        "Joan Hale", AT, ("talked", "plan_made")
    )


@pytest.mark.parametrize(
    ("reviewer", "at", "chosen"),
    [(None, AT, ["talked"]), ("", AT, ["talked"]), ("Joan Hale", None, ["talked"]), ("Joan Hale", AT, [])],
    ids=["no name", "empty name", "no time", "no decision"],
)
def test_a_review_that_is_not_whole_closes_nothing(
    reviewer: str | None, at: datetime | None, chosen: list[str]
) -> None:
    with pytest.raises(ReviewNotWhole):
        review(reviewer, at, chosen=chosen)


def test_the_questions_asked_aloud_include_fear_of_someone() -> None:
    assert {"harm_self", "frightened", "others"} <= set(ask_aloud.keys())


def test_the_safety_plan_runs_from_noticing_to_making_it_safer() -> None:
    assert plan_headings.keys()[:6] == (
        "signs",
        "by_myself",
        "among_people",
        "ask",
        "services",
        "surroundings",
    )


def test_while_someone_is_feared_nobody_is_asked_to_talk_better_with_them() -> None:
    blocked = {sheet.key for sheet in worksheets() if sheet.blocked_by_concern}

    assert blocked == set(BLOCKED_WHILE_CONCERN)
