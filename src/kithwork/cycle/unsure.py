"""How unsure each arrow and each block arrow is, from few draws: what those cannot say, all arrows say together.

A variance from sixty draws that hold on to one another is itself unsure by a quarter, and the company of two drawn rows
by more. So each is drawn towards what is like in all of a person's arrows; with many draws their own word stands.

References
----------
Louis (1982), Finding the observed information matrix when using the EM algorithm.
"""

from dataclasses import dataclass

import numpy as np

from kithwork.cycle.fit import Blocks, Counts, CyclePrior, Floats
from kithwork.cycle.plan import Belief, Sums

# So many draws' worth is what the person's other arrows say of an arrow's variance, and what the shocks of a day say of
# the company of two rows. Against chains of 3,000 draws the error of a reliability is least about here.
ALIKE, IN_COMPANY = 180.0, 300.0
# How much of the company of two items' shocks is found again between the arrows into them, in the same chains.
PASSED_ON = 0.65
LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Doubt:
    """Variances: of the arrows and covariates (n, p, p + k), and of each row's part of its block arrow (n, p)."""

    arrows: Floats
    parts: Floats
    company: Floats  # correlations of the parts, (n, p, p)


def doubt(sums: Sums, belief: Belief, draws: int, q: Floats) -> Doubt:
    """Read the variances off the sums; `q` (n, p, p) is the covariance of a day's shocks."""
    p = belief.mean.shape[0]
    before = 1.0 / belief.precision
    before_part = np.maximum((belief.arrows * before[:, :p]).sum(axis=1), LEAST)
    given, apart = sums.av / draws / before, _variance(sums.a1, sums.a2, draws) / before
    hidden = _hidden(given[:, :, :p], apart[:, :, :p])
    parts_given, parts_apart = sums.fv / draws / before_part, _variance(sums.fm, sums.fs, draws) / before_part
    parts = _steadied(parts_given, parts_apart, hidden[:, None], draws)
    return Doubt(
        arrows=before * _steadied(given, apart, hidden[:, None, None], draws),
        parts=before_part * parts,
        company=_company(sums, draws, q, 1.0 - parts),
    )


def _variance(first: Floats, second: Floats, draws: int) -> Floats:
    found: Floats = np.maximum(second / draws - (first / draws) ** 2, 0) * draws / (draws - 1)
    return found


def _hidden(given: Floats, apart: Floats) -> Floats:
    """Share of a full diary's information that is missing, the same for all of a person's arrows, shape (n,).

    `given` is the variance that would be left if every day were known, `apart` what is added since it is not; both in
    variances of the prior. Where the share u is missing, apart = u (given + apart)(1 - given).
    """
    could = ((given + apart) * (1.0 - given)).sum(axis=(1, 2))
    share: Floats = np.clip(apart.sum(axis=(1, 2)) / np.maximum(could, LEAST), 0.0, 1.0)
    return share


def _steadied(given: Floats, apart: Floats, hidden: Floats, draws: int) -> Floats:
    """The whole variance, in variances of the prior: as it was drawn, and as the missing share would make it."""
    given = np.clip(given, LEAST, 1.0)
    alike = given / (given + (1.0 - hidden) * (1.0 - given))
    steady: Floats = (draws * (given + apart) + ALIKE * alike) / (draws + ALIKE)
    return steady


def _company(sums: Sums, draws: int, q: Floats, own: Floats) -> Floats:
    """Correlations of the rows' parts. Arrows into two items err together as far as a diary decided them (`own`)."""
    drawn = sums.ff / draws - sums.f1[:, :, None] * sums.f1[:, None, :] / draws**2
    root = np.sqrt(np.maximum(own, 0.0))
    passed_on = PASSED_ON * _correlation(q) * root[:, :, None] * root[:, None, :]
    company: Floats = (draws * _correlation(drawn) + IN_COMPANY * passed_on) / (draws + IN_COMPANY)
    company[:, np.arange(company.shape[1]), np.arange(company.shape[1])] = 1.0
    return company


def _correlation(covariance: Floats) -> Floats:
    sd = np.sqrt(np.maximum(np.einsum("nii->ni", covariance), LEAST**2))
    together: Floats = np.clip(covariance / (sd[:, :, None] * sd[:, None, :]), -1.0, 1.0)
    return together


def unsure_units(answers: Counts) -> Floats:
    """Variance of the logarithm of each arrow's unit, one item's SD by another's: (n, p, p), from (n, p) answers."""
    each: Floats = 0.5 / np.maximum(answers, 2)
    return (each[:, :, None] + each[:, None, :]) * (1 - np.eye(each.shape[1]))


def prior_variances(prior: CyclePrior, blocks: Blocks) -> Floats:
    """Variance of the two block arrows before any diary, shape (2,)."""
    cells = [prior.spread[np.ix_(to, since)] for since, to in (blocks, blocks[::-1])]
    return np.array([(one**2).sum() / one.size**2 for one in cells])


def block_variances(found: Doubt, blocks: Blocks) -> Floats:
    """Variance of the two block arrows, shape (n, 2).

    Without that of the units, which says nothing of a direction, nor of whose answer it is.
    """
    sd = np.sqrt(found.parts)
    together = found.company * sd[:, :, None] * sd[:, None, :]
    after = np.zeros((len(sd), 2))
    for at, (since, to) in enumerate((blocks, blocks[::-1])):
        after[:, at] = picked(together, to, to).sum(axis=(1, 2)) / (len(to) * len(since)) ** 2
    return after


def picked(cells: Floats, rows: tuple[int, ...], columns: tuple[int, ...]) -> Floats:
    """Pick some rows and columns of each person's cells (n, p, p).

    Laid out anew: the layout of what a list of places picks hangs on n, and on it the order in which a sum adds up.
    """
    return np.ascontiguousarray(cells[:, rows][:, :, columns])
