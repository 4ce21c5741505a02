"""What the worker does about reminders: any number of workers, one message a person and day.

The row's next moment is moved on and the message put in the outbox in one transaction, under a name that only one
message can have. So two workers make one message, and a killed one makes none or one.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from kithwork.foundation.outbox.actions import forget as forget_messages
from kithwork.foundation.outbox.actions import post
from kithwork.foundation.passages.audience import Audience
from kithwork.therapy.checkins import queries as checkins
from kithwork.therapy.course.access import courses_of_client, open_by_client_act
from kithwork.therapy.course.models import Course
from kithwork.therapy.diary import queries as diary
from kithwork.therapy.reminders.access import account_that_may_be_mailed
from kithwork.therapy.reminders.models import Reminder
from kithwork.therapy.reminders.queries import TEMPLATE, named
from kithwork.therapy.reminders.times import drop_at, is_quiet, next_time

BEFORE_SESSION = timedelta(hours=24)


def post_due(*, now: datetime) -> int:
    """Put every reminder that is due in the outbox. Returns how many there were."""
    due = Reminder.objects.filter(on=True, next_at__lte=now).select_related("client").order_by("next_at")
    return sum(_post_one(reminder, now) for reminder in due)


def forget(client: str) -> None:
    """Somebody is being erased: their hours go, and with them whatever waits to be sent."""
    with transaction.atomic():
        Reminder.objects.filter(pk=client).delete()
        forget_messages(named(client))


def _post_one(reminder: Reminder, now: datetime) -> bool:
    zone, due = ZoneInfo(reminder.client.time_zone), reminder.next_at or now
    with transaction.atomic():
        waiting = Reminder.objects.filter(pk=reminder.pk, next_at=reminder.next_at, on=True)
        if not waiting.update(next_at=next_time(now, reminder.at, zone)):
            return False
        until = drop_at(due, reminder.quiet_from, reminder.quiet_until, zone)
        is_late = now >= until or is_quiet(
            now.astimezone(zone).time(), reminder.quiet_from, reminder.quiet_until
        )
        account = account_that_may_be_mailed(reminder.client_id)
        if is_late or account is None or not _is_welcome(reminder, now, zone):
            return False
        post(
            TEMPLATE, to=account.email, link=f"{settings.ADDRESS}/sign-in/", now=now, channel=reminder.channel,
            once=f"{named(reminder.client_id)}{now.astimezone(zone).date()}", drop_at=until,
            language=reminder.client.language,
        )  # fmt: skip
    return True


def _is_welcome(reminder: Reminder, now: datetime, zone: ZoneInfo) -> bool:
    course = courses_of_client(reminder.client_id).select_related("client").first()
    if course is None or course.is_over:
        return False
    audience = open_by_client_act(reminder.client, course, now=now)
    return _of_diary(reminder, audience, zone) or _of_check_in(reminder, course, now, zone)


def _of_diary(reminder: Reminder, audience: Audience, zone: ZoneInfo) -> bool:
    """One of her days, and nothing written on it so far."""
    today = audience.now.astimezone(zone).date()
    chosen = reminder.diary and today.weekday() in reminder.weekdays
    return chosen and not diary.entries(audience).filter(on=today).exists()


def _of_check_in(reminder: Reminder, course: Course, now: datetime, zone: ZoneInfo) -> bool:
    """The last one of these hours before a session, while the questions wait."""
    if not reminder.check_in or course.next_at is None:
        return False
    is_near = now < course.next_at <= now + BEFORE_SESSION
    return is_near and checkins.due_now(course, now.astimezone(zone).date()) is not None
