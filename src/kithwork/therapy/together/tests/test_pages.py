"""The pages that bring the rooms together, as the two meet them."""

import re
from datetime import timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.queries import events_of
from kithwork.therapy.course.actions import close
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.sessions import actions as sessions

CLIENT_PAGES = ["", "progress/", "more/", "who-has-looked/", "letters/", "data/", "reminders/"]
STAFF_PAGES = ["", "progress/", "letters/"]


def without_keys(page):
    return re.sub(rb'name="(key|csrfmiddlewaretoken)" value="[^"]+"', b"", page)


@pytest.mark.parametrize("page", CLIENT_PAGES)
def test_the_clients_pages_open_on_an_empty_course(cast, page):
    answer = browser(cast.maya).get(f"/me/{page}")

    assert answer.status_code == 200
    assert len(answer.content) <= 120_000


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_the_staff_pages_open_on_an_empty_course(cast, page):
    assert browser(cast.joan).get(f"/course/{cast.mayas.pk}/{page}").status_code == 200


@pytest.mark.parametrize("page", sorted(set(CLIENT_PAGES) - set(STAFF_PAGES)))
def test_what_is_the_clients_own_business_does_not_exist_for_staff(cast, page):
    assert browser(cast.joan).get(f"/course/{cast.mayas.pk}/{page}").status_code == 404


def test_the_overview_is_one_look(cast):
    joan = browser(cast.joan)
    before = len(events_of(cast.mayas.pk))

    joan.get(f"/course/{cast.mayas.pk}/")

    added = events_of(cast.mayas.pk)[: len(events_of(cast.mayas.pk)) - before]
    assert [(event.act, event.page) for event in added] == [("read", "overview")]


def test_the_overview_leads_to_the_safety_page_without_a_flag(cast):
    joan, safety = browser(cast.joan), f"/course/{cast.mayas.pk}/safety/"

    assert f'href="{safety}"' in joan.get(f"/course/{cast.mayas.pk}/").content.decode()
    assert joan.get(safety).status_code == 200


def test_the_client_is_led_from_the_overview_to_today(cast):
    answer = browser(cast.maya).get(f"/course/{cast.mayas.pk}/")

    assert (answer.status_code, answer["Location"]) == (302, "/me/")


def test_the_first_visit_begins_with_the_picture(cast):
    page = browser(cast.maya)
    assert b"Start with the picture" in page.get("/me/").content

    diary.write_entry(by=cast.maya_now(), on=NOW.date(), mood=3)

    assert b"Start with the picture" not in page.get("/me/").content


def test_today_names_the_session_that_comes(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    sessions.plan(by=joan, at=NOW + timedelta(days=2, minutes=30), how="video")

    page = browser(cast.maya).get("/me/").content.decode()

    assert "Session 1 of 16 (to be agreed) · Thursday 2 pm" in page
    assert "Thursday 20 March, with Joan, by video" in page
    assert "overdue" not in page


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_what_the_client_keeps_leaves_every_staff_page_as_it_was(cast, page):
    joan, address = browser(cast.joan), f"/course/{cast.mayas.pk}/{page}"
    before = without_keys(joan.get(address).content)

    for sharing in (Sharing.JUST_ME, Sharing.LATER):
        diary.write_entry(
            by=cast.maya_now(),
            on=NOW.date(),
            mood=1,
            words="Nobody knows.",
            sharing=sharing,
            words_sharing=sharing,
        )

    assert without_keys(joan.get(address).content) == before


def test_what_was_shared_stands_on_the_overview_and_in_the_weeks(cast):
    diary.write_entry(
        by=cast.maya_now(), on=NOW.date(), mood=4, words="Rang Priya.", sharing=Sharing.SHARED,
        words_sharing=Sharing.SHARED,
    )  # fmt: skip

    overview = browser(cast.joan).get(f"/course/{cast.mayas.pk}/").content.decode()

    assert "Rang Priya." in overview
    assert "Shared diary" in overview


def test_the_client_sees_who_looked_and_what_she_did_apart(cast):
    page = browser(cast.maya)
    assert b"Nobody but you" not in page.get("/me/who-has-looked/").content  # Joan opened the course

    browser(cast.joan).get(f"/course/{cast.mayas.pk}/")
    diary.write_entry(by=cast.maya_now(), on=NOW.date(), mood=1)

    seen = page.get("/me/who-has-looked/").content.decode()
    assert "opened the overview" in seen
    assert seen.index("What you did yourself") > seen.index("opened the overview")


def test_leave_quickly_can_be_taken_away_and_shown_again(cast):
    page = browser(cast.maya)
    assert b"data-kw-leave" in page.get("/me/").content

    page.post("/me/more/leave-quickly/", {"key": "l" * 24, "on": "no"})
    assert b"data-kw-leave" not in page.get("/me/").content

    page.post("/me/more/leave-quickly/", {"key": "m" * 24, "on": "yes"})
    assert b"data-kw-leave" in page.get("/me/").content


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_the_client_may_come_by_her_courses_own_address(cast, page):
    answer = browser(cast.maya).get(f"/course/{cast.mayas.pk}/{page}", follow=True)

    assert answer.status_code == 200


def test_after_the_end_today_leads_to_what_she_may_take_along(cast):
    page = browser(cast.maya)
    link = 'href="/me/ending/"><svg'
    assert link not in page.get("/me/").content.decode()

    close(by=cast.audience(cast.joan, cast.mayas), course=cast.mayas, how="as_agreed")

    assert link in page.get("/me/").content.decode()
    assert page.get("/me/ending/").status_code == 200
