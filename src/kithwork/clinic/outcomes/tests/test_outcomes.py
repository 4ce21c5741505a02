"""Counts for a service lead: true, with what they are out of, and none that could point at somebody."""

import pytest
from tests.cast import browser

from kithwork.clinic.outcomes.queries import Line, hide_small, tables
from kithwork.therapy.course.models import Course, CourseState


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 12, "b": 9}, {"a": 12, "b": 9}),
        ({"a": 12, "b": 3}, {"a": None, "b": None}),
        ({"a": 12, "b": 9, "c": 3}, {"a": 12, "b": None, "c": None}),
        ({"a": 12, "b": 4, "c": 3}, {"a": 12, "b": None, "c": None}),
        ({"a": 12, "b": 2, "c": 1}, {"a": None, "b": None, "c": None}),
        ({"a": 12, "b": 6, "c": 2, "d": 1}, {"a": 12, "b": None, "c": None, "d": None}),
        ({"a": 4}, {"a": None}),
        ({"a": 5}, {"a": 5}),
        ({}, {}),
    ],
)
def test_small_counts_are_hidden_and_cannot_be_worked_out(counts, shown):
    assert hide_small(counts) == shown


def test_a_line_says_what_it_is_out_of():
    assert [Line("x", 12, 24).words, Line("x", None, 24).words] == [
        "12 of 24",
        "Not shown",
    ]


def more_courses(cast, state, times):
    for n in range(times):
        copy = Course.objects.get(pk=cast.mayas.pk)
        copy.pk, copy.state, copy.held = f"{state}-{n:02d}".ljust(22, "x"), state, 6
        copy.save(force_insert=True)


def test_courses_are_counted_by_state_and_phase(cast):
    more_courses(cast, CourseState.ENDED, 7)
    more_courses(cast, CourseState.ACTIVE, 6)

    states, phases, forms = tables()

    assert [(line.label, line.words) for line in states.lines] == [
        ("Going on", "8 of 15"),
        ("Ended", "7 of 15"),
    ]
    assert [line.words for line in phases.lines] == ["Not shown"] * 2
    assert [(line.label, line.words) for line in forms.lines] == [("IPT, 16 sessions", "15 of 15")]


def test_the_page_shows_no_name_and_no_small_number(cast):
    page = browser(cast.ravi).get("/clinic/outcomes/").content.decode()

    assert [word for word in ("Maya", "Carl", "Joan", "2 of 2", cast.mayas.pk) if word in page] == []


@pytest.mark.parametrize("path", ["/clinic/outcomes/", "/clinic/groups/"])
def test_only_a_service_lead_opens_them(cast, path):
    people = ("ravi", "joan", "sade", "ada", "maya")

    assert {who: browser(getattr(cast, who)).get(path).status_code for who in people} == {
        "ravi": 200, "joan": 404, "sade": 404, "ada": 404, "maya": 404,
    }  # fmt: skip


def test_a_service_lead_opens_no_course(cast):
    assert browser(cast.ravi).get(f"/course/{cast.mayas.pk}/diary/").status_code == 404
