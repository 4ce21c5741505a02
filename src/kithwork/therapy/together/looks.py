"""Who has looked: the trail of one course, folded by day into sentences that a person would say.

It tells who was there and what for; it never counts the days on which nobody was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from kithwork.foundation.trail.models import Event
from kithwork.therapy.course.access import LISTS

PREPARES_WITHIN = timedelta(days=4)  # a look so soon before a session is for that session
USUAL = frozenset({"therapist"})
ROLES = {
    "therapist": "your therapist",
    "deputy": "standing in for your therapist",
    "supervisor": "supervisor",
    "server": "whoever runs the server",
}
BY_ITSELF = {
    "data.erased": "Kithwork erased your words, as was asked",
    "read": "Somebody who runs the server took a copy of what you share",
    "data.erasure_asked": "Somebody who runs the server asked to have everything erased",
    "data.erasure_taken_back": "Somebody who runs the server took the erasing back",
}

# What a page, or the room in which something was done, is called for the client.
PLACES = {
    "overview": "the overview", "diary": "the shared diary", "people": "your people", "circles": "the circles",
    "person": "a person’s card", "first": "the first session’s picture", "story": "your story", "event": "your story",
    "cycle": "how it goes round", "difficulties": "the four kinds of difficulty",
    "formulation": "what we agreed", "focus": "the focus",
    "worksheets": "the sheets", "own-sheets": "notes on the sessions", "contract": "our sessions",
    "check-in": "the check-ins", "checkins": "the check-ins", "progress": "the weeks side by side",
    "sessions": "the sessions", "session": "a session", "note": "a session’s note", "safety": "the safety page",
    "safety-plan": "the safety plan", "ending": "the ending", "to-talk-about": "things to talk about",
    "clinic-today": "the list of the day", "caseload": "the list of courses", "letters": "the letters",
    "safe-contact": "how to reach you",
    "course": "the course", "keepsake": "the keepsake", "data": "my data", "data-copy": "my data",
    "to-decide": "what you left for later",
    "reminders": "reminders", "copy": "what you share, for a copy", "plan": "what we agreed",
    "invite-client": "your invitation",
}  # fmt: skip


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
        return (
            f"Why did {self.who or 'somebody'} look at my record on {self.on:%A} {self.on.day} {self.on:%B}?"
        )


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
        return Look(on, "You were here", "", details, own=one.who == client)
    if one.who_kind == "system":
        return _by_itself(events, on, details)
    name = one.who_name.split(" ")[0] or "Somebody"
    unusual = any(event.role not in USUAL for event in events)
    sentence = _sentence(name, events, on, sessions)
    return Look(on, sentence, ROLES.get(one.role, one.role), details, one.who_name, unusual=unusual)


def _by_itself(events: list[Event], on: date, details: tuple[Detail, ...]) -> Look:
    """What no person of the clinic did: the program itself, or a command of whoever runs the server."""
    server = next((event for event in events if event.role == "server"), None)
    told = next((event for event in (server, *events) if event and event.act in BY_ITSELF), None)
    sentence = BY_ITSELF[told.act] if told else "Kithwork did something by itself"
    who = ROLES["server"] if server else ""
    return Look(on, sentence, who, details, who, unusual=server is not None)


def _sentence(name: str, events: list[Event], on: date, sessions: Mapping[int, date]) -> str:
    """Say what the look was for: a session on that day, one soon after, or what was done."""
    if {event.page for event in events} <= LISTS and all(event.act == "read" for event in events):
        return f"{name} saw your course in a list"
    on_the_day = [n for n, day in sessions.items() if day == on]
    if any(event.act.startswith("session") for event in events) and on_the_day:
        return f"{name} worked with you in session {on_the_day[0]}"
    soon = [n for n, day in sessions.items() if timedelta(0) <= day - on <= PREPARES_WITHIN]
    if soon:
        return f"{name} prepared for session {min(soon)}"
    if any(event.act != "read" for event in events):
        return f"{name} worked on your record"
    return f"{name} opened your record"


def _fold(events: list[Event], zone: ZoneInfo) -> Iterable[Detail]:
    """One line for what was done again and again in a row."""
    for words, group in groupby(events, key=_words):
        same = list(group)
        yield Detail(same[0].at.astimezone(zone), words, len(same))


def _words(event: Event) -> str:
    if event.act == "read":
        return f"opened {PLACES.get(event.page, 'a page of your course')}"
    room = event.act.partition(".")[0]
    place = PLACES.get(event.page) or PLACES.get(room) or PLACES.get(f"{room}s") or "something"
    return f"saved in {place}"
