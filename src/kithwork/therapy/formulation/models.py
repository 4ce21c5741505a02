"""The formulation: one joint text in sections, immutable versions that are signed, comments, goals and ratings."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField, IdField
from kithwork.foundation.passages.sharing import Field, Owner
from kithwork.ipt.formulation import sections
from kithwork.therapy.course.models import CourseRecord


class Formulation(CourseRecord):
    """The text that the two write together. One to a course; until it is shared, for staff alone."""

    shared_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {section.key: Field(Owner.JOINT) for section in sections}

    class Meta(CourseRecord.Meta):
        constraints = (models.UniqueConstraint(fields=["course"], name="one_formulation_a_course"),)


class Version(CourseRecord):
    """The text as it stood at one moment: which revisions, and a keyed hash over them. Never changed."""

    formulation = models.ForeignKey(Formulation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    passages = models.JSONField()  # field: revision id
    content = models.BinaryField(max_length=32)

    class Meta(CourseRecord.Meta):
        constraints = (
            models.UniqueConstraint(fields=["formulation", "number"], name="one_version_a_number"),
        )


class Seed(CourseRecord):
    """Where words of one part came from: a record, and the field in it. Seen only as long as that record is."""

    formulation = models.ForeignKey(Formulation, on_delete=models.PROTECT, related_name="+")
    section = CodeField()
    record = IdField()
    field = CodeField(blank=True)


class Comment(CourseRecord):
    """What one of the two says about a part of it."""

    formulation = models.ForeignKey(Formulation, on_delete=models.PROTECT, related_name="+")
    section = CodeField(blank=True)
    kind = CodeField()  # ipt.formulation.comment_kinds
    settled_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"comment": Field(Owner.JOINT), "answer": Field(Owner.JOINT)}


class Goal(CourseRecord):
    """One to three, between people, small. One that was put aside stays, with how it ended."""

    place = models.PositiveSmallIntegerField(default=1)
    area = CodeField(blank=True)  # ipt.problem_areas: the focus that it belongs to
    by_session = models.PositiveSmallIntegerField(null=True, blank=True)
    by_day = models.DateField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    ended_as = CodeField(blank=True)  # ipt.goals.endings
    instead_of = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"goal": Field(Owner.JOINT, longest=300)}


class GoalRating(CourseRecord):
    """How near a goal is, 0 to 10, on a day. Only added; null is "rather not say"."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+")
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    session = models.PositiveSmallIntegerField(null=True, blank=True)
    occasion = CodeField(blank=True)  # ipt.goals.occasions; empty: any time
