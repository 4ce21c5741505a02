"""Rulebook: what takes a number, and what the note says."""

from datetime import date

import pytest

from kithwork.ipt.contract import Agreed
from kithwork.ipt.course_life import takes_a_number
from kithwork.ipt.session_record import ScoreLine, SessionRecord, copy_for_record

SIXTEEN = Agreed(16, to_be_agreed=False)


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


def test_the_note_is_plain_text_ready_for_the_clinics_own_record() -> None:
    record = SessionRecord(
        n=5,
        agreed=SIXTEEN,
        held_on=date(2025, 3, 18),
        kind="planned",
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
        n=None,
        agreed=SIXTEEN,
        held_on=date(2025, 3, 18),
        kind="extra",
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
