"""How well arrows were recovered, and the peers that estimate them: least squares on full pairs, and VARMAX."""

import time
import warnings
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.floating[Any]]
NINETY = 1.6448536269514722
STRONG = 0.2


@dataclass(frozen=True)
class Score:
    """One row of the table. Rates are of arrows called non-zero at 90 %."""

    clients: int
    ms: float
    rmse: float
    cover: float
    false_positives: float
    wrong: float
    power: float


def score(mean: Floats, sd: Floats, truth: Floats, ms: float) -> Score:
    """Judge arrows (n, p, p) against the truth; clients whose fit failed (not-a-number) are left out."""
    fit = np.isfinite(mean + sd).all(axis=(1, 2))
    mean, sd, truth = mean[fit], sd[fit], truth[fit]
    cross = ~np.eye(truth.shape[1], dtype=bool)[None]
    shown = np.abs(mean) > NINETY * sd
    right = shown & (np.sign(mean) == np.sign(truth))
    strong, nothing = cross & (np.abs(truth) >= STRONG), cross & (truth == 0)
    return Score(
        clients=int(fit.sum()),
        ms=ms,
        rmse=float(np.sqrt(((mean - truth) ** 2).mean())),
        cover=float((np.abs(mean - truth) <= NINETY * sd).mean()),
        false_positives=_share(shown & nothing, nothing),
        wrong=1 - _share(right & cross, shown & cross),
        power=_share(right & strong, strong),
    )


def _share(some: Any, of: Any) -> float:
    many = int(np.broadcast_to(of, some.shape).sum())
    return float(some.sum()) / many if many else float("nan")


def standardised(y: Floats) -> Floats:
    """Each person's items in her own SDs, as peers need them."""
    own: Floats = (y - np.nanmean(y, axis=1, keepdims=True)) / np.nanstd(y, axis=1, ddof=1, keepdims=True)
    return own


def least_squares(y: Floats) -> tuple[Floats, Floats]:
    """One person's VAR(1) on pairs of complete days. Not-a-number where they are too few."""
    whole: Any = ~np.isnan(y).any(axis=1)
    at = np.flatnonzero(whole[1:] & whole[:-1])
    p = y.shape[1]
    freedom = len(at) - p - 1
    if freedom < 1:
        return np.full((p, p), np.nan), np.full((p, p), np.nan)
    x = np.hstack([np.ones((len(at), 1)), y[at]])
    rows, *_ = np.linalg.lstsq(x, y[at + 1], rcond=None)
    left = ((y[at + 1] - x @ rows) ** 2).sum(axis=0) / freedom
    around = np.linalg.pinv(x.T @ x).diagonal()[1:]
    # Wider by the t distribution's own 90 %, so that all are judged by the same 1.645.
    from scipy.stats import t

    return rows[1:].T, np.sqrt(np.outer(left, around)) * t.ppf(0.95, freedom) / NINETY


def varmax(y: Floats) -> tuple[Floats, Floats]:
    """statsmodels' exact likelihood with missing cells."""
    from statsmodels.tsa.statespace.varmax import VARMAX

    p = y.shape[1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of convergence, in every other fit of a short diary
        found = VARMAX(y, order=(1, 0), trend="c").fit(maxiter=200, cov_type="approx", disp=False)
    at = [place for place, name in enumerate(found.model.param_names) if name.startswith("L1.")]
    return found.params[at].reshape(p, p), found.bse[at].reshape(p, p)


def each(estimate: Any, y: Floats) -> tuple[Floats, Floats, float]:
    """Estimate people one after another; gives means, SDs and the median milliseconds."""
    found, seconds = [], []
    for diary in standardised(y):
        began = time.perf_counter()
        found.append(estimate(diary))
        seconds.append(time.perf_counter() - began)
    return (
        np.array([one[0] for one in found]),
        np.array([one[1] for one in found]),
        1000 * float(np.median(seconds)),
    )
