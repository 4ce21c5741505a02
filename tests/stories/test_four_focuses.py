"""A whole course for each of the four difficulties: from the first session to a booklet in her hands."""

import re

import pytest

from tests.stories import walking
from tests.stories.conftest import PHONE
from tests.stories.desk import arc, fill, send
from tests.stories.test_every_page import faults_of, runs_sideways
from tests.stories.walking import KEPT, Hour, Two, add, words_of


@pytest.fixture
def meet(visits, served):
    """Two people begin: the therapist writes the client down and invites her, and she accepts on her phone."""

    def begin(name, protocol, sessions):
        joan = visits.open("joan")
        course = walking.begin(joan, name, sessions, protocol)
        link = walking.invite(joan, course, f"{name.lower()}@example.org", served.folder / "mail")
        client = visits.open(device=PHONE)
        client.goto(link)
        fill(client, {"password": "four-lamps-on-a-hill"})
        send(client)
        return Two(client, joan, course, name)

    return begin


def agree(two, *, began, parts, better, sessions):
    """From the first session to both signatures under the picture and the contract."""
    walking.first_picture(two, began)
    assert two.holds("first/", "[name=began_around]") == [began, began]
    walking.draw_the_picture(two, parts, f"I would say: {better}")
    walking.change_part(two.client, "/me/", "events", better)
    signed = f"{two.name}, 18 March Joan, 18 March"
    assert walking.sign_the_picture(two) == ["Agreed", "Agreed", signed, signed]
    letters = two.read("formulation/letter/", "[data-kw=letter]")
    assert letters[0] == letters[1]
    assert [words in letters[0] for words in (better, parts["focus"], parts["events"])] == [True, True, False]

    assert two.places() == [f"Session 1 of {sessions} (to be agreed)"] * 2
    walking.propose(two.therapist, two.course, sessions=sessions, reason="first")
    walking.sign_the_contract(two)
    assert two.places() == [f"Session 1 of {sessions}"] * 2


def end(two, *, changed, sign, plan, goodbye, sessions, goal):
    """From the goal's last rating to what she takes with her, and what the therapist never saw."""
    walking.rate(two.client, "/me/", "7", "end")
    walking.look_back(two, changed, sign, plan, goodbye)
    for said in two.read("ending/"):
        assert [words in said for words in (f"{goal} 2 → 7 of 10", changed, sign, plan, goodbye)] == [True] * 5
    walking.finish(two, how="as_agreed", what_comes="nothing")
    assert "Nobody at the clinic reads this now." in two.read("ending/", "[data-kw=course-ended]")[0]
    assert two.places() == [f"Ended after {sessions} sessions"] * 2

    booklet = walking.take_along(two, KEPT)
    assert [words in booklet for words in (changed, sign, plan, goodbye, goal)] == [True] * 5
    assert [words in booklet for words in (KEPT, "Note of session")] == [True, False]
    hers, theirs = walking.where_it_shows(two)
    assert "keepsake/" in hers
    assert theirs == []
    for browser, _ in two.both:
        assert (faults_of(browser), runs_sideways(browser)) == ([], False)


def read_the_hour(said, hour):
    """What she reads of a session: what they took from it, the week, what there is to try, and what she brought."""
    parts = (hour.summary, hour.link, hour.attempt, hour.talk)
    assert [words in said for words in parts] == [True] * 4


def test_a_conflict_from_the_first_session_to_the_keepsake(meet):
    two = meet("Ingrid", "ipt_12", "12")
    agree(
        two,
        began="Since my sister sold the house without asking.",
        parts={"events": "The house was sold.", "focus": "What you and Astrid want of each other."},
        better="The house was sold, and I heard it from a neighbour.",
        sessions="12",
    )
    walking.add_people(two.client, "Astrid\nPer", "2", "shared")
    walking.add_people(two.client, KEPT, "1", "just-me")
    assert walking.names_on(two.client, "/me/") == {"Astrid": "2", "Per": "2", KEPT: "1"}
    assert walking.names_on(two.therapist, two.course) == {"Astrid": "2", "Per": "2"}
    walking.choose_focus(two, "dispute", "Astrid and I, about the house.")
    walking.add_goal(two, "Astrid and I speak once a week")

    stage = {"stage": "impasse", "on": "2025-03-11", "i_hope": "To be asked.", "they_hope": "To be thanked."}
    add(two.therapist, two.course, "stage", stage)
    add(two.client, "/me/", "option", {"option": "Write her a card.", "for_it": "It is short.", "sharing": "shared"})
    add(two.client, "/me/", "option", {"option": f"{KEPT}: never ring again.", "sharing": "just-me"})
    talk = {"turning_point": "Where I said “as always”.", "another_way": "I would have liked to be asked."}
    sheets = walking.fill_sheet(two, "conversation", talk, "main")
    assert [[words in said for words in talk.values()] for said in sheets] == [[True, True]] * 2

    for number in range(1, 6):
        walking.type_in(two, number)
    hour = Hour(
        "The card that I wrote.", "Lowest after her message.", "communication_analysis",
        "Send the card.", "Saying it once, early.",
    )  # fmt: skip
    read_the_hour(walking.hold_in_the_room(two, 6, hour), hour)
    add(two.client, "/me/", "stage", {"stage": "renegotiation", "on": "2025-03-18", "sharing": "shared"})
    for said in two.read("focus/"):
        assert re.search(r"Stuck 11 Mar 2025 Still trying 18 Mar 2025", said)
        assert [one in said for one in ("To be asked.", "To be thanked.", "Write her a card.")] == [True] * 3
    past = walking.review(two, 6, "The talk has begun again.")
    assert past.startswith("Review point, session 6 18 March 2025, Joan Hale Go on as agreed.")
    for number in range(7, 13):
        walking.type_in(two, number)
    end(
        two,
        changed="I said that I was hurt, the same day.",
        sign="I stop opening her messages.",
        plan="Ring Per, and then Astrid.",
        goodbye="Go well, Ingrid.",
        sessions=12,
        goal="Astrid and I speak once a week",
    )
