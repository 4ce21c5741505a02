"""What a client keeps to herself leaves every staff page byte-equal: content, count, layout and order."""

import logging
import re
from datetime import timedelta

import pytest
from django.core import mail

from kithwork.foundation.outbox.models import Outbox
from kithwork.foundation.passages.models import Passage
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.project.whose_pages import routes
from kithwork.therapy.reminders.queries import TEMPLATE as TO_HERSELF
from tests.cast import NOW, browser
from tests.whole_record import (
    KEPT_BY_FIELD,
    NEVER_KEPT,
    keep_everything,
    kinds_of_record,
    share_everything,
)

STAFF = {"therapist": "joan", "supervisor": "sade", "lead": "ravi", "admin": "ada"}


def staff_pages(course, names=None, role="therapist"):
    """Every page that somebody of the clinic may ask for, with what stands in this course in its address."""
    known = {**(names or {}), "course_id": course}
    for route in routes():
        if (
            route.who[role] == "deny"
            or route.who["anonymous"] == "allow"
            or route.pattern.startswith("/account/")
        ):
            continue
        address = re.sub(r"<str:(\w+)>", lambda name: known.get(name[1], name[0]), route.pattern)
        if "<" not in address:
            yield address


def shown(page, address):
    answer = page.get(address)
    # A letter on paper is no text, and stays byte-equal all the same.
    text = (
        answer.content.decode(errors="backslashreplace")
        if answer.status_code == 200
        else f"{answer.status_code}"
    )
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return re.sub(r'name="key"[^>]*>', "", text)


@pytest.fixture
def whole(cast):
    before = NOW - timedelta(hours=2)
    made = share_everything(cast.maya_now(before), cast.audience(cast.joan, cast.mayas, now=before))
    made.client = cast.maya_now(NOW - timedelta(minutes=5))
    return made


@pytest.fixture
def clinic(cast, whole):
    """What everybody at the clinic can ask for: a browser and an address each."""
    return [
        (browser(getattr(cast, who)), address)
        for role, who in STAFF.items()
        for address in sorted(set(staff_pages(cast.mayas.pk, whole.names, role)))
    ]


def test_every_kind_of_record_is_kept_here_or_says_why_it_cannot_be(cast, whole):
    for sharing in sorted(KEPT):
        keep_everything(whole, sharing, f"Kept {sharing}")

    joan, found = cast.audience(cast.joan, cast.mayas), set()
    for name, model in kinds_of_record().items():
        kept = set(model.seen.visible_to(whole.client).filter(sharing__in=KEPT).values_list("pk", flat=True))
        assert not kept & set(model.seen.visible_to(joan).values_list("pk", flat=True)), name
        found |= {name} if kept else set()
    words = Passage.objects.filter(client=whole.client.client, live=True, sharing__in=KEPT)
    by_field = {name for name in KEPT_BY_FIELD if words.filter(kind=name.lower()).exists()}

    # A kind that stands in neither list is new: tests/whole_record.py wants to know how it is kept.
    assert (found | by_field | set(NEVER_KEPT), found & set(NEVER_KEPT)) == (set(kinds_of_record()), set())


def test_every_staff_page_stays_byte_equal_when_a_client_keeps_something(cast, whole, clinic):
    before = {address: shown(page, address) for page, address in clinic}
    # The pages do show what is shared: nothing can be missing from an empty page.
    assert len([address for address in before if len(before[address]) > 3]) > 45
    assert "Shared day." in before[f"/course/{cast.mayas.pk}/diary/"]
    assert "Shared person" in before[f"/course/{cast.mayas.pk}/people/"]

    for sharing in sorted(KEPT):
        keep_everything(whole, sharing, f"Kept {sharing}")

    after = {address: shown(page, address) for page, address in clinic}
    assert [address for address in before if after[address] != before[address]] == []
    assert "Kept later day." in shown(browser(cast.maya), "/me/diary/")


def test_nothing_that_is_kept_is_sent_or_logged(cast, whole, caplog):
    others = Outbox.objects.exclude(template=TO_HERSELF)
    letters = others.count()
    caplog.set_level(logging.DEBUG)

    keep_everything(whole, Sharing.JUST_ME, "Kept")
    page = browser(cast.maya)
    page.post(
        "/me/diary/",
        {"key": "k" * 24, "on": "2025-03-18", "words": "Kept aloud.", "words_sharing": "just-me"},
    )
    assert "Kept aloud." in page.get("/me/diary/").content.decode()

    assert (others.count(), mail.outbox) == (letters, [])
    assert [record for record in caplog.records if "Kept" in record.getMessage()] == []
