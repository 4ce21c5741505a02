"""The story beside its neighbours: examples from the diary, what it can say, a weighing that chooses no focus."""

import random
from datetime import timedelta

import pytest

from kithwork.cycle import ITEMS, Stage
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.models import Event as TrailEvent
from kithwork.foundation.vault.models import ClientKey
from kithwork.ipt.timeline import End
from kithwork.therapy.course import under_the_key
from kithwork.therapy.course.access import both_see
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.diary import worked_out
from kithwork.therapy.diary.models import Entry, WorkedOut
from kithwork.therapy.diary.says import says
from kithwork.therapy.diary.worked_out import work_out_due
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


def panel(page, address):
    return page.get(address).content.decode().partition('id="diary-says"')[2].partition("</section>")[0]


def two_pages(cast):
    return (browser(cast.maya), "/me/cycle/"), (browser(cast.joan), f"/course/{cast.mayas.pk}/cycle/")


def test_what_she_keeps_changes_nothing_of_what_the_therapist_reads_about_the_days(cast, maya):
    write_days(maya, 150, Sharing.SHARED)
    work_out_due(now=NOW)

    hers, his = two_pages(cast)
    before = panel(*hers), panel(*his)
    assert "90 % interval" in before[1]
    assert "interval" not in before[0]
    assert "tended to" in before[0]

    write_days(maya, 40, Sharing.JUST_ME, first=151)

    assert (COMING in panel(*hers), panel(*his)) == (True, before[1])

    work_out_due(now=NOW)

    assert (COMING in panel(*hers), panel(*hers) != before[0], panel(*his)) == (False, True, before[1])


COMING = "and stands here in a moment."
ASKS = {"headers": {"HX-Request": "true"}}


def test_an_open_page_picks_up_by_itself_what_was_worked_out(cast, maya):
    write_days(maya, 50, Sharing.SHARED)
    hers, his = two_pages(cast)
    looked = TrailEvent.objects.filter(chain=cast.mayas.pk, who_kind="staff").count

    for page, address in (hers, his):
        assert COMING in panel(page, address)
        assert f'hx-get="{address}diary/"' in panel(page, address)
    before = looked()
    waiting = [
        page.get(f"{address}diary/", {"seen": "coming"}, **ASKS).status_code for page, address in (hers, his)
    ]
    assert (waiting, looked()) == ([204, 204], before)

    work_out_due(now=NOW)

    for page, address in (hers, his):
        there = page.get(f"{address}diary/", {"seen": "coming"}, **ASKS).content.decode()
        assert (there.count('id="diary-says"'), COMING in there, "hx-get" in there) == (1, False, False)
    assert looked() == before + 1  # the therapist's look; her own are not on the trail
    assert hers[0].get("/me/cycle/diary/")["Location"] == "/me/cycle/#diary-says"


def test_what_is_taken_back_is_gone_from_the_therapists_page_before_it_is_worked_out_anew(cast, maya):
    write_days(maya, 150, Sharing.SHARED)
    work_out_due(now=NOW)
    _, his = two_pages(cast)
    assert "interval" in panel(*his)

    last = Entry.seen.visible_to(maya).latest("on")
    diary.decide(by=maya, entry=last, facts=Sharing.JUST_ME)

    assert (COMING in panel(*his), "interval" in panel(*his)) == (True, False)


def test_what_was_worked_out_of_what_she_keeps_opens_for_her_alone(maya, joan):
    write_days(maya, 50, Sharing.JUST_ME)
    work_out_due(now=NOW)
    rows = {row.readers: bytes(row.sealed) for row in WorkedOut.objects.all()}
    assert list(rows) == ["client"]
    assert b'"blocks"' in (under_the_key.open_sealed(maya, rows["client"]) or b"")
    assert b"blocks" not in rows["client"]

    assert under_the_key.open_sealed(joan, rows["client"]) is None
    assert under_the_key.open_sealed(both_see(maya), rows["client"]) is None


def test_with_her_key_it_is_gone(maya):
    write_days(maya, 50, Sharing.SHARED)
    work_out_due(now=NOW)
    sealed = bytes(WorkedOut.objects.get(readers="both").sealed)
    ClientKey.objects.filter(pk=maya.client).delete()

    assert under_the_key.open_sealed(both_see(maya), sealed) is None
    assert "This time it could not be worked out." in str(says(both_see(maya)).told[0])


def test_what_is_saved_while_it_is_worked_out_stays_due(maya, monkeypatch):
    write_days(maya, 50, Sharing.JUST_ME)
    really = worked_out._estimate

    def meanwhile(y):
        write_days(maya, 1, Sharing.JUST_ME, first=60)
        return really(y)

    monkeypatch.setattr(worked_out, "_estimate", meanwhile)
    assert (work_out_due(now=NOW), worked_out.is_due(maya)) == (0, True)

    monkeypatch.undo()
    assert (work_out_due(now=NOW), worked_out.is_due(maya), work_out_due(now=NOW)) == (1, False, 0)
    assert not says(maya).is_coming


def test_what_came_without_being_asked_for_is_asked_for_by_its_page(maya):
    write_days(maya, 50, Sharing.JUST_ME)
    WorkedOut.objects.all().delete()

    assert [says(maya).is_coming, work_out_due(now=NOW), says(maya).is_coming] == [True, 1, False]

    WorkedOut.objects.update(of=b"by earlier rules")

    assert [says(maya).is_coming, work_out_due(now=NOW), says(maya).is_coming] == [True, 1, False]


def test_what_both_see_is_worked_out_anew_only_when_that_changed(maya, joan):
    write_days(maya, 2, Sharing.JUST_ME)
    assert [(row.readers, row.asked) for row in WorkedOut.objects.all()] == [("client", 2)]

    entry = Entry.seen.visible_to(maya).latest("on")
    diary.decide(by=maya, entry=entry, facts=Sharing.SHARED)
    entry.refresh_from_db(from_queryset=Entry.seen.visible_to(maya))
    diary.decide(by=maya, entry=entry, facts=Sharing.JUST_ME)
    diary.write_entry(by=maya, on=NOW.date(), mood=3, sharing=Sharing.SHARED)

    assert sorted((row.readers, row.asked) for row in WorkedOut.objects.all()) == [("both", 2), ("client", 4)]
