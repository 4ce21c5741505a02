"""People, where they were placed and when, and lines to them."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField
from kithwork.foundation.passages.sharing import Field, Owner
from kithwork.ipt.inventory import card_fields
from kithwork.therapy.course.models import CourseRecord


class Person(CourseRecord):
    """Somebody in a client's life, or a group that belongs together. ``sharing``: who may know of them at all."""

    is_group = models.BooleanField(default=False)
    group_size = models.PositiveSmallIntegerField(null=True, blank=True)
    relation = CodeField(blank=True)  # ipt.inventory.relations
    state = CodeField(default="present")  # ipt.inventory.State
    since_year = models.PositiveSmallIntegerField(null=True, blank=True)  # "died 2023"
    line = CodeField(blank=True)  # ipt.inventory.line_kinds, to "me"
    looking_back = CodeField(blank=True)  # ipt.inventory.looking_back: what the client chose
    hidden_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {
        "label": Field(longest=80),
        **{card.key: Field() for card in card_fields},
        "safety_concern": Field(Owner.STAFF),
    }


class Placement(CourseRecord):
    """Where somebody was placed on a day. Only added; the newest one of a view rules."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    view = CodeField(choices=[("now", "now"), ("wished", "wished")])
    ring = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 innermost … 4; null: left off
    angle = models.PositiveSmallIntegerField(null=True, blank=True)  # degrees; null: anywhere
    on = models.DateField()

    class Meta(CourseRecord.Meta):
        indexes = (models.Index(fields=["course", "view", "created_at"]),)


class Line(CourseRecord):
    """A line between two people, neither of them the client; visible only if both ends are."""

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = CodeField()
    removed_at = models.DateTimeField(null=True, blank=True)


class Snapshot(CourseRecord):
    """A named moment to compare with: the circles as they stood at a session."""

    at = models.DateTimeField()
    session = models.PositiveSmallIntegerField(null=True, blank=True)
