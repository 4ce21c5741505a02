"""Which day a check-in is about: the day of its last answer, whenever it is sent."""

import re
from datetime import date, timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.ui.forms import new_key
from kithwork.therapy.checkins import actions, queries
from kithwork.therapy.checkins.models import Answers
from kithwork.therapy.checkins.tests.helping import both, text

TODAY, DAY = NOW.date(), timedelta(days=1)


def begun(cast, days):
    """A check-in that was begun so many days ago."""
    return actions.open_check_in(by=cast.maya_now(NOW - days * DAY))


def answer(cast, draft, days, *, instrument="phq9", item=1, value=2):
    by = cast.maya_now(NOW - days * DAY)
    actions.answer(by=by, check_in=draft, instrument=instrument, item=item, value=value)


def days_of(cast, draft):
    """On which day a check-in stands, for each of its questionnaires and for both of the two."""
    actions.send(by=cast.maya_now(), check_in=draft)
    return {
        point.on
        for audience in both(cast)
        for form in ("phq9", "gad7")
        for point in queries.scores(audience, form)
    }


def test_what_is_sent_days_later_stands_on_the_day_of_its_last_answer(cast):
    draft = begun(cast, 10)
    answer(cast, draft, 9)
    answer(cast, draft, 8, instrument="gad7")

    assert days_of(cast, draft) == {TODAY - 8 * DAY}


def test_what_is_answered_and_sent_in_one_go_stands_on_that_day(cast):
    draft = begun(cast, 0)
    answer(cast, draft, 0)

    assert days_of(cast, draft) == {TODAY}


def test_an_answer_of_today_brings_the_check_in_to_today(cast):
    draft = begun(cast, 10)
    answer(cast, draft, 9)
    answer(cast, draft, 0, item=2)

    assert days_of(cast, draft) == {TODAY}


def test_the_whole_form_is_answered_on_the_day_it_is_saved(cast):
    draft = begun(cast, 10)
    actions.answer_all(
        by=cast.maya_now(NOW - 3 * DAY), check_in=draft, answers={"phq9": [1] * 9, "gad7": [None] * 7}
    )

    assert days_of(cast, draft) == {TODAY - 3 * DAY}


def test_a_question_that_is_only_passed_over_says_nothing_of_the_day(cast):
    draft = begun(cast, 10)
    answer(cast, draft, 9)
    answer(cast, draft, 0, item=2, value=None)

    assert days_of(cast, draft) == {TODAY - 9 * DAY}


def test_an_answer_that_is_taken_away_is_a_change_of_that_day(cast):
    draft = begun(cast, 10)
    answer(cast, draft, 9)
    answer(cast, draft, 2, value=None)

    assert days_of(cast, draft) == {TODAY - 2 * DAY}


def test_one_with_no_answer_at_all_stands_on_the_day_it_was_begun(cast):
    assert days_of(cast, begun(cast, 10)) == {TODAY - 10 * DAY}


def test_the_day_is_hers_where_she_lives(cast):
    cast.mayas.client.time_zone = "Pacific/Auckland"
    cast.mayas.client.save()
    draft = begun(cast, 3)
    answer(cast, draft, 2)

    assert days_of(cast, draft) == {date(2025, 3, 17)}


def test_what_staff_enter_from_paper_stands_on_the_day_that_they_name(cast):
    _, joan = both(cast)
    given = {"phq9": [1] * 9, "gad7": [1] * 7}

    row = actions.enter_for_client(by=joan, answers=given, on=TODAY - 5 * DAY)
    entered = queries.answered_on(joan, row)
    actions.correct(by=joan, check_in=row, answers=given | {"phq9": [2] * 9}, on=TODAY - 4 * DAY)

    assert (entered, queries.answered_on(joan, row)) == (TODAY - 5 * DAY, TODAY - 4 * DAY)
    assert {one.answered_on for one in Answers.seen.visible_to(joan)} == {TODAY - 4 * DAY}


@pytest.mark.parametrize(("days", "said"), [(9, "9 March"), (1, "17 March"), (0, "")])
def test_she_reads_which_day_it_stands_on_before_and_after_she_sends_it(cast, days, said):
    draft = begun(cast, days)
    answer(cast, draft, days)
    page, over = browser(cast.maya), f"/me/check-in/{draft.pk}/answers/"

    before = text(page.get(over))
    after = text(page.get(page.post(over, {"key": new_key()})["Location"]))

    days_said = [
        re.findall(r"You last wrote in it on (\d+ \w+). It stands on that day", before),
        re.findall(r"It stands on (\d+ \w+), when you last wrote in it", after),
    ]
    assert days_said == ([[said], [said]] if said else [[], []])


def test_the_chart_and_the_therapists_table_stand_on_that_day(cast):
    draft = begun(cast, 9)
    actions.answer_all(
        by=cast.maya_now(NOW - 9 * DAY), check_in=draft, answers={"phq9": [1] * 9, "gad7": [1] * 7}
    )
    actions.send(by=cast.maya_now(), check_in=draft)
    _, joan = both(cast)

    in_figures = text(browser(cast.joan).get(f"/course/{cast.mayas.pk}/progress/?as=table"))

    assert {column.on for table in queries.tables(joan) for column in table.columns} == {date(2025, 3, 9)}
    assert re.findall(r'scope="row">(\d+ \w+)<', in_figures) == ["9 Mar"]


def test_the_next_one_is_welcome_a_week_after_this_one_came(cast):
    draft = begun(cast, 9)
    answer(cast, draft, 9)
    actions.send(by=cast.maya_now(), check_in=draft)
    maya = cast.maya_now()

    assert queries.due(maya, cast.mayas, today=TODAY) is None
    assert queries.due(cast.maya_now(NOW + 5 * DAY), cast.mayas, today=TODAY + 5 * DAY) is not None
