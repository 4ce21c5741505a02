"""Reading the diary, for one audience."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read, read_many
from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.diary.models import Entry


@dataclass(frozen=True)
class Day:
    """One entry as somebody sees it; where mood and people are kept from them, ``facts`` is None."""

    id: str
    on: date
    at: datetime
    mood: int | None
    people: tuple[str, ...]
    on_my_own: bool
    facts: Sharing | None
    words: Words | None
    together_in: int | None


def entries(audience: Audience) -> QuerySet[Entry]:
    """The entries that this audience may see, newest day first."""
    return (
        Entry.seen.visible_to(audience)
        .filter(withdrawn_at__isnull=True)
        .order_by("-on", "-created_at", "-pk")
    )


def _standing(audience: Audience) -> list[Entry]:
    """The same for a page that shows many, the newest first."""
    rows = [row for row in Entry.seen.all_of(audience) if row.withdrawn_at is None]
    return sorted(rows, key=lambda row: (row.on, row.created_at, row.pk), reverse=True)


def days(audience: Audience, *, most: int = 60, people: Mapping[str, str] | None = None) -> list[Day]:
    """The newest entries with their words and the people in them that this audience may see."""
    rows = _standing(audience)[:most]
    words = read_many([audience], rows)
    return [_day(audience, row, words.get((row.pk, "words")), people or {}) for row in rows]


def _day(audience: Audience, row: Entry, words: Words | None, names: Mapping[str, str]) -> Day:
    told = row.facts in audience.sees
    return Day(
        id=row.pk, on=row.on, at=row.created_at, mood=row.mood if told else None,
        people=tuple(names[p] for p in row.people if p in names) if told else (),
        on_my_own=row.on_my_own and told, facts=Sharing(row.facts) if told else None, words=words,
        together_in=row.together_in,
    )  # fmt: skip


def moods_between(audience: Audience, first: date, last: date) -> list[tuple[date, int]]:
    """Each mood that was said in a span of days, oldest first. A day without one is simply absent."""
    return [
        (row.on, row.mood)
        for row in reversed(_standing(audience))
        if first <= row.on <= last and row.mood is not None and row.facts in audience.sees
    ]


def find(audience: Audience, entry: str) -> Entry | None:
    """One entry, if this audience may see it."""
    return entries(audience).filter(pk=entry).first()


def fresh(today: date, usual: tuple[str, str]) -> dict[str, object]:
    """What a new entry's form begins with: today, for the client's usual readers."""
    facts, words = usual
    return {"on": today, "sharing": facts or Sharing.JUST_ME, "words_sharing": words or Sharing.JUST_ME}


def as_told(audience: Audience, entry: str, on_my_own: str) -> dict[str, object]:
    """One entry as the form to change it begins, with the words' base; ``on_my_own`` is that chip's name."""
    found = find(audience, entry)
    if found is None:
        return {}
    words = read(audience, found).get("words")
    return {
        "on": found.on, "mood": found.mood, "people": [*found.people, *([on_my_own] if found.on_my_own else [])],
        "words": words.text if words else "", "words_base": words.base if words else "",
        "sharing": found.facts, "words_sharing": words.sharing if words else found.facts,
        **{f"more_{key}": str(value) for key, value in found.more.items()},
    }  # fmt: skip
