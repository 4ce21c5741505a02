"""What the client chose, and whether it reaches her."""

from datetime import time

from kithwork.foundation.outbox.actions import WORDING
from kithwork.foundation.outbox.queries import could_not_reach
from kithwork.foundation.passages.audience import Audience
from kithwork.therapy.reminders.access import check_is_hers
from kithwork.therapy.reminders.models import Reminder

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
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
    return subject, body.format(link=link).strip()


def in_words(reminder: Reminder) -> str:
    """ "Mondays and Thursdays at 7 pm"."""
    days = [f"{DAYS[day]}s" for day in sorted(reminder.weekdays)]
    if len(days) == len(DAYS):
        spoken = "Every day"
    else:
        spoken = " and ".join(filter(None, [", ".join(days[:-1]), days[-1] if days else ""])) or "No day"
    return f"{spoken} at {hour(reminder.at)}"


def hour(at: time) -> str:
    """A time of day as people say it: "7 pm", "7:30 pm"."""
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % NOON or NOON}{minutes} {'am' if at.hour < NOON else 'pm'}"
