"""How long a million courses take to count by the national definitions, beside pandas on the same courses in one run.

    ./kithwork measure outcomes
    ./kithwork measure outcomes --quick

Counted are all courses, and each focus apart; by the plain engine first, and again when the compiled one is ready. The
peer is what a service's analyst would write from the definitions, on whole columns with ``groupby`` and row by row with
``apply``. Counts have to be equal, or no time is printed.

Words, those of measure and focus, come in four forms. *As each reads them*: text of fixed width for ours, as
`kithwork outcomes` reads a file, and pandas' own ``str`` for the peer. In the others one and the same data frame is
handed to both: with ``str``, with Python's strings, and with words that were numbered beforehand as categories.
Ends with 1 beyond 2 s.
"""

# ruff: noqa: T201 -- it talks to the person at the terminal

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.timing import this_machine
from kithwork.change import outcomes, outcomes_by, warm_up

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
    measure = table["anxiety_measure"]
    cut, change = (measure.map(row).astype(float).mul(100).round() for row in (CUT, RELIABLE))
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

Work = Callable[[], Any]


@dataclass(frozen=True)
class Took:
    """Seconds of one piece of work, the medians of its runs: by the clock, and of all processors together."""

    clock: float
    processors: float


@dataclass(frozen=True)
class Pair:
    """One piece of work done by both, in turns."""

    form: str
    part: str
    engine: str
    ours: Took
    pandas: Took

    @property
    def ratio(self) -> float:
        """How many times longer pandas takes, by the clock."""
        return self.pandas.clock / self.ours.clock


def forms(columns: dict[str, Any]) -> dict[str, tuple[Any, pd.DataFrame]]:
    """The courses as ours gets them and as pandas does."""
    frame = pd.DataFrame(columns)

    def words(kind: Any) -> tuple[Any, pd.DataFrame]:
        same = frame.assign(**{name: frame[name].astype(kind) for name in ("anxiety_measure", "focus")})
        return same, same

    return {
        "as each reads them": (columns, frame),
        "one frame, str": (frame, frame),
        "one frame, strings": words(object),
        "one frame, categories": words("category"),
    }


def works(ours: Any, table: pd.DataFrame) -> dict[str, tuple[Work, Work]]:
    """Both ways to count all courses, and each focus apart."""

    def apart() -> dict[str, dict[str, int]]:
        return {name: dict(one.counts) for name, one in outcomes_by(ours, "focus").items()}

    return {
        "all": (lambda: dict(outcomes(ours).counts), lambda: counted(with_pandas(table))),
        "by focus": (apart, lambda: counted_by(with_pandas(table), table["focus"])),
    }


def timed(work: Work) -> tuple[Took, Any]:
    """Seconds, and what came out."""
    clock, processors = time.perf_counter(), time.process_time()
    found = work()
    return Took(time.perf_counter() - clock, time.process_time() - processors), found


def in_pairs(form: str, part: str, engine: str, both: tuple[Work, Work], times: int) -> Pair:
    """Let both count in turns. Raises AssertionError when they count differently."""
    ours, peers = both
    assert ours() == peers(), f"pandas counts differently: {form}, {part}"
    runs = [(timed(ours)[0], timed(peers)[0]) for _ in range(times)]
    return Pair(form, part, engine, *map(median, zip(*runs, strict=True)))


def median(runs: Sequence[Took]) -> Took:
    """The median by each clock."""
    return Took(*(statistics.median(seconds) for seconds in zip(*map(astuple, runs), strict=True)))


def measure(many: int, by_row: int, times: int) -> dict[str, Any]:
    """The plain engine beside pandas, then the compiled one; and pandas row by row."""
    columns = courses(many)
    given = {form: works(*both) for form, both in forms(columns).items()}
    pairs, ready = [], 0.0
    for engine in ("plain", "compiled"):
        if engine == "compiled":
            began = time.perf_counter()
            if warm_up() != engine:
                break
            ready = time.perf_counter() - began
        for form, parts in given.items():
            pairs += [in_pairs(form, part, engine, both, times) for part, both in parts.items()]
    some = {name: column[:by_row] for name, column in columns.items()}
    took, flags = timed(lambda: pd.DataFrame(some).apply(one_course, axis=1, result_type="expand"))
    assert counted(flags) == outcomes(some).counts, "pandas counts differently row by row"
    return {
        "courses": many, "times": times, "seconds_to_compile": ready,
        "pairs": [asdict(pair) | {"ratio": pair.ratio} for pair in pairs],
        "rows_applied": by_row, "seconds_row_by_row": took.clock * many / by_row,
        "counts": dict(outcomes(columns).counts), "pandas": pd.__version__,
    }  # fmt: skip


def told(found: dict[str, Any]) -> str:
    """The table."""
    lines = [
        f"{found['courses']:,} courses, seconds, median of {found['times']}; counts equal; pandas {found['pandas']}",
        f"{'':<34}{'engine':<10}{'Kithwork':>10}{'pandas':>10}{'ratio':>9}   by processor time",
    ]
    for pair in found["pairs"]:
        ours, peers = pair["ours"], pair["pandas"]
        lines.append(
            f"{pair['form'] + ', ' + pair['part']:<34}{pair['engine']:<10}{ours['clock']:>10.3f}{peers['clock']:>10.3f}"
            f"{pair['ratio']:>8.1f}x{peers['processors'] / ours['processors']:>8.1f}x"
        )
    last = natural(found)
    whole = found["rows_applied"] == found["courses"]
    how = "measured" if whole else f"computed from {found['rows_applied']:,} rows"
    ours = last[0]["ours"]["clock"]
    slow = found["seconds_row_by_row"]
    what = f"{'row by row with apply, all':<34}{last[0]['engine']:<10}"
    lines.append(f"{what}{ours:>10.3f}{slow:>10.1f}{slow / ours:>8.0f}x   {how}")
    lines.append(f"The compiled engine was ready after {found['seconds_to_compile']:.1f} s.")
    lines.append(f"Within {BAR_SECONDS:g} s: {'yes' if within(found) else 'NO'}.")
    least = min(pair["ratio"] for pair in last)
    verdict = "yes" if least >= BAR_RATIO else f"NO, {least:.1f}x"
    lines.append(f"{BAR_RATIO:g}x pandas on whole columns, {last[0]['form']}: {verdict}.")
    return "\n".join(lines)


def natural(found: dict[str, Any]) -> list[dict[str, Any]]:
    """All and by focus, in the form that each reads, by the best engine that is installed."""
    engine = found["pairs"][-1]["engine"]
    return [p for p in found["pairs"] if (p["form"], p["engine"]) == ("as each reads them", engine)]


def within(found: dict[str, Any]) -> bool:
    """Tell whether the seconds are met, by whichever engine and form is slowest."""
    return max(pair["ours"]["clock"] for pair in found["pairs"]) <= BAR_SECONDS


def main() -> int:
    """Measure, print, and write JSON where it is asked for."""
    parser = argparse.ArgumentParser(
        description="A million courses by the national definitions, beside pandas."
    )
    parser.add_argument("--courses", type=int, default=1_000_000, help="how many (a million)")
    parser.add_argument("--times", type=int, default=7, help="runs of each (7)")
    parser.add_argument("--by-row", type=int, default=100_000, help="rows for pandas' apply (100,000)")
    parser.add_argument("--quick", action="store_true", help="a hundredth of it, to see that it runs")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    chosen = parser.parse_args()
    many = chosen.courses // 100 if chosen.quick else chosen.courses
    found = measure(many, min(many, chosen.by_row), chosen.times) | {"machine": this_machine()}
    print(f"{told(found)}\n{found['machine']}")
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0 if within(found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
