"""Check 35: a letter on paper is A4, without navigation, without anything kept. And 11: it goes without script."""

import io
import json
import re

import pytest
from pypdf import PdfReader

from tests.stories.conftest import PHONE
from tests.stories.desk import course_of, fill, send

ON_PAPER = {
    "shared",
    "agreed",
}  # a client's words on paper have been shared; so have those of a letter she was shown
FURNITURE = (
    "Today",
    "Caseload",
    "My plan",
    "Leave quickly",
    "Sign out",
    "Kithwork is not watched",
    "As PDF",
    "Sign off",
)


def read(made):
    """How many sheets of which size, and everything that can be read on them."""
    reader = PdfReader(io.BytesIO(made))
    sizes = {tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in reader.pages}
    return sizes, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def letters_of(page, where):
    """The addresses of all letters that are listed."""
    page.goto(where)
    return page.eval_on_selector_all("main a.kw-row", "rows => rows.map(row => row.getAttribute('href'))")


def course_of_maya(joan):
    joan.goto("/clinic/caseload/")
    joan.click("text=Maya Ellis")
    joan.wait_for_load_state()
    return course_of(joan)


@pytest.mark.parametrize("who", ["maya", "joan"])
def test_35_a_printed_letter_is_a4_and_holds_no_navigation_and_nothing_private(visits, served, who):
    page = visits.open(who)
    where = f"{course_of_maya(page) if who == 'joan' else '/me/'}letters/"
    canaries = json.loads((served.folder / "canaries.json").read_text())
    private = {one["word"] for one in canaries if one["visibility"] not in ON_PAPER}
    # A letter's own words before it is shown are for staff, and stand on staff's paper alone.
    own_words = {one["word"] for one in canaries if one["model"] == "Letter"} if who == "joan" else set()
    assert private
    found, met = letters_of(page, where), set()
    assert found

    for letter in found:
        page.goto(letter)
        printed = read(page.pdf(prefer_css_page_size=True))
        own = [read(page.request.get(f"{letter}file/{ask}").body()) for ask in ("", "?window=1")]
        for sizes, said in (printed, *own):
            assert sizes == {(210, 297)}
            assert "Dear Maya," in said
            assert [one for one in FURNITURE if one in said] == []
            met |= set(re.findall(r"cnry-[a-z0-9]{14}", said))
        assert all(re.search(r"Page 1 of \d", said) for _, said in own)

    # Words that may stand on paper do, so that none of the others is missing by chance.
    assert ((met & private) - own_words, bool(met)) == (set(), True)


def test_11_a_letter_goes_from_draft_to_sent_without_javascript(visits):
    joan, maya = visits.open("joan", javascript=False), visits.open("maya", device=PHONE, javascript=False)
    room = f"{course_of_maya(joan)}letters/"
    before = set(letters_of(maya, "/me/letters/"))
    joan.goto(room)
    fill(joan, {"kind": "to_gp"})
    send(joan)
    fill(joan, {"address": "Dr Patel\n2 Quay Street", "opening": "We go on until June."})
    send(joan)
    letter = joan.url.split("?")[0]
    assert set(letters_of(maya, "/me/letters/")) == before

    joan.goto(letter)
    send(joan, form="main form[action$='/show/']")
    [new] = set(letters_of(maya, "/me/letters/")) - before
    maya.goto(new)
    asked = maya.locator("main form [name^='piece_'][value='yes']")
    assert asked.count() >= 2
    asked.first.check(force=True)
    fill(maya, {"answer": "fits", "said": "Only the first, please."})
    send(maya)

    joan.goto(letter)
    assert "Only the first, please." in joan.inner_text("main")
    send(joan, form="main form[action$='/sign/']")
    assert joan.get_attribute(".letter-state", "data-state") == "signed"
    fill(joan, {"how": "post"}, form="main form[action$='/sent/']")
    send(joan, form="main form[action$='/sent/']")
    assert joan.get_attribute(".letter-state", "data-state") == "sent"
    for page, where in ((joan, letter), (maya, new)):
        page.goto(where)
        made = page.request.get(
            page.get_by_role("link", name="As PDF", exact=True).get_attribute("href")
        ).body()
        assert "We go on until June." in read(made)[1]
    maya.goto(new)
    assert maya.locator("main .letter__quote, main .letter li").count() == 1
    assert maya.locator("main form[action$='/answer/']").count() == 0
