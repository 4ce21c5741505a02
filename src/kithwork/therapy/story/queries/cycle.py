"""How it goes round, for one audience: the steps in their order, each as far as it has been made the client's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read_many
from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt import cycle_steps
from kithwork.ipt.cycle_steps import Station
from kithwork.therapy.story.models import CycleOrder, CycleStep
from kithwork.therapy.story.queries.standing import (
    Found,
    by_key,
    own_words,
    row_for,
    standing,
    together_in,
)


@dataclass(frozen=True)
class ShownStep:
    """One step as somebody sees it. ``beside`` is what others see where the client keeps another to herself."""

    station: Station
    id: str = ""
    answer: str = ""
    could_stop: bool = False
    words: Mapping[str, Words] = field(default_factory=dict)
    sharing: Sharing | None = None
    together_in: int | None = None
    beside: "ShownStep | None" = None

    @property
    def key(self) -> str:
        return self.station.key

    @property
    def in_address(self) -> str:
        return cycle_steps.in_address(self.key)

    @property
    def label(self) -> str:
        return _(self.station.label) if self.station.text else self.station.label

    @property
    def is_own(self) -> bool:
        """Whether it was added, and is none of the four."""
        return self.key not in cycle_steps.stations

    @property
    def answer_label(self) -> str:
        return cycle_steps.answers[self.answer].label if self.answer else ""

    @property
    def is_gap(self) -> bool:
        """Whether the ring opens after this step."""
        return self.could_stop or bool(self.idea)

    @property
    def idea(self) -> str:
        return self.text("help_here")

    @property
    def tried(self) -> str:
        return self.text("tried")

    @property
    def texts(self) -> list[str]:
        return [text for text in (self.differently, self.my_words, self.idea, self.tried) if text]

    @property
    def my_words(self) -> str:
        return self.text("my_words")

    @property
    def differently(self) -> str:
        return self.text("differently")

    def text(self, name: str) -> str:
        """What stands in one of its fields."""
        return self.words[name].text if name in self.words else ""


@dataclass(frozen=True)
class Arrangement:
    """The steps that are in the picture, those that were left out, and who the order is for."""

    steps: list[ShownStep]
    left_out: list[ShownStep]
    sharing: Sharing | None = None  # None: nobody has put them in another order

    @property
    def keys(self) -> list[str]:
        """What the steps of the picture are called in the record."""
        return [step.key for step in self.steps]

    @property
    def all(self) -> list[ShownStep]:
        return [*self.steps, *self.left_out]

    @property
    def is_own(self) -> bool:
        """Whether anything of it was made somebody's own."""
        return self.sharing is not None or any(step.id for step in self.all)


def cycle(audience: Audience) -> list[ShownStep]:
    """The steps of the picture in their order."""
    return arrangement(audience).steps


@once_a_page
def arrangement(audience: Audience) -> Arrangement:
    """Every step in its order, and which of them are in the picture."""
    rows = standing(audience, CycleStep)
    words, found = read_many([audience], rows), by_key(rows, "station")
    order, _ = row_for(audience, CycleOrder)
    keys = [*cycle_steps.stations.keys(), *(key for key in found if key not in cycle_steps.stations)]
    steps = {key: _step(key, *found.get(key, (None, None)), words) for key in keys}
    placed = cycle_steps.in_order(keys, order.order if order else [])
    stays = cycle_steps.in_picture(placed, order.left_out if order else ())
    return Arrangement(
        [steps[key] for key in stays], [steps[key] for key in placed if key not in stays],
        Sharing(order.sharing) if order else None,
    )  # fmt: skip


def _step(key: str, row: CycleStep | None, beside: CycleStep | None, words: Found) -> ShownStep:
    if row is None:
        return ShownStep(cycle_steps.stations[key])
    own = own_words(row, words)
    name = own["name"].text if "name" in own else ""
    return ShownStep(
        cycle_steps.own_station(key, name), row.id, row.answer, row.could_stop_here, own, Sharing(row.sharing),
        together_in(row, own.values()), _step(key, beside, None, words) if beside else None,
    )  # fmt: skip
