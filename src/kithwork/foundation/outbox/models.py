"""Messages that wait to leave."""

from django.db import models

from kithwork.foundation.ids import CodeField


class Outbox(models.Model):
    """One message. Address and link are sealed under the installation key; the wording is fixed and neutral."""

    template = CodeField()
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
