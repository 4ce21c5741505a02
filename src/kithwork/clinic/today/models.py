"""How one member of staff has arranged their own desk: what waits until tomorrow, and which views they keep.

Nothing here is part of a client's record, and there are no words in it.
"""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField, IdField, id_key
from kithwork.therapy.course.models import Course


class SetAside(models.Model):
    """One thing on Today's list that somebody put off until a day. What is about safety is never put off."""

    id = id_key()
    account = IdField()
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    kind = CodeField()  # of the look
    until = models.DateField()  # it stands on the list again from this day on

    objects: ClassVar[models.Manager["SetAside"]] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "course", "kind"], name="one_putting_off_a_look"),
        )


class KeptView(models.Model):
    """A way of looking at the caseload that somebody keeps: which part of it, which focus, in which order."""

    id = id_key()
    account = IdField()
    show = CodeField()
    focus = CodeField()
    sort = CodeField()
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager["KeptView"]] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "show", "focus", "sort"], name="one_view_kept_once"),
        )
