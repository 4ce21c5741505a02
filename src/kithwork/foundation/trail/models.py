"""The trail's rows: events, the head of each chain, and checkpoints over all heads."""

from django.db import models

from kithwork.foundation.ids import CodeField, IdField

INSTALLATION = "installation"  # the chain of events that belong to no course


class Chain(models.Model):
    """The head of one chain. Locking it is what puts a course's events, and its acts, in one order."""

    id = IdField(primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=bytes(32))
    # The mac of the newest event that was more than a look: while it stands, nothing in this course has changed.
    acted = models.BinaryField(max_length=32, default=bytes(32))


class Event(models.Model):
    """One thing that was done or seen: who, in which role, what, where, when; never content."""

    chain = IdField()
    place = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    who_kind = CodeField(choices=[("client", "client"), ("staff", "staff"), ("system", "system")])
    who = IdField(blank=True)
    who_name = models.CharField(max_length=200, blank=True)  # staff only, as it was then
    role = CodeField(blank=True)
    act = CodeField()
    page = CodeField(blank=True)
    count = models.PositiveIntegerField(default=1)
    reason = CodeField(blank=True)
    mac = models.BinaryField(max_length=32)

    class Meta:
        # The only index: a list adds an event to each of sixty chains, and each index is a page more to write for each.
        constraints = (models.UniqueConstraint(fields=["chain", "place"], name="one_event_a_place"),)


class Checkpoint(models.Model):
    """A root over all heads at one moment, chained to the last; kept elsewhere it shows a cut tail."""

    at = models.DateTimeField()
    lengths = models.JSONField()  # chain: how many events it had
    previous = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)
