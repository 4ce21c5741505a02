"""What the client chose, and whether it reaches her."""

from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.outbox.actions import WORDING
from kithwork.foundation.outbox.queries import could_not_reach
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.ui.said import listed
from kithwork.therapy.reminders.access import check_is_hers
from kithwork.therapy.reminders.models import Reminder

DAYS = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
ON_DAYS = (
    gettext_noop("Mondays"),
    gettext_noop("Tuesdays"),
    gettext_noop("Wednesdays"),
    gettext_noop("Thursdays"),
    gettext_noop("Fridays"),
    gettext_noop("Saturdays"),
    gettext_noop("Sundays"),
)
TEMPLATE = "reminder"
NOON = 12


def reminder_of(audience: Audience) -> Reminder:
    """Her own choice; where she made none, reminders are off."""
    check_is_hers(audience)
    return Reminder.objects.filter(pk=audience.client).first() or Reminder(client_id=audience.client)


def named(client: str) -> str:
    """How every reminder of a client is named in the outbox, before the day."""
    return f"reminder:{client}:"


def did_not_arrive(audience: Audience) -> bool:
    """Whether the last one could not be delivered, as far as the mail server told when it was handed over."""
    check_is_hers(audience)
    return could_not_reach(named(audience.client))


def wording(link: str) -> tuple[str, str]:
    """Subject and text, to the letter."""
    subject, body = WORDING[TEMPLATE]
    return _(subject), _(body).format(link=link).strip()


def in_words(reminder: Reminder) -> str:
    """ "Mondays and Thursdays at 7 pm"."""
    days = [_(ON_DAYS[day]) for day in sorted(reminder.weekdays)]
    spoken = _("Every day") if len(days) == len(DAYS) else listed(days) or _("No day")
    return _("{spoken} at {hour}").format(spoken=spoken, hour=hour(reminder.at))


def hour(at: time) -> str:
    """A time of day as people say it: "7 pm", "7:30 pm"."""
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % NOON or NOON}{minutes} {'am' if at.hour < NOON else 'pm'}"
