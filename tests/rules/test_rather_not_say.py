"""Wherever the client is asked for words and who they are for, she can refuse; and nobody learns of that from us."""

import re
from datetime import timedelta

import pytest

from kithwork.foundation.passages.sharing import Sharing
from kithwork.project.whose_pages import routes
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.focus.worksheets import actions as worksheets
from kithwork.therapy.people import actions as people
from kithwork.therapy.sessions import actions as sessions
from kithwork.therapy.story import actions as story
from tests.cast import NOW, browser
from tests.forms_of import forms_of
from tests.rules.test_existence import shown, staff_pages

SHARED = Sharing.SHARED
ROOMS = {
    "diary",
    "people",
    "first",
    "story",
    "cycle",
    "focus",
    "safety-plan",
    "ending",
    "sessions",
    "worksheets",
}
REFUSED = "You chose not to say"
# What is to be found again asks for words to know it by.
NAMES = {"title", "sign", "item", "label", "labels"}


@pytest.fixture
def here(cast):
    """A record behind each form, and its name in addresses."""
    maya, joan = cast.maya_now(NOW - timedelta(hours=2)), cast.audience(cast.joan, cast.mayas)
    sam = people.add_person(by=maya, label="Sam", relation="partner", ring=1, angle=90, sharing=SHARED)
    event = story.add_event(by=maya, title="A row", when="2025-03-01", lane="relationships", sharing=SHARED)
    entry = diary.write_entry(by=maya, on=NOW.date(), mood=3, sharing=SHARED)
    tried = sessions.add_try_out(by=joan, what="Ask Sam.", person=sam.pk)
    chosen = focus.choose(by=joan, area="dispute", person=sam)
    sheet = worksheets.begin(by=joan, kind="feelings")
    return {
        "person_id": sam.pk, "event_id": event.pk, "entry_id": entry.pk, "try_id": tried.pk, "focus_id": chosen.pk,
        "kind": "option", "heading": "signs", "sheet": "incident", "worksheet_id": sheet.pk,
    }  # fmt: skip


def asking(page, here):
    """Every form of hers that asks for words and for their readers, with the page on which it stands."""
    for route in routes():
        # The table is for many people at once; a question is refused on somebody's card.
        if (
            not route.name.startswith("me:")
            or route.who["client"] == "deny"
            or route.name == "me:people-table"
        ):
            continue
        address = re.sub(r"<str:(\w+)>", lambda name: here.get(name[1], name[0]), route.pattern)
        answer = page.get(address) if "<" not in address else None
        if answer is not None and answer.status_code == 200:
            for form in forms_of(answer.content.decode(), address):
                if form.words - NAMES and any(name.endswith("sharing") for name in form.names):
                    yield address, form


def test_every_question_in_words_with_readers_can_be_refused(cast, here):
    found = list(asking(browser(cast.maya), here))

    assert {address.split("/")[2] for address, _ in found} >= ROOMS
    assert [
        (address, name)
        for address, form in found
        for name in form.words - NAMES
        if f"{name}_rather_not" not in form.names
    ] == []  # fmt: skip


def test_a_refusal_reads_as_a_choice_and_staff_pages_stay_byte_equal(cast, here):
    maya, joan, kept = browser(cast.maya), browser(cast.joan), set()
    addresses = sorted({*staff_pages(cast.mayas.pk), f"/course/{cast.mayas.pk}/people/{here['person_id']}/"})
    before = {address: shown(joan, address) for address in addresses}

    for number, (address, form) in enumerate(asking(maya, here)):
        refused = {f"{name}_rather_not": "on" for name in form.words}
        open_to_all = {name: "shared" for name in form.names if name.endswith("sharing")}
        sent = form.sends | refused | open_to_all | {"key": f"{number:024d}"}
        answer = maya.post(form.action, sent)
        if answer.status_code == 302:
            # It stands on the page itself, or on the one that the save leads to; a day's words, in the diary.
            pages = [address, answer["Location"]] if address != "/me/" else ["/me/diary/"]
            assert any(REFUSED in maya.get(page).content.decode() for page in pages), address
            kept.add(address.split("/")[2])

    after = {address: shown(joan, address) for address in addresses}
    assert kept >= ROOMS
    assert [address for address in addresses if after[address] != before[address]] == []


def test_what_she_lets_be_known_reads_as_a_choice_on_the_other_side(cast, here):
    maya, joan = browser(cast.maya), browser(cast.joan)
    card = f"people/{here['person_id']}/"
    sent = {
        "key": "k" * 24,
        "hard": "",
        "hard_rather_not": "on",
        "hard_may_tell": "on",
        "hard_sharing": "just-me",
    }

    assert maya.post(f"/me/{card}", sent).status_code == 302

    theirs = joan.get(f"/course/{cast.mayas.pk}/{card}").content.decode()
    assert ("Chose not to say" in theirs or "You chose not to say" in theirs, REFUSED in theirs) == (
        True,
        True,
    )


def test_leaving_everything_empty_is_never_scolded(cast, here):
    scolding = re.compile(r"needs an answer|missing|incomplete|required|must|overdue|forgot", re.IGNORECASE)
    page = browser(cast.maya)
    for number, (address, form) in enumerate(asking(page, here)):
        empty = dict.fromkeys(form.words, "")
        answer = page.post(form.action, form.sends | empty | {"key": f"{number:024d}"}, follow=True)
        said = re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2])
        is_named = NAMES & form.names
        assert is_named or not scolding.search(said), address
