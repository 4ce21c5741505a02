"""The circles in a real browser: four equal ways of placing somebody, crowds that stay readable, two screens."""

import itertools

import pytest

from tests.stories.conftest import NO_WORKER, PHONE
from tests.stories.desk import course_of, fill, send
from tests.stories.test_every_page import runs_sideways

CIRCLES = "/me/people/circles/"
TWELVE = ["Ann", "Ben", "Cleo", "Dora", "Emil", "Fay", "Gus", "Hana", "Ivo", "June", "Kofi", "Old team"]
TALL = {"viewport": {"width": 1280, "height": 1300}}
NARROW = {**PHONE, "viewport": {"width": 320, "height": 700}}

# Names on the picture with the boxes that the browser gave them, and the picture's own edges.
NAME_BOXES = """() => [...document.querySelectorAll('[data-kw-circles] .person-name')]
    .filter(name => getComputedStyle(name).display !== 'none')
    .map(name => [name.textContent, name.getBoundingClientRect()])
    .map(([text, box]) => ({text, left: box.left, right: box.right, top: box.top, bottom: box.bottom}))"""
# A line of letters is lower than the box around it: ascenders and descenders seldom meet.
AIR = 0.18


def disc(page, name):
    return page.locator(f"[data-kw=person][data-name='{name}']")


def ring(page, name):
    return disc(page, name).get_attribute("data-ring")


def saved(page):
    return page.expect_response(lambda answer: "/place/" in answer.url)


def said(page):
    return page.locator("#kw-status").inner_text()


FREE_SPOT = """number => {
    const picture = document.querySelector('[data-kw-circles]').getBoundingClientRect();
    const edge = n => n && document.querySelector(`[data-kw=ring][data-ring='${n}']`).r.baseVal.value;
    const edges = [0, 1, 2, 3, 4].map(edge);
    const far = number === 1 ? edges[1] * 0.6 : (edges[number - 1] + edges[number]) / 2, unit = picture.width / 400;
    for (let turn = 0; turn < 360; turn += 10) {
        const [x, y] = [200 + far * Math.sin(turn / 57.3), 200 - far * Math.cos(turn / 57.3)];
        const spot = [picture.left + x * unit, picture.top + y * unit];
        if (document.elementFromPoint(...spot)?.getAttribute('data-ring') === String(number)) return spot;
    }
}"""


def at_ring(page, number):
    """A place on a ring where nobody stands."""
    return page.evaluate(FREE_SPOT, number)


def carry(page, name, to):
    box = disc(page, name).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(*to, steps=6)
    page.mouse.up()


def add(page, names, ring_number):
    page.goto("/me/people/several/")
    fill(page, {"labels": "\n".join(names), "ring": ring_number})
    send(page)


def covered(page):
    """Pairs of names that lie on each other, and names that are cut off at the edge of the screen."""
    # The demo's marks make one name longer than anybody's.
    names = [one for one in page.evaluate(NAME_BOXES) if "cnry" not in one["text"]]
    width = page.viewport_size["width"]
    pairs = [
        (a["text"], b["text"])
        for a, b in itertools.combinations(names, 2)
        if min(a["right"], b["right"]) - max(a["left"], b["left"]) > 1
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > (a["bottom"] - a["top"]) * AIR
    ]
    return pairs, [
        one["text"] for one in names if one["left"] < 0 or one["right"] > width or "…" in one["text"]
    ]


def readable(page):
    """Every name that stands on the picture or in the lists beside it."""
    beside = page.locator("[data-kw-lane], [data-kw-tray] [data-kw=person]")
    shown = [one["text"] for one in page.evaluate(NAME_BOXES)]
    return shown + [text.splitlines()[-1] for text in beside.all_inner_texts()]


def test_somebody_is_placed_in_the_inner_circle_by_keyboard_only(visits):
    """Place a person in the inner circle by keyboard only."""
    maya = visits.open("maya")
    maya.goto(CIRCLES)
    for _ in range(60):
        maya.keyboard.press("Tab")
        if maya.evaluate("document.activeElement.dataset?.name") == "Nan":
            break
    with saved(maya):
        for _ in range(4):
            maya.keyboard.press("ArrowUp")
    maya.wait_for_selector("[data-kw=person][data-name=Nan][data-ring='1']")
    # The focus is still on Nan, and it was saved.
    assert maya.evaluate("document.activeElement.dataset.name") == "Nan"
    maya.reload()
    assert ring(maya, "Nan") == "1"


def test_the_same_by_two_taps_without_a_drag(visits):
    """The same by two taps, no drag."""
    maya = visits.open("maya", device=PHONE)
    maya.goto(CIRCLES)
    disc(maya, "Tomasz").tap()
    maya.wait_for_selector("[data-kw=person][data-name=Tomasz][aria-current=true]")
    with saved(maya):
        maya.touchscreen.tap(*at_ring(maya, 1))
    maya.wait_for_selector("[data-kw=person][data-name=Tomasz][data-ring='1']")


def test_the_same_by_form_with_javascript_off(visits):
    """The same by form, JavaScript off."""
    maya = visits.open("maya", javascript=False)
    maya.goto(CIRCLES)
    disc(maya, "Priya").click()
    maya.locator("form[data-kw-place] button[name=ring][value='1']").click()
    assert ring(maya, "Priya") == "1"
    assert "Priya, Closest, moved from Further away." in maya.locator("[data-kw=saved]").inner_text()


def test_after_a_move_name_ring_and_old_ring_are_announced(visits):
    """A screen reader hears name, ring and old ring after a move."""
    maya = visits.open("maya")
    maya.goto(CIRCLES)
    disc(maya, "Sam").focus()
    with saved(maya):
        maya.keyboard.press("ArrowUp")
    assert maya.locator("#kw-status").get_attribute("role") == "status"
    assert said(maya) == "Sam, Closest, moved from Close"


def test_dragging_outside_the_circles_brings_somebody_back_to_the_tray(visits):
    """Drag outside the circles: the person returns to the tray, nothing lost."""
    maya = visits.open("maya", device=TALL)
    maya.goto(CIRCLES)
    everybody = sorted(
        maya.locator("[data-kw=person]").evaluate_all("all => all.map(one => one.dataset.name)")
    )
    panel = maya.locator("#circles-panel").bounding_box()
    with saved(maya):
        carry(maya, "Ruth", (panel["x"] + 200, panel["y"] + 60))
    maya.wait_for_selector("[data-kw-tray] [data-kw=person][data-name=Ruth]")
    assert (
        sorted(maya.locator("[data-kw=person]").evaluate_all("all => all.map(one => one.dataset.name)"))
        == everybody
    )
    with saved(maya):
        carry(maya, "Ruth", at_ring(maya, 3))
    maya.wait_for_selector("[data-kw=person][data-name=Ruth][data-ring='3']")


def test_somebody_may_stay_unplaced(visits):
    """Leave a person unplaced and continue."""
    maya = visits.open("maya", device=PHONE)
    add(maya, ["Zora"], "off")
    assert maya.locator("[data-kw-tray] [data-kw=person][data-name=Zora]").is_visible()
    maya.goto("/me/people/")
    assert "not on the circles" in maya.locator("main li:has-text('Zora')").inner_text()
    assert maya.goto("/me/").status == 200


def test_a_save_that_fails_is_taken_back_in_sight_and_in_words(visits):
    """A failed save rolls back visibly, with words."""
    maya = visits.open("maya", **NO_WORKER)
    maya.goto(CIRCLES)
    before = disc(maya, "Leah").get_attribute("transform")
    maya.route("**/place/", lambda route: route.abort())
    disc(maya, "Leah").focus()
    maya.keyboard.press("ArrowDown")
    assert disc(maya, "Leah").get_attribute("transform") != before
    maya.get_by_text("That was not saved. Leah is back where they were.").first.wait_for()
    assert disc(maya, "Leah").get_attribute("transform") == before
    maya.unroute("**/place/")
    visits.errors.clear()  # the browser reports the request that was cut
    maya.reload()
    assert ring(maya, "Leah") == "1"


@pytest.fixture
def room(visits):
    """Joan's page of Maya's circles, with the session's room open."""
    joan = visits.open("joan")
    joan.goto("/clinic/caseload/")
    joan.get_by_role("link", name="Maya Ellis").first.click()
    course = course_of(joan)
    joan.goto(f"{course}sessions/5/")
    if joan.locator("main form[action$='/open/']").count():
        send(joan, form="main form[action$='/open/']")
    joan.goto(f"{course}people/circles/")
    return joan


def test_the_others_screen_follows_within_two_seconds(visits, room):
    """When both have the circles open in a session, the other's screen follows within two seconds."""
    maya = visits.open("maya", device=PHONE)
    maya.goto(CIRCLES)
    disc(maya, "Dad").tap()
    with saved(maya):
        maya.locator("form[data-kw-place] button[name=ring][value='4']").tap()
    room.wait_for_selector("[data-kw=person][data-name=Dad][data-ring='4']", timeout=2000)
    assert said(room) == "Dad, Distant, moved from Close"


def test_whom_the_client_keeps_moves_nothing_on_the_others_screen(visits, room):
    """What the client keeps to herself changes no mark: each look of the other's page is an empty answer."""
    maya = visits.open("maya", device=PHONE)
    maya.goto("/me/people/several/")
    fill(maya, {"labels": "Robin", "ring": "1"})
    maya.locator("main label[for=id_sharing_0]").click()
    send(maya)
    assert ring(maya, "Robin") == "1"

    looks = []
    room.on("response", lambda answer: looks.append(answer.status) if "/newest/" in answer.url else None)
    room.wait_for_event("response", lambda answer: "/newest/" in answer.url)
    room.wait_for_event("response", lambda answer: "/newest/" in answer.url)
    assert set(looks) == {204}
    assert disc(room, "Robin").count() == 0


def test_twelve_people_in_one_ring_are_all_readable_on_a_phone(visits):
    """Twelve people in one ring at 390 px: every name readable."""
    maya = visits.open("carl", device=PHONE)
    add(maya, TWELVE, "2")
    maya.goto(CIRCLES)
    assert maya.locator("[data-kw=person][data-ring='2']").count() >= 12
    assert covered(maya) == ([], [])
    assert set(TWELVE) <= set(readable(maya))


def test_forty_people_are_all_readable_on_a_narrow_phone(visits):
    """Forty people at 320 px: no name lies on another, crowds fold, every one can be read and reached by key."""
    maya = visits.open("carl", device=NARROW)
    for number in range(4):
        add(maya, [f"{name} {number + 1}" for name in TWELVE[:10]], str(number + 1))
    everybody = {f"{name} {n}" for name in TWELVE[:10] for n in (1, 2, 3, 4)}
    maya.goto(CIRCLES)
    assert maya.locator("[data-kw-fold]").count() >= 1
    assert covered(maya) == ([], [])
    assert everybody <= set(readable(maya))
    assert everybody <= reached_by_tab(maya)
    assert not runs_sideways(maya)


def test_a_fold_opens_by_tap_by_key_and_without_javascript(visits):
    """A fold spreads its ring: by tap, by key, and as a plain link."""
    phone = visits.open("carl", device=NARROW)
    phone.goto(CIRCLES)
    ring_number = phone.locator("[data-kw-fold]").first.get_attribute("data-kw-fold")
    phone.locator("[data-kw-fold]").first.tap()
    assert spread_out(phone, ring_number) >= 10
    phone.goto(CIRCLES)
    phone.locator("[data-kw-fold]").first.focus()
    phone.keyboard.press("Enter")
    assert spread_out(phone, ring_number) >= 10
    assert phone.evaluate("document.activeElement.dataset.ring") == ring_number
    plain = visits.open("carl", device=NARROW, javascript=False)
    plain.goto(CIRCLES)
    plain.locator("[data-kw-fold]").first.click()
    assert spread_out(plain, ring_number) >= 10


def spread_out(page, ring_number):
    """How many discs stand on a ring once its fold has gone."""
    page.wait_for_selector(f"[data-kw-fold='{ring_number}']", state="detached")
    return page.locator(f"[data-kw-circles] [data-kw=person][data-ring='{ring_number}']").count()


def reached_by_tab(page):
    """Whom the Tab key comes to."""
    reached = set()
    for _ in range(130):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset?.name"))
    return reached
