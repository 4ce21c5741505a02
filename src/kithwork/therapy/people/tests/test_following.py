"""A page that is open follows the other's moves, and asking for them opens nothing and tells nothing."""

import re

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode
from tests.cast import browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.models import Event
from kithwork.therapy.people import actions
from kithwork.therapy.people.mark import mark


@pytest.fixture
def sam(cast):
    return actions.add_person(by=cast.maya_now(), label="Sam", ring=1, sharing=Sharing.SHARED)


@pytest.fixture
def in_session(cast, sam):
    """Joan's browser in an open session, on the circles."""
    cast.mayas.open_session = 2
    cast.mayas.save()
    return browser(cast.joan)


def circles(cast):
    return f"/course/{cast.mayas.pk}/people/circles/"


def seen(page, address):
    found = re.search(r'name="seen" value="([^"]+)"', page.get(address).content.decode())
    return found[1] if found else None


def look(page, cast, mark):
    return page.get(f"{circles(cast)}newest/?{urlencode({'seen': mark})}")


def test_a_look_that_finds_nothing_new_is_empty_and_not_on_the_trail(cast, in_session):
    stands = seen(in_session, circles(cast))
    before = Event.objects.count()

    answer = look(in_session, cast, stands)

    assert (answer.status_code, answer.content, Event.objects.count()) == (204, b"", before)


def test_a_look_reads_no_sealed_word(cast, in_session):
    stands = seen(in_session, circles(cast))

    with (
        CaptureQueriesContext(connections["default"]) as whole,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        in_session.get(circles(cast))
    assert (any("sealed" in asked["sql"] for asked in whole), len(keys) > 0) == (True, True)
    with (
        CaptureQueriesContext(connections["default"]) as whole,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        look(in_session, cast, stands)

    assert (any("sealed" in asked["sql"] for asked in whole), len(keys)) == (False, 0)


def test_a_look_that_finds_something_new_opens_the_circles_and_is_on_the_trail(cast, in_session, sam):
    stands = seen(in_session, circles(cast))
    actions.place(by=cast.maya_now(), person=sam, ring=3)
    before = Event.objects.filter(chain=cast.mayas.pk).count()

    answer = look(in_session, cast, stands)

    assert answer.status_code == 200
    assert re.search(r'data-name="Sam" data-ring="3"', answer.content.decode())
    [event] = Event.objects.filter(chain=cast.mayas.pk).order_by("place")[before:]
    assert (event.act, event.page, event.who) == ("read", "circles", cast.joan.pk)


@pytest.mark.parametrize("sharing", [Sharing.JUST_ME, Sharing.LATER])
def test_what_a_client_keeps_leaves_the_mark_of_staff_as_it_is(cast, sam, sharing):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    before, hers = mark(joan), mark(maya)

    alex = actions.add_person(by=maya, label="Alex", ring=1, sharing=sharing)
    actions.place(by=maya, person=alex, ring=2)
    actions.set_line(by=maya, person=alex, other=sam, kind="tense")
    actions.write_card(by=maya, person=sam, field="hard", text="Mine.", sharing=sharing)
    actions.write_card(by=maya, person=sam, field="tags", text="support", sharing=sharing)
    actions.take_snapshot(by=maya, sharing=sharing)
    actions.look_back(by=maya, person=sam, how="me")

    assert mark(joan) == before
    assert mark(maya) != hers


@pytest.mark.parametrize(
    "act",
    [
        lambda by, sam: actions.place(by=by, person=sam, ring=2),
        lambda by, sam: actions.place(by=by, person=sam, ring=2, view="wished"),
        lambda by, sam: actions.set_line(by=by, person=sam, kind="tense"),
        lambda by, sam: actions.change_person(by=by, person=sam, details={"label": "Sammy"}),
        lambda by, sam: actions.write_card(
            by=by, person=sam, field="good", text="Funny.", sharing=Sharing.SHARED
        ),
        lambda by, sam: actions.hide(by=by, person=sam),
        lambda by, sam: actions.change_person(by=by, person=sam, details={"sharing": Sharing.JUST_ME}),
        lambda by, _: actions.add_person(by=by, label="Leah", sharing=Sharing.SHARED),
    ],
    ids=["moved", "wished", "line", "renamed", "written", "hidden", "kept from now on", "added"],
)
def test_everything_that_the_circles_show_is_in_the_mark(cast, sam, act):
    before = mark(cast.audience(cast.joan, cast.mayas))

    act(cast.maya_now(), sam)

    assert mark(cast.audience(cast.joan, cast.mayas)) != before


def test_only_while_a_session_is_open_does_a_page_follow(cast, sam):
    joan, maya = browser(cast.joan), browser(cast.maya)
    assert (seen(joan, circles(cast)), seen(maya, "/me/people/circles/")) == (None, None)

    cast.mayas.open_session = 2
    cast.mayas.save()

    assert (seen(joan, circles(cast)), seen(maya, "/me/people/circles/")) == (
        mark(cast.audience(cast.joan, cast.mayas)), mark(cast.maya_now()),
    )  # fmt: skip


def test_a_mark_is_no_pass(cast, sam):
    stands = mark(cast.audience(cast.joan, cast.mayas))

    assert look(browser(cast.mira), cast, stands).status_code == 404
    assert look(browser(cast.carl), cast, stands).status_code == 404
