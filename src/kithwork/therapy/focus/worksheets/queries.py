"""Reading sheets, for one audience."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Key, Words, read_many
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.ipt import worksheets as method
from kithwork.ipt.readings import readings
from kithwork.ipt.sheet_rows import Row, is_silence, lead_of
from kithwork.ipt.worksheets import Field, Kind
from kithwork.ipt.worksheets import Worksheet as Sheet
from kithwork.therapy.focus import queries as focus
from kithwork.therapy.focus.worksheets import answers
from kithwork.therapy.focus.worksheets.access import withholds
from kithwork.therapy.focus.worksheets.models import Worksheet
from kithwork.therapy.focus.worksheets.slots import Moment, diary
from kithwork.therapy.people.queries import labels


@dataclass(frozen=True)
class ShownRow:
    """One row as it is read: for a turn who spoke, what was said, and what was said about it."""

    speaker: str
    lead: str
    silent: bool
    more: list[tuple[str, str]]
    mine: bool = False


@dataclass(frozen=True)
class ShownPart:
    """One answered field of a sheet."""

    field: Field
    words: Words
    rows: list[ShownRow]

    @property
    def is_kept(self) -> bool:
        return self.words.is_kept


@dataclass(frozen=True)
class ShownSheet:
    """One sheet as one audience sees it."""

    id: str
    sheet: Sheet
    sharing: Sharing
    by_client: bool
    begun: datetime
    at: datetime  # when it was last written in, as far as this audience sees
    on: date | None
    person: str
    focus: str
    session: int | None
    together_in: int | None
    from_paper: bool
    reading: str
    put_away: bool
    parts: list[ShownPart]
    moment: Moment | None = None  # the day of the diary that it began with, where one sheet is shown

    @property
    def is_kept(self) -> bool:
        return self.sharing in KEPT

    @property
    def is_empty(self) -> bool:
        """Whether it was handed over, and nobody has written in it."""
        return not self.parts

    @property
    def lead(self) -> str:
        """A line by which to know it again: the first words in it."""
        for part in self.parts:
            said = part.rows[0].lead if part.rows else part.words.text
            if said.strip() and part.field.kind is not Kind.TEN and not part.words.refused:
                return said
        return ""

    @property
    def some_is_kept(self) -> bool:
        """Whether she keeps something of a sheet that is shared."""
        return not self.is_kept and any(part.is_kept for part in self.parts)


def sheets(audience: Audience) -> list[ShownSheet]:
    """Every sheet of both, the newest first. The therapist's own is never among them."""
    return _all_shown(audience, staff_only=False)


def open_sheets(audience: Audience) -> list[ShownSheet]:
    """The sheets that the two are at, for the focus and the session: those not put away."""
    return [sheet for sheet in sheets(audience) if not sheet.put_away]


def own_sheets(audience: Audience) -> list[ShownSheet]:
    """What staff noted for themselves about what happens in the session."""
    return _all_shown(audience, staff_only=True) if not audience.is_client else []


def offered(audience: Audience) -> tuple[Sheet, ...]:
    """The kinds of sheet that this audience may begin together or alone."""
    return method.offered(withholds=withholds(audience))


def find(audience: Audience, worksheet: str, *, staff_only: bool = False) -> Worksheet | None:
    """One sheet, if this audience may see it."""
    row = Worksheet.seen.visible_to(audience).filter(pk=worksheet, removed_at__isnull=True).first()
    return row if row is not None and method.get(row.kind).staff_only == staff_only else None


def find_removed(audience: Audience, worksheet: str) -> Worksheet | None:
    """One sheet of both that was taken from every page, where this audience could see it."""
    row = Worksheet.seen.visible_to(audience).filter(pk=worksheet, removed_at__isnull=False).first()
    return row if row is not None and not method.get(row.kind).staff_only else None


def shown(audience: Audience, row: Worksheet) -> ShownSheet:
    """One sheet as this audience sees it."""
    sheet = _shown(audience, row, read_many([audience], [row]))
    return replace(sheet, moment=diary.moment(audience, row.entry)) if row.entry else sheet


def as_kept(audience: Audience, row: Worksheet) -> dict[str, Words]:
    """The words of one sheet, by field."""
    return {name: words for (_, name), words in read_many([audience], [row]).items()}


def focus_lines(audience: Audience) -> dict[str, str]:
    """What a sheet can belong to: the focus, or the two, by id."""
    return {one.id: one.line for one in focus.current(audience)}


@once_a_page
def _all_shown(audience: Audience, *, staff_only: bool) -> list[ShownSheet]:
    rows = [
        row for row in Worksheet.seen.all_of(audience)
        if row.removed_at is None and method.get(row.kind).staff_only == staff_only
    ]  # fmt: skip
    words = read_many([audience], rows)
    return sorted(
        (_shown(audience, row, words) for row in rows), key=lambda one: (one.at, one.id), reverse=True
    )


def _shown(audience: Audience, row: Worksheet, words: Mapping[Key, Words]) -> ShownSheet:
    sheet = method.get(row.kind)
    parts = [
        _part(field, words[row.id, field.key])
        for field in answers.in_words(sheet)
        if (row.id, field.key) in words and words[row.id, field.key].text.strip()
    ]
    together = [
        part.words.together_in for part in parts if part.words.side == "staff" and part.words.together_in
    ]
    return ShownSheet(
        id=row.id, sheet=sheet, sharing=Sharing(row.sharing), by_client=row.side == "client",
        begun=row.created_at, at=max([row.created_at, *(part.words.at for part in parts)]), on=row.on,
        # Somebody, or a day, that is kept from this audience is not there for them.
        person=labels(audience).get(row.person_id or "", ""),
        focus=_focus_lines(audience).get(row.focus_id or "", ""), session=row.session,
        together_in=max(together, default=row.together_in if row.side == "staff" else None),
        from_paper=row.from_paper, reading=_(readings.get(row.reading).label) if row.reading in readings else "",
        put_away=row.put_away_at is not None, parts=parts,
    )  # fmt: skip


@once_a_page
def _focus_lines(audience: Audience) -> dict[str, str]:
    return {one.id: one.line for one in (*focus.current(audience), *focus.earlier(audience))}


def _part(field: Field, words: Words) -> ShownPart:
    rows = answers.rows(field, words.text) if field.kind is Kind.ROWS else []
    return ShownPart(field, words, [_row(field, row) for row in rows])


def _row(field: Field, row: Row) -> ShownRow:
    lead = lead_of([column.key for column in field.columns])
    is_turn = lead == "words"
    apart = {lead, "speaker"} if is_turn else {lead}
    more = [
        (_(column.label), row[column.key])
        for column in field.columns
        if column.key not in apart and row.get(column.key)
    ]
    speaker = row.get("speaker", "") if is_turn else ""
    return ShownRow(
        speaker, row.get(lead, ""), is_turn and is_silence(row), more, mine=speaker.strip().lower() in {"me", "i"}
    )  # fmt: skip
