"""What each of the four difficulties writes down: the lists of its workspace, as data.

Labels are marked here and translated where they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from kithwork.ipt.problem_areas import problem_areas
from kithwork.ipt.shelf import Prompt, Shelf
from kithwork.therapy.focus.models import (
    Attempt,
    ContactStep,
    DisputeStage,
    FocusItem,
    FocusNote,
    GriefDate,
    Helper,
    Option,
    Reconnect,
    RoleItem,
)


@dataclass(frozen=True)
class Kind:
    """One list: what it is called, which words it has room for, and what else it asks."""

    key: str
    area: str
    part: str  # which part of the workspace it stands in
    label: str
    add: str
    model: type[FocusItem]
    words: tuple[Prompt, ...]
    asks: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    stands_open: bool = (
        False  # shown while there is nothing in it yet; the others wait below "More to write about"
    )

    @property
    def lead(self) -> str:
        """The field that stands first on the page."""
        return self.words[0].key


def _from_method(area: str, *keys: str) -> tuple[Prompt, ...]:
    prompts = {prompt.key: prompt for prompt in problem_areas.get(area).records}
    return tuple(prompts[key] for key in keys)


def _role_item(key: str, role: str, side: str, label: str) -> Kind:
    asked = _from_method("transition", f"{role}_{side}")[0].label
    return Kind(
        key, "transition", SHEET, label, _("Add something"), RoleItem, (Prompt("item", asked),),
        fixed={"role": role, "side_of_it": side}, stands_open=True,
    )  # fmt: skip


def _note(
    key: str, area: str, part: str, label: str, *, asks: tuple[str, ...] = (), stands_open: bool = False
) -> Kind:
    asked = {prompt.key: prompt for prompt in problem_areas.get(area).records}[key]
    return Kind(
        key, area, part, label, _("Write something"), FocusNote, (Prompt("text", asked.label, asked.help),),
        asks=asks, fixed={"about": key}, stands_open=stands_open,
    )  # fmt: skip


# The parts of a workspace, by what they are called on the page.
STANDS, DOING = _("Where it stands"), _("What could be done")
CHANGE, SHEET, ASKS = _("The change"), _("Before and now"), _("Me in it now")
STORY, SORTED, DAYS, BACK = (
    _("The story"),
    _("Sorted, piece by piece"),
    _("Days that matter"),
    _("Coming back"),
)
LOOKING, STEPS = _("Looking back"), _("Small steps")

kinds = Shelf(
    "lists of a focus",
    (
        Kind(
            "stage", "dispute", STANDS, _("How it is between us"), _("Write down how it stands now"), DisputeStage,
            _from_method("dispute", "issue", "i_hope", "they_hope", "means", "tried"), asks=("stage", "on"),
            stands_open=True,
        ),
        _note("goes_with", "dispute", STANDS, _("The conflict and my mood")),
        Kind(
            "option", "dispute", DOING, _("Possibilities"), _("Add a possibility"), Option,
            _from_method("dispute", "option", "for_it", "against", "for_them"), asks=("chosen",), stands_open=True,
        ),
        _note("change", "transition", CHANGE, _("What has changed"), stands_open=True),
        _note("feelings", "transition", CHANGE, _("Feelings at the change")),
        _note("losses", "transition", CHANGE, _("What I miss")),
        _role_item("old-good", "old", "good", _("Before: what was good")),
        _role_item("old-hard", "old", "hard", _("Before: what was hard")),
        _role_item("new-good", "new", "good", _("Now: what is good, or could be")),
        _role_item("new-hard", "new", "hard", _("Now: what is hard")),
        _note("self", "transition", ASKS, _("How I see myself")),
        _note("others", "transition", ASKS, _("How I see other people")),
        _note("demand", "transition", ASKS, _("What it asks of me")),
        _note("skill", "transition", ASKS, _("What I can do, or could learn")),
        Kind(
            "helper", "transition", ASKS, _("Who could help"), _("Add somebody"), Helper,
            _from_method("transition", "who", "how"), stands_open=True,
        ),
        _note("story", "grief", STORY, _("As I tell it"), stands_open=True),
        _note("together", "grief", SORTED, _("What it was like between us")),
        _note("lost", "grief", SORTED, _("How I lost them"), asks=("how_lost",)),
        _note("since", "grief", SORTED, _("How it has been since")),
        _note("mixed", "grief", SORTED, _("Mixed feelings")),
        _note("unsaid", "grief", SORTED, _("What was not said")),
        Kind(
            "date", "grief", DAYS, _("Days that may be hard"), _("Add a day"), GriefDate,
            _from_method("grief", "what"), asks=("when",), stands_open=True,
        ),
        Kind(
            "reconnect", "grief", BACK, _("Coming back to people and things, a little"), _("Add a step"), Reconnect,
            _from_method("grief", "step", "how_it_went"), asks=("done_on",), stands_open=True,
        ),
        _note("easier", "sensitivity", LOOKING, _("When it was easier"), stands_open=True),
        _note("repeats", "sensitivity", LOOKING, _("What repeats")),
        _note("between", "sensitivity", LOOKING, _("What happens between the two of us here")),
        Kind(
            "step", "sensitivity", STEPS, _("Small steps towards people"), _("Add a step"), ContactStep,
            _from_method("sensitivity", "step"), asks=("place",), stands_open=True,
        ),
        Kind(
            "attempt", "sensitivity", STEPS, _("What was tried"), _("Write down a try"), Attempt,
            _from_method("sensitivity", "what_happened"), asks=("of_step", "on"),
        ),
    ),
)  # fmt: skip

SORTS_INTO = ("together", "lost", "since", "mixed", "unsaid")  # where a piece of the story can go


def kinds_of(area: str) -> list[Kind]:
    """The lists of one difficulty, in reading order."""
    return [kind for kind in kinds if kind.area == area]


def kind_of(item: FocusItem) -> Kind:
    """Which list an item stands in."""
    return next(
        kind
        for kind in kinds
        if isinstance(item, kind.model)
        and all(getattr(item, name) == value for name, value in kind.fixed.items())
    )
