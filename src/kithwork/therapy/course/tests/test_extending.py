"""A course is lengthened: proposed with a reason, worded anew, signed by both; what held before stays to read."""

from datetime import timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.actions import Changed
from kithwork.ipt.countdown import Countdown, Stage
from kithwork.therapy.course import contracts, queries
from kithwork.therapy.course.models import Course

KEYS = iter(f"extending-key-{n:015}" for n in range(1000))
WEEK = timedelta(days=7)
TERMS = {"day": "Tuesdays at two.", "place": "Room 3, or the video link."}


def post(page, address, **fields):
    return page.post(address, {"key": next(KEYS), **fields})


@pytest.fixture
def agreed(cast):
    """Sixteen sessions, signed by both a week ago."""
    then = NOW - WEEK
    joan, maya = cast.audience(cast.joan, cast.mayas, now=then), cast.maya_now(then)
    first = contracts.offer(by=joan, sessions=16, minutes=50, rhythm="weekly", terms=TERMS)
    contracts.sign(by=joan, contract=first, party="therapist")
    contracts.sign(by=maya, contract=first, party="client")
    return first


def held(course, sessions):
    Course.objects.filter(pk=course.pk).update(held=sessions)
    course.refresh_from_db()


def test_an_extension_says_why_and_holds_once_both_have_signed(cast, agreed):
    joan, maya = cast.audience(cast.joan, cast.mayas), cast.maya_now()
    longer = contracts.offer(
        by=joan, sessions=20, minutes=50, reason="illness_gap", why="Three weeks of flu.", terms=TERMS
    )
    waiting = queries.contract_standing(maya, cast.mayas)
    contracts.sign(by=joan, contract=longer, party="therapist")
    half = queries.agreed_sessions(maya, cast.mayas).sessions
    contracts.sign(by=maya, contract=longer, party="client")
    after = queries.contract_standing(maya, cast.mayas)

    assert (waiting.more, waiting.proposed.reason_lines, half) == (
        4, ["There was a gap through illness or absence", "Three weeks of flu."], 16,
    )  # fmt: skip
    assert (after.in_force.sessions, after.proposed, [one.sessions for one in after.earlier]) == (
        20,
        None,
        [16],
    )


def test_another_wording_of_a_half_signed_proposal_has_to_be_signed_anew(cast, agreed):
    joan, maya = cast.audience(cast.joan, cast.mayas), cast.maya_now()
    first_try = contracts.offer(by=joan, sessions=20, reason="major_event")
    contracts.sign(by=joan, contract=first_try, party="therapist")

    later = cast.maya_now(NOW + WEEK)
    contracts.offer(by=later, sessions=20, reason="major_event", terms={"day": "Mondays."}, base=first_try.pk)

    standing = queries.contract_standing(maya, cast.mayas)
    assert (standing.proposed.signatures, standing.proposed.waiting_for) == ([], ("client", "therapist"))
    assert [(one.sessions, len(one.signatures)) for one in standing.earlier] == [(20, 1)]


def test_two_who_propose_at_once_lose_neither_proposal(cast, agreed):
    joan, maya = cast.audience(cast.joan, cast.mayas), cast.maya_now(NOW + timedelta(seconds=1))
    contracts.offer(by=joan, sessions=20, reason="major_event", base=agreed.pk)

    with pytest.raises(Changed) as refused:
        contracts.offer(by=maya, sessions=18, reason="practical", base=agreed.pk)

    assert "Sessions: 20" in refused.value.newest.text
    contracts.offer(by=maya, sessions=18, reason="practical", base=refused.value.newest.base)
    assert [one.sessions for one in queries.contracts(joan)] == [16, 20, 18]


def test_what_two_contracts_say_stands_side_by_side(cast, agreed):
    joan = cast.audience(cast.joan, cast.mayas)
    contracts.offer(
        by=joan, sessions=20, minutes=50, rhythm="weekly", reason="wording",
        terms={"day": "Mondays at ten.", "place": TERMS["place"]},
    )  # fmt: skip

    rows = queries.compared(*queries.shown_contracts(joan))

    assert [(row.label, row.before, row.after) for row in rows if row.changed] == [
        ("Sessions", "16", "20"),
        ("Why", "Our first agreement", "The number stays; something else in it is new"),
        ("On which day, and at what time", "Tuesdays at two.", "Mondays at ten."),
    ]


@pytest.mark.parametrize(
    ("so_far", "expected"),
    [
        (10, None),
        (11, Countdown(Stage.IN_SIGHT, 12, 16, 5)),
        (15, Countdown(Stage.LAST, 16, 16, 1)),
        (16, Countdown(Stage.PAST, 17, 16, 0)),
    ],
)
def test_the_end_is_raised_in_time(cast, agreed, so_far, expected):
    held(cast.mayas, so_far)

    assert queries.countdown_of(cast.mayas, cast.maya_now()) == expected


def test_the_countdown_stands_where_the_two_look_and_goes_by_what_is_signed(cast, agreed):
    held(cast.mayas, 12)
    maya, joan, base = browser(cast.maya), browser(cast.joan), f"/course/{cast.mayas.pk}"
    pages = [(maya, "/me/"), (joan, f"{base}/"), (joan, f"{base}/sessions/13/"), (maya, "/me/contract/")]
    words = "4 sessions left, counting the next one"
    before = [words in page.get(where).content.decode() for page, where in pages]

    now = cast.audience(cast.joan, cast.mayas)
    longer = contracts.offer(by=now, sessions=20, reason="partial_response")
    unsigned = words in maya.get("/me/").content.decode()
    contracts.sign(by=now, contract=longer, party="therapist")
    contracts.sign(by=now, contract=longer, party="client", manner="in_room")

    assert (before, unsigned) == ([True] * 4, True)
    assert 'data-kw="countdown"' not in maya.get("/me/").content.decode()


def test_maya_proposes_in_a_browser_and_both_sign_what_stands_there(cast, agreed):
    maya, joan, base = browser(cast.maya), browser(cast.joan), f"/course/{cast.mayas.pk}"
    fields = {"sessions": "18", "reason": "major_event", "why": "The letter from work.", "day": "Mondays."}
    saved = post(maya, "/me/contract/", offer_base=agreed.pk, **fields)
    late = post(
        joan, f"{base}/contract/", offer_base=agreed.pk, sessions="20", reason="practical", day="Fridays."
    )
    proposed = queries.contract_standing(cast.maya_now(), cast.mayas).proposed
    beside = maya.get(f"/me/contract/{proposed.id}/").content.decode()
    sheet = joan.get(f"{base}/contract/{proposed.id}/print/").content.decode()
    post(joan, f"{base}/contract/{proposed.id}/sign/", party="therapist")
    post(maya, f"/me/contract/{proposed.id}/sign/")

    page = late.content.decode()
    assert (saved.status_code, late.status_code) == (302, 409)
    assert ("The letter from work." in page, "Fridays." in page) == (True, True)
    assert ("Tuesdays at two." in beside, "Mondays." in beside) == (True, True)
    assert ("The letter from work." in sheet, "course-lines__open" in sheet, "<nav" in sheet) == (
        True,
        True,
        False,
    )
    assert "of 18" in joan.get(f"{base}/contract/").content.decode()


def test_only_staff_begin_from_a_usual_wording_and_only_before_something_was_agreed(cast, agreed):
    usual = b"A session that falls out is not counted."

    assert usual not in browser(cast.joan).get(f"/course/{cast.mayas.pk}/contract/").content
    assert usual in browser(cast.mira).get(f"/course/{cast.carls.pk}/contract/").content
    assert usual not in browser(cast.carl).get("/me/contract/").content
