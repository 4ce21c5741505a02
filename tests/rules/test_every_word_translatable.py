"""Every word that a person reads can be said in another language.

The pages are shown in an invented one, in which each string of the catalogue wears ⟦brackets⟧. Words without them
are English that no translator could reach; but names, and what somebody wrote, stay as they are, and so does
the wording of questionnaires, which only a validated translation may replace.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.passages.models import Passage
from kithwork.foundation.passages.queries import opened
from kithwork.instruments.catalogue import all_instruments
from kithwork.project.translation.catalogue import Catalogue, compiled, new_head
from kithwork.project.translation.collecting import everything, glued_refusals
from kithwork.project.whose_pages import routes
from kithwork.therapy.course.models import Client
from kithwork.therapy.reminders.times import time_zones
from kithwork.therapy.safety.help_lines import countries, lines_of
from kithwork.therapy.together.side_by_side import SHORT_BANDS
from tests.cast import NOW, browser
from tests.whole_record import share_everything

INVENTED = (
    "en-xa"  # what others call such a language too; its dates are English, and dates are Django's business
)
ROOT = Path(__file__).resolve().parents[2]
OPEN, SHUT = "⟦", "⟧"
ROLES = {"client": "maya", "therapist": "joan", "supervisor": "sade", "lead": "ravi", "admin": "ada"}

# What pages say besides: after a save, and of whoever was chosen.
BESIDES = {
    "client": [
        "/me/diary/?saved=0914", "/me/people/?saved=0914", "/me/story/?saved=0914", "/me/focus/?saved=0914",
        "/me/circles/?person={person_id}", "/me/check-in/?saved=0914", "/me/data/?saved=0914",
    ],
    "therapist": ["/course/{course_id}/story/?saved=0914", "/course/{course_id}/circles/?person={person_id}"],
}  # fmt: skip

FOR_BUILDERS = {"/components/"}  # the parts of the look, for whoever writes templates

SPOKEN = {"aria-label", "title", "placeholder", "alt"}
SILENT = {"script", "style", "textarea"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "use"}
WORD = re.compile(r"[^\W\d_]{3,}")
DATES = re.compile(
    r"\b(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?\b"
    r"|\b(January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"
)
# Places by their names in the time zone database, and languages as their own speakers call them.
NAMED_AS_THEY_ARE = {*time_zones(), "en-gb", INVENTED}


@pytest.fixture
def invented(settings, tmp_path):
    """A catalogue of every string there is, in brackets."""
    path = tmp_path / "en_XA" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    said = {
        message: [f"{OPEN}{text}{SHUT}" for text in (message.text, message.plural) if text]
        for message in everything()
        if message.context != "a date"
    }
    path.write_bytes(compiled(Catalogue(new_head("en_XA"), said)))
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), (INVENTED, "Invented")]


@dataclass
class Page(HTMLParser):
    """The words of a page that wear no brackets."""

    html: str
    own: list[str]
    bare: list[str] = field(default_factory=list)
    deep: int = 0  # how many brackets are open
    asides: list[str] = field(default_factory=list)  # open elements whose words are not ours

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if not self.asides:
            for name, value in attrs:
                if value and (name in SPOKEN or (name.startswith("data-") and " " in value)):
                    self.look(value, where=f"{name}=", inside=False)
        if tag in VOID:
            return
        spoken_as_it_stands = told.get("lang") == "en" or "kw-words" in (told.get("class") or "").split()
        is_a_name = tag == "option" and told.get("value") in NAMED_AS_THEY_ARE
        if self.asides or tag in SILENT or spoken_as_it_stands or is_a_name:
            self.asides.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if self.asides and tag not in VOID:
            self.asides.pop()

    def handle_data(self, text):
        if not self.asides:
            self.look(text, where="", inside=True)

    def look(self, text, *, where, inside):
        """Note words outside brackets; in running text brackets may open before one element and shut after it."""
        depth, outside = self.deep if inside else 0, []
        for piece in re.split(f"([{OPEN}{SHUT}])", text):
            if piece in (OPEN, SHUT):
                depth += 1 if piece == OPEN else -1
            elif depth <= 0:
                outside.append(piece)
        self.deep = depth if inside else self.deep
        left = " ".join(outside)
        for words in self.own:
            left = left.replace(words, " ")
        if WORD.search(DATES.sub(" ", left)):
            self.bare.append(where + " ".join(text.split())[:100])


def everybodys_own_words():
    """Names, and all that was written: the longest first, so that no part of one is left over."""
    names = [
        name
        for account in Account.objects.all()
        for name in (account.name, account.email, *account.name.split())
    ]
    names += [text for one in all_instruments() for text in printed(one)]
    names += [line.number for country in countries() for line in lines_of(country)]
    written = [(row.field, opened(row)) for row in Passage.objects.filter(live=True)]
    names += [name for field, text in written if field == "name" for name in text.split()]
    lines = [line for _, text in written for line in text.splitlines()]
    return sorted(
        {one.strip() for one in [*names, *lines, "Kithwork", "Lime Street"] if one.strip()},
        key=len,
        reverse=True,
    )


def printed(one):
    """The wording of a questionnaire, which nobody but its makers may translate."""
    options = [option for of in (one, *one.items, *one.extra_items) for option in of.options]
    yield from (one.title, one.short_title, one.attribution, one.stem or "", one.instructions or "")
    yield from (item.text for item in (*one.items, *one.extra_items))
    yield from (label.label for label in (*options, *one.bands))
    yield from SHORT_BANDS.values()


def addresses(role, names):
    """What somebody may ask for, of the rooms that are done."""
    for route in routes():
        if route.who[role] == "deny":
            continue
        address = re.sub(r"<(?:str|int):(\w+)>", lambda name: names.get(name[1], name[0]), route.pattern)
        if "<" not in address and address not in FOR_BUILDERS:
            yield address


@pytest.mark.parametrize("role", [*ROLES, "anonymous"])
def test_no_page_says_a_word_that_no_translator_could_reach(cast, invented, client, role):
    before = NOW - timedelta(hours=2)
    made = share_everything(cast.maya_now(before), cast.audience(cast.joan, cast.mayas, now=before))
    Client.objects.update(language=INVENTED)
    page = browser(getattr(cast, ROLES[role])) if role in ROLES else client
    own, looked_at = everybodys_own_words(), 0
    found: dict[str, str] = {}
    names = {**made.names, "course_id": cast.mayas.pk}
    besides = [address.format(**names) for address in BESIDES.get(role, [])]

    for address in [*sorted(set(addresses(role, names))), *besides]:
        answer = page.get(address, headers={"accept-language": INVENTED})
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            looked_at += 1
            html = answer.content.decode()
            assert f'lang="{INVENTED}"' in html or "<html" not in html, address
            for bare in Page(html, own).bare:
                found.setdefault(bare, address)

    assert looked_at > 3
    assert found == {}


def test_every_refusal_is_a_sentence_with_places_for_what_varies():
    assert list(glued_refusals()) == []


SCRIPTS = [path for path in (ROOT / "src" / "kithwork").rglob("static/**/*.js") if ".min." not in path.name]
SENTENCE = re.compile(r"""(["'`])\s*(?:\$\{|[A-Z])[^"'`\n]*?\b[A-Za-z’]+[,.]? [a-z]{2,}\b[^"'`\n]*\1""")
TO_A_BUILDER = re.compile(r"new Error\(.*?\)|^\s*(?://|\*|/\*).*|//.*$|\"use strict\"")


def test_no_script_holds_a_sentence():
    """What a script says stands in the page as `data-said-…`, and is read from there (ui/js/words.js)."""
    found = [
        (path.name, line.strip())
        for path in SCRIPTS
        for line in path.read_text().splitlines()
        if SENTENCE.search(TO_A_BUILDER.sub("", line))
    ]

    assert len(SCRIPTS) > 20
    assert all(SENTENCE.search(one) for one in ('say("That was not saved.")', "say(`${name} is back.`)"))
    assert found == []
