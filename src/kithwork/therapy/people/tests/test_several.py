"""Several people in one act: everybody who comes to mind, and the table for the desk."""

import re
from datetime import timedelta
from itertools import count

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.models import Event
from kithwork.ipt.inventory import Ring
from kithwork.refusal import Refusal
from kithwork.therapy.people import actions, queries
from kithwork.therapy.people.moments import find_moment

KEYS = count(5000)


def post(page, address, **fields):
    return page.post(address, {"key": f"{next(KEYS):024d}", **fields})


def names(audience):
    return list(queries.labels(audience).values())


@pytest.fixture
def maya(cast):
    return browser(cast.maya)


@pytest.fixture
def sam(cast):
    by = cast.maya_now()
    person = actions.add_person(by=by, label="Sam", ring=1, sharing=Sharing.SHARED)
    actions.write_card(by=by, person=person, field="good", text="Funny.", sharing=Sharing.SHARED)
    return person


def test_all_who_come_to_mind_are_added_in_one_act(cast, maya):
    before = Event.objects.filter(chain=cast.mayas.pk).count()

    answer = post(maya, "/me/people/several/", labels="Sam\n\n  Old   Tom \nL.", ring="2")

    assert answer.status_code == 302
    people = queries.everybody(cast.maya_now())
    assert [(one.label, one.ring) for one in people] == [("Sam", 2), ("Old Tom", 2), ("L.", 2)]
    [event] = Event.objects.filter(chain=cast.mayas.pk).order_by("place")[before:]
    assert (event.act, event.count) == ("people.added", 3)


def test_one_name_that_is_taken_adds_nobody_yet_and_loses_nothing(cast, maya, sam):
    answer = post(maya, "/me/people/several/", labels="Leah\nSAM\nDad")

    page = answer.content.decode()
    assert (answer.status_code, names(cast.maya_now())) == (422, ["Sam"])
    assert "You have a Sam already. Add something to tell them apart." in page
    assert "Leah\nSAM\nDad" in page


def test_two_of_one_name_in_one_list_need_something_to_tell_them_apart(cast):
    with pytest.raises(Refusal) as refused:
        actions.add_people(by=cast.maya_now(), labels=["Tom", "tom"])

    assert refused.value.code == "label-taken"
    assert names(cast.maya_now()) == []


@pytest.mark.parametrize(("labels", "code"), [([" "], "label-missing"), (["x"] * 61, "too-many")])
def test_nobody_and_too_many_get_a_sentence(cast, labels, code):
    with pytest.raises(Refusal) as refused:
        actions.add_people(by=cast.maya_now(), labels=labels)

    assert refused.value.code == code


def table(page, address="/me/people/table/"):
    """What the table's form would send if nobody touched it."""
    html = page.get(address).content.decode()
    form = re.search(r"<form[^>]*data-kw-table.*?</form>", html, re.DOTALL)
    assert form is not None
    inputs = re.findall(r'<input type="(?:text|hidden)" name="([^"]+)"(?: value="([^"]*)")?', form[0])
    texts = re.findall(r'<textarea name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', form[0])
    chosen = re.findall(r'<select name="([^"]+)".*?<option value="([^"]+)" selected', form[0], re.DOTALL)
    return {**dict(inputs), **dict(texts), **dict(chosen), "key": f"{next(KEYS):024d}"}


def test_the_table_saves_what_was_touched_and_adds_whoever_has_a_name(cast, maya, sam):
    fields = table(maya)

    fields |= {f"{sam.pk}_ring": "3", f"{sam.pk}_hard": "Rows.", "new1_label": "Leah", "new1_good": "Comes."}
    answer = maya.post("/me/people/table/", fields)

    assert answer.status_code == 302, answer.content.decode()
    shown = {one.label: one for one in queries.everybody(cast.maya_now())}
    assert {
        name: (one.ring, {f: said.text for f, said in one.words.items()}) for name, one in shown.items()
    } == {
        "Sam": (Ring.FURTHER_AWAY, {"label": "Sam", "good": "Funny.", "hard": "Rows."}),
        "Leah": (None, {"label": "Leah", "good": "Comes."}),
    }
    # New words are for whom she usually writes, which she has not been asked yet; what was shared stays so.
    assert (shown["Sam"].words["hard"].sharing, shown["Sam"].words["good"].sharing) == ("just-me", "shared")


def test_a_table_that_nobody_touched_changes_nothing(cast, maya, sam):
    fields = table(maya)
    before = Event.objects.filter(chain=cast.mayas.pk).count()

    assert maya.post("/me/people/table/", fields).status_code == 302

    assert Event.objects.filter(chain=cast.mayas.pk).count() == before


def test_a_cell_that_nobody_touched_never_stands_against_somebody_else(cast, maya, sam):
    fields = table(maya)
    words = queries.card(cast.audience(cast.joan, cast.mayas), sam).words["good"]
    joan = cast.audience(cast.joan, cast.mayas)
    actions.write_card(by=joan, person=sam, field="good", text="Kind, and funny.", base=words.base)

    answer = maya.post("/me/people/table/", {**fields, f"{sam.pk}_hard": "Rows."})

    said = {field: one.text for field, one in queries.card(cast.maya_now(), sam).words.items()}
    assert answer.status_code == 302
    assert (said["good"], said["hard"]) == ("Kind, and funny.", "Rows.")


def test_two_texts_in_one_cell_are_both_shown_and_no_row_is_saved_yet(cast, maya, sam):
    fields = table(maya)
    joan = cast.audience(cast.joan, cast.mayas)
    base = queries.card(joan, sam).words["good"].base
    actions.write_card(by=joan, person=sam, field="good", text="Kind.", base=base)
    fields |= {f"{sam.pk}_good": "Very funny.", "new1_label": "Leah"}

    answer = maya.post("/me/people/table/", fields)

    page = answer.content.decode()
    assert (answer.status_code, names(cast.maya_now())) == (409, ["Sam"])
    assert ("Kind." in page, "Very funny." in page, 'value="Leah"' in page) == (True, True, True)
    again = dict(re.findall(r'<input type="hidden" name="([^"]+_base)" value="([^"]*)"', page))
    assert maya.post("/me/people/table/", {**fields, **again, "key": "k" * 24}).status_code == 302
    assert names(cast.maya_now()) == ["Sam", "Leah"]
    assert queries.card(joan, sam).words["good"].text == "Very funny."


def test_a_row_without_a_name_is_asked_for_one_and_keeps_its_words(cast, maya):
    answer = maya.post(
        "/me/people/table/", {**table(maya), "new2_hard": "Never rings.", "new1_label": "Leah"}
    )

    page = answer.content.decode()
    assert (answer.status_code, names(cast.maya_now())) == (422, [])
    assert "Give them a name, an initial or a nickname." in page
    assert ("Never rings." in page, 'value="Leah"' in page) == (True, True)


def test_words_about_somebody_whom_the_client_keeps_are_kept_with_them(cast, maya):
    actions.add_person(by=cast.maya_now(), label="Alex")
    [alex] = queries.people(cast.maya_now())

    maya.post("/me/people/table/", {**table(maya), f"{alex.pk}_good": "Near.", "words_sharing": "shared"})

    assert queries.card(cast.maya_now(), alex).words["good"].sharing == "just-me"


def test_at_the_desk_the_therapist_fills_in_the_table_while_the_client_talks(cast, sam):
    joan, address = browser(cast.joan), f"/course/{cast.mayas.pk}/people/table/"

    answer = joan.post(address, {**table(joan, address), f"{sam.pk}_hard": "Rows.", "new1_label": "Leah"})

    assert answer.status_code == 302
    shown = queries.everybody(cast.maya_now())
    assert [(one.label, one.sharing) for one in shown] == [("Sam", "shared"), ("Leah", "shared")]
    assert (shown[0].words["hard"].sharing, shown[0].words["hard"].together_in) == ("shared", 1)


def test_the_table_shows_staff_nobody_who_is_kept(cast, sam):
    joan, address = browser(cast.joan), f"/course/{cast.mayas.pk}/people/table/"
    before = table(joan, address)
    actions.add_person(by=cast.maya_now(), label="Alex", ring=1)
    actions.write_card(by=cast.maya_now(), person=sam, field="wish", text="Mine alone.")

    after = table(joan, address)

    new_each_time = {"key": "", "csrfmiddlewaretoken": ""}
    assert after | new_each_time == before | new_each_time
    assert len(table(browser(cast.maya))) > len(after)


def test_all_who_were_added_at_once_stand_on_that_days_picture(cast):
    earlier = cast.maya_now(NOW - timedelta(days=7))
    actions.add_people(by=earlier, labels=["Sam", "Leah", "Dad"], ring=1)

    day = find_moment(cast.maya_now(), "2025-03-11")

    drawn = queries.circles(cast.maya_now(), at=day.at)
    assert [disc.label for disc in drawn.discs] == ["Sam", "Leah", "Dad"]
