"""A course walked by two people in two browsers, step by step: her phone on one side, his or her desk on the other."""

import io
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.stories.desk import arc, course_of, fill, send, write

PHQ9 = {f"phq9_{n}": "1" for n in range(1, 9)} | {"phq9_9": "0"}
GAD7 = {f"gad7_{n}": "1" for n in range(1, 8)}
KEPT = "For nobody else"  # stands in everything that a client of these stories keeps to herself
LETTER_SECONDS = 30


def begin(joan: Page, name: str, sessions: str = "16", protocol: str = "ipt_16") -> str:
    """Write down somebody new; gives the course's address."""
    joan.goto("/clinic/clients/new/")
    fill(joan, {"name": name, "offered": sessions, "protocol": protocol})
    send(joan)
    return course_of(joan)


def invite(joan: Page, course: str, email: str, mail: Path) -> str:
    """Invite the client, from the course's first page on; gives the link that arrives."""
    joan.goto(course)
    with joan.expect_navigation():
        joan.locator(f"main a[href='{course}invite/']").click()
    fill(joan, {"email": email})
    send(joan)
    until = time.monotonic() + LETTER_SECONDS
    while time.monotonic() < until:
        for letter in sorted(mail.glob("*"), key=lambda path: path.stat().st_mtime, reverse=True):
            found = re.search(r"/invitation/[\w-]+/", letter.read_text())
            if email in letter.read_text() and found:
                return found[0]
        time.sleep(0.3)
    raise AssertionError("no letter came")


def words_of(page: Page, where: str = "main") -> str:
    """What can be read in one place of a page, in one line."""
    return " ".join(page.locator(where).first.inner_text().split())


@dataclass
class Two:
    """A client on a phone, her therapist at a desk, and the course that they walk."""

    client: Page
    therapist: Page
    course: str
    name: str

    @property
    def both(self) -> tuple[tuple[Page, str], tuple[Page, str]]:
        """Each with the address under which that one finds the course."""
        return (self.client, "/me/"), (self.therapist, self.course)

    def read(self, page: str, where: str = "main") -> list[str]:
        """What a page says to her, and to the therapist."""
        said = []
        for browser, room in self.both:
            browser.goto(f"{room}{page}")
            said.append(words_of(browser, where))
        return said

    def holds(self, page: str, box: str) -> list[str]:
        """What stands in one box of a page, for her and for the therapist."""
        held = []
        for browser, room in self.both:
            browser.goto(f"{room}{page}")
            held.append(browser.locator(f"main {box}").first.input_value())
        return held

    def places(self) -> list[str]:
        """What each is told of where in the course they are."""
        for browser, room in self.both:
            browser.goto(f"{room}contract/")
        return [arc(browser) for browser, _ in self.both]


def first_picture(two: Two, began: str) -> None:
    """The therapist holds the pen: how it began, and a check-in that was asked aloud."""
    joan, form = two.therapist, "main form:has([name=began_around])"
    joan.goto(f"{two.course}first/")
    joan.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    fill(joan, {"began_around": began}, form=form)
    send(joan, form=form)
    joan.goto(f"{two.course}check-in/?enter=1")
    fill(joan, {"on": "2025-03-18", "source": "aloud", **PHQ9, **GAD7})
    send(joan)


def add_people(page: Page, names: str, ring: str, sharing: str) -> None:
    """The client adds everybody who comes to mind, one name a line."""
    page.goto("/me/people/several/")
    fill(page, {"labels": names, "ring": ring, "sharing": sharing})
    send(page)


def names_on(page: Page, room: str) -> dict[str, str]:
    """Who stands on the circles, and in which ring."""
    page.goto(f"{room}people/circles/")
    found = page.locator("[data-kw=person]").evaluate_all(
        "all => all.map(one => [one.dataset.name, one.dataset.ring])"
    )
    return dict(found)


def draw_the_picture(two: Two, parts: Mapping[str, str], comment: str) -> None:
    """Drafted by the one, shared, commented on by the other, answered; then the words stand as both want them."""
    joan, her = two.therapist, two.client
    for part, words in parts.items():
        joan.goto(f"{two.course}formulation/parts/{part}/")
        fill(joan, {part: words})
        send(joan)
    her.goto("/me/formulation/")
    assert not any(words in her.content() for words in parts.values())
    joan.goto(f"{two.course}formulation/")
    send(joan, form="main form[action$='/formulation/share/']")

    her.goto("/me/formulation/parts/events/say/")
    fill(her, {"kind": "change", "text": comment})
    send(her)
    joan.goto(f"{two.course}formulation/")
    assert comment in words_of(joan, "#part-events")
    joan.locator("#part-events").get_by_role("link", name="Answer").click()
    fill(joan, {"answer": "Yes. So it shall stand."})
    send(joan)


def change_part(page: Page, room: str, part: str, words: str) -> None:
    page.goto(f"{room}formulation/parts/{part}/")
    fill(page, {part: words})
    send(page)


def sign_the_picture(two: Two) -> list[str]:
    """Both sign what stands; gives what each reads of its standing and of the signatures."""
    for browser, room in two.both:
        browser.goto(f"{room}formulation/")
        send(browser, form="main #signatures form[action$='/sign/']")
    return [
        *two.read("formulation/", "#picture-state"),
        *two.read("formulation/", "#signatures .kw-signature"),
    ]


def propose(page: Page, room: str, **said: str) -> None:
    """Write a contract down."""
    page.goto(f"{room}contract/")
    page.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    form = "main form:has([name=sessions])"
    fill(page, said, form=form)
    send(page, form=form)


def sign_the_contract(two: Two) -> None:
    for browser, room in two.both:
        browser.goto(f"{room}contract/")
        send(browser, form="main #proposed form[action$='/sign/']")


def choose_focus(two: Two, area: str, words: str) -> None:
    two.therapist.goto(f"{two.course}focus/choose/")
    fill(two.therapist, {"area": area, "in_our_words": words})
    send(two.therapist)


def add(page: Page, room: str, kind: str, fields: Mapping[str, str]) -> None:
    """Write one thing into a list of the workspace, by its own link."""
    page.goto(f"{room}focus/")
    page.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    page.locator(f"main a[href$='/add/{kind}/']").first.click()
    fill(page, fields)
    send(page)


def rate(page: Page, room: str, number: str, occasion: str) -> None:
    """Rate the one goal there is."""
    page.goto(f"{room}formulation/goals/rate/")
    page.locator(f"main [name^=rating_][value='{number}']").check(force=True)
    page.locator("main [name=occasion]").select_option(occasion)
    send(page)


def add_goal(two: Two, goal: str) -> None:
    """She sets one, and says how near it is."""
    two.client.goto("/me/formulation/goals/add/")
    fill(two.client, {"goal": goal})
    send(two.client)
    rate(two.client, "/me/", "2", "start")


def fill_sheet(two: Two, kind: str, fields: Mapping[str, str], shown: str) -> list[str]:
    """She fills a sheet in and shares it; gives what each of the two reads on it, from ``shown`` on."""
    two.client.goto(f"/me/worksheets/new/{kind}/")
    fill(two.client, {**fields, "sharing": "shared"})
    two.client.get_by_role("button", name="Save", exact=True).last.click()
    two.client.wait_for_selector("[data-kw='page:worksheet']")
    address = two.client.url.partition("/me/")[2].partition("?")[0]
    two.therapist.goto(f"{two.course}worksheets/")
    two.therapist.locator(f"main a[href$='{address}']").first.click()
    two.therapist.wait_for_selector("[data-kw='page:worksheet']")
    return [words_of(browser, shown) for browser, _ in two.both]


def type_in(two: Two, number: int, on: str = "2025-03-18") -> None:
    """A session that was held on paper."""
    two.therapist.goto(f"{two.course}sessions/{number}/typed-in/")
    fill(two.therapist, {"on": on, "attendance": "attended"})
    send(two.therapist)


@dataclass
class Hour:
    """What one session holds."""

    talk: str
    link: str
    technique: str
    attempt: str
    summary: str


def hold_in_the_room(two: Two, number: int, hour: Hour) -> str:
    """A session in its room, from her line for the agenda to the summary that she reads; gives what she reads."""
    joan, her, room = two.therapist, two.client, f"{two.course}sessions/{number}/"
    her.goto("/me/to-talk-about/")
    fill(her, {"item": hour.talk, "sharing": "shared"})
    send(her)
    joan.goto(f"{two.course}sessions/plan/")
    fill(joan, {"on": "2025-03-18", "at": "14:00", "how": "in_person", "minutes": "50"})
    send(joan)
    joan.goto(room)
    send(joan, form="main form[action$='/open/']")
    assert hour.talk in words_of(joan, "#agenda")
    joan.locator("[data-kw-line]", has_text=hour.talk).locator("button[value=done]").click()
    joan.locator("[data-kw-line]", has_text=hour.talk).get_by_text("Talked about", exact=True).wait_for()

    write(joan, f"/{number}/link/", {"which": "worst", "link": hour.link})
    joan.locator(f"#work input[value={hour.technique}]").check(force=True)
    send(joan, form="#work form")
    write(joan, f"/{number}/try/", {"what": hour.attempt})
    joan.goto(f"{room}note/")
    fill(joan, {"note": f"Note of session {number}.", "summary": hour.summary})
    send(joan, form="main form:has([name=note])")
    joan.goto(room)
    write(joan, f"/sessions/{number}/close/", {"attendance": "attended"})
    her.goto(f"/me/sessions/{number}/")
    assert hour.summary not in her.content()
    joan.goto(f"{room}summary/")
    send(joan)

    her.goto(f"/me/sessions/{number}/")
    assert f"Note of session {number}." not in her.content()
    return words_of(her)


def through_the_middle(two: Two, hour: Hour, *, at: int, last: int) -> str:
    """Every session on paper but one, which is held in its room; gives what she reads of that one."""
    for number in range(1, at):
        type_in(two, number)
    read = hold_in_the_room(two, at, hour)
    for number in range(at + 1, last + 1):
        type_in(two, number)
    return read


def review(two: Two, number: int, reason: str) -> str:
    """At the review point: what they looked at and decided. Only staff have this page; gives what it keeps."""
    joan = two.therapist
    joan.goto(f"{two.course}review/")
    assert words_of(joan, "[data-kw=review-due]").startswith(f"Session {number} is a review point")
    fill(joan, {"reason": reason})
    for name, value in (("looked_at", "focus"), ("decisions", "go_on")):
        joan.locator(f"main [name={name}][value={value}]").check(force=True)
    send(joan)
    return words_of(joan, ".reviews-past")


def look_back(two: Two, changed: str, sign: str, plan: str, goodbye: str) -> None:
    """She writes what changed, what to watch for and what to do, and keeps the rest; then a few words for her."""
    her = two.client
    her.goto("/me/ending/")
    assert her.locator("[data-kw=not-yet]").count() == 0
    for action, fields, sharing in (
        ("/ending/part/changed/", {"changed": changed}, "shared"),
        ("/ending/part/feelings/", {"feelings": f"{KEPT}: I am afraid of June."}, "just-me"),
        ("/ending/part/helped/", {"helped": f"{KEPT}: that nobody hurried me."}, "just-me"),
        ("/ending/signs/", {"sign": sign}, "shared"),
        ("/ending/plan/i_will/", {"i_will": plan}, "shared"),
    ):
        her.goto("/me/ending/")
        write(her, action, {**fields, "sharing": sharing})
    two.therapist.goto(f"{two.course}ending/")
    write(two.therapist, "/ending/part/from_therapist/", {"from_therapist": goodbye, "show": "on"})


def finish(two: Two, **said: str) -> None:
    two.therapist.goto(f"{two.course}ending/finish/")
    fill(two.therapist, said | {"sure": "on"})
    send(two.therapist)


def take_along(two: Two, kept: str) -> str:
    """She ticks one thing that only she sees, and downloads the booklet; gives what can be read in it."""
    her = two.client
    her.goto("/me/keepsake/")
    piece = her.locator("[data-kw=piece]", has_text=kept).locator("input")
    assert piece.is_checked() is False
    piece.check()
    send(her, form="main form.ending-pieces")
    assert her.locator("[data-kw=holds-kept]").is_visible()
    with her.expect_download() as coming:
        her.get_by_role("link", name="The booklet (PDF)").click()
    reader = PdfReader(io.BytesIO(Path(coming.value.path()).read_bytes()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


THEIR_PAGES = (
    "", "prepare/", "first/", "people/", "people/circles/", "people/table/", "story/", "cycle/", "formulation/",
    "formulation/goals/", "focus/", "plan/", "worksheets/", "progress/", "diary/", "sessions/", "sessions/try/",
    "to-talk-about/", "contract/", "letters/", "ending/", "keepsake/", "keepsake/booklet/", "safety/", "review/",
)  # fmt: skip


def where_it_shows(two: Two, words: str = KEPT) -> tuple[list[str], list[str]]:
    """Her pages on which words stand, and the therapist's."""

    def showing(browser: Page, room: str, pages: tuple[str, ...]) -> list[str]:
        return [page for page in pages if words in browser.request.get(f"{room}{page}").text()]

    hers = ("people/", "focus/", "ending/", "keepsake/")
    return showing(two.client, "/me/", hers), showing(two.therapist, two.course, THEIR_PAGES)
