"""What the numbers of one person's diary may honestly say. The rules, and the sentences that they let through.

Source of the rules: Bulteel et al. (2018), Dablander, Ryan & Haslbeck (2020) and Wendt et al. (2020) on how little a
single diary tells of what follows what. The thresholds were set on simulated people.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from kithwork.cycle.diary import HIGHEST, answered, answered_pairs
from kithwork.cycle.fit import MOOD_AND_RELATIONSHIPS, Blocks, CycleFit, Floats, Status

# Answered days from which the days themselves, and then what follows what, may be spoken of.
SOME_DAYS, MORE_DAYS, PAIRS = 14, 40, 15
# An item that hardly varies has nothing to follow: its SD, as a share of its scale.
EVEN = 0.1
# One block arrow, and one single arrow: how sure of its direction, and how much of it the person's own (rho).
SURE = 0.975
OWN_BLOCK, OWN_SINGLE = 0.30, 0.50
MOSTLY_OWN = 0.50
# What the arrows have to foretell above a moving level alone, in nats over the whole diary. P(sign) and rho are not
# enough: among 1,200 people without any pattern (35 % missing, five items that go together on the same day) they let
# through 1.1, 3.0, 4.2 and 4.0 % of the block arrows at 60, 112, 300 and 600 days; with this it is 0.3, 0.9, 1.3 and
# 1.4 %, and of true arrows it costs almost none (measured on such diaries, not proven; the goal is 2 %).
GAIN = 1.0
NINETY = 1.6448536269514722
# Same-day company: standard errors above what chance gives, so that of three sentences seldom one is false.
CLEAR = 2.4


class Stage(StrEnum):
    """How far a diary has come."""

    PICTURE_ONLY = "picture_only"
    SAME_DAY = "same_day"
    WHAT_FOLLOWS = "what_follows"


class Why(StrEnum):
    """Why no arrow is shown."""

    FEW_PAIRS = "few_pairs"
    TOO_EVEN = "too_even"
    DRIFTING = "drifting"
    UNCLEAR = "unclear"
    NOT_WORKED_OUT = "not_worked_out"


@dataclass(frozen=True, slots=True)
class Usual:
    """Where one item was on about two days in three, in points; how many answers, and their SD."""

    column: int
    low: float
    high: float
    answers: int
    sd: float


@dataclass(frozen=True, slots=True)
class Together:
    """On how many of the days that have both, two items were both above, or both below, their own mean."""

    one: int
    other: int
    same: int
    days: int
    chance: float

    @property
    def is_clear(self) -> bool:
        """Whether they went together more often than chance would have it."""
        spread = (self.chance * (1 - self.chance / self.days)) ** 0.5 if self.days else 0.0
        return self.days >= SOME_DAYS and spread > 0 and (self.same - self.chance) / spread >= CLEAR


@dataclass(frozen=True, slots=True)
class Look:
    """What one diary says without any estimate: how far it has come, what days are usual, what goes together."""

    days: int
    pairs: int
    usual: tuple[Usual, ...]
    together: tuple[Together, ...]
    items: int
    highest: float

    @property
    def stage(self) -> Stage:
        """Rules 1 to 3: below 14 answered days the picture, below 40 the days themselves, then what follows what."""
        if self.days < SOME_DAYS:
            return Stage.PICTURE_ONLY
        return Stage.SAME_DAY if self.days < MORE_DAYS else Stage.WHAT_FOLLOWS

    @property
    def too_even(self) -> bool:
        """Whether an item hardly varies, or was hardly answered."""
        sds = {one.column: one.sd for one in self.usual}
        return any(sds.get(column, 0.0) <= EVEN * self.highest for column in range(self.items))

    @property
    def is_worth_a_fit(self) -> bool:
        """Whether any arrow could be shown at all. Below that nothing is estimated."""
        return self.stage is Stage.WHAT_FOLLOWS and self.pairs >= PAIRS and not self.too_even


@dataclass(frozen=True, slots=True)
class Arrow:
    """An estimated arrow, in SD per SD and day; ``since`` and ``to`` are columns, or 0 (mood) and 1 (relationships)."""

    since: int
    to: int
    mean: float
    lo90: float
    hi90: float
    p_pos: float
    rho: float

    @property
    def p_sign(self) -> float:
        """How sure its direction is, whichever it is."""
        return max(self.p_pos, 1.0 - self.p_pos)

    @property
    def is_mostly_own(self) -> bool:
        """Whether it comes mostly from the person's own diary, or mostly from what is believed of people."""
        return self.rho >= MOSTLY_OWN


@dataclass(frozen=True, slots=True)
class Loop:
    """What was estimated for one person, without the answers that it came from."""

    status: Status
    gain: float
    blocks: tuple[Arrow, ...]
    singles: tuple[Arrow, ...]


def look(y: Floats, *, highest: float = HIGHEST, blocks: Blocks = MOOD_AND_RELATIONSHIPS) -> Look:
    """Look at one diary, shape (T, p), in points from 0 to ``highest``; not-a-number is missing."""
    columns = range(y.shape[1])
    usual = tuple(one for one in (_usual(column, y[:, column]) for column in columns) if one)
    together = tuple(_together(y, blocks[0][0], other) for other in blocks[1])
    days, pairs = int(answered(y, blocks).sum()), int(answered_pairs(y, blocks))
    return Look(days, pairs, usual, together, y.shape[1], highest)


def _usual(column: int, answers: Floats) -> Usual | None:
    given = answers[~np.isnan(answers)]
    if len(given) < 2:
        return None
    # Rounded outwards to answers that were given, so that "most days" is true.
    low = float(np.quantile(given, 1 / 6, method="lower"))
    high = float(np.quantile(given, 5 / 6, method="higher"))
    return Usual(column, low, high, len(given), float(given.std(ddof=1)))


def _together(y: Floats, one: int, other: int) -> Together:
    both = y[~np.isnan(y[:, [one, other]]).any(axis=1)][:, [one, other]]
    days = len(both)
    if not days:
        return Together(one, other, 0, 0, 0.0)
    above = both > both.mean(axis=0)
    share = above.mean(axis=0)
    chance = days * (share.prod() + (1 - share).prod())
    return Together(one, other, int((above[:, 0] == above[:, 1]).sum()), days, float(chance))


def loop_of(fit: CycleFit, i: int) -> Loop:
    """Take what was estimated for one person out of a fit."""
    p = fit.a_mean.shape[1]
    singles = tuple(_single(fit, i, since, to) for since in range(p) for to in range(p) if since != to)
    gain = float(fit.gain_vs_level[i]) * int((~np.isnan(fit.y[i])).sum())
    blocks = tuple(_block(fit.block[i, at], at) for at in (0, 1))
    return Loop(Status(str(fit.status[i])), gain, blocks, singles)


def _block(found: Any, at: int) -> Arrow:
    return Arrow(at, 1 - at, *(float(found[name]) for name in ("mean", "lo90", "hi90", "p_pos", "rho")))


def _single(fit: CycleFit, i: int, since: int, to: int) -> Arrow:
    mean, sd = float(fit.a_mean[i, to, since]), float(fit.a_sd[i, to, since])
    reach = NINETY * sd
    p_pos, rho = float(fit.p_pos[i, to, since]), float(fit.rho[i, to, since])
    return Arrow(since, to, mean, mean - reach, mean + reach, p_pos, rho)


def hidden_because(seen: Look, found: Loop | None) -> Why | None:
    """Say why no arrow at all may be shown of a diary with days enough; None where each is looked at for itself.

    Rule 3: fifteen answered pairs of days, and answers that vary. Rule 5: not while the level moves, and not where the
    arrows foretell nothing that a level alone does not.
    """
    if seen.pairs < PAIRS:
        return Why.FEW_PAIRS
    if seen.too_even or (found and found.status is Status.NO_VARIATION):
        return Why.TOO_EVEN
    if found is None or found.status in (Status.FAILED, Status.TOO_FEW_DAYS):
        return Why.NOT_WORKED_OUT
    if found.status is Status.DRIFTING:
        return Why.DRIFTING
    return None if found.gain >= GAIN else Why.UNCLEAR  # not-a-number shows nothing


def shown_blocks(seen: Look, found: Loop | None) -> tuple[Arrow, ...]:
    """The block arrows that may be shown: P(sign) of .975 and rho of .30 at the least (rule 3)."""
    return _shown(seen, found, found.blocks if found else (), OWN_BLOCK)


def shown_singles(seen: Look, found: Loop | None) -> tuple[Arrow, ...]:
    """The single arrows for an expert's view: rho of .50 and P(sign) of .975 at the least (rule 4)."""
    return _shown(seen, found, found.singles if found else (), OWN_SINGLE)


def _shown(seen: Look, found: Loop | None, arrows: tuple[Arrow, ...], own: float) -> tuple[Arrow, ...]:
    if seen.stage is not Stage.WHAT_FOLLOWS or hidden_because(seen, found):
        return ()
    return tuple(arrow for arrow in arrows if arrow.p_sign >= SURE and arrow.rho >= own)
