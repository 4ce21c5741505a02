"""How django-allauth behaves here: accounts come by invitation, and mail leaves through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from kithwork.foundation import clock
from kithwork.foundation.outbox.actions import post


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # untyped base
    """No open sign-up; neutral mail; home depends on who has signed in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only the password letter leaves. Anything else would tell an inbox about an account."""
        if template_prefix.endswith("password_reset_key"):
            post("reset", to=email, link=context["password_reset_url"], now=clock.now())


def display(account: Any) -> str:
    """How an account is named on screen."""
    return account.name or "your account"
