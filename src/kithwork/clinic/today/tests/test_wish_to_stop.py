"""A wish to stop comes to the therapist's list with its reason, and goes when the two have talked about it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, browser
from tests.filling import another_course

from kithwork.clinic.today.facts import facts_of
from kithwork.clinic.today.looks import looks
from kithwork.foundation.trail.queries import events_of
from kithwork.foundation.ui.forms import new_key
from kithwork.refusal import Refusal
from kithwork.therapy.course.access import open_by_client_act, open_courses
from kithwork.therapy.course.actions import close
from kithwork.therapy.course.pauses import pause
from kithwork.therapy.ending import actions


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


def on_the_list(cast, account=None):
    opened = open_courses(cast.viewer(account or cast.joan), page="test", now=NOW)
    found = looks(facts_of(opened), today=NOW.date())
    return [(one.facts.name, one.reason) for one in found if one.kind == "stop-wish"]


def test_it_stands_there_with_its_reason_its_owner_and_what_closes_it(cast):
    actions.wish_to_stop(by=cast.maya_now(), reason="not_now", words="It is all too much.")

    opened = open_courses(cast.viewer(cast.joan), page="test", now=NOW)
    [look] = looks(facts_of(opened), today=NOW.date())

    assert (look.kind, look.title, look.reason, look.owner, look.act, look.url) == (
        "stop-wish", "A wish to stop", "Said on 18 March: Not the right time.", "Joan Hale",
        "Talk about it, and say so", f"/course/{cast.mayas.pk}/ending/#wish",
    )  # fmt: skip
    page = browser(cast.joan).get("/clinic/").content.decode()
    assert ('data-kind="stop-wish"' in page, "It is all too much." in page) == (True, False)


def test_no_reason_is_asked_for(cast):
    actions.wish_to_stop(by=cast.maya_now())

    assert on_the_list(cast) == [("Maya Ellis", "Said on 18 March. No reason need be given.")]
    assert on_the_list(cast, cast.mira) == []


def test_it_goes_when_the_two_have_talked_and_the_wish_stands(cast):
    actions.wish_to_stop(by=cast.maya_now())
    page, ending = browser(cast.joan), f"/course/{cast.mayas.pk}/ending/"
    assert f'action="{ending}talked/"' in page.get(ending).content.decode()

    answer = page.post(f"{ending}talked/", {"key": new_key()})

    assert (answer.status_code, on_the_list(cast)) == (302, [])
    for who, address in ((page, ending), (browser(cast.maya), "/me/ending/")):
        shown = who.get(address).content.decode()
        assert ("Talked about on 18 March." in shown, "talked/" in shown) == (True, False)


def test_it_comes_back_when_she_says_it_again(cast, joan):
    actions.wish_to_stop(by=cast.maya_now())
    actions.talked_about_stopping(by=joan)

    actions.wish_to_stop(by=cast.maya_now(), reason="enough")

    assert on_the_list(cast) == [("Maya Ellis", "Said on 18 March: It is enough for now.")]


def test_it_goes_when_she_takes_it_back_and_with_the_end_of_the_course(cast, joan):
    actions.wish_to_stop(by=cast.maya_now())
    actions.carry_on(by=cast.maya_now())
    assert on_the_list(cast) == []

    actions.wish_to_stop(by=cast.maya_now())
    close(by=joan, course=cast.mayas, how="as_agreed")
    assert on_the_list(cast) == []


def test_a_pause_does_not_hide_it(cast, joan):
    actions.wish_to_stop(by=cast.maya_now())

    pause(by=joan, reader=cast.joan.pk, reason="away")

    assert on_the_list(cast) == [("Maya Ellis", "Said on 18 March. No reason need be given.")]


def test_only_staff_say_it_only_of_a_wish_that_waits_and_as_one_event(cast, joan):
    with pytest.raises(Refusal) as nothing:
        actions.talked_about_stopping(by=joan)
    actions.wish_to_stop(by=cast.maya_now())
    with pytest.raises(Refusal) as not_hers:
        actions.talked_about_stopping(by=cast.maya_now())
    before = len(events_of(cast.mayas.pk))

    actions.talked_about_stopping(by=joan)

    assert (nothing.value.code, not_hers.value.code) == ("no-wish", "not-yours")
    assert [event.act for event in events_of(cast.mayas.pk)[:-before]] == ["ending.talked_about_stopping"]


def test_it_can_be_put_off_until_tomorrow(cast):
    actions.wish_to_stop(by=cast.maya_now())
    page = browser(cast.joan)

    answer = page.post(f"/course/{cast.mayas.pk}/put-off/", {"key": new_key(), "kind": "stop-wish"})

    assert (answer.status_code, 'data-kind="stop-wish"' in page.get("/clinic/").content.decode()) == (
        302,
        False,
    )


def test_many_wishes_cost_no_more_questions_than_one(cast):
    courses = [cast.mayas, *(another_course(cast, name) for name in ("Ben Hart", "Dora Klein"))]

    def asked(course):
        by = open_by_client_act(course.client, course, now=NOW)
        actions.wish_to_stop(by=by, reason="enough")
        on_the_list(cast)
        with CaptureQueriesContext(connection) as questions:
            shown = len(on_the_list(cast))
        return shown, len(questions)

    (one, questions), _, (three, more) = (asked(course) for course in courses)
    assert (one, three, more) == (1, 3, questions)
