"""Beginning with somebody new, and inviting a client to an account: at any time, or never."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from kithwork.foundation import clock
from kithwork.foundation.accounts.actions import invite
from kithwork.foundation.accounts.models import Clinic, Invitation
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.trail.who import Who
from kithwork.foundation.vault.links import account_of
from kithwork.refusal import Refusal
from kithwork.therapy.course.actions import open_new_course
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.protocols import find as find_protocol

MOST_SESSIONS = 60


def begin_course(
    *,
    by: Who,
    clinic: Clinic,
    name: str,
    protocol: str,
    now: datetime,
    offered: int | None = None,
    about: str = "",
    contact: str = "",
    referred_on: date | None = None,
) -> Course:
    """Open a course with a client who need not have an account; without a number, the usual one is offered."""
    chosen = find_protocol(clinic, protocol)
    if not name.strip():
        raise Refusal("A client needs a name to be called by.", code="name-missing")
    if offered is not None and not 1 <= offered <= MOST_SESSIONS:
        raise Refusal(
            "Choose from 1 to {most} sessions, or leave it empty.",
            code="sessions-out-of-range",
            most=MOST_SESSIONS,
        )
    check_referral(referred_on, today=clock.day_in(now, clinic.time_zone))
    copy: dict[str, Any] = {**chosen.to_dict(), "key": chosen.key}
    return open_new_course(
        by=by, clinic=clinic, name=name.strip(), protocol=copy, offered=offered or chosen.usual, now=now,
        about=about, contact=contact, referred_on=referred_on,
    )  # fmt: skip


def check_referral(on: date | None, *, today: date) -> None:
    """Nobody was referred on a day that is still to come; a day that nobody knows is left empty."""
    if on is not None and on > today:
        raise Refusal(
            "That day is still ahead.",
            next_step="Give the day of the referral, or leave it empty.",
            code="not-referred-yet",
        )


def invite_client(*, by: Audience, email: str) -> Invitation:
    """Invite the client of this course. A link sent before stops working: there is one at a time."""
    if not by.may_write:
        raise Refusal(_("This course has ended. Nobody is invited to it any more."), code="course-ended")
    if account_of(by.client) is not None:
        raise Refusal(
            _("Your client has an account already."),
            next_step=_("They sign in with it."),
            code="account-linked",
        )
    try:
        validate_email(email.strip())
    except ValidationError:
        raise Refusal(_("That does not look like an e-mail address."), code="email-unknown") from None
    with transaction.atomic():
        Invitation.objects.filter(client=by.client, accepted_at__isnull=True).update(expires_at=by.now)
        return invite(
            by=by.who, email=email, role="client", client=by.client, address=settings.ADDRESS, now=by.now
        )
