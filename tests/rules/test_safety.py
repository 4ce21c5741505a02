"""What must hold about safety on every page: help at once, no levels, no foreign number, an end that is said."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import new_key
from kithwork.project.whose_pages import routes
from kithwork.therapy.checkins import actions as checkins
from kithwork.therapy.course.actions import close
from kithwork.therapy.course.models import Course
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.focus.kinds import kinds
from kithwork.therapy.safety import actions, queries
from kithwork.therapy.safety.help_lines import countries, lines_of
from kithwork.therapy.safety.models import Flag
from tests.cast import NOW, browser

ANSWERS = (1, 2, 3)
PANEL, THANKS = 'data-kw="help-now"', "Thank you for saying so."
LEVELS = re.compile(
    r"\b(low|medium|moderate|high|severe)[ -]risk\b|\brisk (level|score|rating)\b", re.IGNORECASE
)
LOCALES = [
    "en-GB",
    "en-IE",
    "en-US",
    "en-CA",
    "fr-CA",
    "en-AU",
    "en-NZ",
    "mi-NZ",
    "de-DE",
    "nl-NL",
    "fr-FR",
    "de-AT",
    "de-CH",
    "fr-CH",
    "it-CH",
    "sv-SE",
    "nb-NO",
    "da-DK",
    "fi-FI",
    "sv-FI",
    "es-ES",
    "ca-ES",
    "it-IT",
    "pt-PT",
    "pt-BR",
    "es-MX",
    "es-AR",
    "es-CL",
    "es-CO",
    "es-PE",
    "pl-PL",
    "cs-CZ",
    "sk-SK",
    "hu-HU",
    "ro-RO",
    "bg-BG",
    "el-GR",
    "tr-TR",
    "ru-RU",
    "uk-UA",
    "he-IL",
    "ar-EG",
    "ar-SA",
    "ar-MA",
    "fa-IR",
    "hi-IN",
    "bn-BD",
    "ur-PK",
    "ta-LK",
    "th-TH",
    "vi-VN",
    "id-ID",
    "ms-MY",
    "tl-PH",
    "ja-JP",
    "ko-KR",
    "zh-CN",
    "zh-TW",
    "zh-HK",
    "sw-KE",
    "am-ET",
    "yo-NG",
    "zu-ZA",
    "is-IS",
    "lt-LT",
]


def post(page, path, **fields):
    return page.post(path, {"key": new_key(), **fields}, follow=True)


def begin(maya):
    return post(maya, "/me/check-in/").redirect_chain[-1][0].split("?")[0]


def draft(cast, maya, answer):
    """One question a page, nothing sent."""
    return post(maya, begin(maya), item=9, answer=answer)


def submit(cast, maya, answer):
    """The whole form, looked over and sent."""
    draft = begin(maya)
    shown = post(maya, f"{draft}all/", phq9_9=answer)
    assert PANEL in shown.content.decode()
    return post(maya, f"{draft}answers/")


def edit(cast, maya, answer):
    """First "not at all", then another answer."""
    draft = begin(maya)
    assert PANEL not in post(maya, draft, item=9, answer=0).content.decode()
    return post(maya, draft, item=9, answer=answer)


def paper(cast, maya, answer):
    """Staff type in what was answered on paper; the client then opens it."""
    joan = browser(cast.joan)
    entered = post(joan, f"/course/{cast.mayas.pk}/check-in/", on="2025-03-18", source="paper", phq9_9=answer)
    assert PANEL in entered.content.decode()
    return maya.get(f"/me/check-in/{entered.redirect_chain[-1][0].split('/')[-2]}/")


def withdrawn(cast, maya, answer):
    """Sent, then taken back."""
    submit(cast, maya, answer)
    sent = Flag._base_manager.get().raised_by
    return post(maya, f"/me/check-in/{sent}/take-back/")


WAYS = [draft, submit, edit, paper, withdrawn]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("answer", ANSWERS)
def test_item_nine_brings_help_and_exactly_one_flag_by_every_way(cast, way, answer):
    page = way(cast, browser(cast.maya), answer).content.decode()

    assert PANEL in page
    assert THANKS in page
    assert re.search(r"Joan should see this by Wednesday 19 March, \d+:\d\d pm\.", page)
    flags = list(Flag._base_manager.all())
    assert [(flag.answer, flag.reviewed_at, flag.owner) for flag in flags] == [(answer, None, cast.joan.pk)]


def address_book(course):
    """Every address that needs nothing but the course in it."""
    for route in routes():
        here = route.pattern.replace("<str:course_id>", course)
        if "<" not in here:
            yield route, here


def pages(who, course):
    """Every page that somebody can open by its address alone, with what it says."""
    page = browser(who) if who else Browser()
    for route, address in address_book(course):
        if address in ("/sign-out/", "/leave/") or route.name.startswith("mfa_"):
            continue
        answer = page.get(address)
        if (
            answer.status_code == 200
            and "html" in answer["Content-Type"]
            and not answer.has_header("Content-Disposition")
        ):
            yield address, answer.content.decode()


@pytest.mark.parametrize("who", ["maya", "joan", "sade", "ravi"])
def test_no_page_rates_anybodys_risk(cast, who):
    maya = browser(cast.maya)
    submit(cast, maya, 3)
    actions.raise_flag(by=cast.audience(cast.joan, cast.mayas), kind="frightened", owner=cast.joan.pk)

    found = {address: LEVELS.findall(text) for address, text in pages(getattr(cast, who), cast.mayas.pk)}

    assert len(found) >= 4
    assert {address: words for address, words in found.items() if words} == {}


def test_an_answer_not_given_is_not_passed_on_and_the_page_says_so_before_the_question(cast):
    maya = browser(cast.maya)
    opening = maya.get("/me/check-in/").content.decode()
    draft = begin(maya)
    question = maya.get(f"{draft}?item=9").content.decode()

    post(maya, draft, item=9, answer="refused")
    post(maya, draft, item=9, answer="")

    said = "“Rather not say”, or leaving it out, is not passed on."
    assert (said in opening, said in question, Flag._base_manager.count()) == (True, True, 0)


def test_the_panel_lies_ready_in_the_page_for_when_there_is_no_network(cast):
    maya = browser(cast.maya)
    draft = begin(maya)

    for page in (f"{draft}?item=9", f"{draft}all/"):
        text = maya.get(page).content.decode()
        ready = text[text.index("data-kw-unsent=") : text.index("unsent.js")]
        assert "Not sent. Nobody has seen this." in ready
        assert "tel:116123" in ready
        assert " hidden>" in ready.split("\n")[0]


# Who to call ----------------------------------------------------------------------------------------------


def numbers_on(page):
    return set(re.findall(r'href="tel:(\d+)"', page))


def test_no_country_is_shown_anothers_number(cast):
    foreign, silent = {}, []
    for locale in LOCALES:
        country, page = locale.split("-")[1], Browser(headers={"accept-language": f"{locale},en;q=0.5"})
        asked = page.get(f"/help/?country={country}").content.decode()
        here = page.get("/help/").content.decode()
        # Unasked, the page goes by the clinic's country, whatever the browser says of itself.
        foreign[locale] = numbers_on(asked) ^ dials(country) | numbers_on(here) ^ dials("GB")
        if country not in countries() and "Ring the emergency number of the place where you are" not in asked:
            silent.append(locale)

    assert len(set(LOCALES)) >= 60
    assert ({locale: numbers for locale, numbers in foreign.items() if numbers}, silent) == ({}, [])


def dials(country):
    return {line.dial for line in lines_of(country)}


@pytest.mark.parametrize("who", ["", "maya", "joan", "sade", "ravi", "ada"])
def test_help_is_one_step_from_every_page(cast, who):
    account = getattr(cast, who) if who else None
    found = dict(pages(account, cast.mayas.pk))
    nowhere = (browser(account) if account else Browser()).get("/no/such/page/").content.decode()

    without = [
        address for address, text in {**found, "nowhere": nowhere}.items() if 'href="/help/' not in text
    ]

    assert len(found) >= 4
    assert [address for address in without if address not in ("/help/", "/healthz", "/readyz")] == []


def test_old_numbers_say_that_they_are_old(cast, monkeypatch):
    fresh = Browser().get("/help/").content.decode()
    checked = max(line.checked_on for line in lines_of("GB"))
    monkeypatch.setenv("KITHWORK_NOW", f"{checked + timedelta(days=181)}T12:00:00+00:00")
    stale, staff = Browser().get("/help/").content.decode(), browser(cast.joan).get("/help/").content.decode()

    warns = "last checked more than half a year ago"
    assert (warns in fresh, warns in stale, warns in staff) == (False, True, True)


# A worry that staff keep ------------------------------------------------------------------------------------


def test_while_somebody_is_feared_nothing_suggests_talking_and_no_shared_page_tells_why(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    chosen = focus.choose(by=joan, area="dispute")
    focus.add_item(
        by=joan, focus=chosen, kind=kinds.get("stage"), words={}, stage="impasse", on=joan.now.date()
    )
    where = f"/course/{cast.mayas.pk}/focus/"
    suggests, safe = "Reopen the subject in a safe way", "Talking it through is not your task then."
    hers = {address: plain(text) for address, text in pages(cast.maya, cast.mayas.pk)}
    before = browser(cast.joan).get(where).content.decode()
    assert (suggests in before, safe in before, safe in hers["/me/focus/"]) == (True, True, True)

    concern = actions.note_concern(by=joan, text="Frightened of him.")

    during = browser(cast.joan).get(where).content.decode()
    assert (suggests in during, safe in during) == (False, True)
    assert not re.search(r"concern|worry|frightened of him", during, re.IGNORECASE)
    after = {address: plain(text) for address, text in pages(cast.maya, cast.mayas.pk)}
    # Her trail says that Joan saved something on the safety page, as it does of everything that staff do.
    assert {one for one in hers if hers[one] != after[one]} <= {"/me/who-has-looked/"}
    actions.close_concern(by=joan, concern=concern)
    assert suggests in browser(cast.joan).get(where).content.decode()


def plain(text):
    """A page without what differs each time somebody asks for it: its form's keys, and what time it is."""
    return re.sub(r'name="(csrfmiddlewaretoken|key)"[^>]*>|data-kw="own-time">[^<]*<', "", text)


# How to reach her -------------------------------------------------------------------------------------------


def test_how_to_reach_her_is_hers_until_she_shares_it(cast):
    maya, joan = cast.maya_now(), browser(cast.joan)
    addresses = [f"/course/{cast.mayas.pk}/safety/", f"/course/{cast.mayas.pk}/safe-contact/"]
    before = {address: plain(joan.get(address).content.decode()) for address in addresses}

    words = {"hours": "After six, never at weekends."}
    actions.say_how_to_reach(by=maya, answers=words, bases={}, sharing=Sharing.JUST_ME, no_mail=True)

    assert "never at weekends" in browser(cast.maya).get("/me/safe-contact/").content.decode()
    assert {address: plain(joan.get(address).content.decode()) for address in addresses} == before
    shown = dict(queries.reaching(maya).answers)
    bases = {prompt.key: one.base for prompt, one in shown.items() if one}
    actions.say_how_to_reach(by=maya, answers=words, bases=bases, sharing=Sharing.SHARED)
    assert "never at weekends" in joan.get(addresses[0]).content.decode()


def test_no_mail_means_none_not_even_for_a_password(cast):
    from kithwork.foundation.outbox.models import Outbox

    forget = {"email": cast.maya.email}
    Browser().post("/account/password/forgotten/", forget)
    assert Outbox.objects.filter(template="reset").count() == 1
    actions.say_how_to_reach(by=cast.maya_now(), answers={}, bases={}, no_mail=True)

    answer = Browser().post("/account/password/forgotten/", forget)

    assert (answer.status_code, Outbox.objects.filter(template="reset").count()) == (302, 1)


# After the end ----------------------------------------------------------------------------------------------


def ended(cast, *, months_ago=0):
    close(by=cast.audience(cast.joan, cast.mayas), course=cast.mayas, how="as_agreed")
    Course.objects.filter(pk=cast.mayas.pk).update(ended_at=NOW - timedelta(days=31 * months_ago))


def test_after_the_end_every_page_says_that_nobody_reads_it_and_offers_help(cast):
    assert 'data-kw="ended"' not in browser(cast.maya).get("/me/").content.decode()
    ended(cast)

    silent = [
        address
        for address, text in pages(cast.maya, cast.mayas.pk)
        if "Your course has ended. Nobody at the clinic reads this now." not in text
        or 'href="/help/' not in text
    ]

    assert silent == []


def test_after_the_end_no_form_of_hers_but_her_own_settings_is_left(cast):
    draft = checkins.open_check_in(by=cast.maya_now())
    ended(cast)
    maya = browser(cast.maya)

    refused = post(maya, f"/me/check-in/{draft.pk}/", item=9, answer=3)

    assert "This course has ended, so there are no more check-ins." in refused.content.decode()
    assert Flag._base_manager.count() == 0


@pytest.mark.parametrize(("months_ago", "opens"), [(11, True), (13, False)])
def test_the_record_stays_readable_for_the_time_that_the_clinic_sets(cast, months_ago, opens):
    ended(cast, months_ago=months_ago)
    page = browser(cast.maya).get("/me/diary/")

    assert (page.status_code, "These pages are closed now" in page.content.decode()) == (
        (200, False) if opens else (403, True)
    )
    assert b"/help/" in page.content
    assert b"Lime Street" in page.content or opens
    # Staff go on reading.
    assert browser(cast.joan).get(f"/course/{cast.mayas.pk}/diary/").status_code == 200
