"""Taking out: a whole record, or what was written together and had better not be written down."""

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.models import Passage
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.refusal import Refusal
from kithwork.therapy.story import queries
from kithwork.therapy.story.access import check_may_keep, check_may_remove
from kithwork.therapy.story.models import FirstPicture, StoryRecord


def remove(*, by: Audience, record: StoryRecord) -> None:
    """Take a record from every page; its words are emptied."""
    check_may_remove(by, record)
    with transaction.atomic():
        trail.lock(by.course)
        _empty(by, record)
        trail.record("story.removed", by=by.who, at=by.now, course=by.course)


def take_out(*, by: Audience, record: str, field: str = "") -> None:
    """ "I'd rather not have this written down": what was written together is emptied, whole or one field of it.

    The therapist takes out only what came from the therapist's hand in this session; the client, anything.
    """
    session = by.together_in
    items = queries.written_together(by, session) if session else []
    holder = _holder(by, record)
    if holder is None or not (by.is_client or any((i.record, i.field) == (record, field) for i in items)):
        raise Refusal("That is not here any more.", code="nothing-here")
    check_may_keep(by, Sharing.SHARED)
    with transaction.atomic():
        trail.lock(by.course)
        if field:
            passages.overwrite(by, record=record, keep=_all_but(by, record, field))
        elif isinstance(holder, StoryRecord):
            _empty(by, holder)
        trail.record("story.taken_out", by=by.who, at=by.now, course=by.course, page="first")


def _holder(by: Audience, record: str) -> StoryRecord | FirstPicture | None:
    found = (queries.find(by, kind, record) for kind in queries.KINDS)
    pictures = (row for row in queries.first_rows(by) if row.id == record)
    return next((row for row in found if row), None) or next(pictures, None)


def _all_but(by: Audience, record: str, field: str) -> frozenset[str]:
    """What stays of a record when one field is taken out: other fields, and the client's own hand."""
    rows = Passage.objects.filter(client=by.client, record=record)
    going = rows.filter(field=field) if by.is_client else rows.filter(field=field, side="staff")
    return frozenset(rows.exclude(pk__in=going.values("pk")).values_list("pk", flat=True))


def _empty(by: Audience, record: StoryRecord) -> None:
    passages.overwrite(by, record=record.id)
    record.removed_at = by.now
    record.save(update_fields=["removed_at"])
