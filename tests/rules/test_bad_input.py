"""Bad input gets a clear sentence, never a fault of ours; and an erased record reads as erased."""

import re

import pytest

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.vault import erasure
from kithwork.project.whose_pages import routes
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.people import actions as people
from tests.cast import NOW, browser

KEY = "k" * 24
ODD = ["", "\0", "9" * 400, "'; DROP TABLE x; --", "💧", "0001-01-01"]
FIELDS = (
    "on", "mood", "people", "words", "sharing", "words_sharing", "label", "relation", "ring", "angle", "view",
    "answer", "item", "phq9_1", "gad7_7", "title", "when", "lane", "effect", "until", "sessions", "reason", "rating",
    "goal", "area", "party", "manner", "attendance", "at", "how", "minutes", "kind", "part", "station", "email",
    "note", "note_base", "words_base", "decisions", "protocol", "offered", "name", "parts", "sign", "what", "days",
    "labels", "new1_label", "new1_ring", "new1_good", "began", "turn_to",
    "steps", "day", "other", "fits", "why", "zoom", "to",
    "phq9_difficulty", "every_days", "form_phq9", "scale", "total", "rated_by", "came_from", "source", "shown",
    "code",
    "address", "greeting", "opening", "in_opening", "said",
    "weekdays", "quiet_from", "quiet_until", "channel", "password", "sure",
)  # fmt: skip


def pages(role, course):
    for route in routes():
        own = route.name.startswith("me:") if role == "client" else route.name.startswith("course:")
        if own and route.who[role] != "deny":
            where = route.pattern.replace("<str:course_id>", course)
            yield (
                where.replace("<str:n>", "1")
                .replace("<str:section>", "events")
                .replace("<str:heading>", "signs")
            )


@pytest.mark.parametrize(("who", "role"), [("maya", "client"), ("joan", "therapist")])
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:12])
def test_no_form_falls_over_odd_answers(cast, who, role, odd):
    page, fallen = browser(getattr(cast, who)), []
    page.raise_request_exception = False

    for number, where in enumerate(pages(role, cast.mayas.pk)):
        answer = page.post(where, {"key": f"{number:04d}{KEY}", **dict.fromkeys(FIELDS, odd)})
        if answer.status_code >= 500:
            fallen.append(where)
        cast.mayas.refresh_from_db()

    assert fallen == []


@pytest.mark.parametrize(
    "query",
    [
        "person=%00",
        "station=%27",
        "since=0001-01-01",
        "until=%27&seen=x",
        "item=999999",
        "saved=9999&what=%22",
        "zoom=weeks&to=0001-01-01",
    ],
)
def test_no_page_falls_over_an_odd_address(cast, query):
    page = browser(cast.maya)
    page.raise_request_exception = False
    addresses = [re.sub(r"[<>]", "", where) + f"?{query}" for where in pages("client", cast.mayas.pk)]

    assert [where for where in addresses if page.get(where).status_code >= 500] == []


def test_an_erased_record_reads_as_erased_and_takes_no_more(cast):
    maya = cast.maya_now()
    people.add_person(by=maya, label="Sam", relation="partner", ring=1, sharing=Sharing.SHARED)
    diary.write_entry(
        by=maya, on=NOW.date(), mood=2, words="Here.", sharing=Sharing.SHARED, words_sharing=Sharing.SHARED
    )
    joan, where = browser(cast.joan), f"/course/{cast.mayas.pk}/diary/"
    assert b"Here." in joan.get(where).content

    erasure.ask_erasure(cast.mayas.client_id, now=NOW)
    erasure.destroy_key(cast.mayas.client_id, now=NOW)

    shown = joan.get(where)
    assert (shown.status_code, b"Here." in shown.content, b"erased" in shown.content) == (200, False, True)
    whole = [one for one in pages("therapist", cast.mayas.pk) if "<" not in one]
    assert [one for one in whole if joan.get(one).status_code >= 500] == []
    refused = joan.post(where, {"key": KEY, "on": "2025-03-18", "words": "More."})
    assert (refused.status_code, b"has been erased" in refused.content) == (422, True)
