"""Who sees what: every address × every role, asked for in earnest; and what is not yours is as if it were not."""

import re

import pytest

from kithwork.project.whose_pages import routes
from tests.cast import browser

NOWHERE = "AAAAAAAAAAAAAAAAAAAAAA"
PEOPLE = {"client": "maya", "therapist": "joan", "supervisor": "sade", "lead": "ravi", "admin": "ada"}

ROUTES = [pytest.param(route, id=route.name) for route in routes()]


def address(route, course):
    """The address with Maya's course in it, and ids of nothing for the rest; whether it still names something."""
    here = route.pattern.replace("<str:course_id>", course)
    return re.sub(r"<int:[^>]+>", "1", re.sub(r"<str:[^>]+>", NOWHERE, here)), "<" not in here


@pytest.mark.parametrize("route", ROUTES)
def test_only_those_named_for_a_page_may_ask_for_it(cast, route):
    where, is_whole = address(route, cast.mayas.pk)
    answers = {role: browser(getattr(cast, who)).get(where) for role, who in PEOPLE.items()}

    for role, answer in answers.items():
        if route.who[role] == "deny":
            assert answer.status_code == 404, role
        elif is_whole and not route.name.startswith("mfa_"):  # those wait until a second factor is set up
            assert answer.status_code != 404, role


@pytest.mark.parametrize("route", ROUTES)
def test_signed_out_there_is_the_sign_in_page_or_nothing(cast, client, route):
    where, is_whole = address(route, cast.mayas.pk)

    answer = client.get(where)

    if route.who["anonymous"] == "deny":
        assert answer.status_code == 404 or answer["Location"].startswith("/sign-in/")
        assert b"Maya" not in answer.content
    elif is_whole:
        assert answer.status_code < 500


@pytest.mark.parametrize("route", [p for p in ROUTES if "<str:course_id>" in p.values[0].pattern])
def test_somebody_elses_course_answers_like_one_that_is_not(cast, route):
    mira = browser(cast.mira)
    theirs, _ = address(route, cast.mayas.pk)
    nobodys, _ = address(route, NOWHERE)

    for ask in (mira.get, lambda where: mira.post(where, {"key": "k" * 24})):
        hers, none = ask(theirs), ask(nobodys)
        # 405 is said of the address alone, before anybody looks whose course it is.
        assert hers.status_code in {404, 405}
        assert (hers.status_code, hers.content, sorted(hers.headers)) == (
            none.status_code, none.content, sorted(none.headers),
        )  # fmt: skip


@pytest.mark.parametrize("who", ["sade", "ravi", "ada", "noor", "mira", "carl"])
def test_nobody_but_client_and_therapist_opens_a_course(cast, who):
    where = f"/course/{cast.mayas.pk}/diary/"
    assert browser(cast.joan).get(where).status_code == 200

    assert browser(getattr(cast, who)).get(where).status_code == 404


def test_an_ended_relationship_opens_nothing_at_the_next_request(cast):
    from kithwork.foundation.trail.who import SYSTEM
    from kithwork.therapy.course.actions import end_relationship
    from kithwork.therapy.course.models import Relationship
    from tests.cast import NOW

    joan, where = browser(cast.joan), f"/course/{cast.mayas.pk}/diary/"
    assert joan.get(where).status_code == 200

    end_relationship(by=SYSTEM, relationship=Relationship.objects.get(course=cast.mayas), now=NOW)

    assert joan.get(where).status_code == 404


def test_an_offer_is_not_yet_a_right(cast):
    from kithwork.therapy.course.models import Relationship
    from tests.cast import NOW

    Relationship.objects.create(course=cast.mayas, account=cast.mira.pk, role="deputy", offered_at=NOW)

    assert browser(cast.mira).get(f"/course/{cast.mayas.pk}/diary/").status_code == 404


def test_every_answer_keeps_the_rules_of_the_house(cast, client):
    for page, where in (
        (client, "/sign-in/"), (client, "/nowhere/"), (browser(cast.maya), "/me/diary/"),
        (browser(cast.joan), f"/course/{cast.mayas.pk}/diary/"), (client, "/help/"),
    ):  # fmt: skip
        headers = page.get(where).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"].startswith(("no-store", "max-age=0, no-cache, no-store"))
        assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "same-origin")
