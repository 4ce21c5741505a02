"""What waits to leave, leaves once, however many workers there are, and also after one of them was killed."""

import subprocess
import sys

from tests.server.running import ROOT, environment, letters

MESSAGES, WORKERS = 12, 3
POST = """
from kithwork.project import setting_up
setting_up.start_django()
from kithwork.foundation import clock
from kithwork.foundation.outbox.actions import post
for number in range({messages}):
    post("message", to=f"w{{number}}@example.org", link="/", now=clock.now(), once=f"{name}:{{number}}")
"""


def run(folder, *words, **more):
    return subprocess.Popen([sys.executable, *words], env=environment(folder, **more), cwd=ROOT)


def addressed(folder):
    return sorted(str(one["To"]) for one in letters(folder))


def test_three_workers_at_once_send_every_message_once(folder, tmp_path):
    program = POST.format(messages=MESSAGES, name=tmp_path.name)
    for _ in range(2):  # asked for twice under the same names
        assert run(folder, "-c", program).wait() == 0

    workers = [run(folder, "-m", "kithwork", "worker", "--once") for _ in range(WORKERS)]
    assert [one.wait() for one in workers] == [0] * WORKERS

    expected = sorted(f"w{number}@example.org" for number in range(MESSAGES))
    assert [one for one in addressed(folder) if one.startswith("w")] == expected


def test_a_worker_that_was_killed_before_it_sent_loses_nothing(folder, tmp_path):
    assert run(folder, "-c", POST.format(messages=1, name=f"killed-{tmp_path.name}")).wait() == 0
    claimed_and_killed = """
import os, signal
from kithwork.project import setting_up
setting_up.start_django()
from kithwork.foundation import clock
from kithwork.foundation.outbox import actions
assert actions._claim_next(clock.now())
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert run(folder, "-c", claimed_and_killed).wait() == -9

    assert run(folder, "-m", "kithwork", "worker", "--once").wait() == 0
    assert "w0@example.org" not in addressed(folder)
    later = {"KITHWORK_NOW": "2025-03-18T13:40:00+00:00"}
    assert run(folder, "-m", "kithwork", "worker", "--once", **later).wait() == 0
    assert addressed(folder).count("w0@example.org") == 1
