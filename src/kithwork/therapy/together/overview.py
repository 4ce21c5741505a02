"""One course at a glance, for staff: what moved, what was shared since the last session, and what needs a look."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.apps import apps

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.models import Passage
from kithwork.foundation.passages.queries import opened, written_since
from kithwork.therapy.course.models import Course, CourseRecord
from kithwork.therapy.diary.queries import Day, days
from kithwork.therapy.people.queries import ShownPerson, moved_by_client
from kithwork.therapy.sessions.queries import since_last_session

SHOWN = 6

# What a passage is about, by its record's kind. An entry's words come with its mood.
KINDS = {
    "agendaitem": "to talk about", "comment": "comment on what you agreed", "person": "people", "event": "story",
    "episode": "an earlier time", "symptom": "first picture", "firstpicture": "first picture", "putdown": "to put down",
    "cyclestep": "how it goes round", "weighing": "four kinds of difficulty", "tryout": "something to try",
    "goal": "goals", "formulation": "what you agreed", "focusnote": "what we work on", "option": "what could be done",
    "disputestage": "where it stands", "roleitem": "before and now", "helper": "who could help",
    "griefdate": "days that matter", "reconnect": "coming back", "contactstep": "small steps",
    "attempt": "what was tried",
    "safetyplan": "safety plan", "endingreview": "ending", "warningsign": "ending", "staywellplan": "ending",
}  # fmt: skip
TAKEN_AWAY = ("removed_at", "hidden_at", "deleted_at", "dropped_at", "withdrawn_at")


@dataclass(frozen=True)
class SharedItem:
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
                day.on, at, "diary", day.words.text if day.words else "", "", day.mood, day.people
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


def _standing(audience: Audience, rows: Iterable[Passage]) -> set[str]:
    """Which of the records behind these words this audience may know of, and were not taken away again."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_kind[row.kind].add(row.record)
    found: set[str] = set()
    for kind, ids in by_kind.items():
        model: type[CourseRecord] = apps.get_model("therapy", kind)
        found |= {one.pk for one in model.seen.all_of(audience) if one.pk in ids and not taken_away(one)}
    return found


def taken_away(record: CourseRecord) -> bool:
    """Whether a record was taken off its pages again, in whichever way its kind knows."""
    return any(getattr(record, column, None) for column in TAKEN_AWAY)


def _item(row: Passage, zone: ZoneInfo) -> SharedItem:
    return SharedItem(row.at.astimezone(zone).date(), row.at, KINDS[row.kind], opened(row))


def _moves(audience: Audience, since: datetime, people: Sequence[ShownPerson]) -> Iterable[SharedItem]:
    """Whom the client has moved by herself."""
    moved = moved_by_client(audience, since)
    for person in people:
        if person.id in moved and person.now and person.before:
            yield SharedItem(
                person.now.on, moved[person.id], "moved in circles", says=f"{person.label}: {_move(person)}"
            )


def _move(person: ShownPerson) -> str:
    assert person.before
    was = person.before.ring.label if person.before.ring else "not placed"
    now = person.now.ring.label if person.now and person.now.ring else "off the circles"
    return f"{was} to {now}"


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
        said.append(f"{name} moved from {was} to {now} on {on.day} {on:%B}.")
    aside = sum(1 for one in people if one.ring is None)
    if aside:
        said.append("1 person not placed." if aside == 1 else f"{aside} people not placed.")
    return " ".join(said)
