"""Choosing a focus, and what each of the four writes down."""

from copy import copy
from datetime import date, timedelta

import pytest
from tests.cast import NOW

from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.models import Event
from kithwork.refusal import Refusal
from kithwork.therapy.focus import actions, queries
from kithwork.therapy.focus.kinds import kind_of, kinds
from kithwork.therapy.focus.models import Attempt, ContactStep
from kithwork.therapy.focus.rough import read_day
from kithwork.therapy.people.models import Person


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def maya(cast):
    return cast.maya_now()


def person(by, label, sharing=Sharing.SHARED):
    from kithwork.foundation.passages import actions as passages

    made = Person.make(by, sharing=sharing)
    passages.write(by, record=made, field="label", text=label, sharing=sharing)
    return made


def add(by, focus, kind, text, **more):
    return actions.add_item(by=by, focus=focus, kind=kind, words={kind.lead: text}, **more)


def shown(audience):
    return [(one.area, one.line, one.in_our_words) for one in queries.current(audience)]


def leads(audience, focus):
    return {
        one.kind.key: [item.lead for item in one.items]
        for one in queries.workspace(audience, focus.pk, focus.area, today=NOW.date()).values()
    }


def test_a_focus_is_chosen_with_a_person_and_in_their_words(joan, maya):
    sam = person(maya, "Sam")

    actions.choose(
        by=joan, area="dispute", person=sam, in_our_words="We have stopped talking.", since=date(2025, 3, 11)
    )

    assert shown(joan) == shown(maya) == [("dispute", "Conflict: Sam", "We have stopped talking.")]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"area": "grief"}, "second-focus-needs-a-reason"),
        ({"area": "grief", "reason": "no particular"}, "not-on-the-shelf"),
        ({"area": "dispute", "reason": "new_event"}, "focus-already-agreed"),
        ({"area": "weather", "reason": "new_event"}, "not-on-the-shelf"),
    ],
)
def test_a_second_focus_needs_a_reason(joan, second, code):
    actions.choose(by=joan, area="dispute")

    with pytest.raises(Refusal) as refused:
        actions.choose(by=joan, **second)

    assert (refused.value.code, [one.area for one in queries.current(joan)]) == (code, ["dispute"])


def test_there_are_two_at_the_most(joan):
    actions.choose(by=joan, area="dispute")
    actions.choose(by=joan, area="grief", reason="new_event", reason_words="Nan died.")

    with pytest.raises(Refusal) as refused:
        actions.choose(by=joan, area="transition", reason="other")

    second = (
        queries.current(joan)[1] if queries.current(joan)[1].area == "grief" else queries.current(joan)[0]
    )
    assert (refused.value.code, second.why, second.reason) == (
        "too-many-focuses", "Something new has happened", "Nan died.",
    )  # fmt: skip


def test_one_put_in_the_place_of_another_ends_it_on_its_own_first_day(joan):
    before = actions.choose(by=joan, area="sensitivity", since=date(2025, 2, 25))

    actions.replace(by=joan, focus=before, area="transition", since=date(2025, 3, 11))

    assert [(one.area, one.since) for one in queries.current(joan)] == [("transition", date(2025, 3, 11))]
    assert [(one.area, one.until) for one in queries.earlier(joan)] == [("sensitivity", date(2025, 3, 11))]


def test_a_focus_does_not_end_before_it_began(joan):
    focus = actions.choose(by=joan, area="grief", since=date(2025, 3, 11))

    with pytest.raises(Refusal) as refused:
        actions.end(by=joan, focus=focus, on=date(2025, 3, 10))

    assert (refused.value.code, len(queries.current(joan))) == ("ends-before-it-began", 1)


def test_somebody_whom_she_keeps_to_herself_is_not_named_to_staff_nor_lost_by_their_edit(joan, maya):
    quiet = person(maya, "Robin", Sharing.JUST_ME)
    focus = actions.choose(by=maya, area="dispute", person=quiet, in_our_words="Something with somebody.")
    base = queries.current(joan)[0].base

    actions.change(by=joan, focus=focus, person=None, in_our_words="Talked about.", base=base)

    assert (shown(joan), shown(maya)) == (
        [("dispute", "Conflict", "Talked about.")], [("dispute", "Conflict: Robin", "Talked about.")],
    )  # fmt: skip


def test_staff_cannot_name_somebody_they_do_not_know_of(joan, maya):
    quiet = person(maya, "Robin", Sharing.JUST_ME)

    with pytest.raises(Refusal) as refused:
        actions.choose(by=joan, area="dispute", person=quiet)

    assert (refused.value.code, queries.current(maya)) == ("person-unknown", [])


@pytest.mark.parametrize("kind", [kind for kind in kinds if kind.key != "attempt"], ids=lambda kind: kind.key)
def test_what_she_keeps_in_a_workspace_does_not_exist_for_staff(joan, maya, kind):
    focus = actions.choose(by=joan, area=kind.area)
    columns = {"stage": {"stage": "impasse", "on": NOW.date()}}.get(kind.key, {})
    kept = add(maya, focus, kind, "Mine.", **columns)
    add(maya, focus, kind, "Ours.", sharing=Sharing.SHARED, **columns)

    assert sorted(leads(maya, focus)[kind.key]) == ["Mine.", "Ours."]
    assert leads(joan, focus)[kind.key] == ["Ours."]
    assert (queries.find_item(joan, kind, kept.pk), kind_of(kept)) == (None, kind)


def test_a_try_is_there_only_where_its_step_is(joan, maya):
    focus = actions.choose(by=joan, area="sensitivity")
    step = actions.add_item(
        by=maya, focus=focus, kind=kinds.get("step"), words={"step": "Say hello to the neighbour."}
    )
    actions.add_item(
        by=maya, focus=focus, kind=kinds.get("attempt"), words={"what_happened": "She smiled."},
        sharing=Sharing.SHARED, step_id=step.pk, on=NOW.date(),
    )  # fmt: skip

    assert leads(maya, focus)["attempt"] == ["She smiled."]
    assert leads(joan, focus)["attempt"] == []
    assert (Attempt.seen.visible_to(joan).count(), ContactStep.seen.visible_to(joan).count()) == (1, 0)


def test_what_staff_write_is_written_together_and_shared(cast, joan, maya):
    focus = actions.choose(by=joan, area="transition")

    actions.add_item(by=joan, focus=focus, kind=kinds.get("old-good"), words={"item": "My people at work."})

    [item] = queries.workspace(maya, focus.pk, "transition", today=NOW.date())["old-good"].items
    assert (item.lead, item.sharing, item.together_in) == ("My people at work.", "shared", 1)


def test_sharing_can_be_taken_back_and_staff_see_no_trace(joan, maya):
    focus = actions.choose(by=joan, area="dispute")
    kind = kinds.get("option")
    made = actions.add_item(
        by=maya, focus=focus, kind=kind, words={"option": "Ask him on Sunday.", "for_it": "Calm."},
        sharing=Sharing.SHARED, chosen=True,
    )  # fmt: skip
    shared = leads(joan, focus)["option"]
    words = queries.workspace(maya, focus.pk, "dispute", today=NOW.date())["option"].items[0].words

    actions.change_item(
        by=maya, item=made, words={"option": "Ask him on Sunday.", "for_it": "Calm."},
        bases={name: one.base for name, one in words.items()}, sharing=Sharing.JUST_ME, chosen=True,
    )  # fmt: skip

    assert (shared, leads(joan, focus)["option"]) == (["Ask him on Sunday."], [])
    [item] = queries.workspace(maya, focus.pk, "dispute", today=NOW.date())["option"].items
    assert (item.lead, item.more, item.chosen) == (
        "Ask him on Sunday.",
        [("What speaks for it", "Calm.")],
        True,
    )


def test_two_editors_of_one_thing_lose_neither_text(joan, maya):
    focus = actions.choose(by=joan, area="transition")
    kind = kinds.get("new-hard")
    made = actions.add_item(by=joan, focus=focus, kind=kind, words={"item": "The days are long."})
    base = (
        queries.workspace(maya, focus.pk, "transition", today=NOW.date())["new-hard"]
        .items[0]
        .words["item"]
        .base
    )
    bases = {"item": base}
    actions.change_item(by=joan, item=made, words={"item": "The afternoons are long."}, bases=bases)

    with pytest.raises(Changed) as refused:
        actions.change_item(
            by=maya, item=made, words={"item": "Alone all day."}, bases=bases, sharing=Sharing.SHARED
        )

    assert (refused.value.yours, refused.value.newest.text) == ("Alone all day.", "The afternoons are long.")


def test_nothing_at_all_is_not_kept(joan):
    focus = actions.choose(by=joan, area="grief")

    with pytest.raises(Refusal) as refused:
        actions.add_item(by=joan, focus=focus, kind=kinds.get("reconnect"), words={"step": " "})

    assert (refused.value.code, leads(joan, focus)["reconnect"]) == ("item-empty", [])


def test_nothing_is_written_into_what_was_taken_away_since_it_was_read(joan, maya):
    focus, kind = actions.choose(by=joan, area="dispute"), kinds.get("option")
    read = add(joan, focus, kind, "Ask him.")
    base = queries.shown_item(joan, read, kind).words[kind.lead].base
    actions.remove_item(by=maya, item=copy(read))

    with pytest.raises(actions.TakenAway):
        actions.change_item(by=joan, item=read, words={kind.lead: "Tell him."}, bases={kind.lead: base})

    assert queries.find_removed(joan, kind, read.pk).removed_at == NOW


def test_what_is_taken_away_leaves_every_page(joan, maya):
    focus = actions.choose(by=joan, area="grief")
    made = actions.add_item(by=joan, focus=focus, kind=kinds.get("reconnect"), words={"step": "The choir."})

    actions.remove_item(by=maya, item=made)

    assert leads(joan, focus)["reconnect"] == leads(maya, focus)["reconnect"] == []


def test_each_act_is_one_event(cast, joan):
    chain = Event.objects.filter(chain=cast.mayas.pk)
    before = chain.count()

    focus = actions.choose(by=joan, area="grief")
    item = actions.add_item(by=joan, focus=focus, kind=kinds.get("reconnect"), words={"step": "The choir."})
    actions.remove_item(by=joan, item=item)
    actions.end(by=joan, focus=actions.replace(by=joan, focus=focus, area="transition"))

    acts = list(chain.order_by("place").values_list("act", flat=True))[before:]
    assert acts == ["focus.chosen", "focus.item_added", "focus.item_removed", "focus.replaced", "focus.ended"]


def test_dates_that_matter_are_those_ahead_and_whom_they_are_for(cast, joan, maya):
    focus = actions.choose(by=joan, area="grief")
    date_kind = kinds.get("date")
    for text, said, sharing in (
        ("Her birthday", "2 April", Sharing.SHARED),
        ("The day she died", "25 March 2023", Sharing.SHARED),
        ("Far off", "9 November", Sharing.SHARED),
        ("Ours alone", "20 March", Sharing.JUST_ME),
        ("Only a year", "2019", Sharing.SHARED),
    ):
        add(maya, focus, date_kind, text, sharing=sharing, **read_day(said))
    actions.end(by=joan, focus=focus)

    def shown(audience):
        found = queries.dates_that_matter(audience, NOW.date(), timedelta(days=28))
        return [(one.what, one.when, one.coming.first, one.coming.years) for one in found]

    kept = [("Ours alone", "20 March, each year", date(2025, 3, 20), None)]
    shared = [
        ("The day she died", "25 March 2023", date(2025, 3, 25), 2),
        ("Her birthday", "2 April, each year", date(2025, 4, 2), None),
    ]
    assert (shown(maya), shown(joan)) == (kept + shared, shared)
