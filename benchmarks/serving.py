"""Starting what is measured: Kithwork with its demo clinic, and a bare Django project as its peer."""

# ruff: noqa: S603 -- it starts our own programs

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.asking import Person, expect

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 30
PATH = os.pathsep.join([str(ROOT), str(ROOT / "src")])  # this checkout, whatever is installed beside it
NOW = "2025-03-18T13:30:00+00:00"  # the afternoon that the demo clinic's story is told from


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**more: str) -> dict[str, str]:
    """Nothing but the plain settings of an installation, whatever the caller's shell says."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("KITHWORK_", "DJANGO_"))
    }
    return {**kept, "KITHWORK_NOW": NOW, "PYTHONPATH": PATH, **more}


@contextmanager
def running(words: Sequence[str], *, port: int, log: Path, **more: str) -> Iterator[float]:
    """Run a server until the block ends; gives the seconds from its start to its first answer."""
    began = time.perf_counter()
    with log.open("ab") as output:
        server = subprocess.Popen(words, env=environment(**more), cwd=ROOT, stdout=output, stderr=output)
    try:
        wait_for_answer(port, server)
        yield time.perf_counter() - began
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for_answer(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Until the sign-in page is there. Raises RuntimeError when the server stopped, or takes too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        if _answers(port):
            return
        time.sleep(0.02)
    raise RuntimeError("The server gave no answer.")


def _answers(port: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/sign-in/")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False


# Kithwork ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Demo:
    """A demo clinic on disk."""

    folder: Path

    @classmethod
    def build(cls, folder: Path) -> "Demo":
        """Build it with the command that everybody uses."""
        words = [sys.executable, "-m", "kithwork", "demo", "--no-serve", "--data", str(folder)]
        subprocess.run(words, env=environment(), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return cls(folder)

    @contextmanager
    def served(self) -> Iterator[int]:
        """Serve it as an installation is served; gives the port."""
        port = free_port()
        words = [sys.executable, "-m", "kithwork", "serve", "--port", str(port), "--data", str(self.folder)]
        with running(words, port=port, log=self.folder.parent / "kithwork.log"):
            yield port

    def sign_in(self, port: int, who: str) -> Person:
        """A browser in which one of the demo's people is signed in."""
        accounts = json.loads((self.folder / "demo-accounts.json").read_text())
        account = next(one for one in accounts if one["email"].startswith(f"{who}@"))
        person = Person(port)
        person.sign_in(login=account["email"], password=account["password"])
        return person


def course_of(therapist: Person, name: str) -> str:
    """The address of one client's page, found on the therapist's own caseload."""
    caseload = expect(therapist.get("/clinic/caseload/"), 200).text
    courses: list[str] = re.findall(r"/course/[\w-]{22,}/", caseload)
    for course in dict.fromkeys(courses):
        if name in expect(therapist.get(course), 200).text:
            return course
    raise RuntimeError(f"{name} is not on this caseload.")


# The peer ---------------------------------------------------------------------------------------------------


@contextmanager
def bare_django_served(folder: Path) -> Iterator[int]:
    """Make the bare project's database in a folder, and serve it; gives the port."""
    folder.mkdir()
    more = {"BARE_FOLDER": str(folder), "DJANGO_SETTINGS_MODULE": "benchmarks.bare.settings"}
    subprocess.run(
        [sys.executable, "-m", "benchmarks.bare.prepare"], env=environment(**more), cwd=ROOT, check=True
    )
    port = free_port()
    with running(
        [sys.executable, "-m", "benchmarks.bare.serve", str(port)], port=port, log=folder / "log", **more
    ):
        yield port
