"""Two hundred times two people save the same words at the same moment: nothing is overwritten, nothing is lost."""

import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener

import pytest

from tests.server.running import Server, Visitor

RACES, BOX = 200, "cycle"


def base_of(page):
    """The revision that a page's form for this part was written on."""
    found = re.search(rf'name="{BOX}_base" value="([^"]*)"', page)
    assert found, page
    return found[1]


def shown_now(page):
    """What stands in the part's box on a page."""
    found = re.search(rf'<textarea name="{BOX}"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)
    assert found, page
    return found[1]


class Stay(HTTPRedirectHandler):
    """A saved form leads to a page that this test does not read."""

    def redirect_request(self, *_args, **_more):
        return None


@pytest.fixture
def two(server: Server, mayas):
    """Joan and Maya, each with the address of the part, after Joan has shared the picture."""
    joan, maya = Visitor(server, "joan"), Visitor(server, "maya")
    picture = f"/course/{mayas}/formulation/"
    joan.post(f"{picture}parts/{BOX}/", {BOX: "The beginning.", f"{BOX}_base": ""})
    joan.post(f"{picture}share/", {})
    for visitor in (joan, maya):
        visitor.opener = build_opener(HTTPCookieProcessor(visitor.cookies), Stay())
    return (joan, f"{picture}parts/{BOX}/"), (maya, f"/me/formulation/parts/{BOX}/")


def test_two_hundred_races_of_two_editors_overwrite_nothing_and_lose_nothing(two):
    base, at_once = base_of(two[0][0].get(two[0][1]).text), Barrier(2)

    def save(editor, text, base):
        visitor, address = editor
        at_once.wait(timeout=30)
        return visitor.post(address, {BOX: text, f"{BOX}_base": base})

    silent, lost, faults = [], [], []
    with ThreadPoolExecutor(2) as pool:
        for race in range(RACES):
            texts = [f"{side} {race} {secrets.token_hex(4)}" for side in ("joan", "maya")]
            answers = list(pool.map(save, two, texts, [base, base]))
            statuses = [answer.status for answer in answers]
            if sorted(statuses) != [302, 409]:
                faults.append((race, statuses))
                break
            won = statuses.index(302)
            refused = answers[1 - won].text
            # The one who came second is shown both texts, and what stands is the one that was answered as saved.
            lost += [text for text in texts if text not in refused]
            base = base_of(refused)
            if race % 20 == 0:
                stands = shown_now(two[won][0].get(two[won][1]).text)
                silent += [] if stands == texts[won] else [(race, stands)]

    assert (faults, silent, lost) == ([], [], [])
    versions = two[0][0].get(two[0][1].replace(f"parts/{BOX}/", "versions/")).text
    # One wording for each save that was answered as saved, and the one before them: none stands in another's place.
    assert len(set(re.findall(r"/formulation/versions/([\w-]{22})/", versions))) == RACES + 1
