"""What a form's key has already done."""

from django.db import models

from kithwork.foundation.ids import CodeField, IdField


class Effect(models.Model):
    """One used key: a keyed hash of the body (never the body) and the answer that was given."""

    account = IdField()
    key = CodeField(max_length=64)
    body = models.BinaryField(max_length=32)
    answer = models.CharField(max_length=300, blank=True)  # an address of ours: page and ids
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "key"], name="one_effect_a_key"),)
