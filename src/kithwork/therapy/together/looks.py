"""Who has looked: the trail of one course, folded by day into sentences that a person would say.

It tells who was there and what for; it never counts the days on which nobody was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.trail.models import Event
from kithwork.foundation.ui.dates import say_date
from kithwork.therapy.course.access import LISTS

PREPARES_WITHIN = timedelta(days=4)  # a look so soon before a session is for that session
USUAL = frozenset({"therapist"})
ROLES = {
    "therapist": gettext_noop("your therapist"),
    "deputy": gettext_noop("standing in for your therapist"),
    "supervisor": gettext_noop("supervisor"),
    "server": gettext_noop("whoever runs the server"),
}
BY_ITSELF = {
    "data.erased": gettext_noop("Kithwork erased your words, as was asked"),
    "read": gettext_noop("Somebody who runs the server took a copy of what you share"),
    "data.erasure_asked": gettext_noop("Somebody who runs the server asked to have everything erased"),
    "data.erasure_taken_back": gettext_noop("Somebody who runs the server took the erasing back"),
}

# What a page, or the room in which something was done, is called for the client.
PLACES = {
    "overview": gettext_noop("the overview"),
    "diary": gettext_noop("the shared diary"),
    "people": gettext_noop("your people"),
    "circles": gettext_noop("the circles"),
    "person": gettext_noop("a person’s card"),
    "first": gettext_noop("the first session’s picture"),
    "story": gettext_noop("your story"),
    "event": gettext_noop("your story"),
    "cycle": gettext_noop("how it goes round"),
    "difficulties": gettext_noop("the four kinds of difficulty"),
    "formulation": gettext_noop("what we agreed"),
    "focus": gettext_noop("the focus"),
    "contract": gettext_noop("our sessions"),
    "check-in": gettext_noop("the check-ins"),
    "checkins": gettext_noop("the check-ins"),
    "progress": gettext_noop("the weeks side by side"),
    "sessions": gettext_noop("the sessions"),
    "session": gettext_noop("a session"),
    "note": gettext_noop("a session’s note"),
    "safety": gettext_noop("the safety page"),
    "safety-plan": gettext_noop("the safety plan"),
    "ending": gettext_noop("the ending"),
    "to-talk-about": gettext_noop("things to talk about"),
    "clinic-today": gettext_noop("the list of the day"),
    "caseload": gettext_noop("the list of courses"),
    "letters": gettext_noop("the letters"),
    "safe-contact": gettext_noop("how to reach you"),
    "course": gettext_noop("the course"),
    "keepsake": gettext_noop("the keepsake"),
    "data": gettext_noop("my data"),
    "data-copy": gettext_noop("my data"),
    "to-decide": gettext_noop("what you left for later"),
    "reminders": gettext_noop("reminders"),
    "copy": gettext_noop("what you share, for a copy"),
    "plan": gettext_noop("what we agreed"),
    "invite-client": gettext_noop("your invitation"),
    "pause": gettext_noop("a pause"),
    "prepare": gettext_noop("the page before a session"),
    "review": gettext_noop("how it is going"),
    "worksheets": gettext_noop("the sheets"),
    "own-sheets": gettext_noop("notes on the sessions"),
}


@dataclass(frozen=True)
class Detail:
    """One event, in a few words."""

    at: datetime
    words: str
    times: int = 1


@dataclass(frozen=True)
class Look:
    """What one person did on one day, in a sentence; the details on request."""

    on: date
    sentence: str
    role: str
    details: tuple[Detail, ...]
    who: str = ""
    unusual: bool = False
    own: bool = False

    @property
    def question(self) -> str:
        """What somebody could ask about it, to begin with."""
        day = say_date(self.on, "l j F")
        if not self.who:
            return _("Why did somebody look at my record on {day}?").format(day=day)
        return _("Why did {who} look at my record on {day}?").format(who=self.who, day=day)


def looks(
    events: Iterable[Event], *, zone: ZoneInfo, sessions: Mapping[int, date], client: str
) -> list[Look]:
    """Fold a course's events by day and person: the unusual first, then the newest day."""

    def day_and_who(event: Event) -> tuple[date, str, str]:
        return event.at.astimezone(zone).date(), event.who_kind, event.who

    order = sorted(events, key=lambda event: (*day_and_who(event), event.place))
    folded = [
        _look(list(group), on, zone=zone, sessions=sessions, client=client)
        for (on, _, _), group in groupby(order, key=day_and_who)
    ]
    folded.sort(key=lambda look: (look.unusual, look.on, not look.own), reverse=True)
    return folded


def asked_about(found: Iterable[Look], *, on: str, who: str) -> Look | None:
    """The look that a link named, if there is one."""
    return next((look for look in found if look.on.isoformat() == on and look.who == who), None)


def _look(
    events: list[Event], on: date, *, zone: ZoneInfo, sessions: Mapping[int, date], client: str
) -> Look:
    one = events[0]
    details = tuple(_fold(events, zone))
    if one.who_kind == "client":
        return Look(on, _("You were here"), "", details, own=one.who == client)
    if one.who_kind == "system":
        return _by_itself(events, on, details)
    name = one.who_name.split(" ")[0] or _("Somebody")
    unusual = any(event.role not in USUAL for event in events)
    sentence = _sentence(name, events, on, sessions)
    return Look(on, sentence, _(ROLES.get(one.role, one.role)), details, one.who_name, unusual=unusual)


def _by_itself(events: list[Event], on: date, details: tuple[Detail, ...]) -> Look:
    """What no person of the clinic did: the program itself, or a command of whoever runs the server."""
    server = next((event for event in events if event.role == "server"), None)
    told = next((event for event in (server, *events) if event and event.act in BY_ITSELF), None)
    sentence = _(BY_ITSELF[told.act]) if told else _("Kithwork did something by itself")
    who = _(ROLES["server"]) if server else ""
    return Look(on, sentence, who, details, who, unusual=server is not None)


def _sentence(name: str, events: list[Event], on: date, sessions: Mapping[int, date]) -> str:
    """Say what the look was for: a session on that day, one soon after, or what was done."""
    if {event.page for event in events} <= LISTS and all(event.act == "read" for event in events):
        return _("{name} saw your course in a list").format(name=name)
    on_the_day = [n for n, day in sessions.items() if day == on]
    if any(event.act.startswith("session") for event in events) and on_the_day:
        return _("{name} worked with you in session {n}").format(name=name, n=on_the_day[0])
    soon = [n for n, day in sessions.items() if timedelta(0) <= day - on <= PREPARES_WITHIN]
    if soon:
        return _("{name} prepared for session {n}").format(name=name, n=min(soon))
    if any(event.act != "read" for event in events):
        return _("{name} worked on your record").format(name=name)
    return _("{name} opened your record").format(name=name)


def _fold(events: list[Event], zone: ZoneInfo) -> Iterable[Detail]:
    """One line for what was done again and again in a row."""
    for words, group in groupby(events, key=_words):
        same = list(group)
        yield Detail(same[0].at.astimezone(zone), words, len(same))


def _words(event: Event) -> str:
    if event.act == "read":
        page = _(PLACES.get(event.page, "")) or _("a page of your course")
        return _("opened {page}").format(page=page)
    room = event.act.partition(".")[0]
    place = PLACES.get(event.page) or PLACES.get(room) or PLACES.get(f"{room}s")
    return _("saved in {place}").format(place=_(place or "") or _("something"))
