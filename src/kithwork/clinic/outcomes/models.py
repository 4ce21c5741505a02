"""What is worked out of the clinic's finished courses: numbers alone, of a hundred courses at the least."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.accounts.models import Clinic
from kithwork.foundation.ids import id_key


class UsualCurves(models.Model):
    """One edition of the clinic's usual curves. A later one leaves it as it is."""

    id = id_key()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    curves = models.JSONField()  # a group: lowest, highest, courses, and its points; no scores of anybody

    objects: ClassVar[models.Manager["UsualCurves"]] = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["clinic", "version"], name="one_edition_of_curves"),)
