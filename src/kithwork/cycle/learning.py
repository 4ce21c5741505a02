"""A prior learned from many people's fits, by sums that can be added up anywhere and in any order.

Each person's posterior is taken apart into what her diary alone says and what the prior said, so that the spread
between people is not that of shrunken estimates; and what the sums leave open is carried into the next prior.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from kithwork.cycle.fit import CycleFit, CyclePrior, DiaryRefused, Floats, Status
from kithwork.cycle.unsure import unsure_units

# What a cell's spread is believed from the others like it: worth so many people.
SHARED_FREEDOM = 8.0
LEAST_SD = 0.01
LEAST_WEIGHT = 1e-9
FEWEST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums over people of what diaries say of each arrow, (p, p) each, weighed by 1 / (prior's + diary's variance).

    ``w, ww``: of the weights and of their squares. ``sum, wsum, square``: of w said, w² said and (w said)².
    ``noise``: of what (w said)² would be about its mean if people did not differ.
    """

    n: int
    w: Floats
    ww: Floats
    sum: Floats
    wsum: Floats
    square: Floats
    noise: Floats
    steps: Floats
    prior: CyclePrior

    def __add__(self, other: "Moments") -> "Moments":
        """Count both."""
        parts: dict[str, Any] = {
            one.name: getattr(self, one.name) + getattr(other, one.name)
            for one in fields(self)
            if one.name != "prior"
        }
        return replace(self, **parts)


def moments(fit: CycleFit, *, step: float = 0.0) -> Moments:
    """Sum up a fit for `learn_prior`: people whose arrows could be estimated. Fits with other priors add up too.

    With a `step` each person's part is rounded to a multiple of it: then sums are the same bits in any order.

    A diary that says little moves its person's mean little, by the share that it decided. What it says is never divided
    by that share, which is itself unsure: only the product with the weight is needed.
    """
    good = (fit.status == Status.OK) | (fit.status == Status.DRIFTING)
    mean, variance = fit.a_mean[good].astype(np.float64), fit.a_sd[good].astype(np.float64) ** 2
    before, away = fit.prior.spread**2, mean - fit.prior.a_mean
    # That units are estimates too makes diaries differ, but it is no part of what the prior and the diary decided.
    units = unsure_units((~np.isnan(fit.y[good])).sum(axis=1))
    variance = variance - units * mean**2
    share = np.clip(1.0 - variance / before, 0.0, 1.0)
    w, said = share / before, (share * fit.prior.a_mean + away) / before
    parts = {
        "w": w,
        "ww": w**2,
        "sum": said,
        "wsum": w * said,
        "square": said**2,
        "noise": w * (1.0 - share) + w**2 * units * (mean**2 + variance),
        "steps": fit.steps[good].mean(axis=1),
    }
    if step:
        parts = {name: step * np.rint(part / step) for name, part in parts.items()}
    return Moments(
        n=int(good.sum()), prior=fit.prior, **{name: part.sum(axis=0) for name, part in parts.items()}
    )


def learn_prior(parts: Iterable[Moments], name: str = "population", version: str = "") -> CyclePrior:
    """Learn mean and spread of each arrow between people, and how well they are known.

    Parameters
    ----------
    parts : iterable of Moments
        Sums of `moments`; their order and their cut do not matter beyond rounding.
    name, version : str
        What the prior is called.

    Returns
    -------
    CyclePrior

    Raises
    ------
    DiaryRefused
        With fewer than 20 people: so few say less than the prior that they were read with.

    Notes
    -----
    The variance is one step of scoring towards the restricted likelihood of random-effects meta-analysis, from that of
    the prior with which people were fitted; it is drawn towards that of the other cells of its kind (a line of its own,
    or across items) by inverse chi-squared weights, and means are drawn towards theirs by their own spread. Two rounds
    (learn, fit again, learn again) are enough.

    References
    ----------
    Viechtbauer (2005), Bias and efficiency of meta-analytic variance estimators in the random-effects model.
    Morris (1983), Parametric empirical Bayes inference.
    """
    total = _total(parts)
    if total is None or total.n < FEWEST_PEOPLE:
        raise DiaryRefused(
            "A prior is learned from {fewest} people or more.",
            next_step="Use the one that ships until there are more diaries.",
            fewest=FEWEST_PEOPLE,
        )
    mean, se, spread, doubt = each_arrow(total)
    own = np.eye(len(mean), dtype=bool)
    variance, freedom = np.empty_like(mean), np.empty_like(mean)
    for kind in (own, ~own):
        variance[kind], freedom[kind] = _share_spread(spread[kind], doubt[kind])
        mean[kind], se[kind] = _share_mean(mean[kind], se[kind])
    steps = total.steps + total.prior.levels[:, 1]
    return CyclePrior(
        name=name,
        version=version,
        a_mean=mean,
        a_sd=np.sqrt(variance),
        a_mean_se=se,
        a_freedom=freedom,
        levels=np.column_stack([total.prior.levels[:, 0], steps / steps.sum()]),
        noise=total.prior.noise,
        people=total.n,
    )


def each_arrow(total: Moments) -> tuple[Floats, Floats, Floats, Floats]:
    """Each arrow's mean and its error, and its variance between people and the variance of that, (p, p) each."""
    w, ww = np.maximum(total.w, LEAST_WEIGHT), np.maximum(total.ww, LEAST_WEIGHT**2)
    mean = total.sum / w
    around = total.square - 2.0 * mean * total.wsum + mean**2 * total.ww
    # The mean was found from the same people: about it they differ by 1 / w less.
    return mean, 1.0 / np.sqrt(w), (around - total.noise) / ww + 1.0 / w, 2.0 / ww


def _total(parts: Iterable[Moments]) -> Moments | None:
    total = None
    for part in parts:
        total = part if total is None else total + part
    return total


def _share_spread(spread: Floats, doubt: Floats) -> tuple[Floats, Floats]:
    """Draw cells' variances towards their common one; return them with the freedom that they are worth."""
    common = max(float((spread / doubt).sum() / (1 / doubt).sum()), LEAST_SD**2)
    worth = 2.0 * common**2 / doubt
    shared = (SHARED_FREEDOM * common + worth * np.maximum(spread, 0.0)) / (SHARED_FREEDOM + worth)
    # The common one is itself an estimate: what it leaves open limits what any cell can be worth.
    limit = 2.0 * common**2 * float((1 / doubt).sum())
    freedom = 1.0 / (1.0 / (SHARED_FREEDOM + worth) + 1.0 / limit)
    return np.maximum(shared, LEAST_SD**2), np.maximum(freedom, 4.0)


def _share_mean(mean: Floats, se: Floats) -> tuple[Floats, Floats]:
    common = float((mean / se**2).sum() / (1 / se**2).sum())
    apart = max(float(((mean - common) ** 2).mean() - (se**2).mean()), 1e-6)
    keep = apart / (apart + se**2)
    return common + keep * (mean - common), np.sqrt(keep) * se
