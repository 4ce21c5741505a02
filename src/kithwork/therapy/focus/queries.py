"""Reading the focus and its workspace, for one audience."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.once import once_a_page
from kithwork.foundation.passages.queries import Key, Words, read_many
from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.dates_that_matter import AHEAD, Coming
from kithwork.ipt.problem_areas import dispute_stages, problem_areas, second_focus_reasons
from kithwork.therapy.focus.kinds import Kind, kinds, kinds_of
from kithwork.therapy.focus.models import Attempt, ContactStep, Focus, FocusItem, GriefDate
from kithwork.therapy.focus.rough import coming, show_day
from kithwork.therapy.people.queries import labels
from kithwork.therapy.story.models import RoughDate


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
        return f"{self.label}: {self.person}" if self.person else self.label


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
    return _shown(
        audience,
        list(Focus.seen.visible_to(audience).filter(until__isnull=False).order_by("-until", "-since")),
    )


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
    area, said = problem_areas.get(row.area), words.get((row.pk, "in_our_words"))
    reason = words.get((row.pk, "reason"))
    # Somebody who is kept from this audience is not there for them.
    person = row.person_id if row.person_id in names else None
    return ShownFocus(
        id=row.pk, area=row.area, label=area.label, plain=area.plain, person=names.get(person or "", ""),
        person_id=person or "", in_our_words=said.text if said else "", base=said.base if said else "",
        since=row.since, until=row.until, why=second_focus_reasons.get(row.why).label if row.why else "",
        reason=reason.text if reason else "",
    )  # fmt: skip


@dataclass(frozen=True)
class ShownItem:
    """One thing in the workspace: its words, and what else is known of it."""

    id: str
    kind: Kind
    sharing: Sharing
    at: datetime
    together_in: int | None
    words: dict[str, Words]
    stage: str = ""
    on: date | None = None
    when: str = ""
    chosen: bool = False
    done_on: date | None = None
    of_step: str = ""

    @property
    def lead(self) -> str:
        """The words that stand first."""
        return self._text(self.kind.lead)

    @property
    def more(self) -> list[tuple[str, str]]:
        """The other words, each with what was asked."""
        asked = self.kind.words[1:]
        return [(prompt.label, self._text(prompt.key)) for prompt in asked if self._text(prompt.key)]

    def _text(self, name: str) -> str:
        return self.words[name].text if name in self.words else ""


@dataclass(frozen=True)
class ShownList:
    """One list of the workspace with what stands in it."""

    kind: Kind
    items: list[ShownItem] = field(default_factory=list)


def workspace(audience: Audience, focus: str, area: str) -> list[ShownList]:
    """Everything written down in one focus, list by list; an item's list is empty where all of it is kept."""
    rows = {kind.key: items(audience, focus, kind) for kind in kinds_of(area)}
    words = read_many([audience], [row for found in rows.values() for row in found])
    return [ShownList(kinds.get(key), _items(kinds.get(key), found, words)) for key, found in rows.items()]


def items(audience: Audience, focus: str, kind: Kind) -> list[FocusItem]:
    """The items of one list that this audience may see. A try is there only where its step is."""
    rows = kind.model.seen.visible_to(audience).filter(focus=focus, removed_at__isnull=True, **kind.fixed)
    order = {
        "stage": ("-on", "-created_at"),
        "attempt": ("-on", "-created_at"),
        "step": ("place", "created_at"),
    }
    found = list(rows.order_by(*order.get(kind.key, ("created_at",)), "pk"))
    if kind.model is not Attempt:
        return found
    shown = {step.pk for step in steps(audience, focus)}
    return [row for row in found if isinstance(row, Attempt) and row.step_id in shown]


@dataclass(frozen=True)
class DateThatMatters:
    """A day that may be hard, and when it comes round next."""

    id: str
    focus: str
    what: str
    when: str  # as it was written: "12 March 2023", "12 March, each year"
    coming: Coming


def dates_that_matter(audience: Audience, today: date, within: timedelta = AHEAD) -> list[DateThatMatters]:
    """The days that come round from today until ``within`` is over, the soonest first.

    Those of a focus that has come to rest as well: the day goes on coming. What the client keeps is hers alone, and
    a day whose words are kept is not there for others.
    """
    rows = [row for row in GriefDate.seen.all_of(audience) if row.removed_at is None]
    ahead = [(row, next_one) for row in rows if (next_one := coming(row, today)) is not None]
    soon = [(row, next_one) for row, next_one in ahead if next_one.first <= today + within]
    words = read_many([audience], [row for row, _ in soon])
    shown = [
        DateThatMatters(row.pk, row.focus_id, words[row.pk, "what"].text, show_day(row), next_one)
        for row, next_one in soon
        if (row.pk, "what") in words
    ]
    return sorted(shown, key=lambda one: (one.coming.first, one.coming.last, one.what))


def steps(audience: Audience, focus: str) -> list[ContactStep]:
    """The small steps that this audience may see, from easy to hard."""
    rows = ContactStep.seen.visible_to(audience).filter(focus=focus, removed_at__isnull=True)
    return list(rows.order_by("place", "created_at", "pk"))


def step_names(audience: Audience, focus: str) -> dict[str, str]:
    """What each small step is called, by id."""
    rows = steps(audience, focus)
    words = read_many([audience], rows)
    return {row.pk: words[row.pk, "step"].text for row in rows if (row.pk, "step") in words}


def find_item(audience: Audience, kind: Kind, item: str) -> FocusItem | None:
    """One item, if this audience may see it and its focus."""
    row = kind.model.seen.visible_to(audience).filter(pk=item, removed_at__isnull=True, **kind.fixed).first()
    return row if row is not None and row in items(audience, row.focus_id, kind) else None


def _items(kind: Kind, rows: Iterable[FocusItem], words: dict[Key, Words]) -> list[ShownItem]:
    return [_item(kind, row, words) for row in rows]


def _item(kind: Kind, row: FocusItem, words: dict[Key, Words]) -> ShownItem:
    stage, step = getattr(row, "stage", ""), getattr(row, "step_id", "")
    named = words.get((step, "step"))
    return ShownItem(
        id=row.pk, kind=kind, sharing=Sharing(row.sharing), at=row.created_at, together_in=row.together_in,
        words={prompt.key: words[row.pk, prompt.key] for prompt in kind.words if (row.pk, prompt.key) in words},
        stage=dispute_stages.get(stage).label if stage else "", on=getattr(row, "on", None),
        when=show_day(row) if isinstance(row, RoughDate) else "", chosen=bool(getattr(row, "chosen_at", None)),
        done_on=getattr(row, "done_on", None), of_step=named.text if named else "",
    )  # fmt: skip
