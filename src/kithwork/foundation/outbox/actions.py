"""Putting a message in the outbox, and sending what waits there.

Sent at least once: a server that dies between the mail server's "yes" and its own note sends the message again.
"""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q

from kithwork.foundation.outbox.models import Outbox
from kithwork.foundation.secrets import open_with, purpose_key, seal_with

CLAIM = timedelta(minutes=2)
MOST_ATTEMPTS = 10

# Neutral on purpose: a lock screen or a shared inbox must not tell what Kithwork is for.
WORDING = {
    "invitation": ("An invitation", "You have been invited. This link works once, for a week:\n\n{link}\n"),
    "message": ("You have a message", "There is something for you. Sign in to see it:\n\n{link}\n"),
    # What stands for the link here is a code of six digits.
    "code": ("You have a message", "This code works once, for ten minutes:\n\n{link}\n"),
    "reset": ("Your password", "Somebody asked to change your password. This link works once:\n\n{link}\n"),
}


def post(template: str, *, to: str, link: str, now: datetime) -> Outbox:
    """Put a message in the outbox, inside the caller's transaction."""
    if template not in WORDING:
        raise ValueError(f"No such message: {template}")
    plain = json.dumps({"to": to, "link": link}).encode()
    sealed = seal_with(purpose_key("outbox"), plain, bound_to=template.encode())
    return Outbox.objects.create(template=template, sealed=sealed, created_at=now)


def send_waiting(*, now: datetime) -> int:
    """Send what waits; any number of workers may do this at once. Returns how many left."""
    sent = 0
    while message := _claim_next(now):
        _send(message)
        # The address and the link are of no more use here.
        Outbox.objects.filter(pk=message.pk).update(sent_at=now, sealed=b"")
        sent += 1
    return sent


def _claim_next(now: datetime) -> Outbox | None:
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    waiting = Outbox.objects.filter(free, sent_at__isnull=True, attempts__lt=MOST_ATTEMPTS)
    with transaction.atomic():
        message = waiting.select_for_update(skip_locked=True).order_by("pk").first()
        if message is not None:
            message.claimed_until = now + CLAIM
            message.attempts += 1
            message.save(update_fields=["claimed_until", "attempts"])
    return message


def _send(message: Outbox) -> None:
    opened = open_with(purpose_key("outbox"), bytes(message.sealed), bound_to=message.template.encode())
    fields = json.loads(opened)
    subject, body = WORDING[message.template]
    EmailMessage(
        subject, body.format(link=fields["link"]), settings.DEFAULT_FROM_EMAIL, [fields["to"]]
    ).send()
