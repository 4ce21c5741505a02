"""Messages that wait to leave."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.ids import CodeField


class GivenUp(models.TextChoices):
    """Why a message will not be sent any more."""

    REFUSED = "refused", _("The address takes no message")
    LATE = "late", _("Its time had passed")
    TRIED = "tried", _("Tried too often")


class Outbox(models.Model):
    """One message. Address and link are sealed under the installation key; the wording is fixed and neutral."""

    template = CodeField()
    channel = CodeField(default="mail")
    # A name that only one message may ever have: whoever asks for it again gets that one. Most have none.
    once = CodeField(max_length=64, blank=True)
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    drop_at = models.DateTimeField(null=True, blank=True)  # after this it would come at a wrong time
    given_up_at = models.DateTimeField(null=True, blank=True)
    given_up = CodeField(choices=GivenUp.choices, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["once"], condition=~models.Q(once=""), name="one_message_a_name"),
        )
