"""A phone that two share, without a network, over a hundred times: nothing lost, doubled, or another's."""

import os
import random
import re
import shutil
from datetime import date, timedelta

from tests.stories.conftest import ARGUMENTS, PHONE
from tests.stories.test_checks_diary import CARLS_WORDS, MAYAS_WORDS, set_up

SEQUENCES = 100
NOW, THREE_DAYS_ON = "2025-03-18T13:40:00Z", "2025-03-21T13:40:00Z"
FIRST_DAY = date(2024, 1, 1)
WORDS = {"maya": MAYAS_WORDS, "carl": CARLS_WORDS}
BEFORE = ("nothing", "no network", "sign-in ran out", "somebody else is in", "clock ahead", "answer lost")
AFTER = (*["nothing"] * 7, "page killed", "page killed while keeping", "somebody else looks")
WRITE = """({ words, on, mood }) => {
  const form = document.querySelector("[data-kw-write]");
  form.elements.words.value = words;
  if (on) form.elements.on.value = on;
  form.elements.mood.value = mood;
  form.requestSubmit();
}"""
TOLD_OF_THEIR_OWN = """async () => {
  const asked = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const phone = await asked(indexedDB.open("kithwork"));
  const all = await asked(phone.transaction("entries").objectStore("entries").getAll());
  phone.close();
  const notice = document.querySelector("[data-kw-waiting]");
  const mine = all.some((one) => one.mark === notice.dataset.kwWaiting);
  for (let tries = 0; tries < 50 && notice.hidden === mine; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return notice.hidden !== mine;
}"""
AT_REST = "[data-kw-room][aria-busy=false]"


class Phone:
    """A browser on the disk of one phone: it can be killed, and keeps what a phone keeps."""

    def __init__(self, chromium, folder, address):
        self.chromium, self.folder, self.address = chromium, folder, address
        self.sessions, self.page, self.holder = {}, None, ""
        self.start()

    def start(self):
        self.context = self.chromium.browser_type.launch_persistent_context(
            self.folder, executable_path=os.environ.get("KITHWORK_CHROMIUM") or shutil.which("chromium"),
            args=ARGUMENTS, base_url=self.address, **PHONE,
        )  # fmt: skip
        self.context.set_default_timeout(15_000)
        self.context.clock.set_fixed_time(NOW)
        self.signed_in, self.is_whole = "", True

    def kill_browser(self):
        self.context.close()
        self.page = None
        self.start()

    def kill_page(self):
        if self.page:
            self.page.close()
        self.page = None

    def is_in(self, who):
        """Somebody's sign-in stands in the browser; nobody's, where it ran out."""
        if who != self.signed_in:
            self.context.clear_cookies()
            self.context.add_cookies(self.sessions.get(who, []))
            self.signed_in = who

    def loses_network(self):
        self.context.set_offline(True)
        self.is_whole = False

    def clock_goes_ahead(self):
        self.context.clock.set_fixed_time(THREE_DAYS_ON)
        self.page.evaluate("document.querySelector('[data-kw-write]').elements.on.value = ''")
        self.is_whole = False

    def loses_answers(self):
        self.context.route("**/me/diary/phone/", lose_the_answer)
        self.is_whole = False

    def heal(self, who):
        """The network is there, the clock is right, and the one whose page it is has signed in."""
        self.is_in(who)
        if not self.is_whole:
            self.context.unroute_all()
            self.context.clock.set_fixed_time(NOW)
            self.context.set_offline(False)
        self.is_whole = True

    def open(self, who):
        """The diary's page without data, opened with somebody's words."""
        if self.page and self.holder == who:
            return
        self.kill_page()
        self.page, self.holder = self.context.new_page(), who
        self.page.goto("/offline/")
        self.page.fill("#passphrase", WORDS[who])
        self.page.get_by_role("button", name="Open", exact=True).click()
        self.page.locator("[data-kw-room]").wait_for()
        self.page.locator(AT_REST).wait_for()

    def write(self, words, *, on, mood):
        self.page.evaluate(WRITE, {"words": words, "on": on, "mood": mood})
        self.page.locator(AT_REST).wait_for()

    def send(self):
        self.page.evaluate("dispatchEvent(new Event('online'))")
        self.page.locator(AT_REST).wait_for()

    def waiting(self):
        return self.page.locator("[data-kw-list] [data-kw-words]").all_inner_texts()


def lose_the_answer(route):
    """The server gets it and answers; nobody hears."""
    if route.request.method == "POST":
        route.fetch()
        route.abort()
    else:
        route.continue_()


class Story:
    """What was written, by whom; and whatever was seen of somebody else's."""

    def __init__(self, phone):
        self.phone, self.kept, self.perhaps, self.seen = phone, {}, set(), []

    def sequence(self, number, who, before, after, heals):
        other = "carl" if who == "maya" else "maya"
        words, on = f"{who} says {number}.", (FIRST_DAY + timedelta(days=number)).isoformat()
        self.phone.heal(who)
        self.phone.open(who)
        self.trouble(before, other)
        told = {"words": words, "on": "" if before == "clock ahead" else on, "mood": str(1 + number % 5)}
        if after == "page killed while keeping":
            self.phone.page.evaluate(WRITE, told)
            self.phone.kill_page()
            self.perhaps.add(words)
        else:
            self.phone.write(**told)
            self.kept[words] = who
            # On the phone as long as something is wrong, whatever the server has by now.
            assert (words in self.phone.waiting()) == (before != "nothing")
        if before == "clock ahead" and self.phone.page:
            self.put_days_right()
        if after == "page killed":
            self.phone.kill_page()
        if after == "somebody else looks":
            self.look(other)
        if heals:
            self.all_sent(who)

    def trouble(self, kind, other):
        if kind == "no network":
            self.phone.loses_network()
        elif kind == "sign-in ran out":
            self.phone.is_in("")
        elif kind == "somebody else is in":
            self.phone.is_in(other)
        elif kind == "clock ahead":
            self.phone.clock_goes_ahead()
        elif kind == "answer lost":
            self.phone.loses_answers()

    def put_days_right(self):
        """A day that has not come is refused, kept, and said; its day can be changed."""
        while self.phone.page.locator("[data-kw-change]:visible").count():
            line = self.phone.page.locator("[data-kw-list] li:has([data-kw-change]:visible)").first
            assert "That day has not come yet." in line.locator("[data-kw-why]").inner_text()
            words = line.locator("[data-kw-words]").inner_text()
            line.get_by_role("button", name="Change it").click()
            self.phone.write(words, on=FIRST_DAY.isoformat(), mood="1")

    def look(self, other):
        """Somebody else signs in on the phone, and looks at what there is; then without a network, with their words."""
        self.phone.heal(other)
        tab = self.phone.context.new_page()
        tab.goto("/me/", wait_until="load")
        self.seen += [] if tab.evaluate(TOLD_OF_THEIR_OWN) else [f"{other} was told of what is not theirs"]
        tab.close()
        self.phone.loses_network()
        self.phone.open(other)
        self.seen += [one for one in self.phone.waiting() if not one.startswith(other)]
        self.seen += [
            one for one in self.kept if self.kept[one] != other and one in self.phone.page.content()
        ]

    def all_sent(self, who):
        self.phone.heal(who)
        self.phone.open(who)
        self.phone.send()
        self.put_days_right()
        assert self.phone.waiting() == []


def said_in_the_diary(phone, who):
    """What stands in somebody's diary, month by month."""
    phone.heal(who)
    months = [(FIRST_DAY + timedelta(days=31 * n)).isoformat() for n in range(5)]
    pages = [phone.context.request.get(f"/me/diary/month/?on={month}").text() for month in months]
    return [one for page in pages for one in re.findall(r"(?:maya|carl) says \d+\.", page)]


def test_a_hundred_sequences_without_a_network(visits, chromium, served, tmp_path):
    """Killed pages and browsers, a sign-in that ran out, a wrong clock, an unheard answer, somebody else signing in."""
    phone, chance = Phone(chromium, tmp_path / "phone", served.address), random.Random(46)
    for who, words in WORDS.items():
        page = phone.context.new_page()
        visits.sign_in(page, who)
        page.wait_for_url("**/me/")
        set_up(page, words)
        phone.sessions[who] = phone.context.cookies()
        page.close()
        phone.context.clear_cookies()
    story = Story(phone)

    for number in range(SEQUENCES):
        who = "carl" if number % 22 > 17 else "maya"
        story.sequence(number, who, chance.choice(BEFORE), chance.choice(AFTER), heals=chance.random() < 0.4)
        if number % 40 == 39:
            phone.kill_browser()
    for who in WORDS:
        story.all_sent(who)

    found = {who: said_in_the_diary(phone, who) for who in WORDS}
    everything = [one for said in found.values() for one in said]
    assert len(story.kept) + len(story.perhaps) == SEQUENCES
    assert {one for one in story.kept if one not in everything} == set()  # lost
    assert len(everything) == len(set(everything))  # doubled
    assert [
        one for who, said in found.items() for one in said if not one.startswith(who)
    ] == []  # sent as another's
    assert story.seen == []  # shown to another
    phone.context.close()
