"""Writes the page of the simulated diaries: every number that they are made of, and who says so.

./kithwork simulated     renew docs/reference/simulated-diaries.md
"""

from collections.abc import Iterator
from pathlib import Path

from kithwork.cycle.parameters import DAILY, STRONG, TWO_STATES, Described, described
from kithwork.cycle.service import SERVICE

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "simulated-diaries.md"
HEAD = """# What simulated diaries are made of

`./kithwork cycle simulate` makes courses of people who do not exist. Each number of the model stands here with what it
means and where it comes from; "assumption" says that nobody has measured it. SD are those of a person's own days,
unless it says otherwise.

This page is written from `src/kithwork/cycle` by `./kithwork simulated`.
"""
PARTS = (
    ("Days", "People as `--like daily` makes them.", DAILY),
    ("Check-ins and sessions", "The course around the diary.", SERVICE),
)
# Sets of the numbers of days in which some are others.
OTHERS = (
    (
        "A loop that one can see",
        "For teaching, `--like strong`. Real diaries are hardly ever like it.",
        STRONG,
    ),
    ("Two states that hold", "Low or well, and seldom in between; for teaching.", TWO_STATES),
)


def page() -> str:
    """The whole page."""
    usual = {one.name: one.value for one in described(DAILY)}
    told = [HEAD]
    for title, about, params in PARTS:
        told += [f"## {title}\n", f"{about}\n", *_table(list(described(params))), ""]
    for title, about, params in OTHERS:
        changed = [one for one in described(params) if one.value != usual[one.name]]
        told += [
            f"## {title}\n",
            f"{about} All other numbers are those of the days above.\n",
            *_table(changed),
            "",
        ]
    return "\n".join(told).rstrip() + "\n"


def _table(numbers: list[Described]) -> Iterator[str]:
    yield "| what | value | who says so |"
    yield "|---|---|---|"
    for one in numbers:
        yield f"| {one.means} (`{one.name}`) | {one.value:g} | {one.source} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
