"""The people's pages as somebody meets them in a browser."""

import re
from datetime import timedelta
from itertools import count

import pytest
from tests.cast import NOW, browser
from tests.forms_of import forms_of

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.inventory import card_fields
from kithwork.therapy.people import actions, queries, svg

KEYS = count()
PAGES = ("people/", "people/circles/", "people/circles/?view=wished")


def key():
    return f"{next(KEYS):024d}"


def post(page, address, **fields):
    return page.post(address, {"key": key(), **fields})


def circles(page, base="/me/"):
    """Each person with their ring, as the page's hooks say."""
    html = page.get(f"{base}people/circles/").content.decode()
    return dict(re.findall(r'data-name="([^"]+)" data-ring="([^"]+)"', html))


@pytest.fixture
def maya(cast):
    return browser(cast.maya)


@pytest.fixture
def sam(cast):
    return actions.add_person(by=cast.maya_now(), label="Sam", ring=1, sharing=Sharing.SHARED)


def test_somebody_is_added_and_found_on_the_circles(cast, maya):
    answer = post(maya, "/me/people/", label="Sam", relation="partner", ring="2")

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/me/people/circles/")
    assert circles(maya) == {"Sam": "2"}
    assert b"Sam" in maya.get("/me/people/").content


def test_somebody_left_off_waits_beside_the_circles(cast, maya):
    post(maya, "/me/people/", label="Nan", ring="off")

    assert circles(maya) == {"Nan": "off"}


def test_without_a_choice_somebody_is_just_hers(cast, maya):
    post(maya, "/me/people/", label="Sam", ring="1")

    assert circles(browser(cast.joan), f"/course/{cast.mayas.pk}/") == {}


def test_her_usual_answer_is_taken_when_she_gives_none(cast, maya):
    client = cast.mayas.client
    client.usual_sharing = "shared"
    client.save()

    post(maya, "/me/people/", label="Sam", ring="1")

    assert circles(browser(cast.joan), f"/course/{cast.mayas.pk}/") == {"Sam": "1"}


def test_the_same_name_again_gets_a_friendly_note_and_loses_nothing(cast, maya, sam):
    answer = post(maya, "/me/people/", label="sam", ring="3")

    assert answer.status_code == 422
    assert "You have a Sam already. Add something to tell them apart." in answer.content.decode()
    assert 'value="sam"' in answer.content.decode()
    assert circles(maya) == {"Sam": "1"}


def test_somebody_is_placed_by_the_plain_form(cast, maya, sam):
    answer = post(maya, f"/me/people/{sam.pk}/place/", ring="3", angle="200", view="now")

    assert (answer.status_code, circles(maya)) == (302, {"Sam": "3"})
    post(maya, f"/me/people/{sam.pk}/place/", ring="off", angle="", view="now")
    assert circles(maya) == {"Sam": "off"}


def test_an_angle_alone_turns_somebody_where_they_are(cast, maya, sam):
    post(maya, f"/me/people/{sam.pk}/place/", angle="75")

    place = queries.card(cast.maya_now(), sam).now
    assert (place.ring, place.angle) == (1, 75)


@pytest.mark.parametrize("fields", [{"ring": "7"}, {"ring": "x"}, {"ring": "1", "angle": "360"}, {}])
def test_a_place_that_does_not_exist_is_refused_on_the_page(cast, maya, sam, fields):
    answer = post(maya, f"/me/people/{sam.pk}/place/", **fields)

    assert (answer.status_code, circles(maya)) == (422, {"Sam": "1"})


def test_the_circles_ask_about_these_days(cast, maya, sam):
    page = maya.get(f"/me/people/circles/?person={sam.pk}").content.decode()

    assert "How close does Sam feel these days?" in page
    assert "today" not in page.split("<main")[1].split("</main>")[0].lower()


def test_of_the_dead_neither_a_change_nor_a_wish_is_asked(cast, maya):
    mum = actions.add_person(by=cast.maya_now(), label="Mum", ring=1, state="died", since_year=2023)

    page = maya.get(f"/me/people/circles/?person={mum.pk}").content.decode()
    wished = maya.get(f"/me/people/circles/?person={mum.pk}&view=wished").content.decode()

    assert ("disc--died" in page, "What changed?" in page) == (True, False)
    assert ('name="ring"' in wished, 'data-name="Mum"' in wished) == (False, False)


def test_a_card_keeps_each_field_with_its_own_readers(cast, maya, sam):
    answer = post(
        maya,
        f"/me/people/{sam.pk}/",
        good="Funny.",
        good_sharing="shared",
        wish="More.",
        wish_sharing="just-me",
    )

    joans = browser(cast.joan).get(f"/course/{cast.mayas.pk}/people/{sam.pk}/").content.decode()
    assert answer.status_code == 302
    assert ("Funny." in joans, "More." in joans) == (True, False)


def test_a_card_that_somebody_changed_meanwhile_shows_both_texts(cast, maya, sam):
    joan = cast.audience(cast.joan, cast.mayas)
    actions.write_card(by=joan, person=sam, field="good", text="Kind.")

    answer = post(maya, f"/me/people/{sam.pk}/", good="Funny.", good_sharing="shared", good_base="")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Kind." in page
    assert "Funny." in page
    base = re.search(r'name="good_base"[^>]*value="([^"]+)"', page)
    assert base is not None
    again = post(maya, f"/me/people/{sam.pk}/", good="Funny.", good_sharing="shared", good_base=base[1])
    assert again.status_code == 302
    assert queries.card(joan, sam).words["good"].text == "Funny."


def test_what_a_post_does_not_name_stays_as_it_is(cast, maya, sam):
    post(maya, f"/me/people/{sam.pk}/", state="lost_touch")

    [card] = queries.everybody(cast.maya_now())
    assert (card.label, card.state, card.sharing) == ("Sam", "lost_touch", Sharing.SHARED)


def test_hide_and_delete(cast, maya, sam):
    post(maya, f"/me/people/{sam.pk}/remove/", how="hide")
    assert circles(maya) == {}
    post(maya, f"/me/people/{sam.pk}/show/")
    assert circles(maya) == {"Sam": "1"}
    post(maya, f"/me/people/{sam.pk}/remove/", how="delete")
    assert maya.get(f"/me/people/{sam.pk}/").status_code == 404


def still(page, address):
    """A page without what is new each time: the token and the forms' keys."""
    html = page.get(address).content.decode()
    return re.sub(r'(csrfmiddlewaretoken|key)" value="[^"]*"', "", html)


@pytest.mark.parametrize("address", PAGES)
def test_staff_pages_stay_the_same_when_a_client_keeps_people(cast, sam, address):
    joan, maya = browser(cast.joan), cast.maya_now()
    address = f"/course/{cast.mayas.pk}/{address}"
    before = still(joan, address)

    alex = actions.add_person(by=maya, label="Alex", ring=1, angle=320, relation="partner")
    actions.add_person(by=maya, label="Bo", sharing=Sharing.LATER)
    actions.set_line(by=maya, person=alex, other=sam, kind="tense")
    actions.write_card(by=maya, person=sam, field="hard", text="Mine alone.")
    actions.place(by=maya, person=alex, ring=2, view="wished")

    assert still(joan, address) == before


def test_somebody_who_is_kept_does_not_exist_for_staff(cast):
    kept = actions.add_person(by=cast.maya_now(), label="Alex")
    joan, base = browser(cast.joan), f"/course/{cast.mayas.pk}/people/"

    kepts, nobodys = joan.get(f"{base}{kept.pk}/"), joan.get(f"{base}AAAAAAAAAAAAAAAAAAAAAA/")

    assert (kepts.status_code, kepts.content) == (404, nobodys.content)
    assert post(joan, f"{base}{kept.pk}/place/", ring="1").status_code == 404


def test_after_the_end_circles_are_there_to_read(cast, maya, sam):
    course = cast.mayas
    course.state = "ended"
    course.save()

    page = maya.get(f"/me/people/circles/?person={sam.pk}").content.decode()

    assert ('data-name="Sam"' in page, 'name="ring"' in page) == (True, False)
    assert post(maya, f"/me/people/{sam.pk}/place/", ring="2").status_code == 422
    assert maya.get(f"/me/people/{sam.pk}/").status_code == 200


def test_other_rooms_show_the_circles_as_a_picture_in_words_and_lines(cast, sam):
    drawn = queries.circles(cast.maya_now())

    picture = svg.drawn(drawn)

    assert 'role="img" aria-label="Closeness circles. Closest: Sam."' in picture
    assert ("<a " in picture, "style=" in picture) == (False, False)


def test_circles_can_be_laid_over_an_earlier_day(cast, maya):
    then = cast.maya_now(NOW - timedelta(days=21))
    sam = actions.add_person(by=then, label="Sam", ring=1)
    actions.place(by=cast.maya_now(), person=sam, ring=4)

    page = maya.get("/me/people/circles/?since=2025-02-25").content.decode()

    assert ('class="ghost"' in page, '<option value="2025-02-25" selected>' in page) == (True, True)
    assert maya.get("/me/people/circles/?since=2025-02-99").status_code == 200


def test_a_line_to_nobody_is_refused_and_changes_no_line(cast, maya, sam):
    actions.change_person(by=cast.maya_now(), person=sam, details={"line": "supports"})
    leah = actions.add_person(by=cast.maya_now(), label="Leah", sharing=Sharing.SHARED)
    actions.set_line(by=cast.maya_now(), person=sam, other=leah, kind="tense")

    for fields in ({"other": "", "kind": ""}, {"other": "", "kind": "tense"}, {"kind": "tense"}):
        answer = post(maya, f"/me/people/{sam.pk}/line/", **fields)
        assert answer.status_code == 422
        assert "Choose somebody to draw the line to." in answer.content.decode()

    [line] = queries.lines_of(cast.maya_now(), sam)
    assert (queries.find(cast.maya_now(), sam.pk).line, line.label, line.kind) == (
        "supports",
        "Leah",
        "tense",
    )


def test_the_line_between_her_and_somebody_is_changed_on_the_card_itself(cast, maya, sam):
    actions.change_person(by=cast.maya_now(), person=sam, details={"line": "supports"})

    post(maya, f"/me/people/{sam.pk}/", line="tense")
    assert queries.find(cast.maya_now(), sam.pk).line == "tense"
    post(maya, f"/me/people/{sam.pk}/", line="")

    assert queries.find(cast.maya_now(), sam.pk).line == ""


def both_said(cast, sam, staff_says):
    """Her own words, and beside them what staff wrote of the same later."""
    joan, hers = cast.audience(cast.joan, cast.mayas), cast.maya_now()
    actions.write_card(by=hers, person=sam, field="hard", text="Mine alone.", sharing=Sharing.JUST_ME)
    actions.write_card(by=joan, person=sam, field="hard", text="First.")
    base = queries.card(joan, sam).words["hard"].base
    actions.write_card(by=joan, person=sam, field="hard", text=staff_says, base=base)


@pytest.mark.parametrize("staff_says", ["Ours.", ""])
def test_saving_another_field_leaves_both_texts_where_two_stand(cast, maya, sam, staff_says):
    both_said(cast, sam, staff_says)
    address = f"/me/people/{sam.pk}/"
    [form] = [one for one in forms_of(maya.get(address).content.decode(), address) if "good" in one.names]

    answer = maya.post(address, form.sends | {"good": "Funny."})

    words = queries.card(cast.maya_now(), sam).words
    assert (answer.status_code, words["good"].text) == (302, "Funny.")
    assert (words["hard"].text, [one.text for one in words["hard"].also]) == (staff_says, ["Mine alone."])


@pytest.mark.parametrize("staff_says", ["Ours.", ""])
def test_after_the_end_her_own_words_beside_shared_ones_are_there_for_her_alone(cast, maya, sam, staff_says):
    both_said(cast, sam, staff_says)
    cast.mayas.state = "ended"
    cast.mayas.save()

    shown = [
        page.get(f"{at}people/{sam.pk}/").content.decode()
        for page, at in ((maya, "/me/"), (browser(cast.joan), f"/course/{cast.mayas.pk}/"))
    ]

    assert ["Mine alone." in page for page in shown] == [True, False]
    assert [bool(staff_says) and staff_says in page for page in shown] == [bool(staff_says)] * 2


def test_what_stands_beside_chips_is_read_by_its_labels(cast, maya, sam):
    joan = cast.audience(cast.joan, cast.mayas)
    actions.write_card(by=cast.maya_now(), person=sam, field="turn_to", text="practical")
    actions.write_card(by=joan, person=sam, field="turn_to", text="company")
    cast.mayas.state = "ended"
    cast.mayas.save()

    page = maya.get(f"/me/people/{sam.pk}/").content.decode()

    labels = [card_fields["turn_to"].shown(key) for key in ("company", "practical")]
    assert [label in page for label in labels] == [True, True]
