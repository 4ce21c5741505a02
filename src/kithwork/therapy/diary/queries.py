"""Reading the diary, for one audience."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import NamedTuple

from django.db.models import QuerySet

from kithwork.cycle.diary import read_diaries
from kithwork.cycle.fit import Floats
from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read, read_many
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.ipt.diary import more_items
from kithwork.therapy.diary.models import Entry
from kithwork.therapy.people.queries import labels

# By which entries are in order: their day, when they were made, and their id.
Place = tuple[date, datetime, str]


class Day(NamedTuple):
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
    more: tuple[tuple[str, int], ...] = ()  # the fuller items that were answered, each with its number
    written_on: date | None = None  # where that was a later day
    waited: bool = False
    shared_at: datetime | None = None
    shared_on: date | None = None  # where it was shared on a later day than it was written

    @property
    def says_facts(self) -> bool:
        """Whether it says anything but words, to whoever sees it."""
        return bool(self.mood or self.people or self.on_my_own or self.more)

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it for whoever sees it."""
        return self.says_facts or bool(self.words and self.words.text.strip())

    @property
    def says_what_is_kept(self) -> bool:
        """Whether nobody else sees what it says: its words, or, where it has none, its mood and people."""
        return self.words.is_kept if self.words and self.words.text.strip() else self.facts in KEPT


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
    return sorted(rows, key=_place, reverse=True)


def _place(row: Entry) -> Place:
    return row.on, row.created_at, row.id


def place_of(audience: Audience, entry: str) -> Place | None:
    """Where an entry stands among all, also once it is taken back; None for one that this audience may not see."""
    rows = Entry.seen.all_of(audience) if entry else []
    return next((_place(row) for row in rows if row.id == entry), None)


def days(
    audience: Audience,
    *,
    most: int | None = 60,
    before: Place | None = None,
    at: Place | None = None,
    people: Mapping[str, str] | None = None,
    zone: tzinfo = UTC,
) -> list[Day]:
    """The newest entries with their words and the people in them that this audience may see.

    ``before``: of those that stand after this place in the list, the earlier ones; ``at``: these, and the one there.
    """
    rows = [
        row
        for row in _standing(audience)
        if (before is None or _place(row) < before) and (at is None or _place(row) <= at)
    ]
    # What says nothing to somebody takes nobody's place on their page either.
    return _shown(audience, rows[:most] if audience.is_client else rows, people, zone)[:most]


def day(audience: Audience, entry: str, *, zone: tzinfo = UTC) -> Day | None:
    """One entry as this audience sees it."""
    return next(iter(_shown(audience, entries(audience).filter(pk=entry), None, zone)), None)


def days_between(
    audience: Audience, first: date, last: date, *, people: Mapping[str, str], zone: tzinfo
) -> list[Day]:
    """The entries of a span of days, the first day first."""
    rows = [row for row in reversed(_standing(audience)) if first <= row.on <= last]
    return _shown(audience, rows, people, zone)


def days_with_entries(audience: Audience) -> list[date]:
    """Every day of which this audience sees an entry, oldest first."""
    return sorted({day.on for day in _shown(audience, _standing(audience), None, UTC)})


def _shown(
    audience: Audience, found: Iterable[Entry], people: Mapping[str, str] | None, zone: tzinfo
) -> list[Day]:
    """Entries as this audience sees them. One of which they may see nothing is not there for them at all."""
    rows, names = list(found), labels(audience) if people is None else people
    words = read_many([audience], rows)
    shown = [_day(audience, row, words.get((row.id, "words")), names, zone) for row in rows]
    return [day for day in shown if audience.is_client or day.says_something]


def _day(audience: Audience, row: Entry, words: Words | None, names: Mapping[str, str], zone: tzinfo) -> Day:
    told = row.facts in audience.sees
    written = row.created_at.astimezone(zone).date()
    shared = row.shared_at.astimezone(zone).date() if row.shared_at else written
    return Day(
        id=row.id, on=row.on, at=row.created_at, mood=row.mood if told else None,
        people=tuple(names[p] for p in row.people if p in names) if told else (),
        on_my_own=row.on_my_own and told, facts=Sharing(row.facts) if told else None, words=words,
        together_in=row.together_in, more=_more(row) if told else (),
        written_on=written if written > row.on else None, waited=row.waited,
        shared_at=row.shared_at, shared_on=shared if shared > written else None,
    )  # fmt: skip


def _more(row: Entry) -> tuple[tuple[str, int], ...]:
    return tuple((item.label, row.more[item.key]) for item in more_items if item.key in row.more)


def open_parts(audience: Audience, entry: Entry) -> set[str]:
    """Which parts of an entry others may see: "facts" (mood and people), "words"."""
    words = read(audience, entry).get("words")
    parts = {"facts"} if entry.facts not in KEPT and entry.has_facts else set()
    return parts | ({"words"} if words and words.text.strip() and not words.is_kept else set())


def moods_between(audience: Audience, first: date, last: date) -> list[tuple[date, int]]:
    """Each mood that was said in a span of days, oldest first. A day without one is simply absent."""
    return [
        (row.on, row.mood)
        for row in reversed(_standing(audience))
        if first <= row.on <= last and row.mood is not None and row.facts in audience.sees
    ]


@once_a_page
def answers(audience: Audience) -> Floats:
    """The fuller items, day by day, shape (T, 5). Of two entries on one day, what the later one says stands."""
    told = [
        row
        for row in Entry.seen.all_of(audience)
        if row.withdrawn_at is None and row.facts in audience.sees and row.more
    ]
    diaries = read_diaries(("", row.on, row.more) for row in told)
    return diaries.y[0] if told else diaries.y.reshape(0, diaries.y.shape[2])


def find(audience: Audience, entry: str) -> Entry | None:
    """One entry, if this audience may see it."""
    return entries(audience).filter(pk=entry).first()


def fresh(on: date, usual: tuple[str, str]) -> dict[str, object]:
    """What a new entry's form begins with: its day, for the client's usual readers."""
    facts, words = usual
    return {"on": on, "sharing": facts or Sharing.JUST_ME, "words_sharing": words or Sharing.JUST_ME}


def as_told(audience: Audience, entry: str, on_my_own: str, usual: tuple[str, str]) -> dict[str, object]:
    """One entry as the form to change it begins, with the words' base; ``on_my_own`` is that chip's name."""
    found = find(audience, entry)
    if found is None:
        return {}
    words = read(audience, found).get("words")
    return {
        "on": found.on, "mood": found.mood, "people": [*found.people, *([on_my_own] if found.on_my_own else [])],
        "words": words.text if words else "", "words_base": words.base if words else "",
        "sharing": found.facts, "words_sharing": _readers_of_words(found, words, usual),
        **{f"more_{key}": str(value) for key, value in found.more.items()},
    }  # fmt: skip


def _readers_of_words(entry: Entry, words: Words | None, usual: tuple[str, str]) -> str:
    """Who the words are for. Where none stand it is her usual choice for words, whoever mood and people are for.

    A day of which she keeps something begins with words for herself, whatever is usual.
    """
    if words and words.text.strip():
        return words.sharing
    chosen = {*([entry.facts] if entry.has_facts else []), *([words.sharing] if words else [])}
    return Sharing.JUST_ME if chosen & KEPT else usual[1] or Sharing.JUST_ME
