"""How far each kind of difficulty fits, as the client weighs it: for this room, and for the rooms that choose."""

from dataclasses import dataclass

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read_many
from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt import weighing as rules
from kithwork.therapy.story.models import Weighing
from kithwork.therapy.story.queries.standing import Found, by_key, own_words, standing, together_in


@dataclass(frozen=True)
class ShownWeighing:
    """One kind of difficulty with what was said about it; ``beside`` is what others see instead."""

    kind: rules.Recognise
    id: str = ""
    fits: str = ""
    why: Words | None = None
    sharing: Sharing | None = None
    together_in: int | None = None
    beside: "ShownWeighing | None" = None

    @property
    def key(self) -> str:
        return self.kind.key

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def said(self) -> str:
        """ "A bit"; empty where nothing was said."""
        return rules.fits[self.fits].label if self.fits else ""

    @property
    def text(self) -> str:
        return self.why.text if self.why else ""

    @property
    def is_said(self) -> bool:
        return bool(self.said or self.text)


def weighing(audience: Audience) -> list[ShownWeighing]:
    """All four kinds, each with what this audience may see of the client's own weighing."""
    rows = standing(audience, Weighing)
    words, found = read_many([audience], rows), by_key(rows, "area")
    return [_shown(kind, *found.get(kind.key, (None, None)), words) for kind in rules.recognise]


def weighed(audience: Audience) -> list[ShownWeighing]:
    """Only those kinds about which something was said, for a page on which the focus is chosen."""
    return [one for one in weighing(audience) if one.is_said]


def _shown(
    kind: rules.Recognise, row: Weighing | None, beside: Weighing | None, words: Found
) -> ShownWeighing:
    if row is None:
        return ShownWeighing(kind)
    own = own_words(row, words)
    return ShownWeighing(
        kind, row.id, row.fits, own.get(rules.WHY.key), Sharing(row.sharing), together_in(row, own.values()),
        _shown(kind, beside, None, words) if beside else None,
    )  # fmt: skip
