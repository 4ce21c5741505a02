"""How well, and how quickly, a person's own loop is estimated, beside named peers on the same diaries in one run.

    ./kithwork measure cycle
    ./kithwork measure cycle --quick
    ./kithwork measure cycle --only recovery,speed --clients 200

recovery: simulated diaries of 30 to 300 days with known arrows; robustness: 112 days with drift, coarse scales, noise;
noise: people without any loop; calibration: ranks of arrows drawn from the prior; forecast: real diaries one step ahead
(KITHWORK_DIARIES names their folder; without it, shared/data/ema beside the project); speed: one new day taken in, and
a million clients. mlVAR and MARSS are not measured, with R or without: they are programs for R, and nothing here runs
them. BLAS runs on one thread.
"""

# ruff: noqa: T201 -- it talks to the person at the terminal

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy is there

import numpy as np
from scipy.special import ndtr
from scipy.stats import kstest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import diaries
from benchmarks.arrows import Floats, Score, each, least_squares, score, varmax
from benchmarks.timing import this_machine
from kithwork.cycle import GENERIC, CycleFit, CyclePrior, fit_cycles, follow, learn_prior, moments, refresh
from kithwork.cycle.engines import warm_up
from kithwork.cycle.known_arrows import known_arrows
from kithwork.cycle.loop import look, loop_of, shown_blocks

LENGTHS = (30, 60, 112, 300)
VARIANTS = ("plain", "slow_drift", "step_change", "likert_5_floor", "noisy", "missing_when_low")
OTHERS, PARTS = 10_000, ("recovery", "robustness", "noise", "calibration", "forecast", "speed")
# Simulated answers have a variance of about 1; on the diary's scale from 0 to 10 they would vary so.
SCALE_MIDDLE, SCALE_SD = 5.0, 2.0


def learned(people: int, days: int, chosen: argparse.Namespace) -> CyclePrior:
    """A population prior from other simulated people, in two rounds."""
    y = known_arrows(people, days, seed=chosen.seed, first=OTHERS).y
    prior = GENERIC
    for _ in range(2):
        prior = learn_prior([moments(fit(y, prior, chosen))])
    return prior


def fit(y: Floats, prior: CyclePrior, chosen: argparse.Namespace, engine: str = "") -> CycleFit:
    """Estimate with the settings of this run."""
    return fit_cycles(y, prior=prior, burn=30, draws=60, seed=chosen.seed, engine=engine or chosen.engine)


def engine_of(chosen: argparse.Namespace) -> str:
    """Which engine this run measures."""
    return fit(known_arrows(2, 30, seed=chosen.seed).y, GENERIC, chosen).engine


def ours(y: Floats, a: Floats, prior: CyclePrior, chosen: argparse.Namespace, engine: str = "") -> Score:
    """Fit and judge; warmed up by two people, so that compiling is not counted."""
    fit(y[:2], prior, chosen, engine)
    began = time.perf_counter()
    found = fit(y, prior, chosen, engine)
    ms = 1000 * (time.perf_counter() - began) / len(y)
    return score(found.a_mean, found.a_sd, a, ms)


def methods(
    days: int, variant: Any, chosen: argparse.Namespace, priors: dict[str, CyclePrior], peers: int
) -> dict[str, Score]:
    """Everybody on the same diaries; VARMAX on the first of them, as it takes seconds."""
    made = known_arrows(chosen.clients, days, seed=chosen.seed, variant=variant)
    found = {name: ours(made.y, made.a, prior, chosen) for name, prior in priors.items()}
    few = min(chosen.plain, len(made.y))
    if few and engine_of(chosen) != "plain":
        found["generic, NumPy engine"] = ours(made.y[:few], made.a[:few], GENERIC, chosen, "plain")
    mean, sd, ms = each(least_squares, made.y)
    found["OLS on pairs"] = score(mean, sd, made.a, ms)
    if peers:
        mean, sd, ms = each(varmax, made.y[:peers])
        found["VARMAX"] = score(mean, sd, made.a[:peers], ms)
    return found


def recovery(chosen: argparse.Namespace) -> dict[str, Any]:
    """Known arrows at each length."""
    found = {}
    for days in LENGTHS[: 2 if chosen.quick else None]:
        priors = {"generic": GENERIC, f"population of {chosen.people}": learned(chosen.people, days, chosen)}
        if not chosen.quick:
            priors["population of 60"] = learned(60, days, chosen)
        found[str(days)] = methods(days, "plain", chosen, priors, chosen.varmax)
        print(table(f"{days} days", found[str(days)]), flush=True)
    return found


def robustness(chosen: argparse.Namespace) -> dict[str, Any]:
    """What real diaries do to an estimate, at 112 days."""
    population = learned(chosen.people, 112, chosen)
    found = {}
    for variant in VARIANTS:
        found[variant] = methods(112, variant, chosen, {"generic": GENERIC, "population": population}, 0)
        print(table(f"112 days, {variant}", found[variant]), flush=True)
    return found


def noise(chosen: argparse.Namespace) -> dict[str, Any]:
    """Block arrows shown to people without any loop, by the rule of the product."""
    found: dict[str, Any] = {}
    for days in (112,) if chosen.quick else (60, 112, 300):
        population = learned(chosen.people, days, chosen)
        y = known_arrows(chosen.clients, days, seed=chosen.seed, variant="white_noise").y
        for name, prior in {"generic": GENERIC, "population": population}.items():
            one = fit(y, prior, chosen)
            share = shown_share(one)
            found[f"{name}, {days}"] = share
            print(f"no loop, {days:>3} days, {name:<11} block arrows shown {100 * share:.1f} %", flush=True)
    return found


def shown_share(one: CycleFit) -> float:
    """The share of block arrows that the product would show, by its own rule."""
    seen = [look(SCALE_MIDDLE + SCALE_SD * y, blocks=one.blocks) for y in one.y]
    shown = [len(shown_blocks(look_, loop_of(one, i))) for i, look_ in enumerate(seen)]
    return sum(shown) / (2 * len(shown))


def calibration(chosen: argparse.Namespace) -> dict[str, Any]:
    """Arrows from the generic prior, diaries from them; where each true arrow lies in its posterior should be even."""
    y, a = from_the_prior(chosen.clients, 112, chosen.seed)
    one = fit(y, GENERIC, chosen)
    ranks = ndtr((a - one.a_mean) / one.a_sd)
    shares = np.histogram(ranks, bins=10, range=(0, 1))[0] / ranks.size
    found = {
        "tenths": shares.tolist(), "within_90": float((np.abs(ranks - 0.5) <= 0.45).mean()),
        "p_carry_over": float(kstest(ranks[:, 0, 0], "uniform").pvalue),
        "p_one_cross": float(kstest(ranks[:, 1, 0], "uniform").pvalue),
    }  # fmt: skip
    print("calibration, generic: share of true arrows in each tenth of their posterior:")
    print(
        " ".join(f"{share:.3f}" for share in shares) + f"; within 90 %: {found['within_90']:.3f}", flush=True
    )
    return found


def from_the_prior(n: int, days: int, seed: int) -> tuple[Floats, Floats]:
    """Stable diaries of unit variance with arrows, level and noise as GENERIC believes; 30 % of days missing."""
    draw = np.random.default_rng(seed)
    within = np.full((5, 5), 0.25) + 0.75 * np.eye(5)
    prior = GENERIC
    y, a = np.full((n, days, 5), np.nan), np.zeros((n, 5, 5))
    noises, steps = (
        draw.choice(rows[:, 0], n, p=rows[:, 1] / rows[:, 1].sum()) for rows in (prior.noise, prior.levels)
    )
    for i in range(n):
        while True:
            a[i] = prior.a_mean + prior.spread * draw.standard_normal((5, 5))
            shocks = within - a[i] @ within @ a[i].T
            if np.linalg.eigvalsh(shocks)[0] > 0.05 and np.abs(np.linalg.eigvals(a[i])).max() < 0.95:
                break
        root, z = np.linalg.cholesky(shocks), np.linalg.cholesky(within) @ draw.standard_normal(5)
        level = (np.sqrt(steps[i] / 7) * draw.standard_normal((days, 5))).cumsum(axis=0)
        for day in range(days):
            z = a[i] @ z + root @ draw.standard_normal(5) if day else z
            y[i, day] = level[day] + z + np.sqrt(noises[i] / (1 - noises[i])) * draw.standard_normal(5)
        y[i, draw.random(days) < 0.3] = np.nan
    return y, a


def forecast(chosen: argparse.Namespace) -> dict[str, Any]:
    """Real people one step ahead."""
    where = diaries.folder()
    if where is None:
        print("forecast: NOT MEASURED. There are no real diaries in shared/data/ema beside the project."
              " Name their folder in KITHWORK_DIARIES.", flush=True)  # fmt: skip
        return {"not_measured": "no folder of real diaries"}
    found: dict[str, Any] = {}
    for real in diaries.real_sets(where):
        parts = diaries.split(real.y)
        told = {
            "AR own": diaries.own_lag(parts, alone=True), "VAR own": diaries.own_lag(parts, alone=False),
            "moving level": diaries.moving_level(parts), "one VAR for all": diaries.one_for_all(parts),
            "ours, generic": followed(parts, real, chosen, population=False),
        }  # fmt: skip
        if len(parts.whole) >= 25:
            told["ours, population"] = followed(parts, real, chosen, population=True)
        found[real.name] = {name: diaries.skill(line, parts) for name, line in told.items()}
        print(f"{real.name} ({told_people(parts, real)}): "
              + ", ".join(f"{name} {one:.3f}" for name, one in found[real.name].items()), flush=True)  # fmt: skip
    return found


def told_people(parts: diaries.Split, real: diaries.Real) -> str:
    """How many people were kept, of how many with enough pairs to train on, and of how many in the file."""
    return (
        f"{len(parts.whole)} people of {parts.eligible} with {diaries.FEWEST_PAIRS} training pairs,"
        f" of {len(real.y):,} in the file; {parts.flat} had an item that never varied in training"
    )


def not_measured() -> str:
    """Which peers are left out, and why: whether R is here makes no difference, and is told all the same."""
    there = "is" if shutil.which("Rscript") else "is not"
    return (
        "mlVAR and MARSS: NOT MEASURED. They are programs for R, and nothing here runs them, with R or without."
        f" R {there} installed on this machine."
    )


def followed(
    parts: diaries.Split, real: diaries.Real, chosen: argparse.Namespace, *, population: bool
) -> Floats:
    """Our own forecasts. The population part is learned from other people, in five folds."""
    told, n = np.zeros_like(parts.whole), len(parts.whole)
    for fold in range(5 if population else 1):
        mine = np.arange(n) % 5 == fold if population else np.ones(n, dtype=bool)
        prior: CyclePrior = GENERIC
        if population:
            for _ in range(2):
                prior = learn_prior([moments(_fit_real(parts.train[~mine], prior, real, chosen))])
        for end in np.unique(parts.last[mine]):
            these = np.flatnonzero(mine & (parts.last == end))
            if end < parts.whole.shape[1]:
                one = _fit_real(parts.train[these, :end], prior, real, chosen)
                told[these, end:] = np.nan_to_num(follow(one, parts.whole[these, end:])[0])
    return told


def _fit_real(y: Floats, prior: CyclePrior, real: diaries.Real, chosen: argparse.Namespace) -> CycleFit:
    return fit_cycles(y, prior=prior, blocks=real.blocks, seed=chosen.seed, engine=chosen.engine)


def speed(chosen: argparse.Namespace) -> dict[str, Any]:
    """One new day taken in, and how long a million clients take on all processors."""
    many = chosen.clients
    y = known_arrows(many, 113, seed=chosen.seed).y
    one = fit(y[:, :112], GENERIC, chosen)
    refresh(fit(y[:2, :112], GENERIC, chosen), y[:2, 112:], engine=chosen.engine)
    began = time.perf_counter()
    refresh(one, y[:, 112:], engine=chosen.engine)
    day = 1000 * (time.perf_counter() - began) / many
    jobs, each_job = os.cpu_count() or 1, 1_000_000 // 2 if chosen.million else many
    with ProcessPoolExecutor(jobs) as pool:
        list(pool.map(_share_of_many, [(2, chosen)] * jobs))
        began = time.perf_counter()
        list(pool.map(_share_of_many, [(each_job, chosen)] * jobs))
        seconds = time.perf_counter() - began
    done = jobs * each_job
    found = {
        "engine": one.engine,
        "new_day_ms": day,
        "clients": done,
        "seconds": seconds,
        "million_seconds": seconds * 1e6 / done,
    }
    how = "measured" if chosen.million else f"computed from {done:,} clients"
    print(f"{one.engine} engine: one new day {day:.3f} ms a client; a million clients on {jobs} processors"
          f" {found['million_seconds']:,.0f} s, {how}, diaries made included", flush=True)  # fmt: skip
    return found


def _share_of_many(job: tuple[int, argparse.Namespace]) -> None:
    many, chosen = job
    if chosen.engine != "plain":
        warm_up()
    for first in range(0, many, 4096):
        y = known_arrows(min(4096, many - first), 112, seed=chosen.seed, first=first).y
        fit(y, GENERIC, chosen)


def table(title: str, found: dict[str, Score]) -> str:
    """One table; the ratio is to the quickest of ours with the generic prior."""
    head = f"{title:<26}{'clients':>8}{'ms':>10}{'x ours':>9}{'RMSE':>7}{'cover':>7}{'FP':>6}{'wrong':>7}{'power':>7}"
    lines = [head]
    for name, one in found.items():
        lines.append(
            f"{name:<26}{one.clients:>8}{one.ms:>10.2f}{one.ms / found['generic'].ms:>9.1f}{one.rmse:>7.3f}"
            f"{one.cover:>7.3f}{one.false_positives:>6.2f}{one.wrong:>7.2f}{one.power:>7.2f}"
        )
    return "\n".join(lines)


def options() -> argparse.ArgumentParser:
    """What may be chosen."""
    parser = argparse.ArgumentParser(
        description="A person's own loop: speed, accuracy and honesty, beside peers."
    )
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts to measure ({','.join(PARTS)})")
    parser.add_argument("--clients", type=int, default=200, help="simulated clients of each kind (200)")
    parser.add_argument(
        "--people", type=int, default=400, help="others to learn the population prior from (400)"
    )
    parser.add_argument("--varmax", type=int, default=20, help="clients for VARMAX, seconds each (20)")
    parser.add_argument("--plain", type=int, default=20, help="clients for the NumPy engine (20)")
    parser.add_argument("--engine", choices=["auto", "plain", "compiled"], default="auto")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument(
        "--million", action="store_true", help="fit a million clients instead of computing it"
    )
    parser.add_argument("--quick", action="store_true", help="a few of each, to see that it runs")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    return parser


def main() -> int:
    """Measure, print as it goes, and write JSON where it is asked for."""
    chosen = options().parse_args()
    if chosen.quick:
        chosen.clients, chosen.people, chosen.varmax, chosen.plain = 6, 24, 2, 2
    if chosen.engine != "plain":
        warm_up()
    print(not_measured())
    print(f"Engine: {engine_of(chosen)}. Ratios are of milliseconds a client to ours.", flush=True)
    parts: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
        "recovery": recovery, "robustness": robustness, "noise": noise,
        "calibration": calibration, "forecast": forecast, "speed": speed,
    }  # fmt: skip
    found = {name: parts[name](chosen) for name in chosen.only.split(",")}
    machine = this_machine()
    print(machine)
    if chosen.json:
        told = {"settings": vars(chosen), "engine": engine_of(chosen), **found, "machine": machine}
        text = json.dumps(told, indent=1, default=_plain)
        chosen.json.write_text(text + "\n", encoding="utf-8")
    return 0


def _plain(value: Any) -> Any:
    return asdict(value) if isinstance(value, Score) else str(value)


if __name__ == "__main__":
    raise SystemExit(main())
