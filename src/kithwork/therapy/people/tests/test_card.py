"""The card: three questions at a time, chips and rough dates, people from earlier, and what has no answer yet."""

import re

import pytest
from django.utils.html import escape
from tests.cast import browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.inventory import NO_CONFIDANT, NO_HELPER, State, card_fields
from kithwork.refusal import Refusal
from kithwork.therapy.people import actions, queries


@pytest.fixture
def maya(cast):
    return browser(cast.maya)


@pytest.fixture
def sam(cast):
    return actions.add_person(by=cast.maya_now(), label="Sam", ring=1, sharing=Sharing.SHARED)


def card_of(page, person):
    return page.get(f"/me/people/{person.pk}/").content.decode()


def test_a_card_asks_three_things_and_then_offers_more(maya, sam):
    first, *more = card_of(maya, sam).split("Ask me something else")

    assert re.findall(r'id="f-([^"]+)"', first) == ["good", "hard", "hope_from_them"]
    groups = [len(re.findall(r'id="f-', group)) for group in more]
    assert groups[:-1] == [3] * (len(groups) - 1)
    assert 1 <= groups[-1] <= 3


def test_it_asks_how_this_might_be_for_them_by_name(maya, sam):
    assert "How might this be for Sam?" in card_of(maya, sam)


def test_chips_that_are_all_taken_off_empty_the_answer(cast, maya, sam):
    actions.write_card(by=cast.maya_now(), person=sam, field="turn_to", text="listening, advice")
    said = queries.card(cast.maya_now(), sam)
    assert said.chosen("turn_to") == ("listening", "advice")

    answer = maya.post(
        f"/me/people/{sam.pk}/", {"key": "c" * 24, "whole": "1", "turn_to_base": said.words["turn_to"].base}
    )

    assert answer.status_code == 302
    assert "turn_to" not in queries.card(cast.maya_now(), sam).words


def test_somebody_from_earlier_is_asked_about_from_when_to_when_first(cast, maya):
    alan = actions.add_person(by=cast.maya_now(), label="Alan", state=State.PAST)

    asked = re.findall(r'id="f-([^"]+)"', card_of(maya, alan))

    assert asked[:4] == ["began", "ended", "was_like", "how_ended"]
    assert {"contact", "since", "tags"}.isdisjoint(asked)


def test_a_rough_date_stays_in_her_words_and_one_that_cannot_be_gets_a_sentence(cast, maya):
    alan = actions.add_person(by=cast.maya_now(), label="Alan", state=State.PAST)
    address = f"/me/people/{alan.pk}/"
    with pytest.raises(Refusal) as unclear:
        card_fields["began"].check("31 June 2015")

    refused = maya.post(address, {"key": "d" * 24, "began": "31 June 2015", "was_like": "Loud and warm."})
    assert (refused.status_code, escape(unclear.value.sentence) in refused.content.decode()) == (422, True)
    assert "Loud and warm." in refused.content.decode()
    assert maya.post(address, {"key": "e" * 24, "began": "Spring 2015"}).status_code == 302

    assert queries.card(cast.maya_now(), alan).words["began"].text == "Spring 2015"


def test_what_was_said_stays_on_the_card_whatever_becomes_of_somebody(cast, maya, sam):
    actions.write_card(by=cast.maya_now(), person=sam, field="contact", text="Every Sunday.")

    actions.change_person(by=cast.maya_now(), person=sam, details={"state": "died"})

    assert "Every Sunday." in card_of(maya, sam)


def test_support_to_use_stands_in_the_list_for_whoever_may_see_it(cast, maya, sam):
    actions.write_card(by=cast.maya_now(), person=sam, field="tags", text="support", sharing=Sharing.JUST_ME)

    joan = browser(cast.joan).get(f"/course/{cast.mayas.pk}/people/").content.decode()

    assert "support I could use" in maya.get("/me/people/").content.decode()
    assert ("Sam" in joan, "support I could use" in joan) == (True, False)


def test_nobody_for_practical_help_is_wondered_about_only_once_help_was_spoken_of(cast, maya, sam):
    assert NO_HELPER.label not in maya.get("/me/people/").content.decode()

    actions.write_card(
        by=cast.maya_now(), person=sam, field="turn_to", text="company", sharing=Sharing.JUST_ME
    )

    hers = maya.get("/me/people/").content.decode()
    assert (NO_HELPER.label in hers, NO_CONFIDANT.label in hers) == (True, True)
    joans = browser(cast.joan).get(f"/course/{cast.mayas.pk}/people/").content.decode()
    assert (NO_HELPER.label in joans, NO_CONFIDANT.label in joans) == (False, False)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("ten years ago", "about 2015"),
        ("about ten years ago", "about 2015"),
        ("last summer", "summer 2024"),
        ("Spring 2015", "Spring 2015"),
        ("about 2015", "about 2015"),
    ],
)
def test_a_date_as_seen_from_today_is_read_and_keeps_its_year(cast, maya, said, kept):
    alan = actions.add_person(by=cast.maya_now(), label="Alan", state=State.PAST)
    address = f"/me/people/{alan.pk}/"

    assert maya.post(address, {"key": "f" * 24, "began": said}).status_code == 302

    words = queries.card(cast.maya_now(), alan).words["began"]
    assert words.text == kept
    again = {"key": "g" * 24, "began": words.text, "began_base": words.base}
    assert maya.post(address, again).status_code == 302
    assert queries.card(cast.maya_now(), alan).words["began"].text == kept


def test_a_date_that_has_come_where_she_lives_is_kept(cast, maya):
    client = cast.mayas.client
    client.time_zone = "Pacific/Kiritimati"  # the 19th there while it is the 18th elsewhere
    client.save()
    alan = actions.add_person(by=cast.maya_now(), label="Alan", state=State.PAST)

    maya.post(f"/me/people/{alan.pk}/", {"key": "h" * 24, "ended": "today"})

    assert queries.card(cast.maya_now(), alan).words["ended"].text == "19 March 2025"
