"""How long a therapist's pages take with sixty clients of sixteen sessions, beside a bare Django project.

    .venv/bin/python benchmarks/desk.py

Measured are Today, the caseload, and of one course the page before a session, the overview, the room of the next
session and the formulation, for a therapist with sixty clients more than the demo clinic gives her: each of sixteen
sessions held and the next one planned, twelve of them today, one in three with little change; with synchronous=FULL.
Today and the caseload each commit one event on every course's trail before they read. They keep what they read of a
course until something is done in it, so before each of them something is done in one of the sixty, outside the time;
what they take where something was done in every course is measured too.
The peer is benchmarks/bare: one page that lists sixty rows in clear, without trail and sharing, on the same server.
Times are wall times of one request over a kept-alive loopback connection.
"""

# ruff: noqa: T201, S603 -- it talks to the person at the terminal, and starts our own program

import argparse
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.asking import Person, expect
from benchmarks.bare.prepare import EMAIL, PASSWORD
from benchmarks.serving import ROOT, Demo, bare_django_served, environment
from benchmarks.sixty import HELD
from benchmarks.timing import Measured, Times, in_turns, sync_time, this_machine

CLIENTS = 60
FEWER = {"Today, all read anew": 10}  # sixty acts before each take their time
BAR_MS = {"Today": 30.0, "before a session": 30.0}
NOTES = """\
{times} requests each (a tenth for all read anew) after {warm_up} to warm up, in alternating blocks of {block}.
SQLite, synchronous=FULL.
Wall time of one request over a kept-alive loopback connection, loopback included.
One synced write of 4 KiB on this disk: median {synced.median:.1f} ms, p95 {synced.p95:.1f} ms.
{machine}
The peer, benchmarks/bare, lists sixty rows."""


def pages(joan: Person) -> dict[str, Measured]:
    """What is measured; the client is one of the sixty."""
    caseload = expect(joan.get("/clinic/caseload/"), 200).text
    courses = re.findall(r'href="(/course/[\w-]{22,}/)"[^>]*>Client \d\d<', caseload)
    if len(courses) != CLIENTS:
        raise RuntimeError("The sixty are not on this caseload.")
    one, turn = courses[0], cycle(courses)
    return {
        "Today": _page(joan, "/clinic/", after=lambda: _add_to_agenda(joan, next(turn))),
        "Today, all read anew": _page(
            joan, "/clinic/", after=lambda: [_add_to_agenda(joan, course) for course in courses]
        ),
        "caseload": _page(joan, "/clinic/caseload/?show=all", after=lambda: _add_to_agenda(joan, next(turn))),
        "before a session": _page(joan, f"{one}prepare/"),
        "overview": _page(joan, one),
        "session room": _page(joan, f"{one}sessions/{HELD + 1}/"),
        "formulation": _page(joan, f"{one}formulation/"),
    }


def _page(person: Person, path: str, *, after: Callable[[], object] = lambda: None) -> Measured:
    def asked() -> float:
        after()
        return expect(person.get(path), 200).seconds

    return asked


def _add_to_agenda(joan: Person, course: str) -> None:
    form = {"key": secrets.token_urlsafe(24), "item": "The letter"}
    expect(joan.post(f"{course}to-talk-about/", form), 302)


def measure(folder: Path, options: argparse.Namespace) -> Iterator[tuple[str, Times, Times]]:
    """Build, serve and measure both."""
    demo = Demo.build(folder / "demo")
    words = [sys.executable, "-m", "benchmarks.sixty", str(CLIENTS)]
    subprocess.run(words, env=environment(KITHWORK_DATA=str(demo.folder)), cwd=ROOT, check=True)
    with demo.served() as our_port, bare_django_served(folder / "bare") as peers_port:
        joan, other = demo.sign_in(our_port, "joan"), Person(peers_port)
        other.sign_in(username=EMAIL, password=PASSWORD)
        for name, ours in pages(joan).items():
            turns = {
                each: max(1, getattr(options, each) // FEWER.get(name, 1))
                for each in ("warm_up", "times", "block")
            }
            yield name, *in_turns(ours, _page(other, "/diary/"), **turns)


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
