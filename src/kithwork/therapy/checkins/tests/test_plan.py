"""What comes when: the usual plan, a plan of one's own, what is on and off here, and when a check-in is welcome."""

from datetime import date, timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.accounts.models import Clinic
from kithwork.foundation.ui.forms import new_key
from kithwork.instruments import all_instruments, get
from kithwork.refusal import Refusal
from kithwork.therapy.checkins import actions, queries
from kithwork.therapy.checkins.tests.helping import both, leave, sent, text
from kithwork.therapy.course.models import Course, CourseState, Relationship

TODAY = date(2025, 3, 18)
WEEKLY = {"phq9": "each", "gad7": "each"}


def planned(cast, rhythms, **more):
    joan = cast.audience(cast.joan, cast.mayas)
    return actions.plan_check_ins(by=joan, every_days=7, since=TODAY, rhythms=rhythms, **more)


def forms(cast, now=NOW):
    return queries.forms_now(cast.maya_now(now), cast.mayas, today=now.date())


def test_without_a_plan_of_their_own_it_is_the_usual_one_of_the_course(cast):
    plan = queries.plan_of(cast.maya_now(), cast.mayas)

    assert (plan.rhythms, plan.every_days, plan.schedule) == (WEEKLY | {"wsas": "reviews"}, 7, None)


def test_each_questionnaire_comes_in_its_own_rhythm(cast):
    planned(cast, WEEKLY | {"mspss": "reviews", "ucla3": "monthly"})

    assert forms(cast) == ("phq9", "gad7", "mspss", "ucla3")  # before the first session
    maya = cast.maya_now()
    actions.send(by=maya, check_in=actions.open_check_in(by=maya))
    Course.objects.update(held=2)
    cast.mayas.refresh_from_db()
    assert [forms(cast, NOW + timedelta(days=days)) for days in (7, 26)] == [
        ("phq9", "gad7"), ("phq9", "gad7", "ucla3"),
    ]  # fmt: skip
    Course.objects.update(held=15)
    cast.mayas.refresh_from_db()
    assert forms(cast, NOW + timedelta(days=7)) == ("phq9", "gad7", "mspss")


def test_the_client_reads_what_comes_when_and_who_sees_it_and_says_yes(cast):
    planned(cast, WEEKLY | {"ucla3": "monthly"})
    maya = browser(cast.maya)

    before = text(maya.get("/me/check-in/"))
    maya.post("/me/check-in/plan/agree/", {"key": new_key()})

    assert "19 short questions" in before
    assert "About every four weeks" in before
    assert "Joan sees what you send. Nobody else at the clinic reads it." in before
    assert "You both agreed to this on 18 March 2025." in text(maya.get("/me/check-in/"))


def test_who_else_could_read_it_is_named(cast):
    Relationship.objects.create(
        course=cast.mayas,
        account=cast.mira.pk,
        role="deputy",
        offered_at=NOW,
        accepted_at=NOW - timedelta(days=1),
    )

    shown = text(browser(cast.maya).get("/me/check-in/"))

    assert "Joan sees what you send. Mira can read it too. Nobody else at the clinic reads it." in shown


def test_staff_change_what_comes_when_on_its_page(cast):
    joan, where = browser(cast.joan), f"/course/{cast.mayas.pk}/check-in/plan/change/"

    shown = text(joan.get(where))
    saved = joan.post(
        where,
        {"key": new_key(), "every_days": "14", "form_phq9": "each", "form_mspss": "reviews", "agreed": "on"},
    )

    plan = queries.plan_of(cast.maya_now(), cast.mayas)
    assert "This is the usual plan" in shown
    assert saved.status_code == 302
    assert (plan.rhythms, plan.every_days, plan.schedule.agreed_on) == (
        {"phq9": "each", "mspss": "reviews"}, 14, TODAY,
    )  # fmt: skip


def test_what_a_clinic_has_not_turned_on_stays_off(cast):
    off = [one.id for one in all_instruments() if not one.enabled]
    assert {"who5", "core10", "auditc", "srs", "ors"} <= set(off)
    page = text(browser(cast.joan).get(f"/course/{cast.mayas.pk}/check-in/plan/change/"))
    assert "CORE-10" not in page

    for one in off:
        with pytest.raises(Refusal) as refused:
            planned(cast, {one: "each"})
        assert refused.value.code == "turned-off"

    Clinic.objects.update(questionnaires_on=["core10"])
    cast.mayas.refresh_from_db()
    planned(cast, {"core10": "each"})
    assert forms(cast) == ("core10",)


def test_an_administrator_turns_a_pack_on_having_read_its_terms(cast):
    ada, where = browser(cast.ada), "/clinic/admin/settings/"
    fields = {
        "opens_at": "09:00", "closes_at": "18:00", "review_within_hours": "24", "little_change_points": "6",
        "readable_months_after_end": "12",
        "questionnaires_on": ["who5"], "check_in_codes": "on",
    }  # fmt: skip

    assert get("who5").attribution in text(ada.get(where))
    ada.post(where, {"key": new_key(), **fields})

    clinic = Clinic.objects.get()
    assert (clinic.questionnaires_on, clinic.check_in_codes) == (["who5"], True)


def test_no_form_is_asked_beside_one_that_holds_it(cast):
    with pytest.raises(Refusal) as refused:
        planned(cast, WEEKLY | {"phq2": "each"})

    assert refused.value.code == "asked-twice"


def test_an_empty_plan_opens_no_check_in_and_none_is_due(cast):
    planned(cast, {})

    with pytest.raises(Refusal) as refused:
        actions.open_check_in(by=cast.maya_now())

    assert refused.value.code == "nothing-planned"
    assert queries.due(cast.maya_now(), cast.mayas, today=TODAY) is None
    assert "no questions planned" in text(browser(cast.maya).get("/me/check-in/"))


@pytest.mark.parametrize(
    ("state", "says"),
    [(CourseState.WAITING, "have not begun yet"), (CourseState.PAUSED, "are paused")],
    ids=["waiting", "paused"],
)
def test_waiting_and_paused_courses_say_who_reads_and_open_only_with_a_named_person(cast, state, says):
    Course.objects.filter(pk=cast.mayas.pk).update(state=state)
    cast.mayas.refresh_from_db()
    maya = browser(cast.maya)

    shown = text(maya.get("/me/check-in/"))
    assert says in shown
    assert "Joan reads what you send all the same. Nobody else at the clinic reads it." in shown
    assert actions.open_check_in(by=cast.maya_now()).reviewer == cast.joan.pk

    leave(cast)
    assert "Nobody at the clinic is named yet" in text(maya.get("/me/check-in/"))
    with pytest.raises(Refusal) as refused:
        actions.open_check_in(by=cast.maya_now(NOW + timedelta(minutes=1)))
    assert refused.value.code == "nobody-named"


def test_whoever_reminds_asks_the_same_question_and_hears_nothing_of_a_paused_or_lonely_course(cast):
    assert queries.due_now(cast.mayas, TODAY).forms == ("phq9", "gad7")
    sent(cast, [0] * 9)
    assert queries.due_now(cast.mayas, TODAY) is None
    later = TODAY + timedelta(days=8)
    assert queries.due_now(cast.mayas, later) is not None

    cast.mayas.state = CourseState.PAUSED
    assert queries.due_now(cast.mayas, later) is None
    cast.mayas.state = CourseState.ACTIVE
    leave(cast)
    assert queries.due_now(cast.mayas, later) is None


def test_nothing_is_ever_late(cast):
    sent(cast, [0] * 9, now=NOW - timedelta(days=20))
    joan, maya = browser(cast.joan), browser(cast.maya)

    pages = [text(maya.get("/me/check-in/")), text(joan.get(f"/course/{cast.mayas.pk}/check-in/"))]

    assert [
        word
        for page in pages
        for word in ("overdue", "late.", "missed", "should have")
        if word in page.lower()
    ] == []
    assert "welcome now" in pages[0]
    assert "welcome now" in pages[1]


@pytest.mark.parametrize(
    "form", [one.id for one in all_instruments() if not one.score_entry_only], ids=lambda form: form
)
def test_every_questionnaire_with_words_can_be_planned_and_answered_whole(cast, form):
    Clinic.objects.update(questionnaires_on=["who5", "core10", "auditc"])
    cast.mayas.refresh_from_db()
    planned(cast, {form: "each"})
    maya, instrument = browser(cast.maya), get(form)
    where = maya.post("/me/check-in/", {"key": new_key()})["Location"].split("?")[0]
    answers = {f"{form}_{item.n}": str(item.options[0].value) for item in instrument.items}

    first = text(maya.get(where))
    maya.post(f"{where}all/", {"key": new_key(), **answers})
    maya.post(f"{where}answers/", {"key": new_key()})

    assert instrument.items[0].text in first
    [table] = queries.tables(both(cast)[1])
    assert (table.columns[0].answered, table.columns[0].total is not None) == (len(instrument.items), True)
