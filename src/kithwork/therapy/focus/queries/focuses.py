"""Reading what the work is on, for one audience."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Key, Words, read_many
from kithwork.ipt.problem_areas import problem_areas, second_focus_reasons
from kithwork.therapy.focus.models import Focus, FocusMark
from kithwork.therapy.people.queries import labels


@dataclass(frozen=True)
class ShownFocus:
    """What the work is on, as a page shows it."""

    id: str
    area: str
    label: str
    plain: str
    person: str
    person_id: str
    in_our_words: str
    base: str
    since: date
    until: date | None
    why: str
    reason: str

    @property
    def line(self) -> str:
        """ "Conflict: Sam", for the head of a page."""
        label = gettext(self.label)
        return f"{label}: {self.person}" if self.person else label


def standing(audience: Audience) -> list[Focus]:
    """The focus, or the two, that the work is on now; the first one first."""
    rows = [row for row in Focus.seen.all_of(audience) if row.until is None]
    return sorted(rows, key=lambda row: row.since)


@once_a_page
def current(audience: Audience) -> list[ShownFocus]:
    """What the work is on now."""
    return _shown(audience, standing(audience))


def earlier(audience: Audience) -> list[ShownFocus]:
    """What the work was on before, newest first."""
    rows = [row for row in Focus.seen.all_of(audience) if row.until is not None]
    return _shown(audience, sorted(rows, key=lambda row: (row.until or row.since, row.since), reverse=True))


def find_earlier(audience: Audience, focus: str) -> ShownFocus | None:
    """One focus that has come to rest, to be read."""
    return next((one for one in earlier(audience) if one.id == focus), None)


def find(audience: Audience, focus: str) -> Focus | None:
    """One focus, if this audience may see it."""
    return Focus.seen.visible_to(audience).filter(pk=focus).first()


def _shown(audience: Audience, rows: list[Focus]) -> list[ShownFocus]:
    if not rows:
        return []
    words = read_many([audience], rows)
    names = labels(audience) if any(row.person_id for row in rows) else {}
    return [_focus(row, words, names) for row in rows]


def _focus(row: Focus, words: dict[Key, Words], names: dict[str, str]) -> ShownFocus:
    area, said = problem_areas.get(row.area), words.get((row.id, "in_our_words"))
    reason = words.get((row.id, "reason"))
    # Somebody who is kept from this audience is not there for them.
    person = row.person_id if row.person_id in names else None
    return ShownFocus(
        id=row.id, area=row.area, label=area.label, plain=area.plain, person=names.get(person or "", ""),
        person_id=person or "", in_our_words=said.text if said else "", base=said.base if said else "",
        since=row.since, until=row.until, why=gettext(second_focus_reasons.get(row.why).label) if row.why else "",
        reason=reason.text if reason else "",
    )  # fmt: skip


def marks(audience: Audience, focus: str) -> dict[str, str]:
    """How each suggestion stands, by its key; the newest mark rules."""
    rows = [row for row in FocusMark.seen.all_of(audience) if row.focus_id == focus]
    return {row.step: row.state for row in rows}
