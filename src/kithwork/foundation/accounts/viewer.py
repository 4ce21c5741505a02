"""Whoever is asking for a page, worked out anew for each request."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q

from kithwork.foundation.accounts.models import Account, Role
from kithwork.foundation.standing import Standing
from kithwork.foundation.trail.who import Who

Kind = Literal["client", "staff", "anonymous"]
Access = Literal["allow", "deny", "own"]
_ROLES = Standing(Role, Q(account=""))
ROLES = ("client", "therapist", "supervisor", "lead", "admin", "anonymous")


@dataclass(frozen=True)
class Viewer:
    """Somebody at the door: which account, which client (if any), which roles now."""

    account: str = ""
    name: str = ""
    client: str | None = None
    roles: frozenset[str] = field(default_factory=frozenset)

    @property
    def kind(self) -> Kind:
        if self.client:
            return "client"
        return "staff" if self.account else "anonymous"

    def who(self, role: str = "") -> Who:
        """How the trail names them: a client by client id alone."""
        if self.client:
            return Who(kind="client", id=self.client, role="client")
        return Who(kind="staff", id=self.account, name=self.name, role=role or min(self.roles, default=""))


NOBODY = Viewer()


def viewer_of(account: Account | None, *, now: datetime, client_of: Callable[[str], str | None]) -> Viewer:
    """Work out the viewer. ``client_of`` asks the keys database, which this room lies below."""
    if account is None or not account.is_active:
        return NOBODY
    roles = frozenset(roles_at(account.id, now))
    client = None if roles else client_of(account.id)
    if client:
        roles = frozenset({"client"})
    return Viewer(account=account.id, name=account.name, client=client, roles=roles)


def roles_at(account: str, now: datetime) -> list[str]:
    """The clinic roles that an account holds at a moment."""
    held = [role for role in _ROLES.ask([account]) if role.since <= now]
    return [role.kind for role in held if role.until is None or role.until > now]


def who_may(**access: Access) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Say who may open a page. A role that is not named is denied, and a page without this opens for nobody."""
    unknown = set(access) - set(ROLES)
    if unknown:
        raise ValueError(f"Not roles: {sorted(unknown)}")

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        view.who_may = {role: access.get(role, "deny") for role in ROLES}  # type: ignore[attr-defined]
        return view

    return mark


def everybody(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page that is open signed out: help, about, sign-in."""
    return who_may(client="allow", therapist="allow", supervisor="allow", lead="allow", admin="allow",
                   anonymous="allow")(view)  # fmt: skip


def may_open(access: dict[str, Access], viewer: Viewer) -> bool:
    """Whether any of the viewer's roles may ask for a page; what they see of it is the door's business."""
    roles = viewer.roles or {"anonymous"}
    return any(access[role] != "deny" for role in roles)
