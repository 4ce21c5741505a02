"""What happened and when, roughly; earlier times; symptoms; what can be put down; the cycle in one's own words."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField, IdField
from kithwork.foundation.passages.sharing import Field
from kithwork.ipt import cycle_steps, first
from kithwork.therapy.course.models import CourseRecord


class RoughDate(models.Model):
    """A date as well as it is known: from the year alone to the day."""

    year = models.PositiveSmallIntegerField(null=True, blank=True)
    part = CodeField(blank=True)  # "spring", or the month's number
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Event(CourseRecord, RoughDate):
    """Something that happened. ``lane`` says what it is about."""

    lane = CodeField()  # ipt.timeline.lanes
    people = models.JSONField(default=list, blank=True)  # ids of persons
    until = models.DateField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"title": Field(longest=200), "effect": Field()}


class Episode(CourseRecord, RoughDate):
    """An earlier time of low mood."""

    removed_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {prompt.key: Field() for prompt in first.earlier_times}


class Symptom(CourseRecord):
    """One experience, and what it does to being with people."""

    kind = CodeField()  # ipt.first.experiences
    present = CodeField(blank=True)  # ipt.first.presence; empty: not asked

    words: ClassVar[dict[str, Field]] = {prompt.key: Field() for prompt in first.experience_prompts}


class FirstPicture(CourseRecord):
    """The first session's picture: how it began, and what else matters. One to a course."""

    # Names of their own: "began_when", "care_alcohol".
    words: ClassVar[dict[str, Field]] = {
        "how_it_is": Field(),
        "with_people": Field(),
        **{f"began_{prompt.key}": Field() for prompt in first.began},
        **{f"care_{prompt.key}": Field() for prompt in first.other_care},
    }


class PutDown(CourseRecord):
    """Something I can put down for now."""

    removed_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {prompt.key: Field(longest=500) for prompt in first.put_down}


class Link(CourseRecord):
    """Two things that belong together; which came first need not be said. Visible only if both ends are."""

    one_kind = CodeField()
    one = IdField()
    other_kind = CodeField()
    other = IdField()
    removed_at = models.DateTimeField(null=True, blank=True)


class CycleStep(CourseRecord):
    """One station of "How it goes round", as it is for this client."""

    station = CodeField()  # ipt.cycle_steps.stations
    answer = CodeField(blank=True)  # ipt.cycle_steps.answers
    could_stop_here = models.BooleanField(default=False)

    words: ClassVar[dict[str, Field]] = {prompt.key: Field() for prompt in cycle_steps.own_prompts}

    class Meta(CourseRecord.Meta):
        constraints = (models.UniqueConstraint(fields=["course", "station"], name="one_step_a_station"),)
