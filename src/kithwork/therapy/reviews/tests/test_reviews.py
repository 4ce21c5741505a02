"""Looking back on the way: when a point waits, what a record of it holds, and that nobody but staff reads it."""

from datetime import date

import pytest
from tests.cast import NOW, browser
from tests.filling import at_table, check_in, meet_weekly

from kithwork.ipt.protocols import get as protocol
from kithwork.ipt.review import point_reached
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Course
from kithwork.therapy.reviews import queries
from kithwork.therapy.reviews.actions import record_review
from kithwork.therapy.reviews.arithmetic import moved


def course(cast):
    return Course.objects.get(pk=cast.mayas.pk)


def due(cast):
    return queries.due(at_table(cast, cast.mayas, NOW), course(cast))


@pytest.mark.parametrize(
    ("current", "planned", "point"),
    [
        (3, 16, None),
        (4, 16, 4),
        (7, 16, 4),
        (8, 16, 8),
        (12, 16, 8),
        (13, 16, None),
        (5, 12, 3),
        (6, 12, 6),
        (8, 20, 4),
    ],
)
def test_a_point_stands_until_the_next_one_or_until_the_ending(current, planned, point):
    assert point_reached(protocol("ipt_16"), current, planned) == point


def test_a_form_that_ends_in_a_decision_has_its_point_in_the_ending():
    assert point_reached(protocol("ipc_3"), 3, 3) == 3


def test_a_point_waits_from_its_session_on_until_a_review_is_recorded(cast):
    meet_weekly(cast, cast.mayas, 2)
    assert due(cast) is None
    meet_weekly(cast, cast.mayas, 1)
    assert due(cast) == 4

    record_review(by=at_table(cast, cast.mayas, NOW), course=course(cast), decisions=["go_on"])

    assert due(cast) is None


def test_a_review_keeps_what_was_decided_and_the_numbers_as_they_stood(cast):
    check_in(cast, cast.mayas, 19, days_ago=20)
    check_in(cast, cast.mayas, 18, days_ago=2, gad7=[0] * 7)
    joan = at_table(cast, cast.mayas, NOW)

    record_review(
        by=joan, course=course(cast), decisions=["supervision", "go_on"], looked_at=["focus"], reason="It is early.",
    )  # fmt: skip

    [shown] = queries.reviews(joan)
    assert (shown.point, shown.session, shown.by, shown.decisions, shown.looked_at, shown.scores, shown.reason) == (
        None, 1, "Joan Hale", ("Go on as agreed", "Take it to supervision first"),
        ("Is the focus the right one, and is it kept?",), ("PHQ-9 19 → 18", "GAD-7 7 → 0"), "It is early.",
    )  # fmt: skip


def test_change_is_a_subtraction_held_against_its_rule(cast):
    check_in(cast, cast.mayas, 19, days_ago=20)
    check_in(cast, cast.mayas, None, days_ago=9)
    check_in(cast, cast.mayas, 13, days_ago=2)

    phq9 = moved(at_table(cast, cast.mayas, NOW))[0]

    assert (phq9.first, phq9.before, phq9.last, phq9.points, phq9.is_reliable, phq9.since_first_words) == (
        19, 19, 13, 6, True, "6 lower than at first",
    )  # fmt: skip


def test_without_a_decision_there_was_no_review(cast):
    page = browser(cast.joan)
    where = f"/course/{cast.mayas.pk}/review/"

    answer = page.post(where, {"key": "k" * 24, "reason": "Words that stay in the box."})

    assert (answer.status_code, b"Choose what you decided." in answer.content) == (422, True)
    assert b"Words that stay in the box." in answer.content
    assert page.post(where, {"key": "l" * 24, "decisions": ["go_on"]}).status_code == 302
    assert b"Go on as agreed." in page.get(where).content


def test_an_unknown_decision_is_refused(cast):
    with pytest.raises(Refusal):
        record_review(by=at_table(cast, cast.mayas, NOW), course=course(cast), decisions=["win"])


def test_the_client_never_sees_that_there_was_one(cast):
    joan = at_table(cast, cast.mayas, NOW)
    record_review(by=joan, course=course(cast), decisions=["go_on"], reason="Only for staff.")
    assert [one.reason for one in queries.reviews(joan)] == ["Only for staff."]

    assert queries.reviews(cast.maya_now()) == []
    assert browser(cast.maya).get(f"/course/{cast.mayas.pk}/review/").status_code == 404


def test_little_change_rests_until_there_is_something_new_to_say():
    days = [date(2025, 3, day) for day in range(1, 9)]

    assert [queries.rests([days[3]], days[:sent]) for sent in (4, 7, 8)] == [True, True, False]
    assert not queries.rests([], days)
