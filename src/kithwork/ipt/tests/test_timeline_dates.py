"""Rough dates: what can be read, what is refused, and where each stands on the axis."""

from datetime import date
from typing import Any

import pytest

from kithwork.ipt.timeline import MONTHS, Episode, FuzzyDate, Season, UnclearDate, Window


@pytest.mark.parametrize(
    ("text", "key", "shown", "earliest", "latest"),
    [
        ("2020", "2020", "2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("about 2020", "about-2020", "about 2020", date(2019, 1, 1), date(2021, 12, 31)),
        ("around March 2021", "2021-03", "March 2021", date(2021, 3, 1), date(2021, 3, 31)),
        ("in the Fall of 2022", "2022-autumn", "autumn 2022", date(2022, 9, 1), date(2022, 11, 30)),
        ("Christmas 2023", "2023-12", "December 2023", date(2023, 12, 1), date(2023, 12, 31)),
        ("spring 2022", "2022-spring", "spring 2022", date(2022, 3, 1), date(2022, 5, 31)),
        ("Fall, 2022", "2022-autumn", "autumn 2022", date(2022, 9, 1), date(2022, 11, 30)),
        ("winter 2023", "2023-winter", "winter 2023/24", date(2023, 12, 1), date(2024, 2, 29)),
        ("winter 2022/23", "2022-winter", "winter 2022/23", date(2022, 12, 1), date(2023, 2, 28)),
        ("Winter 2022\u20132023", "2022-winter", "winter 2022/23", date(2022, 12, 1), date(2023, 2, 28)),
        ("March 2021", "2021-03", "March 2021", date(2021, 3, 1), date(2021, 3, 31)),
        ("sept 2021", "2021-09", "September 2021", date(2021, 9, 1), date(2021, 9, 30)),
        ("2021-3", "2021-03", "March 2021", date(2021, 3, 1), date(2021, 3, 31)),
        ("03/2021", "2021-03", "March 2021", date(2021, 3, 1), date(2021, 3, 31)),
        ("2021-03-05", "2021-03-05", "5 March 2021", date(2021, 3, 5), date(2021, 3, 5)),
        ("5 March 2021", "2021-03-05", "5 March 2021", date(2021, 3, 5), date(2021, 3, 5)),
        ("5th of march 2021", "2021-03-05", "5 March 2021", date(2021, 3, 5), date(2021, 3, 5)),
        ("March 5th, 2021", "2021-03-05", "5 March 2021", date(2021, 3, 5), date(2021, 3, 5)),
        ("29 February 2024", "2024-02-29", "29 February 2024", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_date_is_read_from_plain_words(
    text: str, key: str, shown: str, earliest: date, latest: date
) -> None:
    found = FuzzyDate.parse(text)

    assert (found.key, str(found), found.earliest, found.latest) == (key, shown, earliest, latest)
    assert FuzzyDate.parse(found.key) == FuzzyDate.parse(str(found)) == found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "That date could not be read."),
        ("a while ago", "That date could not be read."),
        ("last summer", "That date could not be read."),
        ("March", "Which year was that?"),
        ("spring 22", "Which year is 22?"),
        ("’98", "Which year is 98?"),
        ("5 spring 2022", "That date could not be read."),
        ("soon 2022", "That date could not be read."),
        ("5/3/2021", "That date can be read in two ways."),
        ("31 June 2021", "June 2021 has 30 days."),
        ("29 February 2023", "February 2023 has 28 days."),
        ("0 March 2021", "There is no such date."),
        ("2021-13", "There is no such date."),
        ("2021-00", "There is no such date."),
        ("0000", "There is no such date."),
        ("winter 9999", "There is no such date."),
        ("1066", "That is a long time ago."),
        ("winter 2022/25", "A winter runs into the next year."),
    ],
)
def test_what_cannot_be_a_date_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(UnclearDate) as refused:
        FuzzyDate.parse(text)

    assert refused.value.sentence == sentence
    assert refused.value.next_step.endswith(".")


TODAY = date(2025, 3, 18)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("about ten years ago", "about 2015"),
        ("ten years ago", "about 2015"),
        ("a couple of years ago", "about 2023"),
        ("2 months ago", "January 2025"),
        ("three weeks ago", "February 2025"),
        ("4 days ago", "14 March 2025"),
        ("yesterday", "17 March 2025"),
        ("last Sunday", "16 March 2025"),
        ("last Tuesday", "11 March 2025"),
        ("last week", "March 2025"),
        ("last month", "February 2025"),
        ("this month", "March 2025"),
        ("last year", "2024"),
        ("last March", "March 2024"),
        ("this March", "March 2025"),
        ("last February", "February 2025"),
        ("last Christmas", "December 2024"),
        ("last spring", "spring 2024"),
        ("this spring", "spring 2025"),
        ("last winter", "winter 2024/25"),
        ("this winter", "winter 2024/25"),
    ],
)
def test_seen_from_today_a_date_can_be_said_in_passing(text: str, shown: str) -> None:
    assert str(FuzzyDate.parse(text, today=TODAY)) == shown


def test_in_february_the_last_winter_is_the_one_before() -> None:
    assert str(FuzzyDate.parse("last winter", today=date(2025, 2, 3))) == "winter 2023/24"
    assert str(FuzzyDate.parse("this winter", today=date(2025, 2, 3))) == "winter 2024/25"


@pytest.mark.parametrize("text", ["this summer", "this April", "3000 years ago", "some years ago"])
def test_what_lies_ahead_or_cannot_be_counted_is_refused(text: str) -> None:
    with pytest.raises(UnclearDate):
        FuzzyDate.parse(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "steps", "moved"),
    [
        ("2019", -3, "2016"),
        ("about 2015", 1, "about 2016"),
        ("spring 2022", 1, "summer 2022"),
        ("winter 2022", 1, "spring 2023"),
        ("spring 2022", -1, "winter 2021/22"),
        ("January 2025", -1, "December 2024"),
        ("1 March 2024", -1, "29 February 2024"),
    ],
)
def test_a_step_is_as_wide_as_the_date_is_rough(text: str, steps: int, moved: str) -> None:
    assert str(FuzzyDate.parse(text).moved(steps)) == moved


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2019", "2023"),
        ("about 2015", "about 2023"),
        ("spring 2022", "winter 2022/23"),
        ("March 2021", "February 2023"),
        ("5 March 2021", "9 February 2023"),
    ],
)
def test_put_on_a_day_a_date_stays_as_rough_as_it_was(text: str, moved: str) -> None:
    assert str(FuzzyDate.parse(text).on(date(2023, 2, 9))) == moved


def test_a_year_about_which_somebody_is_sure_of_the_month_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="only a year is about"):
        FuzzyDate(2021, 3, about=True)


def test_windows_follow_one_another_without_a_gap() -> None:
    for zoom in ("years", "months", "weeks"):
        window = Window.holding(TODAY, zoom)
        assert window.later(TODAY) is None
        before = window.earlier
        assert before
        assert (window.first - before.last).days == 1
        assert before.later(TODAY) == window


def test_a_window_around_a_day_holds_it_and_never_runs_ahead_of_today() -> None:
    for zoom in ("years", "months", "weeks"):
        for day in (date(1931, 5, 4), date(2020, 2, 29), TODAY):
            window = Window.around(day, zoom, today=TODAY)
            assert window.touches(day, day)
            assert window.last <= Window.holding(TODAY, zoom).last


def test_before_1900_there_is_no_window() -> None:
    assert Window.holding(date(1905, 1, 1), "years").earlier is None


def test_a_date_that_has_not_come_yet_is_refused_when_today_is_known() -> None:
    today = date(2025, 3, 18)

    assert FuzzyDate.parse("2025", today=today).year == 2025
    with pytest.raises(UnclearDate, match="unclear-date"):
        FuzzyDate.parse("April 2025", today=today)


def test_dates_sort_by_their_middle_and_the_wider_first() -> None:
    words = ["2021-07-02", "winter 2020", "2021", "March 2021", "spring 2021"]

    ordered = sorted(FuzzyDate.parse(word) for word in words)

    assert [str(one) for one in ordered] == [
        "winter 2020/21", "March 2021", "spring 2021", "2021", "2 July 2021",
    ]  # fmt: skip


def test_the_middle_of_a_date_stands_inside_it() -> None:
    assert FuzzyDate.parse("March 2021").midpoint == date(2021, 3, 16)
    assert FuzzyDate.parse("2021").midpoint == date(2021, 7, 2)


@pytest.mark.parametrize(
    "parts", [{"day": 3}, {"season": Season.SPRING, "month": 3}], ids=["day without month", "both"]
)
def test_a_date_cannot_be_built_from_parts_that_do_not_fit(parts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a day has a month"):
        FuzzyDate(2021, **parts)


def test_every_month_reads_back() -> None:
    assert [FuzzyDate.parse(f"{name} 2021").month for name in MONTHS] == list(range(1, 13))


def test_an_episode_that_has_not_eased_is_now() -> None:
    began = FuzzyDate.parse("autumn 2024")

    assert [Episode(began).is_now, Episode().is_now] == [True, False]
    assert not Episode(began, FuzzyDate.parse("2024")).is_now
