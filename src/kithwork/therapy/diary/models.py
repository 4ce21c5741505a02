"""What is kept of a day: one row an entry, any number a day; the words are a passage of their own."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField
from kithwork.foundation.passages.sharing import Field, Sharing
from kithwork.therapy.course.models import CourseRecord


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
