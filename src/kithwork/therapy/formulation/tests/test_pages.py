"""The shared picture as the two meet it in two browsers."""

import re

from tests.cast import browser

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
