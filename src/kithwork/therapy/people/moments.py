"""Moments that circles can be laid over: now, a named one, or the end of a day on which somebody was placed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.ui.dates import say_date
from kithwork.ipt.inventory import Placed, moves
from kithwork.therapy.people.models import Snapshot
from kithwork.therapy.people.queries import ShownPerson, days_placed, end_of_day, everybody, zone_of

MOST_DAYS = 12


@dataclass(frozen=True)
class Moment:
    """A moment that was chosen: what stands in the address for it, what it is called, and when it was."""

    key: str
    label: str
    at: datetime


def moments(audience: Audience, *, today: date) -> list[tuple[str, str]]:
    """What circles can be compared with: the named moments first, then the newest days but today."""
    snapshots = Snapshot.seen.visible_to(audience).order_by("-at", "-pk")
    days = [day for day in days_placed(audience) if day != today][:MOST_DAYS]
    named = [(one.id, _name(one)) for one in snapshots]
    return named + [(day.isoformat(), say_date(day, "j F Y")) for day in days]


def _name(snapshot: Snapshot) -> str:
    """By its session, where there was one, and its day."""
    day = say_date(snapshot.at.astimezone(zone_of(snapshot.client)), "j F Y")
    return (
        _("Session {session}, {day}").format(session=snapshot.session, day=day)
        if snapshot.session
        else _("Kept on {day}").format(day=day)
    )


def find_moment(audience: Audience, key: str) -> Moment | None:
    """The moment that an address names, if there is one for this audience."""
    snapshot = Snapshot.seen.visible_to(audience).filter(pk=key).first()
    if snapshot is not None:
        return Moment(key, _name(snapshot), snapshot.at)
    day = _day(key)
    end = end_of_day(audience, day) if day else None
    return Moment(key, say_date(day, "j F Y"), end) if day and end else None


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Told:
    """A move in a sentence, and whether it is about somebody whom the client keeps."""

    words: str
    is_kept: bool


def what_moved(
    audience: Audience, *, since: datetime, until: datetime | None, view: str = "now"
) -> list[Told]:
    """Who stands elsewhere than before, each in a sentence."""
    before, after = everybody(audience, at=since), everybody(audience, at=until)
    known = {one.id: one for one in (*before, *after)}
    then, now = ([_placed(one, view) for one in shown] for shown in (before, after))
    found = [(known[move.person], move) for move in moves(then, now)]
    return [Told(move.told_of(person.label, say=_), person.is_kept) for person, move in found]


def _placed(person: ShownPerson, view: str) -> Placed:
    place = person.place_in(view)
    return Placed(person.id, place.ring if place else None)
