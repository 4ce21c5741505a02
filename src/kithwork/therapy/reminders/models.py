"""When a client wants to be reminded. Nobody at the clinic sees this row: it is hers alone."""

from datetime import time

from django.db import models

from kithwork.foundation.ids import CodeField
from kithwork.therapy.course.models import Client


def every_day() -> list[int]:
    """Monday is 0."""
    return list(range(7))


class Reminder(models.Model):
    """One row a client, once she has been on the page. Hours are those of her own clock."""

    client = models.OneToOneField(Client, on_delete=models.PROTECT, primary_key=True, related_name="+")
    on = models.BooleanField(default=False)
    channel = CodeField(default="mail")
    weekdays = models.JSONField(default=every_day)
    at = models.TimeField(default=time(19))
    quiet_from = models.TimeField(default=time(21))
    quiet_until = models.TimeField(default=time(8))
    diary = models.BooleanField(default=True)
    check_in = models.BooleanField(default=True)
    next_at = models.DateTimeField(
        null=True, blank=True, db_index=True
    )  # when to look again; empty while off
