"""What was shared since the last session: only what stands, and only what this reader may know of."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.cast import NOW

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.people import actions as people
from kithwork.therapy.people.queries import everybody
from kithwork.therapy.sessions import actions as sessions
from kithwork.therapy.together.overview import moves_in_words, shared_since


@pytest.fixture
def shared(cast):
    """What Joan is shown."""

    def ask():
        joan = cast.audience(cast.joan, cast.mayas)
        found = shared_since(joan, cast.mayas, zone=ZoneInfo("Europe/London"), people=everybody(joan))
        return [(item.where, item.words or item.says) for item in found]

    return ask


def test_something_to_talk_about_is_there_until_it_is_taken_off(cast, shared):
    maya = cast.maya_now()
    item = sessions.add_agenda_item(by=maya, text="The row", session_n=1, sharing=Sharing.SHARED)
    assert shared() == [("to talk about", "The row")]

    sessions.remove_agenda_item(by=maya, item=item)

    assert shared() == []


def test_what_is_kept_is_not_there(cast, shared):
    sessions.add_agenda_item(by=cast.maya_now(), text="Not yet", session_n=1, sharing=Sharing.JUST_ME)

    assert shared() == []


def test_a_move_of_hers_is_told_and_said_in_words(cast, shared):
    before, later = cast.maya_now(NOW - timedelta(days=3)), cast.maya_now()
    sam = people.add_person(by=before, label="Sam", ring=1, sharing=Sharing.SHARED)

    people.place(by=later, person=sam, ring=2)

    assert ("moved in circles", "Sam: Closest to Close") in shared()
    joan = cast.audience(cast.joan, cast.mayas)
    assert moves_in_words(everybody(joan)) == "Sam moved from Closest to Close on 18 March."
