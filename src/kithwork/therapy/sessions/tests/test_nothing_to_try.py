"""While somebody is feared and the work is on a conflict, nothing is offered to be tried: neither page says more."""

import re

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.focus import actions
from kithwork.therapy.focus.kinds import kinds
from kithwork.therapy.people import actions as people
from kithwork.therapy.safety import actions as safety
from kithwork.therapy.sessions import actions as sessions
from kithwork.therapy.sessions import queries

KEYS = iter(f"try-key-{n:014}" for n in range(1000))
HERS = "Talking it through with somebody who frightens or hurts you is not your task. Being safe comes first."
STAFFS = "This is not offered at the moment. Anything else can be worked on."


def post(page, address, **fields):
    return page.post(address, {"key": next(KEYS), **fields})


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def ways(cast, joan):
    """Her own page, staff's, and the room of session 1: who looks, where it is shown, and where it is sent."""
    sessions.open_room(by=joan, session=sessions.plan(by=joan, at=NOW))
    base = f"/course/{cast.mayas.pk}/sessions/"
    return [
        (browser(cast.maya), "/me/sessions/try/", "/me/sessions/try/"),
        (browser(cast.joan), f"{base}try/", f"{base}try/"),
        (browser(cast.joan), f"{base}1/", f"{base}1/try/"),
    ]


def offered(ways):
    """On each page: whether there is a form for something to try, and what stands in its place."""
    found = [(page.get(shown).content.decode(), sent) for page, shown, sent in ways]
    return [
        (
            bool(re.search(f'<form[^>]*action="{sent}"', text)),
            re.findall(r'<p[^>]*data-kw="withheld">(.*?)</p>', text),
        )
        for text, sent in found
    ]


def frightened(cast, sharing=Sharing.SHARED):
    """Maya says it of somebody on her page of that person."""
    sam = people.add_person(by=cast.maya_now(), label="Sam", sharing=Sharing.SHARED)
    said = post(browser(cast.maya), f"/me/people/{sam.pk}/", safe="frightened", safe_sharing=sharing.value)
    assert said.status_code == 302
    return sam


def test_after_she_says_that_somebody_frightens_her_nothing_is_offered_to_be_tried(cast, joan, ways):
    sam = frightened(cast)
    before = offered(ways)
    actions.choose(by=joan, area="dispute", person=sam)

    sent = [post(page, address, what="Ask him on Sunday.") for page, _, address in ways]

    assert before == [(True, [])] * 3
    assert offered(ways) == [(False, [HERS]), (False, [STAFFS]), (False, [STAFFS])]
    told = [(one.status_code, why in one.content.decode(), "Ask him on Sunday." in one.content.decode())
            for one, why in zip(sent, (HERS, STAFFS, STAFFS), strict=True)]  # fmt: skip
    assert told == [(422, True, True)] * 3
    assert queries.try_outs(joan) == []


def test_what_only_staff_worry_about_does_not_change_her_page(cast, joan, ways):
    actions.choose(by=joan, area="dispute")

    safety.note_concern(by=joan, text="Frightened of him.")

    assert offered(ways) == [(True, []), (False, [STAFFS]), (False, [STAFFS])]


def test_what_she_keeps_does_not_change_staffs_pages(cast, joan, ways):
    frightened(cast, Sharing.JUST_ME)

    actions.choose(by=joan, area="dispute")

    assert offered(ways) == [(False, [HERS]), (True, []), (True, [])]


def test_what_was_being_written_in_the_room_is_still_there_to_copy(cast, joan, ways):
    actions.choose(by=joan, area="dispute")
    _, shown, _ = ways[2]
    session = queries.find(joan, "1")
    assert session
    sessions.keep_draft(by=joan, session=session, field="what", text="Ask him on Sunday.")
    safety.note_concern(by=joan, text="Frightened of him.")

    assert "Ask him on Sunday." in browser(cast.joan).get(shown).content.decode()


def test_a_way_to_something_to_try_that_was_open_keeps_what_was_typed(cast, joan):
    focus = actions.choose(by=joan, area="dispute")
    option = actions.add_item(by=joan, focus=focus, kind=kinds.get("option"), words={"option": "Ask him."})
    frightened(cast)

    address = f"/me/focus/items/option/{option.pk}/try/"
    answer = post(browser(cast.maya), address, what="Ask him on Sunday.")

    page = answer.content.decode()
    assert (answer.status_code, HERS in page, "Ask him on Sunday." in page) == (422, True, True)
    assert browser(cast.maya).get(address).status_code == 404
