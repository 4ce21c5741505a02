"""Two moments laid over each other, and what stood on a card before."""

import re
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.inventory import Ring
from kithwork.refusal import Refusal
from kithwork.therapy.people import actions, queries
from kithwork.therapy.people.looking_back import past_of
from kithwork.therapy.people.moments import find_moment, moments, what_moved

SHARED, SOON = Sharing.SHARED, timedelta(minutes=1)


@pytest.fixture
def then(cast):
    return cast.maya_now(NOW - timedelta(days=21))


@pytest.fixture
def between(cast):
    return cast.maya_now(NOW - timedelta(days=7))


@pytest.fixture
def maya(cast):
    return cast.maya_now()


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def story(then, between, maya):
    """Sam goes further away, Leah comes closer, Nan is off again, Dad stays; a moment is kept between."""
    people: dict[str, Any] = {name: actions.add_person(by=then, label=name, ring=ring, sharing=SHARED)
              for name, ring in (("Sam", 1), ("Leah", 3), ("Nan", 2), ("Dad", 2))}  # fmt: skip
    actions.place(by=between, person=people["Sam"], ring=2)
    people["kept"] = actions.take_snapshot(by=between, session=3, sharing=SHARED)
    actions.place(by=maya, person=people["Sam"], ring=4)
    actions.place(by=maya, person=people["Leah"], ring=1)
    actions.place(by=maya, person=people["Nan"], ring=None)
    actions.add_person(by=maya, label="Ruth", ring=3, sharing=SHARED)
    return people


def test_what_moved_is_said_in_sentences_that_take_nobodys_side(maya, then, story):
    assert [one.words for one in what_moved(maya, since=then.now + SOON, until=None)] == [
        "Sam moved further away, from Closest to Distant.",
        "Leah moved closer, from Further away to Closest.",
        "Nan was in Close, and is off the circles now.",
        "Ruth is on the circles now, in Further away.",
    ]


def test_any_two_moments_can_be_laid_over_each_other(maya, then, story):
    kept = find_moment(maya, story["kept"].pk)

    assert [one.words for one in what_moved(maya, since=then.now + SOON, until=kept.at)] == [
        "Sam moved further away, from Closest to Close."
    ]
    assert len(queries.circles(maya, at=kept.at, since=then.now + SOON).ghosts) == 1


def test_whom_the_client_keeps_is_not_printed_by_accident(cast, then, story):
    leah, page = story["Leah"], browser(cast.maya)
    actions.change_person(by=cast.maya_now(), person=leah, details={"sharing": Sharing.JUST_ME})

    html = page.get("/me/people/circles/?since=2025-02-25").content.decode()

    assert re.search(r'data-kw-private data-kw="person" data-person="[^"]+" data-name="Leah"', html)
    assert re.search(r"<li data-kw-private>Leah moved closer", html)
    assert re.search(r"<li>Sam moved further away", html)


def test_a_kept_moment_is_named_by_its_session_and_day(cast, maya, story):
    assert moments(maya, today=NOW.date()) == [
        (story["kept"].pk, "Session 3, 11 March 2025"),
        ("2025-03-11", "11 March 2025"),
        ("2025-02-25", "25 February 2025"),
    ]


def test_a_moment_that_the_client_keeps_is_not_there_for_staff(maya, joan, story):
    mine = actions.take_snapshot(by=maya)

    assert find_moment(maya, mine.pk) is not None
    assert find_moment(joan, mine.pk) is None
    assert next(key for key, _ in moments(joan, today=NOW.date())) == story["kept"].pk


def test_the_page_shows_an_earlier_picture_and_what_moved_since(cast, story):
    page = browser(cast.maya)
    address = f"/me/people/circles/?until={story['kept'].pk}&since=2025-02-25"

    html = page.get(address).content.decode()

    assert "Sam moved further away, from Closest to Close." in html
    assert 'data-name="Sam" data-ring="2"' in html
    assert 'name="ring"' not in html  # what has been is not moved
    assert page.get("/me/people/circles/?since=nonsense&until=2025-13-90").status_code == 200


def test_circles_are_kept_by_a_press(cast, story):
    page = browser(cast.maya)

    answer = page.post("/me/people/circles/snapshot/", {"key": "s" * 24, "sharing": "shared"})

    assert answer.status_code == 302
    names = [name for _, name in moments(cast.audience(cast.joan, cast.mayas), today=NOW.date())]
    assert names[0] == "Kept on 18 March 2025"


def test_what_stood_before_is_shown_only_once_the_client_chose_to_see_it(cast, maya, joan, story):
    sam = story["Sam"]
    actions.write_card(by=maya, person=sam, field="hard", text="Rows.", sharing=SHARED)
    base = queries.card(maya, sam).words["hard"].base
    actions.write_card(by=maya, person=sam, field="hard", text="Silence.", sharing=SHARED, base=base)
    assert past_of(maya, sam, queries.card(maya, sam)) is None

    actions.look_back(by=maya, person=sam, how="me")

    past = past_of(maya, sam, queries.card(maya, sam))
    assert [place.ring for place in past.places] == [Ring.DISTANT, Ring.CLOSE, Ring.CLOSEST]
    assert [(one.prompt, [said.text for said in one.words]) for one in past.words] == [
        ("What is hard", ["Rows."])
    ]
    assert past_of(joan, sam, queries.card(joan, sam)) is None


def test_shown_to_both_the_therapist_sees_earlier_places_and_no_earlier_words(maya, joan, story):
    sam = story["Sam"]
    actions.write_card(by=maya, person=sam, field="hard", text="Rows.", sharing=SHARED)
    base = queries.card(maya, sam).words["hard"].base
    actions.write_card(by=maya, person=sam, field="hard", text="Silence.", sharing=SHARED, base=base)

    actions.look_back(by=maya, person=sam, how="both")

    past = past_of(joan, sam, queries.card(joan, sam))
    assert (past.places[0].ring, past.words) == (Ring.DISTANT, ())


def test_looking_back_is_the_clients_own_choice(joan, story):
    with pytest.raises(Refusal) as refused:
        actions.look_back(by=joan, person=story["Sam"], how="both")

    assert refused.value.code == "not-yours"


def test_the_choice_is_made_on_the_card(cast, story):
    page, address = browser(cast.maya), f"/me/people/{story['Sam'].pk}/"
    assert "11 March 2025: Close" not in page.get(address).content.decode()

    assert page.post(f"{address}before/", {"key": "b" * 24, "how": "me"}).status_code == 302

    assert "11 March 2025: Close" in page.get(address).content.decode()
    assert "11 March 2025: Close" not in browser(cast.joan).get(
        f"/course/{cast.mayas.pk}/people/{story['Sam'].pk}/"
    ).content.decode()  # fmt: skip
