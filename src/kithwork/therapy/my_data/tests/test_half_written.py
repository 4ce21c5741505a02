"""What a client has begun to write and not saved is in her own copy, and in no other."""

import json
from html import unescape
from urllib.parse import urlencode

from tests.cast import NOW

from kithwork.foundation.passages.copying import HalfWritten
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.who import Who
from kithwork.therapy.checkins import actions as checkins
from kithwork.therapy.focus.worksheets import actions as worksheets
from kithwork.therapy.focus.worksheets import drafts
from kithwork.therapy.focus.worksheets.actions import BelongsTo, Said
from kithwork.therapy.my_data import actions, half_written, machine, readable
from kithwork.therapy.my_data.queries import own_record, shared_record
from kithwork.therapy.sessions import actions as sessions

SERVER = Who(kind="system", role="server")
FORM = urlencode(
    [
        ("happened", "He left\r\nthe room."), ("happened_base", "r_x"), ("felt_rather_not", "on"),
        ("sharing", "shared"), ("focus", ""), ("session", "3"),
    ]
)  # fmt: skip
TALK = urlencode(
    [
        ("turns-row", "0"), ("turns-row", "1"), ("turns-speaker", "Me"), ("turns-speaker", "Sam"),
        ("turns-words", "You are late."), ("turns-words", "So?"), ("turns-felt", ""), ("turns-felt", "Shut out"),
    ]
)  # fmt: skip


def begun(cast, *, by=None, kind="incident", row=None, text=FORM):
    drafts.keep_draft(by=by or cast.maya_now(), kind=kind, row=row, text=text)


def shown(cast):
    """Title and questions of what is half-written in her copy to read."""
    return [
        (one.title, [(said.label, said.lines) for said in one.said])
        for one in half_written.shown(own_record(cast.maya_now()))
    ]


def test_it_is_in_the_copy_for_programs_as_its_form_left_it(cast):
    begun(cast)

    record = own_record(cast.maya_now())

    assert record.half_written == (
        HalfWritten(record=cast.mayas.pk, field="new_incident", text=FORM, at=NOW),
    )
    assert machine.read(machine.write(record)) == record


def test_a_copy_from_before_drafts_were_in_it_reads_as_one_without(cast):
    record = own_record(cast.maya_now())
    older = json.loads(machine.write(record))
    del older["half_written"]

    assert machine.read(json.dumps(older)) == record


def test_it_is_in_the_copy_to_read_question_by_question(cast):
    begun(cast)

    assert shown(cast) == [
        (
            "A moment with someone",
            [
                ("What happened between you?", ("He left", "the room.")),
                ("What did you feel?", ("Chose not to say",)),
            ],
        )
    ]
    page = unescape(readable.page(own_record(cast.maya_now()), therapist="Joan"))
    assert page.index("Half-written, not saved") < page.index("the room.")


def test_rows_are_read_row_by_row(cast):
    begun(cast, kind="conversation", text=TALK)

    [(title, said)] = shown(cast)

    assert (title, said[0][1]) == (
        "A conversation, replayed",
        ("- speaker: Me", "  words: You are late.", "- speaker: Sam", "  words: So?", "  felt: Shut out"),
    )


def test_a_sheet_that_is_being_changed_is_known_by_its_kind(cast):
    row = worksheets.begin(
        by=cast.maya_now(), kind="incident", said=Said({"happened": "Nothing."}), belongs=BelongsTo(),
        sharing=Sharing.JUST_ME,
    )  # fmt: skip
    begun(cast, row=row)

    assert [title for title, _ in shown(cast)] == ["A moment with someone"]


def test_once_she_is_erased_it_says_so(cast):
    begun(cast)
    actions.erase_now(by=SERVER, client=cast.mayas.client_id, now=NOW)

    assert [one.text for one in own_record(cast.maya_now()).half_written] == ["erased"]


def test_without_any_there_is_no_heading(cast):
    assert "Half-written" not in readable.page(own_record(cast.maya_now()), therapist="Joan")


def test_what_staff_are_writing_is_in_no_copy_and_hers_in_none_but_her_own(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    before = machine.write(shared_record(cast.mayas.client_id, by=SERVER, now=NOW))
    meeting = sessions.plan(by=joan, at=NOW, how="video")
    sessions.open_room(by=joan, session=meeting)
    with_session = machine.write(shared_record(cast.mayas.client_id, by=SERVER, now=NOW))

    begun(cast)
    begun(cast, by=joan, text="happened=Of+staff")
    sessions.keep_draft(by=joan, session=meeting, field="note", text="Of staff too.")
    checkins.answer(
        by=cast.maya_now(),
        check_in=checkins.open_check_in(by=cast.maya_now()),
        instrument="phq9",
        item=1,
        value=2,
    )

    hers, both = own_record(cast.maya_now()), shared_record(cast.mayas.client_id, by=SERVER, now=NOW)
    assert [one.text for one in hers.half_written] == [FORM]
    assert both.half_written == ()
    assert before != machine.write(both) == with_session
