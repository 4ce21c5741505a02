"""The four workspaces as the two meet them: suggestions, questions, a story to sort, ways on, and what was before."""

import re
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.workspaces import workspaces
from kithwork.refusal import Refusal
from kithwork.therapy.focus import actions, queries
from kithwork.therapy.focus.kinds import kinds
from kithwork.therapy.focus.space import network, space
from kithwork.therapy.formulation import queries as goals
from kithwork.therapy.people import actions as people
from kithwork.therapy.safety import actions as safety

KEYS = iter(f"workspace-key-{n:014}" for n in range(1000))
STORY = "We met on the ferry.\n\nThe hospital rang at six.\nThe evenings have no shape."


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def maya(cast):
    return cast.maya_now()


def post(page, address, **fields):
    return page.post(address, {"key": next(KEYS), **fields})


def add(by, focus, kind, text, sharing=Sharing.SHARED, **columns):
    words = {kinds.get(kind).lead: text}
    return actions.add_item(by=by, focus=focus, kind=kinds.get(kind), words=words, sharing=sharing, **columns)


def here(cast, audience, turn=0):
    [shown] = queries.current(audience)
    return space(audience, cast.mayas, shown, today=NOW.date(), turn=turn)


def leads(audience, focus, *lists):
    found = queries.workspace(audience, focus.pk, focus.area, today=NOW.date())
    return {key: [item.lead for item in found[key].items] for key in lists}


def test_suggestions_stand_as_the_two_say_and_count_only_what_one_may_see(cast, joan, maya):
    focus = actions.choose(by=joan, area="dispute")
    add(maya, focus, "goes_with", "Mine.", Sharing.JUST_ME)
    add(maya, focus, "goes_with", "Ours.")
    actions.mark_steps(by=maya, focus=focus, states={"name": "on_it", "mood": "open"})
    later = cast.audience(cast.joan, cast.mayas, now=NOW + timedelta(minutes=1))
    actions.mark_steps(by=later, focus=focus, states={"name": "not_for_us"})

    def shown(audience):
        return [(one.key, one.said, one.written) for one in here(cast, audience).steps]

    assert (shown(maya), shown(joan)) == (
        [("name", "Not for us", 0), ("mood", "", 2)],
        [("name", "Not for us", 0), ("mood", "", 1)],
    )


def test_a_suggestion_that_there_is_not_can_not_be_marked(joan):
    focus = actions.choose(by=joan, area="grief")

    for states in ({"replay": "on_it"}, {"story": "late"}):
        with pytest.raises(Refusal, match="not-on-the-shelf"):
            actions.mark_steps(by=joan, focus=focus, states=states)


def test_questions_come_three_at_a_time_and_lead_to_the_list_that_they_are_about(cast, joan):
    focus, page = actions.choose(by=joan, area="grief"), browser(cast.maya)
    first, second = (here(cast, joan, turn).questions for turn in (0, 1))

    asked = page.get(f"/me/focus/?ask=1.{focus.pk}").content.decode()
    form = page.get(f"/me/focus/{focus.pk}/add/{second[0].about}/?ask={second[0].key}").content.decode()

    assert ([one.label in asked for one in first], [one.label in asked for one in second]) == (
        [False] * 3, [True] * 3,
    )  # fmt: skip
    assert second[0].label in form


@pytest.mark.parametrize("ask", ["", "x", "-1.{focus}", "99999999.{focus}", "1.nobody", "²."])
def test_any_address_asks_something(cast, joan, ask):
    focus = actions.choose(by=joan, area="grief")

    answer = browser(cast.maya).get("/me/focus/", {"ask": ask.format(focus=focus.pk)})

    assert (answer.status_code, b"What would you like me to know about them?" in answer.content) == (
        200,
        True,
    )


def test_where_somebody_is_feared_nothing_asks_to_speak_up_on_staffs_pages_and_hers_do_not_tell(
    cast, joan, maya
):
    focus = actions.choose(by=joan, area="dispute")
    item = add(maya, focus, "option", "Ask him on Sunday.")
    before = _plain(browser(cast.maya).get("/me/focus/").content)
    way = f"focus/items/option/{item.pk}/try/"
    safety.note_concern(by=joan, text="Ask on her own.")

    staff = here(cast, joan)

    speaking_up = {one.key for one in [*workspaces.get("dispute").steps, *workspaces.get("dispute").questions]
                   if one.speaks_up}  # fmt: skip
    offered = {one.key for turn in range(4) for one in here(cast, joan, turn).questions}
    assert (offered & speaking_up, staff.helps, staff.may_try) == (set(), (), False)
    assert browser(cast.joan).get(f"/course/{cast.mayas.pk}/{way}").status_code == 404
    assert _plain(browser(cast.maya).get("/me/focus/").content) == before
    assert browser(cast.maya).get(f"/me/{way}").status_code == 200


def test_a_story_is_told_in_one_piece_and_sorted_later(cast, joan, maya):
    focus, page = actions.choose(by=joan, area="grief"), browser(cast.maya)
    post(page, f"/me/focus/{focus.pk}/add/story/", text=STORY, sharing="shared")
    [told] = queries.items(maya, focus.pk, kinds.get("story"))
    address = f"/me/focus/stories/{told.pk}/sort/"

    nothing = post(page, address, piece_1="", piece_2="", piece_3="")
    sorted_ = post(page, address, piece_1="together", piece_2="lost", piece_3="")

    said = leads(joan, focus, "story", "together", "lost", "since")
    assert (nothing.status_code, sorted_.status_code) == (422, 302)
    assert said == {
        "story": [STORY], "together": ["We met on the ferry."], "lost": ["The hospital rang at six."], "since": [],
    }  # fmt: skip
    assert "Stands already in: What it was like between us" in " ".join(
        page.get(address).content.decode().split()
    )


def test_pieces_of_a_kept_story_are_kept(joan, maya):
    focus = actions.choose(by=joan, area="grief")
    told = add(maya, focus, "story", STORY, Sharing.JUST_ME)

    actions.sort_story(by=maya, story=told, pieces=[("unsaid", "The hospital rang at six.")])

    assert (leads(maya, focus, "unsaid"), leads(joan, focus, "unsaid")) == (
        {"unsaid": ["The hospital rang at six."]}, {"unsaid": []},
    )  # fmt: skip


def test_a_piece_goes_nowhere_else(joan, maya):
    focus = actions.choose(by=joan, area="grief")
    told = add(maya, focus, "story", STORY)

    with pytest.raises(Refusal, match="not-a-place"):
        actions.sort_story(by=maya, story=told, pieces=[("date", "The hospital rang at six.")])


def test_from_an_item_to_something_to_try_and_to_a_goal(cast, joan, maya):
    focus, page = actions.choose(by=joan, area="dispute"), browser(cast.maya)
    item = add(maya, focus, "option", "Ask Sam on Sunday.", Sharing.JUST_ME)
    way = f"/me/focus/items/option/{item.pk}/"

    offered = page.get(f"{way}try/").content
    post(page, f"{way}try/", what="Ask Sam on Sunday.", sharing="shared", on="2025-03-23")
    post(page, f"{way}goal/", goal="Say it sooner", by_day="2025-05-01")

    assert b"Ask Sam on Sunday." in offered
    ahead = browser(cast.joan).get(f"/course/{cast.mayas.pk}/to-talk-about/").content
    assert b"Ask Sam on Sunday." in ahead
    assert [(one.goal, one.area) for one in goals.goals(joan)] == [("Say it sooner", "dispute")]
    assert leads(joan, focus, "option") == {"option": []}


def test_nothing_to_try_is_said_and_nothing_is_lost(cast, joan, maya):
    focus = actions.choose(by=joan, area="sensitivity")
    item = add(maya, focus, "step", "Say good morning.")

    answer = post(browser(cast.maya), f"/me/focus/items/step/{item.pk}/try/", what="", on="0001-01-01")

    assert (answer.status_code, b"Nothing this week is fine" in answer.content) == (422, True)


def test_another_focus_in_its_place_leaves_the_old_workspace_to_be_read(cast, joan, maya):
    old = actions.choose(by=joan, area="grief")
    add(maya, old, "story", STORY)
    add(maya, old, "unsaid", "Kept.", Sharing.JUST_ME)

    actions.replace(by=joan, focus=old, area="transition")
    address = f"focus/before/{old.pk}/"
    hers = browser(cast.maya).get(f"/me/{address}").content
    joans = browser(cast.joan).get(f"/course/{cast.mayas.pk}/{address}").content

    assert [b"We met on the ferry." in page for page in (hers, joans)] == [True, True]
    assert [b"Kept." in page for page in (hers, joans)] == [True, False]
    assert [b"/add/" in page for page in (hers, joans)] == [False, False]
    assert browser(cast.maya).get("/me/focus/before/nobody/").status_code == 404


def test_the_network_is_counted_from_those_whom_one_may_see(cast, joan, maya):
    actions.choose(by=joan, area="sensitivity")
    [shown] = queries.current(joan)
    nobody_yet = network(joan, shown)
    people.add_person(by=maya, label="Neighbour", ring=3, sharing=Sharing.SHARED)
    people.add_person(by=maya, label="Aunt", ring=1, sharing=Sharing.JUST_ME)

    def now(audience):
        return [(one.people, one.near) for one in network(audience, shown) if one.when == "Now"]

    assert (nobody_yet, now(maya), now(joan)) == ([], [(2, 1)], [(1, 0)])


def test_a_full_workspace_asks_the_database_no_more_than_a_small_one(cast, joan, maya):
    focus, page = actions.choose(by=joan, area="grief"), browser(cast.maya)

    def asked():
        with CaptureQueriesContext(connections["default"]) as asked_here:
            page.get("/me/focus/")
        return len(asked_here)

    for kind in ("story", "mixed", "date", "reconnect"):
        add(maya, focus, kind, "One.")
    asked()
    small = asked()
    for kind in ("story", "mixed", "date", "reconnect") * 4:
        add(maya, focus, kind, "Another.")

    assert asked() == small


def test_staff_do_not_take_away_what_she_wrote_by_herself(joan, maya):
    focus = actions.choose(by=joan, area="dispute")

    with pytest.raises(Refusal, match="not-yours"):
        actions.remove_item(by=joan, item=add(maya, focus, "option", "Mine to take away."))


def _plain(page):
    """A page without what differs each time it is fetched."""
    return re.sub(rb'name="(key|csrfmiddlewaretoken)" value="[^"]*"', b"", page)
