"""The people every test knows. Maya is Joan's client, Carl is Mira's; Sade supervises Joan."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.test import Client as Browser

from kithwork.foundation.accounts.actions import give_role
from kithwork.foundation.accounts.models import Account, Clinic
from kithwork.foundation.accounts.viewer import Viewer
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.trail.who import Who
from kithwork.foundation.vault.links import link
from kithwork.ipt.protocols import get as get_protocol
from kithwork.therapy.course.access import open_by_client_act, open_course
from kithwork.therapy.course.actions import open_new_course
from kithwork.therapy.course.models import Course

NOW = datetime(2025, 3, 18, 13, 30, tzinfo=UTC)
PASSWORD = "a-tin-of-green-buttons"


@dataclass
class Cast:
    """Everybody, with their courses."""

    clinic: Clinic
    joan: Account
    mira: Account
    sade: Account
    ravi: Account
    ada: Account
    noor: Account
    maya: Account
    carl: Account
    mayas: Course
    carls: Course

    def viewer(self, account: Account) -> Viewer:
        """How the door sees somebody."""
        from kithwork.foundation.accounts.viewer import viewer_of
        from kithwork.foundation.vault.links import client_of

        return viewer_of(account, now=NOW, client_of=client_of)

    def audience(self, account: Account, course: Course, *, now: datetime = NOW) -> Audience:
        """What somebody sees of a course, through the one door."""
        viewer = self.viewer(account)
        return open_course(viewer, None if viewer.client else course.pk, page="test", now=now).audience

    def maya_now(self, now: datetime = NOW) -> Audience:
        return open_by_client_act(self.mayas.client, self.mayas, now=now)


def browser(account: Account) -> Browser:
    """A browser in which somebody is signed in."""
    signed_in = Browser()
    signed_in.force_login(account)
    return signed_in


def make_cast() -> Cast:
    """The clinic with its people and two courses under way."""
    clinic = Clinic.objects.create(name="Lime Street", country="GB")
    began = NOW - timedelta(days=28)
    joan, mira = _staff("joan", "Joan Hale", "therapist"), _staff("mira", "Mira Novak", "therapist")
    sade, ravi = _staff("sade", "Sade Okoro", "supervisor"), _staff("ravi", "Ravi Shah", "lead")
    ada, noor = _staff("ada", "Ada Byrne", "admin"), _staff("noor", "Noor Aziz", "")
    mayas, carls = _course(clinic, joan, "Maya Ellis", began), _course(clinic, mira, "Carl Lindqvist", began)
    maya, carl = _client("maya", mayas), _client("carl", carls)
    return Cast(clinic, joan, mira, sade, ravi, ada, noor, maya, carl, mayas, carls)


def _staff(who: str, name: str, role: str) -> Account:
    account = Account.objects.create_user(f"{who}@demo.kithwork.example", PASSWORD, name=name)
    if role:
        give_role(account, role, now=NOW - timedelta(days=400))
    return account


def _client(who: str, course: Course) -> Account:
    account = Account.objects.create_user(f"{who}@demo.kithwork.example", PASSWORD)
    link(account.pk, course.client_id)
    return account


def _course(clinic: Clinic, therapist: Account, name: str, began: datetime) -> Course:
    who = Who(kind="staff", id=therapist.pk, name=therapist.name, role="therapist")
    protocol = get_protocol("ipt_16")
    return open_new_course(
        by=who,
        clinic=clinic,
        name=name,
        protocol={"key": "ipt_16", **protocol.to_dict()},
        offered=16,
        now=began,
    )
