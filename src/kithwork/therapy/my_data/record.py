"""One person's record, gathered for a copy: everything that an audience may see, and nothing that it may not.

It knows no room. Whatever a room keeps of a course is a ``CourseRecord`` with its words in one table, so a room that
is built next year is in the copy without being named here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.ids import IdField
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.copying import HalfWritten, Revision, half_written, revisions
from kithwork.foundation.passages.sharing import Owner
from kithwork.foundation.trail.queries import events_of
from kithwork.therapy.course.models import Client, Course, CourseRecord
from kithwork.therapy.reminders.queries import reminder_of

SAID_ELSEWHERE = frozenset({"id", "client", "course", "sharing", "side", "together_in", "created_at"})
# Of records that both can see, what only she is shown: her page says so beside the box.
HERS_ALONE = frozenset({"safecontact.no_mail"})


@dataclass(frozen=True)
class Item:
    """One record: what kind, its numbers, dates and choices, and every piece of writing in it."""

    kind: str
    id: str
    sharing: str
    side: str
    together_in: int | None
    at: datetime
    values: dict[str, Any]
    words: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class CopiedCourse:
    """One course of therapy."""

    id: str
    protocol: str
    state: str
    opened_at: datetime
    ended_at: datetime | None
    referred_on: date | None  # null: not said
    sessions_held: int
    items: tuple[Item, ...]
    trail: tuple[dict[str, Any], ...] = ()  # who did or saw what, when; in the client's own copy alone


@dataclass(frozen=True)
class Record:
    """One person's whole record, as one audience sees it."""

    made_at: datetime
    whose: str  # "client": her own copy; "both": what both can see
    client: str
    settings: dict[str, Any]
    words: tuple[Revision, ...]  # name and contact
    courses: tuple[CopiedCourse, ...]
    left_out: tuple[str, ...] = field(default=())
    half_written: tuple[HalfWritten, ...] = ()  # begun and not saved; in her own copy alone


def gather(audiences: Iterable[tuple[Course, Audience]], *, now: datetime) -> Record:
    """Put a record together from a client's courses, each as it was opened."""
    opened = list(audiences)
    client, audience = opened[0][0].client, opened[0][1]
    written = {course.id: revisions(one) for course, one in opened}
    own = [one for found in written.values() for one in found if one.record == client.id]
    return Record(
        made_at=now, whose="client" if audience.is_client else "both", client=client.id,
        settings=_settings(client, audience), words=tuple(own),
        courses=tuple(_course(course, one, written[course.id]) for course, one in opened),
        left_out=tuple(sorted(places_left_out())), half_written=tuple(half_written(audience)),
    )  # fmt: skip


def places_left_out() -> Iterator[str]:
    """Every place where staff write for themselves, whether or not anything stands there: "therapysession.note"."""
    for model in _kinds():
        for name, place in model.words.items():
            if place.owner is Owner.STAFF:
                yield f"{model.__name__.lower()}.{name}"


def _settings(client: Client, audience: Audience) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "time_zone": client.time_zone,
        "language": client.language,
        "since": plain(client.created_at),
    }
    if audience.is_client:
        reminder = reminder_of(audience)
        shown |= {
            "usual_sharing": client.usual_sharing, "usual_words_sharing": client.usual_words_sharing,
            "leave_quickly": client.leave_quickly,
            "reminders": {
                column.name: plain(getattr(reminder, column.attname)) for column in reminder._meta.concrete_fields
            },
        }  # fmt: skip
    return shown


def _course(course: Course, audience: Audience, written: list[Revision]) -> CopiedCourse:
    rows = _visible_rows(audience)
    known = {row.id for row in rows}
    names = dict(Account.objects.exclude(name="").values_list("pk", "name"))
    words: dict[str, list[Revision]] = {}
    for one in written:
        words.setdefault(one.record, []).append(one)
    items = (_item(row, audience, known, names, words.get(row.id, [])) for row in rows)
    return CopiedCourse(
        id=course.id, protocol=course.protocol_key, state=course.state, opened_at=course.opened_at,
        ended_at=course.ended_at, referred_on=course.referred_on, sessions_held=course.held,
        items=tuple(sorted(items, key=lambda item: (item.kind, item.at, item.id))),
        trail=tuple(_trail(course)) if audience.is_client else (),
    )  # fmt: skip


def _trail(course: Course) -> Iterator[dict[str, Any]]:
    for event in reversed(events_of(course.id)):
        who = event.who_name or ("you" if event.who_kind == "client" else "Kithwork")
        yield {"at": plain(event.at), "who": who, "role": event.role, "act": event.act, "page": event.page}


def _kinds() -> list[type[CourseRecord]]:
    return [model for model in apps.get_models() if issubclass(model, CourseRecord)]


def _visible_rows(audience: Audience) -> list[CourseRecord]:
    """Every record that this audience may see, without those that hang on one that it may not."""
    rows = [row for model in _kinds() for row in model.seen.visible_to(audience)]
    while True:
        known = {row.id for row in rows}
        whole = [row for row in rows if all(end in known for end in _ends(row))]
        if len(whole) == len(rows):
            return rows
        rows = whole


def _ends(row: CourseRecord) -> list[str]:
    keys = [column for column in row._meta.local_fields if column.is_relation and column.name != "course"]
    return [end for column in keys if (end := getattr(row, column.attname)) is not None]


def _item(
    row: CourseRecord, audience: Audience, known: set[str], names: dict[str, str], words: list[Revision]
) -> Item:
    kind = type(row).__name__.lower()
    columns = [column for column in row._meta.concrete_fields if column.name not in SAID_ELSEWHERE]
    facts = getattr(row, "facts", "")
    if facts and facts not in audience.sees:
        # Numbers with readers of their own, who are not these: of the day only its words are told.
        columns = [column for column in columns if column.name == "on"]
    if not audience.is_client:
        columns = [column for column in columns if f"{kind}.{column.name}" not in HERS_ALONE]
    values = {column.name: _value(row, column, known, names) for column in columns}
    return Item(
        kind=kind, id=row.id, sharing=row.sharing, side=row.side,
        together_in=row.together_in, at=row.created_at, values=values, words=tuple(words),
    )  # fmt: skip


def _value(
    row: CourseRecord, column: "models.Field[Any, Any]", known: set[str], names: dict[str, str]
) -> Any:
    """What a column holds. A name for somebody at the clinic, and no id of what is not in the copy."""
    value = getattr(row, column.attname)
    if column.is_relation:
        return value
    if isinstance(column, IdField):
        return value if value in known or value == row.client else names.get(value, "")
    if isinstance(value, list):
        return [one for one in value if not _is_id(one) or one in known]
    return plain(value)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and len(value) == len("AAAAAAAAAAAAAAAAAAAAAA")


def plain(value: Any) -> Any:
    """A value as JSON can hold it, and as it comes back."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value) if isinstance(value, Decimal) else value
