"""Rows as text that anybody can read, and scripts as turns."""

import pytest

from kithwork.ipt.sheet_rows import Row, as_text, from_text, is_silence, turns_from_script
from kithwork.ipt.worksheets import get

TURNS = tuple(column.key for column in get("conversation").field("turns").columns)


def test_rows_read_like_a_list() -> None:
    rows = [{"speaker": "Me", "words": "You said you would ring."}, {"speaker": "Sam", "felt": "Shut out."}]

    assert as_text(rows) == (
        "- speaker: Me\n  words: You said you would ring.\n- speaker: Sam\n  felt: Shut out."
    )


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"words": "One line."}],
        [{"speaker": "Me", "words": "Two\n\nlines."}, {"tone": "flat"}],
        # What looks like the layout is words all the same.
        [{"words": "- speaker: Me\n  words: x\n- y"}, {"felt": "felt: felt:"}, {"words": "    deep"}],
        [{"words": "one\r two\u2028three"}],
    ],
)
def test_rows_come_back_as_they_were(rows: list[Row]) -> None:
    assert from_text(TURNS, as_text(rows)) == rows


def test_what_does_not_fit_the_layout_is_not_lost() -> None:
    assert from_text(TURNS, "Just words.\nAnd more.") == [{"words": "Just words.\nAnd more."}]
    assert from_text(TURNS, "- speaker: Me\n  unknown: x") == [{"speaker": "Me\n  unknown: x"}]
    assert from_text(("option",), "- words: x") == [{"option": "- words: x"}]


@pytest.mark.parametrize(
    ("script", "turns"),
    [
        ("", []),
        (
            "Me: You said you would ring.\r\nSam (quietly): I forgot.\n\nMe: (silence)",
            [
                {"speaker": "Me", "words": "You said you would ring."},
                {"speaker": "Sam", "words": "I forgot.", "tone": "quietly"},
                {"speaker": "Me"},
            ],
        ),
        # A line without a name goes on with the turn before it.
        ("Sam: I forgot.\nReally.", [{"speaker": "Sam", "words": "I forgot.\nReally."}]),
        ("He came in late.\nMe: Hm.", [{"words": "He came in late."}, {"speaker": "Me", "words": "Hm."}]),
        # As telephones write it.
        ("[18/03/2025, 21:14] Sam: Home late.", [{"speaker": "Sam", "words": "Home late."}]),
        ("18.03.25, 21:14 - Me: Again?", [{"speaker": "Me", "words": "Again?"}]),
        # A time, an address and a whole sentence are no names.
        ("Me: At\n9:30 he left.", [{"speaker": "Me", "words": "At\n9:30 he left."}]),
        ("Me: See\nhttps://example.org", [{"speaker": "Me", "words": "See\nhttps://example.org"}]),
        ("Me: x\nand then I said to him: no", [{"speaker": "Me", "words": "x\nand then I said to him: no"}]),
        ("Sam: ...", [{"speaker": "Sam"}]),
    ],
)
def test_a_script_becomes_turns(script: str, turns: list[Row]) -> None:
    assert turns_from_script(script) == turns


def test_a_turn_without_words_is_a_silence() -> None:
    assert [is_silence(turn) for turn in ({"speaker": "Me"}, {"words": " "}, {"words": "No."})] == [
        True,
        True,
        False,
    ]
