"""What the client was shown and has not looked at stands on her first page, and goes when it is done."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.course import contracts
from kithwork.therapy.course.actions import close
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.formulation import actions as formulation
from kithwork.therapy.formulation.queries import find_version, standing
from kithwork.therapy.letters import actions as letters
from kithwork.therapy.letters.models import LetterOpened
from kithwork.therapy.safety.actions import write_plan
from kithwork.therapy.together.today import before_next


@pytest.fixture
def maya(cast):
    return cast.maya_now()


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


def rows(cast, audience, *, is_new=False):
    """What stands there beside the things to talk about, by its page."""
    cast.mayas.refresh_from_db()
    found = before_next(audience, cast.mayas, today=NOW.date(), therapist="Joan", is_new=is_new)
    return [(row.page, row.title) for row in found if row.page not in ("to-talk-about", "check-in")]


CONTRACT = ("contract", "What Joan proposes about your sessions")
PICTURE = ("formulation", "Our shared picture")
LETTER = ("letter", "A letter from Joan")


def sign(by, contract, party):
    contracts.sign(by=by, contract=contract, party=party)


def newest(audience):
    return find_version(audience, standing(audience).newest.id)


def test_a_proposal_stands_there_until_she_has_signed_it(cast, maya, joan):
    offered = contracts.offer(by=joan, sessions=16)
    sign(joan, offered, "therapist")
    assert rows(cast, maya) == [CONTRACT]

    sign(maya, offered, "client")

    assert rows(cast, maya) == []


def test_proposing_something_else_is_an_answer_and_its_yes_comes_back_to_her(cast, maya, joan):
    contracts.offer(by=joan, sessions=16)
    own = contracts.offer(by=replace(maya, now=NOW + timedelta(minutes=1)), sessions=12)
    assert rows(cast, maya) == []

    sign(joan, own, "therapist")

    assert rows(cast, maya) == [("contract", "Joan says yes to what you proposed")]


def test_the_shared_picture_stands_there_until_she_has_signed_it_or_said_something(cast, maya, joan):
    formulation.write_section(by=joan, section="cycle", text="The less we talk.")
    assert rows(cast, maya) == []

    formulation.share(by=joan)
    assert rows(cast, maya) == [PICTURE]
    formulation.comment(by=maya, section="cycle", kind="talk", text="Is that so?")
    assert rows(cast, maya) == []


def test_a_signed_picture_comes_back_when_its_words_change(cast, maya, joan):
    formulation.write_section(by=joan, section="cycle", text="The less we talk.")
    formulation.share(by=joan)
    formulation.sign_version(by=maya, version=newest(maya), party="client")
    assert rows(cast, maya) == []

    base = next(one.words.base for one in standing(joan).sections if one.words)
    formulation.write_section(by=joan, section="cycle", text="The less we say.", base=base)

    assert rows(cast, maya) == [PICTURE]


def test_what_she_wrote_into_the_picture_herself_does_not_wait_for_her(cast, maya, joan):
    formulation.write_section(by=joan, section="cycle", text="The less we talk.")
    formulation.share(by=joan)

    formulation.write_section(by=maya, section="symptoms", text="Tired.")

    assert rows(cast, maya) == []


def test_a_letter_stands_there_from_when_it_is_shown_until_she_opens_it(cast, maya, joan):
    letter = letters.begin(by=joan, kind="ending")
    assert rows(cast, maya) == []

    letters.show(by=joan, letter=letter)
    assert rows(cast, maya) == [LETTER]
    browser(cast.maya).get(f"/me/letters/{letter.pk}/")
    assert rows(cast, maya) == []


def test_a_letter_that_she_answered_in_the_room_or_that_was_put_aside_does_not_wait(cast, maya, joan):
    answered, aside = (letters.begin(by=joan, kind=kind) for kind in ("ending", "formulation"))
    for letter in (answered, aside):
        letters.show(by=joan, letter=letter)

    letters.answer(by=joan, letter=answered, answer="talk", how="in_room")
    letters.put_aside(by=joan, letter=aside)

    assert rows(cast, maya) == []


def test_that_she_opened_a_letter_is_noted_once_and_for_nobody_else(cast, maya, joan):
    letter = letters.begin(by=joan, kind="ending")
    letters.show(by=joan, letter=letter)
    staff, address = browser(cast.joan), f"/course/{cast.mayas.pk}/letters/{letter.pk}/"
    staff.get(address)
    assert list(LetterOpened.seen.visible_to(maya)) == []

    for _ in range(2):
        browser(cast.maya).get(f"/me/letters/{letter.pk}/")

    assert [row.letter_id for row in LetterOpened.seen.visible_to(maya)] == [letter.pk]
    assert list(LetterOpened.seen.visible_to(joan)) == []


def test_before_anything_has_begun_only_what_she_was_shown_stands_there(cast, maya, joan):
    assert "Things to talk about" not in browser(cast.maya).get("/me/").content.decode()

    contracts.offer(by=joan, sessions=16)

    page = browser(cast.maya).get("/me/").content.decode()
    assert "What Joan proposes about your sessions" in page
    assert ("Start with the picture" in page, "Things to talk about" in page) == (True, False)


def test_what_she_left_for_later_stands_there_also_before_anything_has_begun(cast, maya):
    write_plan(by=maya, heading="signs", text="I stop cooking.", sharing=Sharing.LATER)

    assert rows(cast, maya, is_new=True) == [("to-decide", "1 thing you wanted to decide about")]


def test_after_the_end_a_letter_still_waits_and_nothing_else_does(cast, maya, joan):
    contracts.offer(by=joan, sessions=16)
    letters.show(by=joan, letter=letters.begin(by=joan, kind="ending"))

    close(by=joan, course=cast.mayas, how="as_agreed")

    assert rows(cast, maya) == [LETTER]


def test_many_letters_cost_no_more_questions_than_one(cast, maya, joan):
    diary.write_entry(by=maya, on=NOW.date() - timedelta(days=1), mood=3, sharing=Sharing.JUST_ME)
    page = browser(cast.maya)

    def asked(letters_more):
        for _ in range(letters_more):
            letters.show(by=joan, letter=letters.begin(by=joan, kind="ending"))
        with CaptureQueriesContext(connection) as questions:
            shown = page.get("/me/").content.decode().count("A letter from Joan")
        return shown, len(questions)

    page.get("/me/")
    (one, questions), (four, more) = asked(1), asked(3)
    assert (one, four, more) == (1, 4, questions)
