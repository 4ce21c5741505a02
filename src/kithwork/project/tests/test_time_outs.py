"""How long a sign-in lasts: idle, in all, with an open session room; and the lock."""

import time

import pytest
from django.core.cache import cache
from tests.cast import PASSWORD, browser

from kithwork.project.middleware import LOCKED, SEEN, SIGNED_IN, STAY

MINUTE, HOUR = 60, 3600


@pytest.fixture(autouse=True)
def nobody_tried_yet():
    cache.clear()


def put(page, **values):
    session = page.session
    session.update(values)
    session.save()


def opens(page, path):
    return page.get(path).status_code == 200


@pytest.mark.parametrize(
    ("who", "path", "minutes"),
    [("joan", "/clinic/", 20), ("maya", "/me/diary/", 30)],
    ids=["staff", "client"],
)
def test_idle_too_long_signs_out(cast, who, path, minutes):
    for idle, still_in in ((minutes - 1, True), (minutes + 1, False)):
        page = browser(getattr(cast, who))
        assert opens(page, path)
        put(page, **{SEEN: time.time() - idle * MINUTE})

        assert opens(page, path) is still_in


def test_twelve_hours_are_the_longest(cast):
    page = browser(cast.joan)
    assert opens(page, "/clinic/")
    put(page, **{SEEN: time.time(), SIGNED_IN: time.time() - 12 * HOUR - MINUTE})

    assert not opens(page, "/clinic/")


def test_an_open_session_room_keeps_its_therapist_signed_in(cast):
    page = browser(cast.joan)
    assert opens(page, "/clinic/")
    put(page, **{SEEN: time.time() - 40 * MINUTE, STAY: time.time() + MINUTE})

    assert opens(page, "/clinic/")


def test_but_not_beyond_its_end(cast):
    page = browser(cast.joan)
    assert opens(page, "/clinic/")
    put(page, **{SEEN: time.time() - 40 * MINUTE, STAY: time.time() - MINUTE})

    assert not opens(page, "/clinic/")


def test_what_an_open_page_asks_by_itself_keeps_nobody_signed_in(cast):
    page, looks = browser(cast.joan), f"/course/{cast.mayas.pk}/people/circles/newest/"
    assert opens(page, "/clinic/")
    almost = time.time() - 19 * MINUTE
    put(page, **{SEEN: almost})

    assert opens(page, looks)
    assert page.session[SEEN] == almost
    put(page, **{SEEN: time.time() - 21 * MINUTE})
    assert page.get(looks)["Location"].startswith("/sign-in/")


def test_last_seen_is_written_at_most_once_a_minute(cast):
    page = browser(cast.joan)
    page.get("/clinic/")
    first = page.session[SEEN]
    page.get("/clinic/")
    assert page.session[SEEN] == first

    put(page, **{SEEN: first - 2 * MINUTE})
    page.get("/clinic/")

    assert page.session[SEEN] > first - MINUTE


def test_a_locked_screen_opens_nothing_but_help_and_the_way_out(cast):
    page = browser(cast.joan)
    answer = page.post("/lock/", {"next": "/clinic/caseload/"})

    assert answer["Location"] == "/locked/?next=%2Fclinic%2Fcaseload%2F"
    assert page.get("/clinic/")["Location"] == "/locked/?next=/clinic/"
    assert page.get(f"/course/{cast.mayas.pk}/diary/").status_code == 302
    assert opens(page, "/locked/")


def test_the_password_opens_it_again_where_one_was(cast):
    page = browser(cast.joan)
    page.post("/lock/", {"next": "/clinic/caseload/"})

    wrong = page.post("/locked/", {"password": "not-hers", "next": "/clinic/caseload/"})
    right = page.post("/locked/", {"password": PASSWORD, "next": "/clinic/caseload/"})

    assert (wrong.status_code, right["Location"]) == (422, "/clinic/caseload/")
    assert opens(page, "/clinic/caseload/")


def test_guessing_at_a_locked_screen_is_held_up(cast):
    page = browser(cast.joan)
    page.post("/lock/")
    for _ in range(10):
        page.post("/locked/", {"password": "not-hers"})

    assert page.post("/locked/", {"password": PASSWORD}).status_code == 422


def test_the_lock_leads_to_no_other_host(cast):
    page = browser(cast.joan)
    page.post("/lock/", {"next": "https://elsewhere.example/"})

    assert page.post("/locked/", {"password": PASSWORD, "next": "//elsewhere.example/"})["Location"] == "/"


def test_opening_what_is_not_locked_does_no_harm(cast):
    page = browser(cast.joan)
    page.get("/clinic/")
    assert LOCKED not in page.session

    assert page.post("/locked/", {"password": PASSWORD}).status_code == 302


def test_leaving_quickly_ends_the_session_and_lets_the_browser_forget(cast):
    page = browser(cast.maya)

    answer = page.post("/leave/")

    assert (answer["Location"], answer["Clear-Site-Data"]) == ("/nothing-here/", '"cache", "storage"')
    assert page.get("/me/diary/").status_code == 302


def test_no_page_is_kept_by_a_browser(cast):
    page = browser(cast.maya)

    kept = {path: page.get(path)["Cache-Control"] for path in ("/me/diary/", "/sign-in/", "/nothing-here/")}

    assert all("no-store" in words for words in kept.values())
