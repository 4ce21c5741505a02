"""Rulebook: the four kinds are read and recognised; a client's own weighing decides nothing."""

from kithwork.ipt import weighing
from kithwork.ipt.problem_areas import problem_areas


def test_each_kind_has_stories_and_what_people_say() -> None:
    assert weighing.recognise.keys() == problem_areas.keys()
    assert [(len(kind.stories), len(kind.said)) for kind in weighing.recognise] == [(2, 3)] * 4


def test_a_kind_may_fit_a_lot_a_bit_not_or_not_surely_and_one_need_not_say() -> None:
    assert [choice.label for choice in weighing.fits] == [
        "It fits a lot", "A bit", "Not for me", "Not sure", "Rather not say",
    ]  # fmt: skip


def test_a_weighing_decides_nothing() -> None:
    assert weighing.DECIDES_NOTHING == "This decides nothing. You two choose what to work on together."


def test_the_people_in_the_stories_are_made_up_and_nobody_is_to_blame() -> None:
    words = " ".join(story for kind in weighing.recognise for story in kind.stories).lower()

    assert weighing.MADE_UP == "These people are made up."
    assert [word for word in ("fault", "blame", "failed", "abnormal", "disorder", "!") if word in words] == []
