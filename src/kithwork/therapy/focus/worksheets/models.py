"""One filled-in sheet. What is asked on it is data of ``ipt.worksheets``; here is only what it belongs to."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField, IdField
from kithwork.foundation.passages.sharing import Field, Owner
from kithwork.ipt.worksheets import Filler, Kind, words_of_all
from kithwork.therapy.course.models import CourseRecord
from kithwork.therapy.focus.models import Focus
from kithwork.therapy.people.models import Person

LONGEST_ROWS = 60_000  # a long talk, replayed with all that was meant and felt


class Worksheet(CourseRecord):
    """A sheet of one kind. ``on`` and ``person`` answer its own questions, where the kind asks them."""

    kind = CodeField()  # ipt.worksheets
    on = models.DateField(null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    focus = models.ForeignKey(Focus, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    session = models.PositiveSmallIntegerField(null=True, blank=True)  # its number
    entry = IdField(blank=True)  # the diary entry that it began with; the diary is a room above
    reading = CodeField(blank=True)  # ipt.readings, for what fits and what doesn't
    from_paper = models.BooleanField(default=False)  # filled in on paper, and typed in later
    put_away_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {
        key: Field(
            Owner.STAFF if field.by is Filler.THERAPIST else Owner.CLIENT,
            LONGEST_ROWS if field.kind is Kind.ROWS else 10_000,
        )
        for key, field in words_of_all().items()
    }
