"""Sessions, their agenda, the week's links, techniques, and things to try. Note and summary are passages."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField, IdField
from kithwork.foundation.passages.sharing import Field, Owner
from kithwork.ipt.course_life import session_kinds, takes_a_number
from kithwork.therapy.course.models import CourseRecord


class TherapySession(CourseRecord):
    """One session. Only a held one keeps its number for good; until then it has the number it would take."""

    n = models.PositiveSmallIntegerField()
    kind = CodeField(default="planned")  # ipt.course_life.session_kinds
    planned_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=50)
    how = CodeField(blank=True)  # ipt.course_life.ways_of_meeting
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    attendance = CodeField(blank=True)  # ipt.course_life.attendance
    typed_in_at = models.DateTimeField(null=True, blank=True)  # where it was held on paper and entered later
    typed_in_by = IdField(blank=True)  # the staff account

    words: ClassVar[dict[str, Field]] = {
        "note": Field(Owner.STAFF),
        "summary": Field(Owner.SUMMARY),
        "rather_not": Field(Owner.JOINT),  # "Anything you'd rather not have written down?"
    }

    class Meta(CourseRecord.Meta):
        indexes = (models.Index(fields=["course", "n"]),)

    @property
    def at(self) -> datetime:
        """When it is or was: as planned, else when its room was opened."""
        return self.planned_at or self.opened_at or self.created_at

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_open(self) -> bool:
        """Whether the two are in it now."""
        return self.opened_at is not None and not self.is_closed

    @property
    def is_numbered(self) -> bool:
        """Whether it uses up one of the agreed number, or will when it is held."""
        if self.is_closed:
            return takes_a_number(self.kind, self.attendance)
        return session_kinds.get(self.kind).numbered

    @property
    def has_others(self) -> bool:
        """Whether somebody else sits in: then only what was picked beforehand is shown."""
        return session_kinds.get(self.kind).others

    @property
    def address(self) -> str:
        """Its part of the page's address: the number, or its id where it takes none."""
        return str(self.n) if self.is_numbered else self.id


class SessionCorrection(CourseRecord):
    """What was recorded of a session before somebody put it right, and who did. Rows are only added."""

    meeting = models.ForeignKey(TherapySession, on_delete=models.PROTECT, related_name="+")
    kind = CodeField()
    attendance = CodeField()
    corrected_by = IdField()  # staff account


class AgendaItem(CourseRecord):
    """Something to talk about, from either. What is left over comes round at the next session."""

    session = models.PositiveSmallIntegerField()
    # In which session it was talked about; empty until then. A number alone is shared with those that take none.
    meeting = models.ForeignKey(
        TherapySession, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    place = models.PositiveSmallIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"item": Field(longest=500)}


class WeekLink(CourseRecord):
    """The week in one line: a score, an event or a day, a person; together, without saying which led to which."""

    meeting = models.ForeignKey(TherapySession, on_delete=models.PROTECT, related_name="+")
    which = CodeField(blank=True)  # ipt.course_life.week_days; empty: neither the worst nor the best
    answers = IdField(blank=True)  # checkins.Answers
    event = IdField(blank=True)  # story.Event or diary.Entry
    person = IdField(blank=True)

    words: ClassVar[dict[str, Field]] = {"link": Field(Owner.JOINT, longest=1000)}


class TechniqueUsed(CourseRecord):
    """What was done in the session."""

    meeting = models.ForeignKey(TherapySession, on_delete=models.PROTECT, related_name="+")
    technique = CodeField()  # ipt.course_life.techniques
    removed_at = models.DateTimeField(null=True, blank=True)


class Rating(CourseRecord):
    """One of the twelve things of ``ipt.fidelity``, as its therapist rated it. Staff only; null: taken back."""

    meeting = models.ForeignKey(TherapySession, on_delete=models.PROTECT, related_name="+")
    item = CodeField()
    value = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(CourseRecord.Meta):
        constraints = (models.UniqueConstraint(fields=["meeting", "item"], name="one_rating_an_item"),)


class Picked(CourseRecord):
    """One piece that the two let somebody else see in this session. What was not picked is not shown."""

    meeting = models.ForeignKey(TherapySession, on_delete=models.PROTECT, related_name="+")
    kind = CodeField()  # sessions.showing
    piece = IdField()
    removed_at = models.DateTimeField(null=True, blank=True)


class TryOut(CourseRecord):
    """Something to try before next time. Never overdue."""

    session = models.PositiveSmallIntegerField()
    # In which session it was chosen; empty where that was in none.
    meeting = models.ForeignKey(
        TherapySession, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    person = IdField(blank=True)
    on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {
        "what": Field(longest=500),
        "how_it_went": Field(),
        "effect": Field(
            longest=40
        ),  # a key of ipt.course_life.try_effects: as much hers to keep as the words
    }
