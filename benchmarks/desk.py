"""How long a therapist's pages take with sixty clients of sixteen sessions, beside a bare Django project.

    .venv/bin/python benchmarks/desk.py

Measured are Today, the caseload, and of one course the page before a session, the overview, the room of the next
session and the formulation, for a therapist with sixty clients more than the demo clinic gives her: each of sixteen
sessions held and the next one planned, twelve of them today, one in three with little change; with synchronous=FULL.
Today and the caseload each commit one event on every course's trail before they read.
The peer is benchmarks/bare: one page that lists sixty rows in clear, without trail and sharing, on the same server.
Times are wall times of one request over a kept-alive loopback connection.
"""

# ruff: noqa: T201, S603 -- it talks to the person at the terminal, and starts our own program

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.asking import Person, expect
from benchmarks.bare.prepare import EMAIL, PASSWORD
from benchmarks.serving import ROOT, Demo, bare_django_served, environment
from benchmarks.sixty import HELD
from benchmarks.timing import Measured, Times, in_turns, sync_time, this_machine

CLIENTS = 60
BAR_MS = {"Today": 30.0, "before a session": 30.0}
NOTES = """\
{times} requests each after {warm_up} to warm up, in alternating blocks of {block}. SQLite, synchronous=FULL.
Wall time of one request over a kept-alive loopback connection, loopback included.
One synced write of 4 KiB on this disk: median {synced.median:.1f} ms, p95 {synced.p95:.1f} ms.
{machine}
The peer, benchmarks/bare, lists sixty rows."""


def pages(joan: Person) -> dict[str, str]:
    """What is measured, each with its address; the client is one of the sixty."""
    caseload = expect(joan.get("/clinic/caseload/"), 200).text
    found = re.search(r'href="(/course/[\w-]{22,}/)"[^>]*>Client 01<', caseload)
    if found is None:
        raise RuntimeError("The sixty are not on this caseload.")
    return {
        "Today": "/clinic/",
        "caseload": "/clinic/caseload/?show=all",
        "before a session": f"{found[1]}prepare/",
        "overview": found[1],
        "session room": f"{found[1]}sessions/{HELD + 1}/",
        "formulation": f"{found[1]}formulation/",
    }


def _page(person: Person, path: str) -> Measured:
    return lambda: expect(person.get(path), 200).seconds


def measure(folder: Path, options: argparse.Namespace) -> Iterator[tuple[str, Times, Times]]:
    """Build, serve and measure both."""
    demo = Demo.build(folder / "demo")
    words = [sys.executable, "-m", "benchmarks.sixty", str(CLIENTS)]
    subprocess.run(words, env=environment(KITHWORK_DATA=str(demo.folder)), cwd=ROOT, check=True)
    turns = {"warm_up": options.warm_up, "times": options.times, "block": options.block}
    with demo.served() as our_port, bare_django_served(folder / "bare") as peers_port:
        joan, other = demo.sign_in(our_port, "joan"), Person(peers_port)
        other.sign_in(username=EMAIL, password=PASSWORD)
        for name, path in pages(joan).items():
            yield name, *in_turns(_page(joan, path), _page(other, "/diary/"), **turns)


def report(found: list[tuple[str, Times, Times]]) -> Iterator[str]:
    """The table, line by line."""
    yield f"{'milliseconds':<20}{'Kithwork':>16}{'bare Django':>18}{'ratio':>8}"
    yield f"{'':<20}{'median':>9}{'p95':>7}{'median':>11}{'p95':>7}"
    for name, ours, peers in found:
        row = f"{name:<20}{ours.median:>9.1f}{ours.p95:>7.1f}{peers.median:>11.1f}{peers.p95:>7.1f}"
        bar = BAR_MS.get(name)
        within = f"   within {bar:g} ms: {'yes' if ours.median <= bar else 'NO'}" if bar else ""
        yield f"{row}{ours.median / peers.median:>8.1f}{within}"


def options() -> argparse.ArgumentParser:
    """What may be chosen."""
    parser = argparse.ArgumentParser(description="Server time of a therapist's pages with sixty clients.")
    parser.add_argument("--times", type=int, default=200, help="measurements of each (200)")
    parser.add_argument("--warm-up", type=int, default=20, help="requests of each before measuring (20)")
    parser.add_argument("--block", type=int, default=20, help="requests of one before the other's turn (20)")
    parser.add_argument("--on", type=Path, help="a folder on the disk to measure; else the temporary one")
    return parser


def main() -> int:
    """Measure and print; 1 when a median of ours is beyond its bar."""
    chosen = options().parse_args()
    with tempfile.TemporaryDirectory(prefix="kithwork-benchmark-", dir=chosen.on) as name:
        synced = sync_time(Path(name))
        found = list(measure(Path(name), chosen))
    print("\n".join(report(found)))
    print(f"\n{NOTES.format(**vars(chosen), synced=synced, machine=this_machine())}")
    return 0 if all(ours.median <= BAR_MS.get(page, ours.median) for page, ours, _ in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
