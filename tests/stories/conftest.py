"""A served demo clinic and a real browser for the stories."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import sync_playwright

from tests.server.running import ROOT, Server, environment

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
# Where a story answers in the server's place: a request that outlives its page goes by that in a page with a worker.
NO_WORKER = {"service_workers": "block"}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/stories" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo clinic, built once by the command that everybody uses."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    words = [sys.executable, "-m", "kithwork", "demo", "--no-serve", "--canaries", "--data", str(folder)]
    subprocess.run(words, env=environment(folder), check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="module")
def served(demo, tmp_path_factory):
    """A served copy of the demo clinic: what one story writes, no other sees."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(demo, folder)
    with Server(folder) as server:
        yield server


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("KITHWORK_CHROMIUM") or shutil.which("chromium"), args=ARGUMENTS
        )
        yield browser
        browser.close()


class Visits:
    """Opens browsers for people, and keeps every error that a page reports and every request that leaves."""

    def __init__(self, chromium, server):
        self.chromium, self.server, self.contexts = chromium, server, []
        accounts = json.loads((server.folder / "demo-accounts.json").read_text())
        self.passwords = {one["email"]: one["password"] for one in accounts}
        self.errors, self.elsewhere = [], []

    def open(self, who="", *, device=DESK, javascript=True, **more):
        """A page in a browser of its own; signed in, if somebody is named."""
        context = self.chromium.new_context(
            base_url=self.server.address, java_script_enabled=javascript, **{**device, **more}
        )
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._watch(request.url))
        if who:
            self.sign_in(page, who)
        return page

    def sign_in(self, page, who):
        email = who if "@" in who else f"{who}@demo.kithwork.example"
        page.goto("/sign-in/")
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", self.passwords[email])
        page.click("main button[type=submit], main form button:not([type=button])")

    def _note(self, message):
        # A refused form is answered with 409 or 422, which Chromium reports as an error of the network; so is a
        # network that a story has taken away.
        expected = ("the server responded with a status of 4", "net::ERR_INTERNET_DISCONNECTED")
        if message.type == "error" and not any(words in message.text for words in expected):
            self.errors.append(message.text)

    def _watch(self, url):
        if not url.startswith((self.server.address, "data:", "blob:")):
            self.elsewhere.append(url)

    def close(self):
        for context in self.contexts:
            context.close()


@pytest.fixture
def visits(chromium, served):
    """Browsers for a story; at its end no page may have reported an error, and nothing may have left."""
    opened = Visits(chromium, served)
    yield opened
    opened.close()
    assert (opened.errors, opened.elsewhere) == ([], [])
