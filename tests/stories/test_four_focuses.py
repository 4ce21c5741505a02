"""A whole course for each of the four difficulties: from the first session to a booklet in her hands."""

import re

import pytest

from tests.stories import walking
from tests.stories.conftest import PHONE
from tests.stories.desk import fill, send
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
        assert [words in said for words in (f"{goal} 2 → 7 of 10", changed, sign, plan, goodbye)] == [
            True
        ] * 5
    walking.finish(two, how="as_agreed", what_comes="nothing")
    assert "Nobody at the clinic reads this now." in two.read("ending/", "[data-kw=course-ended]")[0]
    assert two.places() == [f"Ended after {sessions} sessions"] * 2

    booklet = walking.take_along(two, "that nobody hurried me")
    assert [words in booklet for words in (changed, sign, plan, goodbye, goal)] == [True] * 5
    others = ("that nobody hurried me", "afraid of June", "Note of session")
    assert [words in booklet for words in others] == [True, False, False]
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
    add(
        two.client,
        "/me/",
        "option",
        {"option": "Write her a card.", "for_it": "It is short.", "sharing": "shared"},
    )
    add(two.client, "/me/", "option", {"option": f"{KEPT}: never ring again.", "sharing": "just-me"})
    talk = {"turning_point": "Where I said “as always”.", "another_way": "I would have liked to be asked."}
    sheets = walking.fill_sheet(two, "conversation", talk, "main")
    assert [[words in said for words in talk.values()] for said in sheets] == [[True, True]] * 2

    hour = Hour(
        "The card that I wrote.", "Lowest after her message.", "communication_analysis",
        "Send the card.", "Saying it once, early.",
    )  # fmt: skip
    read_the_hour(walking.through_the_middle(two, hour, at=6, last=6), hour)
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


def test_a_life_change_from_the_first_session_to_the_keepsake(meet):
    two = meet("Tove", "ipc_6", "6")
    agree(
        two,
        began="When the ferry stopped, and my work with it.",
        parts={"events": "The work ended.", "focus": "Who you are without the ferry."},
        better="The ferry stopped, and nobody said thank you.",
        sessions="6",
    )
    walking.choose_focus(two, "transition", "From the ferry to the shore.")
    walking.add_goal(two, "Coffee with the old crew each month")

    sheet = {
        "old-good": "The mornings.",
        "old-hard": "The nights.",
        "new-good": "My own bed.",
        "new-hard": "Noon.",
    }
    for kind in ("old-good", "old-hard"):
        add(two.therapist, two.course, kind, {"item": sheet[kind]})
    for kind in ("new-good", "new-hard"):
        add(two.client, "/me/", kind, {"item": sheet[kind], "sharing": "shared"})
    add(two.client, "/me/", "self", {"text": "I was somebody who is waited for.", "sharing": "shared"})
    add(two.client, "/me/", "losses", {"text": f"{KEPT}: the smell of diesel.", "sharing": "just-me"})
    for browser, room in two.both:
        browser.goto(f"{room}focus/")
        assert {
            kind: words in words_of(browser, f"#list-{kind}") for kind, words in sheet.items()
        } == dict.fromkeys(sheet, True)
        assert "I was somebody who is waited for." in words_of(browser, "#list-self")
    moment = {"happened": "They sat at our table.", "wanted": "To be called over."}
    sheets = walking.fill_sheet(two, "incident", moment, "main")
    assert [[words in said for words in moment.values()] for said in sheets] == [[True, True]] * 2

    hour = Hour(
        "Noon, mostly.", "Best on Friday, with the crew.", "exploration", "Ring Lars.", "Two shores, one person."
    )  # fmt: skip
    read_the_hour(walking.through_the_middle(two, hour, at=4, last=4), hour)
    assert walking.review(two, 4, "Noon is easier.").startswith("Review point, session 4 18 March 2025")
    for number in (5, 6):
        walking.type_in(two, number)
    end(
        two,
        changed="I rang the crew before they forgot me.",
        sign="I sleep until noon.",
        plan="Coffee with Lars.",
        goodbye="Fair wind, Tove.",
        sessions=6,
        goal="Coffee with the old crew each month",
    )


def test_grief_from_the_first_session_to_the_keepsake(meet):
    two = meet("Sunniva", "ipc_6", "6")
    agree(
        two,
        began="In the spring after my brother died.",
        parts={"events": "Your brother died.", "focus": "Missing him, and not only missing him."},
        better="Jon died in March, and I went back to work on the Monday.",
        sessions="6",
    )
    walking.choose_focus(two, "grief", "Jon.")
    walking.add_goal(two, "One walk a week with somebody who knew him")

    story = "We shared a room.\n\nHe taught me to whistle."
    add(two.client, "/me/", "story", {"text": story, "sharing": "shared"})
    add(two.client, "/me/", "date", {"what": "His birthday", "when": "25 March", "sharing": "shared"})
    add(two.client, "/me/", "unsaid", {"text": f"{KEPT}: that I was angry.", "sharing": "just-me"})
    add(two.therapist, two.course, "reconnect", {"step": "The choir, one evening."})
    for said in two.read("focus/"):
        stands = ("He taught me to whistle.", "next on 25 March 2025", "The choir, one evening.")
        assert [words in said for words in stands] == [True] * 3
    two.therapist.goto(f"{two.course}prepare/")
    near = words_of(two.therapist, "[data-kw=near-days]")
    assert near == "Days that matter 25 March in 7 days His birthday"
    step = two.client.locator(".kw-items__item", has_text="The choir, one evening.")
    step.get_by_role("link", name="Change").click()
    fill(two.client, {"how_it_went": "They had kept my chair.", "done_on": "2025-03-17"})
    send(two.client)
    assert ["They had kept my chair." in said for said in two.read("focus/", "#list-reconnect")] == [
        True,
        True,
    ]
    sheets = walking.fill_sheet(two, "feelings", {"words": "Cross, and then not."}, "main")
    assert ["Cross, and then not." in said for said in sheets] == [True, True]

    hour = Hour(
        "His birthday.", "Lowest on the day of the letter.", "affect", "Sing on Tuesday.", "Both are allowed."
    )  # fmt: skip
    read_the_hour(walking.through_the_middle(two, hour, at=4, last=4), hour)
    assert walking.review(two, 4, "The choir.").startswith("Review point, session 4 18 March 2025")
    for number in (5, 6):
        walking.type_in(two, number)
    end(
        two,
        changed="I say his name again.",
        sign="I leave the radio off.",
        plan="The choir on Tuesdays.",
        goodbye="Whistle now and then, Sunniva.",
        sessions=6,
        goal="One walk a week with somebody who knew him",
    )


def test_starting_and_keeping_from_the_first_session_to_the_keepsake(meet):
    two = meet("Ragna", "ipc_6", "6")
    agree(
        two,
        began="It has been quiet since school.",
        parts={"events": "It has long been quiet.", "focus": "Small steps towards people."},
        better="It has been quiet for so long that I thought it was me.",
        sessions="6",
    )
    walking.add_people(two.client, "Unni", "3", "shared")
    walking.add_people(two.client, KEPT, "1", "just-me")
    walking.choose_focus(two, "sensitivity", "Beginning, and staying.")
    walking.add_goal(two, "One person whom I greet by name")

    add(
        two.client,
        "/me/",
        "easier",
        {"text": "In the band, where there was something to do.", "sharing": "shared"},
    )
    add(two.therapist, two.course, "repeats", {"text": "You go before they can."})
    add(two.client, "/me/", "between", {"text": f"{KEPT}: I nearly stayed away.", "sharing": "just-me"})
    add(two.client, "/me/", "step", {"step": "Eat lunch in the kitchen.", "place": "2", "sharing": "shared"})
    add(two.client, "/me/", "step", {"step": "Say good morning to Unni.", "place": "1", "sharing": "shared"})
    ladder = two.client.locator(".kw-items--ladder > .kw-items__item")
    ladder.first.get_by_role("link", name="Write down a try").click()
    fill(two.client, {"what_happened": "She asked my name.", "sharing": "shared"})
    send(two.client)
    for browser, room in two.both:
        browser.goto(f"{room}focus/")
        steps = browser.locator(".kw-items--ladder > .kw-items__item").all_inner_texts()
        assert [("good morning" in one, "She asked my name." in one) for one in steps] == [
            (True, True),
            (False, False),
        ]
        assert "In the band, where there was something to do." in words_of(browser, "#list-easier")
        assert "You go before they can." in words_of(browser, "#list-repeats")
    counts = [page.locator("table", has_text="People and groups on the circles") for page, _ in two.both]
    counted = [table.locator("tbody tr").last.locator("td").all_inner_texts() for table in counts]
    assert counted == [["2", "1"], ["1", "0"]]  # whom she keeps is counted on her own page alone
    play = {"aim": "To be there.", "opening": "Good morning, Unni."}
    sheets = walking.fill_sheet(two, "role_play", play, "main")
    assert [[words in said for words in play.values()] for said in sheets] == [[True, True]] * 2

    hour = Hour(
        "Good morning.", "Best on Tuesday, at ten.", "role_play", "Lunch, once.", "A name is a beginning."
    )
    read_the_hour(walking.through_the_middle(two, hour, at=4, last=4), hour)
    assert walking.review(two, 4, "Slow is fine.").startswith("Review point, session 4 18 March 2025")
    for number in (5, 6):
        walking.type_in(two, number)
    end(
        two,
        changed="I stayed until the plates were gone.",
        sign="I eat at my desk.",
        plan="Good morning, every morning.",
        goodbye="See you around, Ragna.",
        sessions=6,
        goal="One person whom I greet by name",
    )
