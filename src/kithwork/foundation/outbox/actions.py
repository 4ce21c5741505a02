"""Putting a message in the outbox, and sending what waits there.

Sent at least once: a server that dies between the mail server's "yes" and its own note sends the message again.
"""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from kithwork.foundation.outbox.channels import Undeliverable, channels
from kithwork.foundation.outbox.models import GivenUp, Outbox
from kithwork.foundation.secrets import open_with, purpose_key, seal_with
from kithwork.foundation.ui.said import spoken

log = logging.getLogger("kithwork.outbox")

# Far longer than any channel may take, so that no second worker takes up what a first one is sending.
CLAIM = timedelta(minutes=5)
MOST_ATTEMPTS = 10

# Neutral on purpose: a lock screen or a shared inbox must not tell what Kithwork is for.
WORDING = {
    "invitation": (
        gettext_noop("An invitation"),
        gettext_noop("You have been invited. This link works once, for a week:\n\n{link}\n"),
    ),
    "message": (
        gettext_noop("You have a message"),
        gettext_noop("There is something for you. Sign in to see it:\n\n{link}\n"),
    ),
    # What stands for the link here is a code of six digits.
    "code": (
        gettext_noop("You have a message"),
        gettext_noop("This code works once, for ten minutes:\n\n{link}\n"),
    ),
    "reminder": (
        gettext_noop("You have a message"),
        (
            gettext_noop(
                "There is something for you. Sign in to see it:\n\n{link}\n\n"
                "You asked for this. Signed in, you can change or stop it under “More”.\n"
            )
        ),
    ),
    "reset": (
        gettext_noop("Your password"),
        gettext_noop("Somebody asked to change your password. This link works once:\n\n{link}\n"),
    ),
}


def post(
    template: str,
    *,
    to: str,
    link: str,
    now: datetime,
    channel: str = "mail",
    once: str = "",
    drop_at: datetime | None = None,
    language: str = "",
) -> Outbox:
    """Put a message in the outbox, inside the caller's transaction.

    ``once`` names it for good: asked for again under that name, the first one is given and no second is made.
    What could not be sent by ``drop_at`` is dropped. It is written in ``language``, or in that of whoever posts it.
    """
    if template not in WORDING:
        raise ValueError(f"No such message: {template}")
    plain = json.dumps({"to": to, "link": link, "language": language or translation.get_language()}).encode()
    sealed = seal_with(purpose_key("outbox"), plain, bound_to=template.encode())
    columns = {
        "template": template, "channel": channel, "sealed": sealed, "created_at": now, "drop_at": drop_at,
    }  # fmt: skip
    if not once:
        return Outbox.objects.create(**columns)
    return Outbox.objects.get_or_create(once=once, defaults=columns)[0]


def send_waiting(*, clock: Callable[[], datetime]) -> int:
    """Send what waits; any number of workers may do this at once. Returns how many left.

    ``clock`` is asked for each message anew: a long round must not shorten the claim on its last one.
    """
    sent = 0
    while message := _claim_next(clock()):
        sent += _send(message, clock)
    return sent


def forget(once: str) -> None:
    """Take back messages whose names begin like this, sent or not: somebody is being erased."""
    Outbox.objects.filter(once__startswith=once).delete()


def _claim_next(now: datetime) -> Outbox | None:
    _drop_late(now)
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    waiting = Outbox.objects.filter(free, sent_at__isnull=True, given_up_at__isnull=True)
    with transaction.atomic():
        message = waiting.select_for_update(skip_locked=True).order_by("pk").first()
        if message is not None:
            # Asked for once more in the same breath: whatever the database locks, only one worker changes it.
            claim = waiting.filter(pk=message.id, attempts=message.attempts)
            if not claim.update(claimed_until=now + CLAIM, attempts=F("attempts") + 1):
                return None
            message.attempts += 1
    return message


def _drop_late(now: datetime) -> None:
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    late = Outbox.objects.filter(free, sent_at__isnull=True, given_up_at__isnull=True, drop_at__lte=now)
    late.update(given_up_at=now, given_up=GivenUp.LATE, sealed=b"")


def _send(message: Outbox, clock: Callable[[], datetime]) -> bool:
    """Hand one message over, and note what came of it."""
    opened = open_with(purpose_key("outbox"), bytes(message.sealed), bound_to=message.template.encode())
    fields, (subject, body) = json.loads(opened), WORDING[message.template]
    row = Outbox.objects.filter(pk=message.id)
    try:
        with translation.override(spoken(fields.get("language") or "")):
            said = gettext(subject), gettext(body).format(link=fields["link"])
        channels()[message.channel].send(fields["to"], *said)
    except Undeliverable:
        row.update(given_up_at=clock(), given_up=GivenUp.REFUSED, sealed=b"")
        return False
    except Exception as trouble:  # whatever a channel raises, the other messages still leave
        log.warning("a message could not be sent: %s", type(trouble).__name__)
        if message.attempts >= MOST_ATTEMPTS:
            row.update(given_up_at=clock(), given_up=GivenUp.TRIED, sealed=b"")
        return False
    # The address and the link are of no more use here.
    row.update(sent_at=clock(), sealed=b"")
    return True
