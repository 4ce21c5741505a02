"""A check-in as somebody meets it in a browser without JavaScript."""

import re
from datetime import timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.accounts.models import Clinic
from kithwork.foundation.ui.forms import new_key
from kithwork.instruments import get
from kithwork.ipt.safety import notice_before_first_question
from kithwork.therapy.checkins import actions, queries
from kithwork.therapy.checkins.steps import steps
from kithwork.therapy.checkins.tests.helping import text
from kithwork.therapy.safety.queries import open_flags


def without_keys(response):
    """A page but for what is new on each: the form's key and the token against forgery."""
    return re.sub(rb'name="(key|csrfmiddlewaretoken)" value="[^"]+"', b"", response.content)


def post(page, path, **fields):
    return page.post(path, {"key": new_key(), **fields})


def kept(cast):
    """The answers of the check-in that Maya has begun."""
    maya = cast.maya_now()
    draft = queries.current(maya)
    assert draft is not None
    return queries.answers(maya, draft)


@pytest.fixture
def page(cast):
    return browser(cast.maya)


@pytest.fixture
def begun(page):
    """The address of a check-in that has begun."""
    return post(page, "/me/check-in/")["Location"].split("?")[0]


def test_who_sees_it_is_said_before_the_first_question(page):
    shown = text(page.get("/me/check-in/"))

    assert notice_before_first_question("Joan") in shown
    assert "not watched" in shown
    assert "Joan sees your answers once you send them" in shown


def test_the_wording_is_exact_on_every_page(page, begun):
    post(page, begun, item=1, answer="1")
    for one in steps():
        shown = text(page.get(f"{begun}?item={one.at}"))

        stem = "" if one.is_extra else one.instrument.stem
        assert all(words in shown for words in (stem, one.item.text, one.instrument.attribution))
        assert all(f">{option.label}<" in shown for option in one.item.options)


def test_one_question_a_page_from_the_first_to_the_receipt(page, begun, cast):
    where = begun
    for n in range(1, 17):
        assert f"{n} of 16" in text(page.get(where))
        where = post(page, begun, item=n, answer="0")["Location"]

    over = text(page.get(where))
    receipt = page.get(post(page, where.split("?")[0])["Location"])

    assert "Look over your answers" in over
    assert 'data-kw="saved"' in text(receipt)
    assert "Joan sees your answers now" in text(receipt)
    assert [point.total for point in queries.scores(cast.audience(cast.joan, cast.mayas), "phq9")] == [0]


def test_an_answer_alone_is_the_answer_to_the_question_in_hand(page, begun, cast):
    for answer in ("2", "", "refused"):
        post(page, begun, answer=answer)

    assert kept(cast)["phq9"].items == [2, None, "refused", *[None] * 6]
    assert "4 of 16" in text(page.get(begun))


def test_item_nine_brings_help_under_the_answer_before_anything_else(page, begun, cast):
    answered = post(page, begun, item=9, answer="1")
    shown = text(page.get(answered["Location"]))

    assert "item=9" in answered["Location"]
    assert 'data-kw="help-now"' in shown
    assert "Thank you for saying so. Many people with depression have thoughts like this." in shown
    assert "Joan should see this by Wednesday 19 March, 1:3" in shown
    assert "Nobody is reading right now." in shown
    assert all(part in shown for part in ("tel:116123", "tel:999", "/me/safety-plan/", "Carry on"))
    assert "?item=9b" in shown
    assert [flag.answer for flag in open_flags(cast.audience(cast.joan, cast.mayas))] == [1]


def test_staff_see_the_flag_with_its_answer_and_nothing_else_of_a_draft(page, begun, cast):
    joan, course = browser(cast.joan), f"/course/{cast.mayas.pk}"
    before = without_keys(joan.get(f"{course}/check-in/"))

    post(page, begun, item=1, answer="3")
    post(page, begun, item=9, answer="2")

    draft = begun.split("/")[-2]
    assert without_keys(joan.get(f"{course}/check-in/")) == before
    assert joan.get(f"{course}/check-in/{draft}/").status_code == 404
    flag = text(joan.get(f"{course}/safety/"))
    assert 'PHQ-9 item 9: “<span lang="en">More than half the days</span>”.' in flag
    assert "Nearly every day" not in flag


@pytest.mark.parametrize("answer", ["4", "-1", "yes"])
def test_what_is_no_option_is_explained_and_nothing_is_kept(page, begun, cast, answer):
    refused = post(page, begun, item=1, answer=answer)

    assert refused.status_code == 422
    assert kept(cast)["phq9"].items == [None] * 9


def test_the_whole_form_saves_everything_and_shows_help_too(page, begun, cast):
    answers = {f"phq9_{n}": "1" for n in range(1, 10)} | {f"gad7_{n}": "2" for n in range(1, 7)}

    saved = post(page, f"{begun}all/", **answers)

    rows = kept(cast)
    assert (rows["phq9"].items, rows["gad7"].items) == ([1] * 9, [2] * 6 + [None])
    assert 'data-kw="help-now"' in text(page.get(saved["Location"]))
    assert "You chose not to say" in text(page.get(saved["Location"]))


def test_five_equal_posts_save_once(page, begun, cast):
    fields = {"key": new_key(), "item": 9, "answer": "1"}

    answers = {page.post(begun, fields)["Location"] for _ in range(5)}

    assert len(answers) == 1
    assert len(open_flags(cast.maya_now())) == 1


def test_the_client_reads_no_severity_word(page, begun, cast):
    post(
        page,
        f"{begun}all/",
        **{f"phq9_{n}": "3" for n in range(1, 9)},
        **{f"gad7_{n}": "3" for n in range(1, 8)},
    )
    post(page, f"{begun}answers/")

    shown = text(page.get(begun))

    labels = {band.label.lower() for form in ("phq9", "gad7") for band in get(form).bands}
    assert not [label for label in labels if f" {label}" in shown.lower()]


def test_staff_read_totals_bands_and_gaps(page, begun, cast):
    post(page, f"{begun}all/", **{f"phq9_{n}": "2" for n in range(1, 9)}, phq9_9="0", gad7_1="3")
    post(page, f"{begun}answers/")

    shown = text(browser(cast.joan).get(f"/course/{cast.mayas.pk}/check-in/"))

    assert "Moderately severe" in shown
    assert "Not complete" in shown
    assert "1 of 7" in shown


def test_staff_enter_one_from_paper_and_are_shown_what_to_do(cast):
    joan, address = browser(cast.joan), f"/course/{cast.mayas.pk}/check-in/"

    form = text(joan.get(f"{address}?enter=1"))
    saved = post(joan, address, on="2025-03-17", source="paper", **{f"phq9_{n}": "1" for n in range(1, 10)})
    shown = text(joan.get(saved["Location"]))

    assert all(one.item.text in form for one in steps())
    assert "Entered by Joan for Maya, from paper" in shown
    assert 'data-kw="flag"' in shown
    assert "What to do now" in shown
    assert "Entered by Joan for you, from paper" in text(
        browser(cast.maya).get(saved["Location"].replace(f"/course/{cast.mayas.pk}", "/me"))
    )


def test_somebody_elses_check_in_does_not_exist(cast, begun):
    carl = browser(cast.carl)

    assert [carl.get(path).status_code for path in (begun, f"{begun}all/", f"{begun}answers/")] == [404] * 3
    assert post(carl, begun, item=1, answer="1").status_code == 404


def test_taking_it_back_takes_it_from_staffs_page(page, begun, cast):
    post(page, f"{begun}all/", **{f"phq9_{n}": "0" for n in range(1, 10)})
    post(page, f"{begun}answers/")

    post(page, f"{begun}take-back/")

    assert "Nothing sent yet." in text(browser(cast.joan).get(f"/course/{cast.mayas.pk}/check-in/"))
    assert page.get(begun).status_code == 404


def test_by_the_courses_own_address_the_client_answers_just_as_well(cast):
    page, where = browser(cast.maya), f"/course/{cast.mayas.pk}/check-in/"

    assert page.get(where).status_code == 200
    begun = post(page, where)["Location"].split("?")[0]
    assert page.get(begun).status_code == 200
    after = [post(page, begun, item=n, answer="0")["Location"] for n in range(1, 17)][-1]
    assert after.startswith("/me/check-in/")
    assert page.get(after).status_code == 200


def begun_before(cast, days):
    """A check-in with one answer, begun so many days ago."""
    maya = cast.maya_now(NOW - timedelta(days=days))
    draft = actions.open_check_in(by=maya)
    actions.answer(by=maya, check_in=draft, instrument="phq9", item=1, value=2)
    return draft


def ways(response):
    """What the buttons of the page before a check-in say."""
    return re.findall(r'kw-button--wide"[^>]*>([^<]+)</button>', text(response))


def test_a_draft_about_other_days_is_there_to_finish_until_she_begins_anew(cast, page):
    old = begun_before(cast, 8)

    first, opening = text(page.get("/me/")), page.get("/me/check-in/")
    over = post(page, "/me/check-in/")["Location"]
    answered = kept(cast)["phq9"].items[0]
    new = post(page, "/me/check-in/", way="anew")["Location"]

    assert ("It goes on where you stopped" in first, "You began one on 10 March." in first) == (False, True)
    assert ways(opening) == ["Look at it, or finish it as it is", "Begin a new one"]
    assert "You began it on 10 March, and its questions ask about the time before that." in text(opening)
    assert (over.split("?")[0], answered) == (f"/me/check-in/{old.pk}/answers/", 2)
    assert (old.pk in new, kept(cast)["phq9"].items) == (False, [None] * 9)


def test_a_draft_of_this_week_goes_on_where_it_stopped(cast, page):
    draft = begun_before(cast, 6)

    first, opening = text(page.get("/me/")), page.get("/me/check-in/")

    assert "It goes on where you stopped" in first
    assert ways(opening) == ["Go on with it"]
    assert post(page, "/me/check-in/")["Location"].split("?")[0] == f"/me/check-in/{draft.pk}/"


@pytest.fixture
def planned(cast):
    """Plan these questionnaires for each time."""

    def plan(*forms):
        Clinic.objects.update(questionnaires_on=["core10"])
        joan = cast.audience(cast.joan, cast.mayas)
        rhythms = dict.fromkeys(forms, "each")
        actions.plan_check_ins(by=joan, every_days=7, since=NOW.date(), rhythms=rhythms)

    return plan


def ready_for(response):
    """The questions beside which the panel lies ready for when there is no network."""
    return re.findall(r'data-kw-unsent="(\w+)" data-kw-from="(\d+)"', text(response))


def test_each_question_about_safety_has_its_panel_on_the_whole_form(page, planned):
    planned("phq9", "cesdr")
    draft = post(page, "/me/check-in/")["Location"].split("?")[0]

    whole = page.get(f"{draft}all/")

    assert ready_for(whole) == [("phq9_9", "1"), ("cesdr_14", "1"), ("cesdr_15", "1")]
    ids = re.findall(r'id="(help-unsent[^"]*)"', text(whole))
    assert len(ids) == len(set(ids)) == 6


def test_an_answer_to_one_question_says_nothing_of_another(page, planned):
    planned("phq9", "cesdr")
    draft = post(page, "/me/check-in/")["Location"].split("?")[0]
    post(page, draft, item=9, answer="1")

    def shown(item):
        found = text(page.get(f"{draft}?item={item}"))
        return ('id="help-now"' in found, "Your first answer to this has gone out" in found)

    before = {item: shown(item) for item in (9, 23, 24)}
    post(page, draft, item=9, answer="0")

    assert before == {9: (True, False), 23: (False, False), 24: (False, False)}
    assert {item: shown(item) for item in (9, 23, 24)} == {
        9: (True, True), 23: (False, False), 24: (False, False),
    }  # fmt: skip


SEVERAL = (
    "Some questions may ask about wishing to be dead, or about hurting or killing yourself. "
    "Any answer to these but the first goes to Joan straight away, even if you stop or change it. "
    "“Rather not say”, or leaving it out, is not passed on."
)


@pytest.mark.parametrize(
    ("forms", "notice"),
    [
        (("phq9", "gad7"), notice_before_first_question("Joan")),
        (("phq9", "cesdr"), SEVERAL), (("cesdr",), SEVERAL), (("core10",), SEVERAL), (("gad7",), None),
    ],
)  # fmt: skip
def test_the_notice_is_true_of_whatever_is_asked(page, planned, forms, notice):
    planned(*forms)

    before = page.get("/me/check-in/")
    whole = page.get(f"{post(page, '/me/check-in/')['Location'].split('?')[0]}all/")

    said = [re.findall(r'kw-notice__body">([^<]*)<', text(shown)) for shown in (before, whole)]
    assert said == [[notice], [notice]] if notice else said == [[], []]


def test_instructions_are_printed_beside_the_stem(page, planned):
    planned("core10")
    draft = post(page, "/me/check-in/")["Location"].split("?")[0]

    core = get("core10")
    for shown in (text(page.get(f"{draft}?item=1")), text(page.get(f"{draft}all/"))):
        assert (core.instructions in shown, core.stem in shown) == (True, True)
