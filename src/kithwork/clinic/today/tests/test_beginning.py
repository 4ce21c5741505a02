"""Beginning with somebody new, and inviting them to an account: at any time, or never."""

import re
from datetime import date

import pytest
from django.test import Client as Browser
from tests.cast import NOW, browser
from tests.filling import another_course, at_table
from tests.forms_of import forms_of

from kithwork.foundation.accounts.models import Clinic, Invitation
from kithwork.foundation.accounts.tests.test_invitations import newest_link
from kithwork.foundation.vault.links import account_of
from kithwork.foundation.vault.models import ClientKey
from kithwork.refusal import Refusal
from kithwork.therapy.course.actions import close
from kithwork.therapy.course.models import Course

KEY = "k" * 24


def begin(page, **fields):
    return page.post("/clinic/clients/new/", {"key": KEY, "name": "Ben Hart", "protocol": "ipt_16", **fields})


def opened(cast, answer):
    return Course.objects.get(pk=answer["Location"].split("/")[2])


def test_a_course_begins_without_an_account(cast):
    page = browser(cast.joan)

    answer = begin(page, about="41, he/him", contact="Rings back after six.")

    course = opened(cast, answer)
    assert answer["Location"] == f"/course/{course.pk}/"
    assert (course.protocol_key, course.offered, course.protocol["title"]) == (
        "ipt_16",
        16,
        "IPT, 16 sessions",
    )
    assert account_of(course.client_id) is None
    assert "Ben Hart" in page.get("/clinic/caseload/").content.decode()


@pytest.mark.parametrize(
    ("protocol", "sent", "offered"),
    [("ipt_16", "", 16), ("ipt_16", "12", 12), ("ipc_6", "", 6), ("ipt_m", "", None)],
)
def test_without_a_number_the_usual_one_is_offered(cast, protocol, sent, offered):
    assert opened(cast, begin(browser(cast.joan), protocol=protocol, offered=sent)).offered == offered


def test_five_equal_posts_begin_one_course(cast):
    page, keys = browser(cast.joan), ClientKey.objects.count()
    before = Course.objects.count()

    answers = {begin(page)["Location"] for _ in range(5)}

    assert (len(answers), Course.objects.count() - before, ClientKey.objects.count() - keys) == (1, 1, 1)


def test_the_same_key_with_another_name_is_refused(cast):
    page = browser(cast.joan)
    begin(page)

    answer = begin(page, name="Dora Lind")

    assert answer.status_code == 422
    assert b"Dora Lind" in answer.content
    assert KEY.encode() not in answer.content


@pytest.mark.parametrize(
    ("fields", "says"), [({"name": " "}, "Write what you call them."), ({"offered": "61"}, "60")]
)
def test_what_cannot_be_is_said_beside_the_field(cast, fields, says):
    before = Course.objects.count()

    answer = begin(browser(cast.joan), **fields)

    assert (answer.status_code, Course.objects.count()) == (422, before)
    assert says in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("2025-02-25", date(2025, 2, 25)), ("2025-03-18", date(2025, 3, 18)), ("", None)],
    ids=["a day", "today", "none"],
)
def test_the_day_of_the_referral_is_kept_or_left_empty(cast, sent, kept):
    assert opened(cast, begin(browser(cast.joan), referred_on=sent)).referred_on == kept


def test_a_form_that_does_not_ask_for_the_referral_begins_a_course_too(cast):
    assert opened(cast, begin(browser(cast.joan))).referred_on is None


def test_a_referral_that_is_still_ahead_is_refused_and_nothing_typed_is_lost(cast):
    before = Course.objects.count()
    typed = {"name": "Ben Hart", "about": "41, he/him", "contact": "Rings back after six.", "offered": "12"}

    answer = begin(browser(cast.joan), **typed, protocol="ipt_12", referred_on="2025-03-19")

    page = answer.content.decode()
    [form] = [one for one in forms_of(page, "/clinic/clients/new/") if "referred_on" in one.names]
    assert (answer.status_code, Course.objects.count()) == (422, before)
    assert page.count("That day is still ahead. Give the day of the referral, or leave it empty.") == 2
    assert {name: form.sends[name] for name in (*typed, "protocol", "referred_on")} == {
        **{name: [value] for name, value in typed.items()}, "protocol": ["ipt_12"], "referred_on": ["2025-03-19"],
    }  # fmt: skip


def test_a_referral_is_ahead_or_not_where_the_clinic_is(cast):
    Clinic.objects.update(time_zone="Pacific/Auckland")  # where it is the 19th already

    assert opened(cast, begin(browser(cast.joan), referred_on="2025-03-19")).referred_on == date(2025, 3, 19)


def test_no_way_to_begin_takes_a_referral_that_is_still_ahead(cast):
    with pytest.raises(Refusal) as refusal:
        another_course(cast, "Ben Hart", referred_on=NOW.date())  # it begins four weeks before

    assert refusal.value.code == "not-referred-yet"


@pytest.mark.parametrize("odd", ["soon", "\0", "9" * 400, "2025-02-30", "💧"], ids=lambda odd: repr(odd)[:12])
def test_what_is_no_day_is_said_beside_the_field(cast, odd):
    answer = begin(browser(cast.joan), referred_on=odd)

    assert answer.status_code == 422
    assert "Give a day, or leave it empty." in answer.content.decode()


def invite(cast, course, email="ben@example.org", key=KEY, who=None):
    return browser(who or cast.joan).post(f"/course/{course.pk}/invite/", {"key": key, "email": email})


def test_a_client_is_invited_at_any_time_and_then_signs_in(cast):
    course = another_course(cast, "Ben Hart")
    page = browser(cast.joan)
    assert "No account is linked" in page.get(f"/course/{course.pk}/invite/").content.decode()

    invite(cast, course)
    assert "A link was sent." in page.get(f"/course/{course.pk}/invite/").content.decode()
    bens = Browser()
    bens.post(newest_link().removeprefix("http://127.0.0.1:8000"), {"password": "seven-quiet-lanterns"})

    assert account_of(course.client_id) is not None
    assert bens.get("/me/diary/").status_code == 200
    assert "An account is linked" in page.get(f"/course/{course.pk}/invite/").content.decode()


def test_a_new_link_takes_the_place_of_the_one_before(cast):
    course = another_course(cast, "Ben Hart")
    invite(cast, course)
    first = newest_link().removeprefix("http://127.0.0.1:8000")

    invite(cast, course, key="m" * 24)

    second = newest_link().removeprefix("http://127.0.0.1:8000")
    assert [Browser().get(link).status_code for link in (first, second)] == [404, 200]


def test_who_has_an_account_is_not_invited_again(cast):
    answer = invite(cast, cast.mayas)

    assert answer.status_code == 422
    assert Invitation.objects.count() == 0


def test_nobody_is_invited_to_a_course_that_has_ended(cast):
    course = another_course(cast, "Ben Hart")
    close(by=at_table(cast, course, NOW), course=course, how="completed")

    assert invite(cast, course).status_code == 422
    assert not re.search(rb'name="email"', browser(cast.joan).get(f"/course/{course.pk}/invite/").content)


def test_only_the_courses_own_therapist_invites(cast):
    answers = {
        who: invite(cast, cast.mayas, who=getattr(cast, who)).status_code for who in ("mira", "ada", "maya")
    }

    assert answers == {"mira": 404, "ada": 404, "maya": 404}


def test_the_overview_leads_to_inviting_while_no_account_is_linked(cast):
    ben = another_course(cast, "Ben Hart")
    page = browser(cast.joan)

    def ways(course):
        return re.findall(r'href="([^"]*/invite/)"', page.get(f"/course/{course.pk}/").content.decode())

    where = f"/course/{ben.pk}/invite/"
    assert (ways(ben), ways(cast.mayas)) == ([where], [])
    assert page.get(where).status_code == 200
    close(by=at_table(cast, ben, NOW), course=ben, how="completed")
    assert ways(ben) == []
