"""One part of many people's diaries: rows in, one row a person out. The same function here, on Dask, Ray or Spark."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from kithwork.cycle.estimate import fit_cycles
from kithwork.cycle.fit import MOOD_AND_RELATIONSHIPS, Blocks, CycleFit, CyclePrior, Floats
from kithwork.cycle.learning import Moments, moments
from kithwork.cycle.parameters import ITEM_NAMES
from kithwork.cycle.priors import stated_prior
from kithwork.cycle.rows import DAY, PERSON, Array, Columns, RefusedRow, RowsRefused, readable, variables_of

# How many people are estimated side by side: enough to be quick, and few enough to be small.
PEOPLE_AT_ONCE = 256
# Sums over a longer or a lonelier array may differ in their last bit. So a diary is filled up to whole weeks of its own
# length and not of its company's, and nobody is estimated all alone.
DAYS_TOGETHER, FEWEST_TOGETHER = 28, 4
DIRECTIONS = ("mood_to_relationships", "relationships_to_mood")
# Sums are kept in steps of this: then they come out the same to the last bit in whatever order they are added.
STEP = 2.0**-14


@dataclass(frozen=True, slots=True)
class How:
    """With what a part is estimated.

    Attributes
    ----------
    variables : tuple of str
        The columns that hold answers; empty: all but person and day.
    mood : tuple of str
        Which of them are mood; the others are relationships. Empty: low_mood and felt_a_failure where they are there,
        else the first.
    prior : CyclePrior, optional
        None: the one from real diaries that ships, for these variables.
    seed, draws, burn : int
        As for `fit_cycles`.
    engine : str
        As for `fit_cycles`.
    """

    variables: tuple[str, ...] = ()
    mood: tuple[str, ...] = ()
    prior: CyclePrior | None = None
    seed: int = 0
    draws: int = 60
    burn: int = 30
    engine: str = "auto"

    def blocks(self, variables: Sequence[str]) -> Blocks:
        """The columns of mood, and those of relationships; raises RowsRefused for a mood that is no column."""
        lacking = [name for name in self.mood if name not in variables]
        if lacking:
            raise RowsRefused(
                "The mood {names} is none of the answers, which are {variables}.",
                next_step="Choose among them with --mood.",
                names=", ".join(lacking),
                variables=", ".join(variables),
            )
        usual = [ITEM_NAMES[at] for at in MOOD_AND_RELATIONSHIPS[0]]
        named = [name for name in self.mood or usual if name in variables] or [variables[0]]
        mood = tuple(at for at, name in enumerate(variables) if name in named)
        return mood, tuple(at for at in range(len(variables)) if at not in mood)


def fit_partition(table: Any, how: How | None = None) -> Any:
    """Estimate everybody's own loop in a table of diary rows.

    Parameters
    ----------
    table : mapping of arrays, pandas DataFrame or pyarrow Table
        ``person, day, <variables…>``, all rows of a person in the same table. Rows that cannot be read are left out;
        `kithwork.cycle.rows.readable` says which.
    how : How, optional
        With what to estimate.

    Returns
    -------
    The same kind of table
        One row a person, in the order of `person`: `person, status, days_seen, pairs, gain_vs_level, moved`; for each
        direction of the loop ``<direction>_mean, _lo90, _hi90, _p_pos, _rho``; and for each arrow
        ``<from>_to_<to>_mean, _sd, _p_pos, _rho``. Nothing in it depends on who else was in the table.

    Raises
    ------
    RowsRefused
        When the table has no columns of a diary.
    """
    how = how or How()
    found = fit_columns(columns_of(table), how).rows
    if isinstance(table, Mapping):
        return found
    if hasattr(table, "column_names"):
        return type(table).from_pydict(found)
    return type(table)(found)


class Fitted(NamedTuple):
    """One part, estimated: a row a person, sums for `learn_prior` (None of nobody), and what could not be read."""

    rows: Columns
    sums: Moments | None
    refused: list[RefusedRow]


def fit_columns(columns: Mapping[str, Any], how: How) -> Fitted:
    """Estimate everybody in one part."""
    variables = variables_of(list(columns), how.variables)
    kept, refused = readable(columns, variables)
    blocks = how.blocks(variables)
    prior = how.prior or stated_prior("population-real", len(variables), blocks)
    names, told, sums = [np.array([], dtype=np.str_)], [], None
    for people, y in diaries(kept, variables):
        company = np.concatenate([y, *[y[:1]] * (FEWEST_TOGETHER - len(y))])
        fit = fit_cycles(
            company,
            prior=prior,
            draws=how.draws,
            burn=how.burn,
            seed=how.seed,
            blocks=blocks,
            engine=how.engine,
        )
        names.append(people)
        told.append({name: column[: len(people)] for name, column in _told(fit, variables).items()})
        sums = _added(sums, fit, len(people))
    person = np.concatenate(names)
    order = np.argsort(person)
    columns = {name: np.concatenate([one[name] for one in told])[order] for name in (told[0] if told else ())}
    return Fitted({PERSON: person[order], **columns}, sums, refused)


def columns_of(table: Any) -> Mapping[str, Any]:
    """A table's columns as arrays."""
    if isinstance(table, Mapping):
        return table
    if hasattr(table, "column_names"):
        return {name: table[name].to_numpy(zero_copy_only=False) for name in table.column_names}
    return {str(name): table[name].to_numpy() for name in table.columns}


def diaries(kept: Columns, variables: Sequence[str]) -> Iterator[tuple[Array, Floats]]:
    """Names and diaries (people, days, variables), people of like length together, so that little is padding."""
    people, who = np.unique(kept[PERSON], return_inverse=True)
    if not len(people):
        return
    day = kept[DAY]
    first, last = np.full(len(people), np.iinfo(np.int64).max), np.full(len(people), np.iinfo(np.int64).min)
    np.minimum.at(first, who, day)
    np.maximum.at(last, who, day)
    long = DAYS_TOGETHER * -(-(last - first + 1) // DAYS_TOGETHER)
    answers = np.column_stack([kept[name] for name in variables])
    by_person = np.argsort(who, kind="stable")
    starts = np.searchsorted(who[by_person], np.arange(len(people) + 1))
    for group in _groups(long):
        y = np.full((len(group), int(long[group[0]]), len(variables)), np.nan)
        for place, one in enumerate(group):
            rows = by_person[starts[one] : starts[one + 1]]
            y[place, day[rows] - first[one]] = answers[rows]
        yield people[group], y


def _groups(long: Array) -> Iterator[Array]:
    """People whose diaries are filled up to one length, some at a time."""
    for days in np.unique(long):
        alike = np.flatnonzero(long == days)
        for at in range(0, len(alike), PEOPLE_AT_ONCE):
            yield alike[at : at + PEOPLE_AT_ONCE]


def _told(fit: CycleFit, variables: Sequence[str]) -> Columns:
    """What is said of each person, as columns."""
    told: Columns = {
        "status": fit.status,
        "days_seen": fit.days_seen,
        "pairs": fit.pairs,
        "gain_vs_level": fit.gain_vs_level,
        "moved": fit.moved,
    }
    for at, direction in enumerate(DIRECTIONS):
        for number in ("mean", "lo90", "hi90", "p_pos", "rho"):
            told[f"{direction}_{number}"] = fit.block[number][:, at]
    for since, source in enumerate(variables):
        for to, target in enumerate(variables):
            for number, cells in (
                ("mean", fit.a_mean),
                ("sd", fit.a_sd),
                ("p_pos", fit.p_pos),
                ("rho", fit.rho),
            ):
                told[f"{source}_to_{target}_{number}"] = cells[:, to, since]
    return told


def _added(total: Moments | None, fit: CycleFit, people: int) -> Moments:
    """Add the sums of the first people of a fit; neither their order nor a cut between them can be seen."""
    each = {name: getattr(fit, name)[:people] for name in ("status", "a_mean", "a_sd", "steps", "y")}
    part = moments(replace(fit, **each), step=STEP)
    return part if total is None else total + part
