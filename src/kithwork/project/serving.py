"""Running the server and its worker."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from kithwork.project import setting_up
from kithwork.project.cli import Stop
from kithwork.project.data import DataFolder, folder_from_environment

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ROUND_SECONDS = 5
CHECKPOINT_SECONDS = 3600
START_SECONDS = 30


def serve(options: argparse.Namespace) -> int:
    """The production server; it refuses to start on what ``check`` finds unsafe."""
    folder = folder_from_environment()
    if not folder.kind:
        raise Stop(f"{folder.path} holds no installation. Make one with kithwork init, or try kithwork demo.")
    if folder.kind == "demo" and options.host not in LOOPBACK:
        raise Stop("The demo is served on this machine only. Leave out --host.")
    setting_up.start_django()
    from kithwork.project.checking import refuse_unsafe

    refuse_unsafe(host=options.host)
    return serve_folder(folder, options)


def serve_folder(folder: DataFolder, options: argparse.Namespace) -> int:
    """Migrate, gather the look's files, tidy up after a crash, then serve until told to stop."""
    setting_up.migrate()
    setting_up.collect_static(folder)
    setting_up.tidy_up()
    with _worker_beside():
        _granian(options.host, options.port, getattr(options, "workers", 1))
    return 0


def check_once(options: argparse.Namespace) -> int:
    """Serve, fetch the sign-in page, stop: what a build wants to know."""
    command = [sys.executable, "-m", "kithwork", "serve", "--host", options.host, "--port", str(options.port)]
    with subprocess.Popen(command) as server:
        try:
            page = _fetch(f"http://{options.host}:{options.port}/sign-in/")
        finally:
            server.send_signal(signal.SIGTERM)
    if b'name="login"' not in page:
        raise Stop("The server answered, but not with the sign-in page.")
    print("The sign-in page is served.")
    return 0


def worker(options: argparse.Namespace) -> int:
    """Remind, pass on what waits, erase what is due, send what goes out, work out what diaries can say; each hour,
    take a checkpoint of the trail, and work out the clinic's usual curves where they are due.

    Any number of these may run on PostgreSQL.
    """
    # A diary's matrices are small: several threads at each only wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    setting_up.start_django()
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    taken = 0.0
    parent = os.getppid()
    while not stop.is_set():
        _round()
        if time.monotonic() - taken > CHECKPOINT_SECONDS or not taken:
            _checkpoint()
            taken = time.monotonic()
        if options.once or (os.environ.get("KITHWORK_WORKER_BESIDE") and os.getppid() != parent):
            break
        stop.wait(ROUND_SECONDS)
    return 0


def _round() -> None:
    from kithwork.foundation import clock
    from kithwork.foundation.outbox.actions import send_waiting
    from kithwork.therapy.diary.worked_out import work_out_due
    from kithwork.therapy.my_data.erasing import erase_due
    from kithwork.therapy.reminders.rounds import post_due
    from kithwork.therapy.safety.going_on import pass_on_waiting

    post_due(now=clock.now())
    pass_on_waiting(now=clock.now())
    erase_due(now=clock.now())
    send_waiting(clock=clock.now)
    work_out_due(now=clock.now())


def _checkpoint() -> None:
    from kithwork.clinic.outcomes.curves import work_out_when_due
    from kithwork.foundation import clock
    from kithwork.foundation.trail.actions import take_checkpoint

    take_checkpoint(clock.now())
    work_out_when_due(now=clock.now())


@contextmanager
def _worker_beside() -> Iterator[None]:
    environment = {**os.environ, "KITHWORK_WORKER_BESIDE": "1"}
    beside = subprocess.Popen([sys.executable, "-m", "kithwork", "worker"], env=environment)
    try:
        yield
    finally:
        beside.terminate()
        beside.wait(timeout=10)


def _granian(host: str, port: int, workers: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    # Few threads keep SQLite's slowest saves quick; more workers are the way to grow.
    Server(
        "kithwork.project.wsgi:application", address=host, port=port, interface=Interfaces.WSGI,
        workers=workers, blocking_threads=2, log_level=LogLevels.warning, log_access=False,
        workers_kill_timeout=10,
    ).serve()  # fmt: skip


def _fetch(url: str) -> bytes:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 -- our own loopback address
                return bytes(answer.read())
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise Stop(f"No answer from {url}.") from None
            time.sleep(0.1)
