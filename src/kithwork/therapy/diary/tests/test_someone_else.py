"""Somebody who was in the day and is not among her people yet: named in the diary, and there from then on."""

import re
from datetime import date

import pytest
from tests.cast import browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.queries import events_of
from kithwork.therapy.diary import actions, queries
from kithwork.therapy.people import actions as people
from kithwork.therapy.people.models import Person
from kithwork.therapy.people.queries import labels

TODAY = date(2025, 3, 18)
KEY = "k" * 24
JUST_ME, LATER, SHARED = Sharing.JUST_ME, Sharing.LATER, Sharing.SHARED


def post(page, where="/me/diary/", **fields):
    return page.post(where, {"key": KEY, "on": "2025-03-18", **fields})


def named(audience):
    """Who is known, and who was in each entry, newest first."""
    return sorted(labels(audience).values()), [day.people for day in queries.days(audience)]


def joan_of(cast):
    return cast.audience(cast.joan, cast.mayas)


def test_somebody_new_stands_in_the_day_and_among_her_people(cast):
    page = browser(cast.maya)
    assert 'name="someone"' in page.get("/me/diary/").content.decode()

    answer = post(page, mood="2", someone="  Leah ")

    assert (answer.status_code, named(cast.maya_now())) == (302, (["Leah"], [("Leah",)]))


@pytest.mark.parametrize("typed", ["Sam", "sam", " SAM  "])
def test_somebody_who_is_there_already_is_taken(cast, typed):
    people.add_person(by=cast.maya_now(), label="Sam")

    answer = post(browser(cast.maya), someone=typed)

    assert (answer.status_code, named(cast.maya_now())) == (302, (["Sam"], [("Sam",)]))


def test_somebody_who_is_chosen_and_typed_is_in_the_day_once(cast):
    sam = people.add_person(by=cast.maya_now(), label="Sam")

    post(browser(cast.maya), people=[sam.pk, "on-my-own"], someone="sam")

    [entry] = queries.entries(cast.maya_now())
    assert (entry.people, entry.on_my_own) == ([sam.pk], True)


def test_five_equal_posts_make_one_entry_and_one_person(cast):
    page = browser(cast.maya)

    answers = [post(page, mood="2", someone="Leah") for _ in range(5)]

    assert {answer["Location"] for answer in answers} == {answers[0]["Location"]}
    assert named(cast.maya_now()) == (["Leah"], [("Leah",)])


@pytest.mark.parametrize(
    ("facts", "hers", "joans"),
    [
        ("just-me", JUST_ME, ([], [])),
        ("later", LATER, ([], [])),
        ("shared", SHARED, (["Leah"], [("Leah",)])),
    ],
)
def test_somebody_new_has_the_readers_of_mood_and_people(cast, facts, hers, joans):
    post(browser(cast.maya), mood="2", someone="Leah", sharing=facts, words="Mine.", words_sharing="just-me")

    assert [one.sharing for one in Person.seen.visible_to(cast.maya_now())] == [hers]
    assert named(joan_of(cast)) == joans


def test_in_the_therapists_hand_somebody_new_is_written_together(cast):
    answer = post(browser(cast.joan), f"/course/{cast.mayas.pk}/diary/", someone="Leah")

    [leah] = Person.seen.visible_to(cast.maya_now())
    assert (answer.status_code, leah.sharing, leah.together_in) == (302, SHARED, 1)
    assert named(cast.maya_now()) == named(joan_of(cast)) == (["Leah"], [("Leah",)])


def test_a_name_that_she_keeps_is_free_for_her_therapist(cast):
    people.add_person(by=cast.maya_now(), label="Sam", sharing=JUST_ME)

    post(browser(cast.joan), f"/course/{cast.mayas.pk}/diary/", someone="Sam")

    assert (named(joan_of(cast)), named(cast.maya_now())) == (
        (["Sam"], [("Sam",)]),
        (["Sam", "Sam"], [("Sam",)]),
    )


def without_keys(page):
    return re.sub(rb'name="(key|csrfmiddlewaretoken)" value="[^"]+"', b"", page)


def test_whom_she_keeps_shows_on_no_page_of_staff(cast):
    joan = browser(cast.joan)
    pages = [f"/course/{cast.mayas.pk}/{page}" for page in ("diary/", "people/", "people/circles/", "")]
    before = [without_keys(joan.get(page).content) for page in pages]

    post(browser(cast.maya), mood="2", someone="Leah")

    assert [without_keys(joan.get(page).content) for page in pages] == before


def test_an_entry_with_somebody_new_is_one_act(cast):
    before = len(events_of(cast.mayas.pk))

    actions.write_entry(by=cast.maya_now(), on=TODAY, someone="Leah")

    assert [event.act for event in events_of(cast.mayas.pk)[:-before]] == ["diary.written"]


def test_somebody_whom_she_keeps_stays_hers_when_the_day_is_shared_later(cast):
    post(browser(cast.maya), mood="2", someone="Leah")
    [entry] = queries.entries(cast.maya_now())

    actions.decide(by=cast.maya_now(), entry=entry, facts=SHARED)

    assert (named(joan_of(cast)), named(cast.maya_now())) == (([], [()]), (["Leah"], [("Leah",)]))


def test_a_tap_carries_the_name_that_was_typed(cast):
    page = browser(cast.maya)
    post(page, someone="Leah", mood="4", back="today")

    [day] = queries.days(cast.maya_now())
    assert (day.mood, day.people) == (4, ("Leah",))


def test_todays_short_form_asks_too_and_adds_to_the_entry_that_was_tapped(cast):
    page = browser(cast.maya)
    saved = post(page, mood="2", back="today")["Location"]
    [day] = queries.days(cast.maya_now())
    assert 'name="someone"' in page.get(saved).content.decode()

    page.post(f"/me/diary/{day.id}/", {"key": "w" * 24, "back": "today", "mood": "2", "someone": "Leah"})

    [after] = queries.days(cast.maya_now())
    assert (after.id, after.mood, after.people) == (day.id, 2, ("Leah",))


def test_an_entry_is_changed_with_whoever_was_in_it(cast):
    maya = cast.maya_now()
    sam = people.add_person(by=maya, label="Sam")
    entry = actions.write_entry(by=maya, on=TODAY, people=[sam.pk])

    browser(cast.maya).post(f"/me/diary/{entry.pk}/", {"key": KEY, "people": sam.pk, "someone": "Leah"})

    assert named(cast.maya_now()) == (["Leah", "Sam"], [("Sam", "Leah")])


@pytest.mark.parametrize("typed", ["x" * 81, "nul\0"])
def test_a_name_that_does_not_fit_is_said_beside_it_and_loses_nothing(cast, typed):
    answer = post(browser(cast.maya), mood="2", words="Quiet day.", someone=typed)

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), form["words"].value()) == (422, ["someone"], "Quiet day.")
    assert named(cast.maya_now()) == ([], [])


@pytest.mark.parametrize("typed", ["Sam", "sAM "])
def test_the_name_of_somebody_out_of_sight_is_said_beside_it_and_loses_nothing(cast, typed):
    maya = cast.maya_now()
    people.hide(by=maya, person=people.add_person(by=maya, label="Sam"))

    answer = post(browser(cast.maya), mood="2", words="Quiet day.", someone=typed)

    form = answer.context["form"]
    assert (answer.status_code, form.errors, form["words"].value(), form["someone"].value()) == (
        422,
        {
            "someone": [
                "Sam was put out of sight. Show them again under People, or add something to the name."
            ]
        },
        "Quiet day.",
        typed,
    )
    assert named(cast.maya_now()) == ([], [])


def test_a_name_that_somebody_out_of_sight_has_is_refused_whichever_way_it_comes(cast):
    maya = cast.maya_now()
    people.hide(by=maya, person=people.add_person(by=maya, label="Sam"))

    with pytest.raises(people.OutOfSight):
        actions.write_entry(by=maya, on=TODAY, someone="sam")

    assert named(maya) == ([], [])


def test_a_stale_change_adds_nobody_and_keeps_the_name(cast):
    page = browser(cast.maya)
    entry = actions.write_entry(by=cast.maya_now(), on=TODAY, words="First.")
    address = f"/me/diary/{entry.pk}/"

    refused = page.post(address, {"key": KEY, "words": "Mine.", "words_base": "x", "someone": "Leah"})

    form = refused.context["form"]
    assert (refused.status_code, form["someone"].value(), named(cast.maya_now())) == (409, "Leah", ([], [()]))
    again = {"key": form["key"].value(), "words_base": form["words_base"].value(), "someone": "Leah"}
    assert page.post(address, again | {"words": "Both."}).status_code == 302
    assert named(cast.maya_now()) == (["Leah"], [("Leah",)])
