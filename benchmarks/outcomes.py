"""How long a million courses take to count by the national definitions, beside pandas on the same courses in one run.

    ./kithwork measure outcomes
    ./kithwork measure outcomes --quick

Both get their columns ready made: arrays for ours, a data frame for pandas. Counted are all courses, and each focus
apart. The peer is what a service's analyst would write from the definitions, once on whole columns with ``groupby`` and
once row by row with ``apply``. Counts have to be equal, or no time is printed. Ends with 1 beyond 2 s.
"""

# ruff: noqa: T201 -- it talks to the person at the terminal

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.timing import how_busy
from kithwork.change import outcomes, outcomes_by

BAR_SECONDS, BAR_RATIO = 2.0, 20.0
CUT = {"phq9": 10, "gad7": 8, "pcl5": 32, "spin": 19, "mobility_alone": 2.3}
RELIABLE = {"phq9": 6, "gad7": 4, "pcl5": 10, "spin": 10, "mobility_alone": 0.73}
ENDS = ("phq9_first", "phq9_last", "anxiety_first", "anxiety_last")


def courses(many: int, seed: int = 1) -> dict[str, Any]:
    """Made-up courses: PHQ-9 and an anxiety measure at both ends, with gaps, going on or ended, with their waits."""
    draw = np.random.default_rng(seed)
    measure = draw.choice(["gad7", "pcl5", "spin", "mobility_alone"], many, p=[0.85, 0.06, 0.05, 0.04])
    most = np.select([measure == "gad7", measure == "pcl5", measure == "spin"], [21, 80, 68], 5)
    first = draw.integers(0, 28, many).astype(float)
    last = np.clip(first - draw.integers(-6, 16, many), 0, 27)
    mean = measure == "mobility_alone"
    anxiety = np.where(mean, draw.integers(100, 501, many) / 100, draw.integers(0, most + 1))
    after = np.where(
        mean, draw.integers(100, 501, many) / 100, np.clip(anxiety - draw.integers(-6, 12, many), 0, most)
    )
    last[draw.random(many) < 0.03] = after[draw.random(many) < 0.03] = first[draw.random(many) < 0.005] = (
        np.nan
    )
    referred = np.datetime64("2024-01-01") + draw.integers(0, 365, many)
    began = referred + draw.integers(0, 160, many)
    ended = began + draw.integers(0, 200, many)
    ended[draw.random(many) < 0.1] = np.datetime64("NaT")
    return {
        "phq9_first": first, "phq9_last": last, "anxiety_first": anxiety, "anxiety_last": after,
        "anxiety_measure": measure, "treatment_contacts": draw.integers(0, 17, many).astype(float),
        "referred_on": referred, "first_treatment_on": began, "discharged_on": ended,
        "focus": draw.choice(["conflict", "change", "loss", "loneliness"], many),
    }  # fmt: skip


# The peer ---------------------------------------------------------------------------------------------------


def with_pandas(table: pd.DataFrame) -> pd.DataFrame:
    """The definitions on whole columns. Hundredths of a point, so that a mean of 3.0 less 2.27 is 0.73."""
    cut, change = (table["anxiety_measure"].map(row).mul(100).round() for row in (CUT, RELIABLE))
    p0, p1, a0, a1 = (table[name].mul(100).round() for name in ENDS)
    finished = table["discharged_on"].notna() & (table["treatment_contacts"] >= 2)
    paired = finished & table[list(ENDS)].notna().all(axis=1)
    case = (p0 >= 1000) | (a0 >= cut)
    better = (p0 - p1 >= 600) | (a0 - a1 >= change)
    worse = (p1 - p0 >= 600) | (a1 - a0 >= change)
    improved, deteriorated = paired & better & ~worse, paired & worse & ~better
    recovery = paired & case & (p1 < 1000) & (a1 < cut)
    wait = (table["first_treatment_on"] - table["referred_on"]).dt.days
    return pd.DataFrame({
        "courses": True, "finished": finished, "paired": paired, "caseness_start": finished & case,
        "not_caseness_start": finished & (p0 < 1000) & (a0 < cut),
        "recovery": recovery, "reliable_recovery": recovery & improved,
        "reliable_improvement": improved, "reliable_deterioration": deteriorated,
        "no_reliable_change": paired & ~improved & ~deteriorated, "unclassified": finished & ~paired,
        "within_6_weeks": finished & (wait <= 42), "within_18_weeks": finished & (wait <= 126),
    }, index=table.index)  # fmt: skip


def one_course(row: Any) -> dict[str, bool]:
    """The definitions for one row."""
    cut, change = round(CUT[row.anxiety_measure] * 100), round(RELIABLE[row.anxiety_measure] * 100)
    p0, p1, a0, a1 = (getattr(row, name) for name in ENDS)
    finished = not pd.isna(row.discharged_on) and row.treatment_contacts >= 2
    paired = finished and not any(pd.isna(score) for score in (p0, p1, a0, a1))
    case = p0 >= 10 or round_up(a0) >= cut
    fell, eased = (p0 - p1) * 100, round_up(a0) - round_up(a1)
    better, worse = fell >= 600 or eased >= change, fell <= -600 or eased <= -change
    improved, deteriorated = paired and better and not worse, paired and worse and not better
    recovery = paired and case and p1 < 10 and round_up(a1) < cut
    wait = (row.first_treatment_on - row.referred_on).days
    return {
        "courses": True, "finished": finished, "paired": paired, "caseness_start": finished and case,
        "not_caseness_start": finished and p0 < 10 and round_up(a0) < cut,
        "recovery": recovery, "reliable_recovery": recovery and improved,
        "reliable_improvement": improved, "reliable_deterioration": deteriorated,
        "no_reliable_change": paired and not improved and not deteriorated, "unclassified": finished and not paired,
        "within_6_weeks": finished and wait <= 42, "within_18_weeks": finished and wait <= 126,
    }  # fmt: skip


def round_up(score: float) -> float:
    """Whole hundredths, a gap left a gap."""
    return score if pd.isna(score) else float(round(score * 100))


def counted(flags: pd.DataFrame) -> dict[str, int]:
    """All of them."""
    return {name: int(count) for name, count in flags.sum().items()}


def counted_by(flags: pd.DataFrame, focus: pd.Series) -> dict[str, dict[str, int]]:
    """Each focus apart."""
    apart = flags.groupby(focus).sum()
    return {str(name): {kind: int(count) for kind, count in row.items()} for name, row in apart.iterrows()}


# Measuring --------------------------------------------------------------------------------------------------


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came out."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def measure(many: int, by_row: int, times: int) -> dict[str, Any]:
    """Both in turns; the median of each. Raises AssertionError when they count differently."""
    columns = courses(many)
    table = pd.DataFrame(columns)
    works = {
        "all, ours": lambda: dict(outcomes(columns).counts),
        "all, pandas": lambda: counted(with_pandas(table)),
        "by focus, ours": lambda: {
            name: dict(one.counts) for name, one in outcomes_by(columns, "focus").items()
        },
        "by focus, pandas": lambda: counted_by(with_pandas(table), table["focus"]),
    }
    runs = [{name: timed(work) for name, work in works.items()} for _ in range(times)]
    found = {name: run[1] for name, run in runs[0].items()}
    assert found["all, ours"] == found["all, pandas"], "pandas counts differently"
    assert found["by focus, ours"] == found["by focus, pandas"], "pandas counts differently by focus"
    some = table.head(by_row)
    slow, flags = timed(lambda: some.apply(one_course, axis=1, result_type="expand"))
    assert counted(flags) == outcomes({name: column[:by_row] for name, column in columns.items()}).counts
    seconds = {name: float(np.median([run[name][0] for run in runs])) for name in works}
    return {
        "courses": many, "seconds": seconds, "rows_applied": by_row,
        "seconds_row_by_row": slow * many / by_row,
        "ratio": {part: seconds[f"{part}, pandas"] / seconds[f"{part}, ours"] for part in ("all", "by focus")},
        "ratio_row_by_row": slow * many / by_row / seconds["all, ours"],
        "counts": found["all, ours"],
    }  # fmt: skip


def told(found: dict[str, Any]) -> str:
    """The table."""
    lines = [
        f"{found['courses']:,} courses, seconds, median; counts equal",
        f"{'':<12}{'Kithwork':>10}{'pandas':>10}{'ratio':>9}",
    ]
    for part, ratio in found["ratio"].items():
        ours, peers = (found["seconds"][f"{part}, {who}"] for who in ("ours", "pandas"))
        lines.append(f"{part:<12}{ours:>10.3f}{peers:>10.3f}{ratio:>8.1f}x")
    whole = found["rows_applied"] == found["courses"]
    how = "measured" if whole else f"computed from {found['rows_applied']:,} rows"
    lines.append(
        f"{'row by row':<12}{found['seconds']['all, ours']:>10.3f}{found['seconds_row_by_row']:>10.1f}"
        f"{found['ratio_row_by_row']:>8.0f}x   pandas' apply, {how}"
    )
    within = found["seconds"]["by focus, ours"] <= BAR_SECONDS
    lines.append(f"Within {BAR_SECONDS:g} s: {'yes' if within else 'NO'}.")
    least = min(found["ratio"].values())
    lines.append(
        f"{BAR_RATIO:g}x pandas on whole columns: {'yes' if least >= BAR_RATIO else f'NO, {least:.1f}x'}."
    )
    return "\n".join(lines)


def main() -> int:
    """Measure, print, and write JSON where it is asked for."""
    parser = argparse.ArgumentParser(
        description="A million courses by the national definitions, beside pandas."
    )
    parser.add_argument("--courses", type=int, default=1_000_000, help="how many (a million)")
    parser.add_argument("--times", type=int, default=5, help="runs of each (5)")
    parser.add_argument("--by-row", type=int, default=100_000, help="rows for pandas' apply (100,000)")
    parser.add_argument("--quick", action="store_true", help="a hundredth of it, to see that it runs")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    chosen = parser.parse_args()
    many = chosen.courses // 100 if chosen.quick else chosen.courses
    found = measure(many, min(many, chosen.by_row), chosen.times) | {"machine": how_busy()}
    print(f"{told(found)}\n{found['machine']}")
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0 if found["seconds"]["by focus, ours"] <= BAR_SECONDS else 1


if __name__ == "__main__":
    raise SystemExit(main())
