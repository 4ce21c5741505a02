"""A link in a message, and the code that opens its one check-in where a clinic allows that."""

import hmac
import secrets
from datetime import timedelta

from django.db import transaction

from kithwork.foundation.outbox.actions import post
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.secrets import purpose_key
from kithwork.foundation.trail import actions as trail
from kithwork.refusal import Refusal
from kithwork.therapy.checkins import queries
from kithwork.therapy.checkins.actions.keeping import check_open, course_of, named
from kithwork.therapy.checkins.models import MailedCode, MailedLink
from kithwork.therapy.course.queries import language_of
from kithwork.therapy.safety.queries import may_mail

LINK_LASTS = timedelta(days=14)
NOT_AGAIN_FOR = timedelta(minutes=10)
CODE_LASTS = timedelta(minutes=10)
CODES_AN_HOUR, TRIES_A_CODE = 3, 5
DIGITS = 6


def send_link(*, by: Audience) -> MailedLink:
    """Send the client a message whose link leads to one check-in, once they have signed in.

    The message says nothing but that there is one. Whoever reminds sends it in the client's own name
    (``open_by_client_act``), and then it is hers alone: that she has reminders shows on no page of staff. Nor does
    her wish for no mail: then nothing leaves, and whoever asked is told the same.
    """
    check_open(by)
    to = queries.client_address(by)
    if not to:
        raise Refusal(
            "There is no account here yet, so there is no address to write to.",
            next_step="Invite your client, or print the questions.",
            code="no-address",
        )
    with transaction.atomic():
        trail.lock(by.course)
        named(by)
        before = queries.last_link(by)
        if before and by.now - before.created_at < NOT_AGAIN_FOR:
            raise Refusal(
                "A link left a few minutes ago.",
                next_step="It may take a moment to arrive.",
                code="sent-just-now",
            )
        sharing = Sharing.JUST_ME if by.is_client else Sharing.SHARED
        link: MailedLink = MailedLink.make(by, sharing=sharing, expires_at=by.now + LINK_LASTS)
        if may_mail(by.client):
            post(
                "message", to=to, link=queries.link_address(link), now=by.now, language=language_of(by.client)
            )
        trail.record("check-in.link_sent", by=by.who, at=by.now, course=by.course, page="check-in")
    return link


def ask_code(*, by: Audience, link: MailedLink) -> bool:
    """Send a code to the client's own address, if this link is good and the clinic allows codes.

    Whoever asks learns nothing either way. Throttled: three an hour.
    """
    to = queries.client_address(by)
    if not to or not may_mail(by.client) or not is_good(by, link) or not course_of(by).clinic.check_in_codes:
        return False
    with transaction.atomic():
        trail.lock(by.course)
        lately = MailedCode.seen.visible_to(by).filter(created_at__gt=by.now - timedelta(hours=1))
        if lately.count() >= CODES_AN_HOUR:
            return False
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        # One code at a time: the one before stops working.
        MailedCode.seen.visible_to(by).filter(used_at__isnull=True).update(expires_at=by.now)
        MailedCode.make(by, sharing=Sharing.JUST_ME, link=link, code_hash=_hash(link, code),
                      expires_at=by.now + CODE_LASTS)  # fmt: skip
        post("code", to=to, link=code, now=by.now, language=language_of(by.client))
        trail.record("check-in.code_sent", by=by.who, at=by.now, course=by.course, page="check-in")
    return True


def use_code(*, by: Audience, link: MailedLink, code: str) -> bool:
    """Whether this is the link's code. It works once, for ten minutes, and a few wrong tries use it up."""
    if not is_good(by, link) or not course_of(by).clinic.check_in_codes:
        return False
    with transaction.atomic():
        trail.lock(by.course)
        waiting = MailedCode.seen.visible_to(by).filter(
            link=link, used_at__isnull=True, expires_at__gt=by.now, tries__lt=TRIES_A_CODE
        )
        row = waiting.order_by("-created_at").first()
        if row is None:
            return False
        right = hmac.compare_digest(bytes(row.code_hash), _hash(link, code.strip()))
        row.tries, row.used_at = row.tries + 1, by.now if right else None
        row.save(update_fields=["tries", "used_at"])
        if right:
            trail.record("check-in.code_used", by=by.who, at=by.now, course=by.course, page="check-in")
    return right


def is_good(by: Audience, link: MailedLink) -> bool:
    """Whether a link still leads anywhere: not too old, its course not over, its check-in not sent or taken back."""
    still = link.check_in is None or link.check_in.state == "open"
    return by.may_write and link.expires_at > by.now and still


def _hash(link: MailedLink, code: str) -> bytes:
    return hmac.digest(purpose_key("link-code"), f"{link.id}|{code}".encode(), "sha256")
