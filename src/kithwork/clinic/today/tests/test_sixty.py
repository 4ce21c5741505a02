"""Sixty clients cost no more questions than three: Today, the caseload, and the page before a session."""

from django.db import connections
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, browser
from tests.filling import another_course, at_table, check_in, choose, meet, plan_today

from kithwork.therapy.course.models import Course
from kithwork.therapy.sessions.actions import add_agenda_item


def asked(cast, path):
    """How many statements a page sends to both databases, its events on the trail among them.

    First when something was done in every course since it was last there, then when nothing was.
    """
    page = browser(cast.joan)
    page.get(path)
    for course in Course.objects.exclude(pk=cast.carls.pk):  # all that are Joan's
        add_agenda_item(by=at_table(cast, course, NOW), text="The letter")
    return statements(page, path), statements(page, path)


def statements(page, path):
    with (
        CaptureQueriesContext(connections["default"]) as data,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        assert page.get(path).status_code == 200
    return len(data.captured_queries) + len(keys.captured_queries)


def fill(cast, course, *, whole):
    """A session today and something that needs a look; where it is whole, a session before it and a check-in."""
    if whole:
        meet(cast, course, NOW.replace(day=11))
        check_in(cast, course, 18, days_ago=1, item9=1)
        choose(cast, course)
    plan_today(cast, course)


def test_sixty_cost_no_more_than_three(cast):
    paths = ("/clinic/", "/clinic/caseload/?show=all", f"/course/{cast.mayas.pk}/prepare/")
    fill(cast, cast.mayas, whole=True)
    for number in range(2):
        fill(cast, another_course(cast, f"Client {number}"), whole=True)
    three = {path: asked(cast, path) for path in paths}

    for number in range(57):
        fill(cast, another_course(cast, f"More {number}"), whole=False)

    assert browser(cast.joan).get("/clinic/").content.count(b'data-kw="session-today"') == 60
    assert {path: asked(cast, path) for path in paths} == three


def test_a_longer_course_costs_the_page_before_a_session_no_more(cast):
    path = f"/course/{cast.mayas.pk}/prepare/"
    meet(cast, cast.mayas, NOW.replace(day=1))
    check_in(cast, cast.mayas, 18, days_ago=15)
    after_one = asked(cast, path)

    for week in range(1, 4):
        meet(cast, cast.mayas, NOW.replace(day=week + 1))
        check_in(cast, cast.mayas, 18, days_ago=15 - week)

    assert asked(cast, path) == after_one
