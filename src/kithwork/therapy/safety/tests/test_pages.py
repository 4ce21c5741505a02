"""Staff's page about safety and the client's plan, in a browser."""

import re

import pytest
from tests.cast import browser
from tests.forms_of import forms_of

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.safety import actions, queries

KEY = "k" * 24


def without_keys(response):
    """A page but for what is new on each: the form's key and the token against forgery."""
    return re.sub(rb'name="(key|csrfmiddlewaretoken)" value="[^"]+"', b"", response.content)


def flagged(cast):
    actions.flag_answer(
        by=cast.maya_now(), check_in="c" * 22, asked="phq9_9", answer=1, before=0, owner=cast.joan
    )
    return queries.open_flags(cast.maya_now())[0]


def test_the_flag_shows_the_answer_and_no_level(cast):
    flagged(cast)

    page = browser(cast.joan).get(f"/course/{cast.mayas.pk}/safety/").content.decode()

    assert 'data-kw="flag" data-kind="item_9"' in page
    assert 'PHQ-9 item 9: “<span lang="en">Several days</span>”.' in page
    assert not any(word in page.lower() for word in ("high risk", "low risk", "medium risk", "severe"))


def test_a_review_is_saved_with_the_plan_beside_it_and_nothing_chosen_beforehand(cast):
    flag = flagged(cast)
    actions.write_plan(by=cast.maya_now(), heading="ask", text="Ring Priya.", sharing=Sharing.SHARED)
    page, address = browser(cast.joan), f"/course/{cast.mayas.pk}/safety/flags/{flag.pk}/"

    form = page.get(address).content.decode()
    refused = page.post(address, {"key": KEY, "asked": "How is it at night?", "shown": flag.shown_as})
    saved = page.post(
        address, {"key": KEY, "asked": "x", "shown": flag.shown_as, "decisions": ["talked", "doctor"]}
    )

    assert "Ring Priya." in form
    assert " checked" not in form.replace("Unchecked", "")
    assert (refused.status_code, saved.status_code) == (422, 302)
    assert b"How is it at night?" in refused.content
    assert queries.open_flags(cast.maya_now()) == []


def test_staffs_page_is_never_the_clients(cast):
    maya = browser(cast.maya)

    assert [maya.get(path).status_code for path in ("/me/safety/", f"/course/{cast.mayas.pk}/safety/")] == [
        404,
        404,
    ]


def test_the_plan_is_written_a_heading_at_a_time(cast):
    page = browser(cast.maya)

    first = page.post("/me/safety-plan/signs/", {"key": KEY, "text": "I stop cooking.", "sharing": "just-me"})

    assert first.status_code == 302
    assert b"I stop cooking." in page.get("/me/safety-plan/").content
    assert b"I stop cooking." not in browser(cast.joan).get(f"/course/{cast.mayas.pk}/safety-plan/").content


def test_a_stale_heading_shows_both_texts_and_can_be_saved_next(cast):
    page = browser(cast.maya)
    actions.write_plan(by=cast.maya_now(), heading="signs", text="Before.", sharing=Sharing.SHARED)
    base = queries.plan(cast.maya_now())[0].words.base
    actions.write_plan(by=cast.audience(cast.joan, cast.mayas), heading="signs", text="Joan’s.", base=base)

    stale = page.post(
        "/me/safety-plan/signs/", {"key": KEY, "text": "Mine.", "sharing": "shared", "base": base}
    )

    newest = queries.plan(cast.maya_now())[0].words.base
    assert stale.status_code == 409
    assert "Joan’s." in stale.content.decode()
    assert "Mine." in stale.content.decode()
    assert f'value="{newest}"' in stale.content.decode()


def test_staff_pages_stay_the_same_when_the_client_keeps_a_plan_to_herself(cast):
    joan, address = browser(cast.joan), f"/course/{cast.mayas.pk}/safety-plan/"
    before = without_keys(joan.get(address))

    actions.write_plan(by=cast.maya_now(), heading="signs", text="Nobody knows.", sharing=Sharing.JUST_ME)

    assert without_keys(joan.get(address)) == before


def test_a_worry_is_kept_and_closed_on_staffs_page(cast):
    page, address = browser(cast.joan), f"/course/{cast.mayas.pk}/safety/"

    page.post(address, {"key": KEY, "text": "Came with a bruise."})
    [one] = queries.concerns(cast.audience(cast.joan, cast.mayas))
    closed = page.post(f"{address}concerns/{one.concern.pk}/close/", {"key": "c" * 24})

    assert one.words.text == "Came with a bruise."
    assert closed.status_code == 302
    assert b"Does not stand any more" in page.get(address).content


def test_a_copy_of_the_plan_is_one_plain_file_that_needs_nothing_else(cast):
    actions.write_plan(
        by=cast.maya_now(), heading="ask", text="Priya, 07700 900123.", sharing=Sharing.JUST_ME
    )
    page = browser(cast.maya)

    copy = page.get("/me/safety-plan/file/")

    text = copy.content.decode()
    assert copy["Content-Disposition"] == 'attachment; filename="my-page.html"'
    assert ("Priya, 07700 900123." in text, "tel:116123" in text) == (True, True)
    assert re.findall(r"<script|<link|src=|https?://|Kithwork|safety", text) == []
    assert browser(cast.joan).get(f"/course/{cast.mayas.pk}/safety-plan/file/").status_code == 404


def test_how_to_reach_her_is_written_and_shared_on_its_page(cast):
    page, joan = browser(cast.maya), browser(cast.joan)
    kept = {"key": KEY, "channel": "A text, no calls.", "sharing": "just-me", "no_mail": "on"}

    assert page.post("/me/safe-contact/", kept).status_code == 302
    assert not queries.may_mail(cast.mayas.client_id)
    assert "A text, no calls." not in joan.get(f"/course/{cast.mayas.pk}/safe-contact/").content.decode()

    base = next(words.base for _, words in queries.reaching(cast.maya_now()).answers if words)
    shared = {"key": "s" * 24, "channel": "A text, no calls.", "channel_base": base, "sharing": "shared"}
    assert page.post("/me/safe-contact/", shared).status_code == 302
    assert "A text, no calls." in joan.get(f"/course/{cast.mayas.pk}/safe-contact/").content.decode()
    assert queries.may_mail(cast.mayas.client_id)


def reached(audience):
    """Every answer on how to reach her, as one side sees it."""
    return {
        prompt.key: [(one.text, one.sharing) for one in (words, *words.also)]
        for prompt, words in queries.reaching(audience).answers
        if words
    }


def as_shown(page):
    """What a browser would send of the page on reaching her, nothing changed."""
    form = page.get("/me/safe-contact/").context["form"]
    fields = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in fields.items() if value} | {"key": "n" * 24}


def test_no_answer_is_shared_by_a_save_that_chose_nothing(cast):
    maya, joan, page = cast.maya_now(), cast.audience(cast.joan, cast.mayas), browser(cast.maya)
    actions.say_how_to_reach(
        by=maya, answers={"channel": "Never at home."}, bases={}, sharing=Sharing.JUST_ME
    )
    actions.say_how_to_reach(by=joan, answers={"who_else": "Her sister."}, bases={})

    sent = as_shown(page)
    page.post("/me/safe-contact/", sent | {"hours": "Mornings."})

    assert "sharing" not in sent
    assert reached(maya) == {
        "channel": [("Never at home.", Sharing.JUST_ME)], "hours": [("Mornings.", Sharing.JUST_ME)],
        "who_else": [("Her sister.", Sharing.SHARED)],
    }  # fmt: skip
    assert reached(joan) == {"who_else": [("Her sister.", Sharing.SHARED)]}


def test_what_all_answers_have_in_common_is_chosen_beforehand(cast):
    maya, page = cast.maya_now(), browser(cast.maya)
    nothing_yet = as_shown(page)["sharing"]
    actions.say_how_to_reach(by=maya, answers={"channel": "A text."}, bases={}, sharing=Sharing.SHARED)

    assert (nothing_yet, as_shown(page)["sharing"]) == (Sharing.JUST_ME, Sharing.SHARED)


def test_her_own_answer_stands_beside_joans_after_the_next_save_of_another(cast):
    maya, joan, page = cast.maya_now(), cast.audience(cast.joan, cast.mayas), browser(cast.maya)
    actions.say_how_to_reach(
        by=maya, answers={"channel": "Never at home."}, bases={}, sharing=Sharing.JUST_ME
    )
    actions.say_how_to_reach(by=joan, answers={"channel": "A text."}, bases={})

    shown = page.get("/me/safe-contact/").content.decode()
    page.post("/me/safe-contact/", as_shown(page) | {"hours": "Mornings.", "sharing": "just-me"})

    assert ("Never at home." in shown, "A text." in shown) == (True, True)
    both = [("A text.", Sharing.SHARED), ("Never at home.", Sharing.JUST_ME)]
    assert reached(maya) == {"channel": both, "hours": [("Mornings.", Sharing.JUST_ME)]}
    assert reached(joan) == {"channel": [("A text.", Sharing.SHARED)]}


def test_what_she_writes_in_place_of_both_stays_hers_until_she_chooses(cast):
    maya, joan, page = cast.maya_now(), cast.audience(cast.joan, cast.mayas), browser(cast.maya)
    actions.say_how_to_reach(
        by=maya, answers={"channel": "Never at home."}, bases={}, sharing=Sharing.JUST_ME
    )
    actions.say_how_to_reach(by=joan, answers={"channel": "A text."}, bases={})

    page.post("/me/safe-contact/", as_shown(page) | {"channel": "A text, never at home."})

    assert reached(maya) == {"channel": [("A text, never at home.", Sharing.JUST_ME)]}
    assert reached(joan) == {}


def filled(answer, address):
    """What a browser would send of a page on reaching her, as it is filled in."""
    [form] = [one for one in forms_of(answer.content.decode(), address) if "channel" in one.sends]
    return {name: values[0] for name, values in form.sends.items()}


def both_write(cast, first, *, meanwhile):
    """One side opens the page, the other writes meanwhile. Gives the page, its address and what it would send."""
    account, other = (cast.maya, cast.joan) if first == "maya" else (cast.joan, cast.maya)
    address = "/me/safe-contact/" if first == "maya" else f"/course/{cast.mayas.pk}/safe-contact/"
    page, by = browser(account), cast.audience(other, cast.mayas)
    sent = filled(page.get(address), address)
    bases = {prompt.key: words.base for prompt, words in queries.reaching(by).answers if words}
    actions.say_how_to_reach(by=by, answers=meanwhile, bases=bases, sharing=Sharing.SHARED)
    return page, address, sent | ({"sharing": "shared"} if first == "maya" else {})


@pytest.mark.parametrize("first", ["maya", "joan"])
@pytest.mark.parametrize("before", [{}, {"channel": "Old.", "hours": "Old."}], ids=["nothing", "something"])
def test_the_page_that_shows_both_texts_saves_onto_what_it_shows(cast, first, before):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    actions.say_how_to_reach(by=maya, answers=before, bases={}, sharing=Sharing.SHARED)
    page, address, sent = both_write(cast, first, meanwhile={"channel": "A text."})

    refused = page.post(address, sent | {"channel": "A call.", "hours": "Mornings."})
    shown = refused.content.decode()
    again = page.post(address, filled(refused, address))

    assert (refused.status_code, "A text." in shown, "A call." in shown) == (409, True, True)
    wanted = {"channel": [("A call.", Sharing.SHARED)], "hours": [("Mornings.", Sharing.SHARED)]}
    assert (again.status_code, reached(maya), reached(joan)) == (302, wanted, wanted)


@pytest.mark.parametrize("first", ["maya", "joan"])
@pytest.mark.parametrize("before", [{}, {"channel": "Old."}], ids=["nothing", "something"])
def test_a_box_that_nobody_touched_puts_away_nothing_that_was_written_meanwhile(cast, first, before):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    actions.say_how_to_reach(by=maya, answers=before, bases={}, sharing=Sharing.SHARED)
    page, address, sent = both_write(cast, first, meanwhile={"channel": "A text."})

    saved = page.post(address, sent | {"hours": "Mornings."})

    wanted = {"channel": [("A text.", Sharing.SHARED)], "hours": [("Mornings.", Sharing.SHARED)]}
    assert (saved.status_code, reached(maya), reached(joan)) == (302, wanted, wanted)


def test_a_box_that_nobody_touched_still_takes_the_readers_that_are_chosen(cast):
    maya, page = cast.maya_now(), browser(cast.maya)
    actions.say_how_to_reach(by=maya, answers={"channel": "A text."}, bases={}, sharing=Sharing.SHARED)

    page.post("/me/safe-contact/", as_shown(page) | {"sharing": "just-me"})

    assert reached(maya) == {"channel": [("A text.", Sharing.JUST_ME)]}


def test_readers_that_she_chose_hold_for_what_was_written_meanwhile_too(cast):
    page, address, sent = both_write(cast, "maya", meanwhile={"channel": "A text."})

    page.post(address, sent | {"hours": "Mornings.", "sharing": "just-me"})

    hers = {"channel": [("A text.", Sharing.JUST_ME)], "hours": [("Mornings.", Sharing.JUST_ME)]}
    assert (reached(cast.maya_now()), reached(cast.audience(cast.joan, cast.mayas))) == (hers, {})


def test_the_plan_says_truly_what_is_kept_on_a_phone(cast):
    shown = " ".join(browser(cast.maya).get("/me/safety-plan/").content.decode().split())

    assert (
        "Kithwork keeps none of your pages on your phone. For times with no network it keeps three that are the "
        "same for everybody: who to call, one that says there is no network, and an empty page."
    ) in shown
