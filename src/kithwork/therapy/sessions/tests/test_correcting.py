"""What was recorded of a session is put right: what stood before is kept, and no held session changes its number."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.queries import read
from kithwork.foundation.trail.queries import events_of
from kithwork.foundation.ui.forms import new_key
from kithwork.ipt.signing import Signer
from kithwork.refusal import Refusal
from kithwork.therapy.course import contracts
from kithwork.therapy.course.actions import close
from kithwork.therapy.sessions import actions, queries

WEEK = timedelta(days=7)


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


def over(by, weeks_ago, attendance="attended", kind="planned"):
    """A session that is over, so many weeks ago."""
    session = actions.plan(by=by, at=NOW - weeks_ago * WEEK, kind=kind)
    return actions.close_room(by=by, session=session, attendance=attendance)


def correct(by, session, attendance, kind="planned", **more):
    return actions.correct(by=by, session=session, kind=kind, attendance=attendance, **more)


def refusal(by, session, attendance, kind="planned", **more):
    """How a correction is refused: the code and both sentences. Nothing may have changed by it."""
    before = standing(by), queries.corrections(by, session)
    with pytest.raises(Refusal) as refused:
        correct(by, session, attendance, kind, **more)
    assert (standing(by), queries.corrections(by, session)) == before
    return refused.value.code, refused.value.sentence, refused.value.next_step


def standing(by):
    """Every session in the order of its day: its number and what became of it."""
    shown = sorted(queries.sessions(by), key=lambda one: one.at)
    return [(one.number, one.attendance) for one in shown]


def test_what_stood_before_is_kept_with_who_changed_it(joan):
    session = over(joan, 1, "not_there")

    correct(joan, session, "client_cancelled")
    later = replace(joan, now=NOW + timedelta(minutes=1))
    correct(later, session, "clinic_cancelled", kind="review")

    assert [
        (one.attendance, one.kind, one.at, one.by) for one in reversed(queries.corrections(joan, session))
    ] == [
        ("Did not come, no word", "Planned", NOW, "Joan Hale"),
        ("Cancelled by your client", "Planned", later.now, "Joan Hale"),
    ]
    assert standing(joan) == [(None, "Cancelled by the clinic")]


def test_a_missed_session_that_was_held_takes_the_next_number_and_what_lies_ahead_moves_on(cast, joan):
    over(joan, 2)
    session = over(joan, 1, "not_there")
    actions.plan(by=joan, at=NOW + WEEK)

    correct(joan, session, "attended")

    cast.mayas.refresh_from_db()
    assert standing(joan) == [(1, "Attended"), (2, "Attended"), (3, "")]
    assert (cast.mayas.held, cast.mayas.next_at) == (2, NOW + WEEK)
    assert [one.number for one in queries.sessions(cast.maya_now())] == [1, 2, 3]


def test_a_held_session_that_was_missed_gives_its_number_back(cast, joan):
    over(joan, 2)
    session = over(joan, 1)
    actions.plan(by=joan, at=NOW + WEEK)

    correct(joan, session, "not_there")

    cast.mayas.refresh_from_db()
    assert standing(joan) == [(1, "Attended"), (None, "Did not come, no word"), (2, "")]
    assert (cast.mayas.held, [one.number for one in queries.sessions(cast.maya_now())]) == (1, [1, 2])


def test_what_moves_no_number_can_be_put_right_whatever_came_since(joan):
    first, missed = over(joan, 3), over(joan, 2, "not_there")
    over(joan, 1)

    correct(joan, first, "part", kind="review")
    correct(joan, missed, "client_cancelled")
    correct(joan, missed, "attended", kind="extra")

    assert standing(joan) == [(1, "Attended for part of it"), (None, "Attended"), (2, "Attended")]


def test_a_session_that_was_held_since_keeps_its_number(joan):
    first, missed = over(joan, 3), over(joan, 2, "not_there")
    over(joan, 1)
    since = "Session 2 has begun since, and keeps its number."

    actions.write_note(by=joan, session=first, summary="We met.")
    actions.share_summary(by=joan, session=first)

    assert [refusal(joan, missed, "attended"), refusal(joan, first, "not_there")] == [
        ("number-taken", since, "Record this one as an extra session: that takes no number."),
        ("number-taken", since, "Say in the note of this one what really happened."),
    ]


def test_a_session_that_is_going_on_keeps_its_number(joan):
    session = over(joan, 1)
    actions.open_next(by=joan)

    code, sentence, _ = refusal(joan, session, "not_there")

    assert (code, sentence) == ("number-taken", "Session 2 has begun since, and keeps its number.")


def test_no_more_are_counted_than_the_two_agreed_on(cast, joan):
    contract = contracts.offer(by=joan, sessions=1, minutes=50)
    contracts.sign(by=joan, contract=contract, party=Signer.THERAPIST)
    contracts.sign(by=cast.maya_now(), contract=contract, party=Signer.CLIENT)
    over(joan, 2)
    missed = over(joan, 1, "not_there")

    assert refusal(joan, missed, "attended") == (
        "all-held", "All the sessions that you two agreed on have been held.",
        "Agree on another number first, or record this one as an extra session.",
    )  # fmt: skip
    assert correct(joan, missed, "attended", kind="extra").n == 2


def test_what_the_client_can_read_of_a_session_does_not_go_with_it(cast, joan):
    session = over(joan, 1)
    actions.write_note(by=joan, session=session, summary="We met.")
    actions.share_summary(by=joan, session=session)

    assert refusal(joan, session, "not_there") == (
        "summary-shared", "Your client can read the summary of this session.", "Stop sharing it first.",
    )  # fmt: skip
    assert read(cast.maya_now(), session)["summary"].text == "We met."

    actions.take_back_summary(by=joan, session=session)
    correct(joan, session, "not_there")
    assert read(joan, session)["summary"].text == "We met."


def test_of_two_who_put_it_right_at_once_the_second_looks_again(joan):
    session = over(joan, 1)
    correct(joan, session, "part", shown="")

    assert refusal(joan, session, "attended", shown="")[0] == "corrected-since"
    correct(joan, session, "attended", shown=queries.newest_correction(joan, session))
    assert standing(joan) == [(1, "Attended")]


def test_only_what_is_over_is_put_right_and_only_by_staff(cast, joan):
    planned = actions.plan(by=joan, at=NOW)
    assert refusal(joan, planned, "attended")[0] == "not-over"

    actions.close_room(by=joan, session=planned)
    with pytest.raises(Refusal) as refused:
        correct(cast.maya_now(), planned, "not_there")
    assert refused.value.code == "not-yours"


def test_a_correction_is_one_event(cast, joan):
    session = over(joan, 1)
    before = len(events_of(cast.mayas.pk))

    correct(joan, session, "part")

    assert [event.act for event in events_of(cast.mayas.pk)[:-before]] == ["sessions.corrected"]


def test_whichever_is_closed_first_takes_the_number(joan):
    first, second = actions.plan(by=joan, at=NOW), actions.plan(by=joan, at=NOW + WEEK)

    actions.close_room(by=joan, session=second)
    actions.close_room(by=joan, session=first)
    actions.type_in(by=joan, session=None, at=NOW - WEEK)

    assert [(one.number, one.at) for one in queries.sessions(joan)] == [
        (1, NOW + WEEK), (2, NOW), (3, NOW - WEEK),
    ]  # fmt: skip


def test_a_session_that_is_going_on_is_closed_before_another_takes_a_number(joan):
    other = actions.plan(by=joan, at=NOW - WEEK)
    actions.open_room(by=joan, session=actions.plan(by=joan, at=NOW))

    with pytest.raises(Refusal) as refused:
        actions.close_room(by=joan, session=other)
    actions.close_room(by=joan, session=other, attendance="client_cancelled")

    assert (refused.value.code, standing(joan)) == (
        "another-session-open", [(None, "Cancelled by your client"), (1, "")],
    )  # fmt: skip


def at(cast, path):
    return f"/course/{cast.mayas.pk}/sessions/{path}"


def send(page, url, **fields):
    return page.post(url, {"key": new_key(), "kind": "planned", "shown": "", **fields})


def test_it_is_put_right_by_a_plain_form_and_the_page_says_what_stood_before(cast, joan):
    session, page = over(joan, 1, "not_there"), browser(cast.joan)
    link = at(cast, f"{session.pk}/correct/")
    assert f'href="{link}"' in page.get(at(cast, f"{session.pk}/")).content.decode()

    answer = send(page, link, attendance="attended")

    shown = page.get(answer["Location"]).content.decode()
    assert (
        "Recorded before as “Did not come, no word” (Planned). Put right on 18 March by Joan Hale." in shown
    )
    assert standing(joan) == [(1, "Attended")]


def test_a_refused_correction_comes_back_with_the_reason(cast, joan):
    session = over(joan, 2)
    over(joan, 1)

    answer = send(browser(cast.joan), at(cast, "1/correct/"), attendance="not_there")

    assert (answer.status_code, "Session 2 has begun since" in answer.content.decode()) == (422, True)
    assert queries.corrections(joan, session) == []


def test_nobody_else_has_the_page_and_it_is_there_only_for_what_is_over(cast, joan):
    over(joan, 1)
    actions.plan(by=joan, at=NOW)

    assert browser(cast.joan).get(at(cast, "1/correct/")).status_code == 200
    assert [browser(one).get(at(cast, "1/correct/")).status_code for one in (cast.mira, cast.maya)] == [
        404,
        404,
    ]
    assert browser(cast.joan).get(at(cast, "2/correct/")).status_code == 404


def test_after_the_end_it_stays_as_it_was(cast, joan):
    over(joan, 1)
    close(by=joan, course=cast.mayas, how="as_agreed")
    page = browser(cast.joan)

    assert at(cast, "1/correct/") not in page.get(at(cast, "1/")).content.decode()
    assert send(page, at(cast, "1/correct/"), attendance="part").status_code == 422
    assert standing(joan) == [(1, "Attended")]
