"""Rulebook: an answer about safety is seen by a named person, help comes at once, and nothing is rated."""

from datetime import UTC, datetime, time, timedelta

import pytest

from kithwork.ipt.safety import (
    BLOCKED_WHILE_CONCERN,
    FlagAct,
    FlagSoFar,
    GoesOn,
    Review,
    ReviewNotWhole,
    Waiting,
    ask_aloud,
    due_by,
    goes_on,
    help_now,
    notice_before_first_question,
    plan_headings,
    review,
    unsent_help,
    what_saving_does,
    withheld_sentence,
    withholds_speaking_up,
)
from kithwork.ipt.worksheets import worksheets

AT = datetime(2025, 3, 18, 9, 30, tzinfo=UTC)
OPEN, REVIEWED = FlagSoFar(highest=1, reviewed=False), FlagSoFar(highest=2, reviewed=True)


def test_who_will_see_the_answer_is_said_before_the_first_question() -> None:
    assert notice_before_first_question("Joan") == (
        "One question asks about thoughts of being better off dead or hurting yourself. "
        "“Several days” or more goes to Joan straight away, even if you stop or change it. "
        "“Rather not say”, or leaving it out, is not passed on."
    )


def test_the_panel_thanks_says_who_and_when_and_never_pretends_that_somebody_is_there() -> None:
    panel = help_now("Joan", "10 am tomorrow", numbers=("Samaritans 116 123",))

    assert panel.text == (
        "Thank you for saying so. Many people with depression have thoughts like this. "
        "Joan should see this by 10 am tomorrow. Nobody is reading right now. "
        "If you might act on it: Samaritans 116 123 · My safety plan · Carry on"
    )


def test_an_answer_that_did_not_go_is_never_said_to_be_seen() -> None:
    assert unsent_help(numbers=("Samaritans 116 123",)).text == (
        "Thank you for saying so. Many people with depression have thoughts like this. "
        "Not sent. Nobody has seen this. "
        "It goes when you press the button below, once there is a network. "
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


@pytest.mark.parametrize(
    ("raised", "hours", "due"),
    [
        ("2025-03-18 13:30", 24, "2025-03-19 13:30"),
        ("2025-03-18 22:00", 24, "2025-03-19 18:00"),
        ("2025-03-18 22:00", 4, "2025-03-19 10:00"),
        ("2025-03-18 19:00", 4, "2025-03-19 10:00"),
        ("2025-03-18 08:00", 12, "2025-03-18 18:00"),
        ("2025-03-21 17:30", 24, "2025-03-24 10:00"),
        ("2025-03-22 03:00", 24, "2025-03-24 10:00"),
        ("2025-03-21 12:00", 4, "2025-03-21 16:00"),
        ("2025-03-16 23:00", 24, "2025-03-17 18:00"),
    ],
    ids=[
        "the next day at the same hour",
        "a late evening: by closing on the day after",
        "too early in the morning: the first hour",
        "nobody is there at night",
        "raised before opening: by closing",
        "a Friday evening: Monday's first hour",
        "a Saturday night: Monday's first hour",
        "the same day while it is open",
        "a Sunday night: by closing on Monday",
    ],
)
def test_nobody_is_promised_eyes_in_a_closed_clinic(raised: str, hours: int, due: str) -> None:
    at = datetime.fromisoformat(raised).replace(tzinfo=UTC)

    by = due_by(at, within=timedelta(hours=hours), opens=time(9), closes=time(18))

    assert by == datetime.fromisoformat(due).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("flag", "step"),
    [
        (Waiting(False, False, True, False, False), GoesOn.NOWHERE),
        (Waiting(False, True, True, False, False), GoesOn.TO_DEPUTY),
        (Waiting(True, False, True, False, False), GoesOn.TO_DEPUTY),
        (Waiting(True, False, False, False, False), GoesOn.TO_LEAD),
        (Waiting(False, True, False, False, False), GoesOn.TO_LEAD),
        (Waiting(False, True, True, True, False), GoesOn.TO_LEAD),
        (Waiting(False, True, True, True, True), GoesOn.NOWHERE),
        (Waiting(True, True, True, False, True), GoesOn.TO_DEPUTY),
    ],
    ids=[
        "in time it stays where it is",
        "late: to whoever stands in",
        "its owner is away: at once",
        "away and nobody stands in: the lead at once",
        "late and nobody stands in: the lead",
        "late again: the lead",
        "no step twice",
        "somebody stands in after all",
    ],
)
def test_a_flag_that_nobody_looks_at_goes_on(flag: Waiting, step: GoesOn) -> None:
    assert goes_on(flag) is step


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


@pytest.mark.parametrize(
    ("said_so", "staff_worry", "hers", "theirs"),
    [
        # Nobody knows of any fear: everything is offered.
        (False, False, False, False),
        # She has said so: on every page it is put aside.
        (True, False, True, True),
        (True, True, True, True),
        # Only staff hold a worry: their pages put it aside, and hers tell nothing of it.
        (False, True, False, True),
    ],
)
def test_what_encourages_speaking_up_is_withheld_where_somebody_is_feared(
    said_so: bool, staff_worry: bool, hers: bool, theirs: bool
) -> None:
    withheld = [
        withholds_speaking_up(said_so=said_so, staff_worry=staff_worry, own_page=own) for own in (True, False)
    ]

    assert withheld == [hers, theirs]


def test_what_stands_instead_is_plain_and_a_shared_screen_does_not_tell_why() -> None:
    on_hers, on_theirs = withheld_sentence(own_page=True), withheld_sentence(own_page=False)

    assert "is not your task" in on_hers
    assert not {"frighten", "hurt", "safe", "worry", "concern"} & set(on_theirs.lower().split())
    assert on_theirs == "This is not offered at the moment. Anything else can be worked on."
