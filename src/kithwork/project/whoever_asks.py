"""Finding a session and its account, as every page does: Django's own, in SQL that is put together once."""

import time
from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import Q

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.standing import Standing

_ACCOUNTS = Standing(Account, Q(pk=""))


class SessionStore(db.SessionStore):
    """Sessions in the database."""

    # Sessions keep real time, as the whole framework does.
    def _get_session_from_db(self) -> Session | None:
        found = next(iter(_sessions().ask([self.session_key])), None)
        if found is not None and found.expire_date.timestamp() > time.time():
            return found
        self._session_key = None
        return None


@cache
def _sessions() -> Standing[Session]:
    return Standing(Session, Q(session_key=""))


class Accounts(AuthenticationBackend):  # type: ignore[misc]  # untyped base
    """Signing in by e-mail address and password."""

    def get_user(self, user_id: Any) -> Account | None:
        found = next(iter(_ACCOUNTS.ask([user_id])), None)
        return found if found is not None and self.user_can_authenticate(found) else None
