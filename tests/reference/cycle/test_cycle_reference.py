"""The estimator's own steps, at known parameters, against statsmodels."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.arrows import NINETY, least_squares
from scipy.linalg import cholesky_banded, solveh_banded
from scipy.stats import t

from kithwork.cycle import GENERIC, fit_cycles, moments, plain
from kithwork.cycle.foretell import Held, foretell
from kithwork.cycle.learning import each_arrow
from kithwork.cycle.plan import Sums, believe
from kithwork.cycle.ready import AFRESH

KEPT = json.loads((Path(__file__).parent / "output.json").read_text(encoding="utf-8"))
ARROWS, SHOCKS = np.array(KEPT["arrows"]), np.array(KEPT["shocks"])
DIARY = np.array(KEPT["diary"], dtype=float)
DAYS, ITEMS = DIARY.shape
SEEN = (~np.isnan(DIARY)).astype(float)
ANSWERS = np.nan_to_num(DIARY)
GOES_ON = (np.arange(DAYS) > 0).astype(float)


def person():
    knots = np.zeros((DAYS, 2))
    return plain.Person(
        ANSWERS, SEEN, GOES_ON, AFRESH * (1 - GOES_ON), np.zeros((DAYS, 0)), (0, 0), knots, knots,
        tt=np.eye(2), tb=np.eye(2), bb=np.eye(2), days=DAYS,
    )  # fmt: skip


def test_days_answered_or_not_have_the_mean_and_spread_of_the_smoother() -> None:
    asked = (person(), ARROWS, np.linalg.inv(SHOCKS), np.zeros((DAYS, ITEMS)), KEPT["noise"])
    weight, right = plain.days_system(*asked)
    covariance = solveh_banded(weight, np.eye(DAYS * ITEMS), lower=True)
    each_day = [covariance[at : at + ITEMS, at : at + ITEMS] for at in range(0, DAYS * ITEMS, ITEMS)]

    assert plain.draw_days(*asked, np.zeros((DAYS, ITEMS))) == pytest.approx(
        np.array(KEPT["days"]["mean"]), abs=1e-9
    )
    assert np.array(each_day) == pytest.approx(np.array(KEPT["days"]["covariance"]), abs=1e-9)
    assert right.shape == (DAYS, ITEMS)


def test_draws_of_days_have_the_smoothers_moments() -> None:
    asked = (person(), ARROWS, np.linalg.inv(SHOCKS), np.zeros((DAYS, ITEMS)), KEPT["noise"])
    normal = np.random.default_rng(2).standard_normal((4000, DAYS, ITEMS))

    drawn = np.array([plain.draw_days(*asked, one) for one in normal])

    spread = np.sqrt(np.diagonal(np.array(KEPT["days"]["covariance"]), axis1=1, axis2=2))
    assert np.abs((drawn.mean(axis=0) - KEPT["days"]["mean"]) / spread).max() < 4.5 / np.sqrt(4000)
    assert np.abs(drawn.std(axis=0) / spread - 1).max() < 4.5 / np.sqrt(2 * 4000)


def test_forecasts_are_those_of_the_filter() -> None:
    held = Held(ARROWS[None], SHOCKS[None], np.array([KEPT["steps"]]), KEPT["noise"])
    told = foretell(
        ANSWERS[None], SEEN[None], GOES_ON[None], AFRESH * (1 - GOES_ON)[None], np.zeros((1, DAYS, 0)), held
    )

    # A missing answer is one with a variance of a thousand million here, and left out there.
    assert told.mean[0] == pytest.approx(np.array(KEPT["forecasts"]["mean"]), abs=1e-6)
    assert told.variance[0] == pytest.approx(np.array(KEPT["forecasts"]["variance"]), rel=1e-6)


def test_arrows_of_complete_days_have_the_closed_form() -> None:
    belief = believe(GENERIC.for_items(ITEMS), ((0,), (1, 2)), 0)
    belief.mean[:] = KEPT["prior_mean"]
    belief.precision[:] = 1 / KEPT["prior_sd"] ** 2
    sums = Sums.empty(1, ITEMS, ITEMS, 2, len(belief.steps))
    rows, since = belief.mean.copy(), ANSWERS[:-1]
    along = since.T @ (ANSWERS[1:] - since @ rows.T)

    plain._draw_rows(rows, np.diag(1 / np.array(KEPT["own"])), since.T @ since, along, belief,
                     np.zeros((ITEMS, ITEMS)), sums, 0)  # fmt: skip

    expected = np.array([row["mean"] for row in KEPT["rows"]])
    assert rows == pytest.approx(expected, abs=1e-10)
    assert sums.a1[0] + belief.mean == pytest.approx(expected, abs=1e-10)
    assert sums.av[0] == pytest.approx(np.array([row["variance"] for row in KEPT["rows"]]), abs=1e-10)


def test_the_days_of_the_sweeps_make_the_answers_as_likely_as_varmax_does() -> None:
    seen, noise = person(), KEPT["noise"]
    unseen = replace(seen, m=np.zeros_like(SEEN))
    known = (ARROWS, np.linalg.inv(SHOCKS), np.zeros((DAYS, ITEMS)), noise)
    before, _ = plain.days_system(unseen, *known)
    after, right = plain.days_system(seen, *known)

    # What the days integrate to: N(answers; 0, all days' spread with noise), by way of their precisions.
    shift = right.ravel() @ solveh_banded(after, right.ravel(), lower=True)
    answers = (SEEN * (np.log(2 * np.pi * noise) + ANSWERS**2 / noise)).sum()
    likely = 0.5 * (_log_determinant(before) - _log_determinant(after) + shift - answers)

    assert likely == pytest.approx(KEPT["likelihood"], abs=1e-8)


def _log_determinant(banded: np.ndarray) -> float:
    return float(2 * np.log(cholesky_banded(banded, lower=True)[0]).sum())


def test_the_least_squares_that_benchmarks_compare_with_are_those_of_var() -> None:
    mean, sd = least_squares(ANSWERS)

    wider = t.ppf(0.95, DAYS - 1 - ITEMS - 1) / NINETY
    assert mean == pytest.approx(np.array(KEPT["least_squares"]["mean"]), abs=1e-10)
    assert sd / wider == pytest.approx(np.array(KEPT["least_squares"]["error"]), rel=1e-10)


@pytest.mark.parametrize("diaries", ["like", "unlike"])
@pytest.mark.parametrize("begun_with", [0.15, 0.06])
def test_how_far_people_differ_is_what_other_programs_say(diaries: str, begun_with: float) -> None:
    known, said = KEPT["people"][diaries], np.array(KEPT["people"]["said"])
    variance = np.array(known["variance"]) * np.ones(len(said))
    fit = fit_cycles(
        np.tile(DIARY, (len(said), 1, 1)), blocks=((0,), (1, 2)), draws=2, burn=0, engine="plain"
    )
    nothing, sure = np.zeros((ITEMS, ITEMS)), np.full((ITEMS, ITEMS), np.inf)
    mean, error, between = 0.0, 0.0, begun_with**2

    for _ in range(12):
        prior = replace(
            GENERIC, a_mean=nothing + mean, a_sd=nothing + np.sqrt(between), a_mean_se=nothing, a_freedom=sure
        )
        # What each person's estimate would be, if diaries said just that.
        share = between / (between + variance)
        a_mean, a_sd = mean + share * (said - mean), np.sqrt(between * (1 - share))
        fit = replace(
            fit, prior=prior, status=np.full(len(said), "ok"),
            a_mean=nothing + a_mean[:, None, None], a_sd=nothing + a_sd[:, None, None],
        )  # fmt: skip
        # Between two items units are unsure too: an arrow of an item to itself has none.
        mean, error, between, _ = (float(cells[0, 0]) for cells in each_arrow(moments(fit)))

    assert (mean, error, between) == pytest.approx(
        (known["mean"], known["error"], known["between"]), rel=1e-5
    )
