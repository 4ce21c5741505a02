"""Screens that others see: without staff's own for the two, and nothing but what was picked where others sit in."""

import re
from zoneinfo import ZoneInfo

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import new_key
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.sessions import actions, queries, showing
from kithwork.therapy.story.actions import add_event

LONDON = ZoneInfo("Europe/London")
FRAMED = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin"}
ELSEWHERE = FRAMED | {"Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def opened(joan):
    """Session 1, under way, with something that only staff may read."""
    session = actions.open_room(by=joan, session=actions.plan(by=joan, at=NOW))
    actions.write_note(by=joan, session=session, note="Staff only.", summary="Not yet shown.")
    return session


def at(cast, path):
    return f"/course/{cast.mayas.pk}/{path}"


def text_of(page, url):
    return page.get(url).content.decode()


def test_a_shared_screen_holds_nothing_of_staffs_own(cast, joan, opened):
    actions.add_agenda_item(by=cast.maya_now(), text="The row", sharing=Sharing.SHARED)
    actions.rate_session(by=joan, session=opened, ratings={"agenda": 1})
    page = browser(cast.joan)
    room, screen = text_of(page, at(cast, "sessions/1/")), text_of(page, at(cast, "sessions/1/screen/"))

    assert ("Staff only." in room, "The row" in room) == (True, True)
    assert ("Staff only." in screen, "Not yet shown." in screen, "The row" in screen) == (False, False, True)
    # Nor is there a way from it to anything of staff's own, but the one that ends the sharing.
    both = (
        "focus",
        "worksheets",
        "people/circles",
        "cycle",
        "story",
        "formulation",
        "progress",
        "sessions/1",
    )
    ways = set(re.findall(r'<a[^>]* href="(/[^"#?]*)"', screen))
    assert ways == {at(cast, f"{one}/") for one in both}


def test_what_stands_in_a_frame_is_a_page_that_both_have_or_says_that_it_is_not(cast, opened):
    page = browser(cast.joan)

    framed = page.get(at(cast, "focus/"), headers=FRAMED)
    alone = page.get(at(cast, "sessions/1/note/"), headers=FRAMED)

    assert (framed.status_code, "frame-ancestors 'self'" in framed["Content-Security-Policy"]) == (200, True)
    assert "kw-side-bar" not in framed.content.decode()
    assert ("Staff only." in alone.content.decode(), "for you alone" in alone.content.decode()) == (
        False,
        True,
    )


@pytest.mark.parametrize("headers", [{}, ELSEWHERE], ids=["no frame", "a frame elsewhere"])
def test_no_other_frame_may_hold_a_page(cast, headers):
    answer = browser(cast.joan).get(at(cast, "focus/"), headers=headers)

    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


# With somebody else in the room


@pytest.fixture
def conjoint(joan):
    return actions.open_room(by=joan, session=actions.plan(by=joan, at=NOW, kind="conjoint"))


def screen_of(cast):
    return text_of(browser(cast.joan), at(cast, "sessions/1/screen/"))


def test_nothing_is_shown_to_others_that_was_not_picked(cast, joan, conjoint):
    maya = cast.maya_now()
    item = actions.add_agenda_item(by=maya, text="The row", session_n=1, sharing=Sharing.SHARED)
    actions.add_agenda_item(by=joan, text="Money", session_n=1)
    focus.choose(by=joan, area="dispute", in_our_words="The silence.")
    add_event(by=maya, title="Mum died", when="2023", lane="relationships", sharing=Sharing.SHARED)
    actions.add_try_out(by=joan, what="Ring Priya", session_n=1)
    words = ("The row", "Money", "The silence.", "Mum died", "Ring Priya")
    assert [word in screen_of(cast) for word in words] == [False] * 5

    actions.pick(by=joan, session=conjoint, pieces=[f"agenda.{item.pk}"], zone=LONDON)

    screen = screen_of(cast)
    assert [word in screen for word in words] == [True, False, False, False, False]
    assert "<form" not in screen
    assert "<iframe" not in screen


def test_what_she_keeps_can_not_be_offered_picked_or_shown(cast, joan, conjoint):
    maya = cast.maya_now()
    kept = actions.add_agenda_item(by=maya, text="Hers", session_n=1, sharing=Sharing.JUST_ME)

    actions.pick(by=maya, session=conjoint, pieces=[f"agenda.{kept.pk}"], zone=LONDON)

    assert showing.picked(maya, conjoint) == set()
    assert "Hers" not in text_of(browser(cast.maya), "/me/sessions/1/show/")


def test_either_takes_off_what_was_picked_and_what_is_taken_back_is_gone(cast, joan, conjoint):
    item = actions.add_agenda_item(by=joan, text="Money", session_n=1)
    key, maya = f"agenda.{item.pk}", browser(cast.maya)
    page = browser(cast.joan)
    page.post(at(cast, "sessions/1/show/"), {"key": new_key(), "pieces": [key]})
    assert (
        "Money" in screen_of(cast),
        f'value="{key}" checked' in text_of(maya, "/me/sessions/1/show/"),
    ) == (True, True)

    maya.post("/me/sessions/1/show/", {"key": new_key(), "pieces": []})
    assert "Money" not in screen_of(cast)

    actions.pick(by=joan, session=conjoint, pieces=[key], zone=LONDON)
    actions.remove_agenda_item(by=joan, item=item)
    assert "Money" not in screen_of(cast)
    assert [line for line in queries.agenda(joan, 1) if line.id] == []
