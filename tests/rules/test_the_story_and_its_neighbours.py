"""The story beside its neighbours: examples from the diary, what it can say, a weighing that chooses no focus."""

from datetime import timedelta

import pytest

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.timeline import End
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.focus import queries as focus
from kithwork.therapy.story import actions, queries
from tests.cast import NOW, browser


@pytest.fixture
def maya(cast):
    return cast.maya_now()


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


def test_an_example_shows_only_to_those_who_see_both_ends(maya, joan):
    kept = diary.write_entry(by=maya, on=NOW.date(), mood=2, words="Sat on the stairs.", sharing=Sharing.SHARED,
                             words_sharing=Sharing.JUST_ME)  # fmt: skip
    row = actions.add_event(by=maya, title="Row", when="2021", lane="relationships", sharing=Sharing.JUST_ME)
    for end in (End("diary", kept.pk), End("event", row.pk)):
        actions.link(by=maya, one=End("step", "pull_away"), other=end, sharing=Sharing.SHARED)

    def examples(by):
        links = queries.links_of(by, queries.linkable(by), "pull_away")
        return sorted(link.beside("pull_away") for link in links)

    assert examples(maya) == ["18 March: Sat on the stairs.", "Row (2021)"]
    assert examples(joan) == ["18 March: mood low"]


def test_it_decides_nothing(maya, joan):
    actions.weigh(by=maya, area="grief", fits="a_lot", sharing=Sharing.SHARED)

    assert focus.current(joan) == []


def test_what_she_shares_of_it_stands_where_the_focus_is_chosen(cast, maya):
    actions.weigh(by=maya, area="grief", why="Since Mum died.", sharing=Sharing.SHARED)
    actions.weigh(by=maya, area="dispute", why="The rows.", sharing=Sharing.LATER)

    page = browser(cast.joan).get(f"/course/{cast.mayas.pk}/focus/choose/").content

    assert (b"Since Mum died." in page, b"The rows." in page) == (True, False)


@pytest.mark.parametrize(
    ("days", "heading"), [(0, "Not enough days yet"), (20, "Not enough days yet"), (21, "No numbers yet")]
)
def test_below_21_days_there_is_only_the_picture(maya, joan, days, heading):
    for n in range(days):
        then = NOW - timedelta(days=n)
        diary.write_entry(
            by=maya, on=then.date(), mood=3, sharing=Sharing.JUST_ME, words_sharing=Sharing.JUST_ME
        )

    assert queries.diary_says(maya).heading == heading
    assert queries.diary_says(joan).heading == "Not enough days yet"
