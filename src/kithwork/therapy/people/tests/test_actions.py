"""What may be done with people, and who knows of them."""

from datetime import date, timedelta

import pytest
from tests.cast import NOW

from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.models import Event
from kithwork.ipt.inventory import Ring
from kithwork.refusal import Refusal
from kithwork.therapy.people import actions, queries
from kithwork.therapy.people.models import Placement
from kithwork.therapy.people.picture import Place

TODAY, THEN = date(2025, 3, 18), date(2025, 2, 25)


@pytest.fixture
def maya(cast):
    return cast.maya_now()


@pytest.fixture
def then(cast):
    return cast.maya_now(NOW - timedelta(days=21))


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


def add(by, label="Sam", *, shared=False, **more):
    sharing = Sharing.SHARED if shared else Sharing.JUST_ME
    return actions.add_person(by=by, label=label, sharing=sharing, **more)


def rings(audience, **asked):
    return {disc.label: disc.ring for disc in queries.circles(audience, **asked).discs}


def test_whom_a_client_adds_is_hers_until_she_shares_them(maya, joan):
    sam = add(maya, ring=1)
    assert (queries.labels(joan), rings(joan)) == ({}, {})

    actions.change_person(by=maya, person=sam, details={"sharing": Sharing.SHARED})

    assert (queries.labels(joan), rings(joan)) == ({sam.pk: "Sam"}, {"Sam": 1})


def test_whom_the_two_add_together_both_know(maya, joan):
    sam = add(joan, ring=2)

    assert rings(maya) == rings(joan) == {"Sam": 2}
    assert queries.card(maya, sam).together_in == 1


def test_sharing_somebody_shows_where_they_are_and_not_where_they_were(then, maya, joan):
    sam = add(then, ring=1)
    actions.place(by=maya, person=sam, ring=4)

    actions.change_person(by=maya, person=sam, details={"sharing": Sharing.SHARED})

    assert queries.card(joan, sam).before is None
    assert queries.card(maya, sam).before == Place(Ring.CLOSEST, None, THEN)
    assert rings(joan) == {"Sam": 4}


def test_to_stop_sharing_takes_everything_about_them_back(maya, joan):
    sam = add(maya, shared=True, ring=1)
    actions.write_card(by=maya, person=sam, field="good", text="Funny.", sharing=Sharing.SHARED)

    actions.change_person(by=maya, person=sam, details={"sharing": Sharing.JUST_ME})

    assert queries.everybody(joan) == []
    assert queries.card(maya, sam).words["good"].sharing is Sharing.JUST_ME


def test_words_about_somebody_are_never_more_open_than_the_person(maya):
    sam = add(maya)

    with pytest.raises(Refusal) as refused:
        actions.write_card(by=maya, person=sam, field="good", text="Funny.", sharing=Sharing.SHARED)

    assert refused.value.code == "person-kept"


def test_each_field_of_a_card_has_its_own_readers(maya, joan):
    sam = add(maya, shared=True)
    actions.write_card(by=maya, person=sam, field="good", text="Funny.", sharing=Sharing.SHARED)
    actions.write_card(by=maya, person=sam, field="wish", text="More.", sharing=Sharing.JUST_ME)

    joans = {field: said.text for field, said in queries.card(joan, sam).words.items()}
    assert joans == {"label": "Sam", "good": "Funny."}
    assert queries.card(maya, sam).words["wish"].text == "More."


def test_a_stale_save_of_a_card_keeps_both_texts(maya, joan):
    sam = add(joan)
    actions.write_card(by=joan, person=sam, field="good", text="Kind.")

    with pytest.raises(Changed) as refused:
        actions.write_card(by=maya, person=sam, field="good", text="Funny.", sharing=Sharing.SHARED)

    assert (refused.value.yours, refused.value.newest.text) == ("Funny.", "Kind.")


@pytest.mark.parametrize("label", ["Sam", "sam", "  SAM "])
def test_two_people_of_one_name_need_something_to_tell_them_apart(maya, label):
    add(maya)

    with pytest.raises(Refusal) as refused:
        add(maya, label)

    assert refused.value.code == "label-taken"
    assert "already" in refused.value.sentence


def test_a_name_that_the_client_keeps_is_free_for_her_therapist(maya, joan):
    add(maya)
    add(joan)

    assert list(queries.labels(joan).values()) == ["Sam"]
    assert list(queries.labels(maya).values()) == ["Sam", "Sam"]


def test_somebody_needs_a_name_of_some_kind(maya):
    with pytest.raises(Refusal) as refused:
        add(maya, "  ")

    assert refused.value.code == "label-missing"


def test_placements_are_only_added_and_the_newest_rules(maya):
    sam = add(maya, ring=1)

    actions.place(by=maya, person=sam, ring=3, angle=90)
    actions.place(by=maya, person=sam, ring=None)

    kept = Placement.seen.visible_to(maya).order_by("created_at")
    assert [(row.ring, row.angle) for row in kept] == [(1, None), (3, 90), (None, None)]
    assert [one.label for one in queries.circles(maya).unplaced] == ["Sam"]


def test_the_ghost_stands_where_somebody_was_on_the_last_earlier_day(then, maya):
    sam = add(then, ring=1)
    actions.place(by=maya, person=sam, ring=3)
    actions.place(by=maya, person=sam, ring=2)

    assert queries.card(maya, sam).before == Place(Ring.CLOSEST, None, THEN)
    assert len(queries.circles(maya).ghosts) == 1


def test_without_an_earlier_day_there_is_no_ghost(maya):
    sam = add(maya, ring=1)
    actions.place(by=maya, person=sam, ring=2)

    assert queries.circles(maya).ghosts == ()


def test_a_turn_that_is_not_repeated_is_remembered(then, maya):
    sam = add(then, ring=1, angle=100)
    actions.place(by=maya, person=sam, ring=2)

    assert queries.card(maya, sam).now == Place(Ring.CLOSE, 100, TODAY)


def test_circles_can_be_seen_as_they_stood(then, maya):
    sam = add(then, ring=1)
    actions.place(by=maya, person=sam, ring=3)
    add(maya, "Leah", ring=1)

    assert rings(maya, at=then.now) == {"Sam": 1}
    assert rings(maya) == {"Sam": 3, "Leah": 1}
    assert len(queries.circles(maya, since=then.now).ghosts) == 1


def test_a_wished_ring_is_another_picture_and_never_asked_of_the_dead(maya):
    sam, mum = add(maya, ring=3), add(maya, "Mum", ring=1, state="died", since_year=2023)
    actions.place(by=maya, person=sam, ring=1, view="wished")

    assert rings(maya, view="wished") == {"Sam": 1}
    assert queries.circles(maya, view="wished").unplaced == ()
    with pytest.raises(Refusal) as refused:
        actions.place(by=maya, person=mum, ring=1, view="wished")
    assert refused.value.code == "not-asked"


@pytest.mark.parametrize(
    ("ring", "angle", "view"), [(5, None, "now"), (0, None, "now"), (1, 360, "now"), (1, None, "x")]
)
def test_a_place_that_does_not_exist_is_refused(maya, ring, angle, view):
    sam = add(maya)

    with pytest.raises(Refusal) as refused:
        actions.place(by=maya, person=sam, ring=ring, angle=angle, view=view)

    assert refused.value.code == "not-a-ring"


def test_a_line_is_there_only_for_who_knows_both_ends(maya, joan):
    sam, leah = add(maya, shared=True, ring=1), add(maya, "Leah", ring=2)
    actions.set_line(by=maya, person=sam, other=leah, kind="tense")

    assert (len(queries.circles(maya).lines), len(queries.circles(joan).lines)) == (1, 0)

    actions.change_person(by=maya, person=leah, details={"sharing": Sharing.SHARED})
    assert len(queries.circles(joan).lines) == 1

    actions.set_line(by=maya, person=leah, other=sam, kind="")
    assert len(queries.circles(maya).lines) == 0


def test_somebody_hidden_can_be_shown_again(maya):
    sam = add(maya, ring=1)

    actions.hide(by=maya, person=sam)
    assert (queries.people(maya), [one.label for one in queries.hidden(maya)]) == ([], ["Sam"])

    actions.show_again(by=maya, person=sam)
    assert rings(maya) == {"Sam": 1}


def test_somebody_deleted_is_gone_everywhere(maya, joan):
    sam = add(maya, shared=True, ring=1, line="tense")
    actions.write_card(by=maya, person=sam, field="hard", text="Rows.", sharing=Sharing.JUST_ME)

    actions.delete(by=maya, person=sam)

    for audience in (maya, joan):
        assert (queries.find(audience, sam.pk), queries.labels(audience), rings(audience)) == (None, {}, {})


def test_what_a_client_keeps_about_somebody_survives_her_therapists_delete(maya, joan):
    sam = add(joan, ring=1)
    actions.write_card(by=maya, person=sam, field="hard", text="Rows.", sharing=Sharing.JUST_ME)

    actions.delete(by=joan, person=sam)

    assert queries.find(joan, sam.pk) is None
    assert [(one.label, one.words["hard"].text) for one in queries.everybody(maya)] == [("Someone", "Rows.")]


def test_each_act_leaves_one_mark_on_the_trail(cast, maya):
    before = Event.objects.filter(chain=cast.mayas.pk).count()
    sam = add(maya, ring=1)
    actions.place(by=maya, person=sam, ring=2)
    actions.write_card(by=maya, person=sam, field="good", text="Funny.")
    actions.set_line(by=maya, person=sam, kind="tense")
    actions.hide(by=maya, person=sam)

    marks = Event.objects.filter(chain=cast.mayas.pk).order_by("place")[before:]
    assert [event.act for event in marks] == [
        "people.added", "people.placed", "people.card", "people.line", "people.hidden"
    ]  # fmt: skip
