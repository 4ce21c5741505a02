"""Rulebook: what takes a number, and what the note says."""

import pytest

from kithwork.ipt.course_life import numbering, session_kinds, takes_a_number
from kithwork.ipt.session_record import Done, ScoreLine, SessionRecord, copy_for_record, summary_from


@pytest.mark.parametrize(
    ("kind", "attended", "takes"),
    [
        ("planned", "attended", True),
        ("planned", "part", True),
        ("review", "attended", True),
        ("planned", "client_cancelled", False),
        ("planned", "clinic_cancelled", False),
        ("planned", "not_there", False),
        ("extra", "attended", False),
        ("parent", "attended", False),
    ],
)
def test_only_a_session_in_which_the_two_met_takes_a_number(kind: str, attended: str, takes: bool) -> None:
    assert takes_a_number(kind, attended) is takes


def test_a_missed_extra_or_parent_session_never_moves_the_number_of_one_that_was_held() -> None:
    course = [
        ("planned", "attended"), ("planned", "client_cancelled"), ("extra", "attended"), ("planned", "part"),
        ("parent", "attended"), ("conjoint", "attended"), ("planned", "not_there"), ("review", "attended"),
        ("planned", ""), ("extra", ""), ("planned", ""),
    ]  # fmt: skip

    assert [n if takes else None for n, takes in numbering(course)] == [
        1, None, None, 2, None, 3, None, 4, 5, None, 6,
    ]  # fmt: skip


def test_what_lies_ahead_is_numbered_after_what_was_held() -> None:
    assert numbering([("extra", ""), ("planned", ""), ("review", "")], first=5) == [
        (5, False), (5, True), (6, True),
    ]  # fmt: skip


def test_others_sit_in_only_where_the_kind_says_so() -> None:
    assert [kind.key for kind in session_kinds if kind.others] == ["parent", "conjoint"]


def test_the_summary_begins_with_what_was_done_and_says_nothing_else() -> None:
    done = Done(
        talked_about=["The row on Saturday.", "Ringing Priya: how did it go?"],
        week=["Lowest on Saturday after the row with Sam"],
        techniques=["A conversation, replayed"],
        to_try=["Ring Priya on Sunday"],
        next_time="Tuesday 25 March, 2 pm",
    )

    assert summary_from(done) == (
        "We talked about: The row on Saturday; Ringing Priya: how did it go?\n"
        "The week: Lowest on Saturday after the row with Sam.\n"
        "What we did: A conversation, replayed.\n"
        "To try: Ring Priya on Sunday.\n"
        "We meet again: Tuesday 25 March, 2 pm."
    )
    assert summary_from(Done()) == ""


def test_the_note_is_plain_text_ready_for_the_clinics_own_record() -> None:
    record = SessionRecord(
        session="Session 5 of 16",
        held_on="18 March 2025",
        attendance="attended",
        way="by video",
        scores=(ScoreLine("PHQ-9", 18, 16), ScoreLine("GAD-7", 13)),
        safety="Asked aloud. Thoughts, no plan.\nSafety plan looked at.",
        link="Lowest on Saturday after the row with Sam.",
        focus="Conflict",
        work="Replayed Saturday's talk.",
        next="Ring Priya.",
    )

    assert copy_for_record(record) == (
        "Session 5 of 16, 18 March 2025, by video\n"
        "Attendance: Attended\n"
        "Scores: PHQ-9 18 (last 16); GAD-7 13\n"
        "Safety: Asked aloud. Thoughts, no plan. Safety plan looked at.\n"
        "Mood and people: Lowest on Saturday after the row with Sam.\n"
        "Focus: Conflict\n"
        "Work: Replayed Saturday's talk.\n"
        "Next: Ring Priya."
    )


def test_an_empty_part_of_the_note_says_so_and_a_missing_score_is_never_nought() -> None:
    record = SessionRecord(
        session="Extra session",
        held_on="18 March 2025",
        attendance="attended",
        scores=(ScoreLine("PHQ-9", None, 16), ScoreLine("GAD-7", 0)),
    )

    assert copy_for_record(record) == (
        "Extra session, 18 March 2025\n"
        "Attendance: Attended\n"
        "Scores: PHQ-9 no complete total (last 16); GAD-7 0\n"
        "Safety: not recorded\n"
        "Mood and people: not recorded\n"
        "Focus: not recorded\n"
        "Work: not recorded\n"
        "Next: not recorded"
    )


def test_what_the_note_and_the_summary_say_of_their_own_can_be_said_in_another_language() -> None:
    def say(text: str) -> str:
        return f"⟦{text}⟧"

    record = SessionRecord(
        session="5a kunveno de 16",
        held_on="18. marto 2025",
        attendance="attended",
        scores=(ScoreLine("PHQ-9", 18, 16), ScoreLine("GAD-7", None)),
        safety="Demandita.",
        link="Sam.",
        focus="Konflikto",
        work="Parolado.",
    )

    assert copy_for_record(record, say) == (
        "5a kunveno de 16, 18. marto 2025\n"
        "⟦Attendance⟧: ⟦Attended⟧\n"
        "⟦Scores⟧: ⟦⟦PHQ-9 18⟧ (last 16)⟧; ⟦GAD-7 no complete total⟧\n"
        "⟦Safety⟧: Demandita.\n"
        "⟦Mood and people⟧: Sam.\n"
        "⟦Focus⟧: Konflikto\n"
        "⟦Work⟧: Parolado.\n"
        "⟦Next⟧: ⟦not recorded⟧"
    )
    assert summary_from(Done(["La disputo."], ["Sam."], next_time="mardie"), say) == (
        "⟦We talked about⟧: La disputo.\n⟦The week⟧: Sam.\n⟦We meet again⟧: mardie."
    )
