"""How a message leaves: by mail, and by whatever an installed package adds.

A package adds a channel with an entry point in the group ``kithwork.channels`` that names a ``Channel``::

    [project.entry-points."kithwork.channels"]
    pager = "our_pager:channel"

    channel = Channel("pager", "By pager", send)

``send(to, subject, body)`` delivers one message. ``to`` is the address that somebody signs in with; a channel that
needs another one keeps its own list. It returns when the message is handed over, raises ``Undeliverable`` when this
address will never take one, and anything else (``OSError``, say) when trying again later makes sense. It is called
outside any transaction, must give up within a minute, and must pass on subject and body as they are: both are
neutral on purpose.
"""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext_noop

FOR_GOOD = 500  # from here on a mail server's answer means "no", below it "not now"

Send = Callable[[str, str, str], None]


class Undeliverable(Exception):
    """This address takes no message, now or later. As text it says nothing: addresses reach no log."""


@dataclass(frozen=True)
class Channel:
    """One way to reach somebody."""

    key: str
    label: str
    send: Send


@cache
def channels() -> dict[str, Channel]:
    """Every channel of this installation, mail first."""
    added = [entry.load() for entry in entry_points(group="kithwork.channels")]
    return {one.key: one for one in (MAIL, *added)}


def _send_mail(to: str, subject: str, body: str) -> None:
    try:
        EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to]).send()
    except smtplib.SMTPRecipientsRefused as refused:
        if all(code >= FOR_GOOD for code, _ in refused.recipients.values()):
            raise Undeliverable from None
        raise OSError("not now") from None


MAIL = Channel("mail", gettext_noop("By e-mail"), _send_mail)
