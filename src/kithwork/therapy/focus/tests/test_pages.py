"""The focus, and "What we agreed", as the two meet them in a browser."""

import re

import pytest
from tests.cast import browser

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.protocol import Phase
from kithwork.therapy.course import contracts
from kithwork.therapy.course.actions import close
from kithwork.therapy.focus import actions, queries
from kithwork.therapy.focus.kinds import kinds
from kithwork.therapy.formulation import actions as formulation

KEYS = iter(f"focus-key-{n:018}" for n in range(1000))


def post(page, address, **fields):
    return page.post(address, {"key": next(KEYS), **fields})


def base_in(page, field):
    """The revision that a form says it was written on."""
    found = re.search(f'name="{field}_base" value="([^"]+)"', page)
    return found[1] if found else ""


def keep(by, focus, kind, **columns):
    return actions.add_item(by=by, focus=focus, kind=kind, words={kind.lead: "Mine."}, **columns)


def choose(cast, area="dispute"):
    return actions.choose(by=cast.audience(cast.joan, cast.mayas), area=area)


def test_a_focus_is_chosen_together_and_shown_to_both(cast):
    joan, base = browser(cast.joan), f"/course/{cast.mayas.pk}/focus/"

    post(joan, f"{base}choose/", area="dispute", in_our_words="We have stopped talking.")

    for page in (joan.get(base).content, browser(cast.maya).get("/me/focus/").content):
        assert b"We have stopped talking." in page
        assert b"keeping away may be keeping you safe" in page


@pytest.mark.parametrize("kind", list(kinds), ids=lambda kind: kind.key)
def test_each_list_takes_and_changes_and_gives_up_something(cast, kind):
    focus, maya = choose(cast, kind.area), browser(cast.maya)
    extra = {"stage": {"stage": "impasse"}, "date": {"when": "12 March"}}.get(kind.key, {})
    if kind.key == "attempt":
        post(maya, f"/me/focus/{focus.pk}/add/step/", step="Say hello.", sharing="shared")
        extra = {"of_step": next(iter(queries.step_names(cast.maya_now(), focus.pk)))}

    added = post(
        maya, f"/me/focus/{focus.pk}/add/{kind.key}/", **{kind.lead: "One."}, sharing="shared", **extra
    )
    [row] = queries.items(cast.maya_now(), focus.pk, kind)
    address = f"/me/focus/items/{kind.key}/{row.pk}/"
    base = base_in(maya.get(address).content.decode(), kind.lead)
    changed = post(maya, address, **{kind.lead: "Two.", f"{kind.lead}_base": base}, sharing="shared", **extra)
    page = browser(cast.joan).get(f"/course/{cast.mayas.pk}/focus/").content
    removed = post(maya, f"{address}remove/")

    assert (added.status_code, changed.status_code, removed.status_code) == (302, 302, 302)
    assert (b"Two." in page, b"One." in page) == (True, False)
    assert queries.items(cast.maya_now(), focus.pk, kind) == []


def test_two_editors_see_both_texts_and_can_go_on(cast):
    focus = choose(cast)
    joan, maya = browser(cast.joan), browser(cast.maya)
    post(maya, f"/me/focus/{focus.pk}/", in_our_words="Maya's.", in_our_words_base="")

    answer = post(
        joan, f"/course/{cast.mayas.pk}/focus/{focus.pk}/", in_our_words="Joan's.", in_our_words_base=""
    )

    page = answer.content.decode()
    assert (answer.status_code, "Maya&#x27;s." in page, "Joan&#x27;s." in page) == (409, True, True)
    base = base_in(page, "in_our_words")
    address = f"/course/{cast.mayas.pk}/focus/{focus.pk}/"
    assert post(joan, address, in_our_words="Both.", in_our_words_base=base).status_code == 302


def test_a_day_that_cannot_be_is_refused_and_what_was_written_stays(cast):
    focus = choose(cast, "grief")

    answer = post(
        browser(cast.maya), f"/me/focus/{focus.pk}/add/date/", what="Nan's birthday", when="31 June"
    )

    assert (answer.status_code, b"Nan&#x27;s birthday" in answer.content) == (422, True)


def test_staff_pages_do_not_change_by_what_she_keeps(cast):
    focus, address = choose(cast), f"/course/{cast.mayas.pk}/focus/"
    before = _plain(browser(cast.joan).get(address).content)

    for kind in (kinds.get("option"), kinds.get("stage")):
        columns = {"stage": "impasse", "on": "2025-03-18"} if kind.key == "stage" else {}
        keep(cast.maya_now(), focus, kind, **columns)
    actions.add_item(
        by=cast.maya_now(),
        focus=focus,
        kind=kinds.get("option"),
        words={"option": "Later."},
        sharing=Sharing.LATER,
    )

    assert _plain(browser(cast.joan).get(address).content) == before


def test_what_we_agreed_gathers_sessions_focus_picture_and_goals(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    empty = browser(cast.maya).get("/me/plan/").content.decode()
    choose(cast)
    formulation.write_section(by=joan, section="cycle", text="The less we talk, the lower I get.")
    draft = browser(cast.maya).get("/me/plan/").content.decode()
    formulation.share(by=joan)
    formulation.rate_goal(
        by=joan, goal=formulation.add_goal(by=joan, goal="See a friend each week"), rating=3
    )
    contracts.offer(by=joan, sessions=16)

    for page in (
        browser(cast.maya).get("/me/plan/"),
        browser(cast.joan).get(f"/course/{cast.mayas.pk}/plan/"),
    ):
        said = page.content.decode()
        found = [text in said for text in (
            "16 sessions", "(to be agreed)", "Conflict", "The less we talk, the lower I get.",
            "See a friend each week", "<strong>3</strong> of 10", "Not agreed yet",
        )]  # fmt: skip
        assert found == [True] * 7
    assert "will write this together, around session 4" in empty
    assert ("The less we talk" in draft, "Conflict" in draft) == (False, True)


def test_every_page_opens_for_both_and_after_the_end(cast):
    focus = choose(cast)
    paths = ["plan/", "focus/", "focus/choose/", f"focus/{focus.pk}/", f"focus/{focus.pk}/replace/",
             f"focus/{focus.pk}/add/stage/", "contract/", "formulation/"]  # fmt: skip
    doors = ((cast.maya, "/me/"), (cast.joan, f"/course/{cast.mayas.pk}/"))

    running = [browser(who).get(base + path).status_code for who, base in doors for path in paths]
    close(by=cast.audience(cast.joan, cast.mayas), course=cast.mayas, how="completed")
    ended = [browser(who).get(base + path).status_code for who, base in doors for path in paths]

    assert (running, ended) == ([200] * 16, [200] * 16)


def test_somebody_elses_focus_does_not_exist(cast):
    focus = choose(cast)

    answers = [
        browser(cast.carl).get(f"/me/focus/{focus.pk}/"),
        post(browser(cast.carl), f"/me/focus/{focus.pk}/end/"),
        browser(cast.mira).get(f"/course/{cast.carls.pk}/focus/{focus.pk}/add/stage/"),
        browser(cast.mira).get(f"/course/{cast.mayas.pk}/plan/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


@pytest.mark.parametrize("way", ["", "add/stage/", "replace/"])
def test_what_was_typed_into_a_focus_that_came_to_rest_meanwhile_is_there_to_copy(cast, way):
    focus, joan = choose(cast), cast.audience(cast.joan, cast.mayas)
    actions.replace(by=joan, focus=focus, area="grief")

    said = {"issue": "He left early.\nAgain.", "in_our_words": "We don’t talk."}
    answer = post(
        browser(cast.maya), f"/me/focus/{focus.pk}/{way}", **said, area="transition", stage="impasse"
    )

    why = (
        "The work is not on this any more: it has come to rest, or another is in its place."
        " Copy your words, and put them where the work is now."
    )
    typed = "He left early.<br>Again." if way == "add/stage/" else "We don’t talk."
    assert (answer.status_code, to_copy(answer.content.decode())) == (
        422,
        [why, "Your words, to copy", typed],
    )
    assert [one.area for one in queries.standing(joan)] == ["grief"]
    assert queries.items(joan, focus.pk, kinds.get("stage")) == []


@pytest.mark.parametrize("who", ["maya", "joan"])
@pytest.mark.parametrize("way", ["", "goal/", "try/"])
def test_what_was_typed_into_something_taken_away_meanwhile_is_there_to_copy(cast, who, way):
    focus, joan = choose(cast), cast.audience(cast.joan, cast.mayas)
    item = keep(joan, focus, kinds.get("option"))
    actions.remove_item(by=joan, item=item)
    account, base = (cast.maya, "/me") if who == "maya" else (cast.joan, f"/course/{cast.mayas.pk}")
    page, address = browser(account), f"{base}/focus/items/option/{item.pk}/{way}"

    answer = post(page, address, **dict.fromkeys(("option", "goal", "what"), "Ask him."))

    why = "This was taken away while you wrote. Copy your words, and put them where you would like them now."
    assert (answer.status_code, to_copy(answer.content.decode())) == (
        422,
        [why, "Your words, to copy", "Ask him."],
    )
    assert page.get(address).status_code == 404


def test_what_she_took_away_and_had_kept_to_herself_was_never_there_for_staff(cast):
    focus, maya = choose(cast), cast.maya_now()
    item = keep(maya, focus, kinds.get("option"), sharing=Sharing.JUST_ME)
    actions.remove_item(by=maya, item=item)
    address = f"/focus/items/option/{item.pk}/"

    hers = post(browser(cast.maya), f"/me{address}", option="Ask him.")
    joans = post(browser(cast.joan), f"/course/{cast.mayas.pk}{address}", option="Ask him.")

    assert (hers.status_code, joans.status_code) == (422, 404)


def test_a_try_taken_away_under_a_step_that_she_keeps_was_never_there_for_staff(cast):
    focus, maya = choose(cast, "sensitivity"), cast.maya_now()
    step = keep(maya, focus, kinds.get("step"), sharing=Sharing.JUST_ME)
    tried = keep(maya, focus, kinds.get("attempt"), sharing=Sharing.SHARED, step=step, on=maya.now.date())
    address = f"/focus/items/attempt/{tried.pk}/"
    pages = (browser(cast.maya), f"/me{address}"), (browser(cast.joan), f"/course/{cast.mayas.pk}{address}")
    stands = [page.get(where).status_code for page, where in pages]

    actions.remove_item(by=maya, item=tried)

    gone = [post(page, where, what_happened="He smiled.").status_code for page, where in pages]
    assert (stands, gone) == ([200, 404], [422, 404])


def test_what_was_typed_into_a_try_whose_step_was_taken_away_meanwhile_is_there_to_copy(cast):
    focus, joan = choose(cast, "sensitivity"), cast.audience(cast.joan, cast.mayas)
    step = keep(joan, focus, kinds.get("step"))
    tried = keep(joan, focus, kinds.get("attempt"), step=step, on=joan.now.date())
    actions.remove_item(by=joan, item=step)

    answer = post(browser(cast.maya), f"/me/focus/items/attempt/{tried.pk}/", what_happened="He smiled.")

    assert (answer.status_code, to_copy(answer.content.decode())[1:]) == (
        422,
        ["Your words, to copy", "He smiled."],
    )


@pytest.mark.parametrize("way", ["{focus}/", "{focus}/add/option/", "items/option/{item}/", "items/option/{item}/goal/",
                                 "items/option/{item}/try/"])  # fmt: skip
def test_what_was_typed_as_the_course_ended_is_on_the_page_that_refuses_it(cast, way):
    focus = choose(cast)
    item = keep(cast.maya_now(), focus, kinds.get("option"))
    close(by=cast.audience(cast.joan, cast.mayas), course=cast.mayas, how="completed")

    typed = dict.fromkeys(("in_our_words", "option", "goal", "what"), "We don’t talk.")
    answer = post(browser(cast.maya), f"/me/focus/{way.format(focus=focus.pk, item=item.pk)}", **typed)

    page = answer.content.decode()
    assert (answer.status_code, "This course has ended." in page, "We don’t talk." in page) == (
        422,
        True,
        True,
    )


def test_a_form_that_was_saved_and_is_sent_again_has_its_first_answer_though_the_focus_came_to_rest(cast):
    focus, maya = choose(cast), browser(cast.maya)
    said = {"key": next(KEYS), "option": "Ask him.", "sharing": "shared"}
    first = maya.post(f"/me/focus/{focus.pk}/add/option/", said)
    actions.end(by=cast.audience(cast.joan, cast.mayas), focus=focus)

    again = maya.post(f"/me/focus/{focus.pk}/add/option/", said)

    assert (again.status_code, again["Location"]) == (302, first["Location"])


def test_a_focus_at_rest_that_is_somebody_elses_does_not_exist(cast):
    focus = choose(cast)
    actions.end(by=cast.audience(cast.joan, cast.mayas), focus=focus)

    carl = browser(cast.carl)
    answers = [
        post(carl, f"/me/focus/{focus.pk}/{way}", option="x") for way in ("", "replace/", "add/option/")
    ]

    assert [answer.status_code for answer in answers] == [404] * 3


def test_a_try_leads_back_to_its_step_and_so_does_its_suggestion(cast):
    focus, maya = choose(cast, "sensitivity"), browser(cast.maya)
    post(maya, f"/me/focus/{focus.pk}/add/step/", step="Say hello.", sharing="shared")
    [step] = queries.step_names(cast.maya_now(), focus.pk)

    kept = post(
        maya, f"/me/focus/{focus.pk}/add/attempt/", of_step=step, what_happened="Fine.", sharing="shared"
    )

    page = maya.get("/me/focus/").content.decode()
    led_to = set(re.findall(r'href="#(list-[\w-]+)"', page)) | {kept["Location"].partition("#")[2]}
    assert (led_to, led_to - set(re.findall(r'id="([\w-]+)"', page))) == ({"list-step"}, set())


def test_replaying_a_talk_leads_to_its_sheet(cast, monkeypatch):
    monkeypatch.setattr("kithwork.therapy.focus.space.phase_now", lambda *_: Phase.MIDDLE)
    choose(cast)
    doors = ((cast.maya, "/me/"), (cast.joan, f"/course/{cast.mayas.pk}/"))

    found = [re.findall(r'href="([^"]*/worksheets/new/[^"]*)"', browser(who).get(f"{base}focus/").content.decode())
             for who, base in doors]  # fmt: skip

    assert found == [[f"{base}worksheets/new/conversation/"] for _, base in doors]
    assert [browser(who).get(ways[0]).status_code for (who, _), ways in zip(doors, found, strict=True)] == [
        200,
        200,
    ]


def to_copy(page):
    """What a page says to somebody who was too late: why, and each of their words."""
    found = re.findall(r'kw-lead">(.*?)</p>|id="typed-title">(.*?)</h2>|kw-words"><p>(.*?)</p>', page)
    return [next(filter(None, one), "") for one in found]


def _plain(page):
    """A page without what differs each time it is fetched."""
    return re.sub(rb'name="(key|csrfmiddlewaretoken)" value="[^"]*"', b"", page)
