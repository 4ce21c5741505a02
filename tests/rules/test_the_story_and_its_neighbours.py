"""The story beside its neighbours: examples from the diary, what it can say, a weighing that chooses no focus."""

import random
from datetime import timedelta

import pytest

from kithwork.cycle import ITEMS, Stage
from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.timeline import End
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.diary import worked_out
from kithwork.therapy.diary.says import says
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


def write_days(by, days, sharing, first=1):
    """The fuller items, day after day: after a lower day there is more distance."""
    chance, low = random.Random(days), 5
    for n in range(first + days, first, -1):
        far = [on_scale(5 + 0.4 * (low - 5) + chance.gauss(0, 2.2)) for _ in range(3)]
        low = on_scale(5 + chance.gauss(0, 2.5))
        more = dict(zip(ITEMS, (low, *far[:2], on_scale(5 + chance.gauss(0, 2.5)), far[2]), strict=True))
        diary.write_entry(by=by, on=(NOW - timedelta(days=n)).date(), mood=3, more=more, sharing=sharing)


def on_scale(value):
    return min(10, max(0, round(value)))


@pytest.mark.parametrize(
    ("days", "stage"), [(0, Stage.PICTURE_ONLY), (13, Stage.PICTURE_ONLY), (14, Stage.SAME_DAY)]
)
def test_what_the_diary_can_say_comes_from_the_answers_that_its_reader_sees(maya, joan, days, stage):
    write_days(maya, days, Sharing.JUST_ME)

    assert (says(maya).stage, says(joan).stage) == (stage, Stage.PICTURE_ONLY)


def test_what_she_keeps_changes_nothing_of_what_the_therapist_reads_about_the_days(cast, maya, monkeypatch):
    for side in worked_out.PATIENCE:
        monkeypatch.setitem(worked_out.PATIENCE, side, 60)
    write_days(maya, 90, Sharing.SHARED)

    def panel(page, address):
        return page.get(address).content.decode().partition('id="diary-says"')[2].partition("</section>")[0]

    hers, his = (browser(cast.maya), "/me/cycle/"), (browser(cast.joan), f"/course/{cast.mayas.pk}/cycle/")
    before = panel(*hers), panel(*his)
    assert "90 % interval" in before[1]
    assert "interval" not in before[0]
    assert "tended to" in before[0]

    write_days(maya, 40, Sharing.JUST_ME, first=91)

    assert (panel(*his), panel(*hers) != before[0]) == (before[1], True)


def test_while_arrows_are_worked_out_the_page_says_so_and_does_not_wait(cast, maya, monkeypatch):
    monkeypatch.setitem(worked_out.PATIENCE, "client", 0)
    write_days(maya, 50, Sharing.JUST_ME)

    page = browser(cast.maya).get("/me/cycle/").content.decode()

    assert "Open the page again in a moment." in page
