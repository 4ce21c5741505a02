"""Signing in: by password, by code, by recovery code; throttled, with equal answers; and what is kept of it."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse
from tests.cast import PASSWORD, browser

from kithwork.foundation.outbox.models import Outbox

CSRF = re.compile(rb'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"')


@pytest.fixture(autouse=True)
def nobody_tried_yet():
    """Counts of attempts are shared by everybody: each test begins with none."""
    cache.clear()


@pytest.fixture
def real(settings):
    """An installation that is not the demo: staff need a second factor."""
    settings.DEMO = False


def sign_in(email, password, page=None):
    page = page or Browser()
    return page, page.post("/sign-in/", {"login": email, "password": password})


def code_for(secret):
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"


def set_up(page):
    """Set up the second factor as somebody does, and give its secret and the recovery codes."""
    page.post("/account/again/?next=/account/second-factor/set-up/", {"password": PASSWORD})
    shown = page.get("/account/second-factor/set-up/").content.decode()
    [secret] = re.findall(r'account-secret">(\w+)<', shown)
    answer = page.post("/account/second-factor/set-up/", {"code": code_for(secret)})
    assert answer["Location"] == "/account/recovery-codes/"
    codes = re.findall(r"<li>([0-9a-f]{8})</li>", page.get(answer["Location"]).content.decode())
    return secret, codes


def test_everybody_goes_to_their_own_first_page(cast):
    homes = {}
    for who in ("joan", "sade", "ravi", "ada"):
        page, answer = sign_in(getattr(cast, who).email, PASSWORD)
        assert (answer.status_code, answer["Location"]) == (302, "/")
        homes[who] = page.get("/")["Location"]

    assert homes == {
        "joan": "/clinic/",
        "sade": "/clinic/",
        "ravi": "/clinic/outcomes/",
        "ada": "/clinic/admin/",
    }


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(cast):
    _, wrong = sign_in(cast.joan.email, "not-her-password")
    _, unknown = sign_in("nobody@example.org", "not-her-password")

    same = unknown.content.replace(b"nobody@example.org", cast.joan.email.encode())
    assert (wrong.status_code, CSRF.sub(b"", wrong.content)) == (unknown.status_code, CSRF.sub(b"", same))
    assert b"do not go together" in wrong.content


@pytest.mark.parametrize("known", [True, False])
def test_too_many_attempts_are_held_up_whether_or_not_there_is_an_account(cast, known):
    email = cast.joan.email if known else "nobody@example.org"
    for _ in range(8):
        sign_in(email, "not-the-password")

    _, held_up = sign_in(email, PASSWORD)

    assert held_up.status_code == 200
    assert b"too often in a short time" in held_up.content


def test_an_ended_account_gets_the_answer_of_an_unknown_one(cast):
    cast.joan.is_active = False
    cast.joan.save()

    _, ended = sign_in(cast.joan.email, PASSWORD)

    assert ended.status_code == 200
    assert b"do not go together" in ended.content


def test_a_forgotten_password_gets_the_same_answer_and_a_letter_only_for_an_account(cast):
    Outbox.objects.all().delete()
    known = Browser().post("/account/password/forgotten/", {"email": cast.joan.email})
    unknown = Browser().post("/account/password/forgotten/", {"email": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert list(Outbox.objects.values_list("template", flat=True)) == ["reset"]


def test_there_is_no_way_to_sign_up(cast):
    assert Browser().get("/account/none/").status_code == 404
    assert b"/account/none/" not in Browser().get("/sign-in/").content


def test_staff_of_a_real_installation_set_up_a_second_factor_first(cast, real):
    page, _ = sign_in(cast.joan.email, PASSWORD)

    assert page.get("/clinic/")["Location"] == "/account/second-factor/set-up/"
    set_up(page)

    assert page.get("/clinic/").status_code == 200


def test_a_client_need_not_have_one(cast, real):
    page, _ = sign_in(cast.maya.email, PASSWORD)

    assert page.get("/me/diary/").status_code == 200


def test_the_second_factor_is_asked_for(cast, real):
    secret, _ = set_up(sign_in(cast.joan.email, PASSWORD)[0])
    cache.clear()
    page, answer = sign_in(cast.joan.email, PASSWORD)
    assert answer["Location"] == "/account/code/"
    assert page.get("/clinic/").status_code == 302

    wrong = page.post("/account/code/", {"code": "000000"})
    assert b"That is not the code" in wrong.content
    page.post("/account/code/", {"code": code_for(secret)})

    assert page.get("/clinic/").status_code == 200


def test_a_code_works_once(cast, real):
    secret, _ = set_up(sign_in(cast.joan.email, PASSWORD)[0])
    code = code_for(secret)
    first, second = sign_in(cast.joan.email, PASSWORD)[0], sign_in(cast.joan.email, PASSWORD)[0]
    time_left = 30 - time.time() % 30
    if time_left < 2:
        time.sleep(time_left)
        code = code_for(secret)

    first.post("/account/code/", {"code": code})
    second.post("/account/code/", {"code": code})

    assert [page.get("/clinic/").status_code for page in (first, second)] == [200, 302]


def test_a_recovery_code_opens_the_door_once(cast, real):
    _, codes = set_up(sign_in(cast.joan.email, PASSWORD)[0])
    assert len(codes) == 10
    first, second = sign_in(cast.joan.email, PASSWORD)[0], sign_in(cast.joan.email, PASSWORD)[0]

    first.post("/account/code/", {"code": codes[0]})
    second.post("/account/code/", {"code": codes[0]})

    assert [page.get("/clinic/").status_code for page in (first, second)] == [200, 302]


def test_taking_it_away_leads_back_to_setting_one_up(cast, real):
    page, _ = sign_in(cast.joan.email, PASSWORD)
    set_up(page)

    page.post("/account/second-factor/take-away/", {})

    assert page.get("/clinic/")["Location"] == "/account/second-factor/set-up/"


def test_what_the_second_factor_rests_on_is_sealed_in_the_database(cast, real):
    secret, codes = set_up(sign_in(cast.joan.email, PASSWORD)[0])

    kept = repr(list(Authenticator.objects.values_list("type", "data")))

    assert {row.type for row in Authenticator.objects.all()} == {"totp", "recovery_codes"}
    assert [word for word in (secret, *codes) if word in kept] == []


def test_the_picture_to_scan_needs_no_other_host_and_no_script(cast):
    page, _ = sign_in(cast.joan.email, PASSWORD)
    page.post("/account/again/?next=/account/second-factor/set-up/", {"password": PASSWORD})

    shown = page.get("/account/second-factor/set-up/")

    assert b'src="data:image/svg+xml;base64,' in shown.content
    assert "img-src 'self' data:" in shown["Content-Security-Policy"]
    assert "script-src 'self'" in shown["Content-Security-Policy"]


def test_a_changed_password_signs_out_everywhere(cast):
    here, elsewhere = sign_in(cast.joan.email, PASSWORD)[0], sign_in(cast.joan.email, PASSWORD)[0]

    here.post(
        "/account/password/",
        {"oldpassword": PASSWORD, "password1": "seven-quiet-lanterns", "password2": "seven-quiet-lanterns"},
    )

    assert [page.get("/clinic/").status_code for page in (here, elsewhere)] == [302, 302]
    assert sign_in(cast.joan.email, "seven-quiet-lanterns")[1].status_code == 302


def test_a_reset_password_keeps_the_second_factor_and_ends_other_places(cast, real):
    elsewhere = sign_in(cast.joan.email, PASSWORD)[0]
    set_up(elsewhere)
    link = reset_link(cast.joan)
    page = Browser()
    form = page.get(link, follow=True)
    address = form.redirect_chain[-1][0]

    page.post(address, {"password1": "seven-quiet-lanterns", "password2": "seven-quiet-lanterns"})

    _, answer = sign_in(cast.joan.email, "seven-quiet-lanterns")
    assert answer["Location"] == "/account/code/"
    assert elsewhere.get("/clinic/").status_code == 302
    assert b"does not work any more" in Browser().get(link, follow=True).content


def reset_link(account):
    from urllib.parse import urlsplit

    from kithwork.foundation.accounts.tests.test_invitations import newest_link

    Browser().post("/account/password/forgotten/", {"email": account.email})
    return urlsplit(newest_link()).path


def test_every_account_page_opens_with_a_neutral_title(cast):
    page, _ = sign_in(cast.joan.email, PASSWORD)
    page.post("/account/again/", {"password": PASSWORD})
    names = [
        "account",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "usersessions_list",
        "account_logout",
    ]

    titles = {name: title_of(page.get(reverse(name))) for name in names}

    assert titles == {
        "account": "Your account",
        "account_change_password": "Change your password",
        "mfa_index": "Second factor",
        "mfa_activate_totp": "Set up a second factor",
        "usersessions_list": "Where you are signed in",
        "account_logout": "Sign out",
    }


def test_every_signed_out_page_opens(cast):
    names = ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive",
             "account_reset_password_from_key_done"]  # fmt: skip

    assert {name: Browser().get(reverse(name)).status_code for name in names} == dict.fromkeys(names, 200)


def title_of(answer):
    return re.findall(r"<title>(.*?) · Kithwork", answer.content.decode())[0]


def test_sign_out_ends_the_session_on_the_server(cast):
    page, _ = sign_in(cast.joan.email, PASSWORD)
    stolen = page.cookies["kithwork"].value

    page.post("/sign-out/")

    thief = Browser()
    thief.cookies["kithwork"] = stolen
    assert thief.get("/clinic/").status_code == 302


def test_one_may_end_a_place_of_ones_own_and_no_other(cast):
    here, lost = sign_in(cast.joan.email, PASSWORD)[0], sign_in(cast.joan.email, PASSWORD)[0]
    miras = sign_in(cast.mira.email, PASSWORD)[0]
    shown = here.get("/account/signed-in/").content.decode()
    ids = re.findall(r"/account/signed-in/(\d+)/end/", shown)
    assert len(ids) == 2

    foreign = miras.post(f"/account/signed-in/{ids[1]}/end/")
    assert (foreign.status_code, lost.get("/clinic/").status_code) == (404, 200)
    here.post(f"/account/signed-in/{ids[1]}/end/")

    assert [page.get("/clinic/").status_code for page in (here, lost, miras)] == [200, 302, 200]


def test_all_other_places_end_at_once(cast):
    here, *others = (sign_in(cast.joan.email, PASSWORD)[0] for _ in range(3))

    here.post("/account/signed-in/")

    assert [page.get("/clinic/").status_code for page in (here, *others)] == [200, 302, 302]


def test_words_sent_after_the_sign_in_ran_out_come_back(cast):
    page = browser(cast.maya)
    page.post("/sign-out/")

    answer = page.post("/me/diary/", {"words": "A long evening, and then a call."})

    assert answer.status_code == 401
    assert b"A long evening, and then a call." in answer.content
