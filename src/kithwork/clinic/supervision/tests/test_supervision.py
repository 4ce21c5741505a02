"""Supervision: an honest empty page, and no course behind it."""

from tests.cast import browser


def test_who_may_open_it(cast):
    people = ("sade", "joan", "ravi", "ada", "maya")

    assert {who: browser(getattr(cast, who)).get("/clinic/supervision/").status_code for who in people} == {
        "sade": 200, "joan": 200, "ravi": 404, "ada": 404, "maya": 404,
    }  # fmt: skip


def test_it_says_that_no_course_is_open_here(cast):
    page = browser(cast.sade).get("/clinic/supervision/").content.decode()

    assert "No questions waiting." in page
    assert "No course is open to a supervisor here yet" in page


def test_a_supervisor_opens_no_course(cast):
    assert browser(cast.sade).get(f"/course/{cast.mayas.pk}/diary/").status_code == 404
