"""What may be done with the story, and who sees what of it."""

from datetime import date
from typing import Any

import pytest

from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.models import Event as TrailEvent
from kithwork.ipt.timeline import End, UnclearDate
from kithwork.refusal import Refusal
from kithwork.therapy.people import actions as people
from kithwork.therapy.story import actions, queries
from kithwork.therapy.story.models import Event


@pytest.fixture
def maya(cast):
    return cast.maya_now()


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


def test_an_event_is_kept_as_exactly_as_memory_has_it(maya):
    actions.add_event(by=maya, title="Ella was born", when="Spring 2022", lane="relationships", effect="both",
                      effect_words="Everything changed.", until="2023")  # fmt: skip

    [event] = queries.events(maya)
    assert (event.title, event.when, event.earliest, event.latest) == (
        "Ella was born", "spring 2022", date(2022, 3, 1), date(2022, 5, 31),
    )  # fmt: skip
    assert (event.effect, event.effect_words, event.until, event.until_when) == (
        "Some of both", "Everything changed.", date(2023, 12, 31), "2023",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("when", "next_step"),
    [
        ("5/3/2021", "Write the month as a word, such as 5 March 2021."),
        ("31 June 2022", "Write 30 June 2022, or only June 2022."),
        ("2031", "Check the year."),
        (
            "a while ago",
            "Write a year, or something like spring 2022, March 2021, last summer or ten years ago.",
        ),
        (
            "tomorrow week",
            "Write a year, or something like spring 2022, March 2021, last summer or ten years ago.",
        ),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_a_way_on(maya, when, next_step):
    with pytest.raises(UnclearDate) as refused:
        actions.add_event(by=maya, title="Row", when=when, lane="relationships")

    assert refused.value.next_step == next_step
    assert queries.events(maya) == []


def test_something_cannot_end_before_it_began(maya):
    with pytest.raises(UnclearDate):
        actions.add_event(by=maya, title="Off work", when="2023", until="2021", lane="work")


def test_a_kept_event_does_not_exist_for_others(maya, joan):
    actions.add_event(by=maya, title="Nobody knows", when="2020", lane="mood", sharing=Sharing.JUST_ME)
    actions.add_event(by=maya, title="Row", when="2021", lane="relationships", sharing=Sharing.SHARED)

    assert [event.title for event in queries.events(maya)] == ["Nobody knows", "Row"]
    assert [event.title for event in queries.events(joan)] == ["Row"]


def test_stopping_to_share_takes_the_event_away_from_others(maya, joan):
    event = actions.add_event(by=maya, title="Row", when="2021", lane="relationships", sharing=Sharing.SHARED)
    base = queries.words_of(maya, event)["title"].base

    actions.change_event(by=maya, event=event, title="Row", when="2021", lane="relationships",
                         sharing=Sharing.JUST_ME, bases={"title": base})  # fmt: skip

    assert queries.events(joan) == []


def test_people_whom_the_therapist_cannot_see_stay_in_an_event_she_changes(maya, joan):
    sam = people.add_person(by=maya, label="Sam", relation="", ring=2, sharing=Sharing.SHARED).pk
    kim = people.add_person(by=maya, label="Kim", relation="", ring=2, sharing=Sharing.JUST_ME).pk
    event = actions.add_event(by=maya, title="Row", when="2021", lane="relationships", people=[sam, kim],
                              sharing=Sharing.SHARED)  # fmt: skip
    seen = queries.find(joan, Event, event.pk)
    assert seen

    assert queries.events(joan)[0].people == ("Sam",)
    actions.change_event(by=joan, event=seen, title="Row", when="2021", lane="relationships", people=[],
                         bases={"title": queries.words_of(joan, seen)["title"].base})  # fmt: skip

    assert queries.events(maya)[0].people == ("Kim",)


def test_a_stale_change_keeps_both_texts(maya, joan):
    event = actions.add_event(by=joan, title="Row", when="2021", lane="relationships")
    base = queries.words_of(maya, event)["title"].base
    change: dict[str, Any] = {
        "event": event,
        "when": "2021",
        "lane": "relationships",
        "bases": {"title": base},
    }
    actions.change_event(by=joan, title="A row", **change)

    with pytest.raises(Changed) as refused:
        actions.change_event(by=maya, title="The row", sharing=Sharing.SHARED, **change)

    assert (refused.value.yours, refused.value.newest.text) == ("The row", "A row")


def test_what_is_written_together_is_shared_and_says_so(maya, joan):
    actions.set_symptom(by=joan, kind="sad", present="often", words={"effect": "Sam stops asking."})

    [sad] = [one for one in queries.first_picture(maya).experiences if one.id]
    assert (sad.label, sad.said, sad.texts, sad.sharing, sad.together_in) == (
        "Sad, flat or numb", "Often", ["Sam stops asking."], Sharing.SHARED, 1,
    )  # fmt: skip


def test_where_she_keeps_one_to_herself_and_another_is_shared_both_stand(maya, joan):
    actions.set_cycle_step(by=maya, station="pull_away", answer="often", my_words="Mine.")
    actions.set_cycle_step(by=joan, station="pull_away", answer="sometimes", my_words="Ours.")

    hers, joans = queries.cycle(maya)[1], queries.cycle(joan)[1]
    assert (hers.answer, hers.my_words, hers.sharing) == ("often", "Mine.", Sharing.JUST_ME)
    assert (hers.beside.answer, hers.beside.my_words) == ("sometimes", "Ours.")
    assert (joans.answer, joans.my_words, joans.beside) == ("sometimes", "Ours.", None)


def test_a_field_of_the_first_picture_keeps_its_own_readers(maya, joan):
    actions.write_first(by=maya, field="how_it_is", text="Grey.", sharing=Sharing.JUST_ME)
    actions.write_first(by=maya, field="began_when", text="Last spring.", sharing=Sharing.SHARED)

    assert {name: words.text for name, words in queries.first_fields(maya).items()} == {
        "how_it_is": "Grey.", "began_when": "Last spring.",
    }  # fmt: skip
    assert {name: words.text for name, words in queries.first_fields(joan).items()} == {
        "began_when": "Last spring."
    }


def test_writing_together_beside_a_kept_field_loses_neither(maya, joan):
    actions.write_first(by=maya, field="how_it_is", text="Grey.", sharing=Sharing.JUST_ME)
    actions.write_first(by=joan, field="how_it_is", text="Tired.")

    shown = queries.first_picture(maya)
    assert (shown.fields["how_it_is"].text, shown.beside["how_it_is"].text) == ("Grey.", "Tired.")
    assert queries.first_fields(joan)["how_it_is"].text == "Tired."


def test_a_part_saved_without_a_choice_leaves_each_field_its_readers(maya):
    actions.write_first(by=maya, field="began_when", text="Spring.", sharing=Sharing.SHARED)
    base = queries.first_fields(maya)["began_when"].base

    actions.write_part(
        by=maya, texts={"began_when": "Last spring.", "began_who": "Mum."}, bases={"began_when": base}
    )

    assert {name: words.sharing for name, words in queries.first_fields(maya).items()} == {
        "began_when": Sharing.SHARED, "began_who": Sharing.JUST_ME,
    }  # fmt: skip


def test_what_was_written_together_can_be_taken_out(maya, joan):
    actions.write_first(by=joan, field="care_alcohol", text="Two bottles.")
    actions.write_first(by=joan, field="care_health", text="Thyroid.", base="")
    actions.add_put_down(by=joan, what="Cooking")
    alcohol, health, cooking = queries.written_together(joan, 1)

    actions.take_out(by=joan, record=alcohol.record, field=alcohol.field)
    actions.take_out(by=joan, record=cooking.record, field=cooking.field)

    assert [item.text for item in queries.written_together(joan, 1)] == ["Thyroid."]
    assert {name: words.text for name, words in queries.first_fields(maya).items()} == {
        "care_health": "Thyroid."
    }
    assert health.text == "Thyroid."


def test_the_therapist_takes_out_nothing_that_came_from_the_clients_own_hand(maya, joan):
    event = actions.add_event(by=maya, title="Row", when="2021", lane="relationships", sharing=Sharing.SHARED)

    with pytest.raises(Refusal):
        actions.take_out(by=joan, record=event.pk)
    with pytest.raises(Refusal):
        actions.remove(by=joan, record=event)

    assert [one.title for one in queries.events(maya)] == ["Row"]


def test_a_link_shows_only_to_those_who_see_both_ends(maya, joan):
    row = actions.add_event(by=maya, title="Row", when="2021", lane="relationships", sharing=Sharing.SHARED)
    low = actions.add_event(by=maya, title="Low", when="2021", lane="mood", sharing=Sharing.JUST_ME)

    actions.link(by=maya, one=End("event", row.pk), other=End("event", low.pk), sharing=Sharing.SHARED)

    [link] = queries.links(maya, queries.linkable(maya))
    assert (link.one, link.other, link.says) == ("Row (2021)", "Low (2021)", "They tended to go together")
    assert queries.links(joan, queries.linkable(joan)) == []


def test_a_link_to_what_one_cannot_see_is_refused_as_if_it_were_not_there(maya, joan):
    row = actions.add_event(by=maya, title="Row", when="2021", lane="relationships", sharing=Sharing.SHARED)
    low = actions.add_event(by=maya, title="Low", when="2021", lane="mood", sharing=Sharing.JUST_ME)

    with pytest.raises(Refusal) as refused:
        actions.link(by=joan, one=End("event", row.pk), other=End("event", low.pk))

    assert refused.value.code == "no-such-end"


def test_an_earlier_time_can_be_without_a_date_but_not_without_a_word(maya):
    actions.add_episode(by=maya, before="Once, at school.")

    with pytest.raises(Refusal) as refused:
        actions.add_episode(by=maya)

    assert refused.value.code == "nothing-said"
    assert [(one.said, one.texts) for one in queries.first_picture(maya).episodes] == [
        ("", ["Once, at school."])
    ]


def test_each_act_is_one_line_on_the_trail(maya):
    before = TrailEvent.objects.count()

    actions.add_event(by=maya, title="Row", when="2021", lane="relationships")
    actions.write_part(by=maya, texts={"began_when": "Spring.", "began_who": "Mum."})
    actions.set_cycle_step(by=maya, station="mood_drops", answer="often")

    assert [event.act for event in TrailEvent.objects.order_by("at", "place")[before:]] == [
        "story.event_added", "story.first_written", "story.cycle_set",
    ]  # fmt: skip
