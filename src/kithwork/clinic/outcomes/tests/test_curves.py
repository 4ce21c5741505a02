"""The clinic's usual curves: of a hundred courses or none, kept as counts and percentiles, used by the rooms."""

from datetime import timedelta

import numpy as np
from tests.cast import NOW, browser

from kithwork.change import Point, usual_curves
from kithwork.clinic.outcomes.curves import newest, table_of, work_out_when_due
from kithwork.clinic.outcomes.models import UsualCurves
from kithwork.clinic.outcomes.national import Figure, told
from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.checkins.models import Answers, CheckIn
from kithwork.therapy.course.models import Course, CourseState
from kithwork.therapy.reviews.slots import usual
from kithwork.therapy.reviews.worth_talking import worth_talking


def check_in(cast, course, session, total):
    on = (NOW - timedelta(weeks=20) + timedelta(weeks=session)).date()
    audience = cast.maya_now()
    sent = CheckIn.make(
        audience,
        sharing=Sharing.SHARED,
        for_session=session,
        state="sent",
        opened_at=NOW,
        sent_at=NOW,
        reviewer=cast.joan.pk,
    )
    answers = Answers.make(
        audience,
        sharing=Sharing.SHARED,
        check_in=sent,
        instrument="phq9",
        version="1",
        total=total,
        answered_on=on,
    )
    for row in (sent, answers):
        type(row)._base_manager.filter(pk=row.pk).update(course=course)


def edition(cast, *, courses=120):
    """An edition as the worker keeps it, of a clinic that was made up: first 19, and a point lower each session."""
    rng = np.random.default_rng(1)
    table = 19 - np.arange(8) + np.rint(rng.normal(0, 1.5, (courses, 8)))
    table[:, 0] = 19
    from kithwork.clinic.outcomes import curves  # its own way of keeping

    kept = [curves._kept(one) for one in usual_curves(np.clip(table, 0, 27))]
    return UsualCurves.objects.create(clinic=cast.clinic, version=1, made_at=NOW, curves=kept)


def test_a_later_form_for_a_session_stands_and_what_is_missing_stays_missing():
    table = table_of([("a", 1, 19), ("a", 3, 15), ("a", 3, 14), ("b", 1, 12)])

    assert np.array_equal(table, [[19, np.nan, 14], [12, np.nan, np.nan]], equal_nan=True)


def test_the_worker_makes_an_edition_and_does_so_again_only_when_it_is_due(cast):
    assert [work_out_when_due(now=NOW), work_out_when_due(now=NOW + timedelta(days=29))] == [1, 0]
    assert work_out_when_due(now=NOW + timedelta(days=31)) == 1
    assert newest(cast.clinic.pk).version == 2
    assert all(one.points == () and one.courses == 0 for one in newest(cast.clinic.pk).curves)


def test_only_finished_courses_and_sent_forms_are_behind_it(cast):
    from kithwork.clinic.outcomes.curves import finished

    check_in(cast, cast.mayas, 1, 19)
    assert list(finished(cast.clinic.pk)) == []

    Course.objects.filter(pk=cast.mayas.pk).update(state=CourseState.ENDED, held=4)
    assert list(finished(cast.clinic.pk)) == [(cast.mayas.pk, 1, 19)]

    CheckIn._base_manager.update(state="withdrawn")
    assert list(finished(cast.clinic.pk)) == []


def test_with_enough_courses_staff_see_the_bound_and_the_number_behind_it(cast):
    made = edition(cast)
    for session, total in ((1, 19), (2, 18), (3, 23)):
        check_in(cast, cast.mayas, session, total)
    joan = cast.audience(cast.joan, cast.mayas)

    assert usual.newest(cast.clinic.pk).version == made.version
    standing = worth_talking(joan, cast.mayas)
    third = next(one for one in standing.curve.points if one.session == 3)

    assert isinstance(third, Point)
    assert third.courses == 120
    assert standing.rule == (
        f"Session 3: 23. Of the past courses here that began between 19 and 21, nine in ten stood at {third.bound:.1f}"
        " or below; 120 courses are behind that number."
    )
    page = browser(cast.joan).get(f"/course/{cast.mayas.pk}/progress/").content.decode()
    assert "Worth a conversation" in page
    assert "edition 1 of 18 March 2025" in page
    assert "Worth a conversation" not in browser(cast.maya).get("/me/progress/").content.decode()


def test_with_too_few_courses_only_the_fixed_rules_hold(cast):
    edition(cast, courses=99)
    for session, total in ((1, 19), (6, 18)):
        check_in(cast, cast.mayas, session, total)

    page = browser(cast.joan).get(f"/course/{cast.mayas.pk}/progress/").content.decode()
    assert "Session 6: 19 − 18 = 1, and a fall under 6 points may be chance." in page
    assert "not enough courses yet" in page
    assert "Not enough courses yet" in browser(cast.ravi).get("/clinic/outcomes/").content.decode()


def columns(*pairs):
    """Finished courses by their first and last PHQ-9 and GAD-7."""
    table = np.array(pairs, dtype=float).T
    names = ("phq9_first", "phq9_last", "anxiety_first", "anxiety_last")
    ended = {"treatment_contacts": np.full(len(pairs), 8.0), "ended": np.ones(len(pairs), dtype=bool)}
    return dict(zip(names, table, strict=True)) | ended


def figures(found) -> dict[str, str]:
    return {one.label: one.words for one in told(found).figures}


def test_how_courses_ended_is_said_with_what_it_is_out_of():
    found = columns(*[(18, 6, 14, 5)] * 30, *[(18, 17, 14, 13)] * 20)

    assert figures(found) == {
        "Recovery": "60 % of 50",
        "Reliable recovery": "60 % of 50",
        "Reliable improvement": "60 % of 50",
        "No reliable change": "40 % of 50",
        "Reliable deterioration": "Not shown",
        "Could not be told": "Not shown",
    }


def test_small_numbers_are_hidden_with_enough_beside_them():
    found = columns(*[(18, 6, 14, 5)] * 30, *[(18, 17, 14, 13)] * 20, *[(12, 18, 10, 10)] * 2)
    said = figures(found)

    assert said["Reliable deterioration"] == said["No reliable change"] == "Not shown"
    assert said["Reliable improvement"] == "58 % of 50"


def test_fewer_than_five_finished_show_nothing():
    found = columns(*[(18, 6, 14, 5)] * 4)

    assert told(found).finished is None


def test_an_effect_size_names_what_it_is_divided_by():
    found = columns(*[(18, 6, 14, 5)] * 15, *[(14, 10, 10, 9)] * 15)
    phq9 = told(found).means[0]

    assert phq9 == Figure(
        "Effect size, PHQ-9", "3.93",
        "From 16.0 to 8.0 on average, 30 people: the mean fall divided by 2.0, the standard deviation of their first"
        " scores.",
    )  # fmt: skip
