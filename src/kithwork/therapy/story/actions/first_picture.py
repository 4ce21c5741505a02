"""The first session's picture: what it is like, how it began, earlier times, and what can be put down."""

from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words
from kithwork.foundation.passages.sharing import KEPT, Sharing, readers_of
from kithwork.foundation.trail import actions as trail
from kithwork.ipt import first
from kithwork.therapy.story import queries
from kithwork.therapy.story.access import check_may_keep
from kithwork.therapy.story.keeping import Texts, check_said, keep, span_of, write
from kithwork.therapy.story.models import Episode, FirstPicture, PutDown, StoryRecord, Symptom

R = TypeVar("R", bound=StoryRecord)


def write_first(
    *, by: Audience, field: str, text: str, sharing: Sharing = Sharing.JUST_ME, base: str = ""
) -> FirstPicture | None:
    """Write one field of the first session's picture."""
    return write_part(by=by, texts={field: text}, sharing=sharing, bases={field: base})


def write_part(
    *, by: Audience, texts: Texts, sharing: Sharing | None = None, bases: Texts | None = None
) -> FirstPicture | None:
    """Write several fields. Without ``sharing`` each keeps the readers that it has, and a new one is just hers.

    Nothing said where nothing stood keeps nothing.
    """
    check_may_keep(by, sharing or Sharing.JUST_ME)
    with transaction.atomic():
        trail.lock(by.course)
        rows, stands, picture = queries.first_rows(by), queries.first_fields(by), None
        for field, text in texts.items():
            if text.strip() or field in stands:
                readers = readers_of(text, sharing or _state_of(stands.get(field)))
                state = check_may_keep(by, readers)
                picture = _row_of(by, rows, stands.get(field), state)
                base = (bases or {}).get(field, "")
                passages.write(by, record=picture, field=field, text=text, sharing=state, base=base)
        trail.record("story.first_written", by=by.who, at=by.now, course=by.course, page="first")
    return picture


def _state_of(words: Words | None) -> Sharing:
    return words.sharing if words else Sharing.JUST_ME


def _row_of(by: Audience, rows: list[FirstPicture], words: Words | None, state: Sharing) -> FirstPicture:
    """The row that holds a field, opened to others when something in it is to be shared."""
    holder = next((row for row in rows if words and row.id == words.record), rows[0] if rows else None)
    if holder is None:
        holder = FirstPicture.make(by, sharing=state)
        rows.append(holder)
    elif state not in KEPT and holder.sharing in KEPT:
        holder.sharing = state
        holder.save(update_fields=["sharing"])
    return holder


def set_symptom(
    *,
    by: Audience,
    kind: str,
    present: str = "",
    words: Texts | None = None,
    sharing: Sharing = Sharing.JUST_ME,
    bases: Texts | None = None,
) -> Symptom:
    """Say whether something is noticed these days, and what it does to being with people."""
    state = check_may_keep(by, sharing)
    first.experiences.get(kind)
    if present:
        first.presence.get(present)
    with transaction.atomic():
        trail.lock(by.course)
        row, _ = queries.row_for(by, Symptom, kind=kind)
        symptom: Symptom = row or Symptom.make(by, sharing=state, kind=kind)
        write(by, symptom, words or {}, sharing=state, bases=bases)
        keep(by, symptom, sharing=state, present=present)
        trail.record("story.symptom_set", by=by.who, at=by.now, course=by.course, page="first")
    return symptom


def add_episode(
    *,
    by: Audience,
    when: str = "",
    until: str | date | None = None,
    before: str = "",
    then: str = "",
    helped: str = "",
    sharing: Sharing = Sharing.JUST_ME,
    today: date | None = None,
) -> Episode:
    """Keep an earlier time of low mood; when it was need not be known."""
    span = span_of(by, when, until, today=today)
    texts = {"before": before, "then": then, "helped": helped}
    check_said(when, *texts.values())
    return _add(by, Episode, "story.episode_added", texts, sharing=sharing, **span)


def change_episode(
    *,
    by: Audience,
    episode: Episode,
    when: str,
    texts: Texts,
    until: str | date | None = None,
    sharing: Sharing = Sharing.JUST_ME,
    bases: Texts | None = None,
    today: date | None = None,
) -> Episode:
    """Change an earlier time."""
    span = span_of(by, when, until, today=today)
    return _change(by, episode, "story.episode_changed", texts, sharing=sharing, bases=bases, **span)


def add_put_down(
    *,
    by: Audience,
    what: str,
    who_could: str = "",
    keep: str = "",
    who_should_know: str = "",
    sharing: Sharing = Sharing.JUST_ME,
) -> PutDown:
    """Keep something that can be put down for now, who could take it on, and who should know."""
    texts = {"what": what, "who_could": who_could, "keep": keep, "who_should_know": who_should_know}
    check_said(*texts.values())
    return _add(by, PutDown, "story.put_down_added", texts, sharing=sharing)


def change_put_down(
    *,
    by: Audience,
    put_down: PutDown,
    texts: Texts,
    sharing: Sharing = Sharing.JUST_ME,
    bases: Texts | None = None,
) -> PutDown:
    """Change what can be put down."""
    return _change(by, put_down, "story.put_down_changed", texts, sharing=sharing, bases=bases)


def _add(by: Audience, kind: type[R], act: str, texts: Texts, *, sharing: Sharing, **facts: Any) -> R:
    """Keep a new record with its words, and one line on the trail."""
    state = check_may_keep(by, sharing)
    with transaction.atomic():
        trail.lock(by.course)
        record: R = kind.make(by, sharing=state, changed_at=by.now, **facts)
        write(by, record, texts, sharing=state)
        trail.record(act, by=by.who, at=by.now, course=by.course, page="first")
    return record


def _change(
    by: Audience, record: R, act: str, texts: Texts, *, sharing: Sharing, bases: Texts | None, **facts: Any
) -> R:
    """Change a record and its words, with one line on the trail."""
    state = check_may_keep(by, sharing)
    with transaction.atomic():
        trail.lock(by.course)
        write(by, record, texts, sharing=state, bases=bases)
        keep(by, record, sharing=state, **facts)
        trail.record(act, by=by.who, at=by.now, course=by.course, page="first")
    return record
