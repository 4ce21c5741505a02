"""The session in plain text: to copy into the clinic's own record, and as a first draft of what the client reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kithwork.ipt.contract import Agreed
from kithwork.ipt.course_life import attendance, session_kinds
from kithwork.ipt.timeline import MONTHS

NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class ScoreLine:
    """A questionnaire's total, and the one before it; None is incomplete or not done, never nought."""

    label: str
    total: int | None
    before: int | None = None

    @property
    def text(self) -> str:
        """The score as a person would say it."""
        now = "no complete total" if self.total is None else str(self.total)
        return f"{self.label} {now}" + (f" (last {self.before})" if self.before is not None else "")


@dataclass(frozen=True)
class SessionRecord:
    """What a session's note says, each part in words or empty.

    ``n`` is None for a session that takes no number.
    """

    n: int | None
    agreed: Agreed
    held_on: date
    kind: str
    attendance: str
    way: str = ""
    scores: Sequence[ScoreLine] = ()
    safety: str = ""
    link: str = ""
    focus: str = ""
    work: str = ""
    next: str = ""


def copy_for_record(record: SessionRecord) -> str:
    """Write the note as plain text: session n of N, attendance, scores, safety, link, focus, work, next.

    Every line is there; an empty part says "not recorded", so that nobody reads silence as "nothing wrong".
    """
    lines = (
        ("Scores", "; ".join(score.text for score in record.scores)),
        ("Safety", record.safety),
        ("Mood and people", record.link),
        ("Focus", record.focus),
        ("Work", record.work),
        ("Next", record.next),
    )
    head = (_heading(record), f"Attendance: {attendance.get(record.attendance).label}")
    return "\n".join((*head, *(f"{name}: {_one_line(text)}" for name, text in lines)))


@dataclass(frozen=True)
class Done:
    """What a session was about and what comes of it, each as it stands on the shared page."""

    talked_about: Sequence[str] = ()
    week: Sequence[str] = ()
    techniques: Sequence[str] = ()  # in the client's words
    to_try: Sequence[str] = ()
    next_time: str = ""


def summary_from(done: Done) -> str:
    """Put together a first draft of the summary. It holds nothing that was not done; what is missing is left out."""
    parts = (
        ("We talked about", "; ".join(_bare(one) for one in done.talked_about)),
        ("The week", " ".join(_sentence(one) for one in done.week)),
        ("What we did", "; ".join(done.techniques)),
        ("To try", "; ".join(_bare(one) for one in done.to_try)),
        ("We meet again", done.next_time),
    )
    return "\n".join(f"{name}: {_sentence(text)}" for name, text in parts if text)


def _bare(text: str) -> str:
    """A line that stands among others: without its full stop."""
    return " ".join(text.split()).removesuffix(".")


def _sentence(text: str) -> str:
    said = " ".join(text.split())
    return said if said.endswith((".", "?", "!", "…", "”")) else f"{said}."


def _heading(record: SessionRecord) -> str:
    kind = session_kinds.get(record.kind).label
    number = record.agreed.session(record.n) if record.n is not None else f"{kind} session"
    day = f"{record.held_on.day} {MONTHS[record.held_on.month - 1]} {record.held_on.year}"
    return ", ".join(part for part in (number, day, record.way) if part)


def _one_line(text: str) -> str:
    return " ".join(text.split()) or NOT_RECORDED
