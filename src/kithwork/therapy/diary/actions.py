"""Everything that may be done in the diary."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read
from kithwork.foundation.passages.sharing import KEPT, OPEN, Sharing, readers_of
from kithwork.foundation.passages.taken_back import note_readers
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.diary import check_more, more_items
from kithwork.refusal import Refusal
from kithwork.therapy.diary import queries, worked_out
from kithwork.therapy.diary.models import Entry
from kithwork.therapy.people.actions import somebody_called

MOODS = range(1, 6)


def write_entry(
    *,
    by: Audience,
    on: date,
    mood: int | None = None,
    people: Iterable[str] = (),
    someone: str = "",
    on_my_own: bool = False,
    more: dict[str, int] | None = None,
    words: str = "",
    sharing: Sharing = Sharing.JUST_ME,
    words_sharing: Sharing = Sharing.JUST_ME,
    waited: bool = False,
) -> Entry:
    """Keep one entry. Each call makes a new one, many a day. ``waited``: it was written before there was a network.

    ``someone`` is the name of somebody who was in the day too, and need not be among her people yet.
    """
    _check(by, on, mood)
    told = {"mood": mood, "people": list(people), "on_my_own": on_my_own, "more": check_more(more or {})}
    says_facts = any(told.values()) or bool(someone.strip())
    facts, known = _who_for(by, sharing, words_sharing, words, says_facts=says_facts)
    with transaction.atomic():
        trail.lock(by.course)
        told["people"] = _with_someone(by, people, someone, facts)
        shared_at = None if known in KEPT else by.now
        entry: Entry = Entry.make(
            by, sharing=known, facts=facts, on=on, waited=waited, shared_at=shared_at, **told
        )
        passages.write(by, record=entry, field="words", text=words, sharing=words_sharing)
        _work_out_anew(by, entry)
        trail.record("diary.written", by=by.who, at=by.now, course=by.course, page="diary")
    return entry


def change_entry(
    *,
    by: Audience,
    entry: Entry,
    mood: int | None,
    people: Iterable[str],
    on_my_own: bool,
    words: str,
    words_base: str,
    sharing: Sharing,
    words_sharing: Sharing,
    more: dict[str, int] | None = None,
    someone: str = "",
) -> Entry:
    """Change one's own entry. Its words are a new revision; the mood is corrected in place.

    ``more`` of None leaves the fuller items as they are; ``someone`` as in ``write_entry``.
    """
    _check(by, entry.on, mood)
    with transaction.atomic():
        trail.lock(by.course)
        was_open = queries.open_parts(by, entry)
        passages.write(by, record=entry, field="words", text=words, sharing=words_sharing, base=words_base)
        facts = sharing if by.is_client else Sharing.SHARED
        entry.people = _with_someone(by, people, someone, facts)
        entry.mood, entry.on_my_own = mood, on_my_own
        entry.more = entry.more if more is None else _no_longer_asked(entry) | check_more(more)
        was = entry.facts
        entry.facts, entry.sharing = _who_for(by, sharing, words_sharing, words, says_facts=entry.has_facts)
        note_readers(before=was, after=entry.facts)
        is_open = queries.open_parts(by, entry)
        if is_open - was_open:
            entry.shared_at = by.now
        entry.changed_at = by.now
        entry.save()
        _work_out_anew(by, entry, was=was)
        trail.record("diary.changed", by=by.who, at=by.now, course=by.course, page="diary")
    return entry


def withdraw_entry(*, by: Audience, entry: Entry) -> None:
    """Undo: the entry is gone from every page, its words are emptied."""
    _check(by, entry.on, entry.mood)
    with transaction.atomic():
        passages.overwrite(by, record=entry.id)
        _work_out_anew(by, entry)
        note_readers(before=entry.sharing, after=Sharing.JUST_ME)
        entry.withdrawn_at = by.now
        entry.mood, entry.people, entry.on_my_own, entry.more = None, [], False, {}
        entry.save()
        trail.record("diary.withdrawn", by=by.who, at=by.now, course=by.course, page="diary")


def _with_someone(by: Audience, people: Iterable[str], someone: str, facts: Sharing) -> list[str]:
    """Everybody who was in a day, each once. Whoever is new has the readers of mood and people."""
    named = [somebody_called(by=by, label=someone, sharing=facts)] if someone.strip() else []
    return list(dict.fromkeys([*people, *named]))


def _no_longer_asked(entry: Entry) -> dict[str, int]:
    return {key: value for key, value in entry.more.items() if key not in more_items}


def decide(
    *, by: Audience, entry: Entry, facts: Sharing | None = None, words: Sharing | None = None
) -> Entry:
    """Settle who mood and people, or the words, are for. What was said stays as it is."""
    _check(by, entry.on, entry.mood)
    with transaction.atomic():
        trail.lock(by.course)
        entry = Entry.seen.visible_to(by).get(pk=entry.id)
        was_open = queries.open_parts(by, entry)
        if words:
            passages.change_sharing(by, record=entry, field="words", sharing=words)
        said = read(by, entry).get("words")
        words_for = said.sharing if said else Sharing.JUST_ME
        was, chosen, text = entry.facts, facts or Sharing(entry.facts), said.text if said else ""
        entry.facts, entry.sharing = _who_for(by, chosen, words_for, text, says_facts=entry.has_facts)
        note_readers(before=was, after=entry.facts)
        if queries.open_parts(by, entry) - was_open:
            entry.shared_at = by.now
        entry.save(update_fields=["facts", "sharing", "shared_at"])
        _work_out_anew(by, entry, was=was)
        trail.record("diary.decided", by=by.who, at=by.now, course=by.course, page="diary")
    return entry


def _work_out_anew(by: Audience, entry: Entry, *, was: str = "") -> None:
    """What the diary can say changes with its fuller items; what it can say to both, only where both see them."""
    if entry.more or was:
        worked_out.ask(by.course, both=bool({was, entry.facts} & OPEN))


def _check(by: Audience, on: date, mood: int | None) -> None:
    if not by.may_write:
        raise Refusal("This course has ended. What you wrote stays here to read.", code="course-ended")
    if mood is not None and mood not in MOODS:
        raise Refusal("Choose one of the five, or none.", code="mood-unknown")
    # A day ahead is somebody's evening on the other side of the world.
    if on > by.now.date() + timedelta(days=1):
        raise Refusal(
            "That day has not come yet.", next_step="Choose today or a day before.", code="day-ahead"
        )


def _who_for(
    by: Audience, facts: Sharing, words_for: Sharing, words: str, *, says_facts: bool
) -> tuple[Sharing, Sharing]:
    """Who mood and people are for, and who may know of the entry at all: whoever may see any part that says something.

    In the therapist's hand an entry is written together, so it is shared.
    """
    if not by.is_client:
        return Sharing.SHARED, Sharing.SHARED
    if {facts, words_for} - (KEPT | {Sharing.SHARED}):
        raise Refusal("Choose who this is for.", code="state-not-open")
    said = [*([facts] if says_facts else []), *([readers_of(words, words_for)] if words.strip() else [])]
    if Sharing.SHARED in said:
        return facts, Sharing.SHARED
    return facts, said[0] if said else Sharing.JUST_ME
