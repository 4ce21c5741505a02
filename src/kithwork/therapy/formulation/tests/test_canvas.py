"""The canvas: what the picture is drawn from, who sees which piece, and where words came from."""

import pytest
from tests.cast import browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.rather_not import RatherNot
from kithwork.therapy.formulation import actions, canvas, queries
from kithwork.therapy.people import actions as people
from kithwork.therapy.story import actions as story

SHARED, KEPT = Sharing.SHARED, Sharing.JUST_ME
KEYS = iter(f"canvas-key-{n:018}" for n in range(1000))


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def maya(cast):
    return cast.maya_now()


@pytest.fixture
def told(maya):
    """What Maya shared, and what she keeps, woven into each other. Gives Sam."""
    sam = people.add_person(by=maya, label="Sam", relation="partner", ring=1, angle=90, sharing=SHARED)
    people.write_card(by=maya, person=sam, field="hard", text="We go quiet for days.", sharing=SHARED)
    people.write_card(by=maya, person=sam, field="wish", text="That he’d ask first.", sharing=KEPT)
    people.write_card(by=maya, person=sam, field="cannot_talk", text=RatherNot(told=True), sharing=SHARED)
    people.add_person(by=maya, label="Kept friend", relation="friend", ring=2, sharing=KEPT)
    for title, sharing in (("Row about money", SHARED), ("The letter I hid", KEPT)):
        story.add_event(by=maya, title=title, when="spring 2024", lane="relationships", sharing=sharing)
    story.set_symptom(by=maya, kind="apart", present="often", sharing=SHARED)
    story.set_cycle_step(by=maya, station="pull_away", my_words="I stop answering.", sharing=SHARED)
    story.weigh(by=maya, area="grief", fits="a_bit", why="I never cried.", sharing=Sharing.LATER)
    return sam


def texts(pieces):
    return {section: [piece.text for piece in found] for section, found in pieces.items()}


def post(page, address, **fields):
    return page.post(address, {"key": next(KEYS), **fields})


def test_both_are_offered_what_is_shared_and_nothing_else(joan, maya, told):
    shared = {
        "symptoms": ["I keep away from people: often"],
        "events": ["Row about money (spring 2024)"],
        "people": ["Sam (closest)", "Sam. What is hard: We go quiet for days."],
        "cycle": ["I pull away: I stop answering."],
    }

    assert (texts(canvas.seed(joan)), texts(canvas.seed(maya))) == (shared, shared)


def test_what_she_keeps_is_gathered_for_her_alone(joan, maya, told):
    assert texts(canvas.kept(maya)) == {
        "events": ["The letter I hid (spring 2024)"],
        "people": ["Kept friend (close)"],
        "focus": ["Grief and loss (a bit): I never cried."],
        "goals": ["Sam. What I wish: That he’d ask first."],
    }
    assert canvas.kept(joan) == {}


def test_a_place_that_she_keeps_is_in_nobodys_seed(joan, maya, told):
    from kithwork.therapy.people.models import Placement

    people.place(by=maya, person=told, ring=4)
    Placement.seen.visible_to(maya).filter(person=told, ring=4).update(sharing=KEPT)

    assert texts(canvas.seed(maya))["people"][0] == texts(canvas.seed(joan))["people"][0] == "Sam (closest)"


def test_our_goals_are_pieces_too(joan, told):
    actions.add_goal(by=joan, goal="Say it sooner.")

    assert texts(canvas.seed(joan))["goals"] == ["Say it sooner."]


def test_pieces_go_below_the_words_and_say_where_they_came_from(joan, maya, told):
    pieces = canvas.seed(joan)["people"]
    actions.write_section(by=joan, section="people", text="The two of you.", pieces=pieces[1:])
    actions.share(by=joan)

    section = next(one for one in queries.standing(maya).sections if one.key == "people")
    assert section.text == "The two of you.\nSam. What is hard: We go quiet for days."
    assert texts(canvas.came_from(maya)) == texts(canvas.came_from(joan)) == {"people": [pieces[1].text]}


def test_where_words_came_from_is_gone_once_she_takes_that_back(joan, maya, told):
    actions.write_section(by=joan, section="people", text="", pieces=canvas.seed(joan)["people"][1:])
    before = texts(canvas.came_from(joan))

    people.write_card(by=maya, person=told, field="hard", text="We go quiet for days.", sharing=KEPT,
                      base=people_base(maya, told, "hard"))  # fmt: skip

    assert (bool(before), canvas.came_from(joan)) == (True, {})


def people_base(audience, person, field):
    from kithwork.foundation.passages.queries import read

    return read(audience, person)[field].base


def test_of_a_kept_piece_only_the_words_go_in_and_only_when_she_puts_them_there(cast, joan, maya, told):
    actions.write_section(by=joan, section="events", text="A long winter.")
    actions.share(by=joan)
    page, hers = browser(cast.maya), canvas.kept(maya)["events"][0]
    plain = page.get("/me/formulation/write/").content.decode()
    asked = page.get("/me/formulation/write/?mine=on").content.decode()
    base = next(one for one in queries.standing(maya).sections if one.key == "events").words.base

    saved = post(page, "/me/formulation/parts/events/", events="A long winter.", events_base=base,
                 kept=hers.key, then="write")  # fmt: skip

    theirs = browser(cast.joan).get(f"/course/{cast.mayas.pk}/formulation/").content.decode()
    assert ("The letter I hid" in plain, "The letter I hid" in asked) == (False, True)
    assert saved["Location"].startswith("/me/formulation/write/")
    assert ("A long winter.\nThe letter I hid (spring 2024)" in theirs, canvas.came_from(joan)) == (True, {})
    assert (
        "The letter I hid" not in browser(cast.joan).get(f"/course/{cast.mayas.pk}/story/").content.decode()
    )


def test_staff_cannot_ask_for_what_she_keeps(cast, joan, maya, told):
    hers = canvas.kept(maya)["events"][0]
    page, base = browser(cast.joan), f"/course/{cast.mayas.pk}/formulation/"
    asked = page.get(f"{base}write/?mine=on").content.decode()

    answers = [
        post(page, f"{base}parts/events/", events="", **{name: hers.key}) for name in ("kept", "pieces")
    ]

    assert "The letter I hid" not in asked
    assert "Row about money" in asked
    assert [answer.status_code for answer in answers] == [422, 422]
    assert "The letter I hid" not in answers[0].content.decode()


def test_a_piece_that_is_in_the_words_is_not_put_there_twice(joan, told):
    [piece] = canvas.seed(joan)["events"]
    first = actions.write_section(by=joan, section="events", text="", pieces=[piece])

    actions.write_section(by=joan, section="events", text=first.text, base=first.base, pieces=[piece])

    assert next(one for one in queries.standing(joan).sections if one.key == "events").text == piece.text


def test_a_stale_save_keeps_what_was_ticked_beside_both_texts(cast, joan, maya, told):
    begun = actions.write_section(by=joan, section="people", text="Two of you.")
    piece, where = canvas.seed(joan)["people"][0], f"/course/{cast.mayas.pk}/formulation/parts/people/"
    actions.write_section(by=joan, section="people", text="Two of us.", base=begun.base)
    mine = {"people": "All of us.", "people_base": begun.base, "pieces": piece.key, "then": "write"}

    refused = post(browser(cast.joan), where, **mine)

    page = refused.content.decode()
    assert refused.status_code == 409
    assert ("Two of us." in page, "All of us." in page) == (True, True)
    assert f'value="{piece.key}" checked' in page
    assert 'name="then" value="write"' in page
