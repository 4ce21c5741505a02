"""What each of the four difficulties writes down: the lists of its workspace, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kithwork.ipt.problem_areas import problem_areas
from kithwork.ipt.shelf import Prompt, Shelf
from kithwork.therapy.focus.models import (
    Attempt,
    ContactStep,
    DisputeStage,
    FocusItem,
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
    label: str
    add: str
    model: type[FocusItem]
    words: tuple[Prompt, ...]
    asks: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)

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
        key, "transition", label, "Add something", RoleItem, (Prompt("item", asked),),
        fixed={"role": role, "side_of_it": side},
    )  # fmt: skip


kinds = Shelf(
    "lists of a focus",
    (
        Kind(
            "stage", "dispute", "Where it stands", "Write down how it stands now", DisputeStage,
            _from_method("dispute", "issue", "i_hope", "they_hope", "tried"), asks=("stage", "on"),
        ),
        Kind(
            "option", "dispute", "What could be done", "Add a possibility", Option,
            (
                Prompt("option", "What could you do?", "Doing nothing is one of the choices."),
                Prompt("for_it", "What speaks for it"),
                Prompt("against", "What speaks against it"),
            ),
            asks=("chosen",),
        ),
        _role_item("old-good", "old", "good", "Before: what was good"),
        _role_item("old-hard", "old", "hard", "Before: what was hard"),
        _role_item("new-good", "new", "good", "Now: what is good, or could be"),
        _role_item("new-hard", "new", "hard", "Now: what is hard"),
        Kind(
            "helper", "transition", "Who could help", "Add somebody", Helper,
            (Prompt("who", "Who could help?"), Prompt("how", "With what, or how?")),
        ),
        Kind(
            "date", "grief", "Days that may be hard", "Add a day", GriefDate,
            (Prompt("what", "What day is it?", "An anniversary, a birthday, a holiday."),), asks=("when",),
        ),
        Kind(
            "reconnect", "grief", "Coming back to people and things, a little", "Add a step", Reconnect,
            (
                Prompt("step", "What or whom would you like to come back to, a little?"),
                Prompt("how_it_went", "How did it go?"),
            ),
            asks=("done_on",),
        ),
        Kind(
            "step", "sensitivity", "Small steps towards people", "Add a step", ContactStep,
            (Prompt("step", "Which small step could you take?"),), asks=("place",),
        ),
        Kind(
            "attempt", "sensitivity", "What was tried", "Write down a try", Attempt,
            (Prompt("what_happened", "What happened?"),), asks=("of_step", "on"),
        ),
    ),
)  # fmt: skip


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
