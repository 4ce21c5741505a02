"""A week and a month of the diary: only days that are there, for whoever looks."""

from datetime import UTC, date, timedelta

from tests.cast import NOW, browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.diary import actions, spans

TODAY = date(2025, 3, 18)


def write(cast, *days, sharing=Sharing.JUST_ME):
    for on in days:
        actions.write_entry(by=cast.maya_now(), on=on, mood=3, sharing=sharing)


def around(audience, kind, on=None):
    return spans.span(audience, kind, on, today=TODAY, people={}, zone=UTC)


def test_a_week_holds_its_days_and_leads_to_the_nearest_that_are_there(cast):
    write(cast, date(2025, 2, 3), date(2025, 3, 10), date(2025, 3, 16), date(2025, 3, 17))

    shown = around(cast.maya_now(), "week", date(2025, 3, 12))

    assert shown.title == "10 March to 16 March"
    assert [mark.on.day for mark in shown.marks] == [10, 16]
    assert (shown.earlier, shown.later) == (date(2025, 2, 3), date(2025, 3, 17))


def test_a_month_goes_from_its_first_to_its_last_day(cast):
    write(cast, date(2025, 2, 28), date(2025, 3, 1), date(2025, 3, 18))

    shown = around(cast.maya_now(), "month")

    assert (shown.title, [mark.on.day for mark in shown.marks], shown.later) == ("March 2025", [1, 18], None)


def test_for_the_therapist_what_is_kept_is_in_no_week_and_no_way_there(cast):
    write(cast, date(2025, 3, 3), sharing=Sharing.SHARED)
    write(cast, date(2025, 2, 3), date(2025, 3, 17))
    joan = cast.audience(cast.joan, cast.mayas)

    shown = around(joan, "week")

    assert ([mark.on.day for mark in shown.marks], shown.earlier, shown.later) == ([3], None, None)


def test_several_entries_of_a_day_are_one_mark_with_the_last_mood(cast):
    for hours, mood in enumerate((2, 4, None)):
        maya = cast.maya_now(NOW + timedelta(hours=hours))
        actions.write_entry(by=maya, on=TODAY, mood=mood, words="Here.")

    assert [mark.mood for mark in around(cast.maya_now(), "week").marks] == [4]


def test_an_empty_week_and_an_odd_day_are_only_pages(cast):
    page = browser(cast.maya)

    assert [
        page.get(f"/me/diary/{where}").status_code for where in ("week/", "month/?on=0001-01-01", "?on=x")
    ] == [200] * 3
