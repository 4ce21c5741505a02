"""The closeness circles as SVG: shapes by attributes, never by style, and every word escaped.

Written here and not in a template, since it is half of the marks on the pages that are opened most.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kithwork.therapy.people.drawing import CENTRE, GHOST, ME, SIZE
from kithwork.therapy.people.picture import Circles, Disc, FoldShape, GhostShape, LineShape

register = template.Library()

PRIVATE = " data-kw-private"
REACH = 23  # how far a finger may miss a disc


@dataclass(frozen=True)
class OwnPage:
    """What the page of the circles adds to the picture: people to be chosen and moved, and crowds to be spread."""

    people: str  # the address that everybody's card stands below
    chosen: str = ""
    since: str = ""
    until: str = ""
    is_interactive: bool = True


@register.filter
def drawn(circles: Circles, on: OwnPage | None = None) -> SafeString:
    """The picture, ``{{ circles|drawn }}``: one to look at; large on the page of its own."""
    marks = [
        _opening(circles, on),
        *_rings(circles),
        *map(_line, circles.lines),
        *map(_ghost, circles.ghosts),
        _me(),
    ]
    marks += [_person(disc, circles, on) for disc in circles.discs]
    marks += [_fold(fold, circles, on) for fold in circles.folds if on]
    return SafeString("".join([*marks, "</svg>"]))


def _opening(circles: Circles, on: OwnPage | None) -> str:
    if on and on.is_interactive:
        told = f'role="group" aria-label="{escape(_("The circles"))}"'
    else:
        summary = _("Closeness circles. {summary}").format(summary=circles.summary)
        told = f'role="img" aria-label="{escape(summary)}"'
    kind = "kw-circles kw-circles--large" if on else "kw-circles"
    box = f'viewBox="0 0 {SIZE} {SIZE}"'
    return f'<svg class="{kind}" {box} {told} data-kw-circles data-view="{circles.view}">'


def _rings(circles: Circles) -> Iterator[str]:
    paths = {ring.number: f"kw-ring-{circles.key}-{ring.number}" for ring in circles.rings}
    names = {ring.number: escape(ring.label) for ring in circles.rings}
    yield "<defs>"
    yield from (f'<path id="{paths[ring.number]}" d="{ring.name_path}"/>' for ring in circles.rings)
    yield "</defs>"
    for ring in circles.rings:
        yield (
            f'<circle class="ring ring-{ring.number}" data-kw="ring" data-ring="{ring.number}" '
            f'data-label="{names[ring.number]}" cx="{CENTRE:g}" cy="{CENTRE:g}" r="{ring.radius}"/>'
        )
    for ring in circles.rings:
        yield (
            f'<text class="ring-name" font-size="12"><textPath href="#{paths[ring.number]}" startOffset="50%">'
            f"{names[ring.number]}</textPath></text>"
        )


def _line(line: LineShape) -> str:
    return f'<path class="line line--{line.kind}" d="{line.path}"{PRIVATE if line.is_kept else ""}/>'


def _ghost(ghost: GhostShape) -> str:
    arrow = ""
    if ghost.shaft:
        arrow = f'<path class="ghost-arrow" d="{ghost.shaft}"/><path class="ghost-head" d="{ghost.head}"/>'
    where = f'cx="{ghost.x}" cy="{ghost.y}" r="{GHOST:g}"'
    return f'<g{PRIVATE if ghost.is_kept else ""}><circle class="ghost" {where}/>{arrow}</g>'


def _me() -> str:
    return (
        f'<g transform="translate({CENTRE:g} {CENTRE:g})"><g class="person-body">'
        f'<circle class="disc disc--me" r="{ME:g}"/>'
        f'<text class="disc-initials disc-initials--me" dy="0.35em" font-size="13">{escape(_("Me"))}</text></g></g>'
    )


def _person(disc: Disc, circles: Circles, on: OwnPage | None) -> str:
    is_link = on is not None and on.is_interactive
    element = "a" if is_link else "g"
    return (
        f'<{element} class="person person--{disc.side} on-ring-{disc.ring}"'
        f"{_way_to(disc, circles, on) if on and is_link else ''}{PRIVATE if disc.is_kept else ''}"
        f' data-kw="person" data-person="{disc.id}" data-name="{escape(disc.label)}" data-ring="{disc.ring}"'
        f' data-angle="{disc.angle}" transform="translate({disc.x} {disc.y})">'
        f'<circle class="person-reach" r="{REACH}" fill="transparent"/>'
        f'<g class="person-body{" person-body--noted" if disc.note else ""}">'
        f"{''.join(_body(disc, circles))}{_name(disc)}{_note(disc) if on else ''}</g></{element}>"
    )


def _way_to(disc: Disc, circles: Circles, on: OwnPage) -> str:
    card = f"{on.people}{disc.id}/"
    current = ' aria-current="true"' if disc.id == on.chosen else ""
    return (
        f' href="?person={disc.id}{_wished(circles)}" aria-label="{escape(disc.spoken)}"{current}'
        f' data-card="{card}" data-place="{card}place/"'
    )


def _wished(circles: Circles) -> str:
    return "&amp;view=wished" if circles.view == "wished" else ""


def _body(disc: Disc, circles: Circles) -> Iterator[str]:
    yield f'<circle class="disc-halo" r="{circles.halo}"/>'
    if disc.is_group:
        yield from _behind(circles)
    yield f'<circle class="disc{f" disc--{disc.kind}" if disc.kind else ""}" r="{circles.disc}"/>'
    if disc.kind == "died":
        yield f'<circle class="disc--died-inner" r="{circles.disc - 4:g}"/>'
    yield _initials(disc.initials)


def _behind(circles: Circles) -> Iterator[str]:
    """The discs that are seen behind a group's."""
    yield from (f'<circle class="disc disc--group" cx="{x:g}" r="{circles.disc}"/>' for x in (7, 3.5))


def _initials(letters: str) -> str:
    return f'<text class="disc-initials" dy="0.35em" font-size="14">{escape(letters)}</text>'


def _name(one: Disc | FoldShape) -> str:
    waiting = " person-name--waiting" if one.side == "nowhere" else ""
    where = f'x="{one.name_x}" y="{one.name_y}" dy="{one.name_dy}"'
    return f'<text class="person-name{waiting}" {where} font-size="14.5">{escape(one.name)}</text>'


def _note(disc: Disc) -> str:
    if not disc.note or disc.side == "nowhere":
        return ""
    where = f'x="{disc.name_x}" y="{disc.name_y}" dy="{disc.note_dy}"'
    return f'<text class="person-note" {where} font-size="9.5" display="none">{escape(disc.note)}</text>'


def _fold(fold: FoldShape, circles: Circles, on: OwnPage) -> str:
    moments = "".join(
        f"&amp;{name}={escape(key)}" for name, key in (("since", on.since), ("until", on.until)) if key
    )
    return (
        f'<a class="person person--{fold.side} person--fold on-ring-{fold.ring}"'
        f' href="?spread={fold.ring}{_wished(circles)}{moments}#also-{fold.ring}" aria-label="{escape(fold.spoken)}"'
        f'{PRIVATE if fold.is_kept else ""} data-kw-fold="{fold.ring}" transform="translate({fold.x} {fold.y})">'
        f'<circle class="person-reach" r="{REACH}" fill="transparent"/>'
        f'<g class="person-body"><circle class="disc-halo" r="{circles.halo}"/>{"".join(_behind(circles))}'
        f'<circle class="disc" r="{circles.disc}"/>{_initials(str(fold.size))}{_name(fold)}</g></a>'
    )
