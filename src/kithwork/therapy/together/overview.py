"""One course at a glance, for staff: what moved, what was shared since the last session, and what needs a look."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Piece, opened, written_since
from kithwork.foundation.ui.dates import say_date
from kithwork.therapy.course.models import Course, CourseRecord
from kithwork.therapy.diary.queries import Day, days
from kithwork.therapy.people.queries import ShownPerson, moved_by_client
from kithwork.therapy.sessions.queries import since_last_session

SHOWN = 6

# What a passage is about, by its record's kind. An entry's words come with its mood.
KINDS = {
    "agendaitem": gettext_noop("to talk about"),
    "comment": gettext_noop("comment on what you agreed"),
    "person": gettext_noop("people"),
    "event": gettext_noop("story"),
    "episode": gettext_noop("an earlier time"),
    "symptom": gettext_noop("first picture"),
    "firstpicture": gettext_noop("first picture"),
    "putdown": gettext_noop("to put down"),
    "cyclestep": gettext_noop("how it goes round"),
    "weighing": gettext_noop("four kinds of difficulty"),
    "tryout": gettext_noop("something to try"),
    "goal": gettext_noop("goals"),
    "formulation": gettext_noop("what you agreed"),
    "safetyplan": gettext_noop("safety plan"),
    "endingreview": gettext_noop("ending"),
    "warningsign": gettext_noop("ending"),
    "staywellplan": gettext_noop("ending"),
    "letteranswer": gettext_noop("a letter"),
    "stopwish": gettext_noop("wish to stop"),
    "worksheet": gettext_noop("a sheet"),
    "focusnote": gettext_noop("what we work on"),
    "option": gettext_noop("what could be done"),
    "disputestage": gettext_noop("where it stands"),
    "roleitem": gettext_noop("before and now"),
    "helper": gettext_noop("who could help"),
    "griefdate": gettext_noop("days that matter"),
    "reconnect": gettext_noop("coming back"),
    "contactstep": gettext_noop("small steps"),
    "attempt": gettext_noop("what was tried"),
}
TAKEN_AWAY = ("removed_at", "hidden_at", "deleted_at", "dropped_at", "withdrawn_at")


class SharedItem(NamedTuple):
    """One thing that the client has shared: when, where, and her words or what it was."""

    on: date
    at: datetime
    where: str
    words: str = ""
    says: str = ""
    mood: int | None = None
    people: tuple[str, ...] = ()


def shared_since(
    audience: Audience, course: Course, *, zone: ZoneInfo, people: Sequence[ShownPerson]
) -> list[SharedItem]:
    """What the client has shared since the two last met, the newest first."""
    since = since_last_session(audience) or course.opened_at
    items = [
        *_diary(audience, since, people),
        *_passages(audience, since, zone),
        *_moves(audience, since, people),
    ]
    return sorted(items, key=lambda item: (item.on, item.at), reverse=True)


def _diary(audience: Audience, since: datetime, people: Sequence[ShownPerson]) -> Iterable[SharedItem]:
    for day in days(audience, most=30, people={one.id: one.label for one in people}):
        at = day.shared_at or day.at
        if at > since and day.together_in is None and _says_something(day):
            yield SharedItem(
                day.on, at, _("diary"), day.words.text if day.words else "", "", day.mood, day.people
            )


def _says_something(day: Day) -> bool:
    return bool(day.mood or day.people or (day.words and day.words.text))


def _passages(audience: Audience, since: datetime, zone: ZoneInfo) -> Iterable[SharedItem]:
    rows = [row for row in written_since(audience, since) if row.side == "client" and row.kind in KINDS]
    here = _standing(audience, rows)
    for row in rows:
        item = _item(row, zone)
        if row.record in here and item.words.strip():
            yield item


def _standing(audience: Audience, rows: Iterable[Piece]) -> set[str]:
    """Which of the records behind these words this audience may know of, and were not taken away again."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_kind[row.kind].add(row.record)
    found: set[str] = set()
    for kind, ids in by_kind.items():
        model: type[CourseRecord] = apps.get_model("therapy", kind)
        found |= {one.id for one in model.seen.all_of(audience) if one.id in ids and not taken_away(one)}
    return found


def taken_away(record: CourseRecord) -> bool:
    """Whether a record was taken off its pages again, in whichever way its kind knows."""
    return any(getattr(record, column, None) for column in TAKEN_AWAY)


def _item(row: Piece, zone: ZoneInfo) -> SharedItem:
    return SharedItem(row.at.astimezone(zone).date(), row.at, _(KINDS[row.kind]), opened(row))


def _moves(audience: Audience, since: datetime, people: Sequence[ShownPerson]) -> Iterable[SharedItem]:
    """Whom the client has moved by herself."""
    moved = moved_by_client(audience, since)
    for person in people:
        if person.id in moved and person.now and person.before:
            yield SharedItem(
                person.now.on,
                moved[person.id],
                _("moved in circles"),
                says=f"{person.label}: {_move(person)}",
            )


def _move(person: ShownPerson) -> str:
    assert person.before
    was = _(person.before.ring.label) if person.before.ring else _("not placed")
    now = _(person.now.ring.label) if person.now and person.now.ring else _("off the circles")
    return _("{was} to {now}").format(was=was, now=now)


def moves_in_words(people: Iterable[ShownPerson]) -> str:
    """ "Sam moved from Closest to Close on 15 March. 2 people not placed." """
    people = list(people)
    moved = [
        (one.now.on, one.label, one.before.ring.label, one.now.ring.label)
        for one in people
        if one.now and one.before and one.now.ring and one.before.ring
    ]
    said = []
    if moved:
        on, name, was, now = max(moved)
        said.append(
            _("{name} moved from {was} to {now} on {day}.").format(
                name=name, was=_(was), now=_(now), day=say_date(on, "j F")
            )
        )
    aside = sum(1 for one in people if one.ring is None)
    if aside:
        said.append(
            ngettext("{aside} person not placed.", "{aside} people not placed.", aside).format(aside=aside)
        )
    return " ".join(said)
