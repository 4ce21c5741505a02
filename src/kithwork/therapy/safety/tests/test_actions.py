"""Flags, reviews, the plan: what may be done, and who sees what of it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.cast import NOW

from kithwork.foundation.outbox.models import Outbox
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.models import Event
from kithwork.ipt.safety import FlagAct
from kithwork.refusal import Refusal
from kithwork.therapy.safety import actions, queries

DAY = timedelta(days=1)
ZONE = ZoneInfo("Europe/London")


def both(cast, now=NOW):
    return cast.maya_now(now), cast.audience(cast.joan, cast.mayas, now=now)


def flagged(cast, answer=1, *, by=None):
    return actions.flag_answer(
        by=by or cast.maya_now(), check_in="c" * 22, asked="phq9_9", answer=answer, before=0, owner=cast.joan
    )


def test_an_answer_raises_one_flag_with_an_owner_and_a_time(cast):
    maya, joan = both(cast)

    assert flagged(cast, 1) is FlagAct.RAISE

    [flag] = queries.open_flags(joan)
    assert (flag.kind, flag.answer, flag.owner, flag.due_at) == ("item_9", 1, cast.joan.pk, NOW + DAY)
    assert queries.open_flags(maya) == [flag]
    assert Outbox.objects.filter(template="message").count() == 1


def test_a_lower_or_withdrawn_answer_leaves_the_flag(cast):
    _, joan = both(cast)
    flagged(cast, 2)

    later = cast.maya_now(NOW + DAY)
    assert [flagged(cast, answer, by=later) for answer in (1, 0, None)] == [FlagAct.NOTHING] * 3

    [flag] = queries.open_flags(joan)
    assert (flag.answer, flag.due_at) == (2, NOW + DAY)


def test_a_higher_answer_opens_it_anew_with_a_new_time(cast):
    flagged(cast, 1)

    assert flagged(cast, 3, by=cast.maya_now(NOW + DAY)) is FlagAct.REOPEN

    [flag] = queries.open_flags(cast.audience(cast.joan, cast.mayas))
    assert (flag.answer, flag.due_at) == (3, NOW + 2 * DAY)


def test_any_answer_after_the_review_opens_it_again_and_the_review_stays(cast):
    _, joan = both(cast)
    flagged(cast, 2)
    actions.record_review(
        by=joan, flag=queries.open_flags(joan)[0], decisions=["talked"], words={"asked": "How often?"}
    )
    assert queries.open_flags(joan) == []

    assert flagged(cast, 1, by=cast.maya_now(NOW + DAY)) is FlagAct.REOPEN

    [flag] = queries.open_flags(joan)
    [review] = queries.reviews(joan, zone=ZONE)
    assert (flag.answer, flag.reviewed_at) == (1, None)
    assert (review.reviewer, review.decisions) == ("Joan Hale", ["Talked about it, and go on as planned"])


def test_a_flag_closes_only_with_a_decision(cast):
    _, joan = both(cast)
    flagged(cast)

    with pytest.raises(Refusal) as refused:
        actions.record_review(by=joan, flag=queries.open_flags(joan)[0], decisions=[], words={})

    assert refused.value.code == "review-not-whole"
    assert len(queries.open_flags(joan)) == 1


def test_a_review_does_not_close_what_its_writer_had_not_seen(cast):
    _, joan = both(cast)
    flagged(cast, 1)
    seen = queries.open_flags(joan)[0]
    flagged(cast, 3, by=cast.maya_now(NOW + DAY))

    with pytest.raises(Refusal) as refused:
        actions.record_review(by=joan, flag=seen, shown=seen.shown_as, decisions=["talked"], words={})

    assert refused.value.code == "flag-changed"
    assert len(queries.open_flags(joan)) == 1


def test_what_was_asked_aloud_is_kept_without_a_questionnaire_and_never_shown_to_the_client(cast):
    maya, joan = both(cast)

    actions.record_review(by=joan, decisions=["talked", "plan_made"], words={"answered": "Not lately."})

    [review] = queries.reviews(joan, zone=ZONE)
    assert (review.flag, [words.text for _, words in review.said]) == (None, ["Not lately."])
    assert queries.reviews(maya, zone=ZONE) == []


def test_the_plan_is_shared_heading_by_heading(cast):
    maya, joan = both(cast)

    actions.write_plan(by=maya, heading="signs", text="I stop answering.", sharing=Sharing.JUST_ME)
    actions.write_plan(by=maya, heading="ask", text="Priya.", sharing=Sharing.SHARED)

    def written(audience):
        return {part.heading.key: part.words.text for part in queries.plan(audience) if part.is_written}

    assert written(maya) == {"signs": "I stop answering.", "ask": "Priya."}
    assert written(joan) == {"ask": "Priya."}


def test_where_the_client_keeps_one_text_and_staff_write_another_both_stand_for_her_alone(cast):
    maya, joan = both(cast)
    actions.write_plan(by=maya, heading="signs", text="Mine.", sharing=Sharing.JUST_ME)

    actions.write_plan(by=joan, heading="signs", text="Ours.")

    hers, joans = (queries.plan(audience)[0].words for audience in (cast.maya_now(), joan))
    assert sorted([hers.text, *(other.text for other in hers.also)]) == ["Mine.", "Ours."]
    assert (joans.text, joans.also, joans.sharing) == ("Ours.", (), Sharing.SHARED)


def test_a_concern_stays_among_staff(cast):
    maya, joan = both(cast)

    concern = actions.note_concern(by=joan, text="Came with a bruise.")

    assert [one.words.text for one in queries.concerns(joan)] == ["Came with a bruise."]
    assert queries.concerns(maya) == []
    actions.close_concern(by=joan, concern=concern)
    assert [one.concern.closed_at for one in queries.concerns(joan)] == [NOW]


@pytest.mark.parametrize("act", [
    lambda by: actions.note_concern(by=by, text="x"),
    lambda by: actions.record_review(by=by, decisions=["talked"], words={}),
])  # fmt: skip
def test_a_client_writes_no_review_and_no_concern(cast, act):
    with pytest.raises(Refusal) as refused:
        act(cast.maya_now())

    assert refused.value.code == "not-yours"


def test_each_act_writes_one_event(cast):
    maya, joan = both(cast)
    before = Event.objects.count()

    actions.write_plan(by=maya, heading="signs", text="a", sharing=Sharing.SHARED)
    actions.record_review(by=joan, decisions=["talked"], words={})
    actions.note_concern(by=joan, text="b")

    acts = list(Event.objects.order_by("pk").values_list("act", flat=True))[before:]
    assert sorted(acts) == ["safety.concern_noted", "safety.plan_written", "safety.reviewed"]


def test_flags_of_several_courses_come_in_one_query(cast):
    from kithwork.therapy.course.access import open_courses

    flagged(cast)
    opened = open_courses(cast.viewer(cast.joan), page="test", now=NOW)

    assert [(one.course.pk, flag.answer) for one, flag in queries.flags_waiting(opened)] == [
        (cast.mayas.pk, 1)
    ]
    assert queries.flags_waiting(open_courses(cast.viewer(cast.mira), page="test", now=NOW)) == []


def test_the_panel_never_promises_a_time_that_has_passed(cast):
    maya, joan = both(cast)
    flagged(cast)
    [flag] = queries.open_flags(maya)

    def says(now):
        seen = queries.find_flag(maya, flag.pk)
        assert seen is not None
        return queries.help_panel(cast.mayas, seen, now=now).says.who_sees

    assert says(NOW) == "Joan should see this by Wednesday 19 March, 1:30 pm."
    assert says(NOW + 2 * DAY) == "Joan was told on Tuesday 18 March, 1:30 pm."
    actions.record_review(by=joan, flag=flag, decisions=["talked"], words={})
    assert says(NOW + DAY) == "Joan has seen this."
