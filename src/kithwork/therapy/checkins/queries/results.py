"""What came of the check-ins over time: answer by answer for staff, totals with the rule for their change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.accounts.names import account_names
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.ui.wording import printed
from kithwork.instruments import Instrument, all_instruments, get
from kithwork.ipt.shelf import Choice, Shelf
from kithwork.therapy.checkins.models import REFUSED, Answers, Correction, EnteredScore
from kithwork.therapy.checkins.queries.reading import band_label, number, said, sent_answers
from kithwork.therapy.checkins.scales import Scale, scale_of
from kithwork.therapy.checkins.steps import Step, steps
from kithwork.therapy.safety.queries import day_and_hour

raters = Shelf(
    gettext_noop("people who rate"),
    (
        Choice("client", gettext_noop("The client")),
        Choice("therapist", gettext_noop("The therapist")),
        Choice("close", gettext_noop("Somebody close to the client")),
        Choice("service", gettext_noop("Somebody at another service")),
    ),
)
origins = Shelf(
    gettext_noop("places a score comes from"),
    (
        Choice("paper_here", gettext_noop("A paper form filled in here")),
        Choice("paper_home", gettext_noop("A paper form filled in at home")),
        Choice("aloud", gettext_noop("Asked aloud, from our own copy")),
        Choice("letter", gettext_noop("A letter or a report")),
        Choice("system", gettext_noop("Another system")),
    ),
)


@dataclass(frozen=True)
class Cell:
    """One answer in the table: its number, or a short word where there is none."""

    shown: str
    words: str
    is_number: bool


@dataclass(frozen=True)
class Column:
    """One time of answering."""

    check_in: str
    on: date
    session: int | None
    entered: str  # "paper", "aloud" or empty
    corrected: bool
    answered: int
    total: str | None
    band: str | None
    change: str  # "−3", or empty
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """One questionnaire over the course, the oldest answers first."""

    instrument: Instrument
    columns: list[Column]

    @property
    def rows(self) -> list[tuple[str, str, list[Cell]]]:
        """Each question with its answers."""
        return [
            (
                f"{one.key}." if not one.is_extra else "",
                one.item.text,
                [column.cells[place] for column in self.columns],
            )
            for place, one in enumerate(steps((self.instrument.id,)))
        ]


def tables(audience: Audience) -> list[Table]:
    """Every questionnaire that was sent at least once, in the order of the shelf."""
    corrected = set(Correction.seen.visible_to(audience).values_list("answers", flat=True))
    found: dict[str, list[Answers]] = {one.id: [] for one in all_instruments()}
    for row in sent_answers(audience):
        found[row.instrument].append(row)
    return [Table(get(one), _columns(audience, own, corrected)) for one, own in found.items() if own]


def _columns(audience: Audience, rows: Sequence[Answers], corrected: set[str]) -> list[Column]:
    columns, last = [], None
    for row in rows:
        columns.append(_column(audience, row, last, corrected=row.id in corrected))
        last = row.total if row.total is not None else last
    return columns


def _column(audience: Audience, row: Answers, last: Decimal | None, *, corrected: bool) -> Column:
    return Column(
        check_in=row.check_in_id, on=row.answered_on, session=row.check_in.for_session,
        entered=row.check_in.entered_from, corrected=corrected,
        answered=sum(isinstance(item, int) for item in row.items), total=number(row.total),
        band=None if audience.is_client else band_label(row.instrument, row.total), change=moved(last, row.total),
        cells=[_cell(audience, one, row) for one in steps((row.instrument,))],
    )  # fmt: skip


def _cell(audience: Audience, step: Step, row: Answers) -> Cell:
    value = step.kept(row)
    words = said(step, value, audience)
    if not step.applies(row):
        return Cell("", _("Not asked"), is_number=False)
    if value is None or value == REFUSED:
        return Cell(_("not said") if value else "–", words, is_number=False)
    return Cell(str(value), words, is_number=True)


def moved(before: Decimal | None, now: Decimal | None) -> str:
    """The difference of two totals with its sign; nothing where either is missing, since missing is never zero."""
    if before is None or now is None:
        return ""
    points = now - before
    return f"{'+' if points > 0 else '−' if points < 0 else ''}{number(abs(points))}"


@dataclass(frozen=True)
class ShownScore:
    """A score from elsewhere, with where it comes from and who entered it."""

    row: EnteredScore
    scale: Scale
    total: str
    band: str | None
    rated_by: str
    came_from: str
    entered_by: str
    was: "tuple[ShownScore, ...]" = ()


def entered_scores(audience: Audience) -> list[ShownScore]:
    """The scores that staff entered, the newest first, each with what it said before it was put right."""
    rows = list(EnteredScore.seen.visible_to(audience).order_by("-rated_on", "-created_at"))
    names = account_names(row.entered_by for row in rows)
    by_id = {row.id: row for row in rows}
    replaced = {row.replaces_id for row in rows}
    return [_shown(audience, row, by_id, names) for row in rows if row.id not in replaced]


def _shown(
    audience: Audience, row: EnteredScore, by_id: dict[str, EnteredScore], names: dict[str, str]
) -> ShownScore:
    before = by_id.get(row.replaces_id or "")
    was = _shown(audience, before, by_id, names) if before else None
    scale = scale_of(row.instrument, row.part)
    band = None if audience.is_client else scale.band(row.total)
    return ShownScore(
        row=row, scale=scale, total=number(row.total) or "", band=band.label if band else None,
        rated_by=raters.get(row.rated_by).label, came_from=origins.get(row.came_from).label,
        entered_by=names.get(row.entered_by, ""), was=(was, *was.was) if was else (),
    )  # fmt: skip


def find_score(audience: Audience, score: str) -> EnteredScore | None:
    """One entered score that nothing has replaced, if this audience may see it."""
    rows = EnteredScore.seen.visible_to(audience)
    row = rows.filter(pk=score).first()
    return None if row is None or rows.filter(replaces=row).exists() else row


@dataclass(frozen=True)
class ShownCorrection:
    """What was put right in one go: who, when, and each answer as it was and as it then became."""

    at: str  # where the client lives
    by: str
    changed: list[tuple[str, str, str]]


def corrections(audience: Audience, rows: dict[str, Answers], *, zone: ZoneInfo) -> list[ShownCorrection]:
    """Everything that was put right in a check-in, the newest first. The first answer stays readable."""
    found = list(
        Correction.seen.visible_to(audience)
        .filter(answers__in=rows.values())
        .order_by("-created_at", "-number")
    )
    names = account_names(one.corrected_by for one in found)
    by_answers = {row.id: row for row in rows.values()}
    after: dict[str, Answers | Correction] = dict(by_answers)
    shown = []
    for one in found:
        instrument = by_answers[one.answers_id].instrument
        changed = _changed(audience, instrument, one, after[one.answers_id])
        shown.append(
            ShownCorrection(day_and_hour(one.created_at, zone), names.get(one.corrected_by, ""), changed)
        )
        after[one.answers_id] = one
    return shown


def _changed(
    audience: Audience, instrument: str, was: Correction, became: Answers | Correction
) -> list[tuple[str, str, str]]:
    return [
        (one.item.text, _as_printed(one, was, audience), _as_printed(one, became, audience))
        for one in steps((instrument,))
        if one.kept(was) != one.kept(became)
    ]


def _as_printed(one: Step, row: Answers | Correction, audience: Audience) -> str:
    value = one.kept(row)
    words = said(one, value, audience)
    return printed(words) if isinstance(value, int) else words


def newest_correction(audience: Audience, rows: dict[str, Answers]) -> str:
    """What a page shows of corrections so far: a form that was drawn on an older state is refused."""
    found = Correction.seen.visible_to(audience).filter(answers__in=rows.values())
    return found.order_by("-created_at", "-number").values_list("pk", flat=True).first() or ""


def next_number(audience: Audience, row: Answers) -> int:
    """Which correction of these answers the next one is."""
    return Correction.seen.visible_to(audience).filter(answers=row).count() + 1
