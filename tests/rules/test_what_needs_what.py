"""The method and the questionnaires run on Python alone, the numbers on NumPy and SciPy: held in bare interpreters."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parents[2] / "src"
# Whatever else is installed beside them cannot be imported: the interpreter starts without site packages (-S -I), finds
# our sources and, for the numbers, lets NumPy and SciPy through alone.
ALONE = """
import sys
from importlib.machinery import PathFinder

class OnlyThese:
    def find_spec(self, name, path=None, target=None):
        if path is None and name.split(".")[0] in {allowed!r}:
            return PathFinder.find_spec(name, {where!r})

sys.path.insert(0, {sources!r})
sys.meta_path.append(OnlyThese())
for missing in ("django", "numba", "pyarrow", "pandas", "statsmodels", "dask", *{forbidden!r}):
    try:
        __import__(missing)
    except ImportError:
        continue
    raise SystemExit(missing + " is there")
"""
EVERY_MODULE = """
import importlib, pkgutil
from pathlib import Path
package = importlib.import_module({package!r})
names = [one.name for one in pkgutil.walk_packages(package.__path__, {package!r} + ".") if ".tests" not in one.name]
for name in names:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as lacking:
        if lacking.name.split(".")[0] not in {extras!r}:
            raise
print(len(names) > 3)
"""
WORKS = {
    "ipt": "from kithwork.ipt import protocols\nprint(bool(protocols))",
    "instruments": "from kithwork.instruments import score\nprint(score('phq9', [1] * 9).total == 9)",
    "change": (
        "from kithwork.change import outcomes\n"
        "ended = {'phq9_first': [18], 'phq9_last': [6], 'anxiety_first': [14], 'anxiety_last': [5]}\n"
        "print(outcomes(ended | {'treatment_contacts': [8], 'ended': [True]}).counts['recovery'] == 1)"
    ),
    "cycle": (
        "from kithwork.cycle import fit_cycles\n"
        "from kithwork.cycle.known_arrows import known_arrows\n"
        "found = fit_cycles(known_arrows(1, 30, seed=1).y, draws=4, burn=2)\n"
        "print(found.engine == 'plain' and found.a_mean.shape == (1, 5, 5))"
    ),
}
NUMBERS = ("numpy", "scipy")
# Compiled engines and the cluster are extras: a module that is for one of them may lack that one.
EXTRAS = {"change": ("numba",), "cycle": ("numba", "llvmlite", "pyarrow", "dask", "distributed")}


def where_numbers_live() -> list[str]:
    places = [find_spec(name).origin for name in NUMBERS]
    return sorted({str(Path(place or "").parents[1]) for place in places})


@pytest.mark.parametrize("package", WORKS)
def test_a_pure_package_runs_with_nothing_else(package):
    allowed = NUMBERS if package in ("change", "cycle") else ()
    program = ALONE.format(
        allowed=allowed,
        where=where_numbers_live() if allowed else [],
        sources=str(SOURCES),
        forbidden=() if allowed else NUMBERS,
    )
    program += (
        EVERY_MODULE.format(package=f"kithwork.{package}", extras=EXTRAS.get(package, ())) + WORKS[package]
    )

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False
    )

    assert (done.stderr, done.stdout) == ("", "True\nTrue\n")
