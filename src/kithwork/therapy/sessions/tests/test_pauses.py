"""Who reads while no sessions are held, and what a course does meanwhile."""

from datetime import timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.trail.queries import events_of
from kithwork.foundation.ui.forms import new_key
from kithwork.refusal import Refusal
from kithwork.therapy.checkins.actions import open_check_in
from kithwork.therapy.checkins.queries import due, reviewer_of
from kithwork.therapy.course import pauses
from kithwork.therapy.course.actions import end_relationship
from kithwork.therapy.course.models import Relationship
from kithwork.therapy.course.reading import who_reads
from kithwork.therapy.sessions.actions import close_room, open_next


def post(page, url, **fields):
    return page.post(url, {"key": new_key(), **fields})


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def under_way(cast, joan):
    """One session was held, so that a gap is a pause and no wait."""
    close_room(by=joan, session=open_next(by=joan))
    return joan


def told(cast):
    """What Maya's pages, and Joan's, say of who reads."""
    cast.mayas.refresh_from_db()
    return who_reads(cast.mayas, cast.maya_now()), who_reads(cast.mayas, cast.audience(cast.joan, cast.mayas))


def test_while_a_course_goes_on_nothing_is_said(cast, joan):
    assert told(cast) == ("", "")


def test_before_the_first_session_it_is_a_wait(cast, joan):
    pauses.pause(by=joan, reader=cast.joan.pk, reason="waiting")

    assert told(cast) == (
        "You are waiting for your first session. Joan reads what you share in the meantime, in working hours.",
        "Waiting for the first session. Joan reads what is shared in the meantime.",
    )


def test_a_pause_says_when_nobody_reads_and_no_check_in_can_begin(cast, under_way):
    maya = cast.maya_now()
    assert reviewer_of(maya) == cast.joan

    pauses.pause(by=under_way, reader="")

    assert (
        told(cast)[0]
        == "Your sessions are paused. Nobody at the clinic reads what you write in the meantime."
    )
    assert (reviewer_of(maya), due(maya, cast.mayas, today=NOW.date())) == (None, None)
    with pytest.raises(Refusal) as refused:
        open_check_in(by=maya)
    assert refused.value.code == "nobody-named"


def test_whoever_reads_in_a_pause_is_told_of_an_answer_about_safety(cast, under_way):
    Relationship.objects.create(
        course=cast.mayas, account=cast.mira.pk, role="deputy", offered_at=NOW, accepted_at=NOW
    )

    pauses.pause(by=under_way, reader=cast.mira.pk)

    assert reviewer_of(cast.maya_now()) == cast.mira
    assert "Mira reads what you share" in told(cast)[0]


def test_a_reader_who_leaves_leaves_no_gap(cast, under_way):
    deputy = Relationship.objects.create(
        course=cast.mayas, account=cast.mira.pk, role="deputy", offered_at=NOW, accepted_at=NOW
    )
    pauses.pause(by=under_way, reader=cast.mira.pk)
    end_relationship(by=under_way.who, relationship=deputy, now=NOW - timedelta(seconds=1))

    # The page names nobody who does not read, and an answer about safety still goes to somebody.
    assert "Nobody at the clinic reads" in told(cast)[0]
    assert reviewer_of(cast.maya_now()) == cast.joan


def test_only_somebody_in_care_can_be_named(cast, under_way):
    with pytest.raises(Refusal) as refused:
        pauses.pause(by=under_way, reader=Account.objects.get(name="Ravi Shah").pk)

    assert refused.value.code == "not-in-care"


def test_opening_a_session_ends_the_pause(cast, under_way):
    pauses.pause(by=under_way, reader=cast.joan.pk)

    open_next(by=under_way)

    assert told(cast) == ("", "")
    acts = [one.act for one in events_of(cast.mayas.pk) if one.act != "read"]
    assert acts[:3] == [
        "sessions.opened", "course.went_on", "course.paused",
    ]  # fmt: skip


def test_a_pause_by_plain_forms_and_every_page_says_so(cast, under_way):
    desk, url = browser(cast.joan), f"/course/{cast.mayas.pk}/pause/"

    missing = post(desk, url)
    post(desk, url, reader="nobody", reason="illness", until="2025-04-01", note="Ring the desk.")
    shown = desk.get(url).content.decode()
    maya = [browser(cast.maya).get(page).content.decode() for page in ("/me/", "/me/ending/", "/account/")]
    post(desk, f"{url}over/")

    assert missing.status_code == 422
    assert all(
        words in shown for words in ("Nobody", "1 April 2025", "Ring the desk.", "Illness or hospital")
    )
    assert ["Nobody at the clinic reads what you write" in text for text in maya] == [True] * 3
    assert told(cast) == ("", "")


def test_a_client_does_not_pause_a_course(cast):
    with pytest.raises(Refusal) as refused:
        pauses.pause(by=cast.maya_now(), reader="")

    assert refused.value.code == "not-yours"
    assert browser(cast.maya).get(f"/course/{cast.mayas.pk}/pause/").status_code == 404
