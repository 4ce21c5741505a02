"""How the ring and the timeline are drawn: the same whole picture for the same words."""

from datetime import date
from itertools import combinations
from math import hypot

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.cycle_steps import own_station, stations
from kithwork.ipt.timeline import Window
from kithwork.therapy.checkins.queries import ScorePoint
from kithwork.therapy.story import ring, timeline
from kithwork.therapy.story.queries import ShownEvent, ShownStep

TODAY, BEGAN = date(2025, 3, 18), date(2025, 2, 18)


def event(name, day, lane="relationships", effect=""):
    return ShownEvent(
        name, name, "", effect, "", lane, (), str(day), day, day, day, None, "", Sharing.SHARED, None
    )


def score(day, total):
    return ScorePoint(str(day), "", day, None, total, total is not None, 9, None, None, "")


def test_labels_break_into_lines_that_fit_a_disc():
    assert [ring.balanced(station.label) for station in stations] == [
        ("My mood", "drops"),
        ("I pull", "away"),
        ("Others", "step back"),
        ("I take it", "as proof", "I've failed"),
    ]


def test_one_station_is_chosen_and_its_arrow_leads_on():
    picture = ring.plain(stations["others_step_back"], lambda key: f"?station={key}")

    assert [(disc.url, disc.chosen) for disc in picture.discs] == [
        ("?station=mood_drops", False),
        ("?station=pull_away", False),
        ("?station=others_step_back", True),
        ("?station=take_as_proof", False),
    ]
    assert [arrow.next for arrow in picture.arrows] == [False, False, True, False]
    assert [line.text for line in picture.discs[2].below] == ["They may feel shut out,", "unsure how to help"]


def test_with_nothing_there_is_no_picture():
    assert timeline.draw([], [], today=TODAY, began=BEGAN) is None


def test_a_missing_total_breaks_the_line_and_is_never_drawn_as_zero():
    scores = [score(date(2025, 2, 18), 19), score(date(2025, 2, 25), None), score(date(2025, 3, 4), 16)]

    picture = timeline.draw([], scores, today=TODAY, began=BEGAN)

    assert [point.total for point in picture.points] == [19, 16]
    assert (picture.path.count("M"), picture.path.count("L")) == (2, 0)


def test_years_and_weeks_stand_on_one_axis_with_a_break_between_them():
    events = [event("Born", date(2019, 5, 1)), event("Row", date(2025, 3, 1))]

    picture = timeline.draw(events, [score(date(2025, 2, 18), 19)], today=TODAY, began=BEGAN)

    born, row = (picture.axis.place(one.middle) for one in events)
    assert picture.axis.is_broken
    assert picture.today is not None
    assert born < timeline.BREAK_AT < row < picture.today


def test_names_never_lie_on_one_another():
    events = [event(f"Something long {n}", date(2025, 3, 1 + n)) for n in range(6)]

    picture = timeline.draw(events, [], today=TODAY, began=BEGAN)
    marks = [mark for lane in picture.lanes for mark in lane.marks]
    spans = [(mark.y, *timeline._span(mark)) for mark in marks]

    together = [
        (a, b)
        for i, a in enumerate(spans)
        for b in spans[i + 1 :]
        if a[0] == b[0] and a[1] <= b[2] and b[1] <= a[2]
    ]
    assert (len(marks), together) == (6, [])


def test_numbers_too_near_one_another_are_left_to_the_table():
    scores = [score(date(2025, 2, 18), 19), score(date(2025, 2, 25), 18), score(date(2025, 3, 4), 16)]
    near, far = (
        timeline.draw([], scores, today=TODAY, began=BEGAN, window=Window.holding(TODAY, zoom))
        for zoom in ("years", "weeks")
    )

    assert near is not None
    assert far is not None
    assert [point.has_label for point in near.points] == [True, False, False]
    assert [point.has_label for point in far.points] == [True, True, True]


def test_a_stretch_is_drawn_even_when_nothing_stands_in_it():
    picture = timeline.draw(
        [], [], today=TODAY, began=BEGAN, window=Window.holding(date(1990, 1, 1), "months")
    )

    assert picture is not None
    assert (picture.today, picture.today_path, [tick.label for tick in picture.ticks][-1]) == (
        None,
        "",
        "1990",
    )


def test_any_number_of_steps_goes_round():
    steps = [ShownStep(own_station(str(n), "A step with quite a long name")) for n in range(12)]

    for count in range(2, 13):
        picture = ring.draw(steps[:count], None, lambda key: f"#{key}")
        far = max(
            hypot(disc.x - ring.CENTRE_X, disc.y - ring.CENTRE_Y) + disc.radius for disc in picture.discs
        )
        apart = min(hypot(a.x - b.x, a.y - b.y) for a, b in combinations(picture.discs, 2))
        assert far <= ring.WIDTH / 2
        assert apart > 2 * picture.discs[0].radius
        assert picture.number == 0
