"""A prior as a file: what was learned from some people's diaries, kept for other people's. It holds no diary."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from kithwork.cycle.fit import FEWEST_ITEMS, MOST_ITEMS, CyclePrior, Floats
from kithwork.refusal import Refusal

CELLS = ("a_mean", "a_sd", "a_mean_se", "a_freedom")
STEPS = ("levels", "noise")


class PriorRefused(Refusal, ValueError):
    """A file that was given as a prior is none."""

    code = "prior-refused"


def prior_as_text(prior: CyclePrior, items: Sequence[str]) -> str:
    """Write a prior as JSON, with the names of the items that it speaks of. Infinite freedom is null."""
    told: dict[str, Any] = {
        "name": prior.name, "version": prior.version, "people": prior.people, "items": list(items),
        "exchangeable": prior.exchangeable,
    }  # fmt: skip
    for name in CELLS + STEPS:
        rows = getattr(prior, name).tolist()
        told[name] = [[cell if np.isfinite(cell) else None for cell in row] for row in rows]
    return json.dumps(told, indent=1) + "\n"


def read_prior(text: str) -> tuple[CyclePrior, tuple[str, ...]]:
    """Read a prior, and the names of its items.

    Raises
    ------
    PriorRefused
        When it is not such a file; the sentence names the place.
    """
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise _refused("The prior is not JSON.") from None
    if not isinstance(told, dict):
        raise _refused("The prior is not JSON with names.")
    items = told.get("items")
    if not isinstance(items, list) or not all(isinstance(one, str) for one in items):
        raise _refused("The prior does not name its items.")
    p = len(items)
    if not FEWEST_ITEMS <= p <= MOST_ITEMS:
        raise _refused("The prior speaks of too few items, or of too many.")
    mean, sd, se, freedom = (_table(told, name, p, p) for name in CELLS)
    levels, noise = (_table(told, name, None, 2) for name in STEPS)
    _check(mean, sd, se, freedom, levels, noise)
    prior = CyclePrior(
        str(told.get("name", "")), str(told.get("version", "")), mean, sd, se, freedom, levels, noise,
        people=int(told["people"]) if isinstance(told.get("people"), int) else 0,
        exchangeable=told.get("exchangeable") is True,
    )  # fmt: skip
    return prior, tuple(items)


def _table(told: dict[str, Any], name: str, rows: int | None, columns: int) -> Floats:
    """A table of numbers; null is infinite."""
    try:
        given = [[np.inf if cell is None else cell for cell in row] for row in told[name]]
        table = np.array(given, dtype=np.float64)
    except (KeyError, TypeError, ValueError):
        raise _refused("{name} of the prior is not a table of numbers.", name=name) from None
    if table.ndim != 2 or not len(table) or table.shape != (rows or len(table), columns):
        raise _refused("{name} of the prior has not as many rows and columns as its items.", name=name)
    return table


def _check(mean: Floats, sd: Floats, se: Floats, freedom: Floats, levels: Floats, noise: Floats) -> None:
    finite = all(np.isfinite(one).all() for one in (mean, sd, se, levels, noise))
    positive = (sd > 0).all() and (se >= 0).all() and (freedom > 0).all()
    shares = all((one >= 0).all() and one[:, 1].sum() > 0 for one in (levels, noise))
    if not (finite and positive and shares and (noise[:, 0] < 1).all()):
        raise _refused("The numbers of the prior are no prior’s: a spread of 0, a share below 0, or a gap.")


def _refused(sentence: str, **more: Any) -> PriorRefused:
    return PriorRefused(sentence, next_step="Take a file that --prior-out has written.", **more)
