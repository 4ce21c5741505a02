"""The shared picture as the two meet it in two browsers."""

import re

import pytest
from tests.cast import browser

from kithwork.therapy.course.actions import close
from kithwork.therapy.formulation import actions, queries

KEYS = iter(f"formulation-key-{n:012}" for n in range(1000))


def post(page, address, **fields):
    return page.post(address, {"key": next(KEYS), **fields})


def base_in(page, field):
    """The revision that a form says it was written on."""
    found = re.search(f'name="{field}_base" value="([^"]+)"', page)
    return found[1] if found else ""


def newest(audience):
    return queries.find_version(audience, queries.standing(audience).newest.id)


def written(cast, text="The less we talk, the lower I get."):
    return actions.write_section(by=cast.audience(cast.joan, cast.mayas), section="cycle", text=text)


def shared(cast):
    words = written(cast)
    actions.share(by=cast.audience(cast.joan, cast.mayas))
    return words


def test_the_client_sees_no_word_of_a_draft(cast):
    maya = browser(cast.maya)
    before = maya.get("/me/formulation/").content
    written(cast)

    page = maya.get("/me/formulation/")

    assert b"will write this together, around session 4" in page.content
    assert _plain(page.content) == _plain(before)
    assert maya.get("/me/formulation/parts/cycle/").status_code == 404
    assert maya.get("/me/formulation/parts/cycle/say/").status_code == 404
    assert b"The less we talk" in browser(cast.joan).get(f"/course/{cast.mayas.pk}/formulation/").content


def test_joan_writes_shares_and_both_sign(cast):
    joan, maya, base = browser(cast.joan), browser(cast.maya), f"/course/{cast.mayas.pk}/formulation/"

    post(joan, f"{base}parts/cycle/", cycle="The less we talk, the lower I get.", cycle_base="")
    post(joan, f"{base}share/")
    version = queries.standing(cast.maya_now()).newest.id
    post(joan, f"{base}versions/{version}/sign/", party="therapist")
    post(maya, f"/me/formulation/versions/{version}/sign/")

    page = maya.get("/me/formulation/").content.decode()
    assert ("The less we talk, the lower I get." in page, "Joan, 18 March" in page, "Maya, 18 March" in page) == (
        True, True, True,
    )  # fmt: skip
    assert "Agreed" in page


def test_two_editors_see_both_texts_and_can_go_on(cast):
    base = shared(cast).base
    maya, joan = browser(cast.maya), browser(cast.joan)
    post(joan, f"/course/{cast.mayas.pk}/formulation/parts/cycle/", cycle="Joan wrote this.", cycle_base=base)

    answer = post(maya, "/me/formulation/parts/cycle/", cycle="Maya wrote that.", cycle_base=base)

    page = answer.content.decode()
    assert (answer.status_code, "Joan wrote this." in page, "Maya wrote that." in page) == (409, True, True)
    again = base_in(page, "cycle")
    saved = post(maya, "/me/formulation/parts/cycle/", cycle="Both of us wrote this.", cycle_base=again)
    assert saved.status_code == 302
    assert b"Both of us wrote this." in joan.get(f"/course/{cast.mayas.pk}/formulation/").content


def test_a_change_after_signing_is_said_and_the_signed_wording_stays_to_read(cast):
    base = shared(cast).base
    joan, maya = cast.audience(cast.joan, cast.mayas), cast.maya_now()
    version = newest(maya)
    actions.sign_version(by=joan, version=version, party="therapist")
    actions.sign_version(by=maya, version=version, party="client")

    post(browser(cast.maya), "/me/formulation/parts/cycle/", cycle="It has become easier.", cycle_base=base)

    page = browser(cast.maya).get("/me/formulation/").content.decode()
    older = browser(cast.maya).get(f"/me/formulation/versions/{version.pk}/").content.decode()
    assert "Changed since it was agreed" in page
    assert ("The less we talk, the lower I get." in older, "It has become easier." in older) == (True, True)


def test_maya_says_that_a_part_does_not_fit(cast):
    shared(cast)

    post(
        browser(cast.maya), "/me/formulation/parts/cycle/say/", kind="disagree", text="It began before that."
    )

    page = browser(cast.joan).get(f"/course/{cast.mayas.pk}/formulation/").content.decode()
    assert "It began before that." in page


def test_goals_are_added_rated_and_shown_with_bars(cast):
    maya, base = browser(cast.maya), "/me/formulation/goals/"
    post(maya, f"{base}add/", goal="Say what I need to Sam")
    [goal] = queries.goals(cast.maya_now())
    post(maya, f"{base}rate/", **{f"rating_{goal.id}": "2"})
    post(maya, f"{base}rate/", **{f"rating_{goal.id}": "4"})
    refused = post(maya, f"{base}rate/", **{f"rating_{goal.id}": "12"})

    page = browser(cast.joan).get(f"/course/{cast.mayas.pk}/formulation/").content.decode()
    assert (refused.status_code, "2 → <strong>4</strong> of 10" in page) == (422, True)


def test_every_page_of_the_room_opens_for_both(cast):
    shared(cast)
    joan = cast.audience(cast.joan, cast.mayas)
    goal = actions.add_goal(by=joan, goal="See a friend each week")
    actions.rate_goal(by=joan, goal=goal, rating=None)
    version = queries.standing(joan).newest.id
    paths = ["", "parts/cycle/", "parts/cycle/say/", "parts/whole/say/", f"versions/{version}/", "goals/add/",
             "goals/rate/", f"goals/{goal.pk}/"]  # fmt: skip

    for who, base in ((cast.maya, "/me/formulation/"), (cast.joan, f"/course/{cast.mayas.pk}/formulation/")):
        page = browser(who)
        assert [page.get(base + path).status_code for path in paths] == [200] * len(paths)


def test_somebody_elses_picture_does_not_exist(cast):
    shared(cast)
    goal = actions.add_goal(by=cast.maya_now(), goal="See a friend each week")
    version = queries.standing(cast.maya_now()).newest.id

    carl = browser(cast.carl)
    answers = [
        carl.get(f"/me/formulation/versions/{version}/"),
        carl.get(f"/me/formulation/goals/{goal.pk}/"),
        post(carl, f"/me/formulation/versions/{version}/sign/"),
        browser(cast.mira).get(f"/course/{cast.carls.pk}/formulation/versions/{version}/"),
        browser(cast.mira).get(f"/course/{cast.mayas.pk}/formulation/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


def _plain(page):
    """A page without what differs each time it is fetched."""
    return re.sub(rb'name="(key|csrfmiddlewaretoken)" value="[^"]*"', b"", page)


def three(by):
    return [actions.add_goal(by=by, goal=text) for text in ("One call a week", "Say no once", "Sit with Sam")]


def test_a_fourth_goal_is_refused_with_what_can_be_done_instead(cast):
    first, *_ = three(cast.maya_now())
    maya, address = browser(cast.maya), "/me/formulation/goals/add/"

    shown = maya.get(address).content.decode()
    answer = post(maya, address, goal="A fourth one")

    said = answer.content.decode()
    assert [
        text in shown for text in ("Three goals are enough at a time.", f"goals/{first.pk}/replace/")
    ] == [True] * 2
    assert (answer.status_code, "Put one aside, or let this one take its place." in said, "A fourth one" in said) == (
        422, True, True,
    )  # fmt: skip


def test_a_goal_in_anothers_place_and_the_old_one_stays_with_its_ratings(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    first, *_ = three(joan)
    actions.rate_goal(by=joan, goal=first, rating=2, occasion="start")

    answer = post(browser(cast.maya), f"/me/formulation/goals/{first.pk}/replace/", goal="Two calls a week")

    page = browser(cast.joan).get(f"/course/{cast.mayas.pk}/formulation/goals/").content.decode()
    [old] = queries.past_goals(joan)
    assert answer.status_code == 302
    assert [one.goal for one in queries.goals(joan)] == ["Two calls a week", "Say no once", "Sit with Sam"]
    assert (old.goal, old.latest, old.ended_as) == ("One call a week", 2, "Another one took its place")
    assert ("One call a week" in page, "At the start" in page) == (True, True)


def test_a_goal_that_was_put_aside_can_be_taken_up_again_where_there_is_room(cast):
    maya, by = browser(cast.maya), cast.maya_now()
    first, *_ = three(by)

    post(maya, f"/me/formulation/goals/{first.pk}/close/", ended_as="reached")
    actions.add_goal(by=by, goal="Walk with Priya")
    full = post(maya, f"/me/formulation/goals/{first.pk}/reopen/")
    actions.close_goal(by=by, goal=queries.standing_goals(by)[0])
    again = post(maya, f"/me/formulation/goals/{first.pk}/reopen/")

    assert (full.status_code, again.status_code) == (422, 302)
    assert [one.goal for one in queries.goals(by)] == ["Sit with Sam", "Walk with Priya", "One call a week"]


def test_goals_are_rated_at_the_start_on_the_way_at_the_end_and_any_time(cast):
    maya, [goal, *_] = browser(cast.maya), three(cast.maya_now())
    address = "/me/formulation/goals/rate/"
    offered = re.findall(r'<option value="(\w*)" selected', maya.get(address).content.decode())

    for rating, occasion in (("2", "start"), ("refused", "middle"), ("0", ""), ("6", "end")):
        post(maya, address, **{f"rating_{goal.pk}": rating}, occasion=occasion)
    wrong = post(maya, address, **{f"rating_{goal.pk}": "3"}, occasion="never")

    [shown, *_] = queries.goals(cast.audience(cast.joan, cast.mayas))
    assert (offered, wrong.status_code) == (["start"], 422)
    assert [(one.rating, one.occasion, one.by_client) for one in shown.told] == [
        (2, "At the start", True), (None, "On the way", True), (0, "", True), (6, "At the end", True),
    ]  # fmt: skip


@pytest.mark.parametrize("way", ["", "replace/"])
def test_a_goal_that_was_put_aside_meanwhile_keeps_what_was_typed_to_copy(cast, way):
    first, *_ = three(cast.maya_now())
    joan = cast.audience(cast.joan, cast.mayas)
    actions.close_goal(by=joan, goal=first, ended_as="reached")

    answer = post(
        browser(cast.maya), f"/me/formulation/goals/{first.pk}/{way}", goal="Two calls a week", by_session="9"
    )

    found = re.findall(
        r'kw-lead">(.*?)</p>|id="typed-title">(.*?)</h2>|kw-words"><p>(.*?)</p>', answer.content.decode()
    )
    why = (
        "This goal was put aside while you were writing."
        " Copy your words, then take the goal up again, or add another one."
    )
    assert (answer.status_code, ["".join(one) for one in found]) == (
        422,
        [why, "Your words, to copy", "Two calls a week", "9"],
    )
    assert [one.goal for one in queries.goals(joan)] == ["Say no once", "Sit with Sam"]
    assert [one.goal for one in queries.past_goals(joan)] == ["One call a week"]


def test_a_goal_put_aside_that_is_somebody_elses_does_not_exist(cast):
    first, *_ = three(cast.maya_now())
    actions.close_goal(by=cast.audience(cast.joan, cast.mayas), goal=first)

    carl = browser(cast.carl)
    answers = [post(carl, f"/me/formulation/goals/{first.pk}/{way}", goal="x") for way in ("", "replace/")]

    assert [answer.status_code for answer in answers] == [404] * 2


@pytest.mark.parametrize(
    "way", ["parts/cycle/", "goals/{goal}/", "goals/{goal}/replace/", "comments/{comment}/"]
)
def test_what_was_typed_as_the_course_ended_is_on_the_page_that_refuses_it(cast, way):
    base, [goal, *_] = shared(cast).base, three(cast.maya_now())
    said = actions.comment(by=cast.maya_now(), section="cycle", kind="fits")
    close(by=cast.audience(cast.joan, cast.mayas), course=cast.mayas, how="completed")

    typed = dict.fromkeys(("cycle", "goal", "answer"), "Two calls a week")
    address = f"/me/formulation/{way.format(goal=goal.pk, comment=said.pk)}"
    answer = post(browser(cast.maya), address, **typed, cycle_base=base)

    page = answer.content.decode()
    assert (answer.status_code, "Two calls a week" in page) == (422, True)
