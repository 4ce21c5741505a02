"""A week and a month of the diary: only days that are there, for whoever looks."""

import re
from datetime import UTC, date, timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.course.actions import close
from kithwork.therapy.diary import actions, queries, spans

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


def links(page, address):
    """Where the rows of a week or month lead, in their order."""
    rows = page.get(address).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r'href="([^"]+)"', rows)


@pytest.mark.parametrize("span", ["week", "month"])
def test_each_entry_leads_to_its_place_in_the_list_and_hers_to_be_changed(cast, span):
    write(cast, TODAY, sharing=Sharing.SHARED)
    write(cast, date(2025, 3, 17))
    older, newer = queries.days_between(cast.maya_now(), date(2025, 3, 1), TODAY, people={}, zone=UTC)
    hers = [
        address
        for day in (older, newer)
        for address in (f"/me/diary/?at={day.id}#e-{day.id}", f"/me/diary/{day.id}/")
    ]
    joans = f"/course/{cast.mayas.pk}/diary/"

    assert links(browser(cast.maya), f"/me/diary/{span}/") == hers
    assert links(browser(cast.joan), f"{joans}{span}/") == [f"{joans}?at={newer.id}#e-{newer.id}"]


def test_once_the_course_is_over_an_entry_leads_to_where_it_can_be_read(cast):
    write(cast, TODAY)
    [day] = queries.days(cast.maya_now())
    close(by=cast.audience(cast.joan, cast.mayas), course=cast.mayas, how="as_agreed")

    assert links(browser(cast.maya), "/me/diary/week/") == [f"/me/diary/?at={day.id}#e-{day.id}"]


def listed(page, address):
    return re.findall(r'id="e-([^"]+)"', page.get(address).content.decode())


def test_the_list_begins_at_the_entry_that_was_asked_for_however_old_it_is(cast):
    write(cast, *(TODAY - timedelta(days=n) for n in range(70)), sharing=Sharing.SHARED)
    ids = [day.id for day in queries.days(cast.maya_now(), most=None)]
    assert len(ids) == 70

    for page, base in (
        (browser(cast.maya), "/me/diary/"),
        (browser(cast.joan), f"/course/{cast.mayas.pk}/diary/"),
    ):
        assert listed(page, f"{base}?at={ids[65]}") == ids[65:]
        assert listed(page, f"{base}?at={ids[0]}") == ids[:60]


def test_a_place_that_somebody_may_not_see_is_passed_over(cast):
    write(cast, date(2025, 3, 16), sharing=Sharing.SHARED)
    write(cast, TODAY)
    kept, shared = queries.days(cast.maya_now())
    joan, base = browser(cast.joan), f"/course/{cast.mayas.pk}/diary/"

    for at in (kept.id, "AAAAAAAAAAAAAAAAAAAAAA", "x"):
        assert listed(joan, f"{base}?at={at}") == [shared.id]
