"""A person's line and a clinic's curves against statsmodels and pandas."""

import json
from pathlib import Path

import numpy as np
import pytest

from kithwork.change import trajectory, usual_curves

KEPT = json.loads((Path(__file__).parent / "output.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", KEPT["lines"])
def test_a_line_is_that_of_least_squares(name: str) -> None:
    kept = KEPT["lines"][name]
    found = trajectory(kept["days"], kept["scores"])

    assert found is not None
    assert [found.slope.value, found.slope.low, found.slope.high] == pytest.approx(kept["slope"], rel=1e-9)
    assert [found.level.value, found.level.low, found.level.high] == pytest.approx(kept["level"], rel=1e-9)


def test_curves_are_quantiles_smoothed_over_neighbours() -> None:
    curve = usual_curves(np.array(KEPT["courses"], dtype=float))[2]
    behind = np.array(KEPT["behind"])

    assert [point.courses for point in curve.points] == KEPT["behind"]
    for kept, found in (("median", "median"), ("ninth_tenth", "bound")):
        line = np.array(KEPT[kept])
        smooth = [
            *line[:2],
            *(np.average(line[n - 1 : n + 2], weights=behind[n - 1 : n + 2]) for n in range(2, 8)),
            line[8],
        ]
        assert [getattr(point, found) for point in curve.points] == pytest.approx(smooth, rel=1e-12)
