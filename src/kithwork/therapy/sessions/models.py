"""Sessions, their agenda, the week's links, techniques, and things to try. Note and summary are passages."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField, IdField
from kithwork.foundation.passages.sharing import Field, Owner
from kithwork.therapy.course.models import CourseRecord


class TherapySession(CourseRecord):
    """One session. Only a held one takes a number for good."""

    n = models.PositiveSmallIntegerField()
    kind = CodeField(default="planned")  # ipt.course_life.session_kinds
    planned_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=50)
    how = CodeField(blank=True)  # "in_person", "video", "phone"
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    attendance = CodeField(blank=True)  # ipt.course_life.attendances

    words: ClassVar[dict[str, Field]] = {
        "note": Field(Owner.STAFF),
        "summary": Field(Owner.SUMMARY),
        "rather_not": Field(Owner.JOINT),  # "Anything you'd rather not have written down?"
    }

    class Meta(CourseRecord.Meta):
        indexes = (models.Index(fields=["course", "n"]),)


class AgendaItem(CourseRecord):
    """Something to talk about, from either."""

    session = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"item": Field(longest=500)}


class WeekLink(CourseRecord):
    """The week in one line: a score, an event or a day, a person; together, without saying which led to which."""

    session = models.PositiveSmallIntegerField()
    answers = IdField(blank=True)  # checkins.Answers
    event = IdField(blank=True)  # story.Event or diary.Entry
    person = IdField(blank=True)

    words: ClassVar[dict[str, Field]] = {"link": Field(Owner.JOINT, longest=1000)}


class TechniqueUsed(CourseRecord):
    """What was done in the session."""

    session = models.PositiveSmallIntegerField()
    technique = CodeField()  # ipt.course_life.techniques


class TryOut(CourseRecord):
    """Something to try before next time. Never overdue."""

    session = models.PositiveSmallIntegerField()
    person = IdField(blank=True)
    on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"what": Field(longest=500), "how_it_went": Field()}
