"""The diary as somebody meets it in a browser."""

import re

from tests.cast import browser

from kithwork.therapy.diary import queries

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

    hers, nobodys = (
        mira.get(f"/course/{cast.mayas.pk}/diary/"),
        mira.get("/course/AAAAAAAAAAAAAAAAAAAAAA/diary/"),
    )

    assert (hers.status_code, hers.content) == (404, nobodys.content)


def test_one_tap_saves_and_comes_back_to_today_with_undo(cast):
    page = browser(cast.maya)

    answer = post(page, mood="2", back="today")

    [day] = queries.days(cast.maya_now())
    assert (answer["Location"].partition("?")[0], day.mood) == ("/me/", 2)
    receipt = page.get(answer["Location"]).content.decode()
    assert "Only you see it." in receipt
    assert 'href="/help/">who to call</a>' in receipt
    assert f'action="/me/diary/{day.id}/undo/"' in receipt
    assert f'action="/me/diary/{day.id}/"' in receipt  # the rest unfolds, for the entry that was just saved


def test_undo_from_today_takes_the_entry_back_once(cast):
    page = browser(cast.maya)
    post(page, mood="2", back="today")
    [day] = queries.days(cast.maya_now())
    undo = {"key": "u" * 24, "back": "today"}

    first, second = (page.post(f"/me/diary/{day.id}/undo/", undo) for _ in range(2))

    assert queries.days(cast.maya_now()) == []
    assert (first.status_code, second.status_code) == (302, 302)
    assert "The entry is taken back." in page.get(first["Location"]).content.decode()


def test_people_and_words_are_added_to_the_entry_that_was_tapped(cast):
    page = browser(cast.maya)
    post(page, mood="2", back="today")
    [day] = queries.days(cast.maya_now())

    answer = page.post(
        f"/me/diary/{day.id}/",
        {
            "key": "w" * 24,
            "back": "today",
            "mood": "2",
            "people": "on-my-own",
            "words": "Rain all day.",
            "words_base": "",
        },
    )

    [after] = queries.days(cast.maya_now())
    assert answer["Location"].startswith("/me/?done=1")
    assert (after.id, after.words.text, after.on_my_own) == (day.id, "Rain all day.", True)


def test_a_stale_change_shows_both_texts_and_the_next_save_goes_through(cast):
    page = browser(cast.maya)
    post(page, words="First.")
    [day] = queries.days(cast.maya_now())
    change = {"words_base": day.words.base}
    page.post(f"/me/diary/{day.id}/", change | {"key": "a" * 24, "words": "Second."})

    refused = page.post(f"/me/diary/{day.id}/", change | {"key": "b" * 24, "words": "Also second."})

    assert refused.status_code == 409
    assert (b"Second." in refused.content, b"Also second." in refused.content) == (True, True)
    form = refused.context["form"]
    again = {"words_base": form["words_base"].value(), "key": form["key"].value(), "words": "Both."}
    assert page.post(f"/me/diary/{day.id}/", again).status_code == 302
    assert queries.days(cast.maya_now())[0].words.text == "Both."


def test_who_it_is_usually_for_is_asked_once(cast):
    page = browser(cast.maya)
    assert b"Who is your diary for?" in page.get("/me/diary/").content

    page.post("/me/diary/usual/", {"key": "s" * 24, "usual": "mood-and-people", "back": "today"})
    post(page, mood="4", words="Mine.")

    assert b"Who is your diary for?" not in page.get("/me/diary/").content
    [day] = queries.days(cast.maya_now())
    assert (day.facts, day.words.sharing) == ("shared", "just-me")


def test_the_fuller_items_are_kept_as_they_were_answered(cast):
    page = browser(cast.maya)

    post(page, more_mood_0_10="0", more_understood="no_contact")

    [day] = queries.entries(cast.maya_now())
    assert (day.mood, day.more) == (None, {"mood_0_10": 0, "understood": "no_contact"})


def test_on_the_staff_side_nothing_tells_of_an_entry_that_is_kept(cast):
    joan, address = browser(cast.joan), f"/course/{cast.mayas.pk}/diary/"
    before = without_keys(joan.get(address).content)

    post(browser(cast.maya), mood="4", words="Mine.")

    assert without_keys(joan.get(address).content) == before


def without_keys(page):
    return re.sub(rb'name="(key|csrfmiddlewaretoken)" value="[^"]+"', b"", page)
