"""A desk of one's own: what is put off until tomorrow, and the views of the caseload that are kept."""

import re
from datetime import timedelta

import pytest
from tests.cast import NOW, browser
from tests.filling import another_course, at_table, check_in, choose, meet, meet_weekly

from kithwork.clinic.today.arranging import keep_view, kept_views, set_aside, sort_out, take_up
from kithwork.clinic.today.facts import facts_of
from kithwork.clinic.today.looks import looks
from kithwork.clinic.today.ways import View
from kithwork.refusal import Refusal
from kithwork.therapy.course import contracts
from kithwork.therapy.course.access import open_courses
from kithwork.therapy.course.models import Course
from kithwork.therapy.reviews.actions import record_review

TODAY = NOW.date()


def found(cast):
    return looks(facts_of(open_courses(cast.viewer(cast.joan), page="test", now=NOW)), today=TODAY)


def standing(cast, *, account=None, today=TODAY):
    shown = sort_out(found(cast), account=(account or cast.joan).pk, today=today)
    return [look.kind for look in shown.standing], [look.kind for look in shown.waiting]


@pytest.fixture
def missed(cast):
    meet(cast, cast.mayas, NOW - timedelta(days=2), attendance="not_there")
    return cast


def test_what_is_put_off_waits_until_tomorrow_and_for_nobody_else(missed):
    joan = at_table(missed, missed.mayas, NOW)
    assert standing(missed) == (["missed"], [])

    set_aside(by=joan, kind="missed", today=TODAY)

    assert standing(missed) == ([], ["missed"])
    assert standing(missed, account=missed.mira) == (["missed"], [])
    assert standing(missed, today=TODAY + timedelta(days=1)) == (["missed"], [])


def test_it_is_put_back_when_somebody_wants_it_back(missed):
    joan = at_table(missed, missed.mayas, NOW)
    set_aside(by=joan, kind="missed", today=TODAY)

    take_up(by=joan, kind="missed")

    assert standing(missed) == (["missed"], [])


def test_what_is_about_safety_is_never_put_off(cast):
    check_in(cast, cast.mayas, 18, days_ago=1, item9=1)

    with pytest.raises(Refusal):
        set_aside(by=at_table(cast, cast.mayas, NOW), kind="safety", today=TODAY)

    page = browser(cast.joan)
    answer = page.post(f"/course/{cast.mayas.pk}/put-off/", {"key": "k" * 24, "kind": "safety"}, follow=True)
    assert "What is about safety is not put off." in answer.content.decode()
    assert 'data-kind="safety"' in answer.content.decode()
    assert "Put off until tomorrow" not in answer.content.decode()


def test_the_button_puts_it_off_and_the_page_says_so(missed):
    page = browser(missed.joan)
    where = f"/course/{missed.mayas.pk}/put-off/"

    after = page.post(where, {"key": "k" * 24, "kind": "missed"}, follow=True).content.decode()

    assert ('data-kw="flag"' in after, "Put off until tomorrow." in after) == (False, True)
    assert "1 thing put off until tomorrow" in after
    back = page.post(where, {"key": "l" * 24, "kind": "missed", "back": "yes"}, follow=True).content.decode()
    assert 'data-kind="missed"' in back


def test_a_review_point_waits_and_goes_with_a_review(cast):
    meet_weekly(cast, cast.mayas, 3)
    assert [(look.kind, look.url) for look in found(cast)] == [("review", f"/course/{cast.mayas.pk}/review/")]

    course = Course.objects.get(pk=cast.mayas.pk)
    record_review(by=at_table(cast, cast.mayas, NOW), course=course, decisions=["go_on"])

    assert found(cast) == []


def test_little_change_rests_after_a_review_and_says_what_brings_it_back(cast):
    for weeks_ago in (4, 3, 2, 1):
        check_in(cast, cast.mayas, 19, days_ago=7 * weeks_ago)
    [look] = found(cast)
    assert (look.kind, look.act) == ("little-change", "Look back together")
    assert "rests after a review until 4 more check-ins have come in" in look.why

    course = Course.objects.get(pk=cast.mayas.pk)
    record_review(by=at_table(cast, cast.mayas, NOW), course=course, decisions=["supervision"])

    assert found(cast) == []


def test_the_last_two_of_the_agreed_sessions_are_said(cast):
    joan = at_table(cast, cast.mayas, NOW - timedelta(days=27))
    contract = contracts.offer(by=joan, sessions=3, minutes=50, reason="first")
    for party, manner in (("therapist", "signed_in"), ("client", "in_room")):
        contracts.sign(by=joan, contract=contract, party=party, manner=manner)
    meet_weekly(cast, cast.mayas, 1)

    near = [look for look in found(cast) if look.kind == "contract"]

    assert [(look.reason, look.act) for look in near] == [("2 of 3 sessions are left.", "Open the ending")]


def test_a_view_is_kept_as_a_plain_link_and_let_go(cast):
    choose(cast, cast.mayas)
    page, view = browser(cast.joan), {"show": "open", "focus": "1", "sort": "score"}

    page.post("/clinic/caseload/views/", {"key": "k" * 24, **view})

    who = cast.viewer(cast.joan).who("therapist")
    [kept] = kept_views(who.id, now_shown=View())
    assert (kept.label, kept.url) == ("Open, Conflict, by PHQ-9", "?show=open&focus=1&sort=score")
    assert "Maya Ellis" in page.get(f"/clinic/caseload/{kept.url}").content.decode()
    assert kept_views(cast.mira.pk, now_shown=View()) == []
    page.post("/clinic/caseload/views/", {"key": "l" * 24, **view, "let_go": "yes"})
    assert kept_views(who.id, now_shown=View()) == []


def test_twelve_views_are_enough(cast):
    who = cast.viewer(cast.joan).who("therapist")
    views = [View(show, focus) for show in ("open", "middle", "all") for focus in ("any", "1", "2", "3", "4")]
    for view in views[:12]:
        keep_view(by=who, view=view, now=NOW)

    with pytest.raises(Refusal):
        keep_view(by=who, view=views[12], now=NOW)
    with pytest.raises(Refusal):
        keep_view(by=who, view=View(show="Maya"), now=NOW)


@pytest.mark.parametrize(("focus", "names"), [("1", ["Maya Ellis"]), ("2", []), ("none", ["Ben Hart"])])
def test_a_view_may_ask_for_a_focus(cast, focus, names):
    choose(cast, cast.mayas)
    another_course(cast, "Ben Hart")

    page = browser(cast.joan).get(f"/clinic/caseload/?focus={focus}").content.decode()

    assert re.findall(r"data-kw-open>([^<]+)</a>", page) == names
