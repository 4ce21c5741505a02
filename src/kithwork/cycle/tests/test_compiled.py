"""The compiled engine draws the numbers of the plain one. Compiles once, then reads Numba's cache."""

import numpy as np
import pytest

from kithwork.cycle import fit_cycles
from kithwork.cycle.tests.test_estimate import diaries

pytestmark = pytest.mark.any_database  # long, where nothing is cached yet


@pytest.mark.parametrize(("dtype", "apart"), [("f8", 1e-9), ("f4", 5e-4)])
def test_both_engines_say_the_same(dtype, apart):
    y = diaries(19, 45)
    y[3] = np.nan
    plain = fit_cycles(y, draws=8, burn=4, engine="plain")

    compiled = fit_cycles(y, draws=8, burn=4, dtype=dtype, engine="compiled")

    assert compiled.engine == f"compiled-{dtype}"
    for name in ("a_mean", "a_sd", "q", "rho", "level", "steps", "gain_vs_level"):
        np.testing.assert_allclose(getattr(compiled, name), getattr(plain, name), atol=apart * 10, rtol=apart)


def test_both_engines_take_covariates_gaps_and_late_beginnings_alike():
    y, x = diaries(21, 60, p=3), np.random.default_rng(5).normal(size=(21, 60, 2))
    y[2, 20:35] = y[4, :6] = y[5, 30:] = y[7] = y[9, 5:] = np.nan
    x[3, 10:20] = np.nan
    blocks = ((0,), (1, 2))

    plain = fit_cycles(y, x, draws=8, burn=4, blocks=blocks, engine="plain")
    compiled = fit_cycles(y, x, draws=8, burn=4, blocks=blocks, dtype="f8", engine="compiled")

    for name in ("a_mean", "a_sd", "g_mean", "g_sd", "q", "level", "steps", "gain_vs_level"):
        np.testing.assert_allclose(getattr(compiled, name), getattr(plain, name), atol=1e-9, err_msg=name)


def test_people_of_any_length_come_back_in_their_order():
    y = diaries(300, 60)
    ends = np.random.default_rng(6).integers(15, 61, size=300)
    y[np.arange(60) >= ends[:, None]] = np.nan

    forth = fit_cycles(y, draws=4, burn=2, engine="compiled")
    back = fit_cycles(y[::-1], draws=4, burn=2, engine="compiled")

    for name in ("a_mean", "a_sd", "block", "q", "level", "steps", "gain_vs_level", "moved", "days_seen"):
        assert getattr(forth, name).tobytes() == getattr(back, name)[::-1].tobytes(), name


def test_a_person_is_the_same_bits_in_any_lane_and_company():
    y = diaries(37, 45)
    whole = fit_cycles(y, draws=8, burn=4, engine="compiled")
    padded = np.concatenate([y, np.full((37, 30, 5), np.nan)], axis=1)

    alone = fit_cycles(y[20:21], draws=8, burn=4, engine="compiled")
    turned = fit_cycles(padded[::-1][:20], draws=8, burn=4, engine="compiled")

    assert np.array_equal(whole.a_mean[20], alone.a_mean[0])
    assert np.array_equal(whole.a_sd[::-1][:20], turned.a_sd)
    assert np.array_equal(whole.block[::-1][:20], turned.block)


@pytest.mark.parametrize(("days", "longest"), [(80, 150), (57, 112), (112, 113), (90, 300)])
def test_a_diary_is_the_same_bits_beside_longer_ones(days, longest):
    y, longer = diaries(20, days), diaries(20, longest, seed=1)
    padded = np.concatenate([y, np.full((20, longest - days, 5), np.nan)], axis=1)

    alone = fit_cycles(y, draws=8, burn=4, engine="compiled")
    beside = fit_cycles(
        np.stack([padded, longer], axis=1).reshape(40, longest, 5), draws=8, burn=4, engine="compiled"
    )

    for name in ("a_mean", "a_sd", "block", "q", "steps", "gain_vs_level", "moved"):
        assert getattr(alone, name).tobytes() == getattr(beside, name)[::2].tobytes(), name
