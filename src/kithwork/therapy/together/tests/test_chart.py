"""The drawing: what is missing stays missing, a point is a point, and words keep out of each other's way."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithwork.therapy.together import chart
from kithwork.therapy.together.chart import Happening, Lane, Measure, Picture
from kithwork.therapy.together.sheet import NARROW, WIDE

FEB_18 = date(2025, 2, 18)
MAR_18 = date(2025, 3, 18)
QUIET = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def week(n):
    return FEB_18 + timedelta(weeks=n)


def measure(*totals, name="PHQ-9", highest=27):
    return Measure(name, highest, tuple((week(n), total) for n, total in enumerate(totals)))


def picture(**parts):
    return Picture(first=FEB_18, today=MAR_18, **parts)


def test_a_check_in_without_a_total_breaks_the_line():
    panel = chart.draw(picture(measures=(measure(19, 18, None, 16, 18),))).panels[0]

    assert len(panel.lines) == 2
    assert [dot.value.words for dot in panel.dots] == ["19", "18", "16", "18"]


def test_one_total_is_a_point_and_no_line():
    drawn = picture(measures=(measure(19, None),))

    assert chart.draw(drawn).panels[0].lines == ()
    assert chart.too_early(drawn)


def test_two_totals_are_a_line():
    assert not chart.too_early(picture(measures=(measure(19, 18),)))


def test_a_point_has_one_height_in_every_questionnaire():
    phq, gad = chart.draw(
        picture(measures=(measure(10, 12), measure(10, 12, name="GAD-7", highest=21)))
    ).panels

    rise = [round(panel.dots[0].y - panel.dots[1].y, 1) for panel in (phq, gad)]
    assert rise == [9.2, 9.2]
    assert [phq.second, gad.second] == [False, True]


def test_questionnaires_never_overlap():
    phq, gad = chart.draw(picture(measures=(measure(0, 27), measure(21, 0, name="GAD-7", highest=21)))).panels

    assert max(dot.y for dot in phq.dots) < min(dot.y for dot in gad.dots) - 20


def test_a_day_without_an_entry_has_no_mark():
    drawn = chart.draw(picture(moods=((week(0), 2), (week(2), 5))))

    assert [tide.mood for tide in drawn.lanes[0].tides] == [2, 5]


def test_without_entries_there_is_no_diary_lane():
    assert chart.draw(picture()).lanes == ()


def test_on_a_long_course_moods_become_dots_that_stand_higher_for_better_days():
    long = Picture(
        first=date(2024, 3, 18), today=MAR_18, moods=((date(2024, 5, 1), 1), (date(2024, 5, 2), 5))
    )

    low, high = chart.draw(long).lanes[0].tides
    assert low.r == high.r == chart.DOT_TIDE
    assert low.is_dot
    assert low.y - high.y == 16


def test_words_that_would_touch_go_to_a_row_below():
    rows = Lane(
        "Sam", (Happening("Row about money", week(1), week(1)), Happening("Row again", week(1), week(1)))
    )

    marks = chart.draw(picture(lanes=(rows,))).lanes[0].marks
    assert marks[1].y - marks[0].y == chart.ROW


def test_words_stand_before_a_mark_where_there_is_no_room_after_it():
    lane = Lane(
        "Sam",
        (Happening("3 days silent", week(3), week(3)), Happening("Row", week(3) + timedelta(days=3), MAR_18)),
    )

    first, second = chart.draw(picture(lanes=(lane,))).lanes[0].marks
    assert (first.label.anchor, first.y) == ("end", second.y)


def test_a_stretch_of_days_is_a_capsule():
    silent = Lane("Sam", (Happening("3 days silent", week(2), week(2) + timedelta(days=3)),))

    assert chart.draw(picture(lanes=(silent,))).lanes[0].marks[0].span is not None


def test_what_happened_before_the_axis_is_not_on_it():
    old = Lane("Dad", (Happening("Moved away", date(2011, 1, 1), date(2011, 12, 31)),))

    assert chart.draw(picture(lanes=(old,))).lanes[0].marks == ()


def test_the_words_for_those_who_do_not_see_it_say_what_the_line_shows():
    drawn = picture(measures=(measure(19, 18, 19, 16, 18),), moods=((week(1), 3),))

    assert chart.summary(drawn) == "PHQ-9 from 19 to 18 over 5 check-ins; 1 diary entry"


def test_nothing_is_nothing():
    assert chart.summary(picture()) == "Nothing to draw yet"
    assert chart.draw(picture()).panels == ()


@QUIET
@given(st.sets(st.integers(0, 600), max_size=20), st.integers(10, 80))
def test_words_that_are_kept_stand_apart_and_the_last_one_is_kept(places, gap):
    places = sorted(places)

    kept = chart.spaced(places, gap)

    assert all(places[b] - places[a] >= gap for a, b in pairwise(kept))
    assert kept[-1:] == ([len(places) - 1] if places else [])


@QUIET
@given(
    st.lists(st.tuples(st.integers(0, 28), st.integers(0, 5), st.text(min_size=1, max_size=60)), max_size=12)
)
def test_everything_stays_on_the_sheet(happened):
    happenings = tuple(
        Happening(title, FEB_18 + timedelta(days=day), FEB_18 + timedelta(days=day + more))
        for day, more, title in happened
    )
    for layout in (WIDE, NARROW):
        drawing = chart.draw(picture(lanes=(Lane("Sam", happenings),)), layout)
        for mark in drawing.lanes[0].marks:
            assert 0 <= mark.x <= layout.width
            assert mark.y < drawing.height
