"""The diary in a browser: in a few taps, once, for those it is for, without a network, and light on an old phone."""

import re

import pytest

from tests.stories.conftest import NO_WORKER, PHONE

NOTHING_LEFT = """async () => {
  for (let tries = 0; tries < 50; tries += 1) {
    if ((await indexedDB.databases()).length === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}"""
MAYAS_WORDS, CARLS_WORDS = "four green apples fall", "a kettle sings at noon"
SAVE = "form[data-kw-diary] button.kw-button--primary"
SMALLEST_TARGET = 44
SCRIPT_BUDGET, PAGE_BUDGET, USABLE_WITHIN_MS = 40_000, 120_000, 5_000
# What a page load on a usual 3G connection has: bytes a second, and milliseconds there and back.
THIRD_GENERATION = {
    "offline": False, "latency": 300, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 768_000 / 8,
}  # fmt: skip


def forgive_the_network(visits):
    """That there was none was meant."""
    visits.errors[:] = [one for one in visits.errors if "ERR_INTERNET_DISCONNECTED" not in one]


def entries_that_say(page, words):
    page.goto("/me/diary/")
    return page.locator(".diary-day", has_text=words).count()


def is_for(page, field, sharing):
    """Choose who something is for, by its card."""
    chosen = page.locator(f"input[name={field}][value={sharing}]").get_attribute("id")
    page.locator(f"label[for={chosen}]").click()


def unfold(page):
    page.locator("form[data-kw-diary] > details > summary").click()


def test_a_day_is_told_in_a_few_taps_of_one_thumb(visits):
    """One tap keeps the mood; two more say who was there and who it is for; every target is as large as a thumb."""
    maya, taps = visits.open("maya", device=PHONE), []

    def tap(target):
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= SMALLEST_TARGET, box
        target.tap()
        taps.append(target)

    maya.goto("/me/")
    tap(maya.get_by_role("button", name="Low", exact=True))
    assert "Saved" in maya.locator("[data-kw=saved]").inner_text()
    tap(maya.locator("label.kw-choice--chip", has_text="Priya"))
    tap(maya.locator(SAVE))

    maya.wait_for_url(re.compile("done=1"))
    assert "Saved" in maya.locator("[data-kw=saved]").inner_text()
    assert len(taps) == 3
    assert maya.locator("[aria-label='Your week'] li", has_text="Tue").get_by_text("Priya").count() == 1


def test_an_entry_on_its_way_when_the_network_goes_is_saved_once_when_it_is_back(visits):
    maya = visits.open("maya", device=PHONE)
    maya.goto("/me/diary/")
    unfold(maya)
    maya.fill("textarea[name=words]", "In the tunnel.")
    maya.context.set_offline(True)

    maya.locator(SAVE).tap()
    maya.get_by_text("Not saved yet: there is no network.").wait_for()
    maya.locator(SAVE).tap()
    assert maya.input_value("textarea[name=words]") == "In the tunnel."
    maya.context.set_offline(False)

    maya.locator("[data-kw=saved]").wait_for()
    assert entries_that_say(maya, "In the tunnel.") == 1
    forgive_the_network(visits)


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_save_pressed_five_times_makes_one_entry(visits, javascript):
    maya = visits.open("maya", device=PHONE, javascript=javascript)
    words = f"Pressed, {javascript}."
    maya.goto("/me/diary/")
    unfold(maya)
    maya.fill("textarea[name=words]", words)
    button = maya.locator(SAVE)
    button.scroll_into_view_if_needed()
    box = button.bounding_box()

    for _ in range(5):
        maya.touchscreen.tap(box["x"] + 20, box["y"] + 20)

    maya.locator("[data-kw=saved]").wait_for()
    assert entries_that_say(maya, words) == 1


def test_the_diary_works_without_javascript(visits):
    maya = visits.open("maya", device=PHONE, javascript=False)
    maya.goto("/me/diary/")
    maya.get_by_text("Fill in yesterday").click()
    maya.get_by_text("How was yesterday?").wait_for()
    unfold(maya)
    maya.fill("textarea[name=words]", "Slept through it.")
    maya.locator("form[data-kw-diary] [data-kw-more] > summary").click()
    maya.get_by_text("And three more, if you like").click()
    maya.locator("label[for^=id_more_sleep]", has_text="8").click()
    maya.locator(SAVE).click()

    entry = maya.locator(".diary-day", has_text="Slept through it.")
    assert "Mon 17 March" in entry.inner_text()
    assert "Written on Tuesday 18 March." in entry.inner_text()
    entry.get_by_text("More about that day").click()
    assert "8 of 10" in entry.inner_text()
    maya.get_by_role("link", name="A week").click()
    maya.locator("table").get_by_text("Slept through it.").wait_for()
    maya.goto("/offline/")
    assert maya.get_by_text("needs JavaScript").is_visible()
    assert maya.locator("input[type=password]").count() == 0


def pages_of(joan, course):
    """Staff's pages that could tell of an entry, without what changes from one load to the next."""
    where = [course, *(f"{course}{page}/" for page in ("diary", "diary/week", "diary/month", "progress", "sessions")),
             "/clinic/", "/clinic/caseload/"]  # fmt: skip
    text = {one: joan.request.get(one).text() for one in where}
    changing = r'name="(?:csrfmiddlewaretoken|key)" value="[^"]+"|<input[^>]*name="key"[^>]*>'
    return {one: re.sub(changing, "", page) for one, page in text.items()}


def choose(maya, sharing):
    """Change the entry of Friday for other readers."""
    maya.goto("/me/diary/")
    entry = maya.locator(".diary-day", has_text="Sam was quiet at breakfast")
    entry.get_by_role("link", name=re.compile("Change")).click()
    is_for(maya, "sharing", sharing)
    is_for(maya, "words_sharing", sharing)
    maya.locator(SAVE).click()
    maya.locator("[data-kw=saved]").wait_for()


def test_what_is_kept_then_shared_then_kept_again(visits):
    """No item, count or gap of a kept entry; shared, it says today's date; kept again, it may have been read."""
    joan, maya = visits.open("joan"), visits.open("maya", device=PHONE)
    joan.goto("/clinic/caseload/")
    course = joan.get_by_role("link", name="Maya Ellis").first.get_attribute("href")
    before = pages_of(joan, course)
    maya.goto("/me/diary/?on=2025-03-12")
    unfold(maya)
    maya.fill("textarea[name=words]", "Nobody knows this.")
    is_for(maya, "sharing", "just-me")
    maya.locator(SAVE).click()
    maya.locator("[data-kw=saved]").wait_for()
    assert entries_that_say(maya, "Nobody knows this.") == 1
    assert [where for where, page in pages_of(joan, course).items() if page != before[where]] == []

    choose(maya, "shared")
    joan.goto(f"{course}diary/")
    assert "Shared on Tuesday 18 March." in joan.locator(".diary-day", has_text="Sam was quiet").inner_text()

    choose(maya, "just-me")
    assert (
        "Joan may have read before what is not shared any more."
        in maya.locator("[data-kw=saved]").inner_text()
    )
    assert [where for where, page in pages_of(joan, course).items() if page != before[where]] == []


def test_a_kept_entry_comes_to_the_session_only_as_she_chose(visits):
    maya, joan = visits.open("maya", device=PHONE), visits.open("joan")
    maya.goto("/me/diary/")
    kept = maya.locator(".diary-day", has_text="Nobody said good morning.")
    kept.get_by_role("link", name=re.compile("Bring this to the session")).click()
    assert maya.input_value("textarea[name=item]") == "Nobody said good morning."
    assert maya.locator("input[name=sharing]:checked").get_attribute("value") == "just-me"
    maya.fill("textarea[name=item]", "The quiet mornings")
    is_for(maya, "sharing", "shared")
    maya.get_by_role("button", name="Put it on the list").click()

    assert (
        maya.locator("[data-kw='page:to-talk-about']")
        .get_by_text("The quiet mornings", exact=True)
        .first.is_visible()
    )
    joan.goto("/clinic/caseload/")
    course = joan.get_by_role("link", name="Maya Ellis").first.get_attribute("href")
    joan.goto(f"{course}to-talk-about/")
    assert joan.get_by_text("The quiet mornings", exact=True).first.is_visible()
    assert "Nobody said good morning." not in joan.content()


def test_the_first_page_is_light_and_soon_there(visits):
    """At most 120 kB with fonts, of it 40 kB script; usable within five seconds on a slow connection."""
    signed_in = visits.open("maya", device=PHONE)
    signed_in.wait_for_url("**/me/")
    cold = visits.open(device=PHONE, storage_state=signed_in.context.storage_state(), **NO_WORKER)
    wire = cold.context.new_cdp_session(cold)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", THIRD_GENERATION)
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    wire.on("Network.responseReceived", lambda it: kinds.__setitem__(it["requestId"], it["type"]))
    wire.on("Network.loadingFinished", lambda it: sizes.__setitem__(it["requestId"], it["encodedDataLength"]))

    cold.goto("/me/", wait_until="commit")
    cold.get_by_role("button", name="Low", exact=True).wait_for()
    usable = cold.evaluate("performance.now()")
    cold.wait_for_load_state("networkidle")

    script = sum(size for one, size in sizes.items() if kinds[one] == "Script")
    assert "Font" in kinds.values()
    assert 0 < script <= SCRIPT_BUDGET
    assert sum(sizes.values()) <= PAGE_BUDGET
    assert usable <= USABLE_WITHIN_MS
    cold.get_by_role("button", name="Low", exact=True).tap()
    cold.locator("[data-kw=saved]").wait_for()


def set_up(page, passphrase):
    page.goto("/me/diary/offline/?others=no")
    page.fill("#first", passphrase)
    page.fill("#again", passphrase)
    page.get_by_role("button", name="Turn it on for this phone").click()
    page.get_by_text("It is on for this phone").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def test_no_page_that_is_anybodys_is_kept_in_the_browser(visits):
    """Without a network there are who to call and the diary's empty page; of what was visited, nothing."""
    maya = visits.open("maya", device=PHONE)
    set_up(maya, MAYAS_WORDS)
    for visited in ("/me/", "/me/diary/", "/me/people/circles/", "/help/"):
        maya.goto(visited)
    kept = maya.evaluate(
        """async () => {
          const found = {};
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const one of await cache.keys()) {
              const answer = await cache.match(one);
              const isPage = answer.headers.get("content-type").includes("html");
              if (isPage) found[new URL(one.url).pathname] = await answer.text();
            }
          }
          return found;
        }"""
    )
    assert sorted(kept) == ["/help/", "/nothing-here/", "/offline/"]
    assert [where for where, page in kept.items() if re.search("Maya|Joan|Session|Rang Priya", page)] == []

    maya.context.set_offline(True)
    assert "Rang Priya" not in (maya.goto("/me/diary/").text())
    assert maya.get_by_role("heading", name="Without a network").is_visible()
    maya.goto("/help/")
    assert maya.get_by_text("116 123").first.is_visible()
    maya.goto("/offline/")
    maya.get_by_role("button", name="Leave quickly").click()
    maya.wait_for_selector("[data-kw='page:nothing-here']")
    assert maya.evaluate(NOTHING_LEFT)
    forgive_the_network(visits)


def keep_without_network(page, passphrase, words):
    page.context.set_offline(True)
    page.goto("/offline/")
    page.fill("#passphrase", passphrase)
    page.get_by_role("button", name="Open", exact=True).click()
    page.fill("textarea[name=words]", words)
    page.get_by_role("button", name="Keep on this phone").click()
    page.locator("[data-kw-list]", has_text=words).wait_for()
    page.goto("about:blank")
    page.context.set_offline(False)


def sign_out(page):
    page.goto("/me/more/")
    page.get_by_role("button", name="Sign out").click()


def test_signing_out_says_what_is_not_sent_and_takes_only_ones_own(visits):
    phone = visits.open("maya", device=PHONE)
    set_up(phone, MAYAS_WORDS)
    phone.context.clear_cookies()
    visits.sign_in(phone, "carl")
    phone.wait_for_url("**/me/")
    set_up(phone, CARLS_WORDS)
    keep_without_network(phone, MAYAS_WORDS, "Nobody else's.")

    sign_out(phone)
    phone.wait_for_url("**/sign-in/**")
    visits.sign_in(phone, "maya")
    phone.wait_for_url("**/me/")
    assert "not sent yet: 1." in phone.locator("[data-kw-waiting]").inner_text()
    sign_out(phone)
    phone.get_by_text("Diary entries on this phone, not sent yet: 1.").wait_for()
    phone.get_by_role("button", name="Sign out all the same").click()
    phone.wait_for_url("**/sign-in/**")
    assert phone.evaluate(NOTHING_LEFT)
    forgive_the_network(visits)
