"""What may be done with sessions, and what the course's own line says of it."""

from datetime import timedelta

import pytest
from tests.cast import NOW

from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.queries import read
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.queries import events_of
from kithwork.refusal import Refusal
from kithwork.therapy.checkins.queries import scores
from kithwork.therapy.people.actions import add_person
from kithwork.therapy.sessions import actions, queries
from kithwork.therapy.sessions.week import Week

WEEK = timedelta(days=7)


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


def line_of(course):
    course.refresh_from_db()
    return course.held, course.open_session, course.next_at, course.next_how


def held(by, at=NOW, attendance="attended", kind="planned"):
    session = actions.plan(by=by, at=at, kind=kind)
    actions.open_room(by=by, session=session)
    return actions.close_room(by=by, session=session, attendance=attendance)


def test_the_course_follows_a_session_from_plan_to_end(cast, joan):
    planned = actions.plan(by=joan, at=NOW, how="video")
    assert (planned.n, line_of(cast.mayas)) == (1, (0, None, NOW, "video"))

    actions.open_room(by=joan, session=planned)
    assert line_of(cast.mayas) == (0, 1, None, "")

    actions.close_room(by=joan, session=planned)
    after = actions.plan(by=joan, at=NOW + WEEK, how="phone")
    assert (after.n, line_of(cast.mayas)) == (2, (1, None, NOW + WEEK, "phone"))


@pytest.mark.parametrize(
    ("kind", "attendance", "number"),
    [("planned", "attended", 1), ("planned", "not_there", None), ("planned", "clinic_cancelled", None),
     ("extra", "attended", None), ("review", "part", 1)],
)  # fmt: skip
def test_only_a_session_in_which_the_two_met_keeps_a_number(cast, joan, kind, attendance, number):
    held(joan, attendance=attendance, kind=kind)

    assert [one.number for one in queries.sessions(joan)] == [number]
    assert line_of(cast.mayas)[0] == (1 if number else 0)


def test_what_does_not_take_place_lets_the_next_ones_move_up(joan):
    first, second = actions.plan(by=joan, at=NOW), actions.plan(by=joan, at=NOW + WEEK)
    assert (first.n, second.n) == (1, 2)

    actions.close_room(by=joan, session=first, attendance="client_cancelled")

    assert [(one.n, one.number, one.at) for one in queries.sessions(joan)] == [
        (1, None, NOW),
        (1, 1, NOW + WEEK),
    ]
    assert queries.find(joan, 1).pk == second.pk
    assert queries.find(joan, first.pk).pk == first.pk


def test_a_client_sees_no_attendance_and_no_session_that_was_missed(cast, joan):
    held(joan, attendance="not_there")
    held(joan, at=NOW + WEEK)

    assert [one.number for one in queries.sessions(cast.maya_now())] == [1]


def test_two_rooms_are_never_open_at_once(joan):
    first, second = actions.plan(by=joan, at=NOW), actions.plan(by=joan, at=NOW + WEEK)
    actions.open_room(by=joan, session=first)

    with pytest.raises(Refusal) as refused:
        actions.open_room(by=joan, session=second)

    assert (refused.value.code, refused.value.sentence) == (
        "another-session-open",
        "Session 1 is still open.",
    )


def test_a_closed_session_is_not_opened_again(joan):
    session = held(joan)

    with pytest.raises(Refusal) as refused:
        actions.open_room(by=joan, session=session)

    assert refused.value.code == "session-closed"


def test_the_next_session_opens_without_a_plan(cast, joan):
    opened = actions.open_next(by=joan)

    assert (opened.n, opened.planned_at, line_of(cast.mayas)[1]) == (1, None, 1)


def test_planning_is_for_staff(cast):
    with pytest.raises(Refusal) as refused:
        actions.plan(by=cast.maya_now(), at=NOW)

    assert refused.value.code == "not-yours"


def test_every_act_leaves_one_event(cast, joan):
    before = len(events_of(cast.mayas.pk))
    session = actions.plan(by=joan, at=NOW)
    actions.open_room(by=joan, session=session)
    actions.add_agenda_item(by=joan, text="Ringing Priya")
    actions.link_week(by=joan, session_n=1, text="Lowest on Saturday.")
    actions.use_techniques(by=joan, session_n=1, techniques=["role_play"])
    actions.add_try_out(by=joan, what="Ring Priya")
    actions.write_note(by=joan, session=session, note="A note", summary="A summary")
    actions.share_summary(by=joan, session=session)
    actions.close_room(by=joan, session=session)

    assert [event.act for event in reversed(events_of(cast.mayas.pk)[:-before])] == [
        "sessions.planned", "sessions.opened", "sessions.agenda_added", "sessions.week_linked",
        "sessions.techniques", "sessions.try_out_added", "sessions.note_written", "sessions.summary_shared",
        "sessions.closed",
    ]  # fmt: skip


# The agenda


def lines(audience, n=1):
    return [(line.text, line.from_client) for line in queries.agenda(audience, n) if not line.standing]


def test_the_agenda_holds_what_both_brought_and_nothing_that_she_keeps(cast, joan):
    maya = cast.maya_now()
    actions.add_agenda_item(by=maya, text="The row on Saturday")
    actions.add_agenda_item(by=joan, text="Ringing Priya")
    actions.add_agenda_item(by=maya, text="Not yet", sharing=Sharing.LATER)

    assert lines(joan) == [("The row on Saturday", True), ("Ringing Priya", False)]
    assert lines(maya) == [("The row on Saturday", True), ("Ringing Priya", False), ("Not yet", True)]


def test_moving_an_item_changes_the_order_for_both(cast, joan):
    *_, item = (actions.add_agenda_item(by=joan, text=text) for text in ("one", "two", "three"))

    actions.move_agenda_item(by=joan, item=item, n=1, steps=-1)
    assert [text for text, _ in lines(cast.maya_now())] == ["one", "three", "two"]

    actions.move_agenda_item(by=joan, item=item, n=1, steps=-1)
    actions.move_agenda_item(by=joan, item=item, n=1, steps=-1)
    assert [text for text, _ in lines(joan)] == ["three", "one", "two"]


def test_what_was_not_reached_comes_round_and_what_was_done_does_not(joan):
    session = actions.open_next(by=joan)
    reached, left = (actions.add_agenda_item(by=joan, text=text, session_n=1) for text in ("reached", "left"))
    actions.tick_agenda_item(by=joan, item=reached, done=True)
    actions.close_room(by=joan, session=session)

    assert [text for text, _ in lines(joan, 2)] == ["left"]
    assert [text for text, _ in lines(joan, 1)] == ["reached", "left"]
    assert left.session == 1


def test_only_whoever_brought_it_takes_it_off(cast, joan):
    item = actions.add_agenda_item(by=cast.maya_now(), text="Hers")

    with pytest.raises(Refusal) as refused:
        actions.remove_agenda_item(by=joan, item=item)
    actions.remove_agenda_item(by=cast.maya_now(), item=item)

    assert (refused.value.code, lines(joan)) == ("not-yours", [])


# The week, the work, something to try


def week_of(cast, audience, session):
    from zoneinfo import ZoneInfo

    return Week(audience, ZoneInfo(cast.mayas.client.time_zone), session)


def test_the_week_is_one_line_that_can_be_changed(cast, joan):
    session = actions.open_next(by=joan)
    sam = add_person(by=joan, label="Sam")
    actions.link_week(by=joan, session_n=1, text="First.", person=sam.pk)
    shown = week_of(cast, joan, session).link

    actions.link_week(
        by=joan, session_n=1, text="Second.", base=shown.words.base, link=shown.id, person=sam.pk
    )

    [link] = week_of(cast, cast.maya_now(), session).links()
    assert (link.words.text, link.ends) == ("Second.", ("Sam",))


def test_a_line_with_an_end_that_is_kept_is_kept_too(cast, joan):
    session = actions.open_next(by=joan)
    nan = add_person(by=cast.maya_now(), label="Nan", sharing=Sharing.JUST_ME)
    actions.link_week(by=joan, session_n=1, text="With Nan.", person=nan.pk)

    assert week_of(cast, joan, session).links() == []
    assert [link.ends for link in week_of(cast, cast.maya_now(), session).links()] == [("Nan",)]


def test_techniques_are_exactly_those_chosen_last(joan):
    session = actions.open_next(by=joan)
    actions.use_techniques(by=joan, session_n=1, techniques=["role_play", "affect"])
    actions.use_techniques(by=joan, session_n=1, techniques=["communication_analysis", "affect"])

    assert queries.techniques_used(joan, session) == ["affect", "communication_analysis"]


def test_kept_words_on_how_it_went_do_not_even_show_that_it_was_tried(cast, joan):
    maya = cast.maya_now()
    one = actions.add_try_out(by=joan, what="Ring Priya", session_n=1)
    actions.try_out_outcome(by=maya, try_out=one, how_it_went="She did not pick up.", sharing=Sharing.JUST_ME)

    [hers], [joans] = queries.try_outs(maya), queries.try_outs(joan)
    assert (hers.how_it_went.text, hers.done) == ("She did not pick up.", False)
    assert (joans.how_it_went, joans.done) == (None, False)


def test_what_is_let_go_is_gone_for_both(cast, joan):
    one = actions.add_try_out(by=joan, what="Ring Priya", session_n=1)
    actions.drop_try_out(by=cast.maya_now(), try_out=one)

    assert queries.try_outs(joan) == []


# Note and summary


def test_the_summary_is_the_therapists_until_it_is_shared(cast, joan):
    session = actions.open_next(by=joan)
    actions.write_note(by=joan, session=session, note="Mine.", summary="For both.")
    assert read(cast.maya_now(), session) == {}

    actions.share_summary(by=joan, session=session)

    assert {field: words.text for field, words in read(cast.maya_now(), session).items()} == {
        "summary": "For both."
    }


def test_a_changed_summary_is_looked_over_again_and_an_unchanged_one_stays_shared(cast, joan):
    session = actions.open_next(by=joan)
    actions.write_note(by=joan, session=session, note="", summary="For both.")
    actions.share_summary(by=joan, session=session)
    base = read(joan, session)["summary"].base

    actions.write_note(by=joan, session=session, note="Later.", summary="For both.", summary_base=base)
    assert read(cast.maya_now(), session)["summary"].text == "For both."

    note = read(joan, session)["note"].base
    actions.write_note(
        by=joan, session=session, note="Later.", summary="Anew.", note_base=note, summary_base=base
    )
    assert read(cast.maya_now(), session) == {}


def test_what_is_shared_is_what_was_looked_over(joan):
    session = actions.open_next(by=joan)
    actions.write_note(by=joan, session=session, note="", summary="First.")
    seen = read(joan, session)["summary"].base
    actions.write_note(by=joan, session=session, note="", summary="Second.", summary_base=seen)

    with pytest.raises(Changed):
        actions.share_summary(by=joan, session=session, base=seen)


def test_a_stale_note_keeps_both_texts_and_writes_neither_field(joan):
    session = actions.open_next(by=joan)
    actions.write_note(by=joan, session=session, note="One.", summary="")

    with pytest.raises(Changed) as refused:
        actions.write_note(by=joan, session=session, note="Two.", summary="New.")

    assert (refused.value.field, refused.value.yours, refused.value.newest.text) == ("note", "Two.", "One.")
    assert {field: words.text for field, words in read(joan, session).items()} == {"note": "One."}


def test_a_draft_is_its_authors_until_saved(joan):
    session = actions.open_next(by=joan)
    actions.keep_draft(by=joan, session=session, field="note", text="Half a sent")
    kept = queries.drafts(joan, session)["note"]
    assert (kept.text, kept.goes_on, read(joan, session)) == ("Half a sent", True, {})

    actions.write_note(by=joan, session=session, note="Half a sentence.", summary="")
    assert queries.drafts(joan, session) == {}


@pytest.mark.parametrize(
    ("planned", "minutes"),
    [(timedelta(0), 65), (timedelta(minutes=-20), 45), (timedelta(minutes=10), 75), (timedelta(days=1), 65)],
)
def test_an_open_room_stays_signed_in_until_a_quarter_past_its_end(joan, planned, minutes):
    session = actions.plan(by=joan, at=NOW + planned)

    assert queries.stays_open(session, NOW) == timedelta(minutes=minutes)


def test_no_check_in_is_no_score(cast, joan):
    session = actions.open_next(by=joan)

    assert (scores(joan, "phq9"), week_of(cast, joan, session).check_in) == ([], [])
