"""When somebody of the clinic is away, and who stands in. The dates alone give nobody a right."""

from datetime import datetime

from kithwork.foundation.accounts.models import Absence, Account, Role
from kithwork.refusal import Refusal


def away_at(now: datetime) -> set[str]:
    """The accounts of those who are away at a moment."""
    return set(Absence.objects.filter(since__lte=now, until__gt=now).values_list("account", flat=True))


def absences_of(account: str, *, now: datetime) -> list[Absence]:
    """The absences of one account that are going on or still to come, the soonest first."""
    rows = Absence.objects.filter(account=account, until__gt=now).select_related("stands_in")
    return list(rows.order_by("since", "pk"))


def every_absence(*, now: datetime) -> list[Absence]:
    """All absences that are going on or still to come, the soonest first."""
    rows = Absence.objects.filter(until__gt=now).select_related("account", "stands_in")
    return list(rows.order_by("since", "pk"))


def asked_to_stand_in(account: str, *, now: datetime) -> list[Absence]:
    """For whom this account has been asked to stand in, now or later."""
    rows = Absence.objects.filter(stands_in=account, until__gt=now).select_related("account")
    return list(rows.order_by("since", "pk"))


def therapists(*, now: datetime) -> list[Account]:
    """The therapists of the clinic, by name."""
    return who_could_stand_in("", now=now)


def who_could_stand_in(account: str, *, now: datetime) -> list[Account]:
    """The therapists of the clinic but the one who goes away, by name."""
    therapists = Role.objects.filter(kind="therapist", since__lte=now).exclude(until__lte=now)
    rows = Account.objects.filter(pk__in=therapists.values("account"), is_active=True).exclude(pk=account)
    return list(rows.order_by("name", "pk"))


def note_absence(*, account: str, stands_in: Account, since: datetime, until: datetime) -> Absence:
    """Keep the dates of one absence, inside the caller's transaction."""
    if until <= since:
        raise Refusal(
            "The last day comes before the first.", next_step="Look at the two days again.", code="days"
        )
    if Absence.objects.filter(account=account, since__lt=until, until__gt=since).exists():
        raise Refusal(
            "An absence in these days is entered already.",
            next_step="End that one first, if it has changed.",
            code="away-already",
        )
    return Absence.objects.create(account_id=account, stands_in=stands_in, since=since, until=until)


def find_absence(absence: str, *, now: datetime) -> Absence | None:
    """One absence that is not over."""
    rows = Absence.objects.filter(pk=absence, until__gt=now).select_related("account", "stands_in")
    return rows.first()
