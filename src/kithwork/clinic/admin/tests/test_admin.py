"""The administrator's pages: who works here, how the clinic is set up, and no client anywhere."""

import re
from datetime import time, timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.clinic.admin import actions
from kithwork.foundation import clock
from kithwork.foundation.accounts.models import Clinic, Invitation
from kithwork.foundation.trail.queries import events_of
from kithwork.refusal import Refusal

KEY = "k" * 24
PAGES = ["/clinic/admin/", "/clinic/admin/invite/", "/clinic/admin/settings/"]


def by(cast):
    return cast.viewer(cast.ada).who("admin")


@pytest.mark.parametrize("path", PAGES)
def test_only_an_administrator_opens_them(cast, path):
    people = ("ada", "joan", "sade", "ravi", "maya", "noor")

    assert {who: browser(getattr(cast, who)).get(path).status_code for who in people} == {
        "ada": 200, "joan": 404, "sade": 404, "ravi": 404, "maya": 404, "noor": 404,
    }  # fmt: skip


def test_no_page_names_a_client_or_counts_them(cast):
    page = browser(cast.ada)

    shown = "".join(page.get(path).content.decode() for path in PAGES)

    hidden = ["Maya", "Ellis", "Carl", "maya@", "carl@", cast.mayas.pk, cast.mayas.client_id]
    assert [word for word in hidden if word in shown] == []


def test_a_clients_invitation_is_not_on_the_list(cast):
    from kithwork.foundation.accounts.actions import invite

    invite(by=by(cast), email="ben@example.org", role="client", client="c" * 22, address="", now=clock.now())

    assert "ben@example.org" not in browser(cast.ada).get("/clinic/admin/").content.decode()


def test_an_administrator_opens_no_clinical_page(cast):
    paths = [
        "/clinic/",
        "/clinic/caseload/",
        "/clinic/outcomes/",
        f"/course/{cast.mayas.pk}/diary/",
        "/me/diary/",
    ]

    assert {path: browser(cast.ada).get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_staff_are_listed_with_their_roles(cast):
    page = browser(cast.ada).get("/clinic/admin/").content.decode()

    names = re.findall(r'kw-row__title">(.*?)<', page)
    assert names == ["Ada Byrne", "Joan Hale", "Mira Novak", "Ravi Shah", "Sade Okoro"]
    assert "Service lead, since" in page


def test_staff_are_invited_with_a_role(cast):
    page = browser(cast.ada)

    page.post(
        "/clinic/admin/invite/",
        {"key": KEY, "email": "New@Example.org", "name": "New One", "role": "supervisor"},
    )

    [made] = Invitation.objects.all()
    assert (made.email, made.name, made.role, made.client) == ("new@example.org", "New One", "supervisor", "")
    assert "New One" in page.get("/clinic/admin/").content.decode()


def test_five_equal_posts_send_one_invitation(cast):
    page = browser(cast.ada)
    for _ in range(5):
        page.post(
            "/clinic/admin/invite/", {"key": KEY, "email": "new@example.org", "name": "N", "role": "lead"}
        )

    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("role", ["client", "owner", ""])
def test_a_role_that_there_is_not_is_refused(cast, role):
    page = browser(cast.ada)

    answer = page.post(
        "/clinic/admin/invite/", {"key": KEY, "email": "n@example.org", "name": "N", "role": role}
    )

    assert (answer.status_code, Invitation.objects.count()) == (422, 0)


def test_who_has_an_account_is_not_invited_again(cast):
    with pytest.raises(Refusal) as refused:
        actions.invite_staff(by=by(cast), email=cast.joan.email, name="J", role="admin", now=NOW)

    assert refused.value.code == "account-exists"


def test_ending_an_account_takes_its_rights_at_once(cast):
    joans = browser(cast.joan)
    assert joans.get("/clinic/").status_code == 200

    browser(cast.ada).post(f"/clinic/admin/accounts/{cast.joan.pk}/end/", {"key": KEY})

    assert joans.get("/clinic/").status_code == 302
    assert joans.get(f"/course/{cast.mayas.pk}/diary/").status_code == 302
    assert "Account ended" in browser(cast.ada).get("/clinic/admin/").content.decode()
    newest = events_of("installation")[0]
    assert (newest.act, newest.who_name) == ("account.ended", "Ada Byrne")


def test_nobody_ends_their_own_account(cast):
    with pytest.raises(Refusal) as refused:
        actions.close_account(cast.ada, by=by(cast), now=NOW)

    assert refused.value.code == "own-account"


def test_one_administrator_always_stays(cast):
    from kithwork.foundation.trail.who import SYSTEM

    with pytest.raises(Refusal) as refused:
        actions.close_account(cast.ada, by=SYSTEM, now=NOW)

    assert refused.value.code == "last-administrator"


def test_a_clients_account_is_no_staff_account(cast):
    answer = browser(cast.ada).post(f"/clinic/admin/accounts/{cast.maya.pk}/end/", {"key": KEY})

    cast.maya.refresh_from_db()
    assert (answer.status_code, cast.maya.is_active) == (404, True)


def test_the_clinics_settings_are_changed_and_noted(cast):
    fields = {
        "opens_at": "08:30",
        "closes_at": "17:00",
        "review_within_hours": "12",
        "little_change_points": "5",
        "readable_months_after_end": "6",
    }

    answer = browser(cast.ada).post("/clinic/admin/settings/", {"key": KEY, **fields})

    clinic = Clinic.objects.get()
    assert answer.status_code == 302
    assert (clinic.opens_at, clinic.closes_at) == (time(8, 30), time(17))
    assert (clinic.review_within_hours, clinic.little_change_points) == (12, 5)
    assert clinic.readable_months_after_end == 6
    assert events_of("installation")[0].act == "clinic.settings"


@pytest.mark.parametrize(
    "wrong", [{"closes_at": "08:00"}, {"little_change_points": "0"}, {"review_within_hours": ""}]
)
def test_settings_that_cannot_be_change_nothing(cast, wrong):
    fields = {
        "opens_at": "09:00",
        "closes_at": "18:00",
        "review_within_hours": "12",
        "little_change_points": "5",
        "readable_months_after_end": "6",
    }

    answer = browser(cast.ada).post("/clinic/admin/settings/", {"key": KEY, **fields, **wrong})

    assert (answer.status_code, Clinic.objects.get().little_change_points) == (422, 6)


def test_a_kept_copy_of_the_key_is_noted(cast):
    page = browser(cast.ada)
    assert "Store one somewhere else" in page.get("/clinic/admin/").content.decode()

    page.post("/clinic/admin/key-copy/", {"key": KEY})

    at = Clinic.objects.get().key_copy_confirmed_at
    assert at is not None
    assert abs(at - clock.now()) < timedelta(minutes=1)
    assert "A copy was confirmed on" in page.get("/clinic/admin/").content.decode()


def test_the_page_says_what_the_check_says(cast, settings):
    settings.ALLOWED_HOSTS = ["*"]

    assert "ALLOWED_HOSTS lets any name in." in browser(cast.ada).get("/clinic/admin/").content.decode()
