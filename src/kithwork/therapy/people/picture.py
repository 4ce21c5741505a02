"""The circles as they are drawn: what the geometry says, with names, lines and words, for one reader's people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithwork.foundation.passages.queries import Words
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.foundation.ui.tags import initials_of
from kithwork.ipt.inventory import Gap, Placed, Ring, State, card_fields, gaps, line_kinds, relations
from kithwork.therapy.people import drawing, strokes
from kithwork.therapy.people.drawing import Before, Figure, Layout, Spot
from kithwork.therapy.people.folding import Fold, arrange_folded

SHORT_RELATIONS = {
    "parent": "parent", "sibling": "sibling", "family": "family", "work": "work", "group": "", "other": ""
}  # fmt: skip


class Place(NamedTuple):
    """Where somebody was put, and on which day. No ring: left off the circles."""

    ring: Ring | None
    angle: int | None
    on: date


class ShownPerson(NamedTuple):
    """Somebody as one reader may know of them."""

    id: str
    label: str
    relation: str
    state: State
    since_year: int | None
    is_group: bool
    group_size: int | None
    line: str
    sharing: Sharing
    together_in: int | None
    words: Mapping[str, Words]
    now: Place | None = None
    wished: Place | None = None
    before: Place | None = None  # on the last earlier day, if it was another ring
    looking_back: str = ""

    @property
    def ring(self) -> Ring | None:
        return self.now.ring if self.now else None

    @property
    def is_kept(self) -> bool:
        return self.sharing in KEPT

    @property
    def has_died(self) -> bool:
        return self.state is State.DIED

    @property
    def relation_words(self) -> str:
        return _(relations[self.relation].label) if self.relation in relations else ""

    @property
    def note(self) -> str:
        """One quiet line: what became of them, how many they are, or what they are to the client."""
        if self.state is State.DIED:
            return _("died {year}").format(year=self.since_year) if self.since_year else _("died")
        if self.state is State.LOST_TOUCH:
            return _("lost touch {year}").format(year=self.since_year) if self.since_year else _("lost touch")
        if self.is_group and self.group_size:
            return _("{group_size} people").format(group_size=self.group_size)
        if self.state is State.PAST:
            return _("from earlier")
        return _(SHORT_RELATIONS.get(self.relation, "")) or self.relation_words

    def chosen(self, field: str) -> tuple[str, ...]:
        """What was chosen in a field of the card, as far as the reader may see it."""
        said = self.words.get(field)
        return card_fields[field].chosen(said.text) if said else ()

    @property
    def could_support(self) -> bool:
        return "support" in self.chosen("tags")

    @property
    def as_placed(self) -> Placed:
        """For what is not on the picture: unsaid is neither yes nor no."""
        kinds = self.chosen("turn_to")
        confides, helps = ("listening" in kinds, "practical" in kinds) if kinds else (None, None)
        return Placed(self.id, self.ring, self.state, confides, helps)

    def place_in(self, view: str) -> Place | None:
        """Where they stand in a view."""
        return self.wished if view == "wished" else self.now


@dataclass(frozen=True)
class RingShape:
    """One ring, with the curve that its name is written on."""

    number: int
    label: str
    radius: float
    name_path: str


class Disc(NamedTuple):
    """One person on the picture."""

    id: str
    label: str
    name: str
    note: str
    initials: str
    spoken: str
    kind: str  # "", "died", "lost"
    is_group: bool
    is_kept: bool  # by the client, so that it isn't printed by accident
    ring: int
    angle: int
    x: float
    y: float
    side: str
    name_x: float
    name_y: float
    name_dy: str
    note_dy: str
    is_folded: bool = False  # stands behind a fold's disc, and in the list beside the picture


@dataclass(frozen=True)
class FoldShape:
    """Several people of a crowded ring behind one disc; the list beside the picture names them."""

    ring: int
    size: int
    name: str
    spoken: str
    is_kept: bool
    x: float
    y: float
    side: str
    name_x: float
    name_y: float
    name_dy: str


class LineShape(NamedTuple):
    """A line that says how it is between two people."""

    kind: str
    path: str
    is_kept: bool = False


@dataclass(frozen=True)
class GhostShape:
    """Where somebody was before, and the arrow from there."""

    x: float
    y: float
    shaft: str
    head: str
    is_kept: bool = False


@dataclass(frozen=True)
class Circles:
    """Everything that the circles' picture shows to one reader."""

    view: str
    at: datetime | None
    key: str  # tells two pictures on one page apart
    summary: str
    disc: float
    halo: float
    rings: tuple[RingShape, ...]  # outermost first, as they are painted
    lines: tuple[LineShape, ...]
    ghosts: tuple[GhostShape, ...]
    discs: tuple[Disc, ...]
    folds: tuple[FoldShape, ...]
    spread: Ring | None  # the ring that the reader has spread out again
    lanes: tuple[tuple[Ring, tuple[Disc, ...]], ...]  # names that the picture has no room for, ring by ring
    unplaced: tuple[ShownPerson, ...]
    everybody: tuple[ShownPerson, ...]
    gaps: tuple[Gap, ...]

    @property
    def is_empty(self) -> bool:
        return not self.discs and not self.folds


Pair = tuple[str, str, str]  # one person, another, the kind of line


def draw(
    everybody: Sequence[ShownPerson],
    *,
    view: str,
    at: datetime | None,
    were: Mapping[str, Place | None],
    pairs: Iterable[Pair] = (),
    folds_crowds: bool = False,
    spread: Ring | None = None,
) -> Circles:
    """Compose the picture. ``were`` says where each stood before, for the ghosts.

    ``folds_crowds`` is for the page that lists the folded beside the picture; the ring that is ``spread`` stays open.
    """
    asked = [one for one in everybody if view == "now" or not one.has_died]
    placed = [one for one in asked if (place := one.place_in(view)) and place.ring]
    kept = {one.id for one in placed if one.is_kept}
    figures = [_figure(one, view, were.get(one.id)) for one in placed]
    layout, folds = (
        arrange_folded(figures, kept=kept, name=_so_many, spread=spread)
        if folds_crowds
        else (drawing.arrange(figures), ())
    )
    spots = {spot.id: spot for spot in layout.spots}
    behind = {one for fold in folds for one in fold.people}
    discs = tuple(_disc(one, spots[one.id], layout.disc, folded=one.id in behind) for one in placed)
    standing = [one for one in placed if one.id not in behind]
    return Circles(
        view=view, at=at, key=f"{view}-{at:%Y%m%d%H%M}" if at else view, summary=_summary(placed, view),
        disc=layout.disc, halo=layout.disc + 5, rings=_rings(layout), lines=_lines(standing, spots, pairs, at),
        ghosts=tuple(_ghost(before, spots[before.id], layout, kept=before.id in kept) for before in layout.before),
        discs=tuple(one for one in discs if not one.is_folded), lanes=_lanes(discs), spread=spread,
        folds=tuple(_fold(fold, spots[fold.id], placed, layout.disc) for fold in folds),
        unplaced=tuple(one for one in asked if one.id not in spots), everybody=tuple(everybody),
        gaps=gaps(one.as_placed for one in everybody) if view == "now" else (),
    )  # fmt: skip


def _figure(person: ShownPerson, view: str, was: Place | None) -> Figure:
    place = person.place_in(view)
    assert place is not None
    assert place.ring is not None
    moved = was is not None and was.ring is not None and was.ring is not place.ring
    before = (int(was.ring), was.angle) if moved and was is not None and was.ring is not None else None
    letters = len(drawing.shorten(person.label))
    return Figure(person.id, letters, int(place.ring), place.angle, before, person.is_group, len(person.note))


def _rings(layout: Layout) -> tuple[RingShape, ...]:
    shapes = [
        RingShape(int(ring), _(ring.label), radius, strokes.ring_name_path(radius - 6))
        for ring, radius in zip(Ring, layout.radii, strict=True)
    ]
    return tuple(reversed(shapes))


def _so_many(people: int) -> str:
    return ngettext("{people} person", "{people} people", people).format(people=people)


def _fold(fold: Fold, spot: Spot, placed: Sequence[ShownPerson], radius: float) -> FoldShape:
    name, ring = _so_many(len(fold.people)), _(Ring(fold.ring).label)
    x, y, name_dy, _note = _name_at(spot.side, radius, len(name), wide=True)
    names = ", ".join(one.label for one in placed if one.id in fold.people)
    return FoldShape(
        ring=fold.ring, size=len(fold.people), name=name,
        spoken=_("{name} in {ring}: {names}. Show each of them.").format(name=name, ring=ring, names=names),
        is_kept=fold.is_kept, x=spot.x, y=spot.y, side=spot.side, name_x=x, name_y=y, name_dy=name_dy,
    )  # fmt: skip


def _disc(person: ShownPerson, spot: Spot, radius: float, *, folded: bool) -> Disc:
    ring = Ring(spot.ring)
    name = drawing.shorten(person.label)
    x, y, name_dy, note_dy = _name_at(spot.side, radius, len(name), wide=person.is_group)
    initials = str(person.group_size) if person.is_group and person.group_size else initials_of(person.label)
    return Disc(
        id=person.id, label=person.label, name=name, note=person.note, initials=initials,
        spoken=", ".join(filter(None, [person.label, person.note, _(ring.label), _line_words(person)])),
        kind={State.DIED: "died", State.LOST_TOUCH: "lost"}.get(person.state, ""), is_group=person.is_group,
        is_kept=person.is_kept,
        ring=spot.ring, angle=spot.angle, x=spot.x, y=spot.y, side=spot.side,
        name_x=x, name_y=y, name_dy=name_dy, note_dy=note_dy, is_folded=folded,
    )  # fmt: skip


def _lanes(discs: Sequence[Disc]) -> tuple[tuple[Ring, tuple[Disc, ...]], ...]:
    waiting = {
        ring: tuple(one for one in discs if one.ring == ring and one.side == "nowhere") for ring in Ring
    }
    return tuple((ring, people) for ring, people in waiting.items() if people)


def _name_at(side: str, radius: float, letters: int, *, wide: bool) -> tuple[float, float, str, str]:
    """Where the name's middle stands, seen from the disc's, and how far name and note hang below it."""
    if side in ("below", "nowhere"):
        return 0, radius + 3, "0.85em", "2.25em"
    if side == "above":
        return 0, -radius - 5, "0", "0"
    aside = radius + (8 if wide and side == "right" else 3) + letters * drawing.LETTER / 2 + 1
    return round(aside if side == "right" else -aside, 1), 0, "0.33em", "1.6em"


def _line_words(person: ShownPerson) -> str:
    return _(line_kinds[person.line].label) if person.line in line_kinds else ""


def _lines(
    placed: Sequence[ShownPerson], spots: Mapping[str, Spot], pairs: Iterable[Pair], at: datetime | None
) -> tuple[LineShape, ...]:
    """From "me" to each, and between two of them. How it was on an earlier day was not kept, so it isn't drawn."""
    middle = (drawing.CENTRE, drawing.CENTRE)
    kept = {one.id for one in placed if one.is_kept}
    here = {one.id for one in placed}
    mine = [
        LineShape(one.line, strokes.line(one.line, middle, (spots[one.id].x, spots[one.id].y)), one.is_kept)
        for one in placed
        if one.line and at is None
    ]
    between = [
        LineShape(kind, _between(spots[one], spots[other], kind), one in kept or other in kept)
        for one, other, kind in pairs
        if one in here and other in here
    ]
    return (*mine, *between)


def _between(one: Spot, other: Spot, kind: str) -> str:
    return strokes.line(kind, (one.x, one.y), (other.x, other.y))


def _ghost(before: Before, spot: Spot, layout: Layout, *, kept: bool) -> GhostShape:
    shaft, head = strokes.arrow(
        (before.x, before.y), (spot.x, spot.y), leaves=drawing.GHOST + 2, stops=layout.disc + 7
    )
    return GhostShape(before.x, before.y, shaft, head, kept)


def _summary(placed: Sequence[ShownPerson], view: str) -> str:
    """The picture in words, ring by ring, for those who hear it."""
    rings = []
    for ring in Ring:
        names = [one.label for one in placed if (place := one.place_in(view)) and place.ring is ring]
        if names:
            rings.append(f"{_(ring.label)}: {', '.join(names)}.")
    return " ".join(rings) or _("Nobody is on the circles yet.")
