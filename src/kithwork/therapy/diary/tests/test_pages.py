"""The diary as somebody meets it in a browser."""

import re
from datetime import date, timedelta

import pytest
from tests.cast import NOW, browser
from tests.forms_of import forms_of

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.diary import actions, queries

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


def test_words_alone_are_never_called_shared_by_what_mood_is_usually_for(cast):
    page = browser(cast.maya)

    answer = post(page, words="Only words.", sharing="shared", words_sharing="just-me")

    shown = page.get(answer["Location"]).content.decode()
    assert ("Only you see it." in shown, 'data-state="shared"' in shown.partition("<ol")[2]) == (True, False)


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

    post(page, more_low_mood="0", more_sleep="10", more_argument="")

    [day] = queries.entries(cast.maya_now())
    assert (day.mood, day.more) == (None, {"low_mood": 0, "sleep": 10})


def test_on_the_staff_side_nothing_tells_of_an_entry_that_is_kept(cast):
    joan, address = browser(cast.joan), f"/course/{cast.mayas.pk}/diary/"
    before = without_keys(joan.get(address).content)

    post(browser(cast.maya), mood="4", words="Mine.")

    assert without_keys(joan.get(address).content) == before


def without_keys(page):
    return re.sub(rb'name="(key|csrfmiddlewaretoken)" value="[^"]+"', b"", page)


def test_an_earlier_day_is_marked_as_written_later_for_whoever_may_see_it(cast):
    page = browser(cast.maya)
    assert b"How was yesterday?" in page.get("/me/diary/?on=2025-03-17").content

    post(page, on="2025-03-16", mood="4", words="Sunday.", sharing="shared", words_sharing="shared")

    for who, where in ((cast.maya, "/me/diary/"), (cast.joan, f"/course/{cast.mayas.pk}/diary/")):
        assert b"Written on Tuesday 18 March." in browser(who).get(where).content


def test_a_day_of_today_carries_no_mark(cast):
    page = browser(cast.maya)
    post(page, mood="4")

    assert b"Written on" not in page.get("/me/diary/").content


def test_sharing_later_says_since_when_and_taking_it_back_says_it_may_have_been_read(cast):
    page, joan = browser(cast.maya), browser(cast.joan)
    entry = actions.write_entry(
        by=cast.maya_now(NOW - timedelta(days=4)), on=date(2025, 3, 14), words="Shut out."
    )
    change = {"words": "Shut out.", "words_base": words_base(cast)}

    page.post(
        f"/me/diary/{entry.pk}/", change | {"key": "a" * 24, "sharing": "shared", "words_sharing": "shared"}
    )
    shown = joan.get(f"/course/{cast.mayas.pk}/diary/").content
    change["words_base"] = words_base(cast)
    answer = page.post(
        f"/me/diary/{entry.pk}/", change | {"key": "b" * 24, "sharing": "just-me", "words_sharing": "just-me"}
    )

    assert b"Shared on Tuesday 18 March." in shown
    assert (
        "Joan may have read before what is not shared any more."
        in page.get(answer["Location"]).content.decode()
    )
    assert b"Shut out." not in joan.get(f"/course/{cast.mayas.pk}/diary/").content


def test_an_edit_of_what_is_kept_does_not_move_the_day_of_sharing(cast):
    maya = cast.maya_now(NOW - timedelta(days=4))
    entry = actions.write_entry(by=maya, on=date(2025, 3, 14), mood=2, sharing=Sharing.SHARED, words="Kept.")

    browser(cast.maya).post(
        f"/me/diary/{entry.pk}/",
        {"key": "a" * 24, "mood": "2", "words": "Kept, and more.", "words_base": words_base(cast), "sharing": "shared",
         "words_sharing": "just-me"},
    )  # fmt: skip

    [day] = queries.days(cast.audience(cast.joan, cast.mayas))
    assert (day.shared_on, day.words) == (None, None)


def test_answers_to_what_is_no_longer_asked_stay_as_they_were(cast):
    entry = actions.write_entry(by=cast.maya_now(), on=date(2025, 3, 18), mood=2, more={"sleep": 3})
    entry.more["contact"] = 4
    entry.save()

    browser(cast.maya).post(
        f"/me/diary/{entry.pk}/", {"key": "a" * 24, "mood": "2", "more_sleep": "5", "words_base": ""}
    )

    assert queries.find(cast.maya_now(), entry.pk).more == {"contact": 4, "sleep": 5}


@pytest.mark.parametrize(
    ("kept", "chosen"), [("just-me", "just-me"), ("later", "just-me"), ("shared", "shared")]
)
def test_what_would_be_shared_on_the_list_is_shown_and_asked(cast, kept, chosen):
    page = browser(cast.maya)
    post(page, mood="2", sharing="shared", words="The silence after.", words_sharing=kept)
    [day] = queries.days(cast.maya_now())

    shown = page.get(f"/me/diary/{day.id}/bring/")

    form = shown.context["form"]
    assert (form["item"].value(), form["sharing"].value()) == ("The silence after.", chosen)
    assert (b'data-kw="kept"' in shown.content) == (chosen == "just-me")
    assert b'action="/me/to-talk-about/"' in shown.content


def test_an_entry_without_words_is_brought_by_its_day_and_a_long_one_is_cut(cast):
    mood = actions.write_entry(by=cast.maya_now(), on=date(2025, 3, 18), mood=2)
    long = actions.write_entry(by=cast.maya_now(), on=date(2025, 3, 18), words="word " * 200)
    page = browser(cast.maya)

    lines = [page.get(f"/me/diary/{one.pk}/bring/").context["form"]["item"].value() for one in (mood, long)]

    assert lines[0] == "Tuesday 18 March: low"
    assert (len(lines[1]) <= 500, lines[1][-1]) == (True, "…")


def words_base(cast):
    return queries.days(cast.maya_now())[0].words.base


def as_filled(page, address, action):
    """What the form to an address sends as the page filled it."""
    [form] = [one for one in forms_of(page.get(address).content.decode(), address) if one.action == action]
    return {name: values[0] for name, values in form.sends.items()}


def usually(cast, facts, words):
    client = cast.mayas.client
    client.usual_sharing, client.usual_words_sharing = facts, words
    client.save()


def test_words_added_after_a_tap_are_for_whom_her_words_usually_are(cast):
    page = browser(cast.maya)
    page.post("/me/diary/usual/", {"key": "s" * 24, "usual": "mood-and-people"})
    tapped = as_filled(page, "/me/", "/me/diary/") | {"mood": "2"}
    back = page.post("/me/diary/", tapped)["Location"]
    [day] = queries.days(cast.maya_now())
    opened = f"/me/diary/{day.id}/"

    page.post(opened, as_filled(page, back, opened) | {"words": "He shut me out."})

    [after] = queries.days(cast.maya_now())
    assert (after.mood, after.facts, after.words.text, after.words.sharing) == (
        2, "shared", "He shut me out.", "just-me"
    )  # fmt: skip
    [joans] = queries.days(cast.audience(cast.joan, cast.mayas))
    assert (joans.mood, joans.words) == (2, None)
    assert b"He shut me out." not in browser(cast.joan).get(f"/course/{cast.mayas.pk}/diary/").content


@pytest.mark.parametrize(
    ("usual", "facts", "begins"),
    [
        (("", ""), "shared", "just-me"),
        (("shared", "just-me"), "shared", "just-me"),
        (("shared", "just-me"), "just-me", "just-me"),
        (("shared", "shared"), "shared", "shared"),
        (("shared", "shared"), "just-me", "just-me"),
        (("just-me", "just-me"), "shared", "just-me"),
    ],
)
def test_an_entry_without_words_is_changed_with_the_readers_that_words_usually_have(
    cast, usual, facts, begins
):
    usually(cast, *usual)
    entry = actions.write_entry(by=cast.maya_now(), on=date(2025, 3, 18), mood=2, sharing=Sharing(facts))
    address = f"/me/diary/{entry.pk}/"

    filled = as_filled(browser(cast.maya), address, address)

    assert (filled["sharing"], filled["words_sharing"]) == (facts, begins)


def test_words_that_were_emptied_lend_their_readers_to_no_others(cast):
    usually(cast, "shared", "just-me")
    by = cast.maya_now()
    entry = actions.write_entry(
        by=by,
        on=date(2025, 3, 18),
        mood=2,
        sharing=Sharing.SHARED,
        words="Out.",
        words_sharing=Sharing.SHARED,
    )
    address, page = f"/me/diary/{entry.pk}/", browser(cast.maya)
    page.post(address, as_filled(page, address, address) | {"words": ""})

    filled = as_filled(page, address, address)

    assert (filled["words"], filled["sharing"], filled["words_sharing"]) == ("", "shared", "just-me")


def test_words_that_stand_keep_the_readers_that_were_chosen_for_them(cast):
    usually(cast, "shared", "just-me")
    entry = actions.write_entry(
        by=cast.maya_now(), on=date(2025, 3, 18), mood=2, words="For both.", words_sharing=Sharing.SHARED
    )
    address = f"/me/diary/{entry.pk}/"

    filled = as_filled(browser(cast.maya), address, address)

    assert (filled["sharing"], filled["words_sharing"]) == ("just-me", "shared")


@pytest.mark.parametrize(("words_sharing", "is_said"), [("shared", True), ("just-me", False)])
def test_taking_back_what_was_shared_says_that_it_may_have_been_read(cast, words_sharing, is_said):
    page = browser(cast.maya)
    post(page, words="Shut out.", words_sharing=words_sharing)
    [day] = queries.days(cast.maya_now())

    answer = page.post(f"/me/diary/{day.id}/undo/", {"key": "u" * 24})

    shown = page.get(answer["Location"]).content.decode()
    assert "The entry is taken back." in shown
    assert ("It may have been read before." in shown) == is_said


def write_many(cast, number, **shared):
    """So many entries, one a day, the newest first."""
    by = cast.maya_now()
    made = [
        actions.write_entry(by=by, on=date(2025, 3, 18) - timedelta(days=n), mood=3, **shared)
        for n in range(number)
    ]
    return [entry.pk for entry in made]


def listed(page, address):
    """The entries of a page in their order, and the way to the earlier ones."""
    html = page.get(address).content.decode()
    return re.findall(r'id="e-([^"]+)"', html), re.findall(r'href="(\?before=[^"#]+)', html)


def test_every_entry_is_reached_page_by_page_by_both(cast):
    made = write_many(cast, 130, sharing=Sharing.SHARED)

    for page, base in (
        (browser(cast.maya), "/me/diary/"),
        (browser(cast.joan), f"/course/{cast.mayas.pk}/diary/"),
    ):
        first, [on] = listed(page, base)
        second, [further] = listed(page, base + on)
        third = listed(page, base + further)

        assert (first, second, third) == (made[:60], made[60:120], (made[120:], []))


def test_an_earlier_entry_can_be_changed_and_says_who_sees_it(cast):
    *_, oldest = write_many(cast, 62)
    page, address = browser(cast.maya), f"/me/diary/{oldest}/"
    _, [on] = listed(page, "/me/diary/")
    assert f'href="{address}"' in page.get(f"/me/diary/{on}").content.decode()

    answer = page.post(address, as_filled(page, address, address) | {"mood": "5"})

    assert queries.day(cast.maya_now(), oldest).mood == 5
    assert "Only you see it." in page.get(answer["Location"]).content.decode()


def test_exactly_one_page_of_entries_has_no_way_to_earlier_ones(cast):
    made = write_many(cast, 60)

    assert listed(browser(cast.maya), "/me/diary/") == (made, [])


def test_a_place_that_is_not_hers_or_is_none_is_passed_over(cast):
    made, page = write_many(cast, 2), browser(cast.maya)
    carl = cast.audience(cast.carl, cast.carls)
    carls = actions.write_entry(by=carl, on=date(2025, 3, 18), mood=3, sharing=Sharing.SHARED)

    for before in (carls.pk, "AAAAAAAAAAAAAAAAAAAAAA", "2025-03-18", "x", ""):
        assert listed(page, f"/me/diary/?before={before}") == (made, [])


def test_what_she_keeps_is_no_place_for_whoever_does_not_see_it(cast):
    [kept] = write_many(cast, 1)
    joan, address = browser(cast.joan), f"/course/{cast.mayas.pk}/diary/"

    with_kept = without_keys(joan.get(f"{address}?before={kept}").content)

    assert with_kept == without_keys(joan.get(f"{address}?before=AAAAAAAAAAAAAAAAAAAAAA").content)


def test_the_place_of_an_entry_that_was_taken_back_still_leads_on(cast):
    made = write_many(cast, 3)
    second = queries.find(cast.maya_now(), made[1])
    assert second
    actions.withdraw_entry(by=cast.maya_now(), entry=second)

    assert listed(browser(cast.maya), f"/me/diary/?before={made[1]}") == (made[2:], [])
