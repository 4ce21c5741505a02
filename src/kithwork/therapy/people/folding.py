"""When the circles are crowded: people of one ring whose names have no room stand behind one disc, "6 people".

Whom the client keeps folds apart from the others, so that a printed number never counts them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from kithwork.therapy.people.drawing import Figure, Layout, Spot, arrange, shorten

FEWEST = 2  # one name without room is no crowd
ROUNDS = 4  # folding makes room, and what is left may still be crowded


@dataclass(frozen=True)
class Fold:
    """People of one ring behind one disc, in the order in which they were given."""

    id: str
    ring: int
    is_kept: bool
    people: tuple[str, ...]


def arrange_folded(
    figures: Sequence[Figure], *, kept: Collection[str], name: Callable[[int], str], spread: int | None = None
) -> tuple[Layout, tuple[Fold, ...]]:
    """Find a place for everybody, and fold the crowded of each ring but the one that is spread.

    ``name`` gives the words for so many people. Whoever is folded stands where their fold stands, without a name.
    """
    folded: dict[tuple[int, bool], list[str]] = defaultdict(list)
    layout = arrange(figures)
    for _round in range(ROUNDS):
        if not _fold_more(folded, layout, kept, spread):
            break
        layout = arrange([*_as_figures(folded, figures, name), *_not_in(folded, figures)])
    folds = tuple(
        Fold(_id(*key), *key, tuple(one.id for one in figures if one.id in people))
        for key, people in folded.items()
    )
    return _with_folded(layout, folds), folds


def _fold_more(
    folded: dict[tuple[int, bool], list[str]], layout: Layout, kept: Collection[str], spread: int | None
) -> bool:
    waiting: dict[tuple[int, bool], list[str]] = defaultdict(list)
    own = {_id(*key) for key in folded}
    for spot in layout.spots:
        if spot.side == "nowhere" and spot.ring != spread and spot.id not in own:
            waiting[spot.ring, spot.id in kept].append(spot.id)
    more = {key: people for key, people in waiting.items() if key in folded or len(people) >= FEWEST}
    for key, people in more.items():
        folded[key].extend(people)
    return bool(more)


def _as_figures(
    folded: dict[tuple[int, bool], list[str]], figures: Sequence[Figure], name: Callable[[int], str]
) -> list[Figure]:
    """Folds come first, and stand where the first of theirs was put: their words must not be left out."""
    angles = {one.id: one.angle for one in figures}
    return [
        Figure(_id(ring, is_kept), len(shorten(name(len(people)))), ring, angles[people[0]] or 0, wide=True)
        for (ring, is_kept), people in folded.items()
    ]


def _not_in(folded: dict[tuple[int, bool], list[str]], figures: Sequence[Figure]) -> list[Figure]:
    behind = {one for people in folded.values() for one in people}
    return [one for one in figures if one.id not in behind]


def _with_folded(layout: Layout, folds: Sequence[Fold]) -> Layout:
    places = {spot.id: spot for spot in layout.spots}
    behind: list[Spot] = [
        replace(places[fold.id], id=one, side="nowhere") for fold in folds for one in fold.people
    ]
    return replace(layout, spots=(*layout.spots, *behind))


def _id(ring: int, is_kept: bool) -> str:
    return f"fold-{ring}-kept" if is_kept else f"fold-{ring}"
