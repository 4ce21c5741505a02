"""What a client keeps to herself leaves every staff page byte-equal: content, count, layout and order."""

import re
from datetime import date, time, timedelta

import pytest

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.timeline import End
from kithwork.project.whose_pages import routes
from kithwork.therapy.checkins import actions as checkins
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.ending import actions as ending
from kithwork.therapy.my_data import actions as my_data
from kithwork.therapy.people import actions as people
from kithwork.therapy.reminders import actions as reminders
from kithwork.therapy.reminders.actions import Wish
from kithwork.therapy.safety import actions as safety
from kithwork.therapy.sessions import actions as sessions
from kithwork.therapy.story import actions as story
from kithwork.therapy.story import queries as story_queries
from tests.cast import NOW, browser

KEPT, SHARED, LATER = Sharing.JUST_ME, Sharing.SHARED, Sharing.LATER
TODAY = date(2025, 3, 18)


def staff_pages(course):
    """Every page of a course, and every list, that needs no further name in its address."""
    for route in routes():
        if route.who["therapist"] == "deny" or "<" in route.pattern.replace("<str:course_id>", ""):
            continue
        if route.name.startswith("course:") or route.name in ("clinic-today", "caseload", "supervision"):
            yield route.pattern.replace("<str:course_id>", course)


def shown(page, address):
    answer = page.get(address)
    text = answer.content.decode() if answer.status_code == 200 else f"{answer.status_code}"
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return re.sub(r'name="key"[^>]*>', "", text)


def share_something(cast):
    """A shared record of each kind, so that every page has something to show."""
    maya = cast.maya_now(NOW - timedelta(hours=2))
    sam = people.add_person(by=maya, label="Sam", relation="partner", ring=1, angle=90, sharing=SHARED)
    people.write_card(by=maya, person=sam, field="good", text="Makes me laugh.", sharing=SHARED)
    people.take_snapshot(by=maya, sharing=SHARED)
    diary.write_entry(
        by=maya, on=TODAY, mood=3, people=[sam.pk], words="Shared day.", sharing=SHARED, words_sharing=SHARED
    )
    story.add_event(
        by=maya,
        title="Row about money",
        when="2025-03-01",
        lane="relationships",
        people=[sam.pk],
        sharing=SHARED,
    )
    return sam


def keep_something(cast, sam):
    """A kept record of each kind, woven into what is shared."""
    maya = cast.maya_now(NOW - timedelta(minutes=5))
    for sharing in (KEPT, LATER):
        secret = people.add_person(
            by=maya, label=f"Kept {sharing}", relation="friend", ring=1, angle=91, sharing=sharing
        )
        people.write_card(by=maya, person=sam, field="hard", text="Kept words.", sharing=sharing,
                          base=_base(maya, sam))  # fmt: skip
        diary.write_entry(by=maya, on=TODAY, mood=1, people=[sam.pk, secret.pk], words="Kept day.", sharing=sharing,
                          words_sharing=sharing)  # fmt: skip
        diary.write_entry(by=maya, on=TODAY - timedelta(days=9), people=[secret.pk], sharing=SHARED)
        story.add_event(
            by=maya,
            title="Kept event",
            when="2025-03-02",
            lane="relationships",
            people=[sam.pk],
            sharing=sharing,
        )
    people.take_snapshot(by=maya, sharing=KEPT)
    people.add_people(by=maya, labels=["Kept one", "Kept other"], ring=2, sharing=KEPT)
    people.write_card(by=maya, person=sam, field="turn_to", text="company", sharing=KEPT)
    people.write_card(by=maya, person=sam, field="tags", text="support", sharing=KEPT)
    people.look_back(by=maya, person=sam, how="me")
    diary.write_entry(
        by=maya, on=TODAY, words="Kept words, nothing else.", sharing=SHARED, words_sharing=KEPT
    )
    story.set_cycle_step(by=maya, station="pull_away", answer="often", my_words="Kept step.", sharing=KEPT)
    _keep_in_the_story(maya)
    story.add_put_down(by=maya, what="Kept thing", who_could="", keep="", who_should_know="", sharing=KEPT)
    safety.write_plan(by=maya, heading="signs", text="Kept sign.", sharing=KEPT)
    safety.say_how_to_reach(by=maya, answers={"hours": "Kept hours."}, bases={}, sharing=KEPT, no_mail=True)
    sessions.add_agenda_item(by=maya, text="Kept item", sharing=KEPT)
    ending.write(by=maya, field="changed", text="Kept change.", sharing=KEPT)
    ending.add_warning_sign(by=maya, sign="Kept warning.", sharing=KEPT)
    reminders.change(by=maya, wish=Wish(True, (1, 3), time(19), time(21), time(8), diary=True, check_in=True))
    reminders.send_one_now(by=maya)
    my_data.note_copy(by=maya)
    draft = checkins.open_check_in(by=maya)
    checkins.answer(by=maya, check_in=draft, instrument="phq9", item=1, value=3)


def _keep_in_the_story(maya):
    """An order, a step, an example, an earlier picture and a weighing, all of them hers."""
    step = story.add_step(by=maya, name="Kept step of my own")
    story.move_step(by=maya, station=step.station, places=-2)
    story.leave_out_step(by=maya, station="others_step_back")
    story.keep_version(by=maya)
    story.add_episode(by=maya, when="2010", before="Kept time.")
    shared = next(one for one in story_queries.events(maya) if one.sharing == SHARED)
    story.link(by=maya, one=End("step", "pull_away"), other=End("event", shared.id), sharing=KEPT)
    for sharing, area in ((KEPT, "dispute"), (LATER, "grief")):
        story.weigh(by=maya, area=area, fits="a_lot", why="Kept reason.", sharing=sharing)


def _base(maya, sam):
    from kithwork.foundation.passages.queries import read

    words = read(maya, sam).get("hard")
    return words.base if words else ""


@pytest.fixture
def joan(cast):
    return browser(cast.joan)


def test_every_staff_page_stays_byte_equal_when_a_client_keeps_something(cast, joan):
    sam = share_something(cast)
    addresses = sorted(set(staff_pages(cast.mayas.pk)))
    before = {address: shown(joan, address) for address in addresses}
    # The pages do show what is shared: nothing can be missing from an empty page.
    assert len(addresses) > 12
    assert "Shared day." in before[f"/course/{cast.mayas.pk}/diary/"]
    assert "Sam" in before[f"/course/{cast.mayas.pk}/people/"]

    keep_something(cast, sam)

    after = {address: shown(joan, address) for address in addresses}
    assert [address for address in addresses if after[address] != before[address]] == []
    assert "Kept day." in shown(browser(cast.maya), "/me/diary/")
