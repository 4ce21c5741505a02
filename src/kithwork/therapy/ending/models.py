"""Looking back, warning signs, the plan for afterwards, and the keepsake's contents."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField, IdField
from kithwork.foundation.passages.sharing import Field, Owner
from kithwork.ipt.ending import plan_fields
from kithwork.therapy.course.models import CourseRecord


class EndingReview(CourseRecord):
    """What changed and who did it; how it feels to stop. One to a course."""

    words: ClassVar[dict[str, Field]] = {
        "changed": Field(),
        "helped": Field(),
        "who_did_it": Field(),
        "feelings": Field(),
        "stressors": Field(),
        "from_therapist": Field(Owner.SUMMARY),
    }


class WarningSign(CourseRecord):
    """An early sign that it is coming round again."""

    place = models.PositiveSmallIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    kind = CodeField(blank=True)  # ipt.ending.warning_sign_kinds

    words: ClassVar[dict[str, Field]] = {"sign": Field(longest=500)}


class StayWellPlan(CourseRecord):
    """What is likely to be hard, who to tell, what works, how to come back. One to a course."""

    words: ClassVar[dict[str, Field]] = {prompt.key: Field() for prompt in plan_fields}


class Keepsake(CourseRecord):
    """Which pieces somebody takes along: every open one but those left out, and of the kept ones those added."""

    left_out = models.JSONField(default=list)
    added = models.JSONField(default=list)


class StopWish(CourseRecord):
    """The client has said that she would like to stop. She need not say why, and can take it back."""

    reason = CodeField(blank=True)  # ipt.ending.reasons_for_ending
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    talked_at = models.DateTimeField(null=True, blank=True)  # when the therapist said that the two had talked
    talked_by = IdField(blank=True)  # that staff account

    words: ClassVar[dict[str, Field]] = {"words": Field(longest=5_000)}


class CourseEnding(CourseRecord):
    """How a course ended, why, and what comes next, as the therapist recorded it. One to a course."""

    how = CodeField()  # ipt.ending.ways_of_ending
    reason = CodeField(blank=True)  # ipt.ending.reasons_for_ending
    what_comes = CodeField(blank=True)  # ipt.ending.what_next

    words: ClassVar[dict[str, Field]] = {"why": Field(Owner.SUMMARY, longest=5_000)}
