"""Rough dates: what can be read, what is refused, and where each stands on the axis."""

from datetime import date
from typing import Any

import pytest

from kithwork.ipt.timeline import MONTHS, Episode, FuzzyDate, Season, UnclearDate


@pytest.mark.parametrize(
    ("text", "key", "shown", "earliest", "latest"),
    [
        ("2020", "2020", "2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("about 2020", "2020", "2020", date(2020, 1, 1), date(2020, 12, 31)),
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
        ("March", "That date could not be read."),
        ("5 spring 2022", "That date could not be read."),
        ("in the Fall of 2022", "That date could not be read."),
        ("soon 2022", "That date could not be read."),
        ("5/3/2021", "That date can be read in two ways."),
        ("31 June 2021", "There is no such date."),
        ("29 February 2023", "There is no such date."),
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
