"""What somebody is in the middle of filling in, for its author alone. Only Save makes it part of the record."""

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.therapy.focus.worksheets import access
from kithwork.therapy.focus.worksheets.models import Worksheet


def keep_draft(*, by: Audience, kind: str, row: Worksheet | None, text: str) -> None:
    """Keep the form as it stands, in the place of what was kept before."""
    access.check_open(by)
    record, name = _place(by, kind, row)
    with transaction.atomic():
        passages.save_draft(by, record=record, field=name, text=text)


def drop_draft(*, by: Audience, kind: str, row: Worksheet | None = None) -> None:
    """The draft has been saved, or thrown away."""
    record, name = _place(by, kind, row)
    passages.drop_draft(by, record=record, field=name)


def read_draft(by: Audience, *, kind: str, row: Worksheet | None = None) -> str:
    """The form as its writer left it; empty where there is nothing."""
    record, name = _place(by, kind, row)
    found = passages.read_draft(by, record=record, field=name)
    return found[0] if found else ""


def _place(by: Audience, kind: str, row: Worksheet | None) -> tuple[str, str]:
    """One draft a sheet; before there is one, one of each kind in the course."""
    return (row.id, "sheet") if row else (by.course, f"new_{kind}")
