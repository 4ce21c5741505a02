"""Sessions beside the numbered ones: an extra one, one that nobody recorded, one beyond the number or the end."""

import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.trail.queries import events_of
from kithwork.ipt.safety import review_fields
from kithwork.therapy.course.actions import close
from kithwork.therapy.course.contracts import offer, sign
from kithwork.therapy.course.models import Course
from kithwork.therapy.safety.actions import record_review
from kithwork.therapy.sessions import actions, prefill, queries
from kithwork.therapy.sessions.models import AgendaItem, TryOut
from kithwork.therapy.sessions.record import text_of
from kithwork.therapy.sessions.tests.test_pages import at, post


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def opened(joan):
    """Session 1, under way."""
    return actions.open_room(by=joan, session=actions.plan(by=joan, at=NOW))


def extra_then(cast, joan):
    """An extra session in which something was done, and the next numbered one, just opened."""
    extra = actions.open_room(by=joan, session=actions.plan(by=joan, at=NOW, kind="extra"))
    page = browser(cast.joan)
    post(page, at(cast, f"{extra.pk}/agenda/"), item="Extra talk")
    [_, line] = queries.agenda(joan, 1)
    post(page, at(cast, f"{extra.pk}/agenda/{line.id}/"), act="done")
    post(page, at(cast, f"{extra.pk}/try/"), what="Extra try")
    words = {field.key: "Asked." for field in review_fields}
    record_review(by=replace(joan, together_in=1), flag=None, decisions=["talked"], words=words)
    extra = actions.close_room(by=joan, session=extra)
    later = replace(joan, now=NOW + timedelta(hours=1))
    return extra, actions.open_room(by=later, session=actions.plan(by=later, at=later.now)), later


def test_what_was_done_in_an_extra_session_is_not_the_next_ones(cast, joan):
    extra, numbered, later = extra_then(cast, joan)
    zone = ZoneInfo("Europe/London")

    assert prefill.summary(later, numbered, zone) == ""
    assert prefill.summary(later, extra, zone).splitlines() == [
        "We talked about: Extra talk.",
        "To try: Extra try.",
        "We meet again: Tuesday 18 March, 2:30 pm.",
    ]
    assert [line.text for line in queries.agenda(later, 1, numbered)[1:]] == []
    assert [(line.text, line.done) for line in queries.agenda(later, 1, extra)[1:]] == [("Extra talk", True)]


def test_the_record_of_each_session_holds_its_own(cast, joan):
    extra, numbered, later = extra_then(cast, joan)

    def own(session):
        text = text_of(later, cast.mayas, session=session, zone=ZoneInfo("Europe/London"))
        return [line for line in text.splitlines() if line.startswith(("Safety", "Next"))]

    assert own(numbered) == ["Safety: not recorded", "Next: not recorded"]
    assert own(extra) == [
        "Safety: Talked about it, and go on as planned (Joan Hale).",
        "Next: Extra try. Next session Tuesday 18 March, 2:30 pm.",
    ]


def test_what_was_kept_by_its_number_alone_stays_with_that_session(joan, opened):
    actions.add_agenda_item(by=joan, text="The row")
    actions.add_try_out(by=joan, what="Ring Priya", session_n=1)
    AgendaItem.seen.visible_to(joan).update(done_at=NOW, meeting=None)
    TryOut.seen.visible_to(joan).update(meeting=None)

    assert prefill.summary(joan, opened, ZoneInfo("Europe/London")).splitlines() == [
        "We talked about: The row.",
        "To try: Ring Priya.",
    ]


def test_an_extra_session_is_called_what_it_is_and_leads_to_its_own_room(cast, joan):
    extra = actions.plan(by=joan, at=NOW + timedelta(minutes=30), kind="extra", how="phone")
    actions.plan(by=joan, at=NOW + timedelta(hours=5))
    page = browser(cast.joan)

    def shown():
        frame = page.get(f"/course/{cast.mayas.pk}/diary/").context["kw"].course
        return frame.arc.words, frame.arc.when, frame.action.label, frame.action.url

    room = f"/course/{cast.mayas.pk}/sessions/{extra.pk}/"
    assert shown() == ("Extra session", "today 2:00 pm", "Open extra session", room)
    assert "Extra session · today 2 pm" in browser(cast.maya).get("/me/").content.decode()
    lead = re.findall(
        r'<p class="kw-lead">([^<]*)', page.get(f"/course/{cast.mayas.pk}/to-talk-about/").content.decode()
    )
    assert lead == ["Extra session, Tuesday 18 March, 2 pm."]
    assert "Before: Extra session" in page.get(f"/course/{cast.mayas.pk}/prepare/").content.decode()

    actions.open_room(by=joan, session=extra)

    assert shown() == ("Extra session", "today 2:00 pm", "Back to extra session", room)


def test_a_session_that_nobody_recorded_is_not_next(cast, joan):
    actions.plan(by=joan, at=NOW - timedelta(days=2))
    page = browser(cast.maya)
    alone = page.get("/me/").content.decode()
    actions.plan(by=joan, at=NOW + timedelta(days=2, minutes=30), how="phone")
    followed = page.get("/me/").content.decode()
    hers = page.get("/me/sessions/").content.decode()
    staffs = browser(cast.joan).get(at(cast)).content.decode()

    assert ("16 March" in alone, "The next time is not fixed yet." in alone) == (False, True)
    assert ("16 March" in followed, "Thursday 20 March, with Joan, by phone" in followed) == (False, True)
    listed = [re.findall(r'<h2 id="(\w+)"|(\d+) March', text) for text in (hers, staffs)]
    assert listed == [
        [("ahead", ""), ("", "20")],
        [("passed", ""), ("", "16"), ("ahead", ""), ("", "20")],
    ]
    course = Course.objects.get(pk=cast.mayas.pk)
    assert course.next_at == NOW + timedelta(days=2, minutes=30)


def test_what_was_planned_beyond_the_end_is_taken_off(cast, joan):
    actions.plan(by=joan, at=NOW + timedelta(days=1))
    before = len(events_of(cast.mayas.pk))

    actions.take_off_planned(by=joan)
    close(by=joan, course=cast.mayas, how="as_agreed")

    events = events_of(cast.mayas.pk)
    [row] = queries.rows(cast.audience(cast.joan, Course.objects.get(pk=cast.mayas.pk)))
    assert (row.closed_at, row.attendance) == (NOW, "clinic_cancelled")
    assert [event.act for event in events[: len(events) - before]] == ["course.ended", "sessions.closed"]
    sessions, talk = (
        browser(cast.maya).get(f"/me/{path}/").content.decode() for path in ("sessions", "to-talk-about")
    )
    assert [said in sessions + talk for said in ("19 March", "Session 1", "A word is enough")] == [False] * 3
    overview = browser(cast.joan).get(f"/course/{cast.mayas.pk}/").content.decode()
    assert 'id="agenda-title"' not in overview


def test_once_all_were_held_no_further_number_is_told(cast, joan):
    contract = offer(by=joan, sessions=2)
    for party in ("client", "therapist"):
        how = "in_room" if party == "client" else "signed_in"
        sign(by=joan, contract=contract, party=party, manner=how)
    for _n in range(2):
        actions.close_room(by=joan, session=actions.open_next(by=joan))
    mine, course = browser(cast.joan), f"/course/{cast.mayas.pk}/"

    assert mine.get(course).context["kw"].course.arc.words == "All 2 sessions held"
    assert browser(cast.maya).get("/me/people/").context["kw"].arc.words == "All 2 sessions held"
    assert re.findall(r'id="agenda-title">([^<]*)', mine.get(course).content.decode()) == ["Agenda"]
    assert "ession 3" not in mine.get(course + "to-talk-about/").content.decode()

    actions.open_next(by=joan)

    assert mine.get(course).context["kw"].course.arc.words == "Session 3"


def test_what_is_left_in_an_extra_session_waits_for_the_next_numbered_one(cast, joan):
    extra = actions.open_room(by=joan, session=actions.plan(by=joan, at=NOW, kind="extra"))
    page = browser(cast.joan)
    item = actions.add_agenda_item(by=joan, text="Her sister", session_n=1)
    room, plain = at(cast, f"{extra.pk}/"), at(cast, "1/")
    offered = ["Leave for next time" in page.get(address).content.decode() for address in (room, plain)]

    post(page, at(cast, f"{extra.pk}/agenda/{item.pk}/"), act="next")
    actions.close_room(by=joan, session=extra)

    numbered = actions.plan(by=joan, at=NOW + timedelta(hours=1))
    assert (offered, [line.text for line in queries.agenda(joan, 1, numbered)[1:]]) == (
        [False, True],
        ["Her sister"],
    )


def test_what_is_left_in_a_numbered_session_comes_round_in_the_extra_one_that_is_next(cast, joan):
    numbered = actions.open_next(by=joan)
    extra = actions.plan(by=joan, at=NOW + timedelta(days=1), kind="extra")
    item = actions.add_agenda_item(by=joan, text="Her sister", session_n=1)

    post(browser(cast.joan), at(cast, f"1/agenda/{item.pk}/"), act="next")
    actions.close_room(by=joan, session=numbered)

    [coming] = queries.not_closed(joan)
    agenda = [line.text for line in queries.agenda(joan, coming.n, coming)[1:]]
    assert (coming.pk, coming.is_numbered, agenda) == (extra.pk, False, ["Her sister"])


def test_the_room_of_a_number_does_not_open_the_extra_session_beside_it(cast, joan):
    extra = actions.plan(by=joan, at=NOW, kind="extra")

    post(browser(cast.joan), at(cast, "1/open/"))

    stand = {one.kind: one.is_open for one in queries.rows(joan)}
    assert (stand, queries.find(joan, extra.pk).is_open) == ({"extra": False, "planned": True}, False)


def test_what_is_typed_in_says_what_kind_it_was(cast, joan):
    page = browser(cast.joan)
    fields = {"on": "2025-03-17", "at": "", "attendance": "attended"}

    post(page, at(cast, "1/typed-in/"), **fields, kind="extra")
    post(page, at(cast, "1/typed-in/"), **fields, kind="review")
    post(page, at(cast, "2/typed-in/"), **fields)

    assert sorted((one.kind, one.is_numbered, one.n) for one in queries.rows(joan)) == [
        ("extra", False, 1), ("planned", True, 2), ("review", True, 1),
    ]  # fmt: skip
