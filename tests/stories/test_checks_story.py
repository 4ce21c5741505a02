"""The story's checks in a browser: three equal ways to move something, a chart that agrees with its table, zoom by
links, a round of one's own that stays hers until she shares it, and both themes on the narrowest phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import NO_WORKER, PHONE
from tests.stories.desk import course_of, fill, send, write

MARK = "[data-kw=event], [data-kw=mark]"
NARROW = {"viewport": {"width": 320, "height": 700}}
PAGES = ("story/", "story/?zoom=weeks", "story/print/", "cycle/", "cycle/steps/", "difficulties/", "first/")


def mark(page, name):
    return page.locator(f'[data-kw=event][data-name^="{name}"]')


def when(page, name):
    """Where the chart and the table say that something stands; they must say the same."""
    drawn = mark(page, name).get_attribute("data-when")
    told = page.locator(f'[data-kw=event-row][data-name^="{name}"]')
    assert told.get_attribute("data-when") == drawn
    assert told.locator("td").first.inner_text().startswith(drawn)
    return drawn


def said(page, text):
    expect(page.locator("[data-kw-status]")).to_contain_text(text)


def test_something_is_moved_by_the_keyboard_alone_said_aloud_and_taken_back(visits):
    """Left and right arrows move the focused mark by its own roughness; Escape takes it back."""
    page = visits.open("maya")
    page.goto("/me/story/")
    before = when(page, "Ella was born")

    mark(page, "Ella was born").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    said(page, f"moved from {before}")

    assert before.startswith("spring")
    assert when(page, "Ella was born").startswith("autumn")
    assert page.evaluate("document.activeElement.dataset.name").startswith("Ella was born")
    page.keyboard.press("Escape")
    said(page, f"Ella was born, {before}, moved from")
    assert when(page, "Ella was born") == before


def test_something_is_moved_by_the_form_without_javascript(visits):
    """Choose it, then a button or a rough date in words; an impossible date gets a gentle correction."""
    page = visits.open("maya", device=PHONE, javascript=False)
    page.goto("/me/story/")
    page.get_by_role("link", name=re.compile("^Move ?: Mum died")).click()

    page.locator("#chosen button[name=steps][value='-1']").click()
    assert when(page, "Mum died").startswith("October")
    fill(page, {"when": "31 June 2022"}, form="#chosen form")
    page.get_by_role("button", name="Move it there").click()
    assert "June 2022 has 30 days." in page.locator("[data-kw-error-summary]").inner_text()
    fill(page, {"when": "summer 2022"}, form="#chosen form")
    page.get_by_role("button", name="Move it there").click()

    assert "Summer 2022." in page.locator("[data-kw=saved]").inner_text()
    assert when(page, "Mum died") == "summer 2022"


def drag(page, name, by):
    box = mark(page, name).locator(".chart-event").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by / 2, y)
    page.mouse.move(x + by, y)
    page.mouse.up()


def test_something_is_dragged_and_a_failed_save_puts_it_back_and_says_so(visits):
    """A drop is a move. Where the save fails, the mark stands where it stood, and the page says that."""
    page = visits.open("maya", **NO_WORKER)
    page.goto("/me/story/?zoom=weeks")
    mark(page, "Stayed the weekend").scroll_into_view_if_needed()
    before = when(page, "Stayed the weekend")

    page.route("**/move/", lambda route: route.fulfill(status=409, body="<p>Somebody was first.</p>"))
    drag(page, "Stayed the weekend", -120)
    said(page, f"That was not saved. Stayed the weekend is back at {before}.")
    assert page.locator(".kw-receipt--error").is_visible()
    assert (
        when(page, "Stayed the weekend"),
        mark(page, "Stayed the weekend").get_attribute("transform"),
    ) == (before, None)

    page.unroute("**/move/")
    drag(page, "Stayed the weekend", -120)
    said(page, f"moved from {before}")
    assert when(page, "Stayed the weekend") != before


@pytest.mark.parametrize("zoom", ["", "?zoom=weeks", "?zoom=months", "?zoom=years"])
def test_the_chart_and_its_tables_agree(visits, zoom):
    """Each mark has its row and each row its mark; each total its line."""
    page = visits.open("maya")
    page.goto(f"/me/story/{zoom}")
    both = "all => all.map(one => [one.dataset.name, one.dataset.when]).sort()"

    drawn, told = (page.eval_on_selector_all(which, both) for which in (MARK, "[data-kw=event-row]"))
    totals = page.eval_on_selector_all(
        "#story-picture [data-total]", "all => all.map(one => one.dataset.total)"
    )
    rows = page.locator("[data-kw=score-row] td:last-child").all_text_contents()

    assert drawn == told
    assert totals == [row for row in rows if row.isdecimal()]
    assert len(drawn) >= 5
    assert len(totals) == 5


def test_the_zoom_works_without_javascript(visits):
    """From years to months to weeks, back in time and forward again, by links alone."""
    page = visits.open("maya", javascript=False)
    page.goto("/me/story/")
    spans = {}
    for zoom in ("Years", "Months", "Weeks"):
        page.get_by_role("link", name=zoom).click()
        assert page.locator(".story-zoom [aria-current]").inner_text().startswith(zoom)
        spans[zoom] = page.locator(".story-zoom strong").inner_text()
        page.get_by_role("link", name="Earlier", exact=True).click()
        assert page.locator(".story-zoom strong").inner_text() != spans[zoom]
        page.get_by_role("link", name="Later", exact=True).click()
        assert page.locator(".story-zoom strong").inner_text() == spans[zoom]
    assert len(set(spans.values())) == 3
    page.get_by_role("link", name="Everything").click()
    assert page.locator(".story-zoom strong").count() == 0


def words_of(page):
    """What a page says and shows, keys aside."""
    page.reload()
    text = page.locator("main").inner_html()
    return re.sub(r'(name="(key|csrfmiddlewaretoken)" value|value)="[^"]{20,}"', "", text)


def test_a_renamed_step_and_its_example_stay_hers_until_she_shares_them(visits):
    """While kept, the therapist's page does not change at all; shared, it shows both."""
    maya, joan = visits.open("maya", device=PHONE), visits.open("joan")
    joan.goto("/clinic/caseload/")
    joan.get_by_role("link", name="Maya Ellis").first.click()
    joan.goto(f"{course_of(joan)}cycle/?station=3")
    before = words_of(joan)

    for sharing in ("just-me", "shared"):
        maya.goto("/me/cycle/?station=3")
        write(maya, "/cycle/", {"name": "They stop ringing", "sharing": sharing})
        maya.goto("/me/cycle/?station=3")
        option = maya.locator(
            "#examples optgroup[label='something that happened'] option", has_text="3 days silent"
        )
        write(maya, "/cycle/example/", {"other": option.get_attribute("value"), "sharing": sharing})
        assert maya.locator("#step-title").inner_text() == "They stop ringing"
        assert "3 days silent" in maya.locator("[data-kw=example]").last.inner_text()
        if sharing == "just-me":
            assert words_of(joan) == before

    shown = words_of(joan)
    assert "They stop ringing" in shown
    assert joan.locator("[data-kw=example]").count() == 1


def test_the_order_of_the_round_is_changed_by_the_keyboard(visits):
    """Tab to a step's button and press it: the step moves, the focus stays with it, and the page says where it is."""
    page = visits.open("carl")
    page.goto("/me/cycle/steps/")
    names = "all => all.map(one => one.dataset.step)"
    before = page.eval_on_selector_all("[data-kw=step]", names)

    page.get_by_role("link", name="My mood drops").focus()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "moved=1&" in page.url
    expect(page.locator("[autofocus]")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("[data-kw=step]").nth(2)).to_have_attribute("data-step", "mood_drops")

    after = page.eval_on_selector_all("[data-kw=step]", names)
    assert (before[0], after[:3]) == ("mood_drops", [before[1], before[2], "mood_drops"])
    assert page.get_by_text("Now step 3 of 4.").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_the_narrowest_phone_nothing_runs_sideways(visits, scheme):
    """320 px, light and dark: every page of this room, with everything unfolded."""
    page = visits.open("maya", device=NARROW, color_scheme=scheme)
    sideways = {}
    for path in PAGES:
        page.goto(f"/me/{path}")
        page.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
        root = "document.documentElement"
        sideways[path] = page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")

    assert sideways == dict.fromkeys(PAGES, False)


def test_a_weighing_is_shared_and_stands_beside_the_choice(visits):
    """Skippable and without script; what is shared can be read by the therapist, what waits cannot."""
    page, joan = visits.open("maya", device=PHONE, javascript=False), visits.open("joan")
    joan.goto("/clinic/caseload/")
    joan.get_by_role("link", name="Maya Ellis").first.click()
    course = course_of(joan)
    for sharing, fits in (("later", "not"), ("shared", "a_bit")):
        page.goto("/me/difficulties/?area=transition")
        form = "#transition form"
        fill(page, {"fits": fits, "why": "The job.", "sharing": sharing}, form=form)
        send(page, form=form)
        joan.goto(f"{course}difficulties/")
        assert joan.locator("#transition [data-kw=weighed]").count() == (sharing == "shared")
