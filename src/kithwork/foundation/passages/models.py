"""The one table that holds what people write, drafts, and the base of every record that can be kept."""

from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from kithwork.foundation.ids import CodeField, IdField, id_key
from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Field, Sharing
from kithwork.foundation.standing import Standing


class Passage(models.Model):
    """One revision of one piece of writing. Rows are only added; ``live`` falls when a later one replaces it."""

    id = id_key()
    client = IdField()
    course = IdField(blank=True)
    record = IdField(db_index=True)
    kind = CodeField()  # the record's model
    field = CodeField()
    sharing = CodeField(choices=Sharing.choices)
    side = CodeField(choices=[("client", "client"), ("staff", "staff")])  # whose hand wrote it
    hand = IdField(blank=True)  # staff: account id; client: client id
    together_in = models.PositiveSmallIntegerField(null=True, blank=True)
    base = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sealed = models.BinaryField()
    refused = models.BooleanField(default=False)  # "rather not say": the body is empty
    live = models.BooleanField(default=True)
    number = (
        models.PositiveIntegerField()
    )  # in the order of writing; never shown, it would count what is kept
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["record", "field", "number"], name="one_revision_a_number"),
        )
        indexes = (
            models.Index(fields=["client", "at"]),
            models.Index(fields=["record", "field"], condition=models.Q(live=True), name="live_passages"),
        )


class Draft(models.Model):
    """What somebody is in the middle of writing: one per author and field, overwritten as they go."""

    id = id_key()
    client = IdField()
    record = IdField()
    field = CodeField()
    side = CodeField(choices=[("client", "client"), ("staff", "staff")])
    hand = IdField()
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["record", "field", "hand"], name="one_draft_a_field_and_author"),
        )


M = TypeVar("M", bound="Shared")


class Unscoped(RuntimeError):
    """A record was asked for without saying who is looking."""


class Records(models.Manager[M]):
    """The only way to records: what one audience may see of them."""

    def visible_to(self, audience: Audience) -> models.QuerySet[M]:
        """This client's records, in the sharing states that the audience's relationship opens."""
        return (
            super()
            .get_queryset()
            .filter(client=audience.client, course_id=audience.course, sharing__in=audience.sees)
        )

    def all_of(self, audience: Audience) -> list[M]:
        """Everything of this kind that the audience may see, in the order in which it was made.

        For a course's few records of a kind, which one page asks for in several ways: read once a page, by SQL that
        is put together once.
        """
        return _all_of(self.model, audience)

    def visible_in(self, audiences: list[Audience]) -> models.QuerySet[M]:
        """The same for a page that shows several clients: as short to ask for sixty as for one."""
        seen = models.Q(pk__in=[])
        for sees in {audience.sees for audience in audiences}:
            alike = [audience for audience in audiences if audience.sees == sees]
            # A record's client is its course's, so naming both lists pairs nobody with another's course.
            clients, courses = {one.client for one in alike}, {one.course for one in alike}
            seen |= models.Q(client__in=clients, course_id__in=courses, sharing__in=sees)
        return super().get_queryset().filter(seen)

    def get_queryset(self) -> models.QuerySet[M]:
        raise Unscoped(f"{self.model.__name__}: say who is looking, with visible_to(audience).")


@once_a_page
def _all_of(model: type[M], audience: Audience) -> list[M]:
    values = [audience.client, audience.course, *audience.states]
    rows = _what_one_sees(model, len(audience.states)).ask(values)
    return sorted(rows, key=attrgetter("created_at", "id"))


@cache
def _what_one_sees(model: type[M], states: int) -> Standing[M]:
    """What ``visible_to`` asks, for so many sharing states."""
    examples = [str(state) for state in range(states)]
    return Standing(model, models.Q(client="", course_id="", sharing__in=examples))


class Shared(models.Model):
    """A record that can be kept, decided on later, or shared: structure only, words are passages.

    The shelf above adds ``course``, the key to the course the record belongs to.
    """

    id = id_key()
    client = IdField(db_index=True)
    sharing = CodeField(choices=Sharing.choices, default=Sharing.SHARED)
    side = CodeField(choices=[("client", "client"), ("staff", "staff")])  # whose hand made it
    together_in = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()

    seen: ClassVar[Records[Self]] = Records()
    words: ClassVar[dict[str, Field]] = {}

    class Meta:
        abstract = True
        default_manager_name = "seen"

    @classmethod
    def make(cls, audience: Audience, *, sharing: Sharing, **columns: Any) -> Self:
        """Keep a new record in the audience's client's name."""
        record = cls(
            client=audience.client, sharing=sharing, side=audience.side, together_in=audience.together_in,
            created_at=audience.now, **columns,
        )  # fmt: skip
        record.save(force_insert=True)
        return record
