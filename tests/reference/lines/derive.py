"""Lines by statsmodels and quantiles by pandas: the numbers that Kithwork's own are held to.

python derive.py > output.json        # needs statsmodels and pandas; nothing of Kithwork
"""

import json
import sys
from collections.abc import Sequence

import numpy as np
import pandas as pd
import statsmodels
import statsmodels.api as sm

CASES = {
    "weekly": ([0, 7, 14, 21, 28], [19, 18, 19, 16, 18]),
    "uneven": ([0, 5, 16, 47, 90, 91], [24, 22, 23, 15, 9, 10]),
    "three": ([3, 10, 31], [12, 14, 13]),
    "backwards": ([60, 30, 0], [8, 11, 20]),
}


def line(days: Sequence[float], scores: Sequence[float]) -> dict[str, list[float]]:
    """Ordinary least squares: slope a week and level on the last day, each with its 90 % interval."""
    when = np.array(days, dtype=float)
    fit = sm.OLS(np.array(scores, dtype=float), sm.add_constant(when)).fit()
    slope = [fit.params[1], *fit.conf_int(alpha=0.1)[1]]
    last = fit.get_prediction([[1.0, when.max()]]).summary_frame(alpha=0.1).iloc[0]
    level = [last["mean"], last["mean_ci_lower"], last["mean_ci_upper"]]
    return {"slope": [7 * value for value in slope], "level": level}


def courses() -> pd.DataFrame:
    """Made-up courses that both programs can make again: whole numbers from a short rule, gaps included."""
    rows = []
    for n in range(120):
        drop = (n * 7) % 11
        scores = [max(0, 16 + n % 3 - (k * (3 + n % 5)) // 4 + (n * k) % 4) for k in range(9)]
        rows.append([16 + n % 3, *scores[1 : 9 - drop // 3], *[np.nan] * (drop // 3)])
    return pd.DataFrame(rows)


if __name__ == "__main__":
    table = courses()
    quantiles = table.quantile([0.5, 0.9], interpolation="linear")
    told = {
        "statsmodels": statsmodels.__version__,
        "pandas": pd.__version__,
        "lines": {
            name: {"days": days, "scores": scores, **line(days, scores)}
            for name, (days, scores) in CASES.items()
        },
        "courses": [[None if np.isnan(value) else value for value in row] for row in table.to_numpy()],
        "behind": table.notna().sum().tolist(),
        "median": quantiles.loc[0.5].tolist(),
        "ninth_tenth": quantiles.loc[0.9].tolist(),
    }
    json.dump(told, sys.stdout, indent=1)
    sys.stdout.write("\n")
