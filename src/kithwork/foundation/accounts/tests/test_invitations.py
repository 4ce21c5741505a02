"""An invitation: a link that works once, for a week, and what a crash in between leaves."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from tests.cast import NOW, browser

from kithwork.foundation import clock
from kithwork.foundation.accounts import actions
from kithwork.foundation.accounts.models import Account, Invitation
from kithwork.foundation.outbox.models import Outbox
from kithwork.foundation.secrets import open_with, purpose_key
from kithwork.refusal import Refusal

PASSWORD = "seven-quiet-lanterns"


def newest_link():
    """Where the last message leads: only its reader knows."""
    import json

    message = Outbox.objects.order_by("-pk").first()
    opened = open_with(purpose_key("outbox"), bytes(message.sealed), bound_to=message.template.encode())
    return json.loads(opened)["link"]


def invited(cast, *, role="therapist", client="", email="new@demo.kithwork.example"):
    by = cast.viewer(cast.ada).who("admin")
    made = actions.invite(
        by=by, email=email, role=role, client=client, name="New One", address="", now=clock.now()
    )
    return made, newest_link()


def test_only_the_hash_of_the_link_is_kept(cast):
    made, link_sent = invited(cast)
    token = link_sent.strip("/").split("/")[-1]

    assert bytes(made.token_hash) != token.encode()
    assert actions.find_invitation(token, now=clock.now()) == made


def test_accepting_makes_the_account_and_its_role(cast):
    _, link_sent = invited(cast)

    answer = Browser().post(link_sent, {"password": PASSWORD, "key": "k" * 24})

    account = Account.objects.get(email="new@demo.kithwork.example")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert [(role.kind, role.until) for role in account.roles.all()] == [("therapist", None)]


def test_a_link_works_once(cast):
    _, link_sent = invited(cast)
    Browser().post(link_sent, {"password": PASSWORD})

    again, unknown = Browser().get(link_sent), Browser().get("/invitation/never-sent/")

    assert (again.status_code, unknown.status_code) == (404, 404)
    assert again.content == unknown.content


def test_a_link_works_for_a_week(cast):
    _, link_sent = invited(cast)
    token = link_sent.strip("/").split("/")[-1]

    with pytest.raises(Refusal) as refused:
        actions.find_invitation(token, now=clock.now() + timedelta(days=7, minutes=1))

    assert refused.value.code == "invitation-refused"


def test_a_weak_password_is_refused_and_the_link_still_works(cast):
    _, link_sent = invited(cast)

    answer = Browser().post(link_sent, {"password": "short"})

    assert answer.status_code == 422
    assert Browser().get(link_sent).status_code == 200
    assert not Account.objects.filter(email="new@demo.kithwork.example").exists()


def test_an_address_that_has_an_account_is_not_taken_over(cast):
    _, link_sent = invited(cast, role="admin", email=cast.joan.email)

    answer = Browser().post(link_sent, {"password": PASSWORD})

    cast.joan.refresh_from_db()
    assert answer.status_code == 422
    assert not cast.joan.check_password(PASSWORD)
    assert cast.viewer(cast.joan).roles == frozenset({"therapist"})


def test_a_crash_after_the_account_lets_the_link_carry_on(cast):
    made, link_sent = invited(cast, role="client", client="c" * 22)

    def crash(account, client):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        actions.accept_invitation(made, password=PASSWORD, now=NOW, link=crash)
    Browser().post(link_sent, {"password": PASSWORD})

    account = Account.objects.get(email="new@demo.kithwork.example")
    assert cast.viewer(account).client == "c" * 22


def test_an_accepted_invitation_no_longer_tells_which_client_an_account_is(cast):
    made, link_sent = invited(cast, role="client", client="c" * 22)

    Browser().post(link_sent, {"password": PASSWORD})

    kept = Invitation.objects.get(pk=made.pk)
    assert (kept.client, kept.email, kept.account) == ("", "", None)


def test_who_accepts_is_listed_among_their_places(cast):
    _, link_sent = invited(cast)
    new = Browser(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    new.post(link_sent, {"password": PASSWORD})

    page = new.get("/account/signed-in/")

    assert page.content.count(b'data-kw="place"') == 1
    assert b"Firefox on Windows" in page.content


def test_an_ended_account_is_signed_out_at_its_next_request(cast):
    joans = browser(cast.joan)
    assert joans.get("/clinic/").status_code == 200

    actions.end_account(cast.joan, by=cast.viewer(cast.ada).who("admin"), now=clock.now())

    answer = joans.get("/clinic/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/clinic/")


def test_a_role_that_has_ended_opens_nothing(cast):
    role = cast.joan.roles.get()
    role.until = NOW - timedelta(days=1)
    role.save()

    assert browser(cast.joan).get("/clinic/").status_code == 404
