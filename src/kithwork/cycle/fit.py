"""What is known about the loop of mood and relationships: before a diary is read, and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kithwork.refusal import Refusal

Floats: TypeAlias = npt.NDArray[np.floating[Any]]
Counts: TypeAlias = npt.NDArray[np.int64]
Blocks: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]

# Low mood and failure; kept away, felt distant, tension: columns of the five items in the order of the diary.
MOOD_AND_RELATIONSHIPS: Blocks = ((0, 3), (1, 2, 4))

FEWEST_ITEMS, MOST_ITEMS = 2, 8
DAYS_A_KNOT = 7

# One arrow between the two blocks: the average of its single arrows, in SD per SD and day.
BLOCK = np.dtype([("mean", "f8"), ("lo90", "f8"), ("hi90", "f8"), ("p_pos", "f8"), ("rho", "f8")])


class DiaryRefused(Refusal, ValueError):
    """The arrays handed over are no diaries: a wrong shape, too many items, a number that is none."""

    code = "diary-refused"


class Status(StrEnum):
    """Whether the arrows of one person may be looked at, and if not, why."""

    OK = "ok"
    TOO_FEW_DAYS = "too_few_days"
    NO_VARIATION = "no_variation"
    DRIFTING = "drifting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CyclePrior:
    """What is believed of a person's arrows before her diary is read, and how far that belief can be trusted.

    Attributes
    ----------
    name, version : str
        Which prior this is, as its file says.
    a_mean, a_sd : array of floats, shape (p, p)
        Mean and SD of each arrow between people, in SD per SD and day. Row: today's item; column: yesterday's.
    a_mean_se : array of floats, shape (p, p)
        Standard error of ``a_mean``: what the people it was learned from leave open. 0 for a belief stated by hand.
    a_freedom : array of floats, shape (p, p)
        Degrees of freedom that ``a_sd`` is worth; infinite for a belief stated by hand.
    levels : array of floats, shape (g, 2)
        Column 0: variance of the level's step in a week, in variances of the item; column 1: its probability.
    noise : array of floats, shape (h, 2)
        Column 0: share of an answer's variance that is noise; column 1: its probability.
    people : int
        How many people it was learned from; 0 for a belief stated by hand.
    exchangeable : bool
        Whether all items are alike to it, so that it can be stretched to any number of items.
    """

    name: str
    version: str
    a_mean: Floats
    a_sd: Floats
    a_mean_se: Floats
    a_freedom: Floats
    levels: Floats
    noise: Floats
    people: int = 0
    exchangeable: bool = False

    @property
    def items(self) -> int:
        """How many items it speaks of."""
        return self.a_mean.shape[0]

    @property
    def spread(self) -> Floats:
        """SD of an arrow with the prior's own uncertainty in it, shape (p, p)."""
        finite = np.where(np.isfinite(self.a_freedom), self.a_freedom, 1e12)
        heavy = finite / np.maximum(finite - 2, 1)
        wide: Floats = np.sqrt(self.a_sd**2 * heavy + self.a_mean_se**2)
        return wide

    def only(self, columns: Sequence[int]) -> "CyclePrior":
        """Speak of some of the items, in the order given."""
        at = np.ix_(list(columns), list(columns))
        return self._with(self.a_mean[at], self.a_sd[at], self.a_mean_se[at], self.a_freedom[at])

    def for_items(self, p: int) -> "CyclePrior":
        """Speak of p items. Raises DiaryRefused where it cannot know what it believes of them."""
        if p == self.items:
            return self
        if not self.exchangeable:
            raise DiaryRefused(
                "This prior speaks of {known} items, the diary has {p}.",
                next_step="Choose its items with only(columns), or use GENERIC.",
                known=self.items,
                p=p,
            )
        cells = (self.a_mean, self.a_sd, self.a_mean_se, self.a_freedom)
        return self._with(*(np.where(np.eye(p, dtype=bool), cell[0, 0], cell[0, 1]) for cell in cells))

    def _with(self, mean: Floats, sd: Floats, se: Floats, freedom: Floats) -> "CyclePrior":
        return CyclePrior(
            self.name,
            self.version,
            mean,
            sd,
            se,
            freedom,
            self.levels,
            self.noise,
            people=self.people,
            exchangeable=self.exchangeable,
        )


@dataclass(frozen=True, slots=True)
class CycleFit:
    """What n people's diaries say about each one's own loop. Nothing here is shared between people but the prior.

    Attributes
    ----------
    a_mean, a_sd : array of floats, shape (n, p, p)
        Each arrow and its uncertainty, in SD per SD and day. ``[i, to, since]``: row today's item, column yesterday's.
    p_pos : array of floats, shape (n, p, p)
        Probability that the arrow is above 0.
    rho : array of floats, shape (n, p, p)
        Reliability, 1 - (a_sd / prior SD) squared: how much of the answer is the person's own diary; 0 to 1.
    block : records, shape (n, 2)
        ``mean, lo90, hi90, p_pos, rho`` of the two block arrows. 0: mood to relationships, 1: relationships to mood
        (first block to second, second to first). Each is the average of its single arrows.
    q : array of floats, shape (n, p, p)
        How the items move together on the same day once yesterday is allowed for: covariance, in SDs of the items.
    days_seen : array of int, shape (n,)
        Days with at least one answer.
    pairs : array of int, shape (n,)
        Days with an answer that follow a day with an answer.
    gain_vs_level : array of floats, shape (n,)
        Log score of each answer, foretold from the days before it, above that of a moving level alone; in nats an
        answer, less what the arrows' own freedom would gain by chance. Below 0: the arrows foretell nothing.
    status : array of str, shape (n,)
        One of Status. Where it is ``too_few_days`` or ``failed``, arrows are the prior's and rho is 0.
    item_mean, item_sd : array of floats, shape (n, p)
        The person's own mean and SD of each item, in points; not-a-number and 0 where there was no answer.
    level, level_sd : array of floats, shape (n, K, p)
        The slow level in points, and its uncertainty, at knots a week apart, the first on the first answered day;
        not-a-number after the last answered day.
    moved : array of floats, shape (n,)
        How far the level of any item went from its lowest to its highest, in SDs of the item; or its mean from the first
        to the last third of the days, less one standard error, where that is more.
    g_mean, g_sd : array of floats, shape (n, p, k)
        What goes with each covariate on its day, in SDs of the item a unit; k is 0 without covariates.
    steps : array of floats, shape (n, p, g)
        Probability of each of the prior's level steps.
    y, x : array of floats, shape (n, T, p) and (n, T, k)
        The diaries as they were given: what `refresh` goes on from.
    prior, blocks, seed, draws, engine
        With what it was made. ``draws`` counts the kept draws that the moments rest on.
    """

    a_mean: Floats
    a_sd: Floats
    p_pos: Floats
    rho: Floats
    block: npt.NDArray[np.void]
    q: Floats
    days_seen: Counts
    pairs: Counts
    gain_vs_level: Floats
    status: npt.NDArray[np.str_]
    item_mean: Floats
    item_sd: Floats
    level: Floats
    level_sd: Floats
    moved: Floats
    g_mean: Floats
    g_sd: Floats
    steps: Floats
    y: Floats
    x: Floats
    prior: CyclePrior
    blocks: Blocks
    seed: int
    draws: int
    engine: str

    def __len__(self) -> int:
        """How many people."""
        return len(self.days_seen)
