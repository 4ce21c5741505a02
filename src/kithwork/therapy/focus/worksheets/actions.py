"""Everything that may be done with a sheet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read, shown_as
from kithwork.foundation.passages.sharing import Sharing, readers_of_all
from kithwork.foundation.passages.taken_back import note_readers
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.readings import readings
from kithwork.ipt.worksheets import Worksheet as Sheet
from kithwork.ipt.worksheets import get
from kithwork.refusal import Refusal
from kithwork.therapy.focus.actions import TakenAway
from kithwork.therapy.focus.models import Focus
from kithwork.therapy.focus.queries import find as find_focus
from kithwork.therapy.focus.worksheets import access, answers, drafts
from kithwork.therapy.focus.worksheets.models import Worksheet
from kithwork.therapy.focus.worksheets.queries import find_removed
from kithwork.therapy.people.models import Person
from kithwork.therapy.people.queries import labels

PAGE = "worksheets"
MOST_SESSIONS = 999


@dataclass(frozen=True)
class BelongsTo:
    """What a sheet is about, beside its words: a day, somebody, a focus, a session."""

    on: date | None = None
    person: Person | None = None
    focus: Focus | None = None
    session: int | None = None


@dataclass(frozen=True)
class Said:
    """What was filled in: answers by field, fields that she keeps to herself, and the revisions that were shown."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    keeps: Collection[str] = ()
    bases: Mapping[str, str] = field(default_factory=dict)


NOTHING, NOWHERE = Said(), BelongsTo()


def begin(
    *,
    by: Audience,
    kind: str,
    said: Said = NOTHING,
    belongs: BelongsTo = NOWHERE,
    sharing: Sharing = Sharing.JUST_ME,
    entry: str = "",
    reading: str = "",
    from_paper: bool = False,
) -> Worksheet:
    """Begin a sheet. In the therapist's hand it is written together, so it is shared; an empty one is handed over."""
    sheet = get(kind)
    access.check_may_begin(by, sheet)
    written = answers.texts(sheet, said.answers)
    _check_belongs(by, belongs)
    if by.is_client or sheet.staff_only:
        _check_says_something(written, belongs)
    state = _first_readers(by, sheet, written, said, belongs, sharing)
    with transaction.atomic():
        trail.lock(by.course)
        row: Worksheet = Worksheet.make(
            by, sharing=state, kind=sheet.key, entry=entry, from_paper=from_paper,
            reading=reading if reading in readings else "", **vars(belongs),
        )  # fmt: skip
        _write(by, row, sheet, written, said, state)
        drafts.drop_draft(by=by, kind=sheet.key)
        _record("begun", by, sheet)
    return row


def write(
    *, by: Audience, row: Worksheet, said: Said, belongs: BelongsTo, sharing: Sharing = Sharing.JUST_ME
) -> Worksheet:
    """Fill in more, or change something. Raises Changed, with both texts, where somebody else was first.

    A field that somebody left as it was shown overwrites nothing, whatever was written there meanwhile.
    """
    sheet = get(row.kind)
    access.check_open(by)
    written = answers.texts(sheet, said.answers)
    _check_belongs(by, belongs)
    state = access.readers(by, sheet, sharing)
    with transaction.atomic():
        trail.lock(by.course)
        if find_removed(by, row.id):
            raise TakenAway
        _write(by, row, sheet, written, said, state)
        _keep(by, row, belongs, state)
        drafts.drop_draft(by=by, kind=sheet.key, row=row)
        _record("written", by, sheet)
    return row


def change_readers(*, by: Audience, row: Worksheet, sharing: Sharing) -> Worksheet:
    """Decide who a whole sheet is for; what she kept of it stays kept."""
    access.check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        passages.change_readers(by, record=row, sharing=sharing)
        _record("readers_changed", by, get(row.kind))
    return row


def put_away(*, by: Audience, row: Worksheet, away: bool = True) -> Worksheet:
    """Put a sheet away that is done with for now, or take it up again."""
    access.check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        row.put_away_at = by.now if away else None
        row.save(update_fields=["put_away_at"])
        _record("put_away" if away else "taken_up", by, get(row.kind))
    return row


def remove(*, by: Audience, row: Worksheet) -> Worksheet:
    """Take a sheet from every page."""
    access.check_open(by)
    if not access.can_remove(by, row):
        raise Refusal(
            "Only your client can take this away.", next_step="You can put it away.", code="not-yours"
        )
    with transaction.atomic():
        trail.lock(by.course)
        row.removed_at = by.now
        row.save(update_fields=["removed_at"])
        _record("removed", by, get(row.kind))
    return row


def _write(
    by: Audience, row: Worksheet, sheet: Sheet, written: Mapping[str, str], said: Said, state: Sharing
) -> None:
    for name, text in written.items():
        base = said.bases.get(name, "")
        # What stood empty and is empty says nothing about what somebody else wrote there meanwhile.
        if not text and not base:
            continue
        keeps = by.is_client and sheet.by_field and name in said.keeps
        _write_one(by, row, name, text, base, Sharing.JUST_ME if keeps else state)


def _write_one(by: Audience, row: Worksheet, name: str, text: str, base: str, state: Sharing) -> None:
    try:
        passages.write(by, record=row, field=name, text=text, sharing=state, base=base)
    except Changed:
        if not base or shown_as(by, row.id, name, base) != text:
            raise
        stands = read(by, row).get(name)
        if by.is_client and stands and stands.sharing is not state:
            passages.change_sharing(by, record=row, field=name, sharing=state)


def _keep(by: Audience, row: Worksheet, belongs: BelongsTo, state: Sharing) -> None:
    """Keep what the sheet belongs to. Somebody whom the writer doesn't know of was not taken off by an empty field."""
    row.on, row.focus, row.session = belongs.on, belongs.focus, belongs.session
    if belongs.person is not None or row.person_id in labels(by):
        row.person = belongs.person
    note_readers(before=row.sharing, after=state)
    row.sharing = state
    row.save()


def _first_readers(
    by: Audience, sheet: Sheet, written: Mapping[str, str], said: Said, belongs: BelongsTo, sharing: Sharing
) -> Sharing:
    """Who a new sheet is for. Where all that was asked is refused or kept, nobody else learns that it is there."""
    state = access.readers(by, sheet, sharing)
    if not by.is_client or belongs.on or belongs.person:
        return state
    told = {name: text for name, text in written.items() if text.strip()}
    if told and sheet.by_field and set(told) <= set(said.keeps):
        return Sharing.JUST_ME
    return readers_of_all(told.values(), state)


def _check_says_something(written: Mapping[str, str], belongs: BelongsTo) -> None:
    if not any(text.strip() for text in written.values()) and not (belongs.on or belongs.person):
        raise Refusal("There is nothing to keep yet.", next_step="Write a word or two.", code="sheet-empty")


def _check_belongs(by: Audience, belongs: BelongsTo) -> None:
    if belongs.person is not None and belongs.person.id not in labels(by):
        raise Refusal("Choose somebody from the list.", code="person-unknown")
    if belongs.focus is not None and find_focus(by, belongs.focus.id) is None:
        raise Refusal("Choose one from the list.", code="focus-unknown")
    if belongs.session is not None and not 1 <= belongs.session <= MOST_SESSIONS:
        raise Refusal("There is no session of that number.", code="no-such-session")


def _record(act: str, by: Audience, sheet: Sheet) -> None:
    page = "own-sheets" if sheet.staff_only else PAGE
    trail.record(f"worksheets.{act}", by=by.who, at=by.now, course=by.course, page=page)
