"""Who may ask for which page: what each view says of itself, and a list for the views that others wrote."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from kithwork.foundation.accounts.viewer import ROLES, Access

_ALL: dict[str, Access] = dict.fromkeys(ROLES, "allow")
_SIGNED_IN: dict[str, Access] = {**dict.fromkeys(ROLES, "own"), "anonymous": "deny"}
_STAFF: dict[str, Access] = {**_SIGNED_IN, "client": "deny"}
_NOBODY: dict[str, Access] = dict.fromkeys(ROLES, "deny")

# Views of django-allauth and Django, by name: signing in is for everybody, an account is its owner's.
OTHERS: dict[str, dict[str, Access]] = {
    "account_login": _ALL,
    "account_logout": _ALL,
    "account_signup": _NOBODY,
    "account_inactive": _ALL,
    "account_reset_password": _ALL,
    "account_reset_password_done": _ALL,
    "account_reset_password_from_key": _ALL,
    "account_reset_password_from_key_done": _ALL,
    "account_change_password": _SIGNED_IN,
    "account_reauthenticate": _SIGNED_IN,
    "mfa_authenticate": _ALL,
    "mfa_reauthenticate": _SIGNED_IN,
    "mfa_index": _SIGNED_IN,
    "mfa_activate_totp": _SIGNED_IN,
    "mfa_deactivate_totp": _SIGNED_IN,
    "mfa_generate_recovery_codes": _SIGNED_IN,
    "mfa_view_recovery_codes": _SIGNED_IN,
    "mfa_download_recovery_codes": _SIGNED_IN,
}


def access_of(view: Callable[..., Any], match: Any) -> dict[str, Access]:
    """Who may ask for the page that an address was resolved to."""
    return _access(view, match.url_name if match else "", match.namespace if match else "")


def _access(view: Callable[..., Any], name: str | None, space: str) -> dict[str, Access]:
    """A view's own word, or the list's for others' views; a view without either opens for nobody."""
    own: dict[str, Access] | None = getattr(view, "who_may", None)
    who = own if own is not None else OTHERS.get(name or "", _NOBODY)
    if space == "me":
        # Under /me/ there is only the client's own; /course/<id>/ serves both sides.
        return {role: access if role == "client" else "deny" for role, access in who.items()}
    return who


@dataclass(frozen=True)
class Route:
    """One address pattern, and who may ask for it."""

    name: str
    pattern: str
    methods: tuple[str, ...]
    who: dict[str, Access]


def routes() -> list[Route]:
    """Every address pattern there is."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, space: str) -> Iterator[Route]:
    for entry in patterns:
        here = prefix + str(entry.pattern).lstrip("^").rstrip("$")
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, here, inner)
        else:
            yield _route(entry, here, space)


def _route(entry: URLPattern, here: str, space: str) -> Route:
    who = _access(entry.callback, entry.name, space.rstrip(":"))
    return Route(f"{space}{entry.name}", here, getattr(entry.callback, "methods", ("GET", "POST")), who)
