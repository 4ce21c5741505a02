"""What is kept of a day: one row an entry, any number a day; the words are a passage of their own."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField, id_key
from kithwork.foundation.passages.sharing import Field, Sharing
from kithwork.therapy.course.models import Course, CourseRecord


class Entry(CourseRecord):
    """One entry. ``facts``: who mood and people are for; the words have their own; ``sharing``: who may know of it."""

    facts = CodeField(choices=Sharing.choices)
    on = models.DateField()
    mood = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 very low … 5 very good; null: not said
    on_my_own = models.BooleanField(default=False)
    more = models.JSONField(default=dict, blank=True)  # the fuller items, as answered
    people = models.JSONField(default=list, blank=True)  # ids of persons
    waited = models.BooleanField(default=False)  # written on her phone before there was a network
    shared_at = models.DateTimeField(null=True, blank=True)  # when a part of it was last opened to others
    changed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # "Undo"

    words: ClassVar[dict[str, Field]] = {"words": Field()}

    @property
    def has_facts(self) -> bool:
        """Whether it says anything but words."""
        return bool(self.mood or self.people or self.on_my_own or self.more)

    class Meta(CourseRecord.Meta):
        indexes = (models.Index(fields=["course", "on"]),)


class WorkedOut(models.Model):
    """What was estimated from one diary for one side of the table: the newest, sealed; and whether it is due."""

    id = id_key()
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    readers = CodeField(choices=[("client", "client"), ("both", "both")])  # whose look it was worked out of
    asked = models.PositiveIntegerField(default=0)  # how often its answers changed
    done = models.PositiveIntegerField(default=0)  # up to which change it was worked out
    of = models.BinaryField(default=bytes)  # names the answers and the rules; empty: nothing to estimate
    sealed = models.BinaryField(default=bytes)

    objects: ClassVar[models.Manager["WorkedOut"]] = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["course", "readers"], name="one_worked_out_a_side"),)
        indexes = (
            models.Index(
                fields=["course"], condition=models.Q(asked__gt=models.F("done")), name="worked_out_due"
            ),
        )

    @property
    def is_due(self) -> bool:
        """Whether its answers have changed since."""
        return self.asked > self.done
