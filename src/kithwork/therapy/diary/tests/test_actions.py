"""What may be done in the diary, and who sees what of it."""

from datetime import date, timedelta

import pytest

from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.sharing import Sharing
from kithwork.refusal import Refusal
from kithwork.therapy.diary import actions, queries
from kithwork.therapy.diary.examples import days_in_words
from kithwork.therapy.people.actions import add_person

TODAY = date(2025, 3, 18)


def test_mood_and_words_are_shared_apart(cast):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)

    actions.write_entry(by=maya, on=TODAY, mood=2, words="Rang Priya.", words_sharing=Sharing.SHARED)

    [hers], [joans] = queries.days(maya), queries.days(joan)
    assert (hers.mood, hers.words.text, hers.facts) == (2, "Rang Priya.", Sharing.JUST_ME)
    assert (joans.mood, joans.words.text, joans.facts) == (None, "Rang Priya.", None)


def test_what_is_kept_does_not_exist_for_others(cast):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)

    actions.write_entry(by=maya, on=TODAY, mood=1, words="Nobody knows.")

    assert [day.words.text for day in queries.days(maya)] == ["Nobody knows."]
    assert queries.days(joan) == []
    assert queries.moods_between(joan, TODAY, TODAY) == []


def test_an_entry_of_kept_words_alone_does_not_exist_for_others_whoever_mood_and_people_are_for(cast):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)

    entry = actions.write_entry(by=maya, on=TODAY, words="Kept.", sharing=Sharing.SHARED)

    assert (len(queries.days(maya)), queries.find(joan, entry.pk)) == (1, None)


def test_an_entry_with_nobody_but_somebody_kept_is_not_there_for_others(cast):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    secret = add_person(by=maya, label="Nobody knows", relation="friend", ring=1, sharing=Sharing.JUST_ME)

    actions.write_entry(by=maya, on=TODAY, people=[secret.pk], sharing=Sharing.SHARED)

    assert (len(queries.days(maya)), queries.days(joan), queries.days_with_entries(joan)) == (1, [], [])


def test_a_stale_change_keeps_both_texts(cast):
    maya = cast.maya_now()
    entry = actions.write_entry(by=maya, on=TODAY, words="First.")
    base = queries.days(maya)[0].words.base
    change = {
        "by": maya, "entry": entry, "mood": None, "people": [], "on_my_own": False, "words_base": base,
        "sharing": Sharing.JUST_ME, "words_sharing": Sharing.JUST_ME,
    }  # fmt: skip
    actions.change_entry(words="Second.", **change)

    with pytest.raises(Changed) as refused:
        actions.change_entry(words="Another second.", **change)

    assert (refused.value.yours, refused.value.newest.text) == ("Another second.", "Second.")


@pytest.mark.parametrize("mood", [0, 6, -1])
def test_a_mood_outside_the_five_is_refused(cast, mood):
    with pytest.raises(Refusal) as refused:
        actions.write_entry(by=cast.maya_now(), on=TODAY, mood=mood)

    assert refused.value.code == "mood-unknown"


def test_undo_takes_the_entry_from_every_page(cast):
    maya = cast.maya_now()
    entry = actions.write_entry(by=maya, on=TODAY, mood=3, words="Never mind.")

    actions.withdraw_entry(by=maya, entry=entry)

    assert queries.days(maya) == []


def test_nothing_that_was_said_is_left_in_an_entry_that_is_taken_back(cast):
    maya = cast.maya_now()
    entry = actions.write_entry(by=maya, on=TODAY, mood=3, on_my_own=True, more={"sleep": 3}, people=["x"])

    actions.withdraw_entry(by=maya, entry=entry)

    entry.refresh_from_db()
    assert (entry.mood, entry.people, entry.on_my_own, entry.more) == (None, [], False, {})


def test_a_day_that_was_attached_has_its_words_however_old_it_is(cast):
    maya = cast.maya_now()
    made = [
        actions.write_entry(by=maya, on=TODAY - timedelta(days=n), words=f"Day {n}.").pk for n in range(62)
    ]

    told = days_in_words(maya)

    assert list(told) == made[:60]
    assert [told[one] for one in made] == list(days_said(62))
    assert (told.get("nobody's"), made[61] in days_in_words(cast.audience(cast.joan, cast.mayas))) == (
        None, False
    )  # fmt: skip


def days_said(number):
    """ "18 March: Day 0." and so many days before."""
    for n in range(number):
        on = TODAY - timedelta(days=n)
        yield f"{on.day} {on:%B}: Day {n}."
