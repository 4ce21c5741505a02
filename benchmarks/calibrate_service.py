"""Searches for the few numbers of the simulated service that make its outcomes those of IPT in England, 2024-25.

    ./kithwork measure calibrate_service

Twenty-one numbers of `kithwork.cycle.service.ServiceParams` against fifteen published ones: first and last means and
SD of PHQ-9, GAD-7 and WSAS, and three rates, counted by the national definitions in `kithwork.change`. Least squares,
the same 15,360 people at each step, so that only the numbers move and not the luck. More numbers than figures: many
services have these figures, and the search stays near the one that it began from. Prints what was found, ready to be
put down in service.py, and both sides of each figure.
"""

# ruff: noqa: T201 -- it talks to the person at the terminal

import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import least_squares

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kithwork.change import outcomes
from kithwork.cycle.blocks import Floats, blocks
from kithwork.cycle.parameters import DAILY
from kithwork.cycle.service import SERVICE, Service, check_ins, ends, session_days
from kithwork.cycle.simulate import whole_block

PEOPLE, WEEKS, SEED = 15_360, 18, 2025
# NHS England, annual report 2024-25, courses with two or more contacts of IPT: points, and per cent of courses.
NATIONAL = {
    "phq9_first_mean": 15.5, "phq9_first_sd": 5.5, "phq9_last_mean": 9.6, "phq9_last_sd": 6.4,
    "gad7_first_mean": 12.6, "gad7_first_sd": 5.0, "gad7_last_mean": 8.2, "gad7_last_sd": 5.6,
    "wsas_first_mean": 20.6, "wsas_first_sd": 9.1, "wsas_last_mean": 14.7, "wsas_last_sd": 10.0,
    "recovery": 48.7, "reliable_improvement": 62.1, "reliable_deterioration": 6.6,
}  # fmt: skip
# How far off each figure may be before it weighs: what sampling alone moves England's 6,816 courses by.
WEIGHTS = {
    "phq9_first_mean": 0.07, "phq9_first_sd": 0.05, "phq9_last_mean": 0.08, "phq9_last_sd": 0.05,
    "gad7_first_mean": 0.06, "gad7_first_sd": 0.04, "gad7_last_mean": 0.07, "gad7_last_sd": 0.05,
    "wsas_first_mean": 0.11, "wsas_first_sd": 0.08, "wsas_last_mean": 0.12, "wsas_last_sd": 0.09,
    "recovery": 0.6, "reliable_improvement": 0.6, "reliable_deterioration": 0.3,
}  # fmt: skip
RATES = ("recovery", "reliable_improvement", "reliable_deterioration")


class Search(NamedTuple):
    """Between which limits a number is searched for, and how far to either side its slope is taken.

    Answers are whole numbers, so a figure moves in small jumps: too short a step would see none of them.
    """

    least: float
    most: float
    step: float = 0.03


SEARCHED = {
    "depression_start": Search(0.5, 3.0), "depression_spread": Search(0.2, 1.5), "depression_well": Search(-0.5, 1.2),
    "anxiety_start": Search(0.5, 3.0), "anxiety_spread": Search(0.2, 1.5), "anxiety_well": Search(-0.5, 1.2),
    "starts_together": Search(0.5, 0.85), "ways_together": Search(0.5, 0.97),
    "answering": Search(0.4, 0.85), "way_of_answering": Search(0.8, 2.0), "way_of_others": Search(-0.4, 0.4),
    "calming": Search(0.6, 1.1),
    # Without these limits everybody who answers would go exactly the same way, and week after week like week.
    "way_spread": Search(0.15, 0.6), "week": Search(0.1, 0.4),
    "item_noise": Search(0.4, 0.9), "item_profile": Search(0.2, 0.7),
    "half_way": Search(2.5, 6.0, 0.2), "half_way_spread": Search(0.2, 0.8),
    "impairment_start": Search(10, 30, 0.5), "impairment_slope": Search(2, 15, 0.3),
    "impairment_spread": Search(2, 15, 0.3),
}  # fmt: skip


def figures(service: Service) -> dict[str, float]:
    """The same figures of a simulated service: scores of those who finished with both, rates by the definitions."""
    columns = service.columns()
    finished = (columns["treatment_contacts"] >= 2) & service.over
    wsas = dict(zip(("wsas_first", "wsas_last"), ends(service.wsas), strict=True))
    both = {"phq9": "phq9", "gad7": "anxiety", "wsas": "wsas"}
    found = {}
    for measure, column in both.items():
        first, last = ({**columns, **wsas}[f"{column}_{which}"] for which in ("first", "last"))
        paired = finished & ~np.isnan(first) & ~np.isnan(last)
        for which, scores in (("first", first[paired]), ("last", last[paired])):
            found[f"{measure}_{which}_mean"] = float(scores.mean())
            found[f"{measure}_{which}_sd"] = float(scores.std())
    rates = outcomes(columns).rates
    return found | {name: 100 * (rates[name].value or 0.0) for name in RATES}


def main() -> None:
    """Search, and print."""
    everybody = [
        (block, whole_block(block, 7 * WEEKS, DAILY)._replace(y=np.empty(0)))
        for block in blocks(PEOPLE, seed=SEED)
    ]
    held = session_days(7 * WEEKS, DAILY)

    def made(numbers: Floats) -> dict[str, float]:
        service = replace(SERVICE, **dict(zip(SEARCHED, map(float, numbers), strict=True)))
        parts = [check_ins(block, whole, DAILY, service) for block, whole in everybody]
        return figures(Service.of(parts, held))

    def apart(numbers: Floats) -> Floats:
        now = made(numbers)
        return np.array([(now[name] - aim) / WEIGHTS[name] for name, aim in NATIONAL.items()])

    least, most, steps = np.array(list(SEARCHED.values())).T

    def slopes(numbers: Floats) -> Floats:
        sides = [
            (np.minimum(numbers + one, most), np.maximum(numbers - one, least)) for one in np.diag(steps)
        ]
        return np.array([(apart(up) - apart(down)) / (up - down).sum() for up, down in sides]).T

    start = np.clip([getattr(SERVICE, name) for name in SEARCHED], least + 0.001, most - 0.001)
    found = least_squares(apart, start, slopes, bounds=(least, most), x_scale=steps, xtol=1e-4, max_nfev=20)
    for name, number in zip(SEARCHED, found.x, strict=True):
        print(f"{name:<24}{number:8.3f}")
    now = made(found.x)
    print(f"\n{'figure':<26}{'England':>9}{'simulated':>11}")
    for name, aim in NATIONAL.items():
        print(f"{name:<26}{aim:9.1f}{now[name]:11.2f}")


if __name__ == "__main__":
    main()
