"""What may be done with a check-in, and who is told of what."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.cast import NOW

from kithwork.foundation.outbox.models import Outbox
from kithwork.foundation.trail.models import Event
from kithwork.refusal import Refusal
from kithwork.therapy.checkins import actions, queries
from kithwork.therapy.checkins.steps import asked
from kithwork.therapy.checkins.tests.helping import both, leave, sent
from kithwork.therapy.course.actions import close
from kithwork.therapy.safety.queries import open_flags

DAY = timedelta(days=1)


def test_a_draft_exists_for_the_client_alone_until_it_is_sent(cast):
    maya, joan = both(cast)
    begun = actions.open_check_in(by=maya)
    actions.answer(by=maya, check_in=begun, instrument="phq9", item=1, value=2)

    assert (queries.find(maya, begun.pk), queries.find(joan, begun.pk)) == (begun, None)
    actions.send(by=maya, check_in=begun)
    assert queries.find(joan, begun.pk) == begun
    assert [point.answered for point in queries.scores(joan, "phq9")] == [1]


def test_beginning_again_goes_on_with_the_one_that_was_begun(cast):
    begun = actions.open_check_in(by=cast.maya_now())

    assert actions.open_check_in(by=cast.maya_now(NOW + DAY)) == begun
    assert actions.open_check_in(by=cast.maya_now(NOW + 8 * DAY)) == begun


def test_a_draft_is_put_aside_only_where_she_begins_anew_and_only_after_a_week(cast):
    begun = actions.open_check_in(by=cast.maya_now())

    early = actions.open_check_in(by=cast.maya_now(NOW + 6 * DAY), anew=True)
    late = actions.open_check_in(by=cast.maya_now(NOW + 7 * DAY), anew=True)

    states = {row.pk: row.state for row in queries.check_ins(cast.maya_now())}
    assert (early == begun, states) == (True, {begun.pk: "withdrawn", late.pk: "open"})


def test_none_opens_without_a_named_person(cast):
    leave(cast)

    with pytest.raises(Refusal) as refused:
        actions.open_check_in(by=cast.maya_now())

    assert refused.value.code == "nobody-named"


def test_an_answer_is_never_lost_should_nobody_be_left(cast):
    begun = actions.open_check_in(by=cast.maya_now())
    leave(cast)

    actions.answer(by=cast.maya_now(), check_in=begun, instrument="phq9", item=9, value=1)

    assert [(flag.answer, flag.owner) for flag in open_flags(cast.maya_now())] == [(1, cast.joan.pk)]


def test_item_nine_goes_to_the_named_person_even_from_a_draft_and_nothing_else_does(cast):
    maya, joan = both(cast)
    begun = actions.open_check_in(by=maya)
    for item in range(1, 9):
        actions.answer(by=maya, check_in=begun, instrument="phq9", item=item, value=3)
    assert open_flags(joan) == []

    actions.answer(by=maya, check_in=begun, instrument="phq9", item=9, value=1)

    [flag] = open_flags(joan)
    assert (flag.kind, flag.answer, flag.raised_by, flag.owner, flag.due_at) == (
        "item_9", 1, begun.pk, cast.joan.pk, NOW + DAY,
    )  # fmt: skip
    assert queries.scores(joan, "phq9") == []
    assert Outbox.objects.count() == 1


def test_changing_refusing_or_taking_back_item_nine_leaves_the_one_flag(cast):
    maya, joan = both(cast)
    begun = actions.open_check_in(by=maya)
    for value in (2, 0, "refused", None, 1):
        actions.answer(by=maya, check_in=begun, instrument="phq9", item=9, value=value)
    actions.send(by=maya, check_in=begun)
    actions.withdraw(by=maya, check_in=begun)

    assert [flag.answer for flag in open_flags(joan)] == [2]
    assert queries.scores(joan, "phq9") == []


@pytest.mark.parametrize("value", ["refused", None, 0])
def test_a_refusal_a_gap_and_not_at_all_raise_nothing(cast, value):
    maya = cast.maya_now()
    begun = actions.open_check_in(by=maya)

    actions.answer(by=maya, check_in=begun, instrument="phq9", item=9, value=value)

    assert open_flags(maya) == []


def test_the_flag_says_what_was_answered_the_time_before(cast):
    sent(cast, [0] * 9, now=NOW - 7 * DAY)
    maya = cast.maya_now()

    actions.answer(by=maya, check_in=actions.open_check_in(by=maya), instrument="phq9", item=9, value=1)

    assert [(flag.answer, flag.answer_before) for flag in open_flags(maya)] == [(1, 0)]


def test_missing_is_never_zero(cast):
    sent(cast, [3, 3, 3, 3, 3, 3, 1, 0, 0], now=NOW - 14 * DAY)
    sent(cast, [1, 1, 1, "refused", None, 1, 1, 1, 0], now=NOW - 7 * DAY)
    sent(cast, [2] * 8 + [0])

    shown = queries.scores(cast.audience(cast.joan, cast.mayas), "phq9")

    assert [(p.total, p.complete, p.answered, p.band, p.change) for p in shown] == [
        (19, True, 9, "Moderately severe", None), (None, False, 7, None, None), (16, True, 9, "Moderately severe", -3),
    ]  # fmt: skip


def test_the_forms_keep_bands_of_their_own_and_the_client_sees_none(cast):
    sent(cast, [2] * 7 + [1, 0], [3, 3, 3, 3, 3, 0, 0])
    maya, joan = both(cast)

    assert [queries.scores(joan, form)[0].band for form in ("phq9", "gad7")] == [
        "Moderately severe",
        "Severe",
    ]
    assert [queries.scores(maya, form)[0].band for form in ("phq9", "gad7")] == [None, None]


@pytest.mark.parametrize("value", [4, -1, 1.5, True, "2", "no"])
def test_what_is_no_option_is_refused_and_nothing_changes(cast, value):
    maya = cast.maya_now()
    begun = actions.open_check_in(by=maya)

    with pytest.raises(Refusal):
        actions.answer(by=maya, check_in=begun, instrument="phq9", item=1, value=value)

    assert queries.answers(maya, begun)["phq9"].items == [None] * 9


def test_going_on_begins_at_the_first_question_that_was_neither_answered_nor_passed(cast):
    maya = cast.maya_now()
    begun = actions.open_check_in(by=maya)
    for item, value in ((1, 2), (2, None), (3, "refused")):
        actions.answer(by=maya, check_in=begun, instrument="phq9", item=item, value=value)

    assert queries.ahead(queries.answers(maya, begun)).n == 4


def test_what_was_sent_does_not_change_any_more(cast):
    done = sent(cast, [1] * 8 + [0])

    with pytest.raises(Refusal) as refused:
        actions.answer(by=cast.maya_now(), check_in=done, instrument="phq9", item=1, value=3)

    assert refused.value.code == "check-in-sent"


def test_staff_enter_one_for_the_client_and_item_nine_is_passed_on(cast):
    maya, joan = both(cast)

    entered = actions.enter_for_client(
        by=joan, answers={"phq9": [1] * 9, "gad7": [None] * 7}, on=date(2025, 3, 17), source="paper"
    )

    [hers] = queries.scores(maya, "phq9")
    assert (hers.check_in, hers.total, hers.on, hers.entered) == (entered.pk, 9, date(2025, 3, 17), "paper")
    assert (queries.who_entered(entered), entered.state) == ("Joan Hale", "sent")
    assert [flag.answer for flag in open_flags(joan)] == [1]


def test_after_the_end_there_are_no_more_check_ins(cast):
    close(by=cast.audience(cast.joan, cast.mayas), course=cast.mayas, how="agreed")
    cast.mayas.refresh_from_db()

    with pytest.raises(Refusal) as refused:
        actions.open_check_in(by=cast.maya_now())

    assert refused.value.code == "course-ended"


def test_a_check_in_is_welcome_about_once_a_week(cast):
    def welcome(days):
        now = NOW + days * DAY
        return queries.due(cast.maya_now(now), cast.mayas, today=now.date()) is not None

    assert welcome(0)
    sent(cast, [0] * 9)
    assert [welcome(days) for days in (0, 4, 5, 7)] == [False, False, True, True]


def test_how_often_can_be_agreed_otherwise(cast):
    sent(cast, [0] * 9)
    actions.plan_check_ins(by=cast.audience(cast.joan, cast.mayas), every_days=14, since=NOW.date())

    at = [NOW + days * DAY for days in (7, 12)]
    assert [queries.due(cast.maya_now(now), cast.mayas, today=now.date()) is not None for now in at] == [
        False,
        True,
    ]


def test_each_act_writes_one_event_and_a_passed_on_answer_says_so(cast):
    maya = cast.maya_now()
    before = Event.objects.count()

    begun = actions.open_check_in(by=maya)
    actions.answer(by=maya, check_in=begun, instrument="phq9", item=9, value=1)
    actions.send(by=maya, check_in=begun)

    events = list(Event.objects.order_by("pk").values_list("act", "reason"))[before:]
    assert events == [("check-in.opened", ""), ("check-in.answered", "flag-raised"), ("check-in.sent", "")]


def test_difficulty_is_asked_after_the_nine_only_when_a_problem_was_checked_and_never_counts(cast):
    maya = cast.maya_now()
    begun = actions.open_check_in(by=maya)

    def line():
        return [one.at for one in asked(queries.answers(maya, begun))][8:11]

    assert line() == ["9", "10", "11"]
    actions.answer_all(by=maya, check_in=begun, answers={"phq9": [1] * 8 + [0], "gad7": [0] * 7})
    assert line() == ["9", "9b", "10"]
    assert queries.ahead(queries.answers(maya, begun)).at == "9b"

    actions.answer(by=maya, check_in=begun, instrument="phq9", item="difficulty", value=3)

    row = queries.answers(maya, begun)["phq9"]
    assert (row.extras, row.total) == ({"difficulty": 3}, Decimal(8))
    assert queries.ahead({"phq9": row}) is None
    odd: Any
    for odd in (4, -1, True, "no", 1.5):
        with pytest.raises(Refusal):
            actions.answer(by=maya, check_in=begun, instrument="phq9", item="difficulty", value=odd)


@pytest.mark.parametrize("item", [0, 10, -1, "9", "else"])
def test_there_is_no_other_question(cast, item):
    maya = cast.maya_now()
    begun = actions.open_check_in(by=maya)

    with pytest.raises(Refusal) as refused:
        actions.answer(by=maya, check_in=begun, instrument="phq9", item=item, value=1)

    assert refused.value.code == "no-such-question"


def test_another_questionnaires_question_about_safety_is_passed_on_too(cast):
    joan = both(cast)[1]
    actions.plan_check_ins(by=joan, every_days=7, since=NOW.date(), rhythms={"cesdr": "each"})
    maya = cast.maya_now()
    begun = actions.open_check_in(by=maya)

    actions.answer(by=maya, check_in=begun, instrument="cesdr", item=14, value=0)
    assert open_flags(joan) == []
    actions.answer(by=maya, check_in=begun, instrument="cesdr", item=15, value=2)

    assert [(flag.kind, flag.answer) for flag in open_flags(joan)] == [("risk_item", 2)]


def test_saving_one_answer_is_a_few_queries(cast, django_assert_max_num_queries):
    maya = cast.maya_now()
    begun = actions.open_check_in(by=maya)

    with django_assert_max_num_queries(11):
        actions.answer(by=maya, check_in=begun, instrument="phq9", item=1, value=2)
