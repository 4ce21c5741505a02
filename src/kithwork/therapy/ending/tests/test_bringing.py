"""Into a course that follows, a client brings the early signs and the plan that she ticks, and nothing by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.rather_not import RatherNot
from kithwork.foundation.trail.queries import events_of
from kithwork.foundation.ui.forms import new_key
from kithwork.refusal import Refusal
from kithwork.therapy.course.access import open_by_client_act
from kithwork.therapy.course.actions import close
from kithwork.therapy.course.models import Course
from kithwork.therapy.ending import actions
from kithwork.therapy.ending.bringing import to_bring
from kithwork.therapy.ending.queries import review

JUST_ME, SHARED = Sharing.JUST_ME, Sharing.SHARED


@pytest.fixture
def before(cast):
    """Maya's first course, with signs and a plan, ended."""
    joan, maya = cast.audience(cast.joan, cast.mayas), cast.maya_now()
    actions.add_warning_sign(by=maya, sign="I stop ringing back.", kind="contact", sharing=SHARED)
    later = replace(maya, now=NOW + timedelta(minutes=1))
    actions.add_warning_sign(by=later, sign="Awake at four.", sharing=JUST_ME)
    actions.write_plan(by=joan, field="i_will", text="Ring Priya.")
    actions.write_plan(by=maya, field="tell", text="Leah.", sharing=JUST_ME)
    actions.write_plan(by=maya, field="come_back", text=RatherNot(told=False), sharing=JUST_ME)
    close(by=joan, course=cast.mayas, how="as_agreed")
    cast.mayas.refresh_from_db()
    return open_by_client_act(cast.mayas.client, cast.mayas, now=NOW)


@pytest.fixture
def course(cast, before):
    """The one that follows."""
    return actions.begin_following(by=cast.audience(cast.joan, cast.mayas), protocol="ipt_m", sessions=6)


@pytest.fixture
def maya(cast, course):
    return open_by_client_act(course.client, Course.objects.get(pk=course.pk), now=NOW)


@pytest.fixture
def joan(cast, course):
    return cast.audience(cast.joan, course)


def standing(audience):
    """Every sign and part of the plan that somebody sees, with who it is for."""
    found = review(audience)
    signs = [(one.words.text, one.kind, one.words.sharing) for one in found.signs]
    return signs, {key: (part.text, part.words.sharing) for key, part in found.plan.items() if part.words}


def keys(audience, *texts):
    return [one.key for one in to_bring(audience) if one.text in texts]


def test_nothing_comes_along_by_itself_and_only_what_says_something_is_offered(maya):
    assert standing(maya) == ([], {})
    assert [(one.label, one.text) for one in to_bring(maya)] == [
        ("How I am with people", "I stop ringing back."), ("", "Awake at four."),
        ("I will", "Ring Priya."), ("I will tell", "Leah."),
    ]  # fmt: skip


def test_what_she_ticks_is_copied_for_whom_she_says_and_the_old_course_stays(before, maya, joan):
    was = standing(before)

    actions.bring_along(by=maya, pieces=keys(maya, "I stop ringing back.", "Leah."), sharing=SHARED)

    here = [("I stop ringing back.", "How I am with people", SHARED)], {"tell": ("Leah.", SHARED)}
    assert (standing(maya), standing(joan), standing(before)) == (here, here, was)
    assert [one.text for one in to_bring(maya)] == ["Awake at four.", "Ring Priya."]


def test_what_she_brings_for_herself_stays_hers(maya, joan):
    actions.bring_along(by=maya, pieces=[one.key for one in to_bring(maya)], sharing=JUST_ME)

    signs, plan = standing(maya)
    assert sorted(text for text, *_ in signs) == ["Awake at four.", "I stop ringing back."]
    assert plan == {"i_will": ("Ring Priya.", JUST_ME), "tell": ("Leah.", JUST_ME)}
    assert (standing(joan), to_bring(maya)) == (([], {}), [])


def test_what_is_written_here_already_is_not_written_over(maya):
    actions.write_plan(by=maya, field="i_will", text="Ring Leah first.", sharing=JUST_ME)

    assert keys(maya, "Ring Priya.") == []
    actions.bring_along(by=maya, pieces=["i_will", "tell"], sharing=JUST_ME)
    assert standing(maya)[1] == {"i_will": ("Ring Leah first.", JUST_ME), "tell": ("Leah.", JUST_ME)}


@pytest.mark.parametrize("pieces", [[], ["nothing-of-hers"]], ids=["nothing ticked", "not offered"])
def test_something_is_ticked_first(maya, pieces):
    with pytest.raises(Refusal) as refused:
        actions.bring_along(by=maya, pieces=pieces, sharing=JUST_ME)

    assert (refused.value.code, standing(maya)) == ("none-chosen", ([], {}))


def test_it_is_hers_to_bring(maya, joan):
    assert (len(to_bring(maya)), to_bring(joan)) == (4, [])
    with pytest.raises(Refusal) as refused:
        actions.bring_along(by=joan, pieces=keys(maya, "Leah."), sharing=SHARED)

    assert refused.value.code == "not-yours"


def test_there_is_nothing_to_bring_without_a_course_before_or_once_it_is_shut(cast, before):
    assert to_bring(before) == []  # the course that has ended brings nothing from itself
    carl = open_by_client_act(cast.carls.client, cast.carls, now=NOW)
    assert to_bring(carl) == []

    course = actions.begin_following(by=cast.audience(cast.joan, cast.mayas), protocol="ipt_m", sessions=6)
    months = cast.clinic.readable_months_after_end
    later = open_by_client_act(course.client, course, now=NOW + timedelta(days=32 * months))
    assert to_bring(later) == []


def test_bringing_is_one_event(course, maya):
    count = len(events_of(course.pk))

    actions.bring_along(by=maya, pieces=[one.key for one in to_bring(maya)], sharing=JUST_ME)

    assert [event.act for event in events_of(course.pk)[:-count]] == ["ending.brought_along"]


def test_she_brings_it_by_a_plain_form_with_nothing_ticked_and_just_me(cast, maya, joan):
    page = browser(cast.maya)
    assert 'href="/me/ending/bring/"' in page.get("/me/ending/").content.decode()
    form = page.get("/me/ending/bring/").content.decode()
    assert ("Awake at four." in form, 'name="pieces"' in form, "checked" in form.split('name="sharing"')[0]) == (
        True, True, False,
    )  # fmt: skip

    sent = {"key": new_key(), "pieces": [one.key for one in to_bring(maya)]}
    answer = page.post("/me/ending/bring/", sent)

    assert answer.status_code == 302
    assert {one.words.sharing for one in review(maya).signs} == {JUST_ME}
    assert "/me/ending/bring/" not in page.get("/me/ending/").content.decode()
    assert page.post("/me/ending/bring/", {"key": new_key()}).status_code == 422


def test_nobody_else_has_the_page(cast, course, maya):
    assert browser(cast.maya).get("/me/ending/bring/").status_code == 200
    assert browser(cast.joan).get(f"/course/{course.pk}/ending/bring/").status_code == 404
