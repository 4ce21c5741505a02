"""A simulated service against the national figures of IPT in England, counted by our own definitions.

The people here are others than those for whom the numbers were searched. With 12,000 courses, sampling alone moves a
mean by 0.06 and a rate by 0.5; allowed are 0.25 points and 1.5 per cent, some four and three times that. Four figures
are known to be off, and each is held to what it is off by. Why, and what was tried, stands in
docs/how-to/diaries-of-many-people.md.
"""

import pytest
from benchmarks.calibrate_service import NATIONAL, RATES, figures

from kithwork.cycle.service import simulate_service

POINTS, PER_CENT = 0.25, 1.5
# Simulated less England, as 60,000 other courses have it.
KNOWN_TO_BE_OFF = {
    "gad7_last_mean": -0.49,
    "gad7_first_mean": 0.26,
    "phq9_last_mean": -0.20,
    "phq9_last_sd": 0.17,
}


@pytest.fixture(scope="module")
def found() -> dict[str, float]:
    return figures(simulate_service(12_000, 18, seed=77))


@pytest.mark.parametrize("name", NATIONAL)
def test_it_comes_out_as_in_england(found: dict[str, float], name: str) -> None:
    aim = NATIONAL[name] + KNOWN_TO_BE_OFF.get(name, 0.0)
    assert found[name] == pytest.approx(aim, abs=PER_CENT if name in RATES else POINTS)
