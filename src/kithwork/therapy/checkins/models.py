"""Check-ins and their answers, as numbers, null or refused; a total only for a whole form."""

from typing import Final

from django.db import models

from kithwork.foundation.ids import CodeField, IdField
from kithwork.therapy.course.models import CourseRecord

REFUSED: Final = "refused"


class Schedule(CourseRecord):
    """Which questionnaires come round, and how often."""

    instruments = models.JSONField(default=list)
    every_days = models.PositiveSmallIntegerField(default=7)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)


class CheckIn(CourseRecord):
    """One time of answering. Its other answers stay the client's own until it is sent."""

    due_on = models.DateField(null=True, blank=True)
    for_session = models.PositiveSmallIntegerField(null=True, blank=True)
    state = CodeField(
        choices=[("open", "open"), ("sent", "sent"), ("withdrawn", "withdrawn")], default="open"
    )
    opened_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    reviewer = IdField()  # the named person who is told
    entered_by = IdField(blank=True)  # staff account, when entered for the client
    entered_from = CodeField(blank=True)  # "paper" or "aloud"


class Answers(CourseRecord):
    """One questionnaire's answers in one check-in, with the wording and the rule they belong to."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="+")
    instrument = CodeField()
    version = CodeField()  # of the wording
    rule = CodeField(blank=True)  # of the scoring
    items = models.JSONField(default=list)  # option numbers, null: left out, "refused": rather not say
    passed = models.JSONField(default=list)  # numbers of the items that were left behind, answered or not
    total = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    answered_on = models.DateField()

    class Meta(CourseRecord.Meta):
        constraints = (
            models.UniqueConstraint(fields=["check_in", "instrument"], name="one_form_a_check_in"),
        )
        indexes = (models.Index(fields=["course", "instrument", "answered_on"]),)
