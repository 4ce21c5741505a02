"""A therapist's morning by keyboard: the list, what is put off, a view that is kept, and the page before a session."""

from tests.stories.conftest import PHONE


def reached(page):
    """The words of the link that the keyboard has come to."""
    return page.evaluate("document.activeElement.innerText.replace(/\\s+/g, ' ').replace(' ,', ',')")


def kinds(page):
    return page.eval_on_selector_all("[data-kw='flag']", "all => all.map(one => one.dataset.kind)")


def test_j_and_k_walk_and_enter_opens(visits):
    page = visits.open("joan")
    page.wait_for_url("**/clinic/")

    page.keyboard.press("j")
    assert reached(page) == "Prepare, Maya Ellis"
    page.keyboard.press("j")
    assert reached(page) == "Record your review, Maya Ellis"
    page.keyboard.press("k")
    assert reached(page) == "Prepare, Maya Ellis"

    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("main").get_attribute("data-kw") == "page:prepare"
    assert page.locator(".together-begin__first").inner_text() == "How have things been since we last met?"


def test_s_puts_off_until_tomorrow_but_never_what_is_about_safety(visits):
    page = visits.open("joan")
    page.wait_for_url("**/clinic/")
    before = kinds(page)
    safety, waits = before.count("safety"), before.index("little-change")
    assert before[:safety] == ["safety"] * safety

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.wait_for_timeout(200)
    assert kinds(page) == before

    for _ in range(waits):
        page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("s")
    assert kinds(page) == [*before[:waits], *before[waits + 1 :]]
    assert page.locator("[data-kw='saved']").inner_text() == "Put off until tomorrow."
    # The focus stands on what came in its place.
    assert page.evaluate("document.activeElement.closest('[data-kw=flag]').dataset.kind") == before[waits + 1]

    page.locator("[data-kw='put-off'] summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Back on the list").click()
    assert sorted(kinds(page)) == sorted(before)


def test_letters_typed_into_a_field_are_letters_and_the_keys_can_be_turned_off(visits):
    page = visits.open("joan")
    page.wait_for_url("**/clinic/")

    page.get_by_role("button", name="Turn them off").click()
    page.keyboard.press("j")
    assert reached(page) == "Turn them on"
    page.goto("/clinic/caseload/")
    page.keyboard.press("j")
    assert reached(page) != "Amina Yusuf"

    page.get_by_role("button", name="Turn them on").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert reached(page) == "Amina Yusuf"


def test_a_view_is_kept_as_a_link_that_another_page_can_open(visits):
    page = visits.open("joan")
    page.goto("/clinic/caseload/")
    page.get_by_role("navigation", name="Show").get_by_role("link", name="Middle").click()
    page.get_by_role("link", name="Grief and loss").click()

    with page.expect_navigation():
        page.get_by_role("button", name="Keep this view").click()

    kept = page.locator("[data-kw='kept-views'] a")
    assert (kept.inner_text(), kept.get_attribute("aria-current")) == (
        "Middle, Grief and loss, by Name",
        "true",
    )
    address = kept.get_attribute("href")
    assert address == "?show=middle&focus=3&sort=name"
    other = visits.open("joan", device=PHONE)
    other.goto(f"/clinic/caseload/{address}")
    assert other.locator("[data-kw='case'] th").all_inner_texts() == ["Tom Brandt"]

    with page.expect_navigation():
        page.get_by_role("button", name="Keep this view no longer").click()
    assert page.locator("[data-kw='kept-views'] a").count() == 0


def test_without_javascript_the_morning_works_by_buttons(visits):
    page = visits.open("joan", javascript=False)
    page.goto("/clinic/")
    before = kinds(page)
    assert page.locator("[data-kw='keys']").is_hidden()

    page.get_by_role("button", name="Put off until tomorrow").first.click()
    page.wait_for_url("**/clinic/?done=put-off*")
    assert len(kinds(page)) == len(before) - 1
    page.goto("/clinic/")
    page.get_by_role("link", name="Prepare").click()
    assert page.locator("main").get_attribute("data-kw") == "page:prepare"


def test_a_review_is_recorded_from_the_list_and_leaves_it(visits):
    page = visits.open("joan")
    page.goto("/clinic/")
    due = page.locator("[data-kw='flag'][data-kind='review']").first
    with page.expect_navigation():
        due.get_by_role("link", name="Look back together").click()

    assert page.locator("[data-kw='review-due']").is_visible()
    page.get_by_label("Go on as agreed").check()
    page.get_by_label("Why").fill("It moves.")
    with page.expect_navigation():
        page.get_by_role("button", name="Record the review").click()

    assert "Only staff see this." in page.locator("[data-kw='saved']").inner_text()
    page.goto("/clinic/")
    assert "review" not in kinds(page)
