"""What staff type in: from paper, put right, and scores from elsewhere; who did it always stands beside it."""

from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.ui.forms import new_key
from kithwork.foundation.ui.wording import printed
from kithwork.instruments import InvalidAnswer, get
from kithwork.refusal import Refusal
from kithwork.therapy.checkins import actions, queries
from kithwork.therapy.checkins.tests.helping import both, sent, text
from kithwork.therapy.safety.queries import open_flags

ON, LONDON = date(2025, 3, 17), ZoneInfo("Europe/London")


def typed(cast, phq9, **more):
    joan = cast.audience(cast.joan, cast.mayas)
    return actions.enter_for_client(by=joan, answers={"phq9": phq9, "gad7": [1] * 7}, on=ON, **more)


def put_right(cast, entered, phq9, **more):
    joan = cast.audience(cast.joan, cast.mayas, now=NOW + timedelta(hours=1))
    return actions.correct(by=joan, check_in=entered, answers={"phq9": phq9, "gad7": [1] * 7}, on=ON, **more)


def scored(cast, total, *, now=NOW, **more):
    joan = cast.audience(cast.joan, cast.mayas, now=now)
    return actions.enter_score(
        by=joan,
        scale="wsas",
        total=Decimal(total),
        rated_by="client",
        came_from="paper_here",
        on=ON,
        **more,
    )


def test_a_form_that_stays_empty_is_not_entered(cast):
    page, where = browser(cast.joan), f"/course/{cast.mayas.pk}/check-in/"

    saved = page.post(where, {"key": new_key(), "phq9_1": "1", "phq9_9": "0"})
    empty = page.post(where, {"key": new_key()})

    joan = both(cast)[1]
    [(entered, _)] = queries.sent(joan)
    assert (saved.status_code, list(queries.answers(joan, entered))) == (302, ["phq9"])
    assert (empty.status_code, "Nothing is filled in yet." in text(empty)) == (422, True)


def test_putting_a_typing_mistake_right_keeps_the_first_answer_readable_with_name_and_time(cast):
    entered = typed(cast, [1] * 8 + [0])
    page, where = browser(cast.joan), f"/course/{cast.mayas.pk}/check-in/{entered.pk}/"
    fields = {f"phq9_{n}": "1" for n in range(1, 9)} | {f"gad7_{n}": "1" for n in range(1, 8)}

    form = text(page.get(f"{where}correct/"))
    page.post(f"{where}correct/", {"key": new_key(), **fields, "phq9_3": "3", "phq9_9": "0", "shown": ""})
    hers, theirs = text(browser(cast.maya).get(f"/me/check-in/{entered.pk}/")), text(page.get(where))

    assert "stays readable" in form
    assert [point.total for point in queries.scores(both(cast)[0], "phq9")] == [10]
    for shown in (hers, theirs):
        assert "Joan Hale, Tuesday 18 March, 1:3" in shown
        assert '<del><span lang="en">Several days</span></del>' in shown
        assert "Nearly every day" in shown
    assert "Put right" in text(page.get(f"/course/{cast.mayas.pk}/check-in/"))


def test_every_state_stays_and_the_newest_comes_first(cast):
    entered = typed(cast, [1] * 8 + [0])
    put_right(cast, entered, [2] + [1] * 7 + [0])
    put_right(cast, entered, [3] + [1] * 7 + [0])

    joan = both(cast)[1]
    shown = queries.corrections(joan, queries.answers(joan, entered), zone=LONDON)

    assert [one.changed[0][1:] for one in shown] == [
        (printed("More than half the days"), printed("Nearly every day")),
        (printed("Several days"), printed("More than half the days")),
    ]  # fmt: skip
    assert {one.by for one in shown} == {"Joan Hale"}


def test_a_flag_stays_when_the_answer_is_put_right_and_a_new_one_raises_it(cast):
    entered = typed(cast, [1] * 9)
    put_right(cast, entered, [1] * 8 + [0])
    assert [flag.answer for flag in open_flags(both(cast)[1])] == [1]

    other = typed(cast, [1] * 8 + [0])
    put_right(cast, other, [1] * 8 + [2])

    assert {flag.answer for flag in open_flags(both(cast)[1])} == {1, 2}


def test_two_who_put_it_right_at_once_overwrite_nothing(cast):
    entered = typed(cast, [1] * 8 + [0])
    put_right(cast, entered, [2] + [1] * 7 + [0], shown="")

    with pytest.raises(Refusal) as refused:
        put_right(cast, entered, [3] + [1] * 7 + [0], shown="")

    assert refused.value.code == "corrected-since"


def test_what_a_client_sent_is_never_put_right_by_staff(cast):
    done = sent(cast, [1] * 8 + [0])

    with pytest.raises(Refusal) as refused:
        put_right(cast, done, [0] * 9)

    assert refused.value.code == "not-typed"
    where = f"/course/{cast.mayas.pk}/check-in/{done.pk}/correct/"
    assert browser(cast.joan).get(where).status_code == 404
    assert browser(cast.maya).get(where).status_code == 404


def test_a_score_from_elsewhere_says_who_rated_when_from_where_and_who_entered_it(cast):
    page, where = browser(cast.joan), f"/course/{cast.mayas.pk}/check-in/score/enter/"
    form = text(page.get(where))
    fields = {
        "scale": "wsas",
        "total": "21",
        "on": "2025-03-17",
        "rated_by": "client",
        "came_from": "letter",
    }

    saved = page.post(where, {"key": new_key(), **fields})

    assert saved.status_code == 302
    for shown in (
        text(page.get(f"/course/{cast.mayas.pk}/check-in/")),
        text(browser(cast.maya).get("/me/check-in/")),
    ):
        assert "WSAS 21" in shown
        assert (
            "17 March 2025. Rated by: the client. From: a letter or a report. Entered by Joan Hale." in shown
        )
        assert get("wsas").attribution in shown
    assert get("epds").short_title in form
    assert "Moderately severe or worse" not in text(browser(cast.maya).get("/me/check-in/"))


@pytest.mark.parametrize("total", ["41", "-1", "20.5"])
def test_a_total_out_of_reach_is_refused(cast, total):
    with pytest.raises(InvalidAnswer):
        scored(cast, total)


@pytest.mark.parametrize("form", ["phq9", "hits", "srs", "dass21", "dass21/else", "eq5d5l", "cssrs_screen"])
def test_only_what_is_used_here_and_has_a_total_is_entered_as_a_score(cast, form):
    with pytest.raises(Refusal):
        actions.enter_score(by=both(cast)[1], scale=form, total=Decimal(5), rated_by="client",
                            came_from="letter", on=ON)  # fmt: skip


def on_scale(cast, scale, total):
    joan = cast.audience(cast.joan, cast.mayas)
    return actions.enter_score(
        by=joan, scale=scale, total=Decimal(total), rated_by="client", came_from="paper_home", on=ON
    )


def test_where_there_is_no_total_each_subscale_is_entered(cast):
    on_scale(cast, "dass21/stress", "18")
    on_scale(cast, "ecr_rs/anxiety", "3.67")

    shown = {one.scale.label: (one.total, one.band) for one in queries.entered_scores(both(cast)[1])}
    assert shown == {"DASS-21, stress": ("18", "Mild"), "ECR-RS, anxiety": ("3.67", None)}
    for scale, total in (("dass21/stress", "17"), ("dass21/stress", "44"), ("ecr_rs/anxiety", "7.5")):
        with pytest.raises(InvalidAnswer):
            on_scale(cast, scale, total)


def test_a_score_is_put_right_by_a_new_one_and_the_old_one_stays_readable(cast):
    first = scored(cast, "12")
    form = browser(cast.joan).get(f"/course/{cast.mayas.pk}/check-in/score/{first.pk}/correct/")
    second = scored(cast, "20", now=NOW + timedelta(hours=1), replaces=first)

    [shown] = queries.entered_scores(both(cast)[1])
    assert (shown.total, shown.row, [was.total for was in shown.was]) == ("20", second, ["12"])
    assert 'name="total" value="12"' in text(form)
    with pytest.raises(Refusal) as refused:
        scored(cast, "22", replaces=first)
    assert refused.value.code == "corrected-since"


def test_paper_holds_wording_options_and_rights_and_no_name_unless_chosen(cast):
    page, where = browser(cast.joan), f"/course/{cast.mayas.pk}/check-in/paper/print/"

    plain = text(page.get(where))
    named = text(page.post(where, {"key": new_key(), "parts": ["phq9", "mspss"], "name": "first"}))
    initials = text(page.post(where, {"key": new_key(), "parts": ["phq9"], "name": "initials"}))

    phq9 = get("phq9")
    words = [
        phq9.stem,
        phq9.attribution,
        *(item.text for item in phq9.items),
        *(one.label for one in phq9.options),
    ]
    assert [one for one in words if one not in plain] == []
    assert phq9.extra_items[0].text in plain
    assert "Maya" not in plain
    assert ("Maya ·" in named, "Ellis" in named, get("mspss").items[11].text in named) == (True, False, True)
    assert ("ME ·" in initials, "Maya" in initials) == (True, False)


def test_answers_over_time_stand_beside_totals_and_their_change(cast):
    sent(cast, [3] * 6 + [1, 0, 0], now=NOW - timedelta(days=14))
    sent(cast, [1, "refused", None, 1, 1, 1, 1, 1, 0], now=NOW - timedelta(days=7))
    sent(cast, [2] * 8 + [0])

    table = queries.tables(both(cast)[1])[0]
    shown = text(browser(cast.joan).get(f"/course/{cast.mayas.pk}/check-in/"))

    assert [(column.total, column.change) for column in table.columns] == [
        ("19", ""),
        (None, ""),
        ("16", "−3"),
    ]
    assert [cell.shown for cell in table.rows[1][2]] == ["3", "not said", "2"]
    assert [cell.shown for cell in table.rows[2][2]] == ["3", "–", "2"]
    assert "Under 6 points it may be chance (NHS Talking Therapies / NHS England)" in shown
    assert "Rather not say" in shown


def test_a_mean_is_shown_as_it_is(cast):
    actions.plan_check_ins(by=both(cast)[1], every_days=7, since=ON, rhythms={"mspss": "each"})
    maya = cast.maya_now()
    begun = actions.open_check_in(by=maya)
    actions.answer_all(by=maya, check_in=begun, answers={"mspss": [4] * 11 + [5]})
    actions.send(by=maya, check_in=begun)

    assert queries.sheets(maya, begun)[0].total == "4.08"


def titles(response):
    """The questionnaires that a page to type in shows."""
    return [instrument.id for instrument, _ in response.context["form"].groups]


def test_any_questionnaire_that_can_be_printed_can_be_typed_in(cast):
    page, where = browser(cast.joan), f"/course/{cast.mayas.pk}/check-in/"

    usual, chosen = page.get(f"{where}?enter=1"), page.get(f"{where}?enter=1&parts=pcl5&parts=wsas")
    saved = page.post(where, {"key": new_key(), "parts": ["pcl5"], "pcl5_1": "2"})

    joan = both(cast)[1]
    [(entered, _)] = queries.sent(joan)
    assert (titles(usual), titles(chosen), saved.status_code) == (["phq9", "gad7"], ["pcl5"], 302)
    assert {form: row.items for form, row in queries.answers(joan, entered).items()} == {
        "pcl5": [2] + [None] * 19
    }


def test_choosing_other_questionnaires_saves_nothing_and_loses_nothing(cast):
    page, where = browser(cast.joan), f"/course/{cast.mayas.pk}/check-in/"

    shown = page.post(where, {"key": new_key(), "parts": ["pcl5"], "phq9_1": "3", "show": "1"})

    assert (shown.status_code, titles(shown), queries.sent(both(cast)[1])) == (200, ["phq9", "pcl5"], [])
    assert shown.context["form"]["phq9_1"].value() == "3"


def test_a_questionnaire_whose_words_are_not_kept_here_cannot_be_typed_in(cast):
    page, where = browser(cast.joan), f"/course/{cast.mayas.pk}/check-in/"

    refused = page.post(where, {"key": new_key(), "parts": ["phq9", "wsas"], "phq9_1": "3"})

    assert (refused.status_code, queries.sent(both(cast)[1])) == (422, [])


def test_one_of_which_nobody_knows_whether_it_asks_about_safety_is_named_beside_the_scores(cast):
    shown = text(browser(cast.joan).get(f"/course/{cast.mayas.pk}/check-in/score/enter/"))

    assert "MFQ may ask about safety too: read its questions for it." in shown
