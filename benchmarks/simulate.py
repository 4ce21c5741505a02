"""How many simulated clients a second: Kithwork beside the same model told plainly, one person at a time.

    ./kithwork measure simulate [--json FILE]

Both make diaries of 112 days and five items from `kithwork.cycle.parameters.DAILY`: events, loosening, saturation,
Student t shocks, answers, runs of missing days, and leaving. The peer is a plain function of NumPy for one person after
another, with its rows gathered by pandas, as one would write it for a paper. In the same run, in turns; the two agree
in what they make, and the table says so.
"""

# ruff: noqa: T201 -- it talks to the person at the terminal

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.timing import this_machine
from kithwork.cycle.parameters import DAILY, EDGES, ITEM_NAMES, LOOSENED, MOOD, REJECTION, TENSION, WITHDRAWAL
from kithwork.cycle.simulate import course, simulate

DAYS, ITEMS = 112, len(ITEM_NAMES)
OURS, THEIRS, ROUNDS = 4096, 128, 5


def one_person(chance: np.random.Generator, number: int) -> pd.DataFrame:
    """One person's diary, day by day."""
    p = DAILY
    arrows = p.arrow_spread * chance.standard_normal((ITEMS, ITEMS))
    for edge in EDGES:
        arrows[edge] += p.edge
    np.fill_diagonal(arrows, p.carry_over + p.carry_over_spread * chance.standard_normal(ITEMS))
    between = np.sqrt(p.between_share / (1 - p.between_share))
    usual = between * alike(chance, p.between_together)
    own = 1 / np.sqrt(1 - p.between_share)
    fall = own * (p.natural_fall + p.therapy_fall + p.fall_spread * chance.standard_normal())
    loosening = (chance.random() < p.focus_worked_on) * chance.random() * p.loosening_most
    share, run = chance.uniform(p.missing_least, p.missing_most), chance.uniform(p.run_least, p.run_most)
    tilt, reliability = (
        chance.uniform(0, p.tilt_most),
        chance.uniform(p.reliability_least, p.reliability_most),
    )
    until = 7 * chance.geometric(p.leaving_weekly)
    falls = np.where(np.arange(ITEMS) == MOOD, 1.0, p.fall_of_others)
    moved, missing, rows = np.zeros(ITEMS), chance.random() < share, []
    for day, come in enumerate(course(np.arange(DAYS), p)):
        now = arrows.copy()
        for edge in LOOSENED:
            now[edge] *= 1 - come * loosening
        away = moved[WITHDRAWAL]
        pull = now @ moved
        pull[REJECTION] += now[REJECTION, WITHDRAWAL] * (p.saturation * np.tanh(away / p.saturation) - away)
        events = chance.poisson(p.event_rate * np.exp(p.stress_generation * moved[MOOD]))
        pull[MOOD] += p.event_to_mood * events
        pull[TENSION] += p.event_to_tension * events
        heavy = chance.chisquare(p.tails) / (p.tails - 2)
        moved = pull + alike(chance, p.together) * np.sqrt((1 - p.carry_over**2) / heavy)
        if day:
            leave = 1 / run
            missing = chance.random() < tilted(
                1 - leave if missing else leave * share / (1 - share), tilt * moved[MOOD]
            )
        if missing or day >= until:
            continue
        noise = np.sqrt(1 / reliability - 1) * chance.standard_normal(ITEMS)
        state = usual - come * fall * falls + moved
        answers = np.clip(np.rint(p.middle + p.within_sd * (state + noise)), 0, 10)
        answers[chance.random(ITEMS) < p.item_skip] = np.nan
        rows.append((number, day, *answers, events))
    return pd.DataFrame(rows, columns=["person", "day", *ITEM_NAMES, "events"])


def alike(chance: np.random.Generator, together: float) -> Any:
    """Five normals of one correlation."""
    return np.sqrt(together) * chance.standard_normal() + np.sqrt(1 - together) * chance.standard_normal(
        ITEMS
    )


def tilted(share: float, logit: float) -> float:
    """A chance whose odds are multiplied."""
    return share * np.exp(logit) / (1 - share + share * np.exp(logit))


def plainly(people: int, seed: int) -> pd.DataFrame:
    """People one after another."""
    chance = np.random.default_rng(seed)
    return pd.concat([one_person(chance, number) for number in range(people)], ignore_index=True)


def measure() -> dict[str, Any]:
    """Both in turns; the best round of each, for a busy machine slows both."""
    ours, theirs = [], []
    simulate(256, DAYS)
    for round_ in range(ROUNDS):
        began = time.perf_counter()
        y, _, _ = simulate(OURS, DAYS, seed=round_)
        ours.append(OURS / (time.perf_counter() - began))
        began = time.perf_counter()
        table = plainly(THEIRS, round_)
        theirs.append(THEIRS / (time.perf_counter() - began))
    answers = table[list(ITEM_NAMES)].to_numpy()
    made = {
        "kithwork": agreement(y.reshape(-1, ITEMS), OURS * DAYS),
        "plain": agreement(answers, THEIRS * DAYS),
    }
    return {
        "days": DAYS,
        "clients_a_second": {"kithwork": max(ours), "plain": max(theirs)},
        "ratio": max(ours) / max(theirs),
        "made": made,
        "machine": this_machine(),
    }


def agreement(answers: Any, days: int) -> dict[str, float]:
    """What both should agree in: how much is answered, and the answers' mean and SD."""
    given = answers[~np.isnan(answers)]
    return {"answered": len(given) / (days * ITEMS), "mean": float(given.mean()), "sd": float(given.std())}


def main() -> None:
    """Measure, print and keep."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--json", type=Path, help="where to write the figures")
    options = ask.parse_args()
    found = measure()
    print(f"{'':<12}{'clients/s':>12}{'answered':>12}{'mean':>8}{'SD':>8}")
    for name, speed in found["clients_a_second"].items():
        made = found["made"][name]
        print(f"{name:<12}{speed:12,.0f}{made['answered']:12.2f}{made['mean']:8.2f}{made['sd']:8.2f}")
    print(f"{'ratio':<12}{found['ratio']:12,.0f}\n{DAYS} days, five items, one process. {found['machine']}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
