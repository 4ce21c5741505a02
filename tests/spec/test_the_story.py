"""Rulebook: rough dates are enough, and a link needs no direction."""

from datetime import date

import pytest

from kithwork.ipt.timeline import USUAL_LINK, Episode, FuzzyDate, UnclearDate, lanes, link_kinds


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
