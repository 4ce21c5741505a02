"""Flags, reviews, the client's own plan and staff's concerns. Numbers to call stand in a file of their own."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField, IdField
from kithwork.foundation.passages.sharing import Field, Owner
from kithwork.ipt.safety import plan_headings, review_fields, safe_contact
from kithwork.therapy.course.models import CourseRecord


class Flag(CourseRecord):
    """Something a named person must look at by a time. It closes only with a reviewer, a time and a decision.

    One that a client's own answer raised is shared, since she is told of it; one that staff raise is theirs.
    """

    kind = CodeField()  # ipt.safety.flag_kinds
    raised_by = IdField(blank=True, db_index=True)  # the check-in, or empty when it was asked aloud
    asked = CodeField(blank=True)  # the question that was answered: "phq9_9"
    answer = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # as answered; the highest since it was last reviewed
    answer_before = models.PositiveSmallIntegerField(null=True, blank=True)  # in the check-in sent before
    owner = IdField()  # staff account
    raised_at = models.DateTimeField()  # or opened again
    due_at = models.DateTimeField()
    reviewed_by = IdField(blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    went_on_from = IdField(blank=True)  # whose it was before it went on to a deputy
    went_on_at = models.DateTimeField(null=True, blank=True)
    lead_told_at = models.DateTimeField(null=True, blank=True)  # that something waits, never what

    words: ClassVar[dict[str, Field]] = {"what": Field(Owner.STAFF)}  # of one that staff raise

    class Meta(CourseRecord.Meta):
        indexes = (models.Index(fields=["owner", "reviewed_at"]),)

    @property
    def shown_as(self) -> str:
        """What a reviewer had before them. A review of an older state must not close a newer one."""
        return f"{self.answer}-{self.raised_at.timestamp():.6f}"


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
    """The client's own plan; its names and numbers are its own copies, so editing a card never changes it.

    The record itself is always shared and tells nothing: a course has one, whether or not anything is in it.
    Who sees what is said per heading.
    """

    words: ClassVar[dict[str, Field]] = {heading.key: Field() for heading in plan_headings}


class SafeContact(CourseRecord):
    """How and when it is safe to reach the client: her own, kept or shared answer by answer.

    The record itself tells nothing. ``no_mail`` is a wish that Kithwork keeps for her, and shows to nobody else.
    """

    no_mail = models.BooleanField(default=False)

    words: ClassVar[dict[str, Field]] = {prompt.key: Field() for prompt in safe_contact}


class Concern(CourseRecord):
    """A worry that staff keep to themselves; never on a page that both see."""

    closed_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"concern": Field(Owner.STAFF)}
