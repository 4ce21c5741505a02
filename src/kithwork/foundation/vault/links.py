"""Which client an account belongs to: kept beside the keys, never in the data."""

from django.db.models import Q

from kithwork.foundation.standing import Standing
from kithwork.foundation.vault.models import AccountLink
from kithwork.refusal import Refusal

_BY_ACCOUNT = Standing(AccountLink, Q(pk=""))
_BY_CLIENT = Standing(AccountLink, Q(client=""))


def client_of(account: str) -> str | None:
    """The client who signs in with this account."""
    return next((row.client for row in _BY_ACCOUNT.ask([account])), None)


def account_of(client: str) -> str | None:
    """The account with which this client signs in; a course runs just as well without one."""
    return next((row.account for row in _BY_CLIENT.ask([client])), None)


def link(account: str, client: str) -> None:
    """Let this account be this client's. Once linked, neither end moves."""
    row, _ = AccountLink.objects.get_or_create(pk=account, defaults={"client": client})
    if row.client != client:
        raise Refusal("This account already belongs to somebody else.", code="account-linked")
