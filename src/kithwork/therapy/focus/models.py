"""The focus, and what each of the four difficulties records."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField
from kithwork.foundation.passages.sharing import Field, Owner
from kithwork.therapy.course.models import CourseRecord
from kithwork.therapy.people.models import Person
from kithwork.therapy.story.models import RoughDate


class Focus(CourseRecord):
    """One of the four, from a day. A second one only with a reason."""

    area = CodeField()  # ipt.problem_areas
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"in_our_words": Field(Owner.JOINT), "reason": Field(Owner.JOINT)}


class DisputeStage(CourseRecord):
    """Where a conflict stands, from a day."""

    focus = models.ForeignKey(Focus, on_delete=models.PROTECT, related_name="+")
    stage = CodeField()
    on = models.DateField()

    words: ClassVar[dict[str, Field]] = {"issue": Field(), "i_hope": Field(), "they_hope": Field(), "tried": Field()}


class Option(CourseRecord):
    """One thing that could be done about it."""

    focus = models.ForeignKey(Focus, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"option": Field(), "for_it": Field(), "against": Field()}


class RoleItem(CourseRecord):
    """Something good or hard about the old life or the new one."""

    focus = models.ForeignKey(Focus, on_delete=models.PROTECT, related_name="+")
    role = CodeField(choices=[("old", "old"), ("new", "new")])
    side_of_it = CodeField(choices=[("good", "good"), ("hard", "hard")])

    words: ClassVar[dict[str, Field]] = {"item": Field()}


class Helper(CourseRecord):
    """Somebody who could help in the new life."""

    focus = models.ForeignKey(Focus, on_delete=models.PROTECT, related_name="+")

    words: ClassVar[dict[str, Field]] = {"who": Field(longest=200), "how": Field()}


class GriefDate(CourseRecord, RoughDate):
    """A day that belongs to the person who died."""

    focus = models.ForeignKey(Focus, on_delete=models.PROTECT, related_name="+")

    words: ClassVar[dict[str, Field]] = {"what": Field(longest=300)}


class Reconnect(CourseRecord):
    """A step back towards people and things."""

    focus = models.ForeignKey(Focus, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"step": Field(), "how_it_went": Field()}


class ContactStep(CourseRecord):
    """A small step towards somebody."""

    focus = models.ForeignKey(Focus, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(default=1)

    words: ClassVar[dict[str, Field]] = {"step": Field()}


class Attempt(CourseRecord):
    """One try at a step, and what happened."""

    step = models.ForeignKey(ContactStep, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    words: ClassVar[dict[str, Field]] = {"what_happened": Field()}
