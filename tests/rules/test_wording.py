"""The wording of a questionnaire stands in a part of the page that says which language it is in."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from kithwork.foundation.ui.wording import printed
from kithwork.instruments import all_instruments
from kithwork.instruments.instrument import ExtraItem, Item
from kithwork.project.whose_pages import routes
from kithwork.therapy.checkins import actions as checkins
from tests.cast import NOW, browser
from tests.rules.test_existence import staff_pages
from tests.whole_record import share_everything

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
QUESTIONS: list[Item | ExtraItem] = []
for one in all_instruments():
    QUESTIONS += [*one.items]
    QUESTIONS += [*one.extra_items]
ITEMS = {question.text for question in QUESTIONS}
ANSWERS = {option.label for question in QUESTIONS for option in question.options}
STEMS = {text for one in all_instruments() for text in (one.stem, one.instructions) if text}
LONG = 15  # letters: a shorter answer ("No") may be a word of the page's own


class Texts(HTMLParser):
    """Every text of a page, with the language that the parts around it say; the page's own is none."""

    def __init__(self):
        super().__init__()
        self.around, self.found = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.around.append((tag, dict(attrs).get("lang") if tag != "html" else None))

    def handle_endtag(self, tag):
        while self.around and self.around.pop()[0] != tag:
            pass

    def handle_data(self, data):
        text = " ".join(data.split())
        if text:
            self.found.append((text, next((lang for _, lang in reversed(self.around) if lang), None)))


def wordings(text):
    """What of a questionnaire stands in a text."""
    exact = text in ANSWERS and len(text) >= LONG
    return exact or any(one in text for one in ITEMS | STEMS if len(one) >= LONG)


def texts_of(page, address):
    answer = page.get(address)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return []
    reader = Texts()
    reader.feed(answer.content.decode())
    return reader.found


def own_pages(names):
    for route in routes():
        if route.who["client"] != "deny" and route.pattern.startswith("/me/"):
            address = re.sub(r"<str:(\w+)>", lambda name: names.get(name[1], name[0]), route.pattern)
            if "<" not in address:
                yield address


@pytest.fixture
def whole(cast):
    before = NOW - timedelta(hours=2)
    return share_everything(cast.maya_now(before), cast.audience(cast.joan, cast.mayas, now=before))


def test_wording_says_its_language_on_every_page_that_shows_it(cast, whole):
    opened = checkins.open_check_in(by=cast.maya_now())
    hers, his = browser(cast.maya), browser(cast.joan)
    here = f"/course/{cast.mayas.pk}/check-in"
    pages = [
        *((hers, one) for check_in in (whole.names["check_in_id"], opened.pk)
          for one in own_pages({**whole.names, "check_in_id": check_in})),
        *((his, one) for one in staff_pages(cast.mayas.pk, whole.names)), (his, f"{here}/?enter=1"),
    ]  # fmt: skip

    shown = {
        address: [(text, lang) for text, lang in texts_of(page, address) if wordings(text)]
        for page, address in dict.fromkeys(pages)
    }

    showing = {address for address, found in shown.items() if found}
    assert showing >= {
        f"/me/check-in/{opened.pk}/",
        f"/me/check-in/{opened.pk}/all/",
        f"{here}/",
        f"{here}/?enter=1",
    }
    assert [(address, text) for address, found in shown.items() for text, lang in found if lang != "en"] == []


def test_wording_is_escaped_and_nothing_stays_nothing():
    assert [printed("<b>"), printed("Ça va", "fr"), printed("")] == [
        '<span lang="en">&lt;b&gt;</span>', '<span lang="fr">Ça va</span>', "",
    ]  # fmt: skip
