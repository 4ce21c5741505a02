"""The keepsake: what somebody takes along, piece by piece, as a booklet on paper and as a page for any browser.

What the client keeps to herself is a piece only for her, and is in her copy only where she ticks it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2s

from django.utils.translation import gettext as _

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words
from kithwork.foundation.passages.sharing import OPEN
from kithwork.foundation.ui.dates import say_date
from kithwork.ipt.ending import keepsake_parts
from kithwork.therapy.ending.queries import Choice, Review, ShownPart, review
from kithwork.therapy.ending.then_and_now import ScorePair, score_pairs
from kithwork.therapy.formulation.queries import ShownGoal, agreed_wording, goals, standing
from kithwork.therapy.people.queries import Circles, circles
from kithwork.therapy.sessions.queries import ShownTryOut, try_outs
from kithwork.therapy.story.queries import cycle


@dataclass(frozen=True)
class Piece:
    """One thing that can be taken along. ``key`` is made of what it is, and says nothing by itself."""

    key: str
    label: str
    text: str
    kept: bool = False
    taken: bool = False
    circles: Circles | None = None

    @property
    def lines(self) -> list[str]:
        return [line for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Part:
    """One part of the keepsake, with its pieces in their order."""

    key: str
    label: str
    pieces: tuple[Piece, ...]

    @property
    def taken(self) -> "Part":
        """The part with only what is taken along; circles with everybody in them stand for those without."""
        chosen = [piece for piece in self.pieces if piece.taken]
        pictures = [piece for piece in chosen if piece.circles]
        return replace(self, pieces=tuple(one for one in chosen if one not in pictures[:-1]))


def only_open(audience: Audience) -> Audience:
    """Somebody who sees nothing but what both can see."""
    return replace(audience, sees=audience.sees & OPEN)


def offered(audience: Audience, choice: Choice) -> list[Part]:
    """Every piece there is for this audience, each ticked or not. What nobody wrote is no piece."""
    found = _open_and_kept(audience) if audience.is_client else dict(_pieces(only_open(audience)))
    parts = []
    for part in keepsake_parts:
        ticked = (
            replace(one, taken=choice.takes(one.key, part.key, kept=one.kept)) for one in found[part.key]
        )
        if pieces := tuple(ticked):
            parts.append(Part(part.key, part.label, pieces))
    return parts


def taken(parts: Iterable[Part]) -> list[Part]:
    """What goes into the booklet."""
    return [part for part in (one.taken for one in parts) if part.pieces]


def has_kept(parts: Iterable[Part]) -> bool:
    """Whether something is in it that only the client can see."""
    return any(piece.kept for part in parts for piece in part.pieces)


def _open_and_kept(audience: Audience) -> dict[str, list[Piece]]:
    """First what both can see; then, of what the client alone sees, whatever is not the same."""
    both, hers = dict(_pieces(only_open(audience))), dict(_pieces(audience))
    for part, pieces in hers.items():
        known = {(piece.label, piece.text) for piece in both[part]}
        mine = (one for one in pieces if (one.label, one.text) not in known)
        both[part] += [replace(one, key=_key(part, one.key, "kept"), kept=True) for one in mine]
    return both


def _pieces(audience: Audience) -> Iterator[tuple[str, list[Piece]]]:
    written = review(audience)
    fill: dict[str, Callable[[], list[Piece]]] = {
        "agreed": lambda: _agreed(audience),
        "then_and_now": lambda: _then_and_now(audience),
        "circles": lambda: _circles(audience),
        "changed": lambda: _written(written, "changed", "helped", "who_did_it", "stressors"),
        "tried": lambda: [_tried(one) for one in try_outs(audience) if one.how_it_went],
        "cycle": lambda: _cycle(audience),
        "warning_signs": lambda: [
            Piece(_key(one.id), one.kind, one.words.text) for one in written.signs if _said(one.words)
        ],
        "plan": lambda: [piece for one in written.plan.values() for piece in _part(one)],
        "words": lambda: [replace(one, label="") for one in _written(written, "from_therapist")],
    }
    for part in keepsake_parts:
        yield part.key, fill[part.key]()


def _key(*named: str) -> str:
    """A name for a piece that tells a stranger nothing of what it is about."""
    return blake2s("/".join(named).encode(), digest_size=8).hexdigest()


def _said(words: Words | None) -> bool:
    return words is not None and not words.refused and bool(words.text.strip())


def _written(written: Review, *keys: str) -> list[Piece]:
    return [piece for key in keys for piece in _part(written.parts[key])]


def _part(part: ShownPart) -> list[Piece]:
    """What stands in one part: for the client, both texts where she holds one that others do not see."""
    standing = [part.words, *part.words.also] if part.words else []
    return [Piece(_key("part", part.key), part.label, one.text.strip()) for one in standing if _said(one)]


def _agreed(audience: Audience) -> list[Piece]:
    """The wording that both signed; before that, the one they share; and each goal."""
    stands = standing(audience)
    shared = [(one.label, one.text) for one in stands.sections if one.text] if stands.shared_at else []
    said = [Piece(_key("agreed", label), label, text) for label, text in agreed_wording(audience) or shared]
    aims = [Piece(_key(goal.id), _("A goal"), _goal(goal)) for goal in goals(audience) if goal.goal]
    return [*said, *aims]


def _goal(goal: ShownGoal) -> str:
    if goal.latest is None:
        return goal.goal
    if goal.first is None or len(goal.ratings) == 1:
        rated = _("%(now)s of 10") % {"now": goal.latest}
    else:
        rated = _("From %(then)s to %(now)s of 10") % {"then": goal.first, "now": goal.latest}
    return f"{goal.goal}\n{rated}"


def _then_and_now(audience: Audience) -> list[Piece]:
    return [Piece(_key("score", pair.label), pair.label, _pair(pair)) for pair in score_pairs(audience)]


def _pair(pair: ScorePair) -> str:
    first = _("%(total)s on %(day)s") % {"total": pair.first[1], "day": say_date(pair.first[0], "j F Y")}
    if pair.latest is None:
        return first
    latest = {"total": pair.latest[1], "day": say_date(pair.latest[0], "j F Y")}
    return f"{first}\n" + _("%(total)s on %(day)s") % latest


def _circles(audience: Audience) -> list[Piece]:
    drawn = circles(audience)
    if drawn.is_empty:
        return []
    rings = [
        (ring.label, [disc.label for disc in drawn.discs if disc.ring == ring.number])
        for ring in reversed(drawn.rings)
    ]
    text = "\n".join(f"{label}: {', '.join(names)}" for label, names in rings if names)
    return [Piece(_key("circles"), "", text, circles=drawn)]


def _tried(one: ShownTryOut) -> Piece:
    what = one.what.text if one.what else ""
    went = one.how_it_went.text if _said(one.how_it_went) and one.how_it_went else ""
    return Piece(_key(one.id), what, went)


def _cycle(audience: Audience) -> list[Piece]:
    """The steps that were made the client's own, each with the idea for where it could stop."""
    steps = [
        (one, "\n".join(filter(None, [one.my_words or one.differently, one.idea]))) for one in cycle(audience)
    ]
    return [Piece(_key("cycle", one.key), one.label, text) for one, text in steps if text]
