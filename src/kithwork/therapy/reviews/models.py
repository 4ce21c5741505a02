"""What was decided at a review, what was gone through, and the numbers that lay on the table. Staff only."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import IdField
from kithwork.foundation.passages.sharing import Field, Owner
from kithwork.therapy.course.models import CourseRecord


class Review(CourseRecord):
    """One looking back. It changes nothing by itself: a new number is a contract, another focus a focus."""

    point = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # the review point it answers; none: in between
    session = models.PositiveSmallIntegerField()  # that the course had come to
    looked_at = models.JSONField(default=list)  # keys of ipt.review.looks
    decisions = models.JSONField(default=list)  # keys of ipt.review.decisions
    scores = models.JSONField(default=list)  # as they stood: instrument, first, last, points
    reviewer = IdField()  # staff account

    words: ClassVar[dict[str, Field]] = {"reason": Field(Owner.STAFF)}
