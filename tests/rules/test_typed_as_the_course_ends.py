"""A course may end while its client is writing: what she typed is on the page that refuses it."""

from datetime import timedelta

import pytest

from kithwork.therapy.course.actions import close
from tests.cast import NOW, browser
from tests.forms_of import Form, forms_of
from tests.rules.test_every_word_translatable import addresses
from tests.whole_record import share_everything

TYPED = "Typed meanwhile."


@pytest.fixture
def forms(cast):
    """Every form with a box for words, of every page that she can open while the course goes on, each once."""
    before = NOW - timedelta(hours=2)
    made = share_everything(cast.maya_now(before), cast.audience(cast.joan, cast.mayas, now=before))
    page = browser(cast.maya)
    found: dict[str, Form] = {}
    for address in sorted(set(addresses("client", {**made.names, "course_id": cast.mayas.pk}))):
        answer = page.get(address)
        if answer.status_code == 200 and "html" in answer["Content-Type"] and address.startswith("/me/"):
            for form in forms_of(answer.content.decode(), address):
                if form.method == "post" and form.words:
                    found.setdefault(form.action, form)
    return list(found.values())


def test_what_was_typed_as_the_course_ended_is_there_to_copy(cast, forms):
    close(by=cast.audience(cast.joan, cast.mayas), course=cast.mayas, how="as_agreed")
    page = browser(cast.maya)

    answers = {
        form.action: page.post(form.action, {**form.sends, **dict.fromkeys(form.words, TYPED)})
        for form in forms
    }

    lost = {
        action: answer.status_code
        for action, answer in answers.items()
        if answer.status_code != 302 and TYPED not in answer.content.decode()
    }
    refused = [action for action, answer in answers.items() if answer.status_code == 422]
    assert (lost, len(refused) > 25) == ({}, True)
