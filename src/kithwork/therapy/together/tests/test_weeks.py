"""My weeks: one axis for everything, the rules as lines for staff alone, and nothing of what is kept for staff."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.people import actions as people
from kithwork.therapy.together import chart
from kithwork.therapy.together.chart import Measure, Picture
from kithwork.therapy.together.in_words import in_words
from kithwork.therapy.together.level_panel import levels
from kithwork.therapy.together.weeks import weeks

START = date(2025, 1, 7)
LONDON = ZoneInfo("Europe/London")


def totals(*found):
    return tuple((START + timedelta(weeks=n), total) for n, total in enumerate(found))


def picture(*found, **more):
    measure = Measure("PHQ-9", 27, totals(*found), key="phq9")
    return Picture(first=START, today=START + timedelta(weeks=10), measures=(measure,), **more)


def test_a_line_ends_at_a_long_gap():
    days = (START, START + timedelta(days=7), START + timedelta(days=36), START + timedelta(days=43))
    measure = Measure("PHQ-9", 27, tuple((on, 12) for on in days))
    one = Picture(first=START, today=START + timedelta(days=50), measures=(measure,))

    assert len(chart.draw(one).panels[0].lines) == 2
    joined = replace(one, measures=(replace(measure, totals=measure.totals[:2]),))
    assert len(chart.draw(joined).panels[0].lines) == 1


def test_the_diarys_level_ends_where_nobody_wrote():
    near = [START + timedelta(days=n) for n in (0, 1, 2, 3, 4)]
    later = [START + timedelta(days=n) for n in (60, 61, 62, 63, 64)]
    found = levels(tuple((on, 3) for on in (*near, *later)))

    panel = chart.draw(Picture(first=START, today=later[-1], moods=found.moods, level=found)).level
    assert (len(panel.lines), len(panel.bands), len(panel.days)) == (2, 2, 10)


def test_few_days_have_no_level_and_are_there_as_days():
    found = levels(((START, 3), (START + timedelta(days=1), 4)))
    said = in_words(picture(12, 11, moods=found.moods, level=found))

    assert found.newest is None
    assert said[1].words == "Not enough days yet for a level: it takes five within three weeks."


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ((19, None, 18), "Not enough yet for a direction: it takes 3 whole check-ins, and there are 2."),
        ((19, 18, 19, 16, 18),
         "About 2 points lower over 5 check-ins, give or take 4. That may be no change at all."),
        ((20, 17, 15, 12, 9, 7), "About 13 points lower over 6 check-ins, give or take 3."),
        ((12, 12, 12, 12), "About the same over 4 check-ins, give or take 4."),
    ],
)  # fmt: skip
def test_how_scores_have_gone_is_said_with_how_sure_it_is(found, words):
    assert in_words(picture(*found))[0].words == words


def test_the_circles_days_lead_to_the_circles(cast):
    people.add_person(by=cast.maya_now(NOW - timedelta(days=2)), label="Sam", ring=1, sharing=Sharing.SHARED)

    later = NOW + timedelta(days=30)
    drawn = weeks(
        cast.maya_now(later), cast.mayas, zone=LONDON, today=later.date(), last=6, circles="/circles/"
    )
    people.place(by=cast.maya_now(later), person=people_of(cast, later), ring=2)
    again = weeks(
        cast.maya_now(later), cast.mayas, zone=LONDON, today=later.date(), last=6, circles="/circles/"
    )

    assert drawn.picture.circles == (date(2025, 3, 16),)
    assert again.picture.circles == (date(2025, 3, 16), later.date())
    assert f'href="/circles/?since={later.date()}"' in again.wide_sheet


def people_of(cast, now):
    from kithwork.therapy.people.queries import people as everybody

    return everybody(cast.maya_now(now))[0]


@pytest.mark.parametrize("query", ["", "?weeks=6", "?as=table", "?weeks=6&as=table", "?weeks=" + "9" * 400])
def test_every_way_of_looking_opens_for_both(cast, query):
    diary.write_entry(by=cast.maya_now(), on=NOW.date(), mood=4, sharing=Sharing.SHARED)

    for who, page in ((cast.maya, "/me/progress/"), (cast.joan, f"/course/{cast.mayas.pk}/progress/")):
        found = browser(who).get(page + query)
        assert found.status_code == 200
        assert ('<svg class="together-drawing' in found.content.decode()) == ("as=table" not in query)


def test_a_kept_day_moves_no_level_of_staffs(cast):
    for n in range(5):
        diary.write_entry(
            by=cast.maya_now(), on=NOW.date() - timedelta(days=n), mood=4, sharing=Sharing.SHARED
        )

    def seen(audience):
        return weeks(
            audience, cast.mayas, zone=LONDON, today=NOW.date(), last=None, circles=""
        ).picture.level.moods

    before = seen(cast.audience(cast.joan, cast.mayas))
    diary.write_entry(by=cast.maya_now(), on=NOW.date() - timedelta(days=9), mood=1, sharing=Sharing.JUST_ME)

    assert seen(cast.audience(cast.joan, cast.mayas)) == before
    assert seen(cast.maya_now()) != before
