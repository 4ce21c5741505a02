"""The keepsake: what the two choose to take along, on paper."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import OPEN
from kithwork.ipt.ending import keepsake_parts
from kithwork.therapy.ending.queries import Review, ShownPart, review
from kithwork.therapy.formulation.queries import agreed_wording, goals, standing
from kithwork.therapy.people.queries import Circles, circles
from kithwork.therapy.story.queries import cycle

Item = tuple[str, str]  # a label, which may be empty, and somebody's words


@dataclass(frozen=True)
class KeepsakePart:
    """One part of the keepsake with what goes into it."""

    key: str
    label: str
    items: list[Item]
    circles: Circles | None = None

    @property
    def is_empty(self) -> bool:
        return not self.items and (self.circles is None or self.circles.is_empty)


def for_paper(audience: Audience, *, with_private: bool) -> Audience:
    """Who a printed page is made for. Private words go on paper only when the client asks for that each time."""
    if with_private and audience.is_client:
        return audience
    return replace(audience, sees=audience.sees & OPEN)


def keepsake(audience: Audience, parts: Iterable[str]) -> list[KeepsakePart]:
    """The chosen parts that have something in them, in the keepsake's order."""
    written, chosen = review(audience), set(parts)
    made = [_part(audience, one.key, written) for one in keepsake_parts if one.key in chosen]
    return [part for part in made if not part.is_empty]


def _part(audience: Audience, key: str, written: Review) -> KeepsakePart:
    fill: dict[str, Callable[[], list[Item]]] = {
        "agreed": lambda: _agreed(audience),
        "changed": lambda: _written([written.parts["changed"], written.parts["who_did_it"]]),
        "cycle": lambda: _cycle(audience),
        "warning_signs": lambda: [(sign.kind, sign.words.text) for sign in written.signs],
        "plan": lambda: _written(list(written.plan.values())),
        "words": lambda: [("", text) for _, text in _written([written.parts["from_therapist"]])],
    }
    label = keepsake_parts.get(key).label
    if key == "circles":
        return KeepsakePart(key, label, [], circles(audience))
    return KeepsakePart(key, label, fill[key]())


def _written(parts: list[ShownPart]) -> list[Item]:
    return [(part.label, part.text) for part in parts if part.words and part.text and not part.words.refused]


def _agreed(audience: Audience) -> list[Item]:
    """The wording that both signed; before that, the one they share."""
    stands = standing(audience)
    shared = [(one.label, one.text) for one in stands.sections if one.text] if stands.shared_at else []
    said = agreed_wording(audience) or shared
    aims = "\n".join(goal.goal for goal in goals(audience) if goal.goal)
    return [*said, *([("Our goals", aims)] if aims else [])]


def _cycle(audience: Audience) -> list[Item]:
    """The steps that were made the client's own, each with the idea for where it could stop."""
    steps = [
        (one.station.label, "\n".join(filter(None, [one.my_words or one.differently, one.idea])))
        for one in cycle(audience)
    ]
    return [(label, text) for label, text in steps if text]
