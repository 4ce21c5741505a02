"""Every question about a person follows from ``ipt.inventory.card_fields``: ask it there, and all of this holds."""

import re

import pytest
from tests.cast import browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.inventory import CardField, State, card_fields
from kithwork.therapy.people import actions, queries
from kithwork.therapy.people.models import Person

QUESTIONS = [pytest.param(field, id=field.key) for field in card_fields]


def answer_to(field: CardField) -> tuple[str, str]:
    """Something to send, and how it is read again."""
    if field.choices is not None:
        first = next(iter(field.choices))
        return first.key, first.label
    return ("spring 2019", "spring 2019") if field.is_date else ("Her own words.", "Her own words.")


@pytest.fixture
def somebody(cast):
    """People in every state, whom both know."""
    by = cast.maya_now()
    return {
        state: actions.add_person(by=by, label=f"{state.value}", state=state, sharing=Sharing.SHARED)
        for state in State
    }


def asked_person(somebody, field):
    return somebody[next(state for state in State if state in field.asked_of)]


@pytest.mark.parametrize("field", QUESTIONS)
def test_a_question_has_a_place_of_its_own_for_words(field):
    assert field.key in Person.words


@pytest.mark.parametrize("field", QUESTIONS)
def test_a_question_is_asked_of_those_whom_it_fits_and_of_nobody_else(cast, somebody, field):
    page = browser(cast.maya)

    for state, person in somebody.items():
        html = page.get(f"/me/people/{person.pk}/").content.decode()
        assert (f'id="f-{field.key}"' in html) == (state in field.asked_of), state


@pytest.mark.parametrize("field", QUESTIONS)
def test_an_answer_is_kept_with_its_own_readers_and_can_be_withheld(cast, somebody, field):
    person, (sent, read) = asked_person(somebody, field), answer_to(field)
    maya, joan = browser(cast.maya), browser(cast.joan)
    hers, address = f"/me/people/{person.pk}/", f"/course/{cast.mayas.pk}/people/{person.pk}/"
    before = still(joan, address)

    maya.post(hers, {"key": "1" * 24, field.key: sent, f"{field.key}_sharing": "just-me"})
    said = queries.card(cast.maya_now(), person).words[field.key]
    assert (field.shown(said.text), said.sharing) == (read, "just-me")
    assert still(joan, address) == before

    maya.post(
        hers,
        {"key": "2" * 24, field.key: sent, f"{field.key}_sharing": "shared", f"{field.key}_base": said.base},
    )
    words = queries.card(cast.audience(cast.joan, cast.mayas), person).words
    assert set(words) == {"label", field.key}
    assert still(joan, address) != before


@pytest.mark.parametrize("field", QUESTIONS)
def test_after_the_end_an_answer_is_there_to_read(cast, somebody, field):
    person, (sent, read) = asked_person(somebody, field), answer_to(field)
    actions.write_card(by=cast.maya_now(), person=person, field=field.key, text=sent)
    cast.mayas.state = "ended"
    cast.mayas.save()

    html = browser(cast.maya).get(f"/me/people/{person.pk}/").content.decode()

    assert read in html


def still(page, address):
    html = page.get(address).content.decode()
    return re.sub(r'(csrfmiddlewaretoken|key)" value="[^"]*"', "", html)
