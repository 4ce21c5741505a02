"""Reminders: off until asked for, neutral, once a person and day, never into the quiet hours."""

import smtplib
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from tests.cast import NOW, browser

from kithwork.foundation.outbox.actions import send_waiting
from kithwork.foundation.outbox.channels import channels
from kithwork.foundation.outbox.models import Outbox
from kithwork.refusal import Refusal
from kithwork.therapy.checkins import actions as checkins
from kithwork.therapy.course.models import Client, Course
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.reminders.actions import Wish, change, send_one_now, set_own_clock
from kithwork.therapy.reminders.forms import ClockForm
from kithwork.therapy.reminders.models import Reminder
from kithwork.therapy.reminders.queries import did_not_arrive, in_words, reminder_of
from kithwork.therapy.reminders.rounds import post_due
from kithwork.therapy.safety.actions import say_how_to_reach

EVENING = datetime(2025, 3, 18, 19, 0, 30, tzinfo=UTC)
DAYS, ZONE = tuple(range(7)), ZoneInfo("Europe/London")
HOURS = (time(19), time(21), time(8))
ON = Wish(True, DAYS, *HOURS, diary=True, check_in=False)


def round_at(now):
    """What a worker does at a moment; gives how many left."""
    post_due(now=now)
    return send_waiting(clock=lambda: now)


def test_nobody_is_reminded_who_did_not_ask(cast):
    assert reminder_of(cast.maya_now()).on is False

    assert [round_at(NOW + timedelta(hours=n)) for n in range(48)] == [0] * 48


def test_a_reminder_comes_at_its_hour_and_once_however_many_rounds(cast):
    change(by=cast.maya_now(), wish=ON)

    sent = [round_at(EVENING - timedelta(minutes=5)), *(round_at(EVENING) for _ in range(5))]

    assert sent == [0, 1, 0, 0, 0, 0]
    [letter] = mail.outbox
    assert (letter.subject, letter.to) == ("You have a message", [cast.maya.email])
    assert letter.body.count("/sign-in/") == 1
    assert "Joan" not in f"{letter.subject} {letter.body}"


def test_another_hour_on_the_same_day_brings_no_second_one(cast):
    change(by=cast.maya_now(), wish=ON)
    round_at(EVENING)

    change(by=cast.maya_now(EVENING), wish=replace(ON, at=time(20)))

    assert (round_at(EVENING + timedelta(hours=1)), round_at(EVENING + timedelta(days=1, hours=1))) == (0, 1)


def test_only_on_the_days_that_were_chosen(cast):
    wednesdays = replace(ON, weekdays=(2,))
    change(by=cast.maya_now(), wish=wednesdays)

    assert [round_at(EVENING + timedelta(days=n)) for n in range(8)] == [0, 1, 0, 0, 0, 0, 0, 0]
    assert in_words(reminder_of(cast.maya_now())) == "Wednesdays at 7 pm"


def test_a_day_with_an_entry_needs_no_reminder(cast):
    change(by=cast.maya_now(), wish=ON)
    diary.write_entry(by=cast.maya_now(), on=date(2025, 3, 18), mood=3)

    assert (round_at(EVENING), round_at(EVENING + timedelta(days=1))) == (0, 1)


def test_the_questions_before_a_session_are_reminded_of_on_the_day_before(cast):
    change(by=cast.maya_now(), wish=Wish(True, (), *HOURS, diary=False, check_in=True))
    Course.objects.filter(pk=cast.mayas.pk).update(next_at=NOW + timedelta(days=3))

    assert [round_at(EVENING + timedelta(days=n)) for n in range(4)] == [0, 0, 1, 0]


def test_a_check_in_that_was_sent_needs_no_reminder(cast):
    change(by=cast.maya_now(), wish=Wish(True, (), *HOURS, diary=False, check_in=True))
    Course.objects.filter(pk=cast.mayas.pk).update(next_at=NOW + timedelta(days=1))
    opened = checkins.open_check_in(by=cast.maya_now())
    checkins.send(by=cast.maya_now(), check_in=opened)

    assert round_at(EVENING) == 0


def test_nobody_is_reminded_who_wishes_for_no_mail(cast):
    change(by=cast.maya_now(), wish=ON)
    say_how_to_reach(by=cast.maya_now(), answers={}, bases={}, no_mail=True)
    assert round_at(EVENING) == 0
    say_how_to_reach(by=cast.maya_now(), answers={}, bases={}, no_mail=False)

    assert round_at(EVENING + timedelta(days=1)) == 1


@pytest.mark.parametrize("late", [timedelta(hours=2), timedelta(hours=5), timedelta(hours=12)])
def test_a_worker_that_was_away_sends_nothing_late_and_nothing_in_quiet_hours(cast, late):
    change(by=cast.maya_now(), wish=ON)

    assert round_at(EVENING + late) == 0


def test_no_reminder_arrives_within_quiet_hours_across_a_clock_change(cast):
    """Every ten minutes over the nights on which London's clock goes forward and back."""
    wish = Wish(on=True, weekdays=DAYS, at=time(0, 30), quiet_from=time(1), quiet_until=time(23), diary=True,
                check_in=False)  # fmt: skip
    arrived = []
    for start in (datetime(2025, 3, 28, 12, tzinfo=UTC), datetime(2025, 10, 24, 12, tzinfo=UTC)):
        change(by=cast.maya_now(start), wish=wish)
        for step in range(6 * 24 * 4):
            now = start + timedelta(minutes=10 * step)
            arrived += [now.astimezone(ZONE)] * round_at(now)

    assert len(arrived) == 8
    assert {(one.hour, one.minute) for one in arrived} == {(0, 30)}


def test_a_reminder_that_the_mail_server_held_up_into_the_quiet_hours_is_dropped(cast, settings):
    change(by=cast.maya_now(), wish=replace(ON, at=time(20, 30)))
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    due = EVENING + timedelta(minutes=90)
    assert round_at(due) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert (round_at(due + timedelta(minutes=40)), mail.outbox) == (0, [])


class Away(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, _messages):
        raise ConnectionRefusedError


class Refuses(BaseEmailBackend):
    """A mail server that knows no such address."""

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such mailbox")})


def test_mail_that_cannot_leave_now_is_tried_again_and_holds_up_no_other(cast, settings):
    change(by=cast.maya_now(), wish=ON)
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    assert round_at(EVENING) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert (round_at(EVENING + timedelta(minutes=1)), round_at(EVENING + timedelta(minutes=6))) == (0, 1)


def test_mail_that_was_refused_is_told_at_the_next_visit_and_no_longer_once_one_arrives(cast, settings):
    change(by=cast.maya_now(), wish=ON)
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"
    round_at(EVENING)
    page = browser(cast.maya)

    assert did_not_arrive(cast.maya_now())
    assert [b"could not be delivered" in page.get(where).content for where in ("/me/", "/me/reminders/")] == [
        True
    ] * 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert round_at(EVENING + timedelta(days=1)) == 1
    assert b"could not be delivered" not in page.get("/me/").content


def test_the_one_she_asks_for_now_comes_at_once_and_once_a_press(cast):
    page, form = browser(cast.maya), {"key": "n" * 24}

    answers = [page.post("/me/reminders/now/", form) for _ in range(3)]

    assert {answer["Location"] for answer in answers} == {answers[0]["Location"]}
    assert (send_waiting(clock=lambda: NOW), mail.outbox[0].to) == (1, [cast.maya.email])
    assert b"It is on its way." in page.get(answers[0]["Location"]).content


def test_the_page_shows_the_exact_words(cast):
    send_one_now(by=cast.maya_now())
    send_waiting(clock=lambda: NOW)
    page = browser(cast.maya).get("/me/reminders/").content.decode()

    assert str(mail.outbox[0].subject) in page
    assert all(line in page for line in mail.outbox[0].body.split("\n") if line)


def test_a_time_in_the_quiet_hours_is_refused_in_words_and_nothing_typed_is_lost(cast):
    fields = {"key": "q" * 24, "on": "on", "diary": "on", "weekdays": ["0", "2"], "at": "22:15",
              "quiet_from": "21:00", "quiet_until": "08:00"}  # fmt: skip

    answer = browser(cast.maya).post("/me/reminders/", fields)

    assert (answer.status_code, b"10:15 pm lies in your quiet hours." in answer.content) == (422, True)
    assert b'value="22:15"' in answer.content
    assert not Reminder.objects.exists()


def test_nobody_at_the_clinic_can_set_or_see_them(cast):
    with pytest.raises(Refusal):
        change(by=cast.audience(cast.joan, cast.mayas), wish=ON)
    with pytest.raises(Refusal):
        reminder_of(cast.audience(cast.joan, cast.mayas))


def test_a_client_without_a_working_account_gets_none(cast):
    change(by=cast.maya_now(), wish=ON)
    cast.maya.is_active = False
    cast.maya.save()

    assert round_at(EVENING) == 0
    with pytest.raises(Refusal):
        send_one_now(by=cast.maya_now())


def test_a_course_that_has_ended_reminds_nobody(cast):
    change(by=cast.maya_now(), wish=ON)
    Course.objects.filter(pk=cast.mayas.pk).update(state="ended")

    assert round_at(EVENING) == 0


def test_her_own_clock_counts_wherever_she_lives(cast):
    Client.objects.filter(pk=cast.mayas.client_id).update(time_zone="Pacific/Auckland")
    change(by=cast.maya_now(), wish=ON)

    reminder = Reminder.objects.get()
    assert reminder.next_at.astimezone(ZoneInfo("Pacific/Auckland")).hour == 19


def test_a_name_in_the_outbox_is_one_message_only(cast):
    from kithwork.foundation.outbox.actions import post

    one, other = (post("message", to="a@example.org", link="/", now=NOW, once="once:1") for _ in range(2))

    assert (one.pk, Outbox.objects.count()) == (other.pk, 1)


def test_an_installed_package_adds_a_channel(tmp_path, monkeypatch, cast):
    (tmp_path / "our_pager.py").write_text(
        "from kithwork.foundation.outbox.channels import Channel\n"
        "sent = []\n"
        "channel = Channel('pager', 'By pager', lambda to, subject, body: sent.append((to, subject)))\n"
    )
    about = tmp_path / "our_pager-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: our-pager\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[kithwork.channels]\npager = our_pager:channel\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    channels.cache_clear()
    try:
        change(by=cast.maya_now(), wish=replace(ON, channel="pager"))
        assert round_at(EVENING) == 1
        assert (sys.modules["our_pager"].sent, mail.outbox) == ([(cast.maya.email, "You have a message")], [])
    finally:
        channels.cache_clear()


def test_a_client_sets_her_own_clock_and_what_is_due_comes_by_it(cast):
    change(by=cast.maya_now(), wish=ON)
    page = browser(cast.maya)
    answer = page.post("/me/clock/", {"key": "k" * 24, "time_zone": "Pacific/Auckland"})

    assert answer.status_code == 302
    there = ZoneInfo("Pacific/Auckland")
    assert Reminder.objects.get().next_at.astimezone(there).time() == time(19)
    assert "Pacific/Auckland" in page.get("/me/reminders/").content.decode()
    assert 'value="Pacific/Auckland" selected' in page.get("/me/clock/").content.decode()


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "9" * 400])
def test_a_time_zone_that_is_none_is_refused_and_nothing_changes(cast, zone):
    answer = browser(cast.maya).post("/me/clock/", {"key": "k" * 24, "time_zone": zone})

    assert answer.status_code == 422
    assert Client.objects.get(pk=cast.mayas.client_id).time_zone == "Europe/London"


def test_nobody_at_the_clinic_sets_it(cast):
    with pytest.raises(Refusal):
        set_own_clock(by=cast.audience(cast.joan, cast.mayas), time_zone="Asia/Tokyo")


def test_the_language_is_asked_where_more_than_one_is_spoken(cast, settings):
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
    set_own_clock(by=cast.maya_now(), time_zone="Europe/Berlin", language="de")

    client = Client.objects.get(pk=cast.mayas.client_id)
    assert (client.time_zone, client.language) == ("Europe/Berlin", "de")
    assert ClockForm(client=client)["language"].value() == "de"
