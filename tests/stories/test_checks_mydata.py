"""What is the client's own business: who looked, reminders, her copy, erasing; and what leaves the house."""

import json
import re
import time
from collections import Counter
from urllib.parse import urlsplit

import pytest

from tests.server.running import letters as in_the_folder
from tests.stories.conftest import PHONE
from tests.stories.desk import fill, send
from tests.stories.test_every_page import NOT_FOLLOWED, faults_of, kind_of

# Words that would tell a stranger what Kithwork is for. Addresses that interfaces fix are spared by their whole name.
TELLING = re.compile(
    r"depress|anxi|suicid|self-?harm|phq|gad-?7|therap|treat|diagnos|psych|mental|illness|symptom|\bmood|\brisk|\bipt\b|health",
    re.IGNORECASE,
)
CANARY = re.compile(r"cnry-[a-z0-9]{14}")
PASSWORD = "lantern-orchard-seven"


def letters(served, to):
    """Every letter to an address that lies in the mail folder."""
    return [one for one in in_the_folder(served.folder) if to in one["To"]]


def wait_for_letter(served, to, *, after):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if len(letters(served, to)) > after:
            return letters(served, to)[-1]
        time.sleep(0.3)
    raise AssertionError("no letter came")


def canaries(served, *visibility):
    known = json.loads((served.folder / "canaries.json").read_text())
    return {
        one["word"] for one in known if one["client"].startswith("maya@") and one["visibility"] in visibility
    }


def test_a_therapist_opens_the_record_and_the_client_sees_who_when_and_which_page(visits):
    """A therapist opens the record: the client sees who, when and which page."""
    joan, maya = visits.open("joan"), visits.open("maya", device=PHONE)
    joan.goto("/clinic/caseload/")
    course = joan.locator("a[href^='/course/']", has_text="Maya").first.get_attribute("href")
    joan.goto(f"{course}diary/")

    maya.goto("/me/who-has-looked/")

    today = maya.locator(".together-look", has_text="Tuesday 18 March").first
    assert "Joan prepared for session 5" in today.inner_text()
    today.locator("summary").click()
    details = today.locator("dl").inner_text()
    assert re.search(r"\d:\d\d [ap]m", details)
    assert "opened the shared diary" in details
    assert not re.search(r"\b(not|never|last) (looked|opened)|days ago", maya.inner_text("main"))
    assert faults_of(maya) == []


def test_unusual_access_comes_first_and_can_be_asked_about(visits, served):
    """Unusual access stands first, with "Ask about this"."""
    from tests.server.test_commands import kithwork

    code, _, said = kithwork(
        served.folder,
        "export",
        "maya@demo.kithwork.example",
        "--as",
        "json",
        "--out",
        str(served.folder / "out"),
    )
    assert code == 0, said
    maya = visits.open("maya", device=PHONE)
    maya.goto("/me/who-has-looked/")
    assert "took a copy of what you share" in maya.locator(".together-look").first.inner_text()

    with maya.expect_navigation():
        maya.get_by_text("Ask about this").first.click()
    assert faults_of(maya) == []
    send(maya)

    assert "Why did whoever runs the server look at my record" in maya.inner_text("main")


def test_a_reminder_contains_no_health_word(visits, served):
    """A reminder on a lock screen contains no health word, no name, and one link: to the sign-in page."""
    maya = visits.open("maya", device=PHONE)
    before = len(letters(served, "maya@"))
    maya.goto("/me/reminders/")
    assert maya.locator("[data-kw=reminders][data-state=off]").is_visible()
    with maya.expect_navigation():
        maya.get_by_text("Send me one now").click()
    assert "It is on its way." in maya.inner_text("main")

    letter = wait_for_letter(served, "maya@", after=before)

    body = letter.get_content()
    assert letter["Subject"] == "You have a message"
    assert [urlsplit(link).path for link in re.findall(r"https?://\S+", body)] == ["/sign-in/"]
    whole = f"{letter['Subject']} {body}"
    assert TELLING.findall(whole) + CANARY.findall(whole) + re.findall("Joan|Maya|Hale|clinic", whole) == []
    # The page had shown exactly these words.
    shown = maya.inner_text(".reminders-letter")
    lines = [letter["Subject"], *(line.strip() for line in body.splitlines() if line.strip(" -"))]
    assert [line for line in lines if line not in shown] == []


def test_reminders_are_chosen_by_keyboard_and_without_script(visits):
    """Reminders are switched on without JavaScript, and say so on the way there."""
    maya = visits.open("maya", device=PHONE, javascript=False)
    maya.goto("/me/reminders/")
    maya.focus("[name=on]")
    maya.keyboard.press("Space")
    send(maya, form="main form[action$='/reminders/']")

    assert "Every day at 7 pm" in maya.locator("[data-kw=reminders][data-state=on]").inner_text()
    maya.goto("/me/more/")
    assert re.search(r"Reminders\s+On", maya.inner_text("main"))


def test_my_copy_opens_without_kithwork_and_shows_my_own_words(visits, served, tmp_path):
    """Download my data; open it without Kithwork, in a browser without a network: it shows her own words."""
    maya = visits.open("maya", device=PHONE)
    maya.goto("/me/data/copy/")
    fill(maya, {"password": PASSWORD}, form="main form[aria-labelledby=readable]")
    with maya.expect_download() as coming:
        maya.get_by_role("button", name="Take the one to read").click()
    assert re.fullmatch(r"copy-\d{4}-\d\d-\d\d\.html", coming.value.suggested_filename)
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)

    asked = []
    alone = visits.chromium.new_context(
        offline=True, java_script_enabled=False, viewport={"width": 320, "height": 700}
    )
    visits.contexts.append(alone)
    page = alone.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())

    shown = set(CANARY.findall(page.inner_text("main")))
    assert len(canaries(served, "just-me", "later")) > 5
    assert canaries(served, "just-me", "later", "shared", "agreed") - shown == set()
    assert canaries(served, "therapist", "supervision") & shown == set()
    assert "Rang Priya." in page.inner_text("main")
    assert "What is not in this copy" in page.inner_text("main")
    assert (asked, page.title().startswith("My copy")) == ([file.as_uri()], True)
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


WHO = ("maya", "carl", "joan", "mira", "sade", "ravi", "ada")


@pytest.mark.parametrize("who", WHO)
def test_no_title_and_no_address_tells_what_kithwork_is_for(visits, served, who):
    """Canaries and clinical words in titles and addresses: none, over a crawl of the demo."""
    page = visits.open(who)
    waiting, seen, told = ["/"], set(), {}
    kinds: Counter[str] = Counter()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(urlsplit(path).path)
        if path in seen or kinds[kind] >= 2 or NOT_FOLLOWED.search(path):
            continue
        seen.add(path)
        kinds[kind] += 1
        answer = page.request.get(path)
        if "html" not in answer.headers.get("content-type", ""):
            continue
        text = answer.text()
        title = "".join(re.findall(r"<title>([^<]*)", text))
        found = [
            word for said in (title, answer.url) for word in TELLING.findall(said) + CANARY.findall(said)
        ]
        if found:
            told[path] = (title, found)
        waiting += re.findall(r'href="(/[^"#]*)', text)

    assert told == {}
    assert len(seen) > 3


def test_no_letter_tells_what_kithwork_is_for(visits, served):
    """Canaries and clinical words in mail: none, in every kind of letter that there is."""
    nobody = visits.open()
    before = len(letters(served, "carl@"))
    nobody.goto("/account/password/forgotten/")
    fill(nobody, {"email": "carl@demo.kithwork.example"})
    send(nobody)
    wait_for_letter(served, "carl@", after=before)

    raw = [path.read_text() for path in (served.folder / "mail").glob("*")]

    assert raw
    assert [word for text in raw for word in TELLING.findall(text) + CANARY.findall(text)] == []


def ask_to_be_erased(page):
    page.goto("/me/data/erase/")
    fill(page, {"sure": "on", "password": PASSWORD})
    send(page)
    assert page.locator("[data-kw=to-be-erased]").is_visible()


def test_erase_and_cancel_within_the_cooling_off_and_all_returns_then_for_real(visits, served):
    """Erase, cancel within the cooling-off time: all returns. Then for real: words are gone, pages say "erased"."""
    carl, mira = visits.open("carl", device=PHONE), visits.open("mira")
    mira.goto("/clinic/caseload/")
    course = mira.locator("a[href^='/course/']", has_text="Carl").first.get_attribute("href")
    mira.goto(f"{course}people/")
    people = mira.inner_text("main")

    ask_to_be_erased(carl)
    mira.goto(course)
    assert mira.locator("[data-kw=to-be-erased]").is_visible()
    carl.goto("/me/data/")
    with carl.expect_navigation():
        carl.get_by_text("Keep everything").click()
    assert "Everything is as it was." in carl.inner_text("main")
    mira.goto(course)
    assert mira.locator("[data-kw=to-be-erased]").count() == 0
    mira.goto(f"{course}people/")
    assert mira.inner_text("main") == people

    ask_to_be_erased(carl)
    assert served.stop() == 0
    served.more["KITHWORK_NOW"] = "2025-03-26T09:00:00+00:00"
    served.start()

    mira = visits.open("mira")
    mira.goto(f"{course}people/")
    assert "erased" in mira.inner_text("main")
    mira.goto(course)
    assert "This record was erased" in mira.locator("[data-kw=erased]").inner_text()
    gone = visits.open()
    gone.goto("/sign-in/")
    fill(gone, {"login": "carl@demo.kithwork.example", "password": PASSWORD})
    send(gone)
    assert "do not go together" in gone.inner_text("main")
