"""How it goes round, made one's own: names, order, steps, examples, earlier pictures."""

from datetime import timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt import cycle_steps
from kithwork.ipt.cycle_steps import TooFewSteps, TooManySteps
from kithwork.refusal import Refusal
from kithwork.therapy.story import actions, queries
from kithwork.therapy.story.models import CycleVersion

KEY = "k" * 24
FOUR = ["My mood drops", "I pull away", "Others step back", "I take it as proof I've failed"]


@pytest.fixture
def maya(cast):
    return cast.maya_now()


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


def labels(by):
    return [step.label for step in queries.cycle(by)]


def base(by, station, field):
    step = next(one for one in queries.cycle(by) if one.key == station)
    return {field: step.words[field].base}


def test_a_renamed_step_is_hers_until_she_shares_it(maya, joan):
    actions.set_cycle_step(by=maya, station="pull_away", name="I go quiet")
    assert (labels(maya)[1], labels(joan)) == ("I go quiet", FOUR)

    actions.set_cycle_step(
        by=maya,
        station="pull_away",
        name="I go quiet",
        sharing=Sharing.SHARED,
        bases=base(maya, "pull_away", "name"),
    )
    assert labels(joan)[1] == "I go quiet"


def test_our_own_name_for_a_step_is_not_kept_as_hers(maya):
    actions.set_cycle_step(by=maya, station="pull_away", name="I pull away", answer="often")

    assert "name" not in queries.cycle(maya)[1].words


def test_a_step_of_her_own_comes_last_and_can_be_moved(maya, joan):
    step = actions.add_step(by=maya, name="I scroll all night")
    assert labels(maya) == [*FOUR, "I scroll all night"]

    actions.move_step(by=maya, station=step.station, places=-3)

    assert labels(maya) == [FOUR[0], "I scroll all night", *FOUR[1:]]
    assert labels(joan) == FOUR


def test_an_order_is_hers_until_she_shares_it(maya, joan):
    actions.move_step(by=maya, station="mood_drops", places=1)
    assert (labels(maya)[:2], labels(joan)[:2]) == (["I pull away", "My mood drops"], FOUR[:2])

    actions.share_order(by=maya, sharing=Sharing.SHARED)
    assert labels(joan)[:2] == ["I pull away", "My mood drops"]


def test_a_step_left_out_keeps_its_words_and_comes_back(maya):
    actions.set_cycle_step(by=maya, station="take_as_proof", my_words="It is me.")

    actions.leave_out_step(by=maya, station="take_as_proof")
    assert (labels(maya), [one.my_words for one in queries.arrangement(maya).left_out]) == (
        FOUR[:3],
        ["It is me."],
    )

    actions.bring_back_step(by=maya, station="take_as_proof")
    assert queries.cycle(maya)[3].my_words == "It is me."


def test_a_round_has_from_two_to_six_steps(maya):
    for name in ("Five", "Six"):
        actions.add_step(by=maya, name=name)
    with pytest.raises(TooManySteps):
        actions.add_step(by=maya, name="Seven")
    for station in [step.key for step in queries.cycle(maya)][:4]:
        actions.leave_out_step(by=maya, station=station)
    with pytest.raises(TooFewSteps):
        actions.leave_out_step(by=maya, station=queries.cycle(maya)[0].key)


def test_what_the_therapist_puts_in_order_leaves_her_kept_steps_alone(maya, joan):
    actions.share_order(by=maya, sharing=Sharing.SHARED)
    step = actions.add_step(by=maya, name="Mine")
    actions.move_step(by=maya, station=step.station, places=-4)
    actions.leave_out_step(by=maya, station=step.station)

    actions.move_step(by=joan, station="mood_drops", places=1)

    assert labels(maya)[:2] == labels(joan)[:2] == ["I pull away", "My mood drops"]
    assert [one.label for one in queries.arrangement(maya).left_out] == ["Mine"]


def test_a_step_that_is_not_there_cannot_be_moved_or_written(maya, joan):
    step = actions.add_step(by=maya, name="Mine")

    for act in (
        lambda: actions.move_step(by=joan, station=step.station, places=1),
        lambda: actions.leave_out_step(by=joan, station=step.station),
        lambda: actions.set_cycle_step(by=joan, station=step.station, my_words="Ours."),
        lambda: actions.bring_back_step(by=maya, station="pull_away"),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "no-such-step"


def test_an_earlier_picture_shows_what_stood_then(maya, joan):
    actions.set_cycle_step(
        by=maya, station="pull_away", name="I hide", help_here="Ring Leah.", sharing=Sharing.SHARED
    )
    version = actions.keep_version(by=maya, sharing=Sharing.SHARED)
    step = queries.cycle(maya)[1]
    bases = {name: words.base for name, words in step.words.items()}
    actions.set_cycle_step(
        by=maya, station="pull_away", name="I go quiet", sharing=Sharing.SHARED, bases=bases
    )

    for by in (maya, joan):
        old = queries.version_steps(by, version.pk)
        assert old is not None
        assert (old[1].station.label, old[1].idea) == ("I hide", "Ring Leah.")
        assert labels(by)[1] == "I go quiet"


def test_an_earlier_picture_never_shows_what_is_kept_now_or_was_kept_then(maya, joan):
    actions.set_cycle_step(by=maya, station="pull_away", name="I hide", sharing=Sharing.SHARED)
    actions.set_cycle_step(by=maya, station="mood_drops", name="The fog", sharing=Sharing.JUST_ME)
    version = actions.keep_version(by=maya, sharing=Sharing.SHARED)
    actions.set_cycle_step(by=maya, station="pull_away", name="I hide", bases=base(maya, "pull_away", "name"))
    actions.set_cycle_step(
        by=maya,
        station="mood_drops",
        name="The fog",
        sharing=Sharing.SHARED,
        bases=base(maya, "mood_drops", "name"),
    )

    hers, joans = (queries.version_steps(by, version.pk) for by in (maya, joan))
    assert hers is not None
    assert joans is not None
    assert [one.station.label for one in hers][:2] == ["The fog", "I hide"]
    assert [one.station.label for one in joans] == FOUR


@pytest.mark.parametrize("kept", [Sharing.JUST_ME, Sharing.LATER])
def test_an_earlier_picture_does_not_show_again_what_was_taken_back_and_shared_anew(maya, joan, kept):
    def say(my_words, sharing):
        said = queries.cycle(maya)[1].words
        actions.set_cycle_step(
            by=maya,
            station="pull_away",
            my_words=my_words,
            sharing=sharing,
            bases={name: words.base for name, words in said.items()},
        )

    say("I stop answering him.", Sharing.SHARED)
    version = actions.keep_version(by=maya, sharing=Sharing.SHARED)
    say("I stop answering him.", kept)
    say("I stay home.", Sharing.SHARED)
    newer = actions.keep_version(by=maya, sharing=Sharing.SHARED)

    def texts(by, one):
        return [step.texts for step in queries.version_steps(by, one.pk)]

    assert texts(maya, version) == [[], ["I stop answering him."], [], []]
    assert texts(joan, version) == [[], [], [], []]
    assert texts(joan, newer) == [[], ["I stay home."], [], []]


def facts(by, version):
    """What was ticked in each step of an earlier picture."""
    return [(step.answer_label, step.is_gap) for step in queries.version_steps(by, version.pk)]


NOTHING, OFTEN, SOMETIMES = ("", False), ("Often", True), ("Sometimes", False)


@pytest.mark.parametrize("kept", [Sharing.JUST_ME, Sharing.LATER])
def test_nor_what_was_ticked_in_it(maya, joan, kept):
    def tick(answer, sharing, *, stops):
        actions.set_cycle_step(
            by=maya, station="pull_away", answer=answer, could_stop_here=stops, sharing=sharing
        )

    tick("often", Sharing.SHARED, stops=True)
    hers = actions.keep_version(by=maya, sharing=Sharing.SHARED)
    joans = actions.keep_version(by=joan)
    assert facts(joan, hers) == facts(joan, joans) == [NOTHING, OFTEN, NOTHING, NOTHING]

    tick("often", kept, stops=True)
    kept_then = actions.keep_version(by=maya, sharing=Sharing.SHARED)
    tick("sometimes", Sharing.SHARED, stops=False)
    newer = actions.keep_version(by=maya, sharing=Sharing.SHARED)

    versions = (hers, joans, kept_then, newer)
    assert [facts(maya, one)[1] for one in versions] == [OFTEN, OFTEN, OFTEN, SOMETIMES]
    assert [facts(joan, one)[1] for one in versions] == [NOTHING, NOTHING, NOTHING, SOMETIMES]


def test_what_was_ticked_stays_in_an_earlier_picture_while_it_is_shared(maya, joan):
    for answer in ("often", "sometimes"):
        actions.set_cycle_step(by=maya, station="pull_away", answer=answer, sharing=Sharing.SHARED)
        actions.set_cycle_step(by=maya, station="mood_drops", answer=answer, sharing=Sharing.JUST_ME)
        version = actions.keep_version(by=maya, sharing=Sharing.SHARED)

        assert [label for label, _ in facts(joan, version)] == ["", answer.capitalize(), "", ""]


def test_what_was_taken_out_is_gone_from_earlier_pictures_too(maya):
    step = actions.add_step(by=maya, name="I scroll all night")
    version = actions.keep_version(by=maya)

    actions.remove(by=maya, record=step)

    old = queries.version_steps(maya, version.pk)
    assert old is not None
    assert [one.station.label for one in old] == FOUR


def test_an_earlier_picture_that_is_kept_is_not_there_for_others(cast, maya):
    version = actions.keep_version(by=maya)
    joan, where = browser(cast.joan), f"/course/{cast.mayas.pk}/cycle/earlier/"

    assert browser(cast.maya).get(f"/me/cycle/earlier/{version.pk}/").status_code == 200
    kept, none = joan.get(f"{where}{version.pk}/"), joan.get(f"{where}{'A' * 22}/")
    assert (kept.status_code, kept.content) == (404, none.content)


def test_an_earlier_picture_can_be_taken_out(cast, maya):
    version = actions.keep_version(by=maya)

    browser(cast.maya).post(f"/me/cycle/earlier/{version.pk}/", {"key": KEY})

    assert (queries.versions(maya), queries.find(maya, CycleVersion, version.pk)) == ([], None)


def test_steps_are_put_in_order_by_buttons(cast, maya):
    page = browser(cast.maya)

    answer = page.post(
        "/me/cycle/steps/", {"key": KEY, "part": "later", "station": "mood_drops"}, follow=True
    )

    assert labels(maya)[:2] == ["I pull away", "My mood drops"]
    assert b"Now step 2 of 4." in answer.content
    assert b"Only you see it." in answer.content


@pytest.mark.parametrize(
    "fields", [{"part": "later", "station": "nowhere"}, {"part": "dance", "station": "pull_away"}, {}]
)
def test_what_the_page_does_not_offer_is_not_found(cast, fields):
    assert browser(cast.maya).post("/me/cycle/steps/", {"key": KEY, **fields}).status_code == 404


def test_the_therapist_renames_and_adds_while_the_client_talks(cast, maya):
    where, page = f"/course/{cast.mayas.pk}/cycle/", browser(cast.joan)

    page.post(where, {"key": KEY, "station": "pull_away", "name": "I go quiet"})
    page.post(f"{where}steps/", {"key": "l" * 24, "part": "add", "name": "I stay up late"})

    assert labels(maya) == [FOUR[0], "I go quiet", *FOUR[2:], "I stay up late"]
    assert [(one.sharing, one.together_in) for one in queries.cycle(maya) if one.id] == [
        (Sharing.SHARED, 1)
    ] * 2


def test_where_she_left_out_all_but_what_is_hers_the_therapist_sees_the_four(cast, maya):
    actions.add_step(by=maya, name="Mine")
    actions.add_step(by=cast.maya_now(NOW + timedelta(minutes=1)), name="Mine too")
    actions.share_order(by=maya, sharing=Sharing.SHARED)
    for station in cycle_steps.stations:
        actions.leave_out_step(by=maya, station=station.key)
    version = actions.keep_version(by=maya, sharing=Sharing.SHARED)
    joan, where = browser(cast.joan), f"/course/{cast.mayas.pk}/cycle/"

    pages = joan.get(where), joan.get(f"{where}steps/"), joan.get(f"{where}earlier/{version.pk}/")

    assert labels(maya) == ["Mine", "Mine too"]
    assert labels(cast.audience(cast.joan, cast.mayas)) == FOUR
    assert [page.status_code for page in pages] == [200] * 3
    assert [page.content.count(b'data-kw="station"') for page in pages] == [4, 0, 4]


def test_steps_that_two_people_added_without_seeing_each_others_all_go_round(cast, maya, joan):
    for by in (maya, joan):
        for name in ("One", "Two"):
            actions.add_step(by=by, name=name)

    page = browser(cast.maya).get("/me/cycle/")

    assert page.content.count(b'data-kw="station"') == 8
    assert (len(labels(maya)), len(labels(joan))) == (8, 6)
