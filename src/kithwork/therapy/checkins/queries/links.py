"""Links in messages. What stands in one is sealed: it names a check-in's link and its course, and grants nothing."""

import base64
import binascii

from cryptography.exceptions import InvalidTag
from django.conf import settings

from kithwork.foundation.accounts.models import Account, Clinic
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.secrets import open_with, purpose_key, seal_with
from kithwork.foundation.vault.links import account_of
from kithwork.therapy.checkins.models import MailedLink

_PURPOSE = "link-in-a-message"
LONGEST_TOKEN = 200


def link_address(link: MailedLink) -> str:
    """The address that leaves in a message. It holds no word, no name and no id that could be read."""
    plain = f"{link.id}|{link.course_id}".encode()
    sealed = seal_with(purpose_key(_PURPOSE), plain, bound_to=_PURPOSE.encode())
    return f"{settings.ADDRESS}/l/{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}/"


def named_in(token: str) -> tuple[str, str] | None:
    """The link and the course that an address names; None for one that we did not write."""
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        plain = open_with(purpose_key(_PURPOSE), sealed, bound_to=_PURPOSE.encode()).decode()
    except (binascii.Error, ValueError, InvalidTag):
        return None
    link, _, course = plain.partition("|")
    return link, course


def find_link(audience: Audience, link: str) -> MailedLink | None:
    """One link of this course, good or gone by."""
    return MailedLink.seen.visible_to(audience).select_related("check_in").filter(pk=link).first()


def last_link(audience: Audience) -> MailedLink | None:
    """The link that was sent last."""
    return MailedLink.seen.visible_to(audience).order_by("-created_at", "-pk").first()


def client_address(audience: Audience) -> str:
    """Where messages to this course's client go; empty where they have no account."""
    account = account_of(audience.client)
    return Account.objects.filter(pk=account, is_active=True).values_list("email", flat=True).first() or ""


def codes_allowed() -> bool:
    """Whether the clinic lets a code by mail open one check-in."""
    return Clinic.objects.filter(check_in_codes=True).exists()
