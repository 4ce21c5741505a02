"""Five minutes before a session: what moved, what was said, what was tried, what is still open, and where to begin.

It reads what the rooms hold and adds nothing. Staff only: what lies here must never be on a screen that both look at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read
from kithwork.ipt.course_life import attendance
from kithwork.ipt.preparing import Moment, Opening, open_with, still_open
from kithwork.ipt.protocol import Phase, Task
from kithwork.therapy.checkins.queries.reading import sent_answers
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.queries import agreed_sessions
from kithwork.therapy.focus.queries import current as current_focus
from kithwork.therapy.people import queries as people
from kithwork.therapy.people.moments import what_moved
from kithwork.therapy.reviews import queries as reviews
from kithwork.therapy.reviews.arithmetic import Moved, moved
from kithwork.therapy.sessions import queries as sessions
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.queries import AgendaLine, ShownTryOut
from kithwork.therapy.together.dates import NearDay, days_near
from kithwork.therapy.together.overview import KINDS, SharedItem, shared_since
from kithwork.therapy.together.traces import traces

HIGHLIGHTS, MORE_SHARED, TRIES = 4, 4, 3
DIARY = "diary"
STANDS_ELSEWHERE = {KINDS["agendaitem"], KINDS["tryout"]}  # on cards of their own
APART = 2  # steps on the scale of five, between the worst and the best day


@dataclass(frozen=True)
class LastTime:
    """Where the two left off: the last session's summary and the therapist's own note."""

    n: int
    address: str
    at: datetime
    summary: str
    note: str


@dataclass(frozen=True)
class Said:
    """What the client has shared since the two last met."""

    diary: list[SharedItem]
    more_days: int
    rest: list[SharedItem]
    more: int
    moods: list[int]  # of every shared day, also of those that are not highlights

    @property
    def lie_apart(self) -> bool:
        """Whether one day was much better than another."""
        return bool(self.moods) and max(self.moods) - min(self.moods) >= APART


@dataclass(frozen=True)
class Work:
    """What the protocol suggests for this session, and what of earlier ones has left nothing in the record."""

    phase: Phase
    left: int | None  # sessions after this one; None where no number is agreed
    suggested: Sequence[Task]
    still_open: Sequence[Task]


@dataclass(frozen=True)
class Preparation:
    """Everything on the page."""

    session: int
    work: Work
    last: LastTime | None
    missed: str  # what became of the last appointment, where the two did not meet
    scores: list[Moved]
    no_check_in: bool  # none has come in since the two last met
    said: Said
    tries: list[ShownTryOut]
    agenda: list[AgendaLine]
    moves: list[str]
    days: list[NearDay]
    review_due: int | None
    last_review: reviews.ShownReview | None
    nobody_placed: bool
    has_focus: bool

    @property
    def questions(self) -> tuple[Opening, ...]:
        """Where to begin, and one or two ways to go on."""
        return open_with(
            Moment(
                n=self.session, phase=self.work.phase, is_last=self.work.left == 0, missed=bool(self.missed),
                there=frozenset(self._there()),
            )
        )  # fmt: skip

    def _there(self) -> Iterator[str]:
        """What there is for a question to rest on, by the names of ``ipt.preparing.questions``."""
        found = {
            "near_date": self.days,
            "brought": any(line.from_client and not line.done for line in self.agenda),
            "tried": self.tries,
            "score_moved": any(one.has_moved and one.is_newest for one in self.scores),
            "moved_closer": self.moves,
            "days_apart": self.said.lie_apart,
            "people": self.nobody_placed,
            "focus": self.has_focus,
        }
        return (name for name, stands in found.items() if stands)


def prepare(audience: Audience, course: Course, *, zone: ZoneInfo, today: date) -> Preparation:
    """Gather the page for the session that comes next, or is going on."""
    everybody, since = people.everybody(audience), sessions.since_last_session(audience)
    last = sessions.last_held(audience)
    return Preparation(
        session=course.current_session, work=_work(audience, course), last=_last_time(audience, last),
        missed=_missed(audience), scores=moved(audience), no_check_in=_no_check_in(audience, since),
        said=_said(shared_since(audience, course, zone=zone, people=everybody)),
        tries=_tries(audience, last), agenda=sessions.agenda(audience, course.current_session),
        moves=[told.words for told in what_moved(audience, since=since, until=None)] if since else [],
        days=days_near(audience, today=today), review_due=reviews.due(audience, course),
        last_review=reviews.latest(audience), nobody_placed=not any(one.now for one in everybody),
        has_focus=bool(current_focus(audience)),
    )  # fmt: skip


def _work(audience: Audience, course: Course) -> Work:
    n, planned = course.current_session, agreed_sessions(audience, course).sessions
    return Work(
        course.form.phase_of(n, planned), None if planned is None else max(0, planned - n),
        sessions.suggested(audience, course, n), still_open(course.form, n, planned, traces(audience, course)),
    )  # fmt: skip


def _last_time(audience: Audience, last: TherapySession | None) -> LastTime | None:
    if last is None:
        return None
    words = {field: one.text.strip() for field, one in read(audience, last).items()}
    return LastTime(last.n, last.address, last.at, words.get("summary", ""), words.get("note", ""))


def _missed(audience: Audience) -> str:
    """What became of the newest appointment, where the two did not meet."""
    closed = [one for one in sessions.rows(audience) if one.closed_at]
    if not closed:
        return ""
    newest = attendance.get(max(closed, key=lambda one: (one.closed_at or one.at, one.id)).attendance)
    return "" if newest.met else newest.label


def _no_check_in(audience: Audience, since: datetime | None) -> bool:
    sent = [row.check_in.sent_at for row in sent_answers(audience) if row.check_in.sent_at]
    return not sent if since is None else not any(at > since for at in sent)


def _tries(audience: Audience, last: TherapySession | None) -> list[ShownTryOut]:
    """What was chosen to try since the last session but one, and whatever still waits; the newest first."""
    since = last.n if last else 0
    return [one for one in sessions.try_outs(audience) if one.session >= since or not one.done][:TRIES]


def _said(items: list[SharedItem]) -> Said:
    diary = [item for item in items if item.where == DIARY]
    rest = [item for item in items if item.where not in {DIARY, *STANDS_ELSEWHERE} and not item.says]
    shown = highlights(diary)
    return Said(
        shown, len(diary) - len(shown), rest[:MORE_SHARED], max(0, len(rest) - MORE_SHARED),
        [item.mood for item in diary if item.mood],
    )  # fmt: skip


def highlights(diary: Sequence[SharedItem]) -> list[SharedItem]:
    """The days to look at first: those with words, then the lowest and the highest; in their own order."""
    with_mood = [item for item in diary if item.mood]
    lowest = min(with_mood, key=lambda item: item.mood or 0, default=None)
    highest = max(with_mood, key=lambda item: item.mood or 0, default=None)
    wanted = [*(item for item in diary if item.words.strip()), lowest, highest]
    chosen = list(dict.fromkeys(id(item) for item in wanted if item is not None))[:HIGHLIGHTS]
    return [item for item in diary if id(item) in chosen]
