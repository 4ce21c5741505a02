"""From the ending opened to the keepsake taken along after the end; an early ending; a pause that says who reads."""

import re

import pytest

from tests.stories.conftest import DESK, PHONE
from tests.stories.desk import arc, course_of, fill, send, write
from tests.stories.test_every_page import faults_of, runs_sideways

PAGES = ("ending/", "keepsake/", "keepsake/booklet/")


@pytest.fixture
def joan(visits):
    """Joan, on Maya's ending."""
    page = visits.open("joan")
    page.goto("/clinic/caseload/")
    page.goto(page.locator("a[href^='/course/']", has_text="Maya").first.get_attribute("href"))
    page.goto(f"{course_of(page)}ending/")
    return page


def finish(page, course, **said):
    """End it: refused while something about safety waits for a review, and not before every flag has one."""
    for _ in range(4):
        page.goto(f"{course}ending/finish/")
        fill(page, said | {"sure": "on"})
        send(page)
        if "still waiting for a review" not in page.inner_text("main"):
            return
        page.goto(f"{course}safety/")
        page.locator("[data-kw=flag]").get_by_role("link", name="Record your review").first.click()
        page.locator("main [name=decisions][value=talked]").check()
        send(page)
    raise AssertionError(page.inner_text("main"))


def sound(page):
    assert (faults_of(page), runs_sideways(page)) == ([], False), page.url


def test_a_paused_course_says_who_reads_to_both_of_them(visits, joan):
    """A paused course says on every page who reads, and, where nobody does, that nobody does."""
    maya, course = visits.open("maya", device=PHONE), course_of(joan)
    for reader, told in (
        (
            "Joan Hale",
            "Your sessions are paused. Joan reads what you share in the meantime, in working hours.",
        ),
        ("Nobody", "Your sessions are paused. Nobody at the clinic reads what you write in the meantime."),
    ):
        joan.goto(f"{course}pause/")
        joan.locator("main label", has_text=reader).first.click()
        send(joan, form="main form.kw-form")
        sound(joan)
        for page in ("/me/", "/me/diary/", "/me/ending/", "/me/check-in/"):
            maya.goto(page)
            assert told in maya.locator("[data-kw=who-reads]").inner_text(), page
    assert "a check-in can’t begin" in maya.inner_text("main")
    sound(maya)

    joan.goto(f"{course}pause/")
    with joan.expect_navigation():
        joan.get_by_role("button", name="Go on").click()
    maya.goto("/me/")
    assert maya.locator("[data-kw=who-reads]").count() == 0


def test_from_the_ending_opened_to_a_keepsake_taken_after_the_end(visits, joan, tmp_path):
    """The two agree on fewer sessions, so the ending opens; they write; it ends; she takes along what she ticked."""
    maya, course = visits.open("maya", device=PHONE, javascript=False), course_of(joan)
    maya.goto("/me/ending/")
    assert "This page opens with session 13." in maya.locator("[data-kw=not-yet]").inner_text()
    open_it(joan, maya, course)
    look_back(joan, maya, course)

    finish(joan, course, how="earlier_together", reason="enough", why="We both saw it.", show_why="on")
    assert "Earlier, decided together" in joan.locator("[data-kw=course-ended]").inner_text()
    sound(joan)

    maya.goto("/me/ending/")
    said = maya.locator("[data-kw=course-ended]").inner_text()
    for words in (
        "Nobody at the clinic reads this now.",
        "as the two of you decided",
        "We both saw it.",
        "come back",
    ):
        assert words in said
    take_along(maya, tmp_path)
    with_scripts = visits.open("maya", device=PHONE)
    for page in PAGES:
        with_scripts.goto(f"/me/{page}")
        sound(with_scripts)


def open_it(joan, maya, course):
    joan.goto(f"{course}contract/")
    joan.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    form = "main form:has([name=sessions])"
    fill(joan, {"sessions": "7", "reason": "going_well"}, form=form)
    send(joan, form=form)
    send(joan, form="main form[action$='/sign/']:has-text('Sign')")
    maya.goto("/me/contract/")
    with maya.expect_navigation():
        maya.locator("main form[action$='/sign/'] button").first.click()
    assert arc(maya).startswith("Session 5 of 7")
    maya.goto("/me/ending/")
    assert "This page opens with session 6." in maya.locator("[data-kw=not-yet]").inner_text()
    joan.goto(course)
    for number in (5, 6):
        joan.goto(f"{course}sessions/{number}/")
        with joan.expect_navigation():
            joan.locator(f"main form[action$='/sessions/{number}/open/'] button").first.click()
        if number == 5:
            write(joan, f"/sessions/{number}/close/", {"attendance": "attended"})
    write(joan, "/sessions/6/close/", {"attendance": "attended"})
    maya.goto("/me/ending/")
    assert maya.locator("[data-kw=not-yet]").count() == 0


def look_back(joan, maya, course):
    for action, fields, sharing in (
        ("/ending/part/changed/", {"changed": "I say it the same evening."}, "shared"),
        ("/ending/part/feelings/", {"feelings": "I am afraid of June."}, "just-me"),
        ("/ending/part/helped/", {"helped": "That nobody hurried me."}, "just-me"),
        ("/ending/signs/", {"sign": "I put the phone in the drawer."}, "shared"),
    ):
        maya.goto("/me/ending/")
        maya.locator(f"main details:has(form[action$='{action}']) > summary").click()
        fill(maya, fields, form=f"main form[action$='{action}']")
        maya.locator(f"main form[action$='{action}'] [value='{sharing}'] + label").click()
        send(maya, form=f"main form[action$='{action}']")
    joan.goto(f"{course}ending/")
    write(joan, "/ending/part/from_therapist/", {"from_therapist": "Go well, Maya.", "show": "on"})
    text = joan.inner_text("main")
    assert ("I say it the same evening." in text, "afraid of June" in text, "hurried" in text) == (
        True,
        False,
        False,
    )
    for page in PAGES:
        joan.goto(f"{course}{page}")
        sound(joan)
        assert "hurried" not in joan.content()


def take_along(maya, folder):
    """Each piece has its tick. What she keeps goes in only when she ticks it, and after the end the files are there."""
    maya.goto("/me/keepsake/")
    kept = maya.locator("[data-kw=piece]", has_text="That nobody hurried me.").locator("input")
    assert kept.is_checked() is False
    kept.check()
    maya.locator("[data-kw=piece]", has_text="I put the phone in the drawer.").locator("input").uncheck()
    send(maya, form="main form.ending-pieces")
    assert maya.locator("[data-kw=holds-kept]").is_visible()

    files = {}
    for name in ("The booklet (PDF)", "One page for any browser"):
        with maya.expect_download() as coming:
            maya.get_by_role("link", name=name).click()
        files[name] = folder / coming.value.suggested_filename
        coming.value.save_as(files[name])
    assert files["The booklet (PDF)"].read_bytes().startswith(b"%PDF-")
    assert all(re.fullmatch(r"booklet-\d{4}-\d\d-\d\d\.(pdf|html)", one.name) for one in files.values())

    alone = maya.context.browser.new_context(offline=True, java_script_enabled=False).new_page()
    asked = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(files["One page for any browser"].as_uri())
    text = alone.inner_text("main")
    assert [words in text for words in (
        "I say it the same evening.", "That nobody hurried me.", "Go well, Maya.", "drawer", "afraid of June"
    )] == [True, True, True, False, False]  # fmt: skip
    assert len(asked) == 1
    alone.context.close()
    maya.goto("/me/keepsake/booklet/")
    assert "I put the phone" in maya.inner_text("main")  # the usual choice, which the address did not change


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_stopping_early_is_said_by_the_client_and_recorded_with_a_reason(visits, device):
    """Carl takes back a wish to stop, and says it again; Mira records an early ending; his page says it gently."""
    carl, mira = visits.open("carl", device=device), visits.open("mira", device=device)
    mira.goto("/clinic/caseload/?show=all")
    mira.goto(mira.locator("a[href^='/course/']", has_text="Carl").first.get_attribute("href"))
    course = course_of(mira)
    carl.goto("/me/ending/")
    if carl.locator("[data-kw=course-ended]").count() == 0:
        sound(carl)
        # He had said so before, and takes it back.
        with carl.expect_navigation():
            carl.get_by_role("button", name="I would rather go on").click()
        carl.get_by_role("link", name="I would like to stop").click()
        sound(carl)
        fill(carl, {"reason": "practical", "words": "The bus is gone."})
        send(carl)
        assert "nothing changes, and nothing is lost" in carl.inner_text("main")
        mira.goto(f"{course}ending/")
        assert "The bus is gone." in mira.locator("[data-kw=wish-to-stop]").inner_text()
        sound(mira)
        finish(mira, course, how="earlier_alone", reason="practical", why="For me.")

    carl.goto("/me/ending/")
    said = carl.locator("[data-kw=course-ended]").inner_text()
    mira.goto(f"{course}ending/")

    assert "Stopping was yours to decide, and needs no reason." in said
    assert "For me." not in carl.content()
    assert "For me." in mira.locator("[data-kw=course-ended]").inner_text()
    sound(carl)
    sound(mira)
