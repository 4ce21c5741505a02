"""What happened: put on the timeline, changed, moved along it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.timeline import FuzzyDate, effects, lanes
from kithwork.refusal import Refusal
from kithwork.therapy.people.queries import labels
from kithwork.therapy.story.access import check_may_keep
from kithwork.therapy.story.keeping import Texts, keep, read_date, span_of, write
from kithwork.therapy.story.models import Event


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
    today: date | None = None,
) -> Event:
    """Put something that happened on the timeline. ``effect`` is a key of ``ipt.timeline.effects``, or empty.

    ``today`` is where the writer lives; "last March" is read from there.
    """
    state = check_may_keep(by, sharing)
    facts = _facts(title=title, lane=lane, effect=effect)
    read_date(by, when, today=today)  # an event has a date, however rough
    span = span_of(by, when, until, today=today)
    with transaction.atomic():
        trail.lock(by.course)
        event: Event = Event.make(by, sharing=state, changed_at=by.now, people=list(people), **facts, **span)
        write(by, event, {"title": title, "effect": effect_words}, sharing=state)
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
    today: date | None = None,
) -> Event:
    """Change an event. People whom the writer cannot see stay in it."""
    state = check_may_keep(by, sharing)
    facts = _facts(title=title, lane=lane, effect=effect)
    read_date(by, when, today=today)
    span = span_of(by, when, until, today=today)
    unseen = [person for person in event.people if person not in labels(by)]
    with transaction.atomic():
        trail.lock(by.course)
        write(by, event, {"title": title, "effect": effect_words}, sharing=state, bases=bases)
        keep(by, event, sharing=state, people=[*unseen, *people], **facts, **span)
        trail.record("story.event_changed", by=by.who, at=by.now, course=by.course, page="event")
    return event


def _facts(*, title: str, lane: str, effect: str) -> dict[str, Any]:
    if not title.strip():
        raise Refusal("An event needs a few words to know it by.", code="title-missing")
    lanes.get(lane)
    if effect:
        effects.get(effect)
    return {"lane": lane, "effect_on_mood": effect}


def move_event(
    *,
    by: Audience,
    event: Event,
    when: str = "",
    day: date | None = None,
    steps: int = 0,
    today: date | None = None,
) -> Event:
    """Move an event along the axis: to a rough date, onto a day, or by so many of its own steps.

    By day or by steps it stays as rough as it was; what lasted goes on lasting as long.
    """
    state = check_may_keep(by, Sharing(event.sharing))
    was = event.rough or FuzzyDate(event.created_at.year)
    now = read_date(by, when, today=today) if when.strip() else read_date(by, _moved(was, day, steps).key)
    end = event.rough_end
    if end:
        end = read_date(by, end.on(end.midpoint + (now.midpoint - was.midpoint)).key)
    with transaction.atomic():
        trail.lock(by.course)
        keep(by, event, sharing=state, rough=now, rough_end=end)
        trail.record("story.event_moved", by=by.who, at=by.now, course=by.course, page="story")
    return event


def _moved(was: FuzzyDate, day: date | None, steps: int) -> FuzzyDate:
    try:
        return was.on(day) if day else was.moved(steps)
    except (ValueError, OverflowError):
        raise Refusal(
            "That is too far away.", next_step="Move it in smaller steps, or write the date.", code="too-far"
        ) from None
