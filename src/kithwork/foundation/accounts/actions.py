"""Invitations, accounts and roles: everything that may be done with them."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from kithwork.foundation.accounts.models import Account, Clinic, Invitation, Role
from kithwork.foundation.effects.models import Effect
from kithwork.foundation.outbox.actions import post
from kithwork.foundation.trail import actions as trail
from kithwork.foundation.trail.who import Who
from kithwork.refusal import Refusal

LASTS = timedelta(days=7)


class InvitationRefused(Refusal):
    """This link does not work, or no longer."""

    code = "invitation-refused"
    status = 404


def invite(
    *, by: Who, email: str, role: str, address: str, now: datetime, name: str = "", client: str = ""
) -> Invitation:
    """Invite somebody by a link that works once; the message leaves through the outbox."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            token_hash=_hash(token), email=email.strip().lower(), name=name, role=role, client=client,
            invited_by=by.id, created_at=now, expires_at=now + LASTS,
        )  # fmt: skip
        post("invitation", to=invitation.email, link=f"{address}/invitation/{token}/", now=now)
        trail.record("account.invited", by=by, at=now, reason=role)
    return invitation


def find_invitation(token: str, *, now: datetime) -> Invitation:
    """The invitation that a link stands for. Raises InvitationRefused for any other link, in the same words."""
    invitation = Invitation.objects.filter(
        token_hash=_hash(token), accepted_at__isnull=True, expires_at__gt=now
    )
    found = invitation.first()
    if found is None:
        raise InvitationRefused(
            "This link does not work any more.",
            next_step="Links work once, for a week. Ask the person who invited you for a new one.",
        )
    return found


def accept_invitation(
    invitation: Invitation, *, password: str, now: datetime, link: Callable[[str, str], None]
) -> Account:
    """Make the account that was invited. ``link`` ties it to its client in the keys database.

    Three commits that a crash may fall between: account, link, accepted. Until the last one the link in the
    message still works, and carries on where it stopped.
    """
    try:
        validate_password(password)
    except ValidationError as weak:
        raise Refusal(" ".join(weak.messages), code="password-weak") from None
    with transaction.atomic():
        account = invitation.account or _new_account(invitation)
        account.set_password(password)
        account.save()
        Invitation.objects.filter(pk=invitation.id).update(account=account)
    if invitation.client:
        link(account.id, invitation.client)
    with transaction.atomic():
        if invitation.role != "client":
            give_role(account, invitation.role, now=now)
        # Which account is which client's stands in the keys database alone.
        forgotten = {"client": "", "email": "", "account": None} if invitation.client else {}
        waiting = Invitation.objects.filter(pk=invitation.id, accepted_at__isnull=True)
        used = waiting.update(accepted_at=now, **forgotten)
        if not used:
            raise InvitationRefused("This link does not work any more.")
        trail.record("account.accepted", by=Who(kind="system"), at=now, reason=invitation.role)
    return account


def give_role(account: Account, kind: str, *, now: datetime) -> Role:
    """Let an account be something at the clinic, from now on."""
    clinic = Clinic.objects.get()
    return Role.objects.create(account=account, clinic=clinic, kind=kind, since=now)


def end_account(account: Account, *, by: Who, now: datetime) -> None:
    """End an account: its roles stop now, and its next request finds nobody signed in."""
    with transaction.atomic():
        Role.objects.filter(account=account, until__isnull=True).update(until=now)
        Account.objects.filter(pk=account.id).update(is_active=False)
        trail.record("account.ended", by=by, at=now)


def forget_account(account: str) -> None:
    """Take an account away with everything that names its owner: address, password, sign-ins, what its forms did."""
    with transaction.atomic():
        for place in UserSession.objects.filter(user=account):
            place.end()
        Effect.objects.filter(account=account).delete()
        Invitation.objects.filter(account=account).delete()
        Account.objects.filter(pk=account).delete()


def forget_invitations(client: str) -> None:
    """Take away invitations that still wait for a client: they name an address."""
    Invitation.objects.filter(client=client).delete()


def is_it_you(account: Account, password: str, request: HttpRequest) -> bool:
    """Whether the password is the account's. Asked too often in a short time, the answer is no."""
    if not ratelimit.consume(request, action="reauthenticate", user=account):
        return False
    return account.check_password(password)


def _new_account(invitation: Invitation) -> Account:
    if Account.objects.filter(email=invitation.email).exists():
        raise Refusal(
            "There is an account with this address already.",
            next_step="Sign in with it, or ask for an invitation to another address.",
            code="account-exists",
        )
    return Account.objects.create_user(invitation.email, name=invitation.name)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def found(*, name: str, country: str, time_zone: str = "Europe/London") -> Clinic:
    """The clinic that an installation serves. There is one."""
    if Clinic.objects.exists():
        raise Refusal("This installation has its clinic already.", code="clinic-exists")
    return Clinic.objects.create(name=name, country=country, time_zone=time_zone)


def open_account(
    *, by: Who, email: str, name: str, encoded_password: str, role: str, now: datetime
) -> Account:
    """Make an account whose password was hashed before: for a clinic that is set up in one go."""
    with transaction.atomic():
        account = Account(email=email.lower(), name=name, password=encoded_password)
        account.save(force_insert=True)
        if role != "client":
            give_role(account, role, now=now)
        trail.record("account.opened", by=by, at=now, reason=role)
    return account
