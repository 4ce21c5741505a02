"""Everybody has a place on the circles, and nobody covers anybody."""

import itertools
import math

import pytest

from kithwork.therapy.people import drawing, folding, strokes
from kithwork.therapy.people.drawing import BASE, CENTRE, Before, Figure, arrange, radii_for

TWELVE = (
    *["Sam", "Leah", "Mum", "Dad", "Priya", "Tomasz", "Ruth", "Chris", "Nan", "Florence", "Ines"],
    "Old team",
)


def figure(name, ring, **more):
    return Figure(name, len(drawing.shorten(name)), ring, **more)


def covered(figures):
    """Pairs of people of whom one's name or disc covers the other's name."""
    layout = arrange(figures)
    standing = zip(figures, layout.spots, strict=True)
    names = [drawing._name_box(one, spot, layout.disc) for one, spot in standing]
    discs = [drawing._square(spot.x, spot.y, layout.disc) for spot in layout.spots]
    pairs = itertools.permutations(range(len(figures)), 2)
    return [
        (figures[a].id, figures[b].id)
        for a, b in pairs
        if names[a].overlap(names[b]) > 1 or names[a].overlap(discs[b]) > 4
    ]


@pytest.mark.parametrize("ring", [1, 2, 3, 4])
def test_twelve_people_in_one_ring_cover_no_name(ring):
    assert covered([figure(name, ring) for name in TWELVE]) == []


@pytest.mark.parametrize("ring", [1, 2, 3, 4])
def test_people_who_were_all_put_in_one_direction_move_apart(ring):
    assert covered([figure(name, ring, angle=90) for name in TWELVE[:6]]) == []


@pytest.mark.parametrize("ring", [1, 2, 3, 4])
def test_discs_of_a_full_ring_do_not_lie_on_each_other(ring):
    layout = arrange([figure(name, ring) for name in TWELVE])
    closest = min(math.dist((a.x, a.y), (b.x, b.y)) for a, b in itertools.combinations(layout.spots, 2))
    assert closest > layout.disc * 1.8


def test_somebody_alone_stands_exactly_where_they_were_put():
    [spot] = arrange([figure("Sam", 2, angle=90)]).spots

    assert (spot.ring, spot.angle, spot.side) == (2, 90, "below")
    assert (spot.x, spot.y) == (CENTRE + (BASE[0] + BASE[1]) / 2, CENTRE)


def test_the_bottom_stays_free_for_the_names_of_the_rings():
    [spot] = arrange([figure("Sam", 2, angle=180)]).spots

    assert abs(spot.angle - 180) >= drawing.KEPT_FREE


def test_the_same_people_give_the_same_picture():
    figures = [figure(name, 1 + n % 4) for n, name in enumerate(TWELVE)]

    drawn = arrange(figures)
    drawing._arranged.cache_clear()

    assert arrange(figures) == drawn


def test_everybody_stands_inside_their_own_ring():
    figures = [figure(f"{TWELVE[n % 12]}{n}", 1 + n % 4, angle=(n * 53) % 360) for n in range(24)]
    layout = arrange(figures)

    far = {spot.id: math.dist((spot.x, spot.y), (CENTRE, CENTRE)) for spot in layout.spots}
    bands = {spot.id: drawing.band(spot.ring, layout.radii) for spot in layout.spots}
    assert [one for one, (inner, outer) in bands.items() if not inner < far[one] < outer] == []


@pytest.mark.parametrize(
    ("counts", "radii"),
    [({}, BASE), ({1: 3, 2: 4}, BASE)],
    ids=["nobody yet", "room for all"],
)
def test_rings_keep_their_usual_width_while_there_is_room(counts, radii):
    assert radii_for(counts) == pytest.approx(radii, abs=0.2)


def test_a_crowded_ring_grows_and_the_others_stay_wide_enough_for_their_names():
    edges = (0.0, *radii_for({1: 12}))
    widths = [outer - inner for inner, outer in itertools.pairwise(edges)]

    assert widths[0] > BASE[0]
    assert min(widths) >= drawing.THINNEST - 0.2


def test_a_ghost_stands_where_somebody_was():
    layout = arrange([figure("Sam", 2, angle=90, was=(1, 90))])

    assert layout.before == (Before("Sam", *drawing.point(drawing.middle(1, layout.radii), 90), 1),)


def test_a_long_name_is_shortened_under_the_disc():
    assert drawing.shorten("The neighbours from number nine") == "The neighbour…"
    assert drawing.shorten("Old team") == "Old team"


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("supports", "M0.0 0.0L18.0 0.0"),
        ("lost", "M0.0 0.0L18.0 0.0"),
        ("up_and_down", "M0.0 0.0Q4.5 -8.0 9.0 0.0Q13.5 8.0 18.0 0.0"),
        ("tense", "M0.0 0.0L6.0 5.0 12.0 -5.0 18.0 0.0"),
    ],
)
def test_a_line_is_drawn_as_its_kind_says(kind, path):
    assert strokes.line(kind, (0, 0), (18, 0)) == path


def test_two_discs_that_touch_get_no_arrow():
    assert strokes.arrow((0, 0), (20, 0), leaves=13, stops=26) == ("", "")


def test_an_arrow_stops_before_the_disc():
    shaft, head = strokes.arrow((0, 0), (100, 0), leaves=10, stops=20)

    assert shaft == "M10.0 0.0L80.0 0.0"
    assert head == "M73.9 3.5L80.0 0.0 73.9 -3.5"


def _crowd():
    return [figure(f"{name} {ring}", ring) for ring in range(1, 5) for name in TWELVE[:10]]


def _fold(figures, **more):
    return folding.arrange_folded(figures, name=lambda n: f"{n} people", **{"kept": (), **more})


def test_a_crowd_folds_and_nobody_is_lost_or_moved_to_another_ring():
    crowd = _crowd()
    layout, folds = _fold(crowd)

    assert folds
    assert {one.id: one.ring for one in crowd} == {
        spot.id: spot.ring for spot in layout.spots if not spot.id.startswith("fold-")
    }
    behind = {one for fold in folds for one in fold.people}
    assert min(len(fold.people) for fold in folds) >= 2
    left_open = [spot for spot in layout.spots if spot.side == "nowhere" and spot.id not in behind]
    assert len({(spot.ring) for spot in left_open}) == len(
        left_open
    )  # at most one name a ring without a fold


def test_the_ring_that_is_spread_is_not_folded():
    _, folds = _fold(_crowd(), spread=1)

    assert folds
    assert 1 not in {fold.ring for fold in folds}


def test_whom_the_client_keeps_never_folds_with_the_others():
    crowd = _crowd()
    kept = {one.id for one in crowd[::2]}
    _, folds = _fold(crowd, kept=kept)

    assert [set(fold.people) <= kept for fold in folds] == [fold.is_kept for fold in folds]
    assert not any(set(fold.people) & kept for fold in folds if not fold.is_kept)


def test_a_few_people_never_fold():
    figures = [figure(name, 2) for name in TWELVE[:6]]

    assert _fold(figures) == (arrange(figures), ())
