"""A whole course of sixteen sessions: by the therapist alone, and by two people in two browsers."""

import pytest

from tests.stories.conftest import PHONE
from tests.stories.desk import arc, course_of, fill, send, write
from tests.stories.test_every_page import faults_of

PHQ9 = {f"phq9_{n}": "1" for n in range(1, 9)} | {"phq9_9": "0"}
GAD7 = {f"gad7_{n}": "1" for n in range(1, 8)}


def begin(joan, name, sessions="16"):
    joan.goto("/clinic/clients/new/")
    fill(joan, {"name": name, "offered": sessions})
    send(joan)
    return course_of(joan)


def hold(joan, course, number, work=lambda: None):
    """Plan a session, open its room, do its work, write the note, close it."""
    joan.goto(f"{course}sessions/plan/")
    fill(joan, {"on": f"2025-{3 + number // 5:02d}-{1 + number:02d}", "at": "10:00", "how": "in_person", "minutes": "50"})
    send(joan)
    joan.goto(f"{course}sessions/{number}/")
    send(joan, form="main form[action$='/open/']")
    work()
    joan.goto(f"{course}sessions/{number}/note/")
    fill(joan, {"note": f"Note {number}.", "summary": f"Summary {number}."})
    send(joan, form="main form:has([name=note])")
    joan.goto(f"{course}sessions/{number}/")
    write(joan, f"/sessions/{number}/close/", {"attendance": "attended"})


def first_session(joan, course):
    joan.goto(f"{course}first/")
    joan.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    fill(joan, {"began_around": "The shop closed, and the talk with it."}, form="main form:has([name=began_around])")
    send(joan, form="main form:has([name=began_around])")
    assert joan.get_by_text("The shop closed, and the talk with it.").first.is_visible()
    joan.goto(f"{course}check-in/?enter=1")
    fill(joan, {"on": "2025-03-18", "source": "aloud", **PHQ9, **GAD7})
    send(joan)
    assert joan.goto(f"{course}check-in/").status == 200
    assert joan.locator("td.kw-number").first.inner_text() == "8"


def draw_people(joan, course):
    joan.goto(f"{course}people/")
    joan.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    fill(joan, {"label": "Olga", "relation": "friend", "ring": "2"}, form="main form:has([name=label])")
    send(joan, form="main form:has([name=label])")
    joan.goto(f"{course}people/circles/")
    assert joan.locator("[data-kw=person][data-ring='2']").count() >= 1


def agree(joan, course):
    """Formulation, contract and focus, with what the client signs on paper."""
    joan.goto(f"{course}formulation/")
    if joan.locator("main form:has-text('Begin')").count():
        send(joan, form="main form:has-text('Begin')")
    joan.goto(f"{course}formulation/")
    write(joan, "/formulation/parts/events/", {"events": "The shop closed, and the talk with it."})
    joan.goto(f"{course}contract/")
    joan.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    fill(joan, {"sessions": "16", "reason": "first", "minutes": "50"}, form="main form:has([name=sessions])")
    send(joan, form="main form:has([name=sessions])")


def end(joan, course):
    joan.goto(f"{course}ending/")
    write(joan, "/ending/part/changed/", {"changed": "There is talk again."})
    joan.goto(f"{course}ending/finish/")
    fill(joan, {"how": "as_agreed", "sure": "on"})
    send(joan)


def test_a_therapist_walks_sixteen_sessions_with_a_client_who_has_no_account(visits):
    joan = visits.open("joan")
    course = begin(joan, "Ines")
    assert arc(joan).startswith("Session 1 of 16 (to be agreed)")

    work = {1: first_session, 2: draw_people, 4: agree}
    for number in range(1, 17):
        hold(joan, course, number, lambda number=number: work.get(number, lambda *_: None)(joan, course))
    joan.goto(course)
    assert faults_of(joan) == []
    end(joan, course)

    joan.goto(course)
    assert arc(joan).startswith("Ended after 16 sessions")
    assert joan.locator("[data-kw=ended]").is_visible()
    assert joan.goto(f"{course}sessions/").status == 200
    assert joan.locator("main").inner_text().count("Session") >= 16


@pytest.fixture
def course(visits):
    """A course of Joan's, with an account for its client."""
    joan = visits.open("joan")
    return joan, begin(joan, "Rosa")
