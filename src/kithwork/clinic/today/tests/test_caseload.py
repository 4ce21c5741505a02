"""The caseload: rows, their order and what is left out; and the line of a client's totals."""

import re

import pytest
from tests.cast import NOW, browser
from tests.filling import another_course, at_table, check_in, choose, meet_weekly

from kithwork.clinic.today import queries
from kithwork.clinic.today.facts import Score, facts_of
from kithwork.clinic.today.sparkline import sparkline
from kithwork.clinic.today.ways import View
from kithwork.therapy.course.access import open_courses
from kithwork.therapy.course.actions import close


@pytest.fixture
def three(cast):
    """Maya after five sessions, Ben before the first, Dora's course ended."""
    ben, dora = another_course(cast, "Ben Hart", offered=12), another_course(cast, "Dora Lind")
    meet_weekly(cast, cast.mayas, 4)
    check_in(cast, cast.mayas, 19, days_ago=28)
    check_in(cast, cast.mayas, 18, days_ago=1)
    choose(cast, cast.mayas)
    check_in(cast, ben, 22, days_ago=2)
    meet_weekly(cast, dora, 1)
    close(by=at_table(cast, dora, NOW), course=dora, how="completed")
    return cast


def cases(cast):
    return queries.caseload(facts_of(open_courses(cast.viewer(cast.joan), page="test", now=NOW)), now=NOW)


def test_a_row_says_where_a_course_stands(three):
    rows = {case.name: case for case in cases(three)}

    assert [
        (name, case.session, case.stands, case.focus, case.latest, case.contact)
        for name, case in sorted(rows.items())
    ] == [
        ("Ben Hart", "Session 1 of 12 (to be agreed)", "Beginning", "", 22, ""),
        ("Dora Lind", "Ended after 1 session", "Ended", "", None, "11 March"),
        ("Maya Ellis", "Session 5 of 16 (to be agreed)", "Middle", "Conflict", 18, "11 March"),
    ]


@pytest.mark.parametrize(
    ("show", "order", "names"),
    [
        ("open", "name", ["Ben Hart", "Maya Ellis"]),
        ("all", "session", ["Maya Ellis", "Ben Hart", "Dora Lind"]),
        ("all", "phase", ["Ben Hart", "Maya Ellis", "Dora Lind"]),
        ("all", "score", ["Ben Hart", "Maya Ellis", "Dora Lind"]),
        ("all", "contact", ["Ben Hart", "Dora Lind", "Maya Ellis"]),
        ("middle", "name", ["Maya Ellis"]),
        ("ending", "name", []),
        ("ended", "name", ["Dora Lind"]),
    ],
)
def test_rows_are_sorted_and_filtered_by_links(three, show, order, names):
    assert [case.name for case in queries.seen_as(cases(three), View(show=show, sort=order))] == names


def test_the_page_knows_only_its_own_ways(three):
    page = browser(three.joan).get("/clinic/caseload/?sort=password&show=everybody").content.decode()

    assert re.findall(r'data-kw="case".*?<a href="[^"]*"[^>]*>(.*?)</a>', page, re.DOTALL) == [
        "Ben Hart",
        "Maya Ellis",
    ]


def test_somebody_new_at_the_clinic_is_invited_to_begin(cast):
    from kithwork.foundation.accounts.actions import give_role

    give_role(cast.noor, "therapist", now=NOW)

    for path in ("/clinic/", "/clinic/caseload/"):
        assert "Invite your first client" in browser(cast.noor).get(path).content.decode()


def scores(*totals):
    return [Score("2025-03-01", total) for total in totals]


def test_the_line_breaks_over_a_missing_total():
    line = sparkline(scores(20, 18, None, 12))

    assert line.words == "20, 18, not complete, 12"
    assert [[point.total for point in run] for run in line.runs] == [[20, 18], [12]]
    assert (len(line.paths), [point.total for point in line.alone]) == (1, [12])


def test_higher_totals_stand_higher():
    line = sparkline(scores(0, 27))

    assert [(point.x, point.y) for point in line.runs[0]] == [(4, 24), (92, 4)]


@pytest.mark.parametrize("nothing", [[], [None], [None, None]])
def test_no_total_is_no_line(nothing):
    assert sparkline(scores(*nothing)) is None
