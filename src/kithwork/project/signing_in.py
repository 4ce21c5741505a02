"""How django-allauth behaves here: accounts come by invitation, mail leaves through the outbox, secrets are sealed."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kithwork.foundation import clock
from kithwork.foundation.ids import new_id
from kithwork.foundation.outbox.actions import post
from kithwork.foundation.secrets import open_with, purpose_key, seal_with
from kithwork.foundation.vault.links import client_of
from kithwork.therapy.safety.queries import may_mail

_PURPOSE = "second-factor"
NOT_THESE = lazy("The e-mail address and the password do not go together.")
TOO_OFTEN = lazy("That was too often in a short time. Wait five minutes, then try again.")


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # untyped base
    """No open sign-up; neutral mail; the same answer whether or not there is such an account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NOT_THESE,
        "account_inactive": NOT_THESE,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "incorrect_password": lazy("That is not your password."),
        "enter_current_password": lazy("That is not your password now."),
        "password_mismatch": lazy("The two are not the same."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Who this is, if they may sign in. An account that has ended is answered like one that never was."""
        account = super().authenticate(request, **credentials)
        return account if account and account.is_active else None

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The letter's link leads to the installation's own address, whatever host the request named."""
        id_length = len(new_id())
        parts = {"uidb36": key[:id_length], "key": key[id_length + 1 :]}
        return f"{settings.ADDRESS}{reverse('account_reset_password_from_key', kwargs=parts)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only the password letter leaves. Anything else would tell an inbox about an account."""
        if template_prefix.endswith("password_reset_key") and _may_be_written_to(context["user"]):
            post("reset", to=email, link=context["password_reset_url"], now=clock.now())


def _may_be_written_to(account: Any) -> bool:
    """A client who wants no mail gets none: whoever reads her inbox could else take her account."""
    client = client_of(account.id)
    return client is None or may_mail(client)


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # untyped base
    """What a second factor rests on is sealed under the installation key: a copy of the data alone opens nothing."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": lazy("That is not the code. Codes change every half minute: try the next one."),
    }

    def encrypt(self, text: str) -> str:
        sealed = seal_with(purpose_key(_PURPOSE), text.encode(), bound_to=_PURPOSE.encode())
        return base64.urlsafe_b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.urlsafe_b64decode(encrypted_text)
        return open_with(purpose_key(_PURPOSE), sealed, bound_to=_PURPOSE.encode()).decode()


def display(account: Any) -> str:
    """How an account is named on screen."""
    return account.name or _("your account")
