"""Choosing reminders, and asking for one now."""

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from kithwork.foundation.ids import new_id
from kithwork.foundation.outbox.actions import post
from kithwork.foundation.outbox.channels import channels
from kithwork.foundation.outbox.models import Outbox
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.trail import actions as trail
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Client
from kithwork.therapy.reminders.access import account_that_may_be_mailed, check_is_hers
from kithwork.therapy.reminders.models import Reminder
from kithwork.therapy.reminders.queries import TEMPLATE, hour, named, reminder_of
from kithwork.therapy.reminders.times import is_quiet, next_time, time_zones


@dataclass(frozen=True)
class Wish:
    """When and of what somebody wants to be reminded."""

    on: bool
    weekdays: tuple[int, ...]
    at: time
    quiet_from: time
    quiet_until: time
    diary: bool
    check_in: bool
    channel: str = "mail"


def change(*, by: Audience, wish: Wish) -> Reminder:
    """Switch reminders on or off, or choose their hours."""
    check_is_hers(by)
    _check(by, wish)
    zone = ZoneInfo(Client.objects.get(pk=by.client).time_zone)
    with transaction.atomic():
        trail.lock(by.course)
        reminder = reminder_of(by)
        for name in ("on", "at", "quiet_from", "quiet_until", "diary", "check_in", "channel"):
            setattr(reminder, name, getattr(wish, name))
        reminder.weekdays = sorted(set(wish.weekdays))
        reminder.next_at = next_time(by.now, wish.at, zone) if wish.on else None
        reminder.save()
        trail.record("reminders.changed", by=by.who, at=by.now, course=by.course, page="reminders")
    return reminder


def set_own_clock(*, by: Audience, time_zone: str, language: str = "") -> None:
    """By which clock, and in which language, her pages and messages speak. What is due comes by the new clock.

    An empty ``language`` leaves it as it is.
    """
    check_is_hers(by)
    if time_zone not in time_zones():
        raise Refusal("That is no time zone.", next_step="Choose one from the list.", code="no-time-zone")
    with transaction.atomic():
        trail.lock(by.course)
        client = Client.objects.get(pk=by.client)
        client.time_zone, client.language = time_zone, language or client.language
        client.save(update_fields=["time_zone", "language"])
        reminder = reminder_of(by)
        if reminder.on:
            reminder.next_at = next_time(by.now, reminder.at, ZoneInfo(time_zone))
            reminder.save()
        trail.record("course.own_clock", by=by.who, at=by.now, course=by.course)


def send_one_now(*, by: Audience) -> Outbox:
    """A reminder like every other, at once: she sees what it looks like, and that it comes."""
    check_is_hers(by)
    account = account_that_may_be_mailed(by.client)
    if account is None:
        raise Refusal("No mail goes to you, so none was sent.", code="no-mail")
    with transaction.atomic():
        trail.lock(by.course)
        message = post(
            TEMPLATE, to=account.email, link=f"{settings.ADDRESS}/sign-in/", now=by.now,
            channel=reminder_of(by).channel, once=f"{named(by.client)}now:{new_id()}",
        )  # fmt: skip
        trail.record("reminders.asked_for_one", by=by.who, at=by.now, course=by.course, page="reminders")
    return message


def _check(by: Audience, wish: Wish) -> None:
    if set(wish.weekdays) - set(range(7)) or wish.channel not in channels():
        raise Refusal("Choose from the list.", code="no-such-choice")
    if not wish.on:
        return
    if account_that_may_be_mailed(by.client) is None:
        raise Refusal("No mail goes to you, so reminders stay off.", code="no-mail")
    if is_quiet(wish.at, wish.quiet_from, wish.quiet_until):
        raise Refusal(
            "{time} lies in your quiet hours.",
            next_step="Choose another time, or other quiet hours.",
            code="in-quiet-hours",
            time=hour(wish.at),
        )
    if not (wish.check_in or (wish.diary and wish.weekdays)):
        raise Refusal(
            "There is nothing yet to remind you of.",
            next_step="Choose what it is for, and at least one day for the diary.",
            code="nothing-to-remind-of",
        )
