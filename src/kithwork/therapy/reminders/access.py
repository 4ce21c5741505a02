"""Whether anything may be sent to a client at all."""

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.vault.links import account_of
from kithwork.refusal import Refusal
from kithwork.therapy.safety.queries import may_mail


def check_is_hers(by: Audience) -> None:
    """Reminders are the client's alone: nobody at the clinic sets, sees or stops them."""
    if not by.is_client:
        raise Refusal("Only the client chooses this.", code="not-yours")


def account_that_may_be_mailed(client: str) -> Account | None:
    """Where mail to this client goes, or None where none may go.

    The one place that is asked before any reminder leaves, the test included: a client without an account, or
    whose account has ended, gets none, and neither must one who said that mail to her is not safe.
    """
    account = account_of(client) if may_mail(client) else None
    return Account.objects.filter(pk=account, is_active=True).first() if account else None
