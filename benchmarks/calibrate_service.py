"""Searches for the few numbers of the simulated service that make its outcomes those of IPT in England, 2024-25.

    ./kithwork measure calibrate_service

Fifteen numbers of `kithwork.cycle.service.ServiceParams` against fifteen published ones: first and last means and
SD of PHQ-9, GAD-7 and WSAS, and three rates, counted by the national definitions in `kithwork.change`. Least squares,
the same 15,360 people at each step, so that only the numbers move and not the luck. Prints what was found, ready to be
put down in service.py, and both sides of each figure.
"""

# ruff: noqa: T201 -- it talks to the person at the terminal

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

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
RATES = ("recovery", "reliable_improvement", "reliable_deterioration")
# How far off each figure may be before it weighs: a tenth of a point, four tenths of a per cent. The two cannot all be
# met: in England recovery counts other scales of anxiety too, and GAD-7's last mean stands for GAD-7 alone.
WEIGHS = {name: 0.4 if name in RATES else 0.1 for name in NATIONAL}
FOUND = (
    "depression_start", "depression_spread", "depression_well", "anxiety_start", "anxiety_spread", "anxiety_well",
    "starts_together", "answering", "way_of_answering", "way_of_others", "calming", "ways_together",
    "impairment_start", "impairment_slope", "impairment_spread",
)  # fmt: skip
SHARES = {"starts_together", "ways_together", "answering"}


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

    def made(numbers: Any) -> dict[str, float]:
        service = replace(SERVICE, **dict(zip(FOUND, map(float, numbers), strict=True)))
        parts = [check_ins(block, whole, DAILY, service) for block, whole in everybody]
        return figures(Service.of(parts, held))

    def apart(numbers: Any) -> Floats:
        now = made(numbers)
        return np.array([(now[name] - aim) / WEIGHS[name] for name, aim in NATIONAL.items()])

    start = [getattr(SERVICE, name) for name in FOUND]
    least = [0.02 if name in SHARES else -0.8 for name in FOUND]
    most = [0.98 if name in SHARES else 40.0 for name in FOUND]
    found = least_squares(
        apart, start, bounds=(least, most), diff_step=0.04, xtol=1e-4, max_nfev=25, x_scale=np.abs(start)
    )
    for name, number in zip(FOUND, found.x, strict=True):
        print(f"{name:<24}{number:8.3f}")
    now = made(found.x)
    print(f"\n{'figure':<26}{'England':>9}{'simulated':>11}")
    for name, aim in NATIONAL.items():
        print(f"{name:<26}{aim:9.1f}{now[name]:11.2f}")


if __name__ == "__main__":
    main()
