"""Rulebook: every technique has its sheet; each says what it asks, who may fill it in, and what may be kept from it."""

import pytest

from kithwork.ipt import readings
from kithwork.ipt.course_life import techniques
from kithwork.ipt.safety import BLOCKED_WHILE_CONCERN
from kithwork.ipt.worksheets import Filler, Kind, Worksheet, get, groups, offered, words_of_all, worksheets

# Interpersonal incident, communication analysis and so on: the named techniques, and what each sheet asks about.
ASKED = {
    "incident": {
        "when", "who", "set_off", "happened", "before", "during", "after", "felt", "wanted", "ended", "next_day",
    },
    "conversation": {"when", "who", "turns", "turning_point", "another_way"},
    "decision": {"situation", "options", "choice", "rehearsal"},
    "role_play": {"aim", "opening", "replies", "answer", "who_played", "sure_before", "sure_after"},
    "clarification": {"heard", "surprise", "expected"},
    "feelings": {"words", "body", "shown", "allowed", "need"},
    "between_us": {"pattern", "parallel", "feedback"},
    "problem_solving": {"problem", "steps"},
    "reading": {"what", "fits", "fits_not"},
    "try_out": {"what", "who", "when", "how", "mood"},
}  # fmt: skip
ROWS = {
    ("conversation", "turns"): ("speaker", "words", "tone", "meant", "heard", "felt"),
    ("decision", "options"): ("option", "speaks_for", "speaks_against", "for_me", "for_them"),
    ("problem_solving", "steps"): ("step", "who", "when", "obstacle", "result"),
}


def test_every_technique_has_its_sheet_with_what_it_looks_at() -> None:
    assert {sheet.key: {field.key for field in sheet.fields} for sheet in worksheets()} == ASKED
    assert {one.worksheet for one in techniques()} - {None} == set(ASKED)


def test_what_comes_in_rows_says_what_a_row_is_made_of() -> None:
    rows = {
        (sheet.key, field.key): tuple(column.key for column in field.columns)
        for sheet in worksheets()
        for field in sheet.fields
        if field.kind is Kind.ROWS
    }

    assert rows == ROWS
    assert all(get(sheet).field(field).row for sheet, field in ROWS)


@pytest.mark.parametrize("sheet", worksheets(), ids=lambda sheet: sheet.key)
def test_every_field_has_a_label_and_says_who_may_fill_it_in(sheet: Worksheet) -> None:
    columns = [column for field in sheet.fields for column in field.columns]

    assert [one for one in (*sheet.fields, *columns) if not one.label.strip()] == []
    who = {Filler.THERAPIST} if sheet.staff_only else {Filler.EITHER}
    assert {field.by for field in sheet.fields} == who
    assert (sheet.label.strip(), sheet.title.strip(), sheet.intro.strip()) != ("", "", "")
    assert sheet.group in groups


def test_only_what_happens_in_the_session_is_the_therapists_own() -> None:
    assert [sheet.key for sheet in worksheets() if sheet.staff_only] == ["between_us"]
    assert "between_us" not in {sheet.key for sheet in offered(withholds=False)}


def test_something_to_try_has_a_room_of_its_own() -> None:
    assert {sheet.key for sheet in worksheets()} - {sheet.key for sheet in offered(withholds=False)} == {
        "between_us",
        "try_out",
    }


def test_while_somebody_is_feared_no_sheet_or_text_is_offered_that_encourages_speaking_up() -> None:
    left = {sheet.key for sheet in offered(withholds=True)}

    assert left == {"incident", "clarification", "feelings", "problem_solving", "reading"}
    assert not left & set(BLOCKED_WHILE_CONCERN)
    # A field that encourages it stands only on such a sheet.
    assert {sheet.key for sheet in worksheets() for field in sheet.fields if field.speaks_up} <= set(
        BLOCKED_WHILE_CONCERN
    )
    assert {one.key for one in readings.offered(withholds=False)} - {
        one.key for one in readings.offered(withholds=True)
    } == {"said_and_heard", "different_wishes"}


def test_a_talk_is_shared_or_kept_whole_and_most_other_sheets_field_by_field() -> None:
    assert [
        sheet.key for sheet in worksheets() if not (sheet.by_field or sheet.staff_only or sheet.elsewhere)
    ] == [
        "conversation",
        "problem_solving",
    ]


def test_two_sheets_ask_the_same_under_one_key_only_in_the_same_way() -> None:
    kinds = {(field.key, field.kind, field.by) for sheet in worksheets() for field in sheet.fields}

    assert len({key for key, _, _ in kinds}) == len(kinds)
    assert set(words_of_all()) == {key for key, kind, _ in kinds if kind not in (Kind.PERSON, Kind.DAY)}


def test_every_text_to_read_fits_on_a_page_and_promises_nothing() -> None:
    for one in readings.readings():
        words = " ".join((*one.paragraphs, one.question)).split()
        assert 60 <= len(words) <= 160, one.key
        assert not {"cure", "cured", "guarantee", "caused", "deficit", "failed"} & {
            word.strip(".,“”:;").lower() for word in words
        }, one.key
        assert one.sources
