"""Everything that matters, with JavaScript switched off: plain links and forms."""

from tests.stories.conftest import PHONE
from tests.stories.desk import fill

GAD7 = {f"gad7_{n}": "1" for n in range(1, 8)}


def press(page, form):
    page.locator(f"{form} button.kw-button--primary, {form} button").last.click()


def unfold(page):
    for summary in page.locator("main details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()


def test_a_day_a_check_in_a_place_and_help_without_javascript(visits):
    maya = visits.open("maya", device=PHONE, javascript=False)
    one_tap_and_undo(maya)
    whole_form_with_blanks(maya)
    place_somebody(maya)
    maya.goto("/help/")
    assert maya.get_by_text("116 123").first.is_visible()
    assert maya.get_by_text("not watched day and night").first.is_visible()


def one_tap_and_undo(maya):
    maya.goto("/me/")
    maya.locator("main button[name=mood][value='4']").click()
    assert "Saved" in maya.locator("[data-kw=saved]").first.inner_text()
    maya.get_by_role("button", name="Undo").first.click()
    maya.goto("/me/")
    assert maya.locator("main button[name=mood][value='4']").is_visible()


def whole_form_with_blanks(maya):
    """Two questions are left out: there is no total, and nothing is scolded."""
    maya.goto("/me/check-in/")
    maya.locator("main form button").first.click()
    maya.get_by_text("All questions on one page").click()
    fill(maya, {f"phq9_{n}": "2" for n in range(1, 8)} | GAD7)
    maya.locator("main form button.kw-button--primary").last.click()
    maya.locator("main form#send button").click()
    assert "Saved" in maya.locator("[data-kw=saved]").first.inner_text()


def place_somebody(maya):
    maya.goto("/me/people/circles/")
    maya.locator("[data-kw=person][data-name=Ruth]").click()
    maya.locator("form[data-kw-place] button[name=ring][value='1']").click()
    assert maya.locator("[data-kw=person][data-name=Ruth]").get_attribute("data-ring") == "1"


def test_leaving_quickly_signs_out_and_back_reveals_nothing(visits):
    maya = visits.open("maya", device=PHONE)
    maya.goto("/me/diary/")
    assert maya.get_by_text("Rang Priya.").first.is_visible()

    maya.get_by_role("button", name="Leave quickly").first.click()
    maya.wait_for_selector("[data-kw='page:nothing-here']")

    maya.go_back()
    maya.wait_for_load_state()
    assert "Rang Priya." not in maya.content()
    assert "/sign-in/" in maya.goto("/me/diary/").url
