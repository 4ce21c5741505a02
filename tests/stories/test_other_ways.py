"""Courses that go another way: one that is extended, one that ends early, and one that is all on paper."""

from tests.stories import walking
from tests.stories.conftest import PHONE
from tests.stories.desk import arc, course_of, fill, send, write
from tests.stories.test_checks_ending import finish
from tests.stories.test_every_page import faults_of
from tests.stories.walking import PHQ9, Two, words_of

# Pages on which each of the two is told of how many sessions this one is.
SAY_OF_HOW_MANY = ("contract/", "formulation/", "focus/", "people/", "story/", "sessions/")


def two_of_the_demo(visits, client, therapist, name):
    """Two people of the demo clinic, in the middle of their course."""
    desk, phone = visits.open(therapist), visits.open(client, device=PHONE)
    desk.goto("/clinic/caseload/?show=all")
    desk.goto(desk.locator("a[href^='/course/']", has_text=name).first.get_attribute("href"))
    return Two(phone, desk, course_of(desk), name)


def of_how_many(two):
    """Every number of sessions that the pages of both tell."""
    told = set()
    for browser, room in two.both:
        for page in SAY_OF_HOW_MANY:
            browser.goto(f"{room}{page}")
            told.add(arc(browser).partition(",")[0])  # the session's room also says when it is
    return told


def test_a_course_is_extended_by_a_new_dated_contract_with_a_reason_that_both_sign(visits):
    two = two_of_the_demo(visits, "maya", "joan", "Maya")
    assert of_how_many(two) == {"Session 5 of 16"}

    why = "Three weeks in hospital."
    walking.propose(two.therapist, two.course, sessions="19", reason="illness_gap", why=why)
    assert of_how_many(two) == {"Session 5 of 16"}  # what nobody has signed changes nothing
    assert ["3 sessions more than now." in said for said in two.read("contract/", "#proposed")] == [
        True,
        True,
    ]
    walking.sign_the_contract(two)

    assert of_how_many(two) == {"Session 5 of 19"}
    for said in two.read("contract/"):
        stands = ("There was a gap through illness or absence", why, "Maya, 18 March", "Joan, 18 March")
        assert [one in said for one in stands] == [True] * 4
        assert "Before" in said
        assert "16 sessions" in said
    assert "We agreed on 19 sessions for this." in two.read("formulation/letter/")[0]


def test_a_course_that_ends_early_says_why_and_on_every_page_that_nobody_reads_now(visits):
    two = two_of_the_demo(visits, "carl", "mira", "Carl")
    finish(
        two.therapist,
        two.course,
        how="other_care",
        reason="something_first",
        why="The knee first.",
        show_why="on",
    )

    hers, theirs = two.read("ending/", "[data-kw=course-ended]")
    assert [words in hers for words in ("Your care goes on elsewhere.", "The knee first.")] == [True, True]
    assert [words in theirs for words in ("On to other care", "The knee first.")] == [True, True]
    reads = {}
    for page in ("", "people/", "focus/", "formulation/", "diary/", "contract/", "progress/", "sessions/"):
        two.client.goto(f"/me/{page}")
        reads[page] = "Nobody at the clinic reads this now." in words_of(two.client, "[data-kw=ended]")
    assert reads == dict.fromkeys(reads, True)
    two.client.goto("/me/people/")
    assert two.client.locator("main form").count() == 0
    assert faults_of(two.client) == []


def test_a_course_on_paper_is_printed_signed_and_typed_in_from_the_first_session_to_the_keepsake(visits):
    joan = visits.open("joan")
    course = walking.begin(joan, "Solveig", "6", "ipc_6")
    walking.propose(joan, course, sessions="6", reason="first")
    send(joan, form="main #proposed form:has([value=therapist])")
    prints(joan, course)

    joan.goto(f"{course}contract/")
    sign_on_paper(joan)
    assert arc(joan) == "Session 1 of 6"
    signed = {line.strip() for line in joan.locator(".kw-signature li").all_inner_texts()}
    assert signed == {"Joan, 18 March", "Solveig, 18 March, on paper, entered by Joan Hale"}

    joan.goto(f"{course}formulation/parts/events/")
    fill(joan, {"events": "The mill closed."})
    send(joan)
    joan.goto(f"{course}formulation/")
    send(joan, form="main form[action$='/formulation/share/']")
    send(joan, form="main #signatures form:has([value=therapist])")
    sign_on_paper(joan)
    assert words_of(joan, "#picture-state") == "Agreed"
    assert "Solveig, 18 March, on paper, entered by Joan Hale" in words_of(joan, "#signatures")

    joan.goto(f"{course}focus/choose/")
    fill(joan, {"area": "transition", "in_our_words": "From the mill to the shore."})
    send(joan)
    joan.goto(f"{course}formulation/goals/add/")
    fill(joan, {"goal": "Walk with Per on Sundays"})
    send(joan)

    joan.goto(f"{course}check-in/?enter=1")
    fill(joan, {"on": "2025-03-18", "source": "paper", **PHQ9})
    send(joan)
    joan.goto(f"{course}sessions/1/typed-in/")
    fill(joan, {"on": "2025-03-18", "at": "10:00", "attendance": "attended"})
    send(joan)
    joan.goto(f"{course}sessions/1/")
    assert "On paper, typed in on 18 March by Joan Hale." in words_of(joan)
    joan.goto(f"{course}contract/")
    assert arc(joan) == "Session 2 of 6"
    assert faults_of(joan) == []

    for number in range(2, 7):
        joan.goto(f"{course}sessions/{number}/typed-in/")
        fill(joan, {"on": "2025-03-18", "at": f"10:{number}5", "attendance": "attended"})
        send(joan)
    joan.goto(f"{course}ending/")
    write(joan, "/ending/part/changed/", {"changed": "Sundays have somebody in them."})
    finish(joan, course, how="as_agreed")
    joan.goto(course)
    assert arc(joan) == "Ended after 6 sessions"
    joan.emulate_media(media="print")
    joan.goto(f"{course}keepsake/booklet/")
    takes = words_of(joan)
    kept = ("The mill closed.", "Walk with Per on Sundays", "Sundays have somebody in them.")
    assert [words in takes for words in kept] == [True] * 3
    assert joan.locator("nav:visible, .kw-no-print:visible, form:visible, button:visible").count() == 0


def prints(joan, course):
    """Each sheet stands on paper by itself: nothing of the page around it, nothing to press."""
    joan.goto(f"{course}contract/")
    where = joan.locator("main #proposed form").first.get_attribute("action").removesuffix("sign/")
    joan.emulate_media(media="print")
    for sheet in (
        f"{where}print/",
        f"{course}worksheets/new/conversation/paper/",
        f"{course}sessions/1/paper/",
        f"{course}check-in/paper/print/",
    ):
        assert joan.goto(sheet).status == 200, sheet
        assert joan.locator("nav:visible, .kw-no-print:visible, form:visible, button:visible").count() == 0, (
            sheet
        )
        assert joan.locator("main").inner_text().strip(), sheet
    joan.emulate_media(media="screen")


def sign_on_paper(joan):
    with joan.expect_navigation():
        joan.get_by_role("button", name="Solveig signed on paper").click()
