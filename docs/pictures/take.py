"""Take the README's two pictures from the served demo clinic.

    .venv/bin/python docs/pictures/take.py

Needs Chromium on the path, or its name in KITHWORK_CHROMIUM.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.asking import Person
from benchmarks.serving import Demo, course_of
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


def take(browser: Browser, person: Person, path: str, *, to: str, width: int, height: int) -> None:
    """Open one page as somebody who is signed in, and keep what fits on their screen."""
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=2)
    address = f"http://127.0.0.1:{person.port}"
    for name, value in person.cookies.items():
        context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    page.goto(address + path, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=str(HERE / to))
    context.close()


def main() -> None:
    """Build the demo clinic, serve it, and take both."""
    chromium = os.environ.get("KITHWORK_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory(prefix="kithwork-pictures-") as name, sync_playwright() as playwright:
        demo = Demo.build(Path(name) / "demo")
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        with demo.served() as port:
            maya, joan = demo.sign_in(port, "maya"), demo.sign_in(port, "joan")
            take(browser, maya, "/me/", to="home.png", width=390, height=844)
            take(browser, joan, course_of(joan, "Maya Ellis"), to="therapist.png", width=1280, height=900)
        browser.close()


if __name__ == "__main__":
    main()
