"""What people of the clinic are called."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.standing import asked_of_ids


def account_names(accounts: Iterable[str]) -> dict[str, str]:
    """The names of these accounts, by id. An id of nobody is left out."""
    return {row[0]: row[1] for row in _names(sorted(set(accounts)))}


@asked_of_ids
def _names(accounts: list[str]) -> QuerySet[Any, Any]:
    return Account.objects.filter(pk__in=accounts).values_list("pk", "name")
