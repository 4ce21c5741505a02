"""The diary without a network, at the server: whose phone it is, what arrives once, what a phone may keep."""

import re

from tests.cast import browser

from kithwork.therapy.diary import queries

KEY = "p" * 24


def entry(page, **more):
    mark = page.get("/me/diary/phone/").json()["mark"]
    return {"key": KEY, "phone": mark, "on": "2025-03-17", "mood": "2", "words": "On the bus.", **more}


def test_what_waited_is_kept_once_however_often_it_arrives(cast):
    page = browser(cast.maya)
    told = entry(page)

    answers = [page.post("/me/diary/phone/", told).json() for _ in range(3)]

    assert answers == [{"why": "saved"}] * 3
    [day] = queries.days(cast.maya_now())
    assert (day.words.text, day.waited, str(day.written_on)) == ("On the bus.", True, "2025-03-18")
    assert b"Waited on the phone, and came on Tuesday 18 March." in page.get("/me/diary/").content


def test_an_entry_under_another_accounts_mark_is_refused(cast):
    mayas = entry(browser(cast.maya))

    answer = browser(cast.carl).post("/me/diary/phone/", mayas)

    assert (answer.status_code, answer.json()) == (403, {"why": "not-yours"})
    assert queries.days(cast.audience(cast.carl, cast.carls)) == []


def test_a_mark_is_an_accounts_own_and_says_nothing_of_it(cast):
    marks = [browser(who).get("/me/diary/phone/").json()["mark"] for who in (cast.maya, cast.maya, cast.carl)]

    assert marks[0] == marks[1] != marks[2]
    assert all(re.fullmatch(r"[0-9a-f]{32}", mark) for mark in marks)
    assert not {cast.maya.pk, cast.mayas.client_id, cast.mayas.pk} & set(marks)


def test_what_is_refused_says_why_and_uses_nothing_up(cast):
    page = browser(cast.maya)
    told = entry(page)

    ahead = page.post("/me/diary/phone/", told | {"on": "2025-04-01"})

    assert (ahead.status_code, ahead.json()["why"]) == (422, "refused")
    assert "That day has not come yet." in ahead.json()["says"][0]
    assert page.post("/me/diary/phone/", told).json() == {"why": "saved"}


def test_signed_out_it_is_kept_on_the_phone(cast, client):
    told = entry(browser(cast.maya))

    assert client.post("/me/diary/phone/", told).status_code == 401
    assert client.get("/me/diary/phone/").status_code == 302


def test_the_page_without_data_is_the_same_for_everybody(cast, client):
    def shown(page):
        body = page.get("/offline/").content.decode().partition("<main")[2]
        return re.sub(r'name="(?:csrfmiddlewaretoken|key)" value="[^"]+"', "", body)

    assert shown(browser(cast.maya)) == shown(client) == shown(browser(cast.joan))
    assert b"Maya" not in browser(cast.maya).get("/offline/").content


def test_the_worker_is_asked_for_anew_and_keeps_no_signed_in_page(client, db):
    answer = client.get("/sw.js")

    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")
    assert b'"pages": ["/offline/", "/help/", "/nothing-here/"]' in answer.content
    assert b"/me/" not in answer.content


def test_others_on_the_phone_are_asked_about_before_a_passphrase(cast):
    page = browser(cast.maya)

    first, shared = page.get("/me/diary/offline/").content, page.get("/me/diary/offline/?others=yes").content

    assert (b"data-kw-set-up" in first, b"data-kw-set-up" in shared) == (False, True)
    assert b"Then we would leave it off." in shared


def test_signing_out_lets_the_browser_forget_but_for_what_is_somebody_elses(cast):
    alone = browser(cast.maya).post("/sign-out/")
    beside = browser(cast.maya).post("/sign-out/", {"keep": "others"})

    assert (alone["Clear-Site-Data"], beside["Clear-Site-Data"]) == ('"cache", "storage"', '"cache"')
