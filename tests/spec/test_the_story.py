"""Rulebook: rough dates are enough, and a link needs no direction."""

from datetime import date

import pytest

from kithwork.ipt.timeline import (
    USUAL_LINK,
    Episode,
    FuzzyDate,
    UnclearDate,
    Window,
    effects,
    lanes,
    link_kinds,
)


def test_a_season_is_a_date() -> None:
    spring = FuzzyDate.parse("spring 2022")

    assert (spring.earliest, spring.midpoint, spring.latest) == (
        date(2022, 3, 1),
        date(2022, 4, 15),
        date(2022, 5, 31),
    )


def test_a_winter_belongs_to_two_years_and_says_so() -> None:
    assert str(FuzzyDate.parse("winter 2022")) == "winter 2022/23"


def test_a_date_that_can_be_read_in_two_ways_is_asked_again_and_not_guessed() -> None:
    with pytest.raises(UnclearDate) as refused:
        FuzzyDate.parse("5/3/2021")

    assert refused.value.next_step == "Write the month as a word, such as 5 March 2021."


def test_mood_has_a_lane_of_its_own() -> None:
    assert lanes.keys() == ("mood", "relationships", "work")


def test_unless_somebody_chooses_a_link_only_says_that_two_things_went_together() -> None:
    assert link_kinds[USUAL_LINK].label == "They tended to go together"


def test_an_episode_may_overlap_its_own_rough_dates_but_not_end_before_it_began() -> None:
    Episode(FuzzyDate.parse("autumn 2021"), FuzzyDate.parse("2021"))
    with pytest.raises(UnclearDate):
        Episode(FuzzyDate.parse("2022"), FuzzyDate.parse("2021"))


def test_about_a_year_is_that_year_and_one_on_either_side() -> None:
    said = FuzzyDate.parse("about ten years ago", today=date(2025, 3, 18))

    assert (str(said), said.earliest, said.latest) == ("about 2015", date(2014, 1, 1), date(2016, 12, 31))


def test_last_march_is_the_last_one_that_is_over() -> None:
    assert str(FuzzyDate.parse("last March", today=date(2025, 3, 18))) == "March 2024"


def test_an_impossible_date_is_met_with_what_would_be_possible() -> None:
    with pytest.raises(UnclearDate) as refused:
        FuzzyDate.parse("31 June 2022")

    assert (refused.value.sentence, refused.value.next_step) == (
        "June 2022 has 30 days.", "Write 30 June 2022, or only June 2022.",
    )  # fmt: skip


def test_moving_something_keeps_it_as_rough_as_it_was_remembered() -> None:
    spring = FuzzyDate.parse("spring 2022")

    assert (str(spring.moved(-1)), str(spring.on(date(2023, 8, 9)))) == ("winter 2021/22", "summer 2023")


def test_one_looks_at_ten_years_a_year_or_twelve_weeks_and_never_ahead_of_today() -> None:
    today = date(2025, 3, 18)
    windows = [Window.holding(today, zoom) for zoom in ("years", "months", "weeks")]

    assert [(window.first, window.last) for window in windows] == [
        (date(2016, 1, 1), date(2025, 12, 31)),
        (date(2024, 4, 1), date(2025, 3, 31)),
        (date(2024, 12, 30), date(2025, 3, 23)),
    ]
    assert [window.later(today) for window in windows] == [None, None, None]


def test_how_mood_was_around_then_can_be_left_unsaid() -> None:
    assert effects["rather_not_say"].label == "Rather not say"
