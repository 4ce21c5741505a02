"""Flags of a therapist who is away reach whoever stands in, on time and once, through workers that are killed."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import psycopg

from tests.server.running import DATABASES, ROOT, environment

FLAGS = 30

RAISE = f"""
from datetime import timedelta
from kithwork.project import setting_up
setting_up.start_django()
from kithwork.foundation import clock
from kithwork.foundation.accounts.models import Account, Clinic
from kithwork.foundation.trail.who import Who
from kithwork.ipt.protocols import get
from kithwork.therapy.course import standing_in
from kithwork.therapy.course.access import open_by_client_act
from kithwork.therapy.course.actions import open_new_course
from kithwork.therapy.safety.actions import flag_answer
from django.db import transaction

# Every process begins at the same moment by its own clock, and some take longer to begin: this one lies an hour back.
now = clock.now() - timedelta(hours=1)
joan, mira = (Account.objects.get(email=f"{{who}}@demo.kithwork.example") for who in ("joan", "mira"))
by = Who(kind="staff", id=joan.pk, name=joan.name, role="therapist")
protocol = {{"key": "ipt_16", **get("ipt_16").to_dict()}}
for n in range({FLAGS}):
    clinic = Clinic.objects.get()
    course = open_new_course(by=by, clinic=clinic, name=f"Client {{n}}", protocol=protocol, offered=16, now=now)
    client = open_by_client_act(course.client, course, now=now)
    with transaction.atomic():
        flag_answer(by=client, check_in=f"{{n:022d}}", asked="phq9_9", answer=1 + n % 3, before=None, owner=joan)
absence = standing_in.ask_to_stand_in(by=by, stands_in=mira, since=now, until=now + timedelta(days=7), now=now)
agrees = Who(kind="staff", id=mira.pk, name=mira.name, role="therapist")
standing_in.accept_standing_in(by=agrees, absence=absence, now=now)
"""

COUNT = """
import json
from kithwork.project import setting_up
setting_up.start_django()
from kithwork.foundation.accounts.models import Account
from kithwork.foundation.outbox.models import Outbox
from kithwork.foundation.trail.models import Event
from kithwork.therapy.safety.models import Flag
mira = Account.objects.get(email="mira@demo.kithwork.example")
flags = list(Flag._base_manager.filter(asked="phq9_9"))
print(json.dumps({
    "with_mira": sum(flag.owner == mira.pk for flag in flags),
    "on_time": sum(bool(flag.went_on_at) and flag.went_on_at <= flag.due_at for flag in flags),
    "passed_on": Event.objects.filter(act="safety.passed_on").count(),
    "courses": len(set(Event.objects.filter(act="safety.passed_on").values_list("chain", flat=True))),
    "letters": Outbox.objects.filter(template="message").count(),
    "unsent": Outbox.objects.filter(sent_at__isnull=True).count(),
}))
"""


def run(folder, program):
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, env=environment(folder), cwd=ROOT, check=True, capture_output=True)
    return done.stdout.decode()


def counted(folder):
    return json.loads(run(folder, COUNT))


def passed_on(folder):
    """How many went on so far, read past Kithwork from the database itself."""
    query = "SELECT count(*) FROM foundation_event WHERE act = 'safety.passed_on'"
    if DATABASES:
        with psycopg.connect(DATABASES["KITHWORK_DATABASE_URL"]) as database:
            return next(iter(database.execute(query)))[0]
    with closing(sqlite3.connect(folder / "data.sqlite3")) as database:
        return database.execute(query).fetchone()[0]


def worker(folder, *words):
    command = [sys.executable, "-m", "kithwork", "worker", *words]
    return subprocess.Popen(command, env=environment(folder), cwd=ROOT, stdout=subprocess.DEVNULL)


def kill_in_the_middle(folder, chance):
    begun_at, until = passed_on(folder), time.monotonic() + 30
    pair = [worker(folder), worker(folder)]
    while passed_on(folder) in (begun_at, begun_at + 1) and begun_at < FLAGS and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.01))
    for one in pair:
        os.kill(one.pid, signal.SIGKILL)
        one.wait()
    return passed_on(folder)


def test_thirty_flags_of_a_therapist_who_is_away_reach_the_deputy_once(folder, mayas):
    run(folder, RAISE)
    before = counted(folder)
    assert (before["with_mira"], before["passed_on"]) == (0, 0)
    chance = random.Random(36)

    # Two at a time, killed as soon as they have begun to work: in the middle of it.
    stopped_at = [kill_in_the_middle(folder, chance) for _ in range(2)]
    assert 0 < stopped_at[0] < FLAGS
    for one in [worker(folder, "--once"), worker(folder, "--once")]:
        assert one.wait(timeout=60) == 0

    after = counted(folder)
    assert (after["with_mira"], after["on_time"], after["passed_on"], after["courses"]) == (FLAGS,) * 4
    assert after["letters"] - before["letters"] == FLAGS
