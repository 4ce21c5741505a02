"""Moving along the axis: it stays as rough as it was, and what cannot be is refused with a way on."""

from datetime import date

import pytest
from tests.cast import browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.timeline import UnclearDate
from kithwork.refusal import Refusal
from kithwork.therapy.story import actions, queries

KEY = "k" * 24


@pytest.fixture
def maya(cast):
    return cast.maya_now()


def added(by, when="spring 2022", **more):
    return actions.add_event(
        by=by, title="Row", when=when, lane="relationships", sharing=Sharing.SHARED, **more
    )


def standing(by):
    return [(event.when, event.until_when) for event in queries.events(by)]


def test_a_step_or_a_day_keeps_it_as_rough_as_it_was(maya):
    event = added(maya)

    actions.move_event(by=maya, event=event, steps=-2)
    assert standing(maya) == [("autumn 2021", "")]
    actions.move_event(by=maya, event=event, day=date(2023, 1, 20))
    assert standing(maya) == [("winter 2022/23", "")]


def test_written_words_may_make_it_more_exact_or_less(maya):
    event = added(maya)

    actions.move_event(by=maya, event=event, when="about ten years ago", today=date(2025, 3, 18))

    assert standing(maya) == [("about 2015", "")]


def test_what_lasted_goes_on_lasting_as_long(maya):
    event = added(maya, when="5 March 2024", until="9 March 2024")

    actions.move_event(by=maya, event=event, day=date(2024, 5, 1))

    assert standing(maya) == [("1 May 2024", "5 May 2024")]


def test_nothing_moves_ahead_of_today(maya):
    event = added(maya, when="March 2025")

    with pytest.raises(UnclearDate):
        actions.move_event(by=maya, event=event, steps=1)
    with pytest.raises(Refusal):
        actions.move_event(by=maya, event=event, steps=-30_000)
    assert standing(maya) == [("March 2025", "")]


def test_moving_leaves_the_readers_as_they_were(cast, maya):
    event = actions.add_event(by=maya, title="Mine", when="2020", lane="mood")

    actions.move_event(by=maya, event=event, steps=1)

    assert queries.events(cast.audience(cast.joan, cast.mayas)) == []
    assert standing(maya) == [("2021", "")]


def test_a_button_moves_it_and_the_page_says_so(cast, maya):
    event = added(maya)
    page = browser(cast.maya)

    answer = page.post(
        f"/me/story/{event.pk}/move/", {"key": KEY, "steps": "1", "when": "spring 2022"}, follow=True
    )

    assert standing(maya) == [("summer 2022", "")]
    assert b"Summer 2022. Joan can see it." in answer.content
    assert b'id="chosen"' in answer.content


def test_an_impossible_date_comes_back_with_a_gentle_correction(cast, maya):
    event = added(maya)

    answer = browser(cast.maya).post(f"/me/story/{event.pk}/move/", {"key": KEY, "when": "31 June 2022"})

    assert answer.status_code == 422
    assert b"June 2022 has 30 days. Write 30 June 2022, or only June 2022." in answer.content
    assert b'value="31 June 2022"' in answer.content
    assert standing(maya) == [("spring 2022", "")]


@pytest.mark.parametrize("fields", [{}, {"steps": "x"}, {"day": "2022-99-99"}, {"steps": "99999"}])
def test_what_says_nowhere_is_asked_again(cast, maya, fields):
    event = added(maya)

    answer = browser(cast.maya).post(f"/me/story/{event.pk}/move/", {"key": KEY, **fields})

    assert (answer.status_code, standing(maya)) == (422, [("spring 2022", "")])


def test_a_window_follows_what_is_moved_out_of_it(cast, maya):
    event = added(maya, when="5 January 2025")
    fields = {"key": KEY, "zoom": "weeks", "to": "2025-03-23", "when": "5 January 2021"}

    answer = browser(cast.maya).post(f"/me/story/{event.pk}/move/", fields, follow=True)

    assert answer.context["look"].window.touches(date(2021, 1, 5), date(2021, 1, 5))


ODD = (
    "zoom=weeks&to=nonsense", "zoom=months&to=2025-02-30", "zoom=moons", "zoom=years&to=1900-01-01",
    "zoom=weeks&to=0001-01-01", "zoom=months&to=0001-01-01", "zoom=weeks&to=9999-12-31&event=nobody",
)  # fmt: skip


@pytest.mark.parametrize("query", ODD)
def test_an_odd_address_shows_a_timeline_all_the_same(cast, maya, query):
    added(maya)

    assert browser(cast.maya).get(f"/me/story/?{query}").status_code == 200


def test_chart_and_table_show_the_same_stretch(cast, maya):
    added(maya, when="1999")
    added(maya, when="3 March 2025")

    page = browser(cast.maya).get("/me/story/?zoom=weeks")

    drawn = [mark.event.when for lane in page.context["picture"].lanes for mark in lane.marks]
    assert drawn == [row.event.when for row in page.context["rows"]] == ["3 March 2025"]
    assert page.context["hidden"] == 1


def test_earlier_times_with_a_date_stand_on_the_mood_lane(maya):
    actions.add_episode(by=maya, when="winter 2010", until="spring 2011", then="Away from home.")
    actions.add_episode(by=maya, before="Once, at school.")

    assert [(one.when_words, one.lane, one.is_episode) for one in queries.on_the_axis(maya)] == [
        ("winter 2010/11 to spring 2011", "mood", True)
    ]


def test_paper_holds_what_is_shared_unless_she_asks_for_more(cast, maya):
    added(maya)
    actions.add_event(by=maya, title="Nobody knows", when="2020", lane="mood")
    page, joan = browser(cast.maya), browser(cast.joan)

    papers = [
        page.get("/me/story/print/"),
        page.get("/me/story/print/?private=on"),
        joan.get(f"/course/{cast.mayas.pk}/story/print/?private=on"),
    ]

    assert [b"Row" in paper.content for paper in papers] == [True] * 3
    assert [b"Nobody knows" in paper.content for paper in papers] == [False, True, False]
