"""Clients, courses, and the dated relationships from which every right comes."""

from functools import cached_property, lru_cache
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.accounts.models import Clinic
from kithwork.foundation.ids import CodeField, IdField, id_key
from kithwork.foundation.passages.models import Shared
from kithwork.foundation.passages.sharing import Field, Owner, Sharing
from kithwork.ipt.contract import terms
from kithwork.ipt.protocol import Protocol
from kithwork.ipt.protocols import get as get_protocol

FORMS_REMEMBERED = 1024  # courses; the copy of each is some ten kilobytes


class Client(models.Model):
    """Somebody in therapy. Name and contact are sealed words; here are only settings."""

    id = id_key()
    time_zone = CodeField(default="Europe/London")
    language = CodeField(default="en")
    usual_sharing = CodeField(choices=Sharing.choices, blank=True)  # empty: not asked yet
    usual_words_sharing = CodeField(choices=Sharing.choices, blank=True)
    leave_quickly = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    words: ClassVar[dict[str, Field]] = {
        "name": Field(Owner.JOINT, longest=200),
        "about": Field(Owner.JOINT, longest=200),  # "34, she/her"
        "contact": Field(Owner.JOINT, longest=500),
    }


class CourseState(models.TextChoices):
    WAITING = "waiting", _("Waiting to start")
    ACTIVE = "active", _("Going on")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class ClinicProtocol(models.Model):
    """One version of a form of IPT that the clinic made its own. A later one leaves it as it is."""

    id = id_key()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    key = CodeField()
    version = models.PositiveSmallIntegerField()
    body = models.JSONField()  # Protocol.to_dict()
    made_by = IdField()
    made_at = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True, blank=True)  # no longer offered for new courses

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["clinic", "key", "version"], name="one_protocol_a_version"),
        )

    @cached_property
    def form(self) -> Protocol:
        return Protocol.from_dict(self.body)


class Course(models.Model):
    """One course: the protocol as it was when the course began, and where in it the two of them are."""

    id = id_key()
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    protocol_key = CodeField()
    protocol = models.JSONField()  # a copy, so that a later edition changes no course
    offered = models.PositiveSmallIntegerField(null=True, blank=True)  # sessions; none for an open course
    state = CodeField(choices=CourseState.choices, default=CourseState.ACTIVE)
    opened_at = models.DateTimeField()
    referred_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = CodeField(blank=True)
    ending_wording = CodeField(blank=True)  # from ipt.ending; empty: as the clinic speaks of it
    # Kept up by the sessions room, so that "session n of N" costs no page a query.
    held = models.PositiveSmallIntegerField(default=0)
    open_session = models.PositiveSmallIntegerField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    next_how = CodeField(blank=True)

    @property
    def is_over(self) -> bool:
        return self.state == CourseState.ENDED

    @property
    def form(self) -> Protocol:
        """The form of IPT that this course began with, whatever became of it in the catalogue since."""
        return _form_of(self.id)

    @property
    def current_session(self) -> int:
        """The session that the two are in, or the one that comes next."""
        return self.open_session or self.held + 1

    @property
    def together_in(self) -> int:
        """The session that something written at the table belongs to."""
        return self.open_session or max(1, self.held)


@lru_cache(maxsize=FORMS_REMEMBERED)
def _form_of(course: str) -> Protocol:
    """A course's copy never changes: a process reads it once."""
    key, copy = Course.objects.values_list("protocol_key", "protocol").get(pk=course)
    return Protocol.from_dict(copy) if copy.get("rows") else get_protocol(key)


class CourseRecord(Shared):
    """A record of one course."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")

    class Meta(Shared.Meta):
        abstract = True

    @classmethod
    def make(cls, audience: Any, **columns: Any) -> Any:
        """Keep a new record in the audience's course."""
        return super().make(audience, course_id=audience.course, **columns)


class RelationshipRole(models.TextChoices):
    THERAPIST = "therapist", "Therapist"
    DEPUTY = "deputy", "Deputy"
    SUPERVISOR = "supervisor", "Supervisor"


class Relationship(models.Model):
    """Somebody's part in one course, from acceptance until it ends. Offered is not yet anything."""

    id = id_key()
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    account = IdField(db_index=True)
    role = CodeField(choices=RelationshipRole.choices)
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)


class Pause(CourseRecord):
    """A time without sessions, before the first or in between: until when, and who reads meanwhile."""

    reason = CodeField(blank=True)  # from ipt.course_life
    until = models.DateField(null=True, blank=True)  # when the two expect to go on
    reader = IdField(blank=True)  # the account that reads; empty: nobody does
    over_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"note": Field(Owner.JOINT, longest=2_000)}


class Contract(CourseRecord):
    """How many sessions, how long, how often. A change is a new contract with a reason."""

    sessions = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    rhythm = CodeField(blank=True)
    ends_on = models.DateField(null=True, blank=True)
    reason = CodeField()  # from ipt.contract

    words: ClassVar[dict[str, Field]] = {
        "why": Field(Owner.JOINT),
        **{term.key: Field(Owner.JOINT) for term in terms},
    }


class Signature(CourseRecord):
    """Somebody agreed to exactly this version: who, when, how, and a keyed hash of what it said."""

    what = CodeField(
        choices=[
            ("contract", "Contract"), ("formulation", "Formulation"), ("ending", "Ending"), ("letter", "Letter")
        ]
    )  # fmt: skip
    version = IdField(db_index=True)
    party = CodeField(choices=[("client", "client"), ("therapist", "therapist")])
    by = IdField()  # client id, or the staff account
    name = models.CharField(max_length=200, blank=True)  # staff only, as it was then
    how = CodeField()  # from ipt.contract: signed in, in the room, on paper
    entered_by = IdField(blank=True)
    content = models.BinaryField(max_length=32)
