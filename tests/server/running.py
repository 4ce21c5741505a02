"""A running Kithwork, and somebody with a browser's manners in front of it."""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.cookiejar import CookieJar
from pathlib import Path

from tests.cast import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30
DATABASES: dict[str, str] = {}  # addresses of these tests' own databases, where they run on PostgreSQL


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a server process on this folder sees: settings of an installation, not of the tests."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("KITHWORK_NOW", "DJANGO_"))
    }
    kept |= {
        "KITHWORK_DATA": str(folder),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),  # this tree, whatever is installed
        "KITHWORK_NOW": "2025-03-18T13:30:00+00:00",
    }
    kept.pop("KITHWORK_TEST_DATA", None)
    kept.pop("KITHWORK_SYNCHRONOUS", None)
    return kept | DATABASES | more


def seed(folder: Path) -> str:
    """Make an installation with the cast in it; gives Maya's course."""
    words = [sys.executable, "-m", "tests.server.seed"]
    done = subprocess.run(
        words, env=environment(folder), capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout.strip().splitlines()[-1]


@dataclass
class Server:
    """One server process with its children."""

    folder: Path
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        """Start, and wait for the first answer."""
        words = [sys.executable, "-m", "kithwork", "serve", "--port", str(self.port)]
        seen = environment(self.folder, **self.more)
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                words, env=seen, stdout=log, stderr=log, start_new_session=True, cwd=ROOT
            )
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
                return self
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if time.monotonic() > until or self.process.poll() is not None:
                    raise RuntimeError((self.folder / "server.log").read_text()) from None
                time.sleep(0.05)

    def kill(self) -> None:
        """kill -9, server and children at once."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> int:
        """Ask it to stop, and give its exit code."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill()


def letters(folder: Path) -> list[EmailMessage]:
    """Every letter in the mail folder. Two that were written in one second may share a file."""
    texts = (path.read_bytes() for path in sorted((folder / "mail").glob("*")))
    parts = (part for text in texts for part in text.split(b"\n" + b"-" * 79 + b"\n"))
    return [message_from_bytes(part, policy=default) for part in parts if part.strip()]


@dataclass
class Answer:
    """What came back, after redirects."""

    status: int
    text: str
    address: str


class Visitor:
    """Somebody with a cookie jar and the patience to read a form's token."""

    def __init__(self, server: Server, who: str = "", *, password: str = PASSWORD) -> None:
        self.server, self.password = server, password
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        if who:
            self.sign_in(who)

    def get(self, path: str) -> Answer:
        return self._answer(urllib.request.Request(self.server.address + path))

    def post(self, path: str, fields: Mapping[str, object]) -> Answer:
        """Post a form with this visitor's token; a key is made unless one is given."""
        body = {"key": secrets.token_urlsafe(24), **fields, "csrfmiddlewaretoken": self._token()}
        data = urllib.parse.urlencode(body, doseq=True).encode()
        return self._answer(urllib.request.Request(self.server.address + path, data=data))

    def sign_in(self, who: str) -> None:
        page = self.get("/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token, page.text
        email = f"{who}@demo.kithwork.example"
        self._token_value = token[1]
        answer = self.post("/sign-in/", {"login": email, "password": self.password})
        assert "/sign-in/" not in answer.address, answer.text
        self._token_value = next(cookie.value or "" for cookie in self.cookies if cookie.name == "csrftoken")

    def _token(self) -> str:
        return self._token_value

    def _answer(self, request: urllib.request.Request) -> Answer:
        try:
            with self.opener.open(request, timeout=30) as response:
                return Answer(response.status, response.read().decode(), response.geturl())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(), error.geturl())
