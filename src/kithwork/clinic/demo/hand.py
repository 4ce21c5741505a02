"""The hand that walks a demo course: it holds the course, and opens it for either side at any moment."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from kithwork.clinic.demo.cast import DOMAIN
from kithwork.foundation.accounts.models import Account, Clinic
from kithwork.foundation.accounts.viewer import Viewer
from kithwork.foundation.passages.audience import Audience
from kithwork.ipt.protocols import get as get_protocol
from kithwork.therapy.course.access import open_by_client_act, open_course
from kithwork.therapy.course.actions import open_new_course
from kithwork.therapy.course.models import Course
from kithwork.therapy.reviews.actions import record_review

WEEK = timedelta(days=7)


class Plan(Protocol):
    """What a demo course needs to say of itself before it is walked."""

    therapist: str
    account: str
    name: str
    about: str
    protocol: str
    sessions: int | None

    def first_session(self, anchor: datetime) -> datetime: ...

    def walk(self, hand: "Hand") -> None: ...


@dataclass
class Hand:
    """One course in the making. ``anchor`` is the next full hour of work: sessions fall on its weekday."""

    course: Course
    therapist: Account
    plan: Plan
    now: datetime
    anchor: datetime
    kept: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def begin(cls, clinic: Clinic, therapist: Account, plan: Plan, now: datetime) -> "Hand":
        """Open the course, some weeks before its first session."""
        anchor = anchor_after(now, clinic.time_zone)
        opened_at = plan.first_session(anchor) - 3 * WEEK
        protocol = get_protocol(plan.protocol)
        viewer = Viewer(account=therapist.id, name=therapist.name, roles=frozenset({"therapist"}))
        course = open_new_course(
            by=viewer.who("therapist"), clinic=clinic, name=plan.name, about=plan.about,
            protocol={"key": plan.protocol, **protocol.to_dict()}, offered=plan.sessions, now=opened_at,
            referred_on=(opened_at - timedelta(days=21)).date(),
        )  # fmt: skip
        return cls(course, therapist, plan, now, anchor)

    def staff(self, at: datetime) -> Audience:
        """The therapist before the course, through the one door, at a moment."""
        viewer = Viewer(account=self.therapist.id, name=self.therapist.name, roles=frozenset({"therapist"}))
        return open_course(viewer, self.course.id, page="session", now=at).audience

    def client(self, at: datetime) -> Audience:
        """The client at a moment."""
        self.course.refresh_from_db()
        return open_by_client_act(self.course.client, self.course, now=at)

    def look_back(self, at: datetime, *, reason: str, **said: Any) -> None:
        """The therapist records a review, as the course stands at that moment."""
        self.course.refresh_from_db()
        record_review(by=self.staff(at), course=self.course, decisions=["go_on"], reason=reason, **said)

    def days_ago(self, days: int, hour: int = 20, minute: int = 0) -> datetime:
        """A moment so many days before the anchor's day, where the clinic is."""
        zone = self.anchor.tzinfo
        return datetime.combine(self.day(days), time(hour, minute), tzinfo=zone)

    def day(self, days: int) -> date:
        """The day so many days before the anchor's."""
        return self.anchor.date() - timedelta(days=days)

    @property
    def client_email(self) -> str:
        return f"{self.plan.account}@{DOMAIN}" if self.plan.account else ""


def anchor_after(now: datetime, time_zone: str) -> datetime:
    """Two in the afternoon, today if that is still ahead, else tomorrow."""
    local = now.astimezone(ZoneInfo(time_zone))
    at = local.replace(hour=14, minute=0, second=0, microsecond=0)
    return at if at > local else at + timedelta(days=1)
