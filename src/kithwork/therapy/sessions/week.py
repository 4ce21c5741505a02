"""The week in one line: the score, what happened, who was there; next to one another, never one from the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read_many
from kithwork.foundation.ui.dates import say_date
from kithwork.foundation.ui.tide import mood_words
from kithwork.instruments import get as get_instrument
from kithwork.ipt.course_life import week_days
from kithwork.therapy.checkins.queries import ScorePoint, scores
from kithwork.therapy.diary.queries import Day, days
from kithwork.therapy.people.queries import labels
from kithwork.therapy.sessions.models import TherapySession, WeekLink
from kithwork.therapy.sessions.queries import rows, was_held
from kithwork.therapy.story.queries import ShownEvent, events

INSTRUMENTS = ("phq9", "gad7")
RECENT_DAYS, RECENT_EVENTS, RECENT_SCORES = 14, 20, 3


@dataclass(frozen=True)
class ShownScore:
    """A questionnaire's total at one check-in, beside the one before."""

    id: str
    label: str
    on: date
    total: int | None
    before: int | None

    @property
    def change(self) -> str:
        """The difference as a sentence; nothing where there are not two whole totals."""
        if self.total is None or self.before is None:
            return ""
        points = self.total - self.before
        if not points:
            return _("the same as last time ({before})").format(before=self.before)
        told = (
            _("{points} higher than last time ({before})")
            if points > 0
            else _("{points} lower than last time ({before})")
        )
        return told.format(points=abs(points), before=self.before)

    @property
    def line(self) -> str:
        """The score with its day, for a list to pick from."""
        total = _("not complete") if self.total is None else self.total
        return f"{self.label} {total}, {say_date(self.on, 'D j F')}"


@dataclass(frozen=True)
class ShownLink:
    """The week's line with its ends in words."""

    id: str
    words: Words | None
    answers: str
    event: str
    person: str
    ends: tuple[str, ...]
    which: str = ""

    @property
    def which_label(self) -> str:
        """Whether that was the worst day or the best; nothing where it was neither."""
        return _(week_days.get(self.which).label) if self.which else ""


class Week:
    """What can be linked before one session, as one audience sees it. Each part is read at most once."""

    def __init__(self, audience: Audience, zone: ZoneInfo, session: TherapySession) -> None:
        self.audience, self.zone, self.session = audience, zone, session

    @cached_property
    def people(self) -> dict[str, str]:
        """Everybody who may be named."""
        return labels(self.audience)

    @cached_property
    def points(self) -> dict[str, list[ShownScore]]:
        """Every check-in sent so far, by questionnaire, oldest first."""
        return {key: _shown_scores(key, scores(self.audience, key)) for key in INSTRUMENTS}

    @cached_property
    def events(self) -> dict[str, str]:
        """What happened lately, newest first."""
        found = sorted(events(self.audience), key=lambda one: one.latest, reverse=True)
        return {one.id: _event_line(one) for one in found}

    @cached_property
    def days(self) -> dict[str, str]:
        """The diary's newest days."""
        return {day.id: _day_line(day) for day in self._days}

    @cached_property
    def _days(self) -> list[Day]:
        return days(self.audience)

    @cached_property
    def told(self) -> list[Day]:
        """The diary days since the session before of which this audience sees the mood, the first one first."""
        first, last = self._span()
        found = [day for day in self._days if day.mood and first <= day.on <= last]
        return sorted(found, key=lambda day: (day.on, day.at))

    def outstanding(self, which: str) -> Day | None:
        """The day with the lowest mood, or the highest; where several are equal, the latest of them."""
        found = self.told if which else []
        sign = -1 if which == "worst" else 1
        return max(found, key=lambda day: (sign * (day.mood or 0), day.on, day.at), default=None)

    def around(self, day: Day | None) -> str:
        """Who was around on that day, if exactly one can be named."""
        ids = [one for one, name in self.people.items() if day and name in day.people]
        return ids[0] if len(ids) == 1 else ""

    @property
    def check_in(self) -> list[ShownScore]:
        """The check-in that this session looks at: the last one between the session before and this one."""
        first, last = self._span()
        found = [[one for one in points if first < one.on <= last] for points in self.points.values()]
        return [points[-1] for points in found if points]

    def _span(self) -> tuple[date, date]:
        held = [one for one in rows(self.audience) if was_held(one) and one.id != self.session.id]
        before = [one.at for one in held if one.at < self.session.at]
        first = max(before).astimezone(self.zone).date() if before else date.min
        last = self.session.closed_at or max(self.audience.now, self.session.at)
        return first, last.astimezone(self.zone).date()

    def score_choices(self) -> list[tuple[str, str]]:
        """The newest scores to pick from."""
        return [(one.id, one.line) for points in self.points.values() for one in points[-RECENT_SCORES:]]

    def event_choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Events and diary days to pick from."""
        groups = (
            ("What happened", list(self.events.items())[:RECENT_EVENTS]),
            ("Diary", list(self.days.items())[:RECENT_DAYS]),
        )
        return [(name, choices) for name, choices in groups if choices]

    def person_choices(self) -> list[tuple[str, str]]:
        """The people to pick from."""
        return list(self.people.items())

    @cached_property
    def link(self) -> ShownLink | None:
        """The line of this session; None where there is none, or an end of it is kept from this audience."""
        return next(iter(self.links()), None)

    def links(self) -> list[ShownLink]:
        """Every line of this session of which this audience may see all ends."""
        found = [one for one in WeekLink.seen.all_of(self.audience) if one.meeting_id == self.session.id]
        words = read_many([self.audience], found)
        shown = [self._shown(one, words.get((one.id, "link"))) for one in found]
        return [one for one in shown if one]

    def _shown(self, row: WeekLink, words: Words | None) -> ShownLink | None:
        answers = (
            {one.id: one.line for points in self.points.values() for one in points} if row.answers else {}
        )
        happened = {**self.events, **self.days} if row.event else {}
        ends = ((row.answers, answers), (row.event, happened), (row.person, self.people))
        if any(end and end not in known for end, known in ends):
            return None
        named = tuple(known[end] for end, known in ends if end)
        return ShownLink(row.id, words, row.answers, row.event, row.person, named, row.which)


def _shown_scores(key: str, points: Sequence[ScorePoint]) -> list[ShownScore]:
    label, before = get_instrument(key).short_title, None
    shown: list[ShownScore] = []
    for point in points:
        shown.append(ShownScore(point.id, label, point.on, point.total, before))
        before = point.total if point.total is not None else before
    return shown


def _event_line(event: ShownEvent) -> str:
    return f"{event.title}, {event.when}" if event.when else f"{event.title}"


def _day_line(day: Day) -> str:
    mood = f": {mood_words(day.mood).lower()}" if day.mood else ""
    return f"{say_date(day.on, 'D j F')}{mood}"
