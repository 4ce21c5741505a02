"""A kill between the two databases' commits leaves nothing that start-up does not put right."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg

from tests.server.running import DATABASES, ROOT, Server, Visitor, environment

BEGUN_AND_KILLED = """
import os, signal
from kithwork.project import setting_up
setting_up.start_django()
from kithwork.foundation import clock
from kithwork.foundation.vault import erasure, sealing
from kithwork.therapy.course.models import Course
if {what!r} == "create":
    sealing.create_key("cut-off-client", now=clock.now())
else:
    erasure.ask_erasure(Course.objects.get(pk={course!r}).client_id, now=clock.now())
os.kill(os.getpid(), signal.SIGKILL)
"""


def run_and_kill(folder, what, course):
    words = [sys.executable, "-c", BEGUN_AND_KILLED.format(what=what, course=course)]
    killed = subprocess.run(words, env=environment(folder), check=False, cwd=ROOT, capture_output=True)
    assert killed.returncode == -9, killed.stderr.decode()


def keys(folder):
    """The clients that have a key, read past Kithwork from the database itself."""
    query = "SELECT client FROM foundation_clientkey"
    if DATABASES:
        with psycopg.connect(DATABASES["KITHWORK_KEYS_URL"]) as database:
            return {row[0] for row in database.execute(query)}
    with closing(sqlite3.connect(folder / "keys.sqlite3")) as database:
        return {row[0] for row in database.execute(query)}


def test_a_key_without_a_client_is_swept_an_hour_later(folder, mayas):
    before = keys(folder)
    run_and_kill(folder, "create", mayas)
    assert keys(folder) == before | {"cut-off-client"}

    with Server(folder, more={"KITHWORK_NOW": "2025-03-18T15:30:00+00:00"}) as running:
        assert Visitor(running, "maya").get("/me/diary/").status == 200

    assert keys(folder) == before


def test_an_erasure_that_was_begun_is_finished_at_the_next_start(folder, mayas):
    before = keys(folder)
    run_and_kill(folder, "erase", mayas)
    assert keys(folder) == before

    with Server(folder) as running:
        page = Visitor(running, "joan").get(f"/course/{mayas}/diary/")

    assert (page.status, len(keys(folder))) == (200, len(before) - 1)
