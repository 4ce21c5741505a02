"""Founding a clinic, inviting its people, ending an account, the clinic's settings."""

from collections.abc import Iterable
from datetime import datetime, time

from django.conf import settings
from django.db import transaction

from kithwork.clinic.admin.queries import admins_at
from kithwork.foundation import clock
from kithwork.foundation.accounts.actions import end_account, found, invite
from kithwork.foundation.accounts.models import Account, Clinic, Invitation, RoleKind
from kithwork.foundation.trail import actions as trail
from kithwork.foundation.trail.who import SYSTEM, Who
from kithwork.ipt.ending import Wording
from kithwork.refusal import Refusal


def found_clinic(*, name: str, country: str, admin: str) -> None:
    """Make the clinic, and invite its first administrator."""
    found(name=name, country=country)
    invite(by=SYSTEM, email=admin, role="admin", address=settings.ADDRESS, now=clock.now())


def invite_staff(*, by: Who, email: str, name: str, role: str, now: datetime) -> Invitation:
    """Invite somebody to the clinic. A link sent to them before for this role stops working."""
    if role not in RoleKind.values:
        raise Refusal("Choose what they do at the clinic.", code="role-unknown")
    if Account.objects.filter(email=email.strip().lower()).exists():
        raise Refusal("There is an account with this address already.", code="account-exists")
    with transaction.atomic():
        before = Invitation.objects.filter(email=email.strip().lower(), role=role, accepted_at__isnull=True)
        before.update(expires_at=now)
        return invite(by=by, email=email, name=name, role=role, address=settings.ADDRESS, now=now)


def close_account(account: Account, *, by: Who, now: datetime) -> None:
    """End a member of staff's account. Nobody ends their own, and one administrator always stays."""
    if account.id == by.id:
        raise Refusal(
            "You cannot end your own account.",
            next_step="Ask another administrator to do it.",
            code="own-account",
        )
    if admins_at(now) <= {account.id}:
        raise Refusal(
            "This is the only administrator.",
            next_step="Invite another one first.",
            code="last-administrator",
        )
    end_account(account, by=by, now=now)


def change_settings(
    *,
    by: Who,
    clinic: Clinic,
    opens_at: time,
    closes_at: time,
    review_within_hours: int,
    little_change_points: int,
    readable_months_after_end: int,
    ending_wording: str = "",
    now: datetime,
    questionnaires_on: Iterable[str] = (),
    check_in_codes: bool = False,
) -> None:
    """Change what the clinic has chosen: its hours, how soon a flag is looked at, what counts as little change."""
    if closes_at <= opens_at:
        raise Refusal(
            "The clinic closes after it opens.", next_step="Look at the two times again.", code="hours"
        )
    with transaction.atomic():
        Clinic.objects.filter(pk=clinic.id).update(
            opens_at=opens_at, closes_at=closes_at, review_within_hours=review_within_hours,
            little_change_points=little_change_points, readable_months_after_end=readable_months_after_end,
            ending_wording=Wording(ending_wording or clinic.ending_wording),
            questionnaires_on=sorted(questionnaires_on), check_in_codes=check_in_codes,
        )  # fmt: skip
        trail.record("clinic.settings", by=by, at=now)


def confirm_key_copy(*, by: Who, clinic: Clinic, now: datetime) -> None:
    """Note that a copy of the installation key is kept somewhere else. Without one, every word can be lost."""
    with transaction.atomic():
        Clinic.objects.filter(pk=clinic.id).update(key_copy_confirmed_at=now)
        trail.record("clinic.key_copy", by=by, at=now)
