"""Sheets without the web: who sees what of them, two who write at once, what is withheld."""

from copy import copy
from datetime import date

import pytest

from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.rather_not import RatherNot
from kithwork.foundation.trail.models import Event
from kithwork.ipt.safety import NOT_OFFERED
from kithwork.ipt.worksheets import Kind, get, offered
from kithwork.refusal import Refusal
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.focus.worksheets import actions, drafts, queries
from kithwork.therapy.focus.worksheets.actions import BelongsTo, Said
from kithwork.therapy.focus.worksheets.answers import texts
from kithwork.therapy.people import actions as people
from kithwork.therapy.safety import actions as safety

TALK = [{"speaker": "Me", "words": "You said you would ring.", "meant": "I missed you"}, {"speaker": "Sam"}]
FILLED = {Kind.TEXT: "Some words.", Kind.TEN: 7, Kind.ROWS: None}


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def maya(cast):
    return cast.maya_now()


def begin(by, kind="incident", keeps=(), sharing=Sharing.SHARED, belongs=actions.NOWHERE, **answers):
    said = Said(answers=answers, keeps=set(keeps))
    return actions.begin(by=by, kind=kind, said=said, belongs=belongs, sharing=sharing)


def change(by, row, sharing=Sharing.SHARED, keeps=(), bases=None, **answers):
    standing = queries.as_kept(by, row)
    known = {name: standing[name].base for name in answers if name in standing}
    said = Said(answers=answers, keeps=set(keeps), bases=known if bases is None else bases)
    return actions.write(by=by, row=row, said=said, belongs=actions.NOWHERE, sharing=sharing)


def read(by, row):
    return {part.field.key: part.words.text for part in queries.shown(by, row).parts}


@pytest.mark.parametrize("sheet", offered(withholds=False), ids=lambda sheet: sheet.key)
def test_each_sheet_takes_what_it_asks_and_gives_it_back(joan, maya, sheet):
    told = {
        field.key: [{field.columns[0].key: "One.", field.columns[-1].key: "Two\nlines."}]
        if field.kind is Kind.ROWS
        else FILLED[field.kind]
        for field in sheet.fields
        if field.kind in FILLED
    }

    row = begin(maya, sheet.key, **told)

    assert list(read(joan, row).items()) == list(texts(sheet, told).items())
    assert [one.lead for part in queries.shown(joan, row).parts for one in part.rows] in ([], [""], ["One."])


def test_a_talk_reads_turn_by_turn_with_its_silences(joan, maya):
    row = begin(maya, "conversation", turns=TALK, turning_point="When he looked away.")

    [talk, turned] = queries.shown(joan, row).parts
    assert [(one.speaker, one.lead, one.silent, one.mine, one.more) for one in talk.rows] == [
        ("Me", "You said you would ring.", False, True, [("What was meant", "I missed you")]),
        ("Sam", "", True, False, []),
    ]
    assert turned.words.text == "When he looked away."


def test_what_she_keeps_is_not_there_for_staff_as_a_whole_or_in_part(joan, maya):
    mine = begin(maya, felt="Small.", sharing=Sharing.JUST_ME)
    partly = begin(maya, felt="Angry.", happened="He left.", keeps=["felt"])

    assert (read(maya, mine), queries.find(joan, mine.pk)) == ({"felt": "Small."}, None)
    assert read(maya, partly) == {"happened": "He left.", "felt": "Angry."}
    assert read(joan, partly) == {"happened": "He left."}
    assert [one.id for one in queries.sheets(joan)] == [partly.pk]


def test_a_sheet_of_which_she_keeps_all_is_not_there_for_staff(joan, maya):
    kept = begin(maya, felt="Angry.", keeps=["felt"])
    refused = begin(maya, felt=RatherNot())

    assert {one.id for one in queries.sheets(maya)} == {kept.pk, refused.pk}
    assert queries.sheets(joan) == []


def test_a_talk_is_kept_or_shared_whole(joan, maya):
    row = begin(maya, "conversation", turns=TALK, turning_point="There.", keeps=["turning_point"])

    assert set(read(joan, row)) == {"turns", "turning_point"}


def test_what_she_adds_for_herself_changes_nothing_on_the_other_side(joan, maya):
    first, second = begin(maya, happened="One."), begin(maya, happened="Two.")
    before = queries.sheets(joan)

    change(maya, first, happened="One.", felt="Mine.", keeps=["felt"])

    assert queries.sheets(joan) == before
    assert {one.id for one in before} == {first.pk, second.pk}


def test_written_at_the_table_it_is_hers_in_the_therapists_hand_and_shared(cast, maya):
    table = cast.audience(cast.joan, cast.mayas)
    row = begin(table, "feelings", words="Flat.", sharing=Sharing.JUST_ME)

    shown = queries.shown(maya, row)
    assert (shown.sharing, shown.by_client, shown.together_in) == (Sharing.SHARED, False, table.together_in)
    assert read(maya, row) == {"words": "Flat."}


def test_an_empty_sheet_is_handed_over_by_staff_and_kept_by_nobody_else(joan, maya):
    row = begin(joan, "conversation")

    assert queries.shown(maya, row).is_empty
    with pytest.raises(Refusal, match="sheet-empty"):
        begin(maya, "conversation", turns=[{}])


def test_two_who_write_in_different_fields_don_t_meet(joan, maya):
    row = begin(maya, happened="He left.", felt="Small.")
    shown = {name: words.base for name, words in queries.as_kept(joan, row).items()}
    change(maya, row, happened="He went out.", felt="Small.")

    change(joan, row, happened="He left.", felt="Small, then cross.", wanted="To be asked.", bases=shown)

    assert read(maya, row) == {
        "happened": "He went out.", "felt": "Small, then cross.", "wanted": "To be asked.",
    }  # fmt: skip


def test_two_who_change_one_field_lose_neither_text(joan, maya):
    row = begin(maya, "conversation", turns=TALK)
    shown = {name: words.base for name, words in queries.as_kept(joan, row).items()}
    change(maya, row, turns=[*TALK, {"speaker": "Me", "words": "Fine."}])

    with pytest.raises(Changed) as refused:
        change(joan, row, turns=TALK[:1], bases=shown)

    assert refused.value.yours == "- speaker: Me\n  words: You said you would ring.\n  meant: I missed you"
    assert refused.value.newest.text.endswith("- speaker: Me\n  words: Fine.")
    assert len(queries.shown(joan, row).parts[0].rows) == 3


def test_somebody_kept_is_nobody_for_staff_and_stays_when_they_save(joan, maya):
    sam = people.add_person(
        by=maya, label="Sam", relation="partner", ring=1, angle=90, sharing=Sharing.JUST_ME
    )
    row = begin(maya, happened="He left.", belongs=BelongsTo(on=date(2025, 3, 15), person=sam))

    change(joan, row, happened="He left early.")

    assert (queries.shown(maya, row).person, queries.shown(joan, row).person) == ("Sam", "")
    with pytest.raises(Refusal, match="person-unknown"):
        begin(joan, happened="x", belongs=BelongsTo(person=sam))


def test_sharing_a_whole_sheet_takes_along_what_had_the_same_readers(joan, maya):
    row = begin(maya, felt="Small.", happened="He left.", sharing=Sharing.LATER, keeps=["felt"])

    actions.change_readers(by=maya, row=row, sharing=Sharing.SHARED)

    assert read(joan, row) == {"happened": "He left."}
    assert read(maya, row) == {"happened": "He left.", "felt": "Small."}


def test_a_sheet_belongs_to_the_focus_and_is_put_away_and_taken_up_again(joan, maya):
    on = focus.choose(by=joan, area="dispute")
    row = begin(maya, happened="x", belongs=BelongsTo(focus=on, session=5))
    assert [(one.focus, one.session) for one in queries.open_sheets(joan)] == [("Conflict", 5)]

    actions.put_away(by=joan, row=row)
    assert (queries.open_sheets(maya), len(queries.sheets(maya))) == ([], 1)
    actions.put_away(by=maya, row=row, away=False)
    assert len(queries.open_sheets(joan)) == 1


def test_nothing_is_written_into_a_sheet_that_was_taken_away_since_it_was_read(joan, maya):
    read = begin(joan, happened="He rang.")
    actions.remove(by=maya, row=copy(read))

    with pytest.raises(focus.TakenAway):
        change(joan, read, happened="She rang.")

    assert queries.find_removed(joan, read.pk).removed_at == joan.now


def test_only_the_client_takes_away_what_she_began(joan, maya):
    hers, theirs = begin(maya, happened="x"), begin(joan, happened="y")

    with pytest.raises(Refusal, match="not-yours"):
        actions.remove(by=joan, row=hers)
    actions.remove(by=joan, row=theirs)
    actions.remove(by=maya, row=hers)

    assert queries.sheets(maya) == []


def test_what_happens_in_the_session_is_staffs_own(joan, maya):
    row = begin(joan, "between_us", pattern="She apologises first.")

    assert (row.sharing, [one.id for one in queries.own_sheets(joan)]) == (Sharing.THERAPIST, [row.pk])
    assert (queries.own_sheets(maya), queries.sheets(joan), queries.find(joan, row.pk)) == ([], [], None)
    with pytest.raises(Refusal, match="no-such-sheet"):
        begin(maya, "between_us", pattern="x")


@pytest.mark.parametrize("kind", ["conversation", "decision", "role_play"])
def test_while_staff_hold_a_worry_they_begin_nothing_that_encourages_speaking_up(joan, maya, kind):
    field = next(one.key for one in get(kind).fields if one.kind is Kind.TEXT)
    hers = queries.offered(maya)
    concern = safety.note_concern(by=joan, text="Frightened of him.")

    with pytest.raises(Refusal, match="withheld") as refused:
        begin(joan, kind, **{field: "x"})

    assert refused.value.sentence == NOT_OFFERED
    # Her own pages tell nothing of it, and what she begins there goes its way.
    assert queries.offered(maya) == hers
    assert begin(maya, kind, **{field: "x"})
    safety.close_concern(by=joan, concern=concern)
    assert begin(joan, kind, **{field: "x"})


def test_a_draft_is_its_writers_and_goes_with_the_save(joan, maya):
    drafts.keep_draft(by=maya, kind="incident", row=None, text="happened=He+left")
    kept = [drafts.read_draft(by, kind="incident") for by in (maya, joan)]
    begin(maya, happened="He left.")

    assert (kept, drafts.read_draft(maya, kind="incident")) == (["happened=He+left", ""], "")


def test_every_act_leaves_one_entry_without_content(joan, maya):
    row = begin(maya, happened="He left.")
    change(maya, row, happened="He left early.")
    actions.change_readers(by=maya, row=row, sharing=Sharing.LATER)
    actions.put_away(by=maya, row=row)
    actions.remove(by=maya, row=row)
    begin(joan, "between_us", pattern="x")

    found = Event.objects.filter(act__startswith="worksheets.").order_by("place")
    assert [(event.act, event.page) for event in found] == [
        ("worksheets.begun", "worksheets"), ("worksheets.written", "worksheets"),
        ("worksheets.readers_changed", "worksheets"), ("worksheets.put_away", "worksheets"),
        ("worksheets.removed", "worksheets"), ("worksheets.begun", "own-sheets"),
    ]  # fmt: skip
