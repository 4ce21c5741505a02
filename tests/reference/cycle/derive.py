"""Missing days, forecasts, arrows, likelihood and people, by statsmodels; nothing of Kithwork.

python derive.py > output.json        # needs statsmodels
"""

import json
import sys

import numpy as np
import statsmodels
import statsmodels.api as sm
from scipy.optimize import minimize_scalar
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.tsa.statespace.kalman_smoother import KalmanSmoother
from statsmodels.tsa.statespace.varmax import VARMAX
from statsmodels.tsa.vector_ar.var_model import VAR

DAYS = 24
ARROWS = np.array([[0.30, 0.12, -0.05], [0.15, 0.25, 0.08], [-0.10, 0.05, 0.20]])
SHOCKS = np.array([[0.80, 0.20, 0.10], [0.20, 0.70, -0.15], [0.10, -0.15, 0.90]])
NOISE, FIRST, STEPS, START = 0.2, 0.9, np.array([0.01, 0.02, 0.005]), 1.0
PRIOR_MEAN, PRIOR_SD = np.array([[0.25, 0.0, 0.0], [0.0, 0.25, 0.0], [0.0, 0.0, 0.25]]), 0.15
OWN = np.array([0.8, 0.7, 0.9])  # shocks without company, for the rows


def diary() -> np.ndarray:
    """Whole numbers of a short rule, in standard units; some cells and two days in a row are missing."""
    day, item = np.mgrid[0:DAYS, 0:3]
    y: np.ndarray = ((day * (item + 2) * 7 + item * 5) % 11 - 5) / 3.0
    y[[3, 9, 14], [1, 0, 2]] = np.nan
    y[[6, 7, 17]] = np.nan
    return y


def model(y: np.ndarray, *, level: bool) -> KalmanSmoother:
    """z_t = A z_{t-1} + e_t, seen with noise; with `level` on top of one that walks."""
    p = 3
    states = 2 * p if level else p
    found = KalmanSmoother(k_endog=p, k_states=states, k_posdef=states)
    found.bind(np.ascontiguousarray(y))
    at = slice(states - p, states)
    found["design"] = np.hstack([np.eye(p)] * (states // p))
    found["obs_cov"] = NOISE * np.eye(p)
    found["selection"] = np.eye(states)
    move, spread, first = np.eye(states), np.zeros((states, states)), np.zeros((states, states))
    move[at, at], spread[at, at], first[at, at] = ARROWS, SHOCKS, SHOCKS / FIRST
    if level:
        spread[:p, :p] = np.diag(STEPS)
        first[:p, :p] = START * np.eye(p) + np.diag(STEPS)
    found["transition"], found["state_cov"] = move, spread
    found.initialize_known(np.zeros(states), first)
    return found


def rows(whole: np.ndarray) -> list[dict[str, object]]:
    """The arrows into each item, shocks known and apart: the prior as three more observations."""
    told = []
    for item, own in enumerate(OWN):
        seen = np.vstack([whole[:-1], np.eye(3)])
        goal = np.append(whole[1:, item], PRIOR_MEAN[item])
        weight = np.append(np.full(len(whole) - 1, 1 / own), np.full(3, 1 / PRIOR_SD**2))
        fit = sm.WLS(goal, seen, weights=weight).fit(cov_type="fixed scale", cov_kwds={"scale": 1.0})
        told.append({"mean": fit.params.tolist(), "variance": fit.cov_params().diagonal().tolist()})
    return told


def likelihood(y: np.ndarray) -> float:
    """How likely the answers are, missing ones left out, by the VARMAX that benchmarks measure against."""
    found = VARMAX(y, order=(1, 0), trend="n", measurement_error=True)
    found.ssm.initialize_known(np.zeros(3), SHOCKS / FIRST)
    root = np.linalg.cholesky(SHOCKS)
    asked = np.concatenate([ARROWS.ravel(), root[np.tril_indices(3)], np.full(3, NOISE)])
    return float(found.loglike(asked))


def least_squares(whole: np.ndarray) -> dict[str, object]:
    """Arrows of complete days with their standard errors: row today's item, column yesterday's."""
    found = VAR(whole).fit(1, trend="c")
    return {"mean": found.params[1:].T.tolist(), "error": found.bse[1:].T.tolist()}


def people() -> dict[str, object]:
    """How far people differ in one arrow: from like diaries by the usual sums, from unlike ones by likelihood."""
    person = np.arange(30)
    said = ((person * 7) % 30 - 12.0) / 60.0
    unlike = 0.01 * (1 + person % 4)
    like = combine_effects(said, np.full(30, 0.012), method_re="chi2")

    def unlikely(between: float) -> float:
        weights = 1 / (between + unlike)
        mean = weights @ said / weights.sum()
        return float(-np.log(weights).sum() + np.log(weights.sum()) + weights @ (said - mean) ** 2)

    between = minimize_scalar(unlikely, bounds=(0, 1), method="bounded", options={"xatol": 1e-13}).x
    weights = 1 / (between + unlike)
    return {
        "said": said.tolist(),
        "like": {"variance": 0.012, "between": like.tau2, "mean": like.mean_effect_re, "error": like.sd_eff_w_re},
        "unlike": {
            "variance": unlike.tolist(), "between": between,
            "mean": weights @ said / weights.sum(), "error": weights.sum() ** -0.5,
        },
    }  # fmt: skip


if __name__ == "__main__":
    y = diary()
    smooth, ahead = model(y, level=False).smooth(), model(y, level=True).filter()
    spread = np.diagonal(ahead.forecasts_error_cov, axis1=0, axis2=1)
    whole = np.nan_to_num(y)
    told = {
        "statsmodels": statsmodels.__version__,
        "diary": [[None if np.isnan(value) else value for value in row] for row in y],
        "arrows": ARROWS.tolist(), "shocks": SHOCKS.tolist(), "noise": NOISE, "steps": STEPS.tolist(),
        "days": {
            "mean": smooth.smoothed_state.T.tolist(),
            "covariance": np.moveaxis(smooth.smoothed_state_cov, 2, 0).tolist(),
        },
        "forecasts": {"mean": ahead.forecasts.T.tolist(), "variance": spread.tolist()},
        "own": OWN.tolist(), "prior_mean": PRIOR_MEAN.tolist(), "prior_sd": PRIOR_SD,
        "rows": rows(whole),
        "likelihood": likelihood(y),
        "least_squares": least_squares(whole),
        "people": people(),
    }  # fmt: skip
    json.dump(told, sys.stdout, indent=1)
    sys.stdout.write("\n")
