"""The week and the hours of the client's first page."""

from datetime import UTC, date, datetime

import pytest

from kithwork.therapy.diary.queries import Day
from kithwork.therapy.together.today import hour, week

TODAY = date(2025, 3, 18)


def entry(day, mood, *people):
    at = datetime(2025, 3, day, 21, tzinfo=UTC)
    return Day(f"e{day}{mood}", date(2025, 3, day), at, mood, people, False, None, None, None)


def test_a_missed_day_is_not_there():
    marks = week([entry(16, 4), entry(13, 2)], TODAY)

    assert [(mark.weekday, mark.mood) for mark in marks] == [("Thu", 2), ("Sun", 4)]


def test_the_last_mood_of_a_day_stands_and_its_people_add_up():
    newest_first = [entry(16, 4, "Priya"), entry(16, 2, "Sam")]

    [mark] = week(newest_first, TODAY)
    assert (mark.mood, mark.people) == (4, ("Sam", "Priya"))


def test_only_seven_days_are_a_week():
    assert [mark.on.day for mark in week([entry(12, 3), entry(11, 3)], TODAY)] == [12]


@pytest.mark.parametrize(
    ("at", "said"), [((14, 0), "2 pm"), ((9, 30), "9:30 am"), ((12, 0), "12 pm"), ((0, 5), "12:05 am")]
)
def test_hours_are_said_as_people_say_them(at, said):
    assert hour(datetime(2025, 3, 18, at[0], at[1], tzinfo=UTC)) == said
