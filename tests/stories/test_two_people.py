"""A whole course of sixteen sessions: by the therapist alone, and by two people in two browsers."""

from tests.stories.conftest import PHONE
from tests.stories.desk import arc, fill, send, write
from tests.stories.test_every_page import faults_of
from tests.stories.walking import GAD7, PHQ9, begin, invite


def hold(joan, course, number, work=lambda: None):
    """Plan a session, open its room, do its work, write the note, close it."""
    joan.goto(f"{course}sessions/plan/")
    fill(
        joan,
        {
            "on": f"2025-{3 + number // 5:02d}-{1 + number:02d}",
            "at": "10:00",
            "how": "in_person",
            "minutes": "50",
        },
    )
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
    fill(
        joan,
        {"began_around": "The shop closed, and the talk with it."},
        form="main form:has([name=began_around])",
    )
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
    """Formulation, contract, focus and a goal, with what the client signs on paper."""
    joan.goto(f"{course}formulation/")
    if joan.locator("main form:has-text('Begin')").count():
        send(joan, form="main form:has-text('Begin')")
    joan.goto(f"{course}formulation/")
    write(joan, "/formulation/parts/events/", {"events": "The shop closed, and the talk with it."})
    joan.goto(f"{course}formulation/")
    send(joan, form="main form[action$='/formulation/share/']")
    sign(joan, "#signatures")
    assert joan.locator("#picture-state").inner_text() == "Agreed"
    joan.goto(f"{course}contract/")
    joan.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    fill(joan, {"sessions": "16", "reason": "first", "minutes": "50"}, form="main form:has([name=sessions])")
    send(joan, form="main form:has([name=sessions])")
    sign(joan, "#proposed")
    assert arc(joan) == "Session 4 of 16"
    joan.goto(f"{course}focus/choose/")
    fill(joan, {"area": "transition", "in_our_words": "From the shop to something of her own."})
    send(joan)
    joan.goto(f"{course}formulation/goals/add/")
    fill(joan, {"goal": "Coffee with Olga each week"})
    send(joan)


def sign(joan, where):
    """The therapist signs, and enters what the client signed on paper."""
    send(joan, form=f"main {where} form:has([value=therapist])")
    with joan.expect_navigation():
        joan.locator(f"main {where}").get_by_role("button", name="signed on paper").click()


def end(joan, course):
    joan.goto(f"{course}ending/")
    write(joan, "/ending/part/changed/", {"changed": "There is talk again."})
    joan.goto(f"{course}keepsake/booklet/")
    takes = joan.locator("main").inner_text()
    kept = ("The shop closed, and the talk with it.", "Coffee with Olga each week", "There is talk again.")
    assert [words in takes for words in kept] == [True] * 3
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


def share_picture(joan, course):
    joan.goto(f"{course}formulation/")
    write(joan, "/formulation/parts/events/", {"events": "The move, and nobody to ring."})
    joan.goto(f"{course}formulation/")
    send(joan, form="main form[action$='/formulation/share/']")


def test_a_client_on_a_phone_accepts_looks_answers_places_writes_and_signs(visits, served):
    joan = visits.open("joan")
    course = begin(joan, "Rosa")
    share_picture(joan, course)
    link = invite(joan, course, "rosa@example.org", served.folder / "mail")

    rosa = visits.open(device=PHONE)
    rosa.goto(link)
    fill(rosa, {"password": "four-lamps-on-a-hill"})
    send(rosa)
    assert rosa.locator("[data-kw='page:today']").is_visible()
    assert rosa.goto("/me/contract/").status == 200
    assert arc(rosa) == "Session 1 of 16 (to be agreed)"

    go_round(rosa)
    answer_questions(rosa)
    flag = joan.goto("/clinic/") and joan.locator("[data-kw=flag]")
    assert flag.filter(has_text="Rosa").count() == 1
    place_by_keyboard(rosa)
    write_day(rosa)
    rosa.goto("/me/formulation/")
    send(rosa, form="main form[action$='/sign/']")
    joan.goto(f"{course}formulation/")
    assert "Rosa" in joan.locator("#signatures").inner_text()
    assert faults_of(rosa) == []

    # What she kept is not there for Joan; what she shared is.
    joan.goto(f"{course}diary/")
    assert "Nobody asked." not in joan.content()
    # The link has done its work.
    assert visits.open().goto(link).status == 404


def go_round(rosa):
    rosa.goto("/me/cycle/")
    fill(rosa, {"answer": "sometimes", "my_words": "I stop answering."}, form="main form.story-step")
    send(rosa, form="main form.story-step")
    assert rosa.get_by_text("I stop answering.").first.is_visible()


def answer_questions(rosa):
    """One question a page; the ninth is answered, the panel read, and the rest sent."""
    rosa.goto("/me/check-in/")
    assert rosa.get_by_text("One question asks about thoughts of being better off dead").is_visible()
    send(rosa, form="main form[method=post]")
    for _ in range(17):  # sixteen, and how difficult it was, since something was
        number = rosa.locator(".kw-steps").inner_text().split(" ")[0]
        fill(rosa, {"answer": "1" if number == "9" else "0"}, form="main form.checkin-question")
        with rosa.expect_navigation():
            rosa.locator("main form.checkin-question button.kw-button--primary").click()
        if number == "9":
            panel = rosa.locator("[data-kw=help-now]")
            assert "Thank you for saying so." in panel.inner_text()
            with rosa.expect_navigation():
                panel.get_by_text("Carry on").click()
    send(rosa, form="main form#send")
    assert rosa.locator("[data-kw=saved]").first.is_visible()


def place_by_keyboard(rosa):
    rosa.goto("/me/people/")
    rosa.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    fill(rosa, {"label": "Bea", "relation": "friend", "ring": "3"}, form="main form:has([name=label])")
    send(rosa, form="main form:has([name=label])")
    rosa.goto("/me/people/circles/")
    bea = rosa.locator("[data-kw=person][data-name=Bea]")
    bea.focus()
    with rosa.expect_response(lambda answer: "/place/" in answer.url):
        rosa.keyboard.press("ArrowUp")
    rosa.wait_for_selector("[data-kw=person][data-name=Bea][data-ring='2']")
    assert "moved from Further away" in rosa.locator("#kw-status").inner_text()
    rosa.reload()
    assert bea.get_attribute("data-ring") == "2"


def write_day(rosa):
    rosa.goto("/me/")
    with rosa.expect_navigation():
        rosa.locator("main button[name=mood][value='2']").click()
    assert rosa.locator("[data-kw=saved]").first.is_visible()
    rosa.goto("/me/diary/")
    rosa.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    fill(rosa, {"words": "Nobody asked."}, form="main form.diary-card")
    with rosa.expect_navigation():
        rosa.locator("main form.diary-card button.kw-button--primary").click()
    assert rosa.get_by_text("Nobody asked.").first.is_visible()
