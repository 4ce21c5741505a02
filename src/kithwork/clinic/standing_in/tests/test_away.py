"""Saying that one is away, agreeing to stand in, coming back: in a browser."""

from tests.cast import NOW, browser

from kithwork.foundation.accounts.models import Absence, Role
from kithwork.foundation.outbox.models import Outbox

KEY = "k" * 24


def asked(cast, page=None):
    page = page or browser(cast.joan)
    fields = {"key": KEY, "first": "2025-03-18", "last": "2025-03-25", "stands_in": cast.mira.pk}
    assert page.post("/clinic/away/", fields).status_code == 302
    return Absence.objects.get()


def test_a_therapist_asks_the_other_agrees_and_opens_the_course(cast):
    absence = asked(cast)
    mira, course = browser(cast.mira), f"/course/{cast.mayas.pk}/safety/"
    assert "For Joan Hale" in mira.get("/clinic/away/").content.decode()
    assert mira.get(course).status_code == 404

    agreed = mira.post(f"/clinic/away/{absence.pk}/accept/", {"key": KEY})

    assert (agreed.status_code, mira.get(course).status_code) == (302, 200)
    assert "Mira Novak stands in" in browser(cast.joan).get("/clinic/away/").content.decode()
    assert Outbox.objects.filter(template="message").count() == 1


def test_back_again_the_other_opens_nothing(cast):
    joan = browser(cast.joan)
    absence, mira = asked(cast, joan), browser(cast.mira)
    mira.post(f"/clinic/away/{absence.pk}/accept/", {"key": KEY})

    joan.post(f"/clinic/away/{absence.pk}/back/", {"key": "b" * 24})

    assert mira.get(f"/course/{cast.mayas.pk}/safety/").status_code == 404


def test_nobody_agrees_or_comes_back_for_somebody_else(cast):
    absence = asked(cast)

    assert browser(cast.joan).post(f"/clinic/away/{absence.pk}/accept/", {"key": KEY}).status_code == 404
    assert browser(cast.mira).post(f"/clinic/away/{absence.pk}/back/", {"key": KEY}).status_code == 404


def test_days_in_the_wrong_order_are_explained_and_nothing_is_lost(cast):
    fields = {"key": KEY, "first": "2025-03-25", "last": "2025-03-18", "stands_in": cast.mira.pk}

    answer = browser(cast.joan).post("/clinic/away/", fields)

    assert (answer.status_code, Absence.objects.count()) == (422, 0)
    assert "The last day comes before the first." in answer.content.decode()
    assert "2025-03-25" in answer.content.decode()


# Entered by somebody who leads


def entered(cast, *, colleague, stands_in, page=None):
    fields = {"key": "e" * 24, "first": "2025-03-18", "last": "2025-03-25"}
    people = {"colleague": colleague.pk, "stands_in": stands_in.pk}
    return (page or browser(cast.ravi)).post("/clinic/away/for/", {**fields, **people})


def test_a_lead_enters_it_for_an_ill_colleague_who_is_told_and_can_end_it(cast):
    answer = entered(cast, colleague=cast.joan, stands_in=cast.mira)

    absence = Absence.objects.get()
    assert (answer.status_code, absence.account, absence.stands_in) == (302, cast.joan, cast.mira)
    assert (
        "Joan Hale, 18 March 2025 to 25 March 2025"
        in browser(cast.ravi).get("/clinic/away/for/").content.decode()
    )
    assert Outbox.objects.filter(template="message").count() == 2  # to whoever is asked, and to Joan
    mira, course = browser(cast.mira), f"/course/{cast.mayas.pk}/safety/"
    assert mira.get(course).status_code == 404
    mira.post(f"/clinic/away/{absence.pk}/accept/", {"key": KEY})
    assert mira.get(course).status_code == 200

    browser(cast.joan).post(f"/clinic/away/{absence.pk}/back/", {"key": "b" * 24})

    assert mira.get(course).status_code == 404


def test_whoever_enters_it_opens_nothing_by_it(cast):
    Role.objects.create(account=cast.mira, clinic=cast.clinic, kind="lead", since=NOW)
    mira = browser(cast.mira)

    themselves = entered(cast, colleague=cast.joan, stands_in=cast.mira, page=mira)
    alone = entered(cast, colleague=cast.joan, stands_in=cast.joan, page=mira)

    assert (themselves.status_code, alone.status_code, Absence.objects.count()) == (422, 422, 0)
    entered(cast, colleague=cast.joan, stands_in=cast.mira)
    for page in (mira, browser(cast.ravi)):
        assert page.get(f"/course/{cast.mayas.pk}/safety/").status_code == 404


def test_only_those_who_lead_have_the_page(cast):
    assert browser(cast.ravi).get("/clinic/away/for/").status_code == 200
    assert "/clinic/away/for/" in browser(cast.ravi).get("/clinic/waiting/").content.decode()
    assert "/clinic/away/for/" not in browser(cast.sade).get("/clinic/waiting/").content.decode()
    for who in (cast.joan, cast.sade, cast.ada, cast.maya):
        assert browser(who).get("/clinic/away/for/").status_code == 404
