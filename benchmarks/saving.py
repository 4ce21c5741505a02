"""How long the server takes to save and to show, beside a bare Django project on the same work in the same run.

    .venv/bin/python benchmarks/saving.py

Measured are a diary save, a check-in save (one item answered), the client's page as her therapist opens it, and
the client's Today, on the demo clinic's data with synchronous=FULL. The peer is benchmarks/bare: Django 5.2, words in
clear, no trail, no sharing; the same pragmas, the same server with the same settings. Times are wall times of one
request over a kept-alive loopback connection: they include loopback, and the reading of the whole answer.
"""

# ruff: noqa: T201 -- it talks to the person at the terminal

import argparse
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.asking import Person, expect
from benchmarks.bare.prepare import EMAIL, PASSWORD
from benchmarks.serving import Demo, bare_django_served, course_of
from benchmarks.timing import Measured, Times, in_turns, sync_time, this_machine

BAR_MS = 25.0
ON = "2025-03-18"
NOTES = """\
{times} requests each after {warm_up} to warm up, in alternating blocks of {block}. SQLite, synchronous=FULL.
Wall time of one request over a kept-alive loopback connection, loopback included.
One synced write of 4 KiB on this disk: median {synced.median:.1f} ms, p95 {synced.p95:.1f} ms.
{machine}
The peer, benchmarks/bare, saves one row in clear, and lists sixty rows where we show a page."""
WORDS = "Sam was quiet at breakfast and I didn’t ask why. Felt shut out."


@dataclass(frozen=True)
class Task:
    """One thing that both servers do."""

    name: str
    ours: Measured
    peers: Measured


def tasks(demo: Demo, our_port: int, peers_port: int) -> Iterator[Task]:
    """Pages first: they are to be measured on the demo's data, not on two hundred entries more."""
    maya, joan, other = demo.sign_in(our_port, "maya"), demo.sign_in(our_port, "joan"), Person(peers_port)
    other.sign_in(username=EMAIL, password=PASSWORD)
    lists_sixty = _page(other, "/diary/")
    yield Task("client page, her therapist", _page(joan, course_of(joan, "Maya Ellis")), lists_sixty)
    yield Task("Today, the client", _page(maya, "/me/"), lists_sixty)
    numbers = count()
    yield Task(
        "diary save",
        _form(maya, "/me/diary/", lambda: {"key": _key(), **_entry(next(numbers))}),
        _form(other, "/diary/", lambda: {**_entry(next(numbers)), "on_my_own": ""}),
    )
    yield Task(
        "check-in save, one item",
        _form(maya, _begun_check_in(maya), lambda: {"key": _key(), **_answer(next(numbers))}),
        _form(other, "/answer/", lambda: _answer(next(numbers))),
    )


def _page(person: Person, path: str) -> Measured:
    return lambda: expect(person.get(path), 200).seconds


def _form(person: Person, path: str, fields: Callable[[], dict[str, str]]) -> Measured:
    return lambda: expect(person.post(path, fields()), 302).seconds


def _key() -> str:
    return secrets.token_urlsafe(24)


def _entry(n: int) -> dict[str, str]:
    mood = str(1 + n % 5)
    return {
        "on": ON,
        "mood": mood,
        "words": f"{WORDS} ({n})",
        "sharing": "shared",
        "words_sharing": "just-me",
    }


def _answer(n: int) -> dict[str, str]:
    # Never item 9: its answers raise a flag and write a letter, which is more work than one answer.
    return {"item": str(1 + n % 8), "answer": str(n % 4)}


def _begun_check_in(maya: Person) -> str:
    goes_to = expect(maya.post("/me/check-in/", {"key": _key()}), 302).goes_to
    return goes_to.partition("?")[0]


def measure(folder: Path, options: argparse.Namespace) -> list[tuple[Task, Times, Times]]:
    """Build, serve and measure both."""
    demo = Demo.build(folder / "demo")
    turns = {"warm_up": options.warm_up, "times": options.times, "block": options.block}
    with demo.served() as our_port, bare_django_served(folder / "bare") as peers_port:
        return [
            (task, *in_turns(task.ours, task.peers, **turns)) for task in tasks(demo, our_port, peers_port)
        ]


def report(found: list[tuple[Task, Times, Times]]) -> Iterator[str]:
    """The table, line by line."""
    yield f"{'milliseconds':<28}{'Kithwork':>16}{'bare Django':>18}{'ratio':>8}   within {BAR_MS:g} ms"
    yield f"{'':<28}{'median':>9}{'p95':>7}{'median':>11}{'p95':>7}"
    for task, ours, peers in found:
        within = "yes" if ours.median <= BAR_MS else "NO"
        yield (
            f"{task.name:<28}{ours.median:>9.1f}{ours.p95:>7.1f}{peers.median:>11.1f}{peers.p95:>7.1f}"
            f"{ours.median / peers.median:>8.1f}   {within}"
        )


def options() -> argparse.ArgumentParser:
    """What may be chosen."""
    parser = argparse.ArgumentParser(
        description="Server time of saving and showing, beside a bare Django project."
    )
    parser.add_argument("--times", type=int, default=200, help="measurements of each (200)")
    parser.add_argument("--warm-up", type=int, default=20, help="requests of each before measuring (20)")
    parser.add_argument("--block", type=int, default=20, help="requests of one before the other's turn (20)")
    parser.add_argument(
        "--on", type=Path, help="a folder on the disk to measure; else the system's temporary one"
    )
    return parser


def main() -> int:
    """Measure and print; 1 when a median of ours is beyond the bar."""
    chosen = options().parse_args()
    with tempfile.TemporaryDirectory(prefix="kithwork-benchmark-", dir=chosen.on) as name:
        synced = sync_time(Path(name))
        found = measure(Path(name), chosen)
    print("\n".join(report(found)))
    print(f"\n{NOTES.format(**vars(chosen), synced=synced, machine=this_machine())}")
    return 0 if all(ours.median <= BAR_MS for _, ours, _ in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
