"""Check-ins and their answers, as numbers, null or refused; a total only for a whole form."""

from typing import Final

from django.db import models

from kithwork.foundation.ids import CodeField, IdField
from kithwork.therapy.course.models import CourseRecord

REFUSED: Final = "refused"


class Schedule(CourseRecord):
    """Which questionnaires come round, and how often. A change is a new row; the newest one holds."""

    instruments = models.JSONField(default=list)
    rhythms = models.JSONField(default=dict)  # questionnaire: how often it comes; not named: each time
    every_days = models.PositiveSmallIntegerField(default=7)  # 0: only when the two say so
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)  # when the client said yes, here or in the room


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
    extras = models.JSONField(default=dict)  # questions that never count, by their ids; absent: not yet asked
    passed = models.JSONField(default=list)  # numbers of the items that were left behind, answered or not
    total = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    answered_on = models.DateField()

    class Meta(CourseRecord.Meta):
        constraints = (
            models.UniqueConstraint(fields=["check_in", "instrument"], name="one_form_a_check_in"),
        )
        indexes = (models.Index(fields=["course", "instrument", "answered_on"]),)


class Correction(CourseRecord):
    """What typed answers were before somebody put them right, and who did. Rows are only added."""

    answers = models.ForeignKey(Answers, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()  # in the order in which these answers were put right
    items = models.JSONField(default=list)
    extras = models.JSONField(default=dict)
    total = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    rule = CodeField(blank=True)
    corrected_by = IdField()  # staff account


class EnteredScore(CourseRecord):
    """A total that was worked out elsewhere: who rated, when, where it comes from, who entered it."""

    instrument = CodeField()
    part = CodeField(blank=True)  # the subscale, where the questionnaire has no total of its own
    rule = CodeField()
    total = models.DecimalField(max_digits=7, decimal_places=3)
    rated_by = CodeField()
    came_from = CodeField()
    rated_on = models.DateField()
    entered_by = IdField()  # staff account
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # the score that this one puts right


class MailedLink(CourseRecord):
    """A link in a message that leads to one check-in: the one that is begun after it was sent."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    expires_at = models.DateTimeField()


class MailedCode(CourseRecord):
    """A code that opens a link's one check-in without signing in: short-lived, used once. Only its hash is kept."""

    link = models.ForeignKey(MailedLink, on_delete=models.PROTECT, related_name="+")
    code_hash = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
