"""What whoever hosts the clinic sees: staff accounts, open invitations, the clinic's settings. No client."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from kithwork.foundation.accounts.models import Account, Clinic, Invitation, Role, RoleKind

ROLES = dict(RoleKind.choices)


@dataclass(frozen=True)
class StaffAccount:
    """One member of staff."""

    id: str
    name: str
    email: str
    roles: tuple[str, ...]
    is_active: bool
    since: datetime

    @property
    def role_words(self) -> str:
        """Their roles now, in words."""
        return ", ".join(str(ROLES[role]) for role in self.roles)


def the_clinic() -> Clinic:
    """The clinic that this installation serves."""
    return Clinic.objects.get()


def staff_accounts(*, now: datetime) -> list[StaffAccount]:
    """Everybody who has, or had, a role here. A client's account has none and is on no list."""
    roles: dict[str, list[Role]] = defaultdict(list)
    for role in Role.objects.order_by("since", "pk"):
        roles[role.account_id].append(role)
    accounts = Account.objects.filter(pk__in=roles)
    rows = [_shown(account, roles[account.id], now) for account in accounts]
    return sorted(rows, key=lambda row: (not row.is_active, row.name.casefold(), row.email))


def find_staff(account: str) -> Account | None:
    """One member of staff."""
    return Account.objects.filter(pk=account, roles__isnull=False).distinct().first()


def admins_at(now: datetime) -> set[str]:
    """The accounts that are administrators now and can sign in."""
    current = Q(until__isnull=True) | Q(until__gt=now)
    rows = Role.objects.filter(current, kind=RoleKind.ADMIN, since__lte=now, account__is_active=True)
    return set(rows.values_list("account_id", flat=True))


def staff_invitations(*, now: datetime) -> list[Invitation]:
    """The links to staff that still work. A client's invitation is between them and their therapist."""
    waiting = Invitation.objects.filter(accepted_at__isnull=True, expires_at__gt=now, role__in=ROLES)
    return list(waiting.order_by("expires_at", "pk"))


def findings() -> list[Any]:
    """What ``kithwork check`` says: sentences, and which of them are unsafe."""
    check = import_string(settings.KITHWORK_CHECK)
    return list(check(deploy=settings.SECURE))


def _shown(account: Account, roles: list[Role], now: datetime) -> StaffAccount:
    current = tuple(
        role.kind for role in roles if role.since <= now and (role.until is None or role.until > now)
    )
    return StaffAccount(account.id, account.name, account.email, current, account.is_active, roles[0].since)
