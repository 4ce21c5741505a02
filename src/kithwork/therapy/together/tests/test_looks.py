"""Who has looked: folded by day, said as a person would say it, unusual first, never as neglect."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from kithwork.foundation.trail.models import Event
from kithwork.therapy.together.looks import asked_about, looks

ZONE = ZoneInfo("Europe/London")
SESSIONS = {4: date(2025, 3, 11), 5: date(2025, 3, 18)}


def event(place, day, hour, **columns):
    given = {
        "who_kind": "staff",
        "who": "j",
        "who_name": "Joan Hale",
        "role": "therapist",
        "act": "read",
    } | columns
    return Event(pk=place, chain="c", place=place, at=datetime(2025, 3, day, hour, tzinfo=UTC), **given)


def folded(*events):
    return looks(events, zone=ZONE, sessions=SESSIONS, client="m")


def test_several_looks_on_one_day_are_one_sentence():
    [look] = folded(
        event(1, 18, 9, page="overview"), event(2, 18, 10, page="diary"), event(3, 18, 11, page="diary")
    )

    assert (look.sentence, look.role) == ("Joan prepared for session 5", "your therapist")
    assert [detail.words for detail in look.details] == ["opened the overview", "opened the shared diary"]


def test_the_session_itself_is_named():
    [look] = folded(event(1, 11, 14, act="session.opened", page="session"))

    assert look.sentence == "Joan worked with you in session 4"


def test_a_look_far_from_any_session_says_so_without_blame():
    assert folded(event(1, 3, 9, page="overview"))[0].sentence == "Joan opened your record"


def test_a_list_is_a_list():
    assert folded(event(1, 18, 9, page="caseload"))[0].sentence == "Joan saw your course in a list"


def test_unusual_access_comes_first():
    usual, deputy = (
        event(1, 18, 9, page="overview"),
        event(2, 12, 9, who="d", who_name="Dee Roe", role="deputy"),
    )

    assert [look.unusual for look in folded(usual, deputy)] == [True, False]


def test_the_clients_own_acts_are_in_the_details_alone():
    [look] = folded(
        event(
            1,
            18,
            9,
            who_kind="client",
            who="m",
            who_name="",
            role="client",
            act="diary.written",
            page="diary",
        )
    )

    assert (look.own, look.sentence) == (True, "You were here")
    assert [detail.words for detail in look.details] == ["saved in the shared diary"]


def test_what_was_opened_again_and_again_is_one_line_with_its_count():
    [look] = folded(*(event(place, 18, 9, page="diary") for place in range(1, 4)))

    assert [(detail.words, detail.times) for detail in look.details] == [("opened the shared diary", 3)]


def test_a_copy_from_the_server_is_unusual_and_named_as_what_it_is():
    usual = event(1, 18, 9, page="overview")
    copied = event(2, 12, 9, who_kind="system", who="", who_name="", role="server", page="copy")

    first = folded(usual, copied)[0]

    assert (first.sentence, first.unusual) == (
        "Somebody who runs the server took a copy of what you share",
        True,
    )
    assert first.question == "Why did whoever runs the server look at my record on Wednesday 12 March?"


def test_the_look_that_a_link_names_is_found_and_no_other():
    deputy = event(1, 12, 9, who="d", who_name="Dee Roe", role="deputy")
    found = folded(deputy)

    assert asked_about(found, on="2025-03-12", who="Dee Roe") == found[0]
    assert asked_about(found, on="2025-03-13", who="Dee Roe") is None
