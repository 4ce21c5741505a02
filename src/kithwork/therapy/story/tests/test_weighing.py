"""The client's own weighing of the four kinds: skippable, hers until she shares it, and it decides nothing."""

import pytest
from tests.cast import browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.story import actions, queries

KEY = "k" * 24


@pytest.fixture
def maya(cast):
    return cast.maya_now()


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


def weighed(by):
    return [(one.label, one.said, one.text) for one in queries.weighed(by)]


def test_a_weighing_waits_until_she_decides_who_it_is_for(maya, joan):
    actions.weigh(by=maya, area="dispute", fits="a_lot", why="The rows.")
    actions.weigh(by=maya, area="grief", fits="not_sure", sharing=Sharing.SHARED)

    assert weighed(maya) == [("Conflict", "It fits a lot", "The rows."), ("Grief and loss", "Not sure", "")]
    assert weighed(joan) == [("Grief and loss", "Not sure", "")]


def test_each_of_the_four_may_be_left_empty(cast, maya):
    answer = browser(cast.maya).post("/me/difficulties/", {"key": KEY, "area": "grief", "sharing": "later"})

    assert (answer.status_code, weighed(maya)) == (302, [])


def test_rather_not_say_is_an_answer(cast, maya):
    browser(cast.maya).post("/me/difficulties/", {"key": KEY, "area": "grief", "fits": "rather_not_say"})

    [one] = queries.weighed(maya)
    assert (one.said, one.sharing) == ("Rather not say", Sharing.LATER)


def test_written_together_beside_what_she_keeps_loses_neither(maya, joan):
    actions.weigh(by=maya, area="dispute", fits="not", why="Mine.", sharing=Sharing.JUST_ME)
    actions.weigh(by=joan, area="dispute", fits="a_bit", why="Ours.")

    hers = queries.weighed(maya)[0]
    assert (hers.text, hers.beside.text if hers.beside else "") == ("Mine.", "Ours.")
    assert weighed(joan) == [("Conflict", "A bit", "Ours.")]


def test_an_unknown_kind_is_not_found(cast):
    assert browser(cast.maya).post("/me/difficulties/", {"key": KEY, "area": "money"}).status_code == 404


def test_the_therapist_writes_it_down_while_she_talks(cast, maya):
    where = f"/course/{cast.mayas.pk}/difficulties/"

    browser(cast.joan).post(where, {"key": KEY, "area": "transition", "fits": "a_bit", "why": "The new job."})

    [one] = queries.weighed(maya)
    assert (one.text, one.sharing, one.together_in) == ("The new job.", Sharing.SHARED, 1)
