"""A day's entry with the columns of Kithwork's, its words in clear in the same row; and one answer."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models


def new_id() -> str:
    """An id as long as Kithwork's."""
    return secrets.token_urlsafe(16)


class Entry(models.Model):
    """One entry."""

    id = models.CharField(max_length=32, primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    course = models.CharField(max_length=32, db_index=True, default=new_id)
    sharing = models.CharField(max_length=48, default="just-me")
    facts = models.CharField(max_length=48, default="just-me")
    words_sharing = models.CharField(max_length=48, default="just-me")
    side = models.CharField(max_length=48, default="client")
    together_in = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    on = models.DateField()
    mood = models.PositiveSmallIntegerField(null=True, blank=True)
    on_my_own = models.BooleanField(default=False)
    more = models.JSONField(default=dict, blank=True)
    people = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)

    client_id: int
    objects: ClassVar[models.Manager["Entry"]] = models.Manager()

    class Meta:
        indexes = (models.Index(fields=["course", "on"]),)


class Answer(models.Model):
    """One answered item."""

    client = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    item = models.PositiveSmallIntegerField()
    answer = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    client_id: int
