"""The diary as somebody meets it in a browser."""

from kithwork.therapy.diary import queries
from tests.cast import browser

KEY = "k" * 24


def post(page, **fields):
    return page.post("/me/diary/", {"key": KEY, "on": "2025-03-18", **fields})


def test_an_entry_is_saved_once_and_found_again(cast):
    page = browser(cast.maya)

    first, second = post(page, mood="2", words="Quiet day."), post(page, mood="2", words="Quiet day.")

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert [day.words.text for day in queries.days(cast.maya_now())] == ["Quiet day."]
    assert b"Quiet day." in page.get("/me/diary/").content


def test_the_same_key_with_other_words_is_refused_and_loses_nothing(cast):
    page = browser(cast.maya)
    post(page, words="One.")

    answer = post(page, words="Two.")

    assert answer.status_code == 422
    assert b"Two." in answer.content
    assert [day.words.text for day in queries.days(cast.maya_now())] == ["One."]


def test_without_a_choice_an_entry_is_just_hers(cast):
    post(browser(cast.maya), mood="4", words="Mine.")

    page = browser(cast.joan).get(f"/course/{cast.mayas.pk}/diary/")

    assert page.status_code == 200
    assert b"Mine." not in page.content


def test_somebody_elses_course_does_not_exist(cast):
    mira = browser(cast.mira)
    assert browser(cast.joan).get(f"/course/{cast.mayas.pk}/diary/").status_code == 200

    hers, nobodys = mira.get(f"/course/{cast.mayas.pk}/diary/"), mira.get("/course/AAAAAAAAAAAAAAAAAAAAAA/diary/")

    assert (hers.status_code, hers.content) == (404, nobodys.content)
