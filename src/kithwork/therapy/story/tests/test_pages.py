"""The story as two people meet it in a browser."""

import re

import pytest
from tests.cast import browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.story import actions, queries

KEY = "k" * 24
EVENT = {"title": "Row about money", "when": "spring 2022", "lane": "relationships", "sharing": "shared"}


def pages(course):
    return [f"/course/{course.pk}/{page}/" for page in ("first", "story", "cycle", "difficulties")]


def same(content):
    """A page without what differs at every look: tokens and keys."""
    return re.sub(rb'name="(csrfmiddlewaretoken|key)" value="[^"]*"', b"", content)


def test_staff_pages_stay_the_same_to_the_byte_when_she_adds_what_she_keeps(cast):
    joan, maya = browser(cast.joan), cast.maya_now()
    shared = actions.add_event(
        by=maya, title="Row", when="2021", lane="relationships", sharing=Sharing.SHARED
    )
    watched = [*pages(cast.mayas), f"/course/{cast.mayas.pk}/story/{shared.pk}/"]
    before = [same(joan.get(page).content) for page in watched]

    actions.add_event(by=maya, title="Nobody knows", when="1999", lane="mood")
    actions.set_symptom(by=maya, kind="sad", present="often", words={"effect": "Mine."})
    actions.write_first(by=maya, field="how_it_is", text="Mine.")
    actions.add_episode(by=maya, when="1998", before="Mine.")
    actions.add_put_down(by=maya, what="Mine.")
    actions.set_cycle_step(
        by=maya, station="pull_away", answer="often", help_here="Mine.", could_stop_here=True
    )

    assert [same(joan.get(page).content) for page in watched] == before


def test_an_event_is_saved_once_and_found_again(cast):
    page = browser(cast.maya)

    answers = [page.post("/me/story/", {"key": KEY, **EVENT}) for _ in range(5)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, answers[0]["Location"])}
    assert [event.title for event in queries.events(cast.maya_now())] == ["Row about money"]
    assert b"Row about money" in browser(cast.joan).get(f"/course/{cast.mayas.pk}/story/").content


def test_an_unclear_date_comes_back_with_the_words_still_there(cast):
    answer = browser(cast.maya).post("/me/story/", {"key": KEY, **EVENT, "when": "5/3/2021"})

    assert answer.status_code == 422
    assert b"That date can be read in two ways." in answer.content
    assert b"Row about money" in answer.content


def test_an_event_saved_without_a_choice_is_just_hers(cast):
    browser(cast.maya).post("/me/story/", {"key": KEY, **EVENT, "sharing": ""})

    assert queries.events(cast.audience(cast.joan, cast.mayas)) == []
    assert [event.sharing for event in queries.events(cast.maya_now())] == [Sharing.JUST_ME]


@pytest.mark.parametrize(
    "address", ["/course/{course}/story/{event}/", "/course/{course}/story/{event}/remove/"]
)
def test_a_kept_event_is_not_found_by_staff(cast, address):
    event = actions.add_event(by=cast.maya_now(), title="Mine", when="2021", lane="mood")
    joan = browser(cast.joan)

    kept = joan.post(address.format(course=cast.mayas.pk, event=event.pk), {"key": KEY})
    none = joan.post(address.format(course=cast.mayas.pk, event="A" * 22), {"key": KEY})

    assert (kept.status_code, kept.content) == (404, none.content)


def test_the_therapist_writes_the_first_picture_while_the_client_talks(cast):
    page = f"/course/{cast.mayas.pk}/first/"

    answer = browser(cast.joan).post(page, {"key": KEY, "part": "began", "began_when": "Last spring."})

    assert answer["Location"].startswith(page)
    shown = browser(cast.maya).get("/me/first/?open=began").content.decode()
    assert "Last spring." in shown
    assert "written together, session 1" in shown


def test_an_answer_alone_is_enough_at_a_station(cast):
    answer = browser(cast.maya).post(
        "/me/cycle/", {"key": KEY, "station": "pull_away", "answer": "rather_not_say"}
    )

    assert "station=3" in answer["Location"]
    step = queries.cycle(cast.maya_now())[1]
    assert (step.answer_label, step.sharing) == ("Rather not say", Sharing.JUST_ME)


def test_passing_a_station_by_keeps_nothing(cast):
    browser(cast.maya).post("/me/cycle/", {"key": KEY, "station": "pull_away", "sharing": "just-me"})

    assert [step.id for step in queries.cycle(cast.maya_now())] == ["", "", "", ""]


def test_the_ring_opens_where_it_could_stop(cast):
    actions.set_cycle_step(
        by=cast.maya_now(), station="pull_away", help_here="Tell Sam", sharing=Sharing.SHARED
    )

    pages = browser(cast.maya).get("/me/cycle/"), browser(cast.joan).get(f"/course/{cast.mayas.pk}/cycle/")

    assert [(page.content.count(b"cycle-gap"), b"Tell Sam" in page.content) for page in pages] == [
        (2, True)
    ] * 2


def test_two_texts_come_back_when_somebody_else_was_first(cast):
    maya = cast.maya_now()
    actions.write_first(by=maya, field="began_when", text="Spring.", sharing=Sharing.SHARED)
    base = queries.first_fields(maya)["began_when"].base
    actions.write_first(
        by=cast.audience(cast.joan, cast.mayas), field="began_when", text="Summer.", base=base
    )

    words = {"began_when": "Autumn.", "began_when_base": base, "sharing": "shared"}
    answer = browser(cast.maya).post("/me/first/", {"key": KEY, "part": "began", **words})

    assert answer.status_code == 409
    assert b"Summer." in answer.content
    assert b"Autumn." in answer.content


def test_what_was_written_together_is_taken_out_by_a_button(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    actions.write_first(by=joan, field="care_alcohol", text="Two bottles.")
    [item] = queries.written_together(joan, 1)
    page = f"/course/{cast.mayas.pk}/first/"

    browser(cast.joan).post(
        page, {"key": KEY, "part": "take-out", "record": item.record, "field": item.field}
    )

    assert b"Two bottles." not in browser(cast.joan).get(page).content
    assert b"Two bottles." not in browser(cast.maya).get("/me/first/").content


def test_after_the_course_there_is_only_reading(cast):
    actions.write_first(by=cast.maya_now(), field="began_when", text="Spring.", sharing=Sharing.SHARED)
    cast.mayas.state = "ended"
    cast.mayas.save()

    contents = [browser(cast.maya).get(f"/me/{page}/").content for page in ("first", "story", "cycle")]

    assert b"Spring." in contents[0]
    assert [b'name="sharing"' in content for content in contents] == [False, False, False]


@pytest.mark.parametrize("page", ["/about/", "/about/cycle/?station=4", "/about/someone-close/"])
def test_the_open_pages_need_no_sign_in_and_lead_to_help(client, db, page):
    answer = client.get(page)

    assert answer.status_code == 200
    assert b'href="/help/"' in answer.content


def test_an_unknown_station_is_not_found(client, db):
    assert client.get("/about/cycle/?station=nowhere").status_code == 404
