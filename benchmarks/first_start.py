"""How long somebody waits for Kithwork: the first start of the demo clinic, and every start after it.

    .venv/bin/python benchmarks/first_start.py                  this checkout, a new demo folder
    .venv/bin/python benchmarks/first_start.py --fresh-clone    a new clone, its environment set up as well

"whole" is ``./kithwork demo --check`` from start to end: set up what is missing, build the demo if there is none,
serve, fetch the sign-in page, stop. "first answer" is ``./kithwork demo`` until it gives the sign-in page.
"""

# ruff: noqa: S603, T201 -- it starts our own programs, and talks to the person at the terminal

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.serving import ROOT, environment, free_port, running
from benchmarks.timing import this_machine

FIRST_BAR_SECONDS = 90.0
NEXT_BAR_SECONDS = 4.0


def whole(place: Path, data: Path) -> float:
    """``./kithwork demo --check``, in seconds."""
    began = time.perf_counter()
    words = [*_demo(place, data, free_port()), "--check"]
    subprocess.run(words, check=True, cwd=place, env=environment(), stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def first_answer(place: Path, data: Path) -> float:
    """``./kithwork demo`` until its sign-in page is there, in seconds."""
    port = free_port()
    with running(_demo(place, data, port), port=port, log=data.parent / "log") as seconds:
        return seconds


def _demo(place: Path, data: Path, port: int) -> list[str]:
    return [str(place / "kithwork"), "demo", "--port", str(port), "--data", str(data)]


def measure(folder: Path, *, fresh_clone: bool, times: int) -> Iterator[str]:
    """Measure, and tell each number as it is known."""
    place, data = ROOT, folder / "demo"
    if fresh_clone:
        place = folder / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(place)], check=True)  # noqa: S607 -- git by name
    yield _line("first start, whole", whole(place, data), FIRST_BAR_SECONDS)
    for _ in range(times):
        yield _line("next start, first answer", first_answer(place, data), NEXT_BAR_SECONDS)
    yield f"{'next start, whole':<26}{whole(place, data):>6.1f} s   (stopping included)"


def _line(what: str, seconds: float, bar: float) -> str:
    return f"{what:<26}{seconds:>6.1f} s   {'within' if seconds <= bar else 'BEYOND'} {bar:g} s"


def main() -> int:
    """Measure and print; 1 when something takes longer than it may."""
    parser = argparse.ArgumentParser(description="How long somebody waits for Kithwork to start.")
    parser.add_argument(
        "--fresh-clone", action="store_true", help="measure a new clone of what is committed here"
    )
    parser.add_argument("--times", type=int, default=3, help="how many next starts (3)")
    chosen = parser.parse_args()
    lines: list[str] = []
    with tempfile.TemporaryDirectory(prefix="kithwork-benchmark-") as name:
        for line in measure(Path(name), fresh_clone=chosen.fresh_clone, times=chosen.times):
            print(line, flush=True)
            lines.append(line)
    print(this_machine())
    return 1 if any("BEYOND" in line for line in lines) else 0


if __name__ == "__main__":
    raise SystemExit(main())
