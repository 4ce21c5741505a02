"""A workspace as a page shows it: its parts, what may be done next, three questions, and what is written so far."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from kithwork.foundation.passages.audience import Audience
from kithwork.ipt import workspaces
from kithwork.ipt.inventory import State
from kithwork.ipt.problem_areas import DisputeStage, dispute_stages
from kithwork.ipt.safety import withheld_sentence, withholds_speaking_up
from kithwork.ipt.workspaces import Question, step_states
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.queries import phase_now
from kithwork.therapy.focus import queries
from kithwork.therapy.focus.kinds import SHEET, Kind
from kithwork.therapy.focus.queries import ShownFocus, ShownItem, ShownList
from kithwork.therapy.people.queries import everybody, says_she_is_frightened
from kithwork.therapy.safety.queries import concern_stands

# What stands under another list's items rather than in a list of its own: each try under its step.
UNDER = {"attempt": "step"}
# The sheet on which a suggestion is done, by difficulty and suggestion.
ON_SHEET = {("dispute", "replay"): "conversation"}
NEAR = 2  # the two inner rings


@dataclass(frozen=True)
class Part:
    """Some lists that belong together, under one heading."""

    title: str
    lists: list[ShownList]

    @property
    def is_sheet(self) -> bool:
        """Whether they stand as the balance sheet of two roles."""
        return self.title == SHEET


@dataclass(frozen=True)
class Suggestion:
    """Something that the two may do, how it stands, and how much is written about it."""

    key: str
    label: str
    state: str
    said: str
    written: int
    anchor: str
    sheet: str = ""  # the sheet that it is done on, if there is one


@dataclass(frozen=True)
class Count:
    """How many people stand in the circles at one moment, and how many of them near."""

    when: str
    people: int
    near: int


@dataclass(frozen=True)
class Space:
    """One focus with everything that its page shows."""

    focus: ShownFocus
    parts: list[Part]
    more: list[Kind]
    steps: list[Suggestion]
    questions: list[Question]
    next_turn: int
    stage: DisputeStage | None
    helps: tuple[str, ...]
    tries: dict[str, list[ShownItem]]
    network: list[Count]
    may_try: bool = True  # whether a way to something to try stands beside each item
    # On her own page, in the place of what asks to speak up; staff's leave it out without a word, as both may look on.
    put_aside: str = ""

    @property
    def is_conflict(self) -> bool:
        return self.focus.area == "dispute"


def is_withheld(audience: Audience, area: str) -> bool:
    """Whether what encourages speaking up is put aside in a workspace: only a conflict has any."""
    if area != "dispute":
        return False
    stands, said_so = concern_stands(audience), says_she_is_frightened(audience)
    return withholds_speaking_up(said_so=said_so, staff_worry=stands, own_page=audience.is_client)


def nothing_to_try(audience: Audience) -> Refusal | None:
    """Why something to try is not offered: the work is on a conflict with speaking up put aside; None while it is."""
    if not any(is_withheld(audience, one.area) for one in queries.standing(audience)):
        return None
    return Refusal(withheld_sentence(own_page=audience.is_client), code="withheld")


def space(audience: Audience, course: Course, shown: ShownFocus, *, today: date, turn: int = 0) -> Space:
    """Put one workspace together. One that has come to rest shows only what was written."""
    lists = queries.workspace(audience, shown.id, shown.area, today=today)
    withheld, works = is_withheld(audience, shown.area), shown.until is None and not course.is_over
    stage = _stage(lists)
    return Space(
        focus=shown, parts=_parts(lists, works=works),
        more=[one.kind for one in lists.values() if works and not one.items and not one.kind.stands_open],
        steps=_steps(audience, course, shown, lists, speaking_up=not withheld) if works else [],
        questions=workspaces.ask(shown.area, turn, speaking_up=not withheld) if works else [],
        next_turn=turn + 1, stage=stage, helps=stage.actions if stage and not withheld else (),
        tries=_by_step(lists), network=network(audience, shown) if shown.area == "sensitivity" else [],
        may_try=not withheld, put_aside=withheld_sentence(own_page=True) if withheld and audience.is_client else "",
    )  # fmt: skip


def _parts(lists: dict[str, ShownList], *, works: bool) -> list[Part]:
    """The lists that hold something, and those that stand open; the sheet of two roles whole or not at all."""
    parts: dict[str, list[ShownList]] = {}
    for one in lists.values():
        if one.kind.key not in UNDER:
            parts.setdefault(one.kind.part, []).append(one)
    shown = []
    for title, group in parts.items():
        kept = [one for one in group if one.items or (works and one.kind.stands_open)]
        if kept:
            shown.append(Part(title, group if title == SHEET else kept))
    return shown


def _stage(lists: dict[str, ShownList]) -> DisputeStage | None:
    """The stage that was said last: an entry that names none moves nothing."""
    items = lists["stage"].items if "stage" in lists else []
    said = next((item.stage for item in items if item.stage), "")
    return next((stage for stage in dispute_stages if said and stage.label == said), None)


def _by_step(lists: dict[str, ShownList]) -> dict[str, list[ShownItem]]:
    tries: dict[str, list[ShownItem]] = {}
    for item in lists["attempt"].items if "attempt" in lists else []:
        tries.setdefault(item.step_id, []).append(item)
    return tries


def _steps(
    audience: Audience, course: Course, shown: ShownFocus, lists: dict[str, ShownList], *, speaking_up: bool
) -> list[Suggestion]:
    stands = queries.marks(audience, shown.id)
    phase = phase_now(audience, course)
    return [
        Suggestion(
            step.key, step.label, stands.get(step.key, "open"),
            step_states.get(stands[step.key]).label if stands.get(step.key, "open") != "open" else "",
            sum(len(lists[key].items) for key in step.lists),
            stands_under(next(iter(step.lists), "")), ON_SHEET.get((shown.area, step.key), ""),
        )
        for step in workspaces.suggested(shown.area, phase, speaking_up=speaking_up)
    ]  # fmt: skip


def stands_under(key: str) -> str:
    """The list on the page in which what is in this one is shown."""
    return UNDER.get(key, key)


def network(audience: Audience, shown: ShownFocus) -> list[Count]:
    """How many people stand in the circles: when the work on this began, now, and as it is wished.

    From what this audience may see. Nothing while nobody has been placed: that is not nought.
    """
    now = everybody(audience)
    began = datetime.combine(shown.since, datetime.max.time(), tzinfo=audience.now.tzinfo)
    then = everybody(audience, at=min(began, audience.now))
    rows = (
        (_("When this began"), [one.now for one in then if one.state is State.PRESENT]),
        (_("Now"), [one.now for one in now if one.state is State.PRESENT]),
        (_("As I wish it"), [one.place_in("wished") for one in now if one.state is State.PRESENT]),
    )
    return [
        Count(when, len(rings), sum(ring <= NEAR for ring in rings))
        for when, places in rows
        if (rings := [place.ring for place in places if place and place.ring])
    ]


def answered(question: Question | None, kind: Kind) -> Kind:
    """A list that asks a question in its own words, when that is what led to it."""
    if question is None or question.about != kind.key:
        return kind
    lead, *others = kind.words
    return replace(kind, words=(replace(lead, label=question.label), *others))
