"""Every page that somebody can reach by links: no fault for a screen reader, nothing sideways, nothing that leaks."""

import json
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.urls import Resolver404, resolve

from tests.stories.conftest import DESK, PHONE

NOT_FOLLOWED = re.compile(r"/(sign-out|leave|static)/|/file/$")
WHO = ("maya", "joan", "sade", "ravi", "ada", "")
# The two who stand beside the main ones see the same pages, with other words: one screen is enough.
DEVICES = {"phone": PHONE, "desk": DESK}
VISITS = (*((who, device) for who in WHO for device in DEVICES), ("carl", "phone"), ("mira", "desk"))
ALL_SEE = frozenset({"shared", "agreed"})
SMALL = {"width": 320, "height": 640}
TWICE = {"width": 640, "height": 400}  # a desk's screen at 200 %


def kind_of(path):
    try:
        found = resolve(path)
    except Resolver404:
        return path
    return f"{found.view_name}"


def links_of(page, base):
    found = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"
    for href in page.eval_on_selector_all("a[href]", found):
        parts = urlsplit(href)
        if href.startswith(base) and not NOT_FOLLOWED.search(parts.path):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def crawl(page, base, start, of_each_kind):
    """Open page after page as links lead to them; yields after each."""
    waiting, seen = [start, "/help/", "/about/"], set()
    kinds: Counter[str] = Counter()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(urlsplit(path).path)
        if path in seen or kinds[kind] >= of_each_kind:
            continue
        seen.add(path)
        kinds[kind] += 1
        answer = page.goto(path)
        if "html" in answer.headers.get("content-type", ""):
            waiting += links_of(page, base)  # first: what follows may lead away from here
            yield path, answer


def faults_of(page):
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def runs_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def sideways_when(page):
    """Where a page runs sideways: as it is, at 320 px in either theme, or with a desk's screen at 200 %."""
    wrong, usual = ["runs sideways"] if runs_sideways(page) else [], page.viewport_size
    for size, themes in ((SMALL, ("light", "dark")), (TWICE, ("light",))):
        page.set_viewport_size(size)
        for theme in themes:
            page.emulate_media(color_scheme=theme)
            wrong += [f"runs sideways at {size['width']} px, {theme}"] if runs_sideways(page) else []
    page.emulate_media(color_scheme=None)
    page.set_viewport_size(usual)
    return wrong


@pytest.mark.parametrize(("who", "device"), VISITS, ids=lambda one: one or "nobody")
def test_every_page_is_whole_and_shows_nobody_words_that_are_not_for_them(visits, served, who, device):
    canaries = json.loads((served.folder / "canaries.json").read_text())
    allowed = {one["word"] for one in canaries if is_for(one, who)}
    page, wrong, met, looked_at = visits.open(who, device=DEVICES[device]), {}, set(), 0

    for path, answer in crawl(page, served.address, "/" if who else "/sign-in/", 1):
        looked_at += 1
        here = set(re.findall(r"cnry-[a-z0-9]{14}", page.content()))
        met |= here
        faults = faults_of(page) + sideways_when(page)
        faults += [] if answer.status < 400 else [f"answered {answer.status}"]
        faults += [f"leaks {one}" for one in canaries if one["word"] in here - allowed]
        if faults:
            wrong[path] = faults

    assert wrong == {}
    assert looked_at >= 3
    # Whoever has words that are for them does meet some: the pages are not simply empty.
    assert bool(met) == bool(allowed)


def is_for(canary, who):
    """Whose eyes a canary was written for."""
    if not who:
        return False
    if canary["client"].startswith(f"{who}@"):
        return canary["visibility"] in {*ALL_SEE, "just-me", "later"}
    therapists = {"joan": "maya", "mira": "carl"}
    theirs = canary["client"].startswith(f"{therapists.get(who, '-')}@")
    return theirs and canary["visibility"] in {*ALL_SEE, "therapist"}


def test_kept_words_stand_nowhere_on_the_disk(served):
    canaries = [one["word"].encode() for one in json.loads((served.folder / "canaries.json").read_text())]
    places = [path for path in served.folder.rglob("*") if path.is_file() and path.name != "canaries.json"]
    assert {path.name for path in places} >= {"data.sqlite3", "keys.sqlite3", "server.log"}

    found = {path.name for path in places for word in canaries if word in path.read_bytes()}

    assert found == set()


def test_every_place_for_words_has_its_canary(served):
    canaries = json.loads((served.folder / "canaries.json").read_text())
    places = {
        (model.__name__, field)
        for model in apps.get_models()
        for field in getattr(model, "words", {})
        if not model._meta.abstract
    }

    # Names of clients stay readable, a signed text would not be the signed one with a word more, and where somebody
    # wrote about an ending nothing can be written any more.
    signed = {(name, field) for name, field in places if name == "Formulation"}
    spared = {("Client", "name"), ("CourseEnding", "why"), *signed}
    assert places - {(one["model"], one["field"]) for one in canaries} <= spared
