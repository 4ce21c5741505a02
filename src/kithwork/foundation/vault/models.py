"""The keys database: small, apart, and never in the data's backups."""

from django.db import models

from kithwork.foundation.ids import IdField


class ClientKey(models.Model):
    """A client's key, wrapped under the installation key."""

    client = IdField(primary_key=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()
    used_since = models.DateTimeField(
        null=True, blank=True
    )  # when its client was there; such a key is never swept


class AccountLink(models.Model):
    """Which client signs in with which account. It lives here, so that the data alone cannot tell."""

    account = IdField(primary_key=True)
    client = IdField(unique=True)


class Erasure(models.Model):
    """That a client's key is to be destroyed, from when on, and when it was.

    It lies with the keys: the newest keys database knows of every erasure, however old the data beside it are.
    """

    client = IdField(primary_key=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)  # until then it can be taken back; empty: at once
    begun_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)


KEYS_MODELS = frozenset({"clientkey", "accountlink", "erasure"})
