"""Flags, reviews, the client's own plan, staff's concerns, and who to call."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField, IdField, id_key
from kithwork.foundation.passages.sharing import Field, Owner
from kithwork.ipt.safety import plan_headings, review_fields
from kithwork.therapy.course.models import CourseRecord


class Flag(CourseRecord):
    """Something a named person must look at by a time. It closes only with a reviewer, a time and a decision."""

    kind = CodeField()  # ipt.safety.flag_kinds
    raised_by = IdField(blank=True)  # the check-in, or empty when it was asked aloud
    answer = models.PositiveSmallIntegerField(null=True, blank=True)  # item 9 as answered; the highest so far
    owner = IdField()  # staff account
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reviewed_by = IdField(blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta(CourseRecord.Meta):
        indexes = (models.Index(fields=["owner", "reviewed_at"]),)


class SafetyReview(CourseRecord):
    """What was asked and what was decided, after a flag or aloud in the room. Staff only."""

    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    reviewer = IdField()
    reviewer_name = models.CharField(max_length=200)  # staff, as it was then
    decisions = models.JSONField(default=list)  # keys of ipt.safety
    session = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    words: ClassVar[dict[str, Field]] = {field.key: Field(Owner.STAFF) for field in review_fields}


class SafetyPlan(CourseRecord):
    """The client's own plan; its names and numbers are its own copies, so editing a card never changes it."""

    words: ClassVar[dict[str, Field]] = {heading.key: Field() for heading in plan_headings}


class Concern(CourseRecord):
    """A worry that staff keep to themselves; never on a page that both see."""

    closed_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"concern": Field(Owner.STAFF)}


class HelpLine(models.Model):
    """A number to call: from a dated table with its source, never another country's line."""

    id = id_key()
    country = CodeField(max_length=2, db_index=True)
    name = models.CharField(max_length=120)  # public reference data
    number = models.CharField(max_length=60)
    hours = models.CharField(max_length=120)
    for_whom = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200)
    checked_on = models.DateField()
    place = models.PositiveSmallIntegerField(default=0)
