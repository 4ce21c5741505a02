"""Checks of safety in a real browser: help at once, leaving quickly, signed out while writing, a flag to its review."""

import json
import re

import pytest

from tests.stories.conftest import DESK, NO_WORKER, PHONE
from tests.stories.desk import course_of, fill, send
from tests.stories.test_every_page import crawl

ITEM_NINE, PANEL = "?item=9", "[data-kw=help-now]"
NOT_SENT = "Not sent. Nobody has seen this."
FIRST, QUICK_MS = "main form.checkin-question", 100
WHERE_MAYA_WRITES = "/me/diary/"
KEPT_HERE = """async () => {
  const kept = [...Object.values(localStorage), ...Object.values(sessionStorage)];
  kept.push(...(await indexedDB.databases()).map((one) => one.name));
  for (const name of await caches.keys()) {
    const paths = (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
    kept.push(...paths.filter((path) => !/^.(offline|help|nothing-here|static)[/]/.test(path)));
  }
  return kept;
}"""
CLINICAL = re.compile(
    r"depress|therap|suicid|phq|gad-|safety|crisis|risk|diagnos|clinic|symptom|patient|mental", re.IGNORECASE
)

# Tells the test, for three presses of Shift in this page, how long its text stays to be seen after the last one.
WATCH_LEAVING = """() => {
  let pressed = 0, at = 0;
  addEventListener("keydown", (event) => {
    if (event.key === "Shift" && ++pressed === 3) at = performance.now();
  }, true);
  new MutationObserver(() => {
    if (!document.body.checkVisibility()) kwHidden(performance.now() - at);
  }).observe(document.documentElement, { attributes: true });
}"""


def begin(page):
    page.goto("/me/check-in/")
    send(page, form="main form[method=post]")
    return page.url.split("?")[0]


def choose(page, answer, *, name="answer"):
    page.locator(f"main [name={name}][value='{answer}']").check(force=True)


def press(page):
    with page.expect_navigation():
        page.locator(f"{FIRST} button.kw-button--primary").click()


def flags_of(joan, name):
    joan.goto("/clinic/")
    return joan.locator("[data-kw=flag]").filter(has_text=name).count()


def shift_three_times(page):
    for _ in range(3):
        page.keyboard.press("Shift")


def test_item_nine_above_not_at_all_brings_help_at_once_and_the_named_person_sees_one_flag(visits):
    """Item 9 above 0: help at once; the named reviewer sees one alert. It cannot be closed without a review."""
    maya, joan = visits.open("maya", device=PHONE), visits.open("joan")
    before = flags_of(joan, "Maya")
    draft = begin(maya)
    maya.goto(draft + ITEM_NINE)
    assert maya.locator(PANEL).count() == 0

    choose(maya, 2)
    assert NOT_SENT in maya.locator(PANEL).inner_text()
    press(maya)

    panel = maya.locator(PANEL)
    assert "Thank you for saying so." in panel.inner_text()
    assert re.search(r"Joan should see this by \w+ \d+ \w+, \d+:\d\d [ap]m", panel.inner_text())
    assert panel.locator("a[href^='tel:']").count() >= 2
    assert flags_of(joan, "Maya") == before + 1

    joan.locator("[data-kw=flag]").filter(has_text="Maya").first.get_by_role(
        "link", name="Record your review"
    ).click()
    joan.locator("[data-kw=flag]").get_by_role("link", name="Record your review").first.click()
    send(joan)
    assert "A review needs a name, a time and a decision." in joan.locator("main").inner_text()
    assert flags_of(joan, "Maya") == before + 1
    review(joan)
    assert flags_of(joan, "Maya") == before
    maya.goto(draft + ITEM_NINE)
    assert "Joan has seen this." in maya.locator(PANEL).inner_text()


def review(joan):
    """With a decision it closes, under her name."""
    joan.locator("[data-kw=flag]").filter(has_text="Maya").first.get_by_role(
        "link", name="Record your review"
    ).click()
    joan.locator("[data-kw=flag]").get_by_role("link", name="Record your review").first.click()
    joan.locator("main [name=decisions][value=talked]").check()
    send(joan)
    assert "Joan Hale" in joan.locator("#reviews").locator("..").inner_text()


@pytest.mark.parametrize("form", ["one question", "the whole form"])
def test_without_a_network_help_comes_from_the_page_itself_and_one_flag_follows_on_sending(visits, form):
    """Network gone while the page stands open: the panel is there, nothing is kept, and one flag comes after."""
    carl, mira = visits.open("carl", device=PHONE), visits.open("mira")
    for answer in (1, 2, 3):
        answer_without_a_network(carl, mira, answer, whole=form == "the whole form")


def answer_without_a_network(carl, mira, answer, *, whole):
    before, draft = flags_of(mira, "Carl"), begin(carl)
    carl.goto(f"{draft}all/" if whole else draft + ITEM_NINE)
    name, button = ("phq9_9", "Save and look over") if whole else ("answer", "Next")
    carl.context.set_offline(True)

    choose(carl, answer, name=name)
    carl.get_by_role("button", name=button).click()
    carl.get_by_text("There is no network just now.").wait_for()

    panel = carl.locator(PANEL)
    assert NOT_SENT in panel.inner_text()
    assert panel.locator("a[href^='tel:']").count() >= 2
    assert stored(carl) == []
    carl.context.set_offline(False)
    assert flags_of(mira, "Carl") == before
    with carl.expect_navigation():
        carl.get_by_role("button", name=button).click()
    assert "Mira should see this by" in carl.locator(PANEL).inner_text()
    assert flags_of(mira, "Carl") == before + 1
    # Sent and done, so that the next one begins anew.
    if not whole:
        carl.goto(f"{draft}answers/")
    send(carl, form="main form#send")


def test_with_several_such_questions_one_panel_stands_at_a_time_and_one_sending_carries_all(visits):
    """Two questionnaires that ask about safety on one form, without a network: the panel under the first chosen."""
    carl, mira = visits.open("carl", device=PHONE), visits.open("mira")
    mira.goto("/clinic/caseload/")
    mira.goto(mira.locator("a[href^='/course/']", has_text="Carl").first.get_attribute("href"))
    course = course_of(mira)
    mira.goto(f"{course}check-in/plan/change/")
    plan = "main form:has([name=every_days])"
    mira.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    fill(mira, {"form_cesdr": "each"}, form=plan)
    send(mira, form=plan)
    before, draft = flags_of(mira, "Carl"), begin(carl)
    carl.goto(f"{draft}all/")
    carl.context.set_offline(True)

    choose(carl, 2, name="cesdr_15")
    assert standing(carl) == ["help-unsent-cesdr_15"]
    choose(carl, 1, name="phq9_9")
    assert standing(carl) == ["help-unsent-phq9_9"]
    carl.get_by_role("button", name="Save and look over").click()
    carl.get_by_text("There is no network just now.").locator("visible=true").wait_for()
    assert (standing(carl), stored(carl)) == (["help-unsent-phq9_9"], [])
    assert NOT_SENT in carl.locator(PANEL).inner_text()

    carl.context.set_offline(False)
    assert flags_of(mira, "Carl") == before
    with carl.expect_navigation():
        carl.get_by_role("button", name="Save and look over").click()
    assert "Mira should see this by" in carl.locator(PANEL).inner_text()
    assert flags_of(mira, "Carl") == before + 1
    send(carl, form="main form#send")
    assert flags_of(mira, "Carl") == before + 1


def standing(page):
    """The panels that can be seen."""
    return page.locator(f"{PANEL}:visible").evaluate_all("all => all.map(one => one.id)")


def stored(page):
    """Whatever this browser keeps for Kithwork, but for cookies and the three pages that are nobody's."""
    return page.evaluate(KEPT_HERE)


# Leaving quickly --------------------------------------------------------------------------------------------


def by_button(page):
    page.get_by_role("button", name="Leave quickly").first.click()


def by_hidden_link(page):
    """The second way, the first or second stop of the keyboard and of a screen reader."""
    for _ in range(3):
        page.keyboard.press("Tab")
        if "quickly" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")


def by_signing_out(page):
    page.goto("/me/more/")
    page.get_by_role("button", name="Sign out").click()
    if "/sign-out/" in page.url:
        page.locator("main button").first.click()


def by_running_out(page):
    page.context.clear_cookies()
    page.goto("/me/")


WAYS_OUT = [by_button, shift_three_times, by_hidden_link, by_signing_out, by_running_out]


@pytest.mark.parametrize("way", WAYS_OUT, ids=lambda way: way.__name__)
def test_after_going_out_back_and_reload_reveal_nothing(visits, served, way):
    """Leave by button, by three presses of Shift, by the hidden link; sign out; run out: Back reveals nothing."""
    canaries = [one["word"] for one in json.loads((served.folder / "canaries.json").read_text())]
    maya = visits.open("maya", device=DESK)
    for page in ("/me/", "/me/people/", "/me/safety-plan/", WHERE_MAYA_WRITES):
        maya.goto(page)
    assert any(word in maya.content() for word in canaries)
    cookie = session_of(maya)

    way(maya)
    maya.wait_for_url(re.compile(r"/(nothing-here|sign-in|sign-out)/"))

    for _ in range(5):
        maya.go_back()
        shows_nothing(maya, canaries)
    maya.reload()
    shows_nothing(maya, canaries)
    assert "/sign-in/" in maya.goto(WHERE_MAYA_WRITES).url
    if way is not by_running_out:
        # The session is over on the server too, not only in this browser.
        maya.context.add_cookies([cookie])
        assert "/sign-in/" in maya.goto(WHERE_MAYA_WRITES).url
    assert stored(maya) == []


def session_of(page):
    return next(one for one in page.context.cookies() if one["name"] == "kithwork")


def shows_nothing(page, canaries):
    page.wait_for_load_state()
    text = page.content()
    assert [word for word in canaries if word in text] == []
    assert "Rang Priya." not in text


def test_every_page_of_a_client_is_left_by_one_action_or_by_the_keyboard_in_a_tenth_of_a_second(
    visits, served
):
    """Exit by one action and by the keyboard on every signed-in page; hidden within 100 ms; titles tell nothing."""
    maya, took = visits.open("maya", device=PHONE, **NO_WORKER), []
    hidden, wayless, titles = {}, [], {}
    # Here nobody is signed out, so that one sign-in serves for every page; the rest of the way is the real one.
    maya.route("**/leave/", answer_posts_alone)
    maya.expose_binding("kwHidden", lambda _source, milliseconds: took.append(milliseconds))
    for path, _ in crawl(maya, served.address, "/", 1):
        titles[path] = maya.title()
        button = maya.locator("form[data-kw-leave] button").first
        if not button.is_visible() or maya.locator(".kw-skip button[form=kw-leave]").count() != 1:
            wayless.append(path)
            continue
        maya.evaluate(WATCH_LEAVING)
        shift_three_times(maya)
        maya.wait_for_url("**/nothing-here/")
        [hidden[path]] = took
        took.clear()

    assert len(titles) >= 20
    assert wayless == []
    assert {path: taken for path, taken in hidden.items() if not 0 <= taken < QUICK_MS} == {}
    assert {path: title for path, title in titles.items() if CLINICAL.search(title)} == {}


def answer_posts_alone(route):
    if route.request.method == "POST":
        route.fulfill(status=204)
    else:
        route.continue_()


def test_leave_quickly_can_be_switched_off_and_shown_again(visits):
    """Explained where it is switched; off means no button and no Shift, on every page."""
    maya = visits.open("maya", device=PHONE)
    maya.goto("/me/more/")
    assert "It can’t clear the list of pages that your browser keeps." in maya.locator("main").inner_text()
    maya.get_by_role("button", name="Take the button away").click()
    for page in ("/me/", "/help/", "/account/"):
        maya.goto(page)
        assert maya.locator("[data-kw-leave]").count() == 0
    shift_three_times(maya)
    assert maya.locator("main").is_visible()
    maya.goto("/me/more/")
    maya.get_by_role("button", name="Show the button").click()
    maya.get_by_role("button", name="Leave quickly").first.wait_for()


# Signed out while writing -----------------------------------------------------------------------------------


def test_words_return_when_the_sign_in_ran_out_while_writing(visits):
    """Sign-in expires while writing: the words come back, and are saved after signing in."""
    maya = visits.open("maya", device=DESK)
    maya.goto("/me/to-talk-about/")
    fill(maya, {"item": "Words for after."}, form="main form.kw-form")
    maya.context.clear_cookies(name="kithwork")

    maya.locator("main form.kw-form button.kw-button--primary").click()
    maya.wait_for_selector("[data-kw='page:unsent']")
    assert maya.locator("textarea").first.input_value() == "Words for after."

    with maya.context.expect_page() as opened:
        maya.get_by_role("link", name="Sign in in a new tab").click()
    visits.sign_in(opened.value, "maya")
    # A page that is closed on its way to another may never say that it is gone.
    opened.value.wait_for_selector("[data-kw='page:today']")
    opened.value.close()
    maya.get_by_role("button", name="Save once more").click()
    maya.wait_for_selector("main")
    if maya.locator("[data-kw='page:unsent']").count():
        maya.get_by_role("button", name="Save once more").click()
    maya.goto("/me/to-talk-about/")
    assert maya.locator("main .kw-agenda__body").filter(has_text="Words for after.").count() == 1


def test_a_saved_copy_of_the_plan_opens_with_no_server_at_all(visits, tmp_path):
    """The plan is there with no signal, as one plain file that she chose to keep."""
    maya = visits.open("maya", device=PHONE)
    maya.goto("/me/safety-plan/")
    with maya.expect_download() as kept:
        maya.get_by_role("link", name="Save a copy for when there is no signal").click()
    copy = tmp_path / kept.value.suggested_filename
    kept.value.save_as(copy)

    beside = visits.chromium.new_context(java_script_enabled=False, offline=True)
    page = beside.new_page()
    page.goto(copy.as_uri())
    assert page.title() == "My page"
    assert page.locator("a[href^='tel:']").count() >= 2
    assert page.locator("h2").count() >= 2
    beside.close()
