"""Writing, sharing and signing the shared picture, and the goals that come from it."""

from datetime import date, timedelta

import pytest
from tests.cast import NOW

from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.trail.models import Event
from kithwork.ipt.formulation import State
from kithwork.refusal import Refusal
from kithwork.therapy.course import signing
from kithwork.therapy.course.queries import signatures
from kithwork.therapy.formulation import actions, queries


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def maya(cast):
    return cast.maya_now()


@pytest.fixture
def shared(joan):
    """The cycle is written and shared."""
    actions.write_section(by=joan, section="cycle", text="The less we talk, the lower I get.")
    actions.share(by=joan)


def text(audience, section="cycle"):
    return {one.key: one.text for one in queries.standing(audience).sections}.get(section)


def base(audience, section="cycle"):
    return {one.key: one.words.base for one in queries.standing(audience).sections if one.words}[section]


def newest(audience):
    return queries.find_version(audience, queries.standing(audience).newest.id)


def in_force(audience):
    return queries.find_version(audience, queries.standing(audience).in_force.id)


def agree(joan, maya):
    actions.sign_version(by=joan, version=newest(joan), party="therapist")
    actions.sign_version(by=maya, version=newest(maya), party="client")


def test_a_draft_does_not_exist_for_the_client(joan, maya):
    actions.open_formulation(by=joan)
    actions.write_section(by=joan, section="cycle", text="A first try.")

    assert text(joan) == "A first try."
    assert queries.standing(maya) == queries.Standing(State.DRAFT, None, [])
    assert (queries.find(maya), queries.comments(maya), queries.agreed_wording(maya)) == (None, {}, [])


@pytest.mark.parametrize(
    "act",
    [
        lambda maya: actions.open_formulation(by=maya),
        lambda maya: actions.write_section(by=maya, section="cycle", text="Mine."),
        lambda maya: actions.comment(by=maya, section="cycle", kind="fits"),
        lambda maya: actions.make_version(by=maya),
    ],
)
def test_before_it_is_shared_the_client_is_answered_the_same_with_a_draft_and_without(joan, maya, act):
    answers = []
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            act(maya)
        answers.append((refused.value.code, refused.value.sentence))
        actions.write_section(by=joan, section="people", text="Sam.", base="") if len(answers) == 1 else None

    assert answers[0] == answers[1] == ("not-shared-yet", "You will write this together, around session 4.")


def test_opening_it_twice_gives_the_same_one(joan):
    assert actions.open_formulation(by=joan) == actions.open_formulation(by=joan)


def test_only_staff_share_it_and_only_when_something_is_written(joan, maya):
    actions.open_formulation(by=joan)
    for who in (joan, maya):
        with pytest.raises(Refusal) as refused:
            actions.share(by=who)
        assert refused.value.code == "nothing-here"

    assert queries.standing(joan).shared_at is None


def test_once_shared_both_read_it_and_both_write(joan, maya, shared):
    actions.write_section(
        by=maya, section="cycle", text="The less we talk, the lower I feel.", base=base(maya)
    )

    assert text(joan) == text(maya) == "The less we talk, the lower I feel."
    assert queries.standing(joan).state is State.SHARED


def test_two_editors_lose_neither_text(joan, maya, shared):
    shown = base(maya)
    actions.write_section(by=joan, section="cycle", text="Joan's.", base=base(joan))

    with pytest.raises(Changed) as refused:
        actions.write_section(by=maya, section="cycle", text="Maya's.", base=shown)

    assert (refused.value.yours, refused.value.newest.text, refused.value.newest.base) == (
        "Maya's.", "Joan's.", base(maya),
    )  # fmt: skip
    actions.write_section(by=maya, section="cycle", text="Both.", base=refused.value.newest.base)
    assert text(joan) == "Both."


def test_it_is_agreed_when_both_have_signed_the_newest_wording(joan, maya, shared):
    agree(joan, maya)

    standing = queries.standing(maya)
    assert (standing.state, standing.number, standing.waiting_for) == (State.AGREED, 1, ())
    assert [(one.party, one.name) for one in standing.signatures] in (
        [("therapist", "Joan"), ("client", "Maya")],
        [("client", "Maya"), ("therapist", "Joan")],
    )


def test_an_edit_after_signing_makes_a_version_that_nobody_has_signed(joan, maya, shared):
    agree(joan, maya)

    actions.write_section(by=joan, section="cycle", text="The less we talk, the less I say.", base=base(joan))

    standing = queries.standing(maya)
    assert (standing.state, standing.number, standing.signatures) == (State.REVISED, 2, [])
    assert standing.state.label == "Changed since it was agreed"
    assert (standing.in_force.number, queries.agreed_wording(maya)) == (
        1, [("How it goes round", "The less we talk, the lower I get.")],
    )  # fmt: skip
    assert [one.number for one in queries.signed_versions(maya)] == [1]


def test_a_save_that_changes_nothing_makes_no_version(joan, maya, shared):
    agree(joan, maya)

    actions.write_section(by=joan, section="cycle", text=text(joan), base=base(joan))

    assert (queries.standing(joan).state, queries.standing(joan).number) == (State.AGREED, 1)


def test_a_wording_that_was_replaced_can_no_longer_be_signed(joan, maya, shared):
    older = newest(maya)
    actions.write_section(by=joan, section="people", text="Sam, Leah, Dad.")

    with pytest.raises(Refusal) as refused:
        actions.sign_version(by=maya, version=older, party="client")

    assert (refused.value.code, signatures(joan, "formulation")) == ("not-the-newest-version", [])


def test_staff_read_the_clients_words_inside_a_signed_version(joan, maya, shared):
    actions.write_section(by=maya, section="people", text="Nan, always.")
    agree(joan, maya)
    actions.write_section(by=joan, section="people", text="Nan.", base=base(joan, "people"))

    first = in_force(joan)

    assert queries.wording(joan, first)[0] == ("The people in it", "Nan, always.")
    assert queries.differences(joan, first, newest(joan)) == [
        queries.Difference("The people in it", "Nan, always.", "Nan.")
    ]


def test_a_signature_stands_under_these_words_and_no_others(joan, shared):
    version = newest(joan)
    signature = actions.sign_version(by=joan, version=version, party="therapist")
    texts = queries.texts_of(joan, version)

    assert signing.holds(signature, queries.content_of(1, texts))
    assert not signing.holds(signature, queries.content_of(1, {**texts, "cycle": "Other words."}))


def test_making_a_version_of_the_same_words_gives_the_one_there_is(joan, shared):
    assert actions.make_version(by=joan) == newest(joan)


def test_what_somebody_says_about_a_part_stands_beside_it_until_it_is_talked_about(joan, maya, shared):
    made = actions.comment(by=maya, section="cycle", kind="disagree", text="It began before that.")

    [shown] = queries.comments(joan)["cycle"]
    actions.settle(by=joan, comment=made)

    assert (shown.kind, shown.words.text, shown.by_client) == (
        "I don't agree with this part", "It began before that.", True,
    )  # fmt: skip
    assert queries.comments(joan) == {}


@pytest.mark.parametrize(("section", "kind"), [("secrets", "fits"), ("cycle", "wrong")])
def test_a_comment_names_a_part_and_a_kind_that_exist(maya, shared, section, kind):
    with pytest.raises(Refusal) as refused:
        actions.comment(by=maya, section=section, kind=kind)

    assert refused.value.code == "not-on-the-shelf"


def test_three_goals_are_enough(joan):
    for n in range(3):
        actions.add_goal(by=joan, goal=f"Goal {n}")

    with pytest.raises(Refusal) as refused:
        actions.add_goal(by=joan, goal="A fourth.")

    assert (refused.value.code, [one.goal for one in queries.goals(joan)]) == (
        "too-many-goals", ["Goal 0", "Goal 1", "Goal 2"],
    )  # fmt: skip
    actions.close_goal(by=joan, goal=queries.standing_goals(joan)[0])
    actions.add_goal(by=joan, goal="Another.")
    assert [one.goal for one in queries.goals(joan)] == ["Goal 1", "Goal 2", "Another."]


def test_ratings_are_added_and_rather_not_say_is_not_nought(joan, maya):
    goal = actions.add_goal(by=joan, goal="Say what I need to Sam", by_session=12)
    for days, rating in ((28, 2), (7, None), (0, 4)):
        actions.rate_goal(by=maya, goal=goal, rating=rating, at=NOW - timedelta(days=days))

    [shown] = queries.goals(joan)
    assert (shown.goal, shown.first, shown.latest, shown.by_session) == ("Say what I need to Sam", 2, 4, 12)
    assert shown.ratings == [(date(2025, 2, 18), 2), (date(2025, 3, 11), None), (date(2025, 3, 18), 4)]


@pytest.mark.parametrize("rating", [-1, 11, True])
def test_a_rating_outside_nought_to_ten_is_refused_never_moved(joan, rating):
    goal = actions.add_goal(by=joan, goal="See a friend each week")

    with pytest.raises(Refusal) as refused:
        actions.rate_goal(by=joan, goal=goal, rating=rating)

    assert (refused.value.code, queries.goals(joan)[0].ratings) == ("not-a-rating", [])


def test_each_act_is_one_event(cast, joan, maya):
    chain = Event.objects.filter(chain=cast.mayas.pk)
    before = chain.count()

    actions.write_section(by=joan, section="cycle", text="One.")
    actions.share(by=joan)
    actions.write_section(by=maya, section="cycle", text="Two.", base=base(maya))
    actions.comment(by=maya, section="", kind="fits")
    agree(joan, maya)
    actions.rate_goal(by=maya, goal=actions.add_goal(by=joan, goal="A goal."), rating=3)

    acts = [act for act in chain.order_by("place").values_list("act", flat=True)[before:] if act != "read"]
    assert acts == [
        "formulation.written", "formulation.shared", "formulation.written", "formulation.commented",
        "formulation.signed", "formulation.signed", "formulation.goal_added", "formulation.goal_rated",
    ]  # fmt: skip
