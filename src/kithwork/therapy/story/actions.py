"""Everything that may be done to the story."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.models import Passage
from kithwork.foundation.passages.queries import Words, read
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt import cycle_steps, first
from kithwork.ipt.timeline import USUAL_LINK, End, FuzzyDate, UnclearDate, check_link, effects, lanes
from kithwork.refusal import Refusal
from kithwork.therapy.people.queries import labels
from kithwork.therapy.story import queries
from kithwork.therapy.story.access import check_may_keep, check_may_remove
from kithwork.therapy.story.models import (
    CycleStep,
    Episode,
    Event,
    FirstPicture,
    Link,
    PutDown,
    StoryRecord,
    Symptom,
)

Texts = Mapping[str, str]


def _read_date(by: Audience, text: str) -> FuzzyDate:
    """A rough date that has come already; a day ahead is today on the other side of the world."""
    return FuzzyDate.parse(text, today=by.now.date() + timedelta(days=1))


# What happened


def add_event(
    *,
    by: Audience,
    title: str,
    when: str,
    lane: str,
    effect: str = "",
    effect_words: str = "",
    people: Iterable[str] = (),
    until: str | date | None = None,
    sharing: Sharing = Sharing.JUST_ME,
) -> Event:
    """Put something that happened on the timeline. ``effect`` is a key of ``ipt.timeline.effects``, or empty."""
    state = check_may_keep(by, sharing)
    facts = _event_facts(by, title=title, when=when, lane=lane, effect=effect, until=until)
    texts = {"title": title, "effect": effect_words}
    with transaction.atomic():
        trail.lock(by.course)
        event: Event = Event.make(by, sharing=state, changed_at=by.now, people=list(people), **facts)
        _write(by, event, texts, sharing=state)
        trail.record("story.event_added", by=by.who, at=by.now, course=by.course, page="story")
    return event


def change_event(
    *,
    by: Audience,
    event: Event,
    title: str,
    when: str,
    lane: str,
    effect: str = "",
    effect_words: str = "",
    people: Iterable[str] = (),
    until: str | date | None = None,
    sharing: Sharing = Sharing.JUST_ME,
    bases: Texts | None = None,
) -> Event:
    """Change an event. People whom the writer cannot see stay in it."""
    state = check_may_keep(by, sharing)
    facts = _event_facts(by, title=title, when=when, lane=lane, effect=effect, until=until)
    unseen = [person for person in event.people if person not in labels(by)]
    with transaction.atomic():
        trail.lock(by.course)
        _write(by, event, {"title": title, "effect": effect_words}, sharing=state, bases=bases)
        _keep(by, event, sharing=state, people=[*unseen, *people], **facts)
        trail.record("story.event_changed", by=by.who, at=by.now, course=by.course, page="event")
    return event


def _event_facts(
    by: Audience, *, title: str, when: str, lane: str, effect: str, until: str | date | None
) -> dict[str, Any]:
    if not title.strip():
        raise Refusal("An event needs a few words to know it by.", code="title-missing")
    lanes.get(lane)
    if effect:
        effects.get(effect)
    began, ended = _read_date(by, when), _end(by, until)
    if ended and ended.latest < began.earliest:
        raise UnclearDate("It cannot have ended before it began.", next_step="Check the two dates.")
    return {
        "rough": began, "lane": lane, "effect_on_mood": effect,
        "until": ended.latest if ended else None, "until_when": ended.key if ended else "",
    }  # fmt: skip


def _end(by: Audience, until: str | date | None) -> FuzzyDate | None:
    if not until:
        return None
    return _read_date(by, until.isoformat() if isinstance(until, date) else until)


# The first session's picture


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
                state = check_may_keep(by, sharing or _state_of(stands.get(field)))
                picture = _row_of(by, rows, stands.get(field), state)
                base = (bases or {}).get(field, "")
                passages.write(by, record=picture, field=field, text=text, sharing=state, base=base)
        trail.record("story.first_written", by=by.who, at=by.now, course=by.course, page="first")
    return picture


def _state_of(words: Words | None) -> Sharing:
    return words.sharing if words else Sharing.JUST_ME


def _row_of(by: Audience, rows: list[FirstPicture], words: Words | None, state: Sharing) -> FirstPicture:
    """The row that holds a field, opened to others when something in it is to be shared."""
    holder = next((row for row in rows if words and row.pk == words.record), rows[0] if rows else None)
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
        _write(by, symptom, words or {}, sharing=state, bases=bases)
        _keep(by, symptom, sharing=state, present=present)
        trail.record("story.symptom_set", by=by.who, at=by.now, course=by.course, page="first")
    return symptom


def add_episode(
    *,
    by: Audience,
    when: str = "",
    before: str = "",
    then: str = "",
    helped: str = "",
    sharing: Sharing = Sharing.JUST_ME,
) -> Episode:
    """Keep an earlier time of low mood; when it was need not be known."""
    state = check_may_keep(by, sharing)
    rough = _read_date(by, when) if when.strip() else None
    texts = {"before": before, "then": then, "helped": helped}
    _check_said(when, *texts.values())
    with transaction.atomic():
        trail.lock(by.course)
        episode: Episode = Episode.make(by, sharing=state, changed_at=by.now, rough=rough)
        _write(by, episode, texts, sharing=state)
        trail.record("story.episode_added", by=by.who, at=by.now, course=by.course, page="first")
    return episode


def change_episode(
    *,
    by: Audience,
    episode: Episode,
    when: str,
    texts: Texts,
    sharing: Sharing = Sharing.JUST_ME,
    bases: Texts | None = None,
) -> Episode:
    """Change an earlier time."""
    state = check_may_keep(by, sharing)
    rough = _read_date(by, when) if when.strip() else None
    with transaction.atomic():
        trail.lock(by.course)
        _write(by, episode, texts, sharing=state, bases=bases)
        _keep(by, episode, sharing=state, rough=rough)
        trail.record("story.episode_changed", by=by.who, at=by.now, course=by.course, page="first")
    return episode


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
    state = check_may_keep(by, sharing)
    texts = {"what": what, "who_could": who_could, "keep": keep, "who_should_know": who_should_know}
    _check_said(*texts.values())
    with transaction.atomic():
        trail.lock(by.course)
        put_down: PutDown = PutDown.make(by, sharing=state, changed_at=by.now)
        _write(by, put_down, texts, sharing=state)
        trail.record("story.put_down_added", by=by.who, at=by.now, course=by.course, page="first")
    return put_down


def change_put_down(
    *,
    by: Audience,
    put_down: PutDown,
    texts: Texts,
    sharing: Sharing = Sharing.JUST_ME,
    bases: Texts | None = None,
) -> PutDown:
    """Change what can be put down."""
    state = check_may_keep(by, sharing)
    with transaction.atomic():
        trail.lock(by.course)
        _write(by, put_down, texts, sharing=state, bases=bases)
        _keep(by, put_down, sharing=state)
        trail.record("story.put_down_changed", by=by.who, at=by.now, course=by.course, page="first")
    return put_down


def _check_said(*texts: str) -> None:
    if not any(text.strip() for text in texts):
        raise Refusal(
            "There is nothing here to keep yet.", next_step="One word is enough.", code="nothing-said"
        )


# How it goes round


def set_cycle_step(
    *,
    by: Audience,
    station: str,
    answer: str = "",
    my_words: str = "",
    help_here: str = "",
    differently: str = "",
    could_stop_here: bool = False,
    sharing: Sharing = Sharing.JUST_ME,
    bases: Texts | None = None,
) -> CycleStep:
    """Make one station one's own, and mark where it could stop."""
    state = check_may_keep(by, sharing)
    cycle_steps.stations.get(station)
    if answer:
        cycle_steps.answers.get(answer)
    texts = {"my_words": my_words, "help_here": help_here, "differently": differently}
    with transaction.atomic():
        trail.lock(by.course)
        row, _ = queries.row_for(by, CycleStep, station=station)
        step: CycleStep = row or CycleStep.make(by, sharing=state, station=station)
        _write(by, step, texts, sharing=state, bases=bases)
        _keep(by, step, sharing=state, answer=answer, could_stop_here=could_stop_here)
        trail.record("story.cycle_set", by=by.who, at=by.now, course=by.course, page="cycle")
    return step


# Links


def link(
    *, by: Audience, one: End, other: End, kind: str = USUAL_LINK, sharing: Sharing = Sharing.JUST_ME
) -> Link:
    """Join two things that belong together. Which came first need not be said."""
    state = check_may_keep(by, sharing)
    check_link(one, other, kind=kind)
    things = queries.linkable(by)
    if any(end.id not in things[end.kind] for end in (one, other)):
        raise Refusal("That is not there to be linked.", next_step="Choose another.", code="no-such-end")
    with transaction.atomic():
        trail.lock(by.course)
        made: Link = Link.make(
            by, sharing=state, kind=kind, one_kind=one.kind, one=one.id, other_kind=other.kind, other=other.id
        )
        trail.record("story.linked", by=by.who, at=by.now, course=by.course, page="event")
    return made


def unlink(*, by: Audience, link: Link) -> None:
    """Take a link away; what it joined stays."""
    check_may_keep(by, Sharing.SHARED)
    with transaction.atomic():
        trail.lock(by.course)
        link.removed_at = by.now
        link.save(update_fields=["removed_at"])
        trail.record("story.unlinked", by=by.who, at=by.now, course=by.course, page="event")


# Taking out


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
    kinds: tuple[type[StoryRecord], ...] = (Symptom, Episode, PutDown, Event, CycleStep)
    found = (queries.find(by, kind, record) for kind in kinds)
    pictures = (row for row in queries.first_rows(by) if row.pk == record)
    return next((row for row in found if row), None) or next(pictures, None)


def _all_but(by: Audience, record: str, field: str) -> frozenset[str]:
    """What stays of a record when one field is taken out: other fields, and the client's own hand."""
    rows = Passage.objects.filter(client=by.client, record=record)
    going = rows.filter(field=field) if by.is_client else rows.filter(field=field, side="staff")
    return frozenset(rows.exclude(pk__in=going.values("pk")).values_list("pk", flat=True))


def _empty(by: Audience, record: StoryRecord) -> None:
    passages.overwrite(by, record=record.pk)
    record.removed_at = by.now
    record.save(update_fields=["removed_at"])


# Keeping


def _write(
    by: Audience, record: StoryRecord, texts: Texts, *, sharing: Sharing, bases: Texts | None = None
) -> None:
    """Write a record's fields for one set of readers; what is not written anew goes with them."""
    for field, text in texts.items():
        base = (bases or {}).get(field, "")
        passages.write(by, record=record, field=field, text=text, sharing=sharing, base=base)
    for field, words in read(by, record).items():
        if field not in texts and words.sharing is not sharing:
            passages.change_sharing(by, record=record, field=field, sharing=sharing)


def _keep(by: Audience, record: StoryRecord, *, sharing: Sharing, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(record, name, value)
    record.sharing, record.changed_at = sharing, by.now
    record.save()
