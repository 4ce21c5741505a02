"""Diaries whose truth is known: the truth is in them, and the batch is not."""

import numpy as np
import pytest

from kithwork.cycle.known_arrows import CYCLE, VARIANTS, Variant, known_arrows


def test_the_same_person_whatever_the_batch() -> None:
    many = known_arrows(600, 20, seed=3)
    some = known_arrows(300, 20, seed=3, first=200)
    one = known_arrows(1, 9, seed=3, first=511)

    assert np.array_equal(many.y[200:500], some.y, equal_nan=True)
    assert np.array_equal(many.a[200:500], some.a)
    assert np.array_equal(many.y[511, :9], one.y[0], equal_nan=True)
    assert not np.array_equal(many.a[0], many.a[256])
    assert not np.array_equal(many.a, known_arrows(600, 20, seed=4).a)


def test_the_arrows_are_those_of_the_design() -> None:
    a = known_arrows(4000, 1).a
    edges = np.zeros((5, 5), dtype=bool)
    for to, source, _ in CYCLE:
        edges[to, source] = True
    own = np.eye(5, dtype=bool)

    assert np.abs(np.linalg.eigvals(a)).max() < 0.95
    assert round(float(a[:, own].mean()), 1) == 0.2
    assert 0.08 < a[:, edges].mean() < 0.12
    assert not (a[:, edges | own] == 0).any()
    assert abs((a[:, ~(edges | own)] == 0).mean() - 0.5) < 0.01


def test_each_item_has_unit_variance_and_the_next_day_follows_the_arrows() -> None:
    made = known_arrows(300, 400, complete=True)
    moves = made.y - made.level

    assert np.abs(moves.var((0, 1)) - 1).max() < 0.03
    rest = moves[:, 1:] - np.einsum("nij,ntj->nti", made.a, moves[:, :-1])
    lagged = np.einsum("nti,ntj->ij", rest, moves[:, :-1]) / (300 * 399)
    assert np.abs(lagged).max() < 0.01  # nothing of yesterday is left


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_third_is_missing_in_runs_and_a_variant_keeps_its_people(variant: Variant) -> None:
    made, plain = known_arrows(200, 112, seed=5, variant=variant), known_arrows(200, 112, seed=5)

    assert 0.31 < np.isnan(made.y).mean() < 0.41
    if variant == "white_noise":
        assert not made.a.any()
    else:
        assert np.array_equal(made.a, plain.a)
    if variant.startswith("likert"):
        assert set(np.unique(made.y[~np.isnan(made.y)])) == set(range(1, int(variant[7]) + 1))


def test_low_days_are_missing_more_often_only_where_that_is_the_variant() -> None:
    whole = known_arrows(1000, 60, seed=6, complete=True).y[:, :, 0]

    def gap(variant: Variant) -> float:
        away = np.isnan(known_arrows(1000, 60, seed=6, variant=variant).y).all(2)
        return float(whole[away].mean() - whole[~away].mean())

    assert abs(gap("plain")) < 0.05
    assert gap("missing_when_low") > 0.2


def test_what_cannot_be_made_is_refused() -> None:
    with pytest.raises(ValueError, match="no variant"):
        known_arrows(1, 1, variant="plaid")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="one person"):
        known_arrows(0, 10)
