"""The clinic that this installation serves: its settings are asked once a page."""

from django.db.models import Q

from kithwork.foundation.accounts.models import Clinic
from kithwork.foundation.once import once_a_page
from kithwork.foundation.standing import Standing

_CLINICS = Standing(Clinic, Q())


def the_clinic() -> Clinic:
    """The one that there is."""
    (clinic,) = clinics().values()
    return clinic


def clinic_if_any() -> Clinic | None:
    """The same, where an installation may not have been made yet."""
    return next(iter(clinics().values()), None)


@once_a_page
def clinics() -> dict[str, Clinic]:
    """All that there are, by their id."""
    return {clinic.id: clinic for clinic in sorted(_CLINICS.ask([]), key=lambda clinic: clinic.id)}
