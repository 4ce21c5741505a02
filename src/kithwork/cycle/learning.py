"""A prior learned from many people's fits, by sums that can be added up anywhere and in any order.

Each person's posterior is taken apart into what her diary alone says and what the prior said, so that the spread
between people is not that of shrunken estimates; and what the sums leave open is carried into the next prior.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from kithwork.cycle.fit import CycleFit, CyclePrior, DiaryRefused, Floats, Status

# People's weights: about 1 over the variance of a diary's own estimate around the mean of all.
USUAL_SPREAD = 0.1
# What a cell's spread is believed from the others like it: worth so many people.
SHARED_FREEDOM = 8.0
LEAST_SHARE = 0.02
LEAST_SD = 0.01
FEWEST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums over people: of weights, of what diaries say (weighed), of its square and of its variance, (p, p) each."""

    n: int
    w: Floats
    ww: Floats
    sum: Floats
    square: Floats
    noise: Floats
    wnoise: Floats
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


def moments(fit: CycleFit) -> Moments:
    """Sum up a fit for `learn_prior`: people whose arrows could be estimated. Fits with other priors add up too."""
    good = (fit.status == Status.OK) | (fit.status == Status.DRIFTING)
    mean, sd = fit.a_mean[good].astype(np.float64), fit.a_sd[good].astype(np.float64)
    before = fit.prior.spread**2
    share = np.clip(1.0 - sd**2 / before, LEAST_SHARE, 1.0)
    said = fit.prior.a_mean + (mean - fit.prior.a_mean) / share
    noise = np.minimum(sd**2, before * (1 - LEAST_SHARE)) / share
    w = 1.0 / (noise + USUAL_SPREAD**2)
    steps = fit.steps[good].mean(axis=1).sum(axis=0)
    return Moments(
        n=int(good.sum()),
        w=w.sum(axis=0),
        ww=(w**2).sum(axis=0),
        sum=(w * said).sum(axis=0),
        square=(w * said**2).sum(axis=0),
        noise=(w * noise).sum(axis=0),
        wnoise=(w**2 * noise).sum(axis=0),
        steps=steps,
        prior=fit.prior,
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
    The spread is the moment estimate of random-effects meta-analysis, drawn towards that of the other cells of its kind
    (a line of its own, or across items) by inverse chi-squared weights; means are drawn towards theirs by their own
    spread. Two rounds (learn, fit again, learn again) are enough.

    References
    ----------
    DerSimonian & Laird (1986), Meta-analysis in clinical trials. Morris (1983), Parametric empirical Bayes inference.
    """
    total = _total(parts)
    if total is None or total.n < FEWEST_PEOPLE:
        raise DiaryRefused(
            "A prior is learned from {fewest} people or more.",
            next_step="Use the one that ships until there are more diaries.",
            fewest=FEWEST_PEOPLE,
        )
    mean, se = total.sum / total.w, 1.0 / np.sqrt(total.w)
    around = total.square - total.sum**2 / total.w
    by_chance = total.noise - total.wnoise / total.w
    spread = (around - by_chance) / (total.w - total.ww / total.w)
    doubt = 2.0 * total.n / total.w**2
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
