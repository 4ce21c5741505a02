"""Reading what is written down in a workspace, for one audience: each kind of record once a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Key, Words, read_many
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.rather_not import RatherNot
from kithwork.ipt.dates_that_matter import AHEAD, Coming
from kithwork.ipt.problem_areas import dispute_stages
from kithwork.ipt.workspaces import ways_of_losing
from kithwork.therapy.focus.kinds import Kind, kinds, kinds_of
from kithwork.therapy.focus.models import Attempt, ContactStep, FocusItem, FocusNote, GriefDate
from kithwork.therapy.focus.rough import coming, show_day
from kithwork.therapy.story.models import RoughDate

NEWEST_FIRST = frozenset({"stage", "attempt"})
TO_DO = frozenset({"option", "reconnect", "step"})


@dataclass(frozen=True)
class ShownItem:
    """One thing in the workspace: its words, and what else is known of it."""

    id: str
    kind: Kind
    sharing: Sharing
    at: datetime
    by_client: bool
    together_in: int | None
    words: dict[str, Words]
    stage: str = ""
    on: date | None = None
    when: str = ""
    chosen: bool = False
    done_on: date | None = None
    of_step: str = ""
    step_id: str = ""
    how_lost: str = ""
    coming: Coming | None = None

    @property
    def lead(self) -> str:
        """The words that stand first."""
        return self._text(self.kind.lead)

    @property
    def more(self) -> list[tuple[str, str]]:
        """The other words, each with what was asked."""
        asked = self.kind.words[1:]
        return [(gettext(prompt.label), self._text(prompt.key)) for prompt in asked if self._text(prompt.key)]

    @property
    def short(self) -> str:
        """The first of its words that says something; a refusal says nothing to go on from."""
        texts = [self.words[prompt.key].text for prompt in self.kind.words if prompt.key in self.words]
        return next((text for text in texts if text and not isinstance(text, RatherNot)), "")

    @property
    def seed(self) -> str:
        """What a form that goes on from here begins with: the words themselves, where they say what to do."""
        return self.short if self.kind.key in TO_DO else ""

    def _text(self, name: str) -> str:
        return self.words[name].text if name in self.words else ""


@dataclass(frozen=True)
class ShownList:
    """One list of the workspace with what stands in it."""

    kind: Kind
    items: list[ShownItem] = field(default_factory=list)


def workspace(audience: Audience, focus: str, area: str, *, today: date) -> dict[str, ShownList]:
    """Everything written down in one focus, list by list; an item's list is empty where all of it is kept.

    ``today``: the day it is where the client lives, for days that come round.
    """
    rows = {kind.key: items(audience, focus, kind) for kind in kinds_of(area)}
    words = read_many([audience], [row for found in rows.values() for row in found])
    return {
        key: ShownList(kinds.get(key), [_item(kinds.get(key), row, words, today) for row in found])
        for key, found in rows.items()
    }


def shown_item(audience: Audience, item: FocusItem, kind: Kind) -> ShownItem:
    """One item by itself."""
    steps_too = [item.step] if isinstance(item, Attempt) else []
    return _item(kind, item, read_many([audience], [item, *steps_too]), audience.now.date())


def items(audience: Audience, focus: str, kind: Kind) -> list[FocusItem]:
    """The items of one list that this audience may see. A try is there only where its step is."""
    rows = [row for row in _standing(audience, kind) if row.focus_id == focus]
    if kind.key in NEWEST_FIRST:
        rows.sort(
            key=lambda row: (getattr(row, "on", None) or row.created_at.date(), row.created_at), reverse=True
        )
    if kind.model is ContactStep:
        rows.sort(key=lambda row: getattr(row, "place", 0))
    if kind.model is not Attempt:
        return rows
    shown = {step.id for step in steps(audience, focus)}
    return [row for row in rows if isinstance(row, Attempt) and row.step_id in shown]


def _standing(audience: Audience, kind: Kind) -> Iterable[FocusItem]:
    for row in kind.model.seen.all_of(audience):
        if row.removed_at is None and all(getattr(row, name) == value for name, value in kind.fixed.items()):
            yield row


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
        DateThatMatters(row.id, row.focus_id, words[row.id, "what"].text, show_day(row), next_one)
        for row, next_one in soon
        if (row.id, "what") in words
    ]
    return sorted(shown, key=lambda one: (one.coming.first, one.coming.last, one.what))


def steps(audience: Audience, focus: str) -> list[ContactStep]:
    """The small steps that this audience may see, from easy to hard."""
    rows = items(audience, focus, kinds.get("step"))
    return [row for row in rows if isinstance(row, ContactStep)]


def step_names(audience: Audience, focus: str) -> dict[str, str]:
    """What each small step is called, by id."""
    rows = steps(audience, focus)
    words = read_many([audience], rows)
    return {row.id: words[row.id, "step"].text for row in rows if (row.id, "step") in words}


def find_item(audience: Audience, kind: Kind, item: str) -> FocusItem | None:
    """One item, if this audience may see it and its focus."""
    row = kind.model.seen.visible_to(audience).filter(pk=item, removed_at__isnull=True, **kind.fixed).first()
    return row if row is not None and row in items(audience, row.focus_id, kind) else None


def find_removed(audience: Audience, kind: Kind, item: str) -> FocusItem | None:
    """One item that was taken from every page, a try with its step as well, where this audience could see it."""
    row = kind.model.seen.visible_to(audience).filter(pk=item, **kind.fixed).first()
    if not isinstance(row, Attempt):
        return row if row is not None and row.removed_at else None
    step = ContactStep.seen.visible_to(audience).filter(pk=row.step_id).first()
    return row if step is not None and (row.removed_at or step.removed_at) else None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a story, and the lists that it was put into already."""

    text: str
    stands_in: list[str]


def paragraphs(audience: Audience, story: FocusNote, text: str) -> list[Paragraph]:
    """A story paragraph by paragraph, to be sorted."""
    pieces = [
        row for row in FocusNote.seen.all_of(audience) if row.story_id == story.id and row.removed_at is None
    ]
    words = read_many([audience], pieces)
    said = [(row.about, words[row.id, "text"].text) for row in pieces if (row.id, "text") in words]
    return [
        Paragraph(one, [gettext(kinds.get(about).label) for about, piece in said if piece.strip() == one])
        for one in split(text)
    ]


def split(text: str) -> list[str]:
    """The paragraphs of a text; line ends as browsers send them are line ends."""
    blocks = text.replace("\r\n", "\n").split("\n")
    return [block.strip() for block in blocks if block.strip()]


def _item(kind: Kind, row: FocusItem, words: dict[Key, Words], today: date) -> ShownItem:
    stage, step = getattr(row, "stage", ""), getattr(row, "step_id", "")
    named, lost = words.get((step, "step")), getattr(row, "choice", "")
    return ShownItem(
        id=row.id, kind=kind, sharing=Sharing(row.sharing), at=row.created_at, by_client=row.side == "client",
        together_in=row.together_in,
        words={prompt.key: words[row.id, prompt.key] for prompt in kind.words if (row.id, prompt.key) in words},
        stage=gettext(dispute_stages.get(stage).label) if stage else "", on=getattr(row, "on", None),
        when=show_day(row) if isinstance(row, RoughDate) else "", chosen=bool(getattr(row, "chosen_at", None)),
        done_on=getattr(row, "done_on", None), of_step=named.text if named else "", step_id=step,
        how_lost=gettext(ways_of_losing.get(lost).label) if lost else "",
        coming=coming(row, today) if isinstance(row, RoughDate) else None,
    )  # fmt: skip
